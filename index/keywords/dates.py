"""Keywords for dates: those that a document is stored under, and those that a query asks for.

Dates are nodes of a tree of prefixes of an ISO date: "" (all time), "2" (millennium), "20" (century), "201" (decade),
"2019", "2019-07", "2019-07-05". An interval that is a node is stored as `=node`, and as `<node` for each ancestor,
"a date lies below this node".

An interval of several nodes, a span such as "2014 to 2016", has the smallest node around it as its own, "201": it is
stored as `~node` and, as above, `<node` for each ancestor. What it covers below its own node is stored with other
signs, as it counts as no date of theirs: `+node` for each node of its smallest cover, `-node` for those between.
What is longer than a decade is stored as `~` besides.

An interval of a query meets a stored one when a node of its own cover is stored, with any sign, or an ancestor with
`=` or `+`.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from index.model import DateInterval

__all__ = ["LONGER", "UNDATED", "date_query_values", "date_values", "month_values", "published_day", "year_values"]

UNDATED = "undated"
"""The value of `published_years` and `published_months` when the date of publication is not known."""

LONGER = "~"
"""The keyword of dates and spans that are longer than a decade, or lie in several."""

_COVERED = ("=", "+")
_SIGNS = (*_COVERED, "<", "~", "-")
_DECADE, _DAY = len("201"), len("2019-07-05")

# A longer interval ("the Middle Ages", "since 1990") counts in the years and months of its ends alone, else one
# vague expression would put its article into every bar of a histogram.
_MAX_YEARS = 150
_MAX_MONTHS = 240


def date_values(intervals: Iterable[DateInterval]) -> tuple[str, ...]:
    """Return the keywords for the fields `dates` and `published`; unresolved intervals give none.

    >>> from index.model import DatePrecision
    >>> date_values([DateInterval(date(2019, 7, 1), date(2019, 7, 31), DatePrecision.MONTH)])
    ('=2019-07', '<2019', '<201', '<20', '<2', '<')
    >>> date_values([DateInterval(date(2014, 1, 1), date(2015, 12, 31), DatePrecision.INTERVAL)])
    ('~201', '+2014', '+2015', '<20', '<2', '<')
    """
    values: dict[str, None] = {}
    for interval in intervals:
        if interval.is_resolved:
            values.update((value, None) for value in _stored(*_ends(interval)))
    return tuple(values)


def _stored(start: date, end: date) -> Iterator[str]:
    """Yield the keywords of the days [start, end]."""
    own, *others = cover = list(_cover(start, end))
    if others:
        own = _node_around(start, end)
        yield "~" + own
        for node in cover:
            yield "+" + node
            yield from ("-" + between for between in _ancestors(node) if len(between) > len(own))
    else:
        yield "=" + own
    if len(own) < _DECADE:
        yield LONGER
    yield from ("<" + ancestor for ancestor in _ancestors(own))


def date_query_values(start: date | None, end: date | None) -> tuple[str, ...]:
    """Return the keywords of `dates` or `published` of which a document with a date in [start, end] has at least one.

    Both ends are inside; None is open. An empty tuple (start after end) means that nothing can match.

    >>> date_query_values(date(2019, 1, 1), date(2019, 12, 31))
    ('=2019', '+2019', '<2019', '~2019', '-2019', '=201', '+201', '=20', '+20', '=2', '+2', '=', '+')
    """
    first, last = start or date.min, end or date.max
    if first > last:
        return ()
    values: dict[str, None] = {}
    for node in _cover(first, last):
        signs = _SIGNS if len(node) < _DAY else _COVERED
        values.update((sign + node, None) for sign in signs)
        values.update((sign + ancestor, None) for ancestor in _ancestors(node) for sign in _COVERED)
    return tuple(values)


def year_values(intervals: Iterable[DateInterval]) -> tuple[str, ...]:
    """Return the keywords for `date_years`: "2019" for each year met.

    Of open intervals and those over 150 years these are the ends' years only.

    >>> from index.model import DatePrecision
    >>> year_values([DateInterval(date(2019, 12, 31), date(2020, 1, 1), DatePrecision.INTERVAL)])
    ('2019', '2020')
    """
    return _distinct(
        f"{year:04}"
        for interval in intervals
        for year in _steps([day.year for day in _known_days(interval)], longest=_MAX_YEARS)
    )


def month_values(intervals: Iterable[DateInterval]) -> tuple[str, ...]:
    """Return the keywords for `date_months`: "2019-07" for each month met.

    Of open intervals and those over 20 years these are the ends' months only.

    >>> from index.model import DatePrecision
    >>> month_values([DateInterval(date(2019, 12, 31), None, DatePrecision.INTERVAL)])
    ('2019-12',)
    """
    return _distinct(
        f"{month // 12:04}-{month % 12 + 1:02}"
        for interval in intervals
        for month in _steps([day.year * 12 + day.month - 1 for day in _known_days(interval)], longest=_MAX_MONTHS)
    )


def published_day(interval: DateInterval | None) -> int | None:
    """Return the sort key for dates: the first known day of publication as an ordinal, or None.

    >>> from index.model import DatePrecision
    >>> published_day(DateInterval(date(1, 1, 2), date(1, 1, 2), DatePrecision.DAY))
    2
    """
    if interval is None or not interval.is_resolved:
        return None
    return (interval.start or interval.end or date.min).toordinal()


def _known_days(interval: DateInterval) -> list[date]:
    return [day for day in (interval.start, interval.end) if day is not None]


def _steps(ends: list[int], *, longest: int) -> Iterable[int]:
    if len(ends) == 2 and 0 <= ends[1] - ends[0] <= longest:
        return range(ends[0], ends[1] + 1)
    return sorted(ends)


def _ends(interval: DateInterval) -> tuple[date, date]:
    start, end = interval.start or date.min, interval.end or date.max
    return min(start, end), max(start, end)


def _ancestors(node: str) -> Iterator[str]:
    while node:
        node = node[:-3] if len(node) > 4 else node[:-1]
        yield node


def _node_around(start: date, end: date) -> str:
    """Return the smallest node that holds two days."""
    first, last = start.isoformat(), end.isoformat()
    return next((node for node in _ancestors(first) if last.startswith(node)), "")


def _cover(start: date, end: date) -> Iterator[str]:
    """Yield the fewest nodes that hold the days [start, end] and no other, in order."""
    day = start
    while True:
        node, last = _largest_node(day, end)
        yield node
        if last >= end:
            return
        day = last + timedelta(days=1)


def _largest_node(first: date, end: date) -> tuple[str, date]:
    """Return the largest node that begins on a day and does not reach beyond `end`, and its last day."""
    text = first.isoformat()
    if first == date.min and end == date.max:
        return "", date.max
    if first.day == 1 and first.month == 1:
        for digits in (1, 2, 3, 4):
            size = 10 ** (4 - digits)
            last_year = first.year // size * size + size - 1
            begins = first.year % size == 0 or first == date.min
            if begins and date(last_year, 12, 31) <= end:
                return text[:digits], date(last_year, 12, 31)
    if first.day == 1:
        next_month = date(first.year + first.month // 12, first.month % 12 + 1, 1) if text[:7] < "9999-12" else date.max
        last = date.max if next_month == date.max else next_month - timedelta(days=1)
        if last <= end:
            return text[:7], last
    return text, first


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
