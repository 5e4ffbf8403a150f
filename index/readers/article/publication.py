"""Publication date of an article, from a metadata field or from header lines.

Only whole dates count. Dates whose day and month cannot be told apart do not count, and neither do dates in running
prose or in captions. Values are intervals of one day, month or year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from index.model import DateInterval, DatePrecision
from index.readers.article.tables import read_table

__all__ = ["FoundDate", "date_pattern", "day_pattern", "find_whole_date", "parse_stated_date"]

_LONGEST_DATE = 100
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d.])(?:[T\s,].*)?", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_MONTH_ONLY = re.compile(r"(\d{4})-(\d{2})")
_YEAR_ONLY = re.compile(r"\d{4}")
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_TIME = (
    r"(?:[\s,;|T–-]*(?:at|um|à|saat|o[’']clock)?\s*\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*"
    r"(?:[ap]\.?m\.?|uhr|hrs)?\s*(?:\(?(?:[a-z]{2,5}|z)?(?:[+-]\d{1,2}(?::?\d{2})?)?\)?)?)?"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and its parts; `rest` is the text that follows it."""

    published: DateInterval
    rest: str


def parse_stated_date(value: object) -> DateInterval | None:
    """Parse the date of a metadata field: ISO 8601, RFC 5322, seconds or milliseconds since 1970, or words.

    The day is used as written, without conversion to another time zone. None for anything else.

    >>> parse_stated_date("Thu, 26 Feb 1987 15:01:01 +0000").value
    '1987-02-26'
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        return None
    if isinstance(value, date):
        return _day(value.year, value.month, value.day)
    text = " ".join(str(value).split())
    if len(text) > _LONGEST_DATE:
        return None
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _COMPACT.fullmatch(text):
        compact = _day(int(match[1]), int(match[2]), int(match[3]))
        if compact is not None:  # Otherwise it may be milliseconds.
            return compact
    if _SECONDS.fullmatch(text):
        return _from_seconds(float(text))
    if match := _MONTH_ONLY.fullmatch(text):
        return _month(int(match[1]), int(match[2]))
    if _YEAR_ONLY.fullmatch(text):
        return _year(int(text))
    found = find_whole_date(text)
    return found.published if found is not None and not found.rest else None


def find_whole_date(text: str) -> FoundDate | None:
    """Return the date that `text` begins with, including weekday and time of day, or None.

    >>> find_whole_date("Friday, January 4, 2019").published.value
    '2019-01-04'
    """
    match = _date_at_start().match(text)
    if match is None:
        return None
    published = _read(match)
    return FoundDate(published, text[match.end() :].strip()) if published is not None else None


@lru_cache(maxsize=1)
def date_pattern() -> str:
    """Return a regular expression without groups for a full date, for use in other patterns."""
    return "(?i:" + "|".join(re.sub(r"\(\?P<\w+>", "(?:", form) for form in _forms()) + ")"


@lru_cache(maxsize=1)
def day_pattern() -> str:
    """Return a regular expression without groups for a month and a day without a year."""
    month = _alternatives("month")
    return rf"(?i:(?:{month})\.?\s+[0-3]?\d|[0-3]?\d\.?\s+(?:{month})\b\.?)"


@lru_cache(maxsize=1)
def _date_at_start() -> re.Pattern[str]:
    weekday = _alternatives("weekday")
    dates = "|".join(_forms())
    return re.compile(
        rf"(?:(?:{weekday})\.?,?\s+)?(?:{dates})(?![\w/])(?:,?\s+(?:{weekday})\b)?{_TIME}(?=\W|$)", re.IGNORECASE
    )


def _forms() -> Iterator[str]:
    """Return the patterns of a full date, most specific first; the names of the groups are the parts."""
    month = _alternatives("month")
    year = r"(?:1[5-9]|20)\d\d"
    day = r"[0-3]?\d"
    yield rf"(?P<y1>{year})-(?P<m1>\d\d)-(?P<d1>\d\d)"
    yield rf"(?P<n2>{month})\b\.?\s+(?P<d2>{day})(?:st|nd|rd|th)?,?\s+(?P<y2>{year})"
    yield rf"(?P<d3>{day})(?:st|nd|rd|th|\.|º|er)?[\s-]+(?:de\s+)?(?P<n3>{month})\b\.?,?[\s-]+(?:de\s+)?(?P<y3>{year})"
    yield rf"(?P<d4>{day})\.\s?(?P<m4>[01]?\d)\.\s?(?P<y4>{year})"
    yield rf"(?P<a5>{day})/(?P<b5>{day})/(?P<y5>{year})"
    # "Fri Jan 4 10:30:00 GMT 2019", the output of the Unix command date.
    yield rf"(?P<n6>{month})\s+(?P<d6>{day})\s+\d\d:\d\d:\d\d\s+(?:(?:[a-z]{{3,4}}|[+-]\d{{4}})\s+)?(?P<y6>{year})"
    yield rf"(?P<y7>{year})\s?[年년]\s?(?P<m7>[01]?\d)\s?[月월]\s?(?P<d7>{day})\s?[日일]"


def _read(match: re.Match[str]) -> DateInterval | None:
    parts = match.groupdict()
    if parts["y1"]:
        return _day(int(parts["y1"]), int(parts["m1"]), int(parts["d1"]))
    if parts["y2"]:
        return _day(int(parts["y2"]), _month_number(parts["n2"]), int(parts["d2"]))
    if parts["y3"]:
        return _day(int(parts["y3"]), _month_number(parts["n3"]), int(parts["d3"]))
    if parts["y4"]:
        return _day(int(parts["y4"]), int(parts["m4"]), int(parts["d4"]))
    if parts["y7"]:
        return _day(int(parts["y7"]), int(parts["m7"]), int(parts["d7"]))
    if parts["y6"]:
        return _day(int(parts["y6"]), _month_number(parts["n6"]), int(parts["d6"]))
    first, second, year = int(parts["a5"]), int(parts["b5"]), int(parts["y5"])
    if first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


@lru_cache(maxsize=2)
def _names(kind: str) -> dict[str, int]:
    return {
        name: int(row["number"])
        for row in read_table("calendar")
        if row["kind"] == kind
        for name in row["names"].split("|")
    }


def _alternatives(kind: str) -> str:
    return "|".join(sorted(map(re.escape, _names(kind)), key=len, reverse=True))


def _month_number(name: str) -> int:
    """Return 1 to 12; 0 for letters that only a case-insensitive pattern takes for others ("ı" and "i")."""
    return _names("month").get(name.lower(), 0)


def _from_seconds(seconds: float) -> DateInterval | None:
    moment = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, tz=UTC)
    return _day(moment.year, moment.month, moment.day)


def _day(year: int, month: int, day: int) -> DateInterval | None:
    try:
        start = date(year, month, day)
    except ValueError:
        return None
    if not _FIRST_YEAR <= year < _LAST_YEAR:
        return None
    return DateInterval(start, start, DatePrecision.DAY, start.isoformat())


def _month(year: int, month: int) -> DateInterval | None:
    first = _day(year, month, 1)
    if first is None or first.start is None:
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    last = date.fromordinal(following.toordinal() - 1)
    return DateInterval(first.start, last, DatePrecision.MONTH, f"{year:04}-{month:02}")


def _year(year: int) -> DateInterval | None:
    if not _FIRST_YEAR <= year < _LAST_YEAR:
        return None
    return DateInterval(date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR, f"{year:04}")
