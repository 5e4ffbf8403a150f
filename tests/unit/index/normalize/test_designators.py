import pytest

from index.normalize.designators import fold_system, is_designator


@pytest.mark.parametrize("text", ["S-400", "S‑400", "S–400", "S400", "S 400", "S-400s", "S-400’s", "s-400"])
def test_all_spellings_of_a_designator_are_one(text: str) -> None:
    assert fold_system(text) == "s400"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("F-16 C", "f16c"),
        ("F-16Cs", "f16c"),
        ("Su-30S", "su30s"),
        ("MQ-9B Reapers", "mq9b reaper"),
        ("Bayraktar TB2s", "bayraktar tb2"),
        ('S-400 "Triumph"', "s400 triumph"),
        ("9K720 Iskander-M", "9k720 iskander m"),
        ("Patriots", "patriot"),
        ("Javelins", "javelin"),
        ("Bradleys", "bradley"),
        ("Patriot PAC-3", "patriot pac3"),
        ("Akıncı", "akinci"),
        ("Hellfire", "hellfire"),
    ],
)
def test_a_system_is_folded_with_its_designator_in_one_piece(text: str, folded: str) -> None:
    assert fold_system(text) == folded


@pytest.mark.parametrize(
    ("left", "right"), [("S-300", "S-400"), ("F-15", "F-16"), ("Su-30", "Su-30S"), ("T-72", "T-90M")]
)
def test_other_digits_or_letters_are_another_system(left: str, right: str) -> None:
    assert fold_system(left) != fold_system(right)


@pytest.mark.parametrize(("word", "expected"), [("s400", True), ("9k720", True), ("400", False), ("patriot", False)])
def test_a_designator_has_letters_and_digits(word: str, expected: bool) -> None:
    assert is_designator(word) is expected
