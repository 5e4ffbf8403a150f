"""Values in the words that people read, the same in the terminal and on the page."""

import re
from calendar import monthrange
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from index.keywords.periods import Level, Period
from index.model import Amount, DateInterval, DatePrecision, Kind

__all__ = [
    "PARTIAL_HEADING",
    "amount_in_words",
    "count_in_words",
    "interval_in_words",
    "kind_in_words",
    "language_in_words",
    "period_in_words",
    "rate_in_words",
    "typographic",
    "with_hint",
]

PARTIAL_HEADING = "With some of your words"
"""Heading of the articles that fill a page after the last one with all words."""

_LANGUAGES: Final = Path(__file__).with_name("languages.tsv")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
# Names stand in the quotes of Python's `repr`: in single ones, unless they have one themselves.
_QUOTED = re.compile(r"""(?<!\w)(?:'([^']*)'|"([^"]*)")(?!\w)""")
_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))


def amount_in_words(amount: Amount) -> str:
    """Return an amount with its currency code first.

    >>> amount_in_words(Amount("USD", Decimal("3400000000")))
    'USD 3.4 billion'
    >>> amount_in_words(Amount("EUR", Decimal(500), Decimal(600), approximate=True))
    'about EUR 500–600'
    >>> amount_in_words(Amount("USD", Decimal("0.0001")))
    'USD 0.0001'
    """
    currency = amount.currency or "unknown currency"
    if amount.value is None:
        return f"{currency}, no figure given"
    figure = _scaled(amount.value)
    if amount.upper is not None:
        lower_number, _, lower_scale = figure.partition(" ")
        upper = _scaled(amount.upper)
        figure = f"{lower_number}–{upper}" if upper.partition(" ")[2] == lower_scale else f"{figure} – {upper}"
    return f"{'about ' if amount.approximate else ''}{currency} {figure}"


def interval_in_words(interval: DateInterval) -> str:
    """A date as precise as it was given; open sides are said.

    >>> from datetime import date
    >>> interval_in_words(DateInterval(date(2019, 7, 1), date(2019, 7, 31), DatePrecision.MONTH))
    'July 2019'
    >>> interval_in_words(DateInterval(None, date(2024, 12, 31), DatePrecision.YEAR))
    'until 2024'
    """
    start, end = interval.start, interval.end
    if start is None and end is None:
        return "undetermined"
    if start is None or end is None:
        lead = "until" if start is None else "since"
        return f"{lead} {_side_in_words(interval)}"
    about = "about " if interval.approximate else ""
    match interval.precision:
        case DatePrecision.DAY if start == end:
            return f"{about}{start.day} {start:%B} {start.year}"
        case DatePrecision.MONTH if (start.year, start.month) == (end.year, end.month):
            return f"{about}{start:%B} {start.year}"
        case DatePrecision.YEAR if start.year == end.year:
            return f"{about}{start.year}"
        case DatePrecision.DECADE:
            return f"{about}{start.year}s"
        case _ if start == end:
            return f"{about}{start.isoformat()}"
        case _:
            return f"{about}{start.isoformat()} to {end.isoformat()}"


def _side_in_words(interval: DateInterval) -> str:
    """Return the one end of an interval that is open at the other: the year or month with which it begins or ends."""
    day = interval.start or interval.end
    assert day is not None
    border, month = (1, 1) if interval.start else (monthrange(day.year, day.month)[1], 12)
    if day.day != border or interval.precision is DatePrecision.DAY:
        return f"{day.day} {day:%B} {day.year}"
    return f"{day.year}" if day.month == month else f"{day:%B} {day.year}"


def period_in_words(period: Period) -> str:
    """Return a period of time; of dates that lie in no single part of it, the part that they lack.

    >>> [period_in_words(Period(node)) for node in ("201", "2019", "2019-07", "2019-07-05")]
    ['2010s', '2019', 'July 2019', '5 July 2019']
    >>> [period_in_words(Period(node, is_whole=True)) for node in ("", "201", "2019", "2019-07")]
    ['several decades', '2010s, no single year', '2019, no single month', 'July 2019, no single day']
    """
    node = period.node
    if not node:
        return "several decades"
    if len(node) == Level.DAY:
        return f"{int(node[8:])} {_MONTHS[int(node[5:7]) - 1]} {int(node[:4])}"
    missing = {Level.DECADE: "year", Level.YEAR: "month", Level.MONTH: "day"}[Level(len(node))]
    text = f"{_MONTHS[int(node[5:7]) - 1]} {int(node[:4])}" if len(node) == Level.MONTH else str(Period(node))
    return f"{text}, no single {missing}" if period.is_whole else text


def count_in_words(count: int, noun: str, plural: str = "") -> str:
    """A count and its noun.

    >>> count_in_words(1, "article"), count_in_words(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def kind_in_words(kind: Kind) -> str:
    """Return the singular noun of a kind.

    >>> kind_in_words(Kind.PEOPLE)
    'person'
    """
    return "person" if kind is Kind.PEOPLE else kind.value.removesuffix("s")


def with_hint(message: str, hint: str) -> str:
    """Return a message and what to do next as two sentences.

    >>> with_hint("not a text file", "Convert it.")
    'not a text file. Convert it.'
    """
    if not hint:
        return message
    return f"{message} {hint}" if message.endswith((".", "!", "?")) else f"{message}. {hint}"


def _scaled(value: Decimal) -> str:
    for size, word in _SCALES:
        if abs(value) >= size:
            return f"{_plain(value / size)} {word}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    # A share of a cent is shown as it is: rounded, it would be nothing.
    is_small = abs(value) < 1
    shown = value if is_small else value.quantize(Decimal("0.01"))
    return f"{shown.normalize():,f}"


def language_in_words(code: str) -> str:
    """Return the English name of a language, or its ISO 639-1 code where the table has none.

    >>> language_in_words("fr"), language_in_words("xx")
    ('French', 'xx')
    """
    return _language_names().get(code, code)


@cache
def _language_names() -> Mapping[str, str]:
    lines = _LANGUAGES.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def rate_in_words(rate: float) -> str:
    """Return a number a second: a decimal below ten, so that slow work does not seem to stand still.

    >>> rate_in_words(0.33), rate_in_words(1234.5)
    ('0.3', '1,234')
    """
    return f"{rate:.1f}" if rate < 10 else f"{rate:,.0f}"


def typographic(message: str) -> str:
    """Return a message with typographic quotes around names, and dashes between its parts.

    >>> typographic("There is no entity 'tallow' - look for its name.")
    'There is no entity “tallow” – look for its name.'
    >>> typographic("'Kav' is the archive's only name.")
    "“Kav” is the archive's only name."
    """
    quoted = _QUOTED.sub(lambda match: f"“{match[1] or match[2] or ''}”", message)
    return quoted.replace(" - ", " – ")
