"""Histogram of articles over time: the years or months shown, the position of each bar, and its link."""

from collections.abc import Mapping, Sequence

from search.output.wording import count_in_words
from search.query.ast import Axis
from search.query.values import parse_date_side
from search.request import SearchRequest
from search.results import FacetValue
from web.neighbors import selection_of, with_axis, with_dates, with_undated, with_value, without_dates, without_value
from web.parts.records import Bar, HistogramPart, Link
from web.urls import search_url

__all__ = ["AXIS_LABELS", "draw_histogram", "histogram_fields"]

AXIS_LABELS = {Axis.MENTIONED: "mentioned in the text", Axis.PUBLISHED: "published"}

_YEARS = {Axis.MENTIONED: "date_years", Axis.PUBLISHED: "published_years"}
_MONTHS = {Axis.MENTIONED: "date_months", Axis.PUBLISHED: "published_months"}

_MAX_BARS = 40
_MAX_TICKS = 8
# Fewer bars than this stay slim and are aligned left.
_MIN_SLOTS = 12
_MONTHS_FROM_YEARS = 2
# Percent of the height for the bars; the rest is for the ticks.
_BAR_HEIGHT = 74
_BASE = 78


def histogram_fields(request: SearchRequest) -> tuple[str, str]:
    """Return the facet fields of the bars: years, and months.

    >>> histogram_fields(SearchRequest())
    ('date_years', 'date_months')
    """
    return _YEARS[request.axis], _MONTHS[request.axis]


def draw_histogram(
    request: SearchRequest, years: Sequence[FacetValue], months: Sequence[FacetValue] = (), *, undated: int
) -> HistogramPart:
    """Return the histogram of the axis of a request.

    `years` and `months` are the values of `histogram_fields`, in any order; months are drawn when there are hardly any
    years to tell apart. `undated` counts the articles without a publication date. A bar adds its year or month to the
    search, or removes it again.
    """
    is_monthly = bool(months) and _is_monthly(request, years)
    field = _MONTHS[request.axis] if is_monthly else _YEARS[request.axis]
    inside = {value.value: value for value in (months if is_monthly else years) if _is_inside(value.value, request)}
    units, before, after = _visible(inside)
    links = {
        unit: search_url(
            without_value(request, field, unit)
            if unit in inside and inside[unit].is_selected
            else with_value(request, field, unit)
        )
        for unit in units
    }
    has_dates = without_dates(request) != request
    return HistogramPart(
        axes=tuple(
            Link(label, search_url(with_axis(request, axis)), is_current=axis is request.axis)
            for axis, label in AXIS_LABELS.items()
        ),
        bars=_bars(units, inside, links),
        summary=_summary(units, inside, request.axis),
        earlier=_beyond(request, "earlier", before),
        later=_beyond(request, "later", after),
        by_month=_by_month(request, field),
        undated=_undated(request, undated),
        date_from=request.date_from,
        date_to=request.date_to,
        clear_url=search_url(without_dates(request)) if has_dates else "",
    )


def _is_monthly(request: SearchRequest, years: Sequence[FacetValue]) -> bool:
    """True when months are drawn: a month is selected, or there are at most two years and none is selected."""
    if selection_of(request, _MONTHS[request.axis]).values:
        return True
    found = [value for value in years if value.count and _is_inside(value.value, request)]
    return len(found) <= _MONTHS_FROM_YEARS and not selection_of(request, _YEARS[request.axis]).values


def _is_inside(value: str, request: SearchRequest) -> bool:
    """True when a year or month ("undated" is neither) shares a day with the range of the request."""
    days = parse_date_side(value)
    if days is None:
        return False
    lower, upper = parse_date_side(request.date_from), parse_date_side(request.date_to)
    return (lower is None or days[1] >= lower[0]) and (upper is None or days[0] <= upper[1])


