"""Whole dates as people write them: a day, a month and a year, in many languages.

Dates whose day and month cannot be told apart do not count, unless the caller knows their order.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from index.model import DateInterval, DatePrecision
from index.readers.article.calendars import ascii_digits, day_of, month_names, month_number, names_of

__all__ = [
    "DayInText",
    "FoundDate",
    "NumberOrder",
    "date_pattern",
    "day_interval",
    "day_pattern",
    "find_days",
    "find_whole_date",
    "has_year",
    "number_order",
]

_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_PERSIAN_LANGUAGES = frozenset(("fa", "prs", "ps"))
_YEAR = r"(?P<y>(?:1[2-9]|2[0-6])\d\d)"
_DAY = r"(?P<d>[0-3]?\d)"
_TIME = (
    r"(?:[\s,;|T–-]*(?:at|um|à|saat|o[’']clock)?\s*\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*"
    r"(?:[ap]\.?m\.?|uhr|hrs)?\s*(?:\(?(?:[a-z]{2,5}|z)?(?:[+-]\d{1,2}(?::?\d{2})?)?\)?)?)?"
)
_ENDS = r"(?![\w/]|\.\d)"
# {month} is any name of a month. The names of the groups: y, m, d are numbers, n is a name, a and b are day and month
# in either order.
_COMMON_FORMS = (
    rf"{_YEAR}-(?P<m>\d\d?)-{_DAY}{_ENDS}",
    rf"{_YEAR}\s?/\s?(?P<m>\d\d?)\s?/\s?{_DAY}{_ENDS}",
    rf"{_YEAR}\.\s?(?P<m>\d\d?)\.\s?{_DAY}\.?{_ENDS}",
    rf"(?P<n>{{month}})(?!\w)\.?\s+{_DAY}(?:st|nd|rd|th)?[,،]?\s+{_YEAR}{_ENDS}",
    rf"{_DAY}(?:st|nd|rd|th|\.|º|er|-?го)?[\s-]*(?:de\s+|del\s+|d[’']|of\s+|ng\s+)?(?P<n>{{month}})(?!\w)\.?"
    rf"(?:\s?/\s?(?:{{month}})(?!\w))?[,،]?[\s-]*(?:del?\s+(?:l[’'])?)?{_YEAR}{_ENDS}",
    rf"{_DAY}\.\s?(?P<m>[01]?\d)\.\s?{_YEAR}{_ENDS}",
    rf"(?P<a>[0-3]?\d)\s?/\s?(?P<b>[0-3]?\d)\s?/\s?{_YEAR}{_ENDS}",
    rf"(?P<a>[0-3]?\d)-(?P<b>[0-3]?\d)-{_YEAR}(?![\w/-])",
    # "Fri Jan 4 10:30:00 GMT 2019", the output of the Unix command date.
    rf"(?P<n>{{month}})\s+{_DAY}\s+\d\d:\d\d(?::\d\d)?\s+(?:(?:[a-z]{{{{3,4}}}}|[+-]\d{{{{4}}}})\s+)?{_YEAR}{_ENDS}",
)
_FORMS = (
    *_COMMON_FORMS,
    rf"{_YEAR}\s?[年년]\s?(?P<m>\d\d?)\s?[月월]\s?{_DAY}\s?[日일]",
    # Hungarian, Lithuanian; Latvian, Kazakh; Vietnamese.
    rf"{_YEAR}(?:\.|\s?m\.)?\s+(?P<n>{{month}})(?!\w)\.?\s+{_DAY}(?:\.|\s?d\.)?(?!\w)",
    rf"{_YEAR}(?:\.\s?gada|\.?\s?g\.|\s?жыл\w{{{{0,3}}}})\s+{_DAY}\.?\s+(?P<n>{{month}})(?!\w)",
    rf"{_DAY}\s+tháng\s+(?P<m>\d\d?)(?:,?\s+năm|,)?\s+{_YEAR}{_ENDS}",
)
_STARTS = re.compile(r"(?<![\dA-Za-z./-])(?:\d{1,4}(?!\d)|[^\W\d_][^\s\d.,،;:/()|–—-]{1,12})")
_HAS_YEAR = re.compile(r"(?:1[2-9]|2[0-6])\d\d")
_NUMBERS = re.compile(r"(?<![\d./-])([0-3]?\d)([/-])([0-3]?\d)\2(?:19|20)\d\d(?![\d/-])")


class NumberOrder(StrEnum):
    """Order of the numbers in dates such as 05/04/2021."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and its parts; `rest` is the text that follows it."""

    published: DateInterval
    rest: str


@dataclass(frozen=True, slots=True)
class DayInText:
    """A day that a text names, as written; `before` and `after` are the text on its two sides."""

    published: DateInterval
    written: str
    before: str
    after: str


