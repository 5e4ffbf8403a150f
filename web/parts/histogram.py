"""Histogram of articles over time: the periods shown, the position of each bar, its link, and the way back up."""

import math
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from index.keywords.periods import Level, Period, parse_period
from search.output.wording import count_in_words, period_in_words
from search.query.ast import Axis
from search.request import SearchRequest
from search.views import PeriodCount, Timeline
from web.addresses.neighbors import with_axis, with_dates, with_period, with_undated
from web.addresses.urls import search_url
from web.parts.records import Band, Bar, HistogramPart, Link

__all__ = ["AXIS_LABELS", "draw_histogram", "shown_axis"]

AXIS_LABELS = {Axis.MENTIONED: "mentioned in the text", Axis.PUBLISHED: "published"}

_TIMES = {
    Axis.MENTIONED: ("date_years", "date_months"),
    Axis.PUBLISHED: ("published_years", "published_months"),
}
_NOUNS = {Level.DECADE: "decade", Level.YEAR: "year", Level.MONTH: "month", Level.DAY: "day"}
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Stands for a period in an address; no text of a request holds it.
_ANY_PERIOD = "0000-ANY-PERIOD-0000"
_MAX_BARS = 40
_MAX_TICKS = 8
# Pixels of a chart on a phone 320 pixels wide, of a letter below it, and between two texts: no text runs into the next.
_PHONE, _LETTER, _BETWEEN = 288, 6, 4
# Fewer bars than this stay slim and are aligned left; so many have room for the name of a year each.
_MIN_SLOTS = 10
# Share of the drawing's height that bars have; below stand the ticks.
_HEIGHT = 78


def shown_axis(request: SearchRequest, *, total: int, undated: int) -> Axis:
    """Return the axis to draw: that of the request, else that of its dates, else publication where half have a date.

    >>> shown_axis(SearchRequest(), total=10, undated=5), shown_axis(SearchRequest(), total=10, undated=6)
    (<Axis.PUBLISHED: 'published'>, <Axis.MENTIONED: 'dates'>)
    """
    if request.axis is not None:
        return request.axis
    chosen = {selection.field for selection in request.selections if selection.values}
    if request.date_from or request.date_to or request.period or not chosen.isdisjoint(_TIMES[Axis.MENTIONED]):
        return Axis.MENTIONED
    if not chosen.isdisjoint(_TIMES[Axis.PUBLISHED]):
        return Axis.PUBLISHED
    return Axis.PUBLISHED if total and 2 * undated <= total else Axis.MENTIONED


def draw_histogram(
    request: SearchRequest,
    timeline: Timeline,
    *,
    undated: int = 0,
    texts: Mapping[str, str] = MappingProxyType({}),
    errors: Mapping[str, str] = MappingProxyType({}),
) -> HistogramPart:
    """Return the histogram of the timeline of a request.

    `undated` counts the articles without a publication date. A bar leads to its period and shows the parts of it, the
    link of a day that is chosen leads back. `texts` are what was typed for "from" and "to" where it is no date,
    `errors` what is wrong with it.
    """
    shown, before, after = _visible(timeline.bars)
    counts = {Period(_node(bar)): bar.documents for bar in shown}
    slots = _slots([*counts])
    top = max([*counts.values(), *(one.documents for one in timeline.whole)], default=0)
    drawn = _Addresses(request, timeline.axis)
    return HistogramPart(
        axes=tuple(
            Link(label, search_url(with_axis(request, axis)), is_current=axis is timeline.axis)
            for axis, label in AXIS_LABELS.items()
        ),
        ways_up=tuple(_ways_up(request, timeline, drawn)),
        bars=_bars(slots, counts, drawn, request.period, around=timeline.around),
        bands=tuple(_bands(slots, timeline.whole, top)),
        shape=_shape(slots, counts, top),
        summary=_summary(slots, counts, timeline.axis),
        whole=tuple(_whole_links(timeline.whole, drawn, chosen=request.period)),
        earlier=_beyond(request, "earlier", before),
        later=_beyond(request, "later", after),
        undated=_undated(request, undated),
        date_from=texts.get("from", request.date_from),
        date_to=texts.get("to", request.date_to),
        errors=errors,
    )


