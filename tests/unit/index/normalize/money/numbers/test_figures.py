from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalize.money.numbers.figures import COMMA, POINT, UNCLEAR, FigureStyle, find_style, parse_figure


@pytest.mark.parametrize(
    ("figure", "style", "value"),
    [
        ("1,234,567.89", POINT, "1234567.89"),
        ("1,234,567.89", COMMA, "1234567.89"),
        ("1.234.567,89", POINT, "1234567.89"),
        ("12,34,567", POINT, "1234567"),
        ("10 000 000,50", POINT, "10000000.50"),
        ("10\u202f000\u202f000", COMMA, "10000000"),
        ("1'234'567.50", POINT, "1234567.50"),
        ("2’500’000", COMMA, "2500000"),
        ("1'5", COMMA, "1.5"),
        ("1,234", POINT, "1234"),
        ("1,234", COMMA, "1.234"),
        ("1.234", POINT, "1.234"),
        ("1.234", COMMA, "1234"),
        ("1,5", POINT, "1.5"),
        ("1.5", COMMA, "1.5"),
        ("0,125", POINT, "0.125"),
        ("0.125", COMMA, "0.125"),
        (".75", POINT, "0.75"),
    ],
)
def test_a_figure_is_read_as_its_text_writes_it(figure: str, style: FigureStyle, value: str) -> None:
    assert parse_figure(figure, style) == Decimal(value)


@pytest.mark.parametrize(
    ("figure", "style"),
    [
        ("1,2,3", POINT),
        ("1..2", POINT),
        ("1,234,5", POINT),
        ("1.234.5", POINT),
        ("1,234.567.890", POINT),
        ("1'23'456", POINT),
        ("1'5", POINT),
        ("1234,567", POINT),
        ("10 000,500", COMMA),
        ("1,234", UNCLEAR),
        ("1.234", UNCLEAR),
        ("1,23,45", POINT),
    ],
)
def test_a_figure_that_makes_no_sense_or_two_has_no_value(figure: str, style: FigureStyle) -> None:
    assert parse_figure(figure, style) is None


@given(st.integers(min_value=0, max_value=999_999_999))
def test_grouped_figures_give_back_the_number(number: int) -> None:
    assert parse_figure(f"{number:,}") == number
    assert parse_figure(f"{number:,}".replace(",", ".") + ",5", COMMA) == number + Decimal("0.5")
    assert parse_figure(f"{number:,}".replace(",", "\u202f"), UNCLEAR) == number


@pytest.mark.parametrize(
    ("text", "language", "style"),
    [
        ("3,5", "en", POINT),
        ("3,5", None, POINT),
        ("3,5 Prozent", "de", COMMA),
        ("1.234.567 Menschen", "de", COMMA),
        ("3.5 por ciento", "es", UNCLEAR),
        ("1.234", "de", None),
        ("5.3.2020", "de", None),
    ],
)
def test_the_style_of_a_text_is_that_of_its_language_and_of_its_figures(
    text: str, language: str | None, style: FigureStyle | None
) -> None:
    assert find_style(text, language, {"de": ",", "es": ","}) == style