def _visible(values: Mapping[str, FacetValue]) -> tuple[list[str], list[str], list[str]]:
    """Return the units to draw, without gaps, and those with articles before and after them."""
    with_articles = sorted(unit for unit, value in values.items() if value.count or value.is_selected)
    if not with_articles:
        return [], [], []
    units = _without_gaps(with_articles[0], with_articles[-1])
    start = _best_window([values[unit].count if unit in values else 0 for unit in units])
    shown = units[start : start + _MAX_BARS]
    before = [unit for unit in with_articles if unit < shown[0]]
    after = [unit for unit in with_articles if unit > shown[-1]]
    # A unit at either end may be empty only because the window has a fixed length.
    drawn = [unit for unit in with_articles if shown[0] <= unit <= shown[-1]]
    return _without_gaps(drawn[0], drawn[-1]), before, after


def _without_gaps(first: str, last: str) -> list[str]:
    """Return all years or months from the first to the last.

    >>> _without_gaps("2018-11", "2019-01")
    ['2018-11', '2018-12', '2019-01']
    """
    if len(first) == len("2018"):
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    start, end = (int(unit[:4]) * 12 + int(unit[5:7]) - 1 for unit in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]


def _best_window(counts: Sequence[int]) -> int:
    """Return the start of the window of `_MAX_BARS` counts with the largest sum; the last of equals."""
    total = best = sum(counts[:_MAX_BARS])
    start = 0
    for i in range(1, len(counts) - _MAX_BARS + 1):
        total += counts[i + _MAX_BARS - 1] - counts[i - 1]
        if total >= best:
            best, start = total, i
    return start


def _bars(units: Sequence[str], values: Mapping[str, FacetValue], links: Mapping[str, str]) -> tuple[Bar, ...]:
    highest = max((value.count for value in values.values()), default=0)
    slot = 100 / max(len(units), _MIN_SLOTS)
    every = -(-max(len(units), _MIN_SLOTS // 3) // _MAX_TICKS)
    bars = []
    for i, unit in enumerate(units):
        value = values.get(unit)
        count = value.count if value else 0
        height = max(_BAR_HEIGHT * count / highest, 3) if count else 0
        bars.append(
            Bar(
                text=unit,
                count=count,
                url=links[unit],
                x=_percent(i * slot + slot * 0.1),
                center=_percent((i + 0.5) * slot),
                width=_percent(slot * 0.8),
                y=_percent(_BASE - height),
                height=_percent(height),
                tick=unit if i % every == 0 else "",
                is_selected=bool(value and value.is_selected),
            )
        )
    return tuple(bars)


def _percent(value: float) -> str:
    """Return a percentage with at most two decimals.

    >>> _percent(4.0), _percent(33.333)
    ('4', '33.33')
    """
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".")


def _summary(units: Sequence[str], values: Mapping[str, FacetValue], axis: Axis) -> str:
    if not units:
        return ""
    top = max(values.values(), key=lambda value: value.count)
    what = "years" if len(units[0]) == len("2018") else "months"
    return (
        f"Articles by {what} {AXIS_LABELS[axis]}, {units[0]} to {units[-1]}; "
        f"most in {top.value}: {count_in_words(top.count, 'article')}"
    )


def _beyond(request: SearchRequest, text: str, units: Sequence[str]) -> Link | None:
    # From the first to the last unit with articles, so that the linked page shows their bars.
    return Link(text, search_url(with_dates(request, units[0], units[-1]))) if units else None


def _by_month(request: SearchRequest, field: str) -> Link | None:
    chosen = selection_of(request, field).values
    if field != _YEARS[request.axis] or len(chosen) != 1 or not chosen[0].isdecimal():
        return None
    year = chosen[0]
    return Link(f"{year} by month", search_url(with_dates(without_value(request, field, year), year, year)))


def _undated(request: SearchRequest, undated: int) -> Link | None:
    if request.is_undated:
        return Link("undated only", search_url(with_undated(request, is_undated=False)), "×", is_current=True)
    if not undated:
        return None
    return Link("undated", search_url(with_undated(request, is_undated=True)), f"{undated:,}")
