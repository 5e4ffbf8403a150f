"""Find the dates of a text as intervals of days, for filters and facets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.model import DateInterval, DatePrecision, Span
from index.normalize.dates.calendar import Part, Unit, bounds_of_part, bounds_of_stretch
from index.normalize.dates.frames import Frame
from index.normalize.dates.languages import language_of
from index.normalize.dates.orders import DateOrder
from index.normalize.dates.placing.places import Place
from index.normalize.dates.timexes import Timex, find_timexes
from index.normalize.dates.weekdays import settle_weekdays

__all__ = ["DateMatch", "find_dates"]

_REACH = 24
_LONGEST_GAP = 40  # The largest number of characters between two dates of a range.
_LOOSE_PARTS = frozenset({Part.START, Part.END, Part.MID})


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date, its position, and the rule that found it."""

    span: Span
    interval: DateInterval
    evidence: str


def find_dates(
    text: str, *, anchor: date | None, language: str | None = None, order: DateOrder | None = None
) -> list[DateMatch]:
    """Return every date of the text as an interval of days, in order and disjoint.

    Relative dates are counted from `anchor`, the day of publication, or from a date before them in the text ("five
    years later"); without either they are returned unresolved, both ends None. Durations and words such as "recently"
    are left out. "Late" and "early" are thirds of a year or month, "the end of" its last day. Two dates joined by
    "between ... and", "from ... to" or a dash are one interval; "since" leaves its end open, "until" its start. A date
    in figures with slashes, such as 05/04/2021, has the order of others in the text, else `order`; when
    neither tells, it is an approximate interval from the earlier day to the later one. `language` is an ISO 639-1 code;
    English for None, and for languages without a table.

    >>> from datetime import date
    >>> found = find_dates("between late 2019 and early 2020, and on Monday", anchor=date(2021, 9, 25))
    >>> [match.interval.value for match in found]
    ['2019-09-01/2020-04-30', '2021-09-20']
    """
    found = find_timexes(text, anchor=anchor, language=language, order=order)
    timexes = [timex for timex in found if timex.place is not None]
    timexes = settle_weekdays(text, timexes, language=language, anchor=anchor)
    frame = language_of(language).frame
    matches: list[DateMatch] = []
    position = 0
    while position < len(timexes):
        joined = _joined(text, timexes[position : position + 2], frame)
        matches.append(joined or _single(text, timexes[position], frame))
        position += 2 if joined else 1
    return matches


def _joined(text: str, pair: Sequence[Timex], frame: Frame) -> DateMatch | None:
    """Join two dates that are the ends of one interval."""
    if len(pair) < 2:
        return None
    low, high = pair
    if not high.ends_range and high.span.start - low.span.end > _LONGEST_GAP:
        return None
    gap = text[low.span.end : high.span.start]
    before, after = _before(text, low.span.start), _after(text, high.span.end)
    found = frame.joined(before, gap, after)
    is_same = low.place is not None and high.place is not None and low.place.unit is high.place.unit
    if found is not None and frame.is_dash(gap) and not is_same:
        found = None
    if high.ends_range and found is None and frame.is_and(gap) and _are_apart(low.place, high.place):
        return None  # "3 and 5 March" are two days.
    if high.ends_range and (found is None or frame.is_dash(gap)):
        found = low.rule, ""
    if found is None:
        return None
    evidence, opening = found
    interval = _interval(low.place, high.place, frame.is_about(before))
    if interval is None:
        return None
    return DateMatch(Span(low.span.start - len(opening), high.span.end), interval, evidence)


def _are_apart(low: Place | None, high: Place | None) -> bool:
    """True for two days with others between them."""
    if low is None or high is None or low.period is None or high.period is None:
        return False
    return low.period.unit is high.period.unit is Unit.DAY and high.period.index - low.period.index > 1


def _single(text: str, timex: Timex, frame: Frame) -> DateMatch:
    place = timex.place
    about = frame.is_about(_before(text, timex.span.start))
    interval = _of_place(place, about) if place else DateInterval(None, None, DatePrecision.INTERVAL)
    return DateMatch(timex.span, _opened(text, timex.span, interval, frame), timex.rule)


def _opened(text: str, span: Span, interval: DateInterval, frame: Frame) -> DateInterval:
    """Remove the end of an interval after "since", or its start after "until"."""
    if interval.start is None or interval.end is None:
        return interval
    before, after = _before(text, span.start), _after(text, span.end)
    if frame.is_since(before, after):
        start, end, value = interval.start, None, f"{_end_of(interval, interval.start)}/.."
    elif frame.is_until(before, after):
        start, end, value = None, interval.end, f"../{_end_of(interval, interval.end)}"
    else:
        return interval
    return DateInterval(start, end, DatePrecision.INTERVAL, value, interval.approximate, interval.anchor)


def _end_of(interval: DateInterval, day: date) -> str | None:
    """Return how one end of an interval is written: the day where the whole is two days with a slash."""
    return day.isoformat() if interval.value is not None and "/" in interval.value else interval.value


def _before(text: str, position: int) -> str:
    return text[max(0, position - _REACH) : position]


def _after(text: str, position: int) -> str:
    return text[position : position + _REACH]


def _of_place(place: Place, about: bool) -> DateInterval:
    period = place.period
    if period is None:
        return DateInterval(None, None, place.precision)
    if not period.is_dated:
        return DateInterval(None, None, period.precision, period.value, about, place.anchor)
    if place.other is not None:
        first, last = period.first_day(), place.other.first_day()
        return DateInterval(first, last, DatePrecision.INTERVAL, f"{first}/{last}", True, place.anchor)
    if place.stretch is not None:
        first, last = bounds_of_stretch(period, *place.stretch)
        if first == last:
            return DateInterval(first, last, DatePrecision.DAY, first.isoformat(), about, place.anchor)
        return DateInterval(first, last, DatePrecision.INTERVAL, f"{first}/{last}", about, place.anchor)
    if place.part is None or (period.unit is Unit.DAY):
        approximate = about or place.is_loose or period.unit is Unit.SEASON
        return DateInterval(
            period.first_day(), period.last_day(), period.precision, period.value, approximate, place.anchor
        )
    start, end = bounds_of_part(period, place.part)
    precision = DatePrecision.DAY if start == end else DatePrecision.INTERVAL
    value = start.isoformat() if start == end else f"{start}/{end}"
    return DateInterval(start, end, precision, value, about or place.part in _LOOSE_PARTS, place.anchor)


def _interval(low: Place | None, high: Place | None, about: bool) -> DateInterval | None:
    """Return the days from the first of one position to the last of another; None when in the wrong order."""
    if low is None or high is None:
        return None
    if low.period is None or high.period is None:
        return DateInterval(None, None, DatePrecision.INTERVAL) if low.period is high.period else None
    first, last = _of_place(low, about), _of_place(high, about)
    if not low.period.is_dated and low.period.unit is high.period.unit and low.period.index < high.period.index:
        return DateInterval(None, None, DatePrecision.INTERVAL, f"{first.value}/{last.value}", about)
    if first.start is None or last.end is None or first.start >= last.end:
        return None
    plain = not (low.part or high.part or low.stretch or high.stretch or low.other or high.other)
    about = about or first.approximate or last.approximate if low.is_loose or low.other or high.other else about
    value = f"{first.value}/{last.value}" if plain else f"{first.start}/{last.end}"
    anchor = high.anchor or low.anchor
    return DateInterval(first.start, last.end, DatePrecision.INTERVAL, value, about, anchor)