class _Addresses:
    """Addresses of a search in each period. They differ in nothing else, so that one is made for all."""

    def __init__(self, request: SearchRequest, axis: Axis) -> None:
        self._address = search_url(with_period(request, axis, _ANY_PERIOD))
        self.without = search_url(with_period(request, axis, ""))

    def of(self, period: Period) -> str:
        return self._address.replace(_ANY_PERIOD, str(period))

    def around(self, period: Period) -> str:
        return self.without if period.parent is None else self.of(period.parent)


def _node(count: PeriodCount) -> str:
    period = parse_period(count.period)
    assert period is not None, "the timeline has periods only"
    return period.node


def _visible(bars: Sequence[PeriodCount]) -> tuple[Sequence[PeriodCount], Sequence[str], Sequence[str]]:
    """Return the bars to draw, and the nodes of those before and after them."""
    if not bars:
        return (), (), ()
    slots = _slots([Period(_node(bar)) for bar in bars])
    if len(slots) <= _MAX_BARS:
        return bars, (), ()
    counts = {_node(bar): bar.documents for bar in bars}
    start = _best_window([counts.get(slot.node, 0) for slot in slots])
    inside = [slot.node for slot in slots[start : start + _MAX_BARS]]
    nodes = [_node(bar) for bar in bars]
    return (
        [bar for bar in bars if inside[0] <= _node(bar) <= inside[-1]],
        [node for node in nodes if node < inside[0]],
        [node for node in nodes if node > inside[-1]],
    )


def _best_window(counts: Sequence[int]) -> int:
    """Return the start of the window of `_MAX_BARS` counts with the largest sum; the last of equals."""
    total = best = sum(counts[:_MAX_BARS])
    start = 0
    for i in range(1, len(counts) - _MAX_BARS + 1):
        total += counts[i + _MAX_BARS - 1] - counts[i - 1]
        if total >= best:
            best, start = total, i
    return start


def _slots(periods: Sequence[Period]) -> list[Period]:
    """Return all periods from the first to the last, without gaps.

    >>> [str(slot) for slot in _slots([Period("2018-11"), Period("2019-01")])]
    ['2018-11', '2018-12', '2019-01']
    """
    if not periods:
        return []
    first, last = periods[0].node, periods[-1].node
    if len(first) <= Level.YEAR:
        return [Period(f"{number:0{len(first)}}") for number in range(int(first), int(last) + 1)]
    around = [Period(first[:-3])]
    while around[-1].node < last[:-3]:
        around.append(_next_year(around[-1]))
    return [part for one in around for part in one.parts if first <= part.node <= last]


def _next_year(period: Period) -> Period:
    """Return the year after one; days of several months never stand side by side."""
    return Period(f"{int(period.node[:4]) + 1:04}")


