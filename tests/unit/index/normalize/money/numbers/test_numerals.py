import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalize.money import MoneyGrammar, find_amounts
from index.normalize.money.numbers.numerals import NumeralReader, find_local_numerals, find_numerals


def _read(text: str, grammar: MoneyGrammar, language: str | None = None) -> list[tuple[str, Decimal]]:
    reader = NumeralReader(text, language, grammar.scales, grammar.words.decimal_marks)
    numbers = [reader.read(numeral) for numeral in find_numerals(text, 0, len(text))]
    return [(text[number.start : number.end], number.value) for number in numbers if number is not None]


@pytest.mark.parametrize(
    ("text", "spans_and_values"),
    [
        ("1,234,567.89", [("1,234,567.89", "1234567.89")]),
        ("12,34,567", [("12,34,567", "1234567")]),
        ("1.234.567,89", [("1.234.567,89", "1234567.89")]),
        ("10 000 people", [("10 000", "10000")]),
        ("3.4-billion", [("3.4-billion", "3400000000")]),
        ("35 lakh", [("35 lakh", "3500000")]),
        ("three lakh crore", [("three lakh crore", "3000000000000")]),
        ("7-1/2 points", [("7-1/2", "7.5")]),
        ("1/2 point", [("1/2", "0.5")]),
        ("9½", [("9½", "9.5")]),
        ("½ million", [("½ million", "500000")]),
        ("half a billion", [("half a billion", "500000000")]),
        ("a billion and a half", [("a billion and a half", "1500000000")]),
        ("two and a half million", [("two and a half million", "2500000")]),
        ("two-and-a-half million", [("two-and-a-half million", "2500000")]),
        ("one hundred and twenty-one", [("one hundred and twenty-one", "121")]),
        ("one point three million", [("one point three million", "1300000")]),
        ("5m away", [("5m", "5000000")]),
        ("$5m-a-year", [("5m", "5000000")]),
        ("500-600 million", [("500", "500"), ("600 million", "600000000")]),
        ("2019 300 people", [("2019", "2019"), ("300", "300")]),
        ("25,- or 30.--", [("25,-", "25"), ("30.--", "30")]),
        ("Rs.500", [("500", "500")]),
        ("of .75 and 0.5", [(".75", "0.75"), ("0.5", "0.5")]),
        ("2 thousand million", [("2 thousand million", "2000000000")]),
        ("nineteen ninety-eight", []),
        ("1,2,3", []),
        ("version 1.2.3", []),
        ("12.5 567", [("12.5", "12.5")]),
        ("10 000,50,7", [("10", "10")]),
    ],
)
def test_numbers_are_read_whole_or_not_at_all(
    grammar: MoneyGrammar, text: str, spans_and_values: list[tuple[str, str]]
) -> None:
    assert _read(text, grammar, "en") == [(span, Decimal(value)) for span, value in spans_and_values]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("2 billion", "en", "2e9"),
        ("2 Billion", "de", "2e12"),
        ("2 billions", "fr", "2e12"),
        ("2 Millionen", "en", "2e6"),
        ("2,5 Mrd.", None, "2.5e9"),
        ("1.234 Mio", "de", "1.234e9"),
        ("1,234 Mio", "de", "1.234e6"),
        ("2 mil millones", "es", "2e9"),
        ("2 mil", "es", "2e3"),
        ("2 mil", "en", "2e6"),
        ("2 bln", "pl", "2e12"),
        ("2 M", "id", "2e9"),
        ("3千万", "ja", "3e7"),
        ("2万亿", "zh", "2e12"),
    ],
)
def test_the_language_says_what_a_scale_and_a_mark_mean(
    grammar: MoneyGrammar, text: str, language: str | None, value: str
) -> None:
    assert [number for _, number in _read(text, grammar, language)] == [Decimal(value)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("1.234 Mrd", "en", id="a point in an English text before a German scale"),
        pytest.param("400 bin", None, id="a word of Turkish in a text of an unknown language"),
        pytest.param("5 mil", None, id="a word of two meanings"),
        pytest.param("1,549", "fr", id="a comma in a French text without another figure"),
    ],
)
def test_what_may_mean_two_things_is_not_read(grammar: MoneyGrammar, text: str, language: str | None) -> None:
    assert _read(text, grammar, language) == []


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("zwei Millionen", "de", [("zwei Millionen", "2e6")]),
        ("eine halbe Million", "de", [("eine halbe Million", "5e5")]),
        ("un demi-million", "fr", [("un demi-million", "5e5")]),
        ("dos mil millones", "es", [("dos mil millones", "2e9")]),
        ("два миллиона", "ru", [("два миллиона", "2e6")]),
        ("двадцать два миллиона", "ru", [("двадцать два миллиона", "22e6")]),
        ("deux cents millions", "fr", [("deux cents millions", "2e8")]),
        ("vingt-deux millions", "fr", [("vingt-deux millions", "22e6")]),
        ("zwei drei Millionen", "de", []),
        ("zwei Häuser", "de", []),
    ],
)
def test_a_number_in_words_is_read_before_a_scale_of_its_language(
    grammar: MoneyGrammar, text: str, language: str, wanted: list[tuple[str, str]]
) -> None:
    numbers = grammar.words.of_language(language).numbers
    assert numbers is not None
    reader = NumeralReader(text, language, grammar.scales, grammar.words.decimal_marks)
    found = [reader.read(numeral) for numeral in find_local_numerals(text, 0, len(text), numbers)]
    assert [(text[number.start : number.end], number.value) for number in found if number is not None] == [
        (span, Decimal(value)) for span, value in wanted
    ]


def test_numbers_outside_the_given_part_are_not_looked_at() -> None:
    assert [numeral.figure for numeral in find_numerals("1 2 3", 2, 3)] == ["2"]


def test_a_number_in_words_that_begins_before_the_part_is_not_read() -> None:
    assert [numeral.words for numeral in find_numerals("forty two million", 6, 17)] == [None]


@given(st.text(alphabet="0123456789,.-' \u00a0½/abkmn£億", max_size=60))
def test_any_text_gives_numbers_inside_it_in_order_and_disjoint(text: str) -> None:
    edges = [edge for numeral in find_numerals(text, 0, len(text)) for edge in (numeral.start, numeral.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


def test_many_numbers_in_words_take_time_in_proportion(grammar: MoneyGrammar) -> None:
    started = time.process_time()
    assert find_amounts("five million and dollars " * 3000, grammar, language="en")
    assert time.process_time() - started < 15  # With a search back to the beginning it is two minutes.
