"""Dates as metadata state them: days, and moments in UTC."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time

from index.model import DateInterval, DatePrecision
from index.readers.article.publication import parse_stated_date
from index.readers.article.whole_dates import NumberOrder, find_days

__all__ = ["Stamp", "read_stamp"]

_UTC_TIME = re.compile(
    r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?::\d\d?(?:[.,]\d+)?)?\s*"
    r"(?:Z|UTC|GMT(?![+-]\d)|(?:GMT|UTC)?[+-]00:?00)(?![\d:])",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_LONGEST = 120
_NEVER = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stated date; `moment` is the moment in UTC when the zone is stated to be UTC, as programs write it."""

    published: DateInterval
    moment: datetime | None = None


def read_stamp(value: object, *, order: NumberOrder | None = None, language: str | None = None) -> Stamp | None:
    """Read a date of metadata; None for anything that is none, and for the beginning of 1970, which stands for nothing.

    >>> read_stamp("2020-03-05T23:15:00Z").moment.hour
    23
    """
    published = parse_stated_date(value)
    text = " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
    if published is None and 0 < len(text) <= _LONGEST:
        days = {found.published.value: found.published for found in find_days(text, order=order, language=language)}
        published = days.popitem()[1] if len(days) == 1 else None
    if published is None or published.value == _NEVER:
        return None
    if published.precision is not DatePrecision.DAY or published.start is None:
        return Stamp(published)
    if _SECONDS.fullmatch(text):
        seconds = float(text)
        return Stamp(published, datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, tz=UTC))
    match = _UTC_TIME.search(text)
    if match is None:
        return Stamp(published)
    return Stamp(published, datetime.combine(published.start, time(int(match[1]), int(match[2])), tzinfo=UTC))
