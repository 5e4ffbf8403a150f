import pytest

from index.normalize.numbers import parse_number_words


@pytest.mark.parametrize("words", [["forty", "forty"], ["five", "forty"], ["nineteen", "ninety"], ["apple"], []])
def test_words_that_are_not_one_number_have_no_value(words: list[str]) -> None:
    assert parse_number_words(words) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [("twenty five million three hundred thousand", 25_300_000), ("two lakh crore", 2 * 10**12), ("nineteen", 19)],
)
def test_words_of_one_number_have_its_value(words: str, value: int) -> None:
    assert parse_number_words(words.split()) == value
