from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalize.numbers import find_numbers, parse_digits, parse_multiplier, parse_number_words


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
        ("9½", [("9½", "9.5")]),
        ("half a billion", [("half a billion", "500000000")]),
        ("a billion and a half", [("a billion and a half", "1500000000")]),
        ("two and a half million", [("two and a half million", "2500000")]),
        ("one hundred and twenty-one", [("one hundred and twenty-one", "121")]),
        ("5m away", [("5m", "5000000")]),
        ("500-600 million", [("500", "500"), ("600 million", "600000000")]),
        ("2019 300 people", [("2019", "2019"), ("300", "300")]),
        ("nineteen ninety-eight", []),
    ],
)
def test_numbers_are_read_with_their_multipliers(text: str, spans_and_values: list[tuple[str, str]]) -> None:
    numbers = find_numbers(text)
    assert [(text[number.span.start : number.span.end], number.value) for number in numbers] == [
        (span, Decimal(value)) for span, value in spans_and_values
    ]


def test_numbers_outside_the_given_part_are_not_looked_at() -> None:
    assert [number.value for number in find_numbers("1 2 3", 2, 3)] == [Decimal(2)]


@pytest.mark.parametrize("text", ["", "1,2,3", ".", "1..2", "x", "1,234,5", "1.234.5"])
def test_figures_with_senseless_separators_have_no_value(text: str) -> None:
    assert parse_digits(text) is None


@pytest.mark.parametrize("words", [["forty", "forty"], ["five", "forty"], ["nineteen", "ninety"], ["apple"], []])
def test_words_that_are_not_one_number_have_no_value(words: list[str]) -> None:
    assert parse_number_words(words) is None


def test_unknown_multipliers_have_no_factor() -> None:
    assert parse_multiplier("million apples") is None


@given(st.integers(min_value=0, max_value=999_999_999))
def test_grouped_figures_give_back_the_number(number: int) -> None:
    assert parse_digits(f"{number:,}") == number


@given(st.text(alphabet="0123456789,.- ½/abkmn£", max_size=60))
def test_any_text_gives_numbers_inside_it_in_order_and_disjoint(text: str) -> None:
    spans = [number.span for number in find_numbers(text)]
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
