"""Articles over time: how many have a date in each decade, year, month or day; every date counts once."""

from collections.abc import Sequence
from datetime import date

from index.keywords.dates import UNDATED
from index.keywords.periods import Level, Period, parse_period, whole_periods
from search.engines.base import CountRequest, FacetRequest, Searcher, Selection
from search.query.ast import Axis, Query
from search.query.values import parse_date_side
from search.request import SearchRequest
from search.views import PeriodCount, Timeline

__all__ = ["make_timeline", "shown_period"]

_YEARS = {Axis.MENTIONED: "date_years", Axis.PUBLISHED: "published_years"}
_MAX_YEARS = 5000
# More years than this are shown as decades.
_MAX_BARS = 40
# So few years are shown as months.
_FEW_YEARS = 2


def make_timeline(
    request: SearchRequest,
    query: Query,
    selections: Sequence[Selection],
    *,
    searcher: Searcher,
    years: Sequence[str] | None = None,
) -> Timeline:
    """Return the timeline of what a query and selections find, on the axis of the request, in at most two calls.

    `years` are those that its dates touch, in order, where they are known.

    It shows the parts of the period that the request asks for, which must be `shown_period` of one. Without one it
    shows years; decades where there are many, months where there are few.
    """
    axis, around = request.range_axis, parse_period(request.period)
    if around is not None:
        return _counted(axis, around, around.parts, query, selections, searcher)
    days = parse_date_side(request.date_from), parse_date_side(request.date_to)
    touched = _found_years(axis, query, selections, searcher) if years is None else years
    years = [year for year in touched if _is_inside(Period(year), *days)]
    if not years:
        return Timeline(axis, "", (), ())
    if len(years) <= _FEW_YEARS:
        months = [month for year in years for month in Period(year).parts if _is_inside(month, *days)]
        timeline = _counted(axis, None, months, query, selections, searcher)
        # Where hardly a date has a month, years say more.
        if sum(bar.documents for bar in timeline.bars) >= sum(one.documents for one in timeline.whole):
            return timeline
    is_long = int(years[-1]) - int(years[0]) >= _MAX_BARS
    level = Level.DECADE if is_long else Level.YEAR
    parts = [Period(node) for node in dict.fromkeys(year[:level] for year in years)]
    return _counted(axis, None, parts, query, selections, searcher)


def shown_period(text: str) -> str:
    """Return the period whose parts are shown where a period was asked for: a day stands among those of its month.

    >>> shown_period("2019"), shown_period("2019-07-05"), shown_period("201X"), shown_period("XXXX"), shown_period("")
    ('2019', '2019-07', '2010s', '', '')
    """
    asked = parse_period(text)
    if asked is None or len(asked.node) < Level.DECADE:
        return ""
    return str(asked.parent if len(asked.node) == Level.DAY else Period(asked.node))


def _counted(
    axis: Axis,
    around: Period | None,
    parts: Sequence[Period],
    query: Query,
    selections: Sequence[Selection],
    searcher: Searcher,
) -> Timeline:
    """Count the parts, and the dates that lie in no single one of them."""
    whole = (Period(around.node, is_whole=True),) if around is not None else whole_periods(parts)
    wanted = [*parts, *whole]
    # One query for all of them, which an engine has to evaluate only once.
    requests = [CountRequest(query, (*selections, Selection(axis.value, one.values))) for one in wanted]
    found = searcher.search(query, selections=selections, counts=requests, limit=0).counts
    counts = [PeriodCount(str(one), count) for one, count in zip(wanted, found, strict=True)]
    return Timeline(
        axis,
        "" if around is None else str(around),
        tuple(one for one in counts[: len(parts)] if one.documents),
        tuple(one for one in counts[len(parts) :] if one.documents),
    )


def _found_years(axis: Axis, query: Query, selections: Sequence[Selection], searcher: Searcher) -> list[str]:
    """Return the years that dates of the articles touch, in order."""
    wanted = FacetRequest(_YEARS[axis], limit=_MAX_YEARS, is_by_value=True)
    [counted] = searcher.search(query, selections=selections, facets=[wanted], limit=0).facets
    return [bucket.value for bucket in counted.buckets if bucket.value != UNDATED]


def _is_inside(period: Period, lower: tuple[date, date] | None, upper: tuple[date, date] | None) -> bool:
    """True when a period shares a day with a range that begins in `lower` and ends in `upper`."""
    first, last = period.days
    return (lower is None or last >= lower[0]) and (upper is None or first <= upper[1])
