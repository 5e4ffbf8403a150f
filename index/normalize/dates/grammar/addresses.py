"""Leave out dates that are parts of addresses: "calle 25 de Mayo", "1600 Pennsylvania Avenue", "Tel. 020 2020 1999"."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.normalize.alternatives import one_of
from index.normalize.dates.calendar import Unit
from index.normalize.dates.expressions import Fixed, Named
from index.normalize.dates.grammar.rules import Reading
from index.normalize.dates.language_tables import read_table

__all__ = ["without_addresses"]

_REACH = 40
# The figures of a telephone number before these: "+44 20 2019", "(020) 2019", "0800-2000".
_TELEPHONE_BEFORE = re.compile(r"(?:\+\d{1,3}|(?<![\d.,:/-])0\d{2,4}|\(0\d{1,4}\))(?:[\s/-]\(?\d{2,5}\)?)*[\s/–-]$")
_DATE_BEFORE = re.compile(
    r"\b(?:in|on|since|of|by|during|from|until|till|before|after|for|the|a|early|late|mid|this|around|about)[\s-]+$",
    re.IGNORECASE,
)


def without_addresses(text: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings without those that name a street, or are its number or a part of a telephone number.

    A street is named after a day of the month ("улица 8 Марта") or a year. Where a preposition of dates stands before a
    number, it is a year: "in 2019 Wall Street fell".
    """
    return [reading for reading in readings if not _is_address(text, reading)]


def _is_address(text: str, reading: Reading) -> bool:
    expression = reading.expression
    left = text[max(0, reading.start - _REACH) : reading.start]
    right = text[reading.end : reading.end + _REACH]
    written = text[reading.start : reading.end]
    if isinstance(expression, Fixed) and expression.period.unit is Unit.YEAR:
        if written.isdecimal() and _TELEPHONE_BEFORE.search(left):
            return True
        if written.isdecimal() and _number_of_street().match(right) and not _DATE_BEFORE.search(left):
            return True
        return _before("beforeyear").search(left) is not None
    if not _is_day(reading) or written.islower():
        return False  # "on the streets, 8 марта": names have a capital letter.
    if _before("before").search(left):
        return True
    after = _after().match(right)
    return after is not None and after[0][1:2].isupper() and not _DATE_BEFORE.search(left)


def _is_day(reading: Reading) -> bool:
    match reading.expression:
        case Named(day=day):
            return day is not None
        case Fixed(period):
            return period.unit is Unit.DAY
        case _:
            return False


@lru_cache(maxsize=8)
def _words(kind: str) -> str:
    return one_of(form for row_kind, _, forms in read_table("addresses") if row_kind == kind for form in forms)


@lru_cache(maxsize=2)
def _before(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_words(kind)}\s(?:(?:de|del|du|do)\s)?$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    return re.compile(rf"\s{_words('after')}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _number_of_street() -> re.Pattern[str]:
    words = one_of(form.title() for kind, _, forms in read_table("addresses") if kind == "street" for form in forms)
    return re.compile(rf"\s(?:[NSEW]\.?\s)?(?:[A-Z][\w.'’-]*\s){{1,3}}{words}(?!\w)")
