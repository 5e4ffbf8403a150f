"""Close the dates that a text leaves open, so that a filter finds an article only for days that it speaks of."""

from datetime import date, timedelta

from msgspec.structs import replace

from index.model import DateInterval

__all__ = ["closed"]

_YEAR, _MONTH = len("2015"), len("2015-07")


def closed(interval: DateInterval, *, published: DateInterval | None, today: date) -> DateInterval:
    """Return an interval with both ends: "since 2015" ends with the publication, "until March" begins with it.

    An undated article counts as published on `today`. What begins after the publication, or ended before it, is only
    the year, month or day that is named. Intervals without an open end stay as they are.

    >>> from index.model import DatePrecision
    >>> since = DateInterval(date(2015, 1, 1), None, DatePrecision.INTERVAL, "2015/..")
    >>> closed(since, published=None, today=date(2020, 3, 5)).end
    datetime.date(2020, 3, 5)
    """
    start, end = interval.start, interval.end
    if (start is None) == (end is None):
        return interval
    day = published if published is not None and published.is_resolved else None
    if start is not None:
        last = (day.end or day.start or today) if day is not None else today
        return replace(interval, end=last if last >= start else _end_of_named(interval.value, start))
    assert end is not None, "one of the two is known"
    first = (day.start or day.end or today) if day is not None else today
    return replace(interval, start=first if first <= end else _start_of_named(interval.value, end))


def _end_of_named(value: str | None, start: date) -> date:
    """Return the last day of the year or month that an open interval begins with; else its first day."""
    named = (value or "").partition("/")[0]
    if len(named) == _YEAR and named.isdecimal():
        return date(start.year, 12, 31)
    if len(named) == _MONTH and named[5:].isdecimal():
        following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
        return following - timedelta(days=1)
    return start


def _start_of_named(value: str | None, end: date) -> date:
    """Return the first day of the year or month that an open interval ends with; else its last day."""
    named = (value or "").rpartition("/")[2]
    if len(named) == _YEAR and named.isdecimal():
        return date(end.year, 1, 1)
    return date(end.year, end.month, 1) if len(named) == _MONTH and named[5:].isdecimal() else end