def _bars(
    slots: Sequence[Period], counts: Mapping[Period, int], drawn: _Addresses, chosen: str, *, around: str
) -> tuple[Bar, ...]:
    width = _slot_width(slots)
    ticks = [_tick(slot, is_year_said=bool(around)) for slot in slots]
    widest = max(map(len, ticks), default=0) * _LETTER + _BETWEEN
    every = max(-(-len(slots) // _MAX_TICKS), math.ceil(widest / (width * _PHONE / 100)))
    return tuple(
        Bar(
            text=period_in_words(slot),
            count=counts.get(slot, 0),
            url=(drawn.around(slot) if str(slot) == chosen else drawn.of(slot)) if slot in counts else "",
            x=_percent(i * width),
            center=_percent((i + 0.5) * width),
            width=_percent(width),
            tick=ticks[i] if i % every == 0 else "",
            is_selected=str(slot) == chosen,
        )
        for i, slot in enumerate(slots)
    )


def _tick(period: Period, *, is_year_said: bool) -> str:
    """Return what is written below a bar: what tells it from its neighbors.

    >>> [_tick(Period(node), is_year_said=True) for node in ("201", "2019", "2019-07", "2019-07-05")]
    ['2010s', '2019', 'Jul', '5']
    """
    match len(period.node):
        case Level.MONTH if is_year_said:
            return _NAMES[int(period.node[5:]) - 1]
        case Level.DAY:
            return str(int(period.node[8:]))
        case _:
            return str(period)


def _bands(slots: Sequence[Period], whole: Sequence[PeriodCount], top: int) -> Iterator[Band]:
    """Yield a band over the bars of each period that dates mean as a whole; those before and after them have none."""
    width = _slot_width(slots)
    for one in whole:
        inside = [i for i, slot in enumerate(slots) if slot.node.startswith(_node(one))]
        if inside:
            height = max(_HEIGHT * one.documents / top, 3)
            yield Band(
                x=_percent(inside[0] * width),
                width=_percent((inside[-1] + 1 - inside[0]) * width),
                y=_percent(_HEIGHT - height),
                height=_percent(height),
            )


def _slot_width(slots: Sequence[Period]) -> float:
    """Return the width of a bar with its gap, in percent."""
    return 100 / max(len(slots), _MIN_SLOTS)


def _shape(slots: Sequence[Period], counts: Mapping[Period, int], top: int) -> str:
    """Return the bars as one path: an element for each would be half of a page."""
    width = _slot_width(slots) * 10
    pieces = []
    for i, slot in enumerate(slots):
        count = counts.get(slot, 0)
        if count:
            height = max(round(96 * count / top), 3)
            left = round((i + 0.1) * width)
            pieces.append(f"M{left} 100v-{height}h{round(width * 0.8)}v{height}z")
    return "".join(pieces)


def _percent(value: float) -> str:
    """Return a percentage with at most two decimals.

    >>> _percent(4.0), _percent(33.333)
    ('4', '33.33')
    """
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".")


def _summary(slots: Sequence[Period], counts: Mapping[Period, int], axis: Axis) -> str:
    if not slots:
        return ""
    top = max(counts, key=lambda period: counts[period])
    noun = _NOUNS[Level(len(slots[0].node))]
    return (
        f"Articles by {noun} {AXIS_LABELS[axis]}, {period_in_words(slots[0])} to {period_in_words(slots[-1])}; "
        f"most in {period_in_words(top)}: {count_in_words(counts[top], 'article')}"
    )


def _ways_up(request: SearchRequest, timeline: Timeline, drawn: _Addresses) -> Iterator[Link]:
    """Yield links to the periods around the one that is shown, the largest first, and to that itself."""
    around = parse_period(timeline.around)
    if not request.period:
        return
    yield Link("All dates", drawn.without)
    steps = [around] if around is not None else []
    while steps and (parent := steps[0].parent) is not None:
        steps.insert(0, parent)
    for step in steps:
        yield Link(period_in_words(step), drawn.of(step), is_current=str(step) == request.period)


def _whole_links(whole: Sequence[PeriodCount], drawn: _Addresses, *, chosen: str) -> Iterator[Link]:
    """Yield links to the articles with dates that are less exact than the bars."""
    for one in whole:
        period = parse_period(one.period)
        assert period is not None, "the timeline has periods only"
        is_chosen = one.period == chosen
        url = drawn.of(Period(period.node)) if is_chosen and len(period.node) >= Level.DECADE else drawn.of(period)
        yield Link(period_in_words(period), url, f"{one.documents:,}", is_current=is_chosen)


def _beyond(request: SearchRequest, text: str, nodes: Sequence[str]) -> Link | None:
    # From the first to the last period with articles, so that the linked page shows their bars.
    if not nodes:
        return None
    first, last = Period(nodes[0]).days[0], Period(nodes[-1]).days[1]
    return Link(text, search_url(with_dates(request, f"{first.year:04}", f"{last.year:04}")))


def _undated(request: SearchRequest, undated: int) -> Link | None:
    if request.is_undated or not undated:
        return None
    return Link("undated", search_url(with_undated(request, is_undated=True)), f"{undated:,}")