def find_whole_date(text: str, *, order: NumberOrder | None = None, language: str | None = None) -> FoundDate | None:
    """Return the date that `text` begins with, including weekday and time of day, or None.

    `language` (ISO 639-1) decides between months of the same name.

    >>> find_whole_date("Friday, January 4, 2019").published.value
    '2019-01-04'
    """
    text = ascii_digits(text)
    weekday = _weekday_before().match(text)
    found = _match_at(text, weekday.end() if weekday else 0, order, language)
    if found is None:
        return None
    day, end = found
    rest = _rest().match(text, end)
    return FoundDate(day_interval(day), text[rest.end() if rest else end :].strip())


def find_days(text: str, *, order: NumberOrder | None = None, language: str | None = None) -> Iterator[DayInText]:
    """Yield the days that a text of a few lines names anywhere in it, in order.

    >>> [day.published.value for day in find_days("Posted by Jane on 5 March 2020 in News")]
    ['2020-03-05']
    """
    text = ascii_digits(text)
    if not has_year(text):
        return
    end = 0
    for start in _STARTS.finditer(text):
        word = start[0]
        if start.start() < end:
            continue
        if not word[0].isdigit() and word.lower().rstrip(".,") not in month_names():
            continue
        found = _match_at(text, start.start(), order, language)
        if found is not None:
            day, after = found
            written = text[start.start() : after]
            yield DayInText(day_interval(day), written, text[end : start.start()], text[after:])
            end = after


def has_year(text: str) -> bool:
    """Return True when a text has four digits that can be a year."""
    return _HAS_YEAR.search(text) is not None


def number_order(texts: Iterator[str]) -> NumberOrder | None:
    """Return the order that dates such as 25/04/2021 have in `texts`; None without one, or when they disagree."""
    found = {
        order
        for text in texts
        for match in _NUMBERS.finditer(text)
        if (order := _order_of(int(match[1]), int(match[3]))) is not None
    }
    return found.pop() if len(found) == 1 else None


def day_interval(day: date) -> DateInterval:
    """Return the interval of one day."""
    return DateInterval(day, day, DatePrecision.DAY, day.isoformat())


@lru_cache(maxsize=1)
def date_pattern() -> str:
    """Return a regular expression without groups for a full date in the larger languages, for use in other patterns."""
    forms = (form.format(month=_alternatives(names_of("month"))) for form in _COMMON_FORMS)
    return "(?i:" + "|".join(re.sub(r"\(\?P<\w+>", "(?:", form) for form in forms) + ")"


@lru_cache(maxsize=1)
def day_pattern() -> str:
    """Return a regular expression without groups for a month and a day without a year."""
    month = _alternatives(names_of("month"))
    return rf"(?i:(?:{month})\.?\s+[0-3]?\d|[0-3]?\d\.?\s+(?:{month})\b\.?)"


@lru_cache(maxsize=1)
def _weekday_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives(names_of('weekday'))})\.?,?\s+", re.IGNORECASE)


@lru_cache(maxsize=1)
def _rest() -> re.Pattern[str]:
    weekday = _alternatives(names_of("weekday"))
    return re.compile(rf"(?:\s?(?:г\.|года|р\.|року))?(?:,?\s+(?:{weekday})\b)?{_TIME}(?=\W|$)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    month = _alternatives(month_names())
    return tuple(re.compile(form.format(month=month), re.IGNORECASE) for form in _FORMS)


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))


def _match_at(text: str, start: int, order: NumberOrder | None, language: str | None) -> tuple[date, int] | None:
    """Return the day that is written at `start`, and its end."""
    for form in _forms():
        match = form.match(text, start)
        day = _read(match.groupdict(), order, language) if match is not None else None
        if match is not None and day is not None:
            return day, match.end()
    return None


def _read(parts: dict[str, str], order: NumberOrder | None, language: str | None) -> date | None:
    year = int(parts["y"])
    is_persian = year < _FIRST_YEAR and language in _PERSIAN_LANGUAGES
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        order = NumberOrder.DAY_FIRST if first == second else _order_of(first, second) or order
        if order is None:
            return None
        day, month = (first, second) if order is NumberOrder.DAY_FIRST else (second, first)
    else:
        day = int(parts["d"])
        month, is_persian = (
            month_number(parts["n"], language=language) if "n" in parts else (int(parts["m"]), is_persian)
        )
    found = day_of(year, month, day, is_persian=is_persian)
    return found if found is not None and _FIRST_YEAR <= found.year < _LAST_YEAR else None


def _order_of(first: int, second: int) -> NumberOrder | None:
    if first > 12 >= second:
        return NumberOrder.DAY_FIRST
    return NumberOrder.MONTH_FIRST if second > 12 >= first else None
