"""Publication date of an article from a metadata field: an interval of one day, month or year."""

import re
from datetime import UTC, date, datetime

from index.model import DateInterval, DatePrecision
from index.readers.article.whole_dates import day_interval, find_whole_date

__all__ = ["parse_stated_date"]

_LONGEST_DATE = 100
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_MOST_SECONDS = 1e11
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d.])(?:[T\s,].*)?", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}(?:Z|[+-]\d{2}:?\d{2})?)?")
_MONTH_ONLY = re.compile(r"(\d{4})[-/](\d{1,2})")
_YEAR_ONLY = re.compile(r"\d{4}")
# The first second of the clocks of computers: nobody has set it, or a program had no date to write.
_NO_MOMENT = re.compile(
    r"1970-01-01[T ]00:00(?::00(?:\.0+)?)?(?:\s?(?:Z|UTC|GMT|[+-]00:?00))?"
    r"|(?:Thu(?:rsday)?,? )?0?1 Jan(?:uary)? 1970 00:00(?::00)?(?:\s?(?:Z|UTC|GMT|[+-]0000))?(?: \(.*\))?"
    r"|Thu Jan 0?1 00:00:00 (?:\w{2,4} )?1970",
    re.IGNORECASE,
)
# Seconds, milliseconds or microseconds, also as .NET writes them: "/Date(1583230000000+0100)/".
_SECONDS = re.compile(r"(\d{9,10}(?:\.\d+)?|\d{12,13}|\d{15,16})|/Date\((\d{12,13})(?:[+-]\d{4})?\)/")
_WEEKDAY = re.compile(r"^[^\W\d_]{2,4}\.?,?\s(?=\d)")


def parse_stated_date(value: object) -> DateInterval | None:
    """Parse the date of a metadata field: ISO 8601, RFC 5322, seconds or thousandths of them since 1970, or words.

    The day is used as written, without conversion to another time zone. None for anything else.

    >>> parse_stated_date("Thu, 26 Feb 1987 15:01:01 +0000").value
    '1987-02-26'
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        return None
    if isinstance(value, date):
        return _day(value.year, value.month, value.day)
    text = " ".join(str(value).split())
    if len(text) > _LONGEST_DATE or _NO_MOMENT.fullmatch(text):
        return None
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _COMPACT.fullmatch(text):
        compact = _day(int(match[1]), int(match[2]), int(match[3]))
        if compact is not None:  # Otherwise it may be milliseconds.
            return compact
    if match := _SECONDS.fullmatch(text):
        return _from_seconds(float(match[1] or match[2]))
    if match := _MONTH_ONLY.fullmatch(text):
        return _month(int(match[1]), int(match[2]))
    if _YEAR_ONLY.fullmatch(text):
        return _year(int(text))
    found = find_whole_date(text)
    if found is None or found.rest:  # "Di., 3. März 2020", "вт, 3 мар. 2020 г."
        found = find_whole_date(_WEEKDAY.sub("", text))
    return found.published if found is not None and not found.rest else None


def _from_seconds(seconds: float) -> DateInterval | None:
    while seconds > _MOST_SECONDS:
        seconds /= 1000
    moment = datetime.fromtimestamp(seconds, tz=UTC)
    return _day(moment.year, moment.month, moment.day)


def _day(year: int, month: int, day: int) -> DateInterval | None:
    try:
        start = date(year, month, day)
    except ValueError:
        return None
    if not _FIRST_YEAR <= year < _LAST_YEAR:
        return None
    return day_interval(start)


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
