import pytest

from index.normalize.spellings import fold_spelling, fold_transliteration


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("defence", "defense"),
        ("centre", "center"),
        ("centres", "center"),
        ("labour", "labor"),
        ("organisation", "organization"),
        ("industries", "industry"),
        ("programme", "program"),
        ("mt", "mount"),
    ],
)
def test_british_american_and_plural_spellings_are_one(left: str, right: str) -> None:
    assert fold_spelling(left) == fold_spelling(right)


@pytest.mark.parametrize("word", ["congress", "us", "status", "texas", "paris", "rise", "s400", "4s"])
def test_other_words_are_left_alone(word: str) -> None:
    assert fold_spelling(word) == word


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("mikheev", "mikheyev"),
        ("zelensky", "zelenskyy"),
        ("zelensky", "zelenskiy"),
        ("khodorkovsky", "hodorkovskiy"),
        ("tymoshenko", "timoshenko"),
        ("ahmadinejad", "ahmadinezhad"),
        ("shoigu", "shoygu"),
        ("yeltsin", "eltsin"),
        ("triumf", "triumph"),
        ("petroff", "petrov"),
        ("nasrallah", "nasralla"),
    ],
)
def test_transliterations_of_a_name_are_one(left: str, right: str) -> None:
    assert fold_transliteration(left) == fold_transliteration(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("maria", "mario"),
        ("bashar", "bashir"),
        ("hassan", "hussein"),
        ("ivanov", "ivanova"),
        ("hansen", "hanson"),
        ("merkel", "merkur"),
        ("s300", "s400"),
        ("medvedev", "medved"),
    ],
)
def test_different_names_stay_different(left: str, right: str) -> None:
    assert fold_transliteration(left) != fold_transliteration(right)
