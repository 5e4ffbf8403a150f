"""Histogram of articles over time: the years or months shown, the position of each bar, and its link."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from index.fields import FIELDS
from search.output.wording import count_in_words
from search.query.ast import Axis
from search.query.values import parse_date_side
from search.request import SearchRequest
from search.results import FacetValue
from web.neighbors import selection_of, with_axis, with_dates, with_undated, with_value, without_value
from web.parts.records import Bar, HistogramPart, Link
from web.urls import facet_url, search_url

__all__ = ["AXIS_LABELS", "draw_histogram", "histogram_fields", "needs_months", "shown_axis"]

AXIS_LABELS = {Axis.MENTIONED: "mentioned in the text", Axis.PUBLISHED: "published"}

_YEARS = {Axis.MENTIONED: "date_years", Axis.PUBLISHED: "published_years"}
_MONTHS = {Axis.MENTIONED: "date_months", Axis.PUBLISHED: "published_months"}

# Stands for a year or month in an address; no text of a request holds it.
_ANY_UNIT = "0000-ANY-UNIT-0000"
_MAX_BARS = 40
_MAX_TICKS = 8
# Fewer bars than this stay slim and are aligned left.
_MIN_SLOTS = 12
_MONTHS_FROM_YEARS = 2
_PARAMETERS = {declared.name: declared.parameter for declared in FIELDS}


def histogram_fields(request: SearchRequest) -> tuple[str, str]:
    """Return the facet fields of the bars: years, and months.

    >>> histogram_fields(SearchRequest())
    ('date_years', 'date_months')
    """
    return _YEARS[request.range_axis], _MONTHS[request.range_axis]


def shown_axis(request: SearchRequest, *, total: int, undated: int) -> Axis:
    """Return the axis to draw: that of the request, else that of its dates, else publication where half have a date.

    >>> shown_axis(SearchRequest(), total=10, undated=5), shown_axis(SearchRequest(), total=10, undated=6)
    (<Axis.PUBLISHED: 'published'>, <Axis.MENTIONED: 'dates'>)
    """
    if request.axis is not None:
        return request.axis
    chosen = {selection.field for selection in request.selections if selection.values}
    if request.date_from or request.date_to or not chosen.isdisjoint((_YEARS[Axis.MENTIONED], _MONTHS[Axis.MENTIONED])):
        return Axis.MENTIONED
    if not chosen.isdisjoint((_YEARS[Axis.PUBLISHED], _MONTHS[Axis.PUBLISHED])):
        return Axis.PUBLISHED
    return Axis.PUBLISHED if total and 2 * undated <= total else Axis.MENTIONED


def draw_histogram(
    request: SearchRequest,
    years: Sequence[FacetValue],
    months: Sequence[FacetValue] = (),
    *,
    undated: int,
    is_chosen: bool = True,
    texts: Mapping[str, str] = MappingProxyType({}),
    errors: Mapping[str, str] = MappingProxyType({}),
) -> HistogramPart:
    """Return the histogram of the axis of a request.

    `years` and `months` are the values of `histogram_fields`, in any order; months are drawn when there are hardly any
    years to tell apart. `undated` counts the articles without a publication date. A bar adds its year or month to the
    search, or removes it again. `texts` are what was typed for "from" and "to" where it is no date, `errors` what is
    wrong with it.
    """
    is_monthly = bool(months) and needs_months(request, years)
    field = _MONTHS[request.range_axis] if is_monthly else _YEARS[request.range_axis]
    inside = {value.value: value for value in (months if is_monthly else years) if _is_inside(value.value, request)}
    units, before, after = _visible(inside)
    # Where nobody chose an axis, a link need not say which one it is.
    plain = request if is_chosen else replace(request, axis=None)
    links = _links(plain, field, [inside[unit] for unit in units if unit in inside])
    return HistogramPart(
        axes=tuple(
            Link(label, search_url(with_axis(request, axis)), is_current=axis is request.range_axis)
            for axis, label in AXIS_LABELS.items()
        ),
        bars=_bars(units, inside, links),
        shape=_shape(units, inside),
        summary=_summary(units, inside, request.range_axis),
        list_url=facet_url(_PARAMETERS[field], plain),
        earlier=_beyond(request, "earlier", before),
        later=_beyond(request, "later", after),
        by_month=_by_month(request, field),
        undated=_undated(plain, undated),
        date_from=texts.get("from", request.date_from),
        date_to=texts.get("to", request.date_to),
        errors=errors,
    )


def _links(request: SearchRequest, field: str, values: Sequence[FacetValue]) -> Mapping[str, str]:
    """Return the address behind each bar with articles."""
    if selection_of(request, field).values:
        return {
            value.value: search_url(
                without_value(request, field, value.value)
                if value.is_selected
                else with_value(request, field, value.value)
            )
            for value in values
            if value.count or value.is_selected
        }
    # They differ in nothing else, and making forty addresses takes as long as a search.
    address = search_url(with_value(request, field, _ANY_UNIT))
    return {value.value: address.replace(_ANY_UNIT, value.value) for value in values if value.count}


def needs_months(request: SearchRequest, years: Sequence[FacetValue]) -> bool:
    """Return whether months are drawn: a month is selected, or there are at most two years and none is selected."""
    if selection_of(request, _MONTHS[request.range_axis]).values:
        return True
    found = [value for value in years if value.count and _is_inside(value.value, request)]
    return len(found) <= _MONTHS_FROM_YEARS and not selection_of(request, _YEARS[request.range_axis]).values


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
    slot = _slot(units)
    is_monthly = bool(units) and len(units[0]) > len("2018")
    # A month is as wide as two bars.
    every = max(-(-max(len(units), _MIN_SLOTS // 3) // _MAX_TICKS), 2 if is_monthly else 1)
    return tuple(
        Bar(
            text=unit,
            count=values[unit].count if unit in values else 0,
            url=links.get(unit, ""),
            x=_percent(i * slot),
            center=_percent((i + 0.5) * slot),
            width=_percent(slot),
            tick=unit if i % every == 0 else "",
            is_selected=unit in values and values[unit].is_selected,
        )
        for i, unit in enumerate(units)
    )


def _slot(units: Sequence[str]) -> float:
    """Return the width of a bar with its gap, in percent."""
    return 100 / max(len(units), _MIN_SLOTS)


def _shape(units: Sequence[str], values: Mapping[str, FacetValue]) -> str:
    """Return the bars as one path: an element for each would be half of a page."""
    highest = max((value.count for value in values.values()), default=0)
    slot = _slot(units) * 10
    pieces = []
    for i, unit in enumerate(units):
        count = values[unit].count if unit in values else 0
        if count:
            height = max(round(96 * count / highest), 3)
            left = round((i + 0.1) * slot)
            pieces.append(f"M{left} 100v-{height}h{round(slot * 0.8)}v{height}z")
    return "".join(pieces)


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
    if field != _YEARS[request.range_axis] or len(chosen) != 1 or not chosen[0].isdecimal():
        return None
    year = chosen[0]
    return Link(f"{year} by month", search_url(with_dates(without_value(request, field, year), year, year)))


def _undated(request: SearchRequest, undated: int) -> Link | None:
    if request.is_undated:
        return None
    if not undated:
        return None
    return Link("undated", search_url(with_undated(request, is_undated=True)), f"{undated:,}")
