"""Numbers in digits as exact decimals: the marks between digits mean what the text's language and its figures say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

__all__ = ["BLANKS", "COMMA", "FIGURE", "POINT", "UNCLEAR", "FigureStyle", "Mark", "find_style", "parse_figure"]

BLANKS = " \u00a0\u2007\u2009\u202f"
"""Blanks that may stand between thousands, and between a number and its currency."""

# Quantifiers are possessive, so that a hostile run of digits and marks is read once and never again. All that belongs
# together is taken together, and has a value or none: no part of a longer figure is ever a figure. The point before it
# may be that of "Rs.500" and "S/.500". A raised point is a decimal point of old: "£5·50".
FIGURE = rf"""
    (?:(?<![\d.,])|(?<=[^\W\d_]\.)|(?<=/\.))(?<!\d['’])(?:
      \d{{1,3}}+(?P<blank>[{BLANKS}])\d{{3}}(?!\d)(?:(?P=blank)\d{{3}}(?!\d))*+(?:[.,]\d++)?+(?![.,'’]\d)
    | \d++(?:[.,'’·]\d++)*+
    )
    | (?<![\w.,)\]…/])\.\d++(?![.,'’]\d)
"""
"""A pattern for a whole figure (verbose), with one named group: "1,234.56", "12 345,60", "1'234'567", ".75"."""

_BLANK = re.compile(f"[{BLANKS}]")
_POINT_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}")
_EVEN_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")
_APOSTROPHE_GROUPS = re.compile(r"(\d{1,3}(?:['’]\d{3})+)(?:[.,](\d{1,2}))?")
_THREE = 3
_COMMA_FIGURES = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})*,\d{1,2}|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?)(?![\d.,]?\d)")
_POINT_FIGURES = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})*\.\d{1,2}|\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?)(?![\d.,]?\d)")


class Mark(Enum):
    """The meaning of a single mark before exactly three digits."""

    DECIMAL = "decimal"
    GROUP = "group"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class FigureStyle:
    """The meanings of a comma and of a point that stand before exactly three digits; before others they are decimal."""

    comma: Mark
    point: Mark


POINT = FigureStyle(comma=Mark.GROUP, point=Mark.DECIMAL)
COMMA = FigureStyle(comma=Mark.DECIMAL, point=Mark.GROUP)
UNCLEAR = FigureStyle(comma=Mark.UNCLEAR, point=Mark.UNCLEAR)


def parse_figure(figure: str, style: FigureStyle = POINT) -> Decimal | None:
    """Return the value of a figure, or None when its marks make no sense or may mean two things.

    >>> [str(parse_figure(figure)) for figure in ("1,234.56", "1.234,56", "12,34,567", "1,5", "1.234", "1'234'567.50")]
    ['1234.56', '1234.56', '1234567', '1.5', '1.234', '1234567.50']
    >>> str(parse_figure("1.234", COMMA)), parse_figure("1.234", UNCLEAR), parse_figure("1,2,3")
    ('1234', None, None)
    """
    if figure.isdecimal():
        return Decimal(figure)
    if "·" in figure:
        return None if figure.count("·") > 1 or "." in figure else parse_figure(figure.replace("·", "."), POINT)
    if "'" in figure or "’" in figure:
        return _parse_apostrophes(figure, style)
    compact = _BLANK.sub("", figure)
    commas, points = compact.count(","), compact.count(".")
    if compact != figure:
        decimals = len(compact) - 1 - max(compact.find(","), compact.find("."))
        return _decimal(compact) if commas + points == 0 or decimals != _THREE else None
    if commas and points:
        return _parse_mixed(compact)
    if commas + points == 1:
        return _parse_single(compact, style.comma if commas else style.point)
    if commas:
        return Decimal(compact.replace(",", "")) if _EVEN_COMMA_GROUPS.fullmatch(compact) else None
    return Decimal(compact.replace(".", "")) if _POINT_GROUPS.fullmatch(compact) else None


def find_style(text: str, language: str | None, decimal_marks: Mapping[str, str]) -> FigureStyle | None:
    """Return the style of the figures of a text; None when its language writes commas and the text shows neither.

    `decimal_marks` has the languages that write a decimal comma. In their texts the figures that can mean one thing
    only confirm it, or, where they have points, leave it open.
    """
    if language is None or decimal_marks.get(language) != ",":
        return POINT
    if _COMMA_FIGURES.search(text):
        return COMMA
    return UNCLEAR if _POINT_FIGURES.search(text) else None


def _parse_apostrophes(figure: str, style: FigureStyle) -> Decimal | None:
    groups = _APOSTROPHE_GROUPS.fullmatch(figure)
    if groups is not None:
        whole = groups[1].replace("'", "").replace("’", "")
        return Decimal(f"{whole}.{groups[2]}" if groups[2] else whole)
    # The old decimal mark of Spain: "1'5 millones", "12'50 euros".
    decimal = re.fullmatch(r"(\d+)['’](\d{1,2})", figure) if style.comma is not Mark.GROUP else None
    return Decimal(f"{decimal[1]}.{decimal[2]}") if decimal else None


def _parse_mixed(figure: str) -> Decimal | None:
    """Read a figure with commas and points: the last mark is decimal, and the others separate groups."""
    last = max(figure.rfind(","), figure.rfind("."))
    whole, decimals = figure[:last], figure[last + 1 :]
    groups = _POINT_GROUPS if figure[last] == "," else _COMMA_GROUPS
    if not groups.fullmatch(whole):
        return None
    return Decimal(f"{whole.replace(',', '').replace('.', '')}.{decimals}")


def _parse_single(figure: str, mark: Mark) -> Decimal | None:
    whole, decimals = re.split("[.,]", figure)
    if "," in figure and mark is Mark.GROUP and len(decimals) > _THREE:
        return None  # "1,2345"
    if len(decimals) != _THREE or whole in {"", "0"}:
        return _decimal(figure)
    if len(whole) > _THREE or whole.startswith("0"):
        return _decimal(figure) if mark is Mark.DECIMAL else None
    match mark:
        case Mark.DECIMAL:
            return _decimal(figure)
        case Mark.GROUP:
            return Decimal(whole + decimals)
        case Mark.UNCLEAR:
            return None


def _decimal(figure: str) -> Decimal:
    return Decimal(figure.replace(",", "."))
