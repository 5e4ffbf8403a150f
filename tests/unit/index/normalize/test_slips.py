import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalize.slips import fold_vowels, slip_keys, slips_between

WORDS = st.text("abcde12", max_size=12)


@pytest.mark.parametrize(
    ("left", "right", "slips"),
    [
        ("sergei", "serei", 1),
        ("lukashenko", "luakshenko", 1),
        ("buchenberg", "buchanbarg", 2),
        ("macron", "macron", 0),
        ("doe", "dow", None),
        ("macron", "makron", 1),
        ("khodorkovsky", "khordorovsky", 2),
        ("khodorkovsky", "hkodorkovksy", 2),
        ("khodorkovsky", "khodorkovskyii", 2),
        ("khodorkovsky", "kodorkovsk", 2),
        ("khodorkovsky", "kodorovsk", None),
        ("macron", "marron1", None),
        ("2004", "2005", None),
        ("sechin", "sech1n", 1),
    ],
)
def test_slips_are_counted_where_words_are_long_enough(left: str, right: str, slips: int | None) -> None:
    assert slips_between(left, right) == slips


@given(WORDS, WORDS)
def test_slips_are_the_same_from_both_sides(left: str, right: str) -> None:
    assert slips_between(left, right) == slips_between(right, left)


@given(WORDS, st.integers(0, 11))
def test_words_one_letter_apart_share_a_key(word: str, place: int) -> None:
    assert set(slip_keys(word)) & set(slip_keys(word[:place] + word[place + 1 :]))


@pytest.mark.parametrize(("left", "right"), [("husayn", "hussein"), ("gaddafi", "gadafi"), ("osama", "osema")])
def test_words_with_other_vowels_are_one_without_them(left: str, right: str) -> None:
    assert fold_vowels(left) == fold_vowels(right)
