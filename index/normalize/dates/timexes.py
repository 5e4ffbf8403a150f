"""Every expression of time in a text with its TIMEX3 type and value: the common ground of search and evaluation."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.model import Span
from index.normalize.dates import absolute, durations, parts_of_years, relative, times
from index.normalize.dates.context import Context, is_history
from index.normalize.dates.expressions import Clock, Length, Range, Repeat, Vague
from index.normalize.dates.places import Place
from index.normalize.dates.resolve import resolve
from index.normalize.dates.rules import Grammar, Reading

__all__ = ["Timex", "TimexType", "find_timexes"]

_GRAMMAR = Grammar((*absolute.RULES, *parts_of_years.RULES, *relative.RULES, *times.RULES, *durations.RULES))


class TimexType(StrEnum):
    """The four types of TIMEX3."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class Timex:
    """An expression of time. `value` follows TIMEX3 ("1998-W02", "P3Y", "PRESENT_REF"), None when unresolved.

    `place` is where it lies in the calendar, None for durations, sets and vague times; of a range `upper` is the
    other end. `rule` names the rule that found it.
    """

    span: Span
    type: TimexType
    value: str | None
    place: Place | None
    rule: str
    upper: Place | None = None


def find_timexes(text: str, *, anchor: date | None) -> list[Timex]:
    """All expressions of time in the text, in order and disjoint, as TimeBank marks them.

    Beside dates that is what a search for dates has no use for: durations ("three years"), sets ("daily"), and
    words such as "now" and "recently". `find_dates` takes the dates from it.

    >>> [(timex.type.value, timex.value) for timex in find_timexes("last week, for three years", anchor=date(1998, 1, 8))]
    [('DATE', '1998-W01'), ('DURATION', 'P3Y')]
    """
    readings = list(_GRAMMAR.read(text))
    context = Context(anchor, is_history(readings, anchor))
    return [timex for reading in readings if (timex := _timex(text, reading, context)) is not None]


def _timex(text: str, reading: Reading, context: Context) -> Timex | None:
    span = Span(reading.start, reading.end)
    match reading.expression:
        case Length(value):
            context.note_length(value)
            return Timex(span, TimexType.DURATION, value, None, reading.rule)
        case Repeat(value):
            return Timex(span, TimexType.SET, value, None, reading.rule)
        case Vague(value):
            return Timex(span, TimexType.DATE, value, None, reading.rule)
        case Range(low, high):
            lower = resolve(low, context, text, span.start, span.end)
            upper = resolve(high, context, text, span.start, span.end)
            context.remember(upper, high)
            ends = (_value(lower), _value(upper))
            both = "/".join(end for end in ends if end) if None not in ends else None
            return Timex(span, TimexType.DATE, both, lower, reading.rule, upper)
        case Clock(inner, suffix):
            place = resolve(inner, context, text, span.start, span.end) if inner else None
            context.remember(place, inner)
            day = _value(place) if inner or not context.today else context.today.value
            return Timex(span, TimexType.TIME, day + suffix if day else None, place, reading.rule)
        case expression:
            place = resolve(expression, context, text, span.start, span.end)
            if place is None:
                return Timex(span, TimexType.DATE, "PAST_REF", None, reading.rule)
            context.remember(place, expression)
            return Timex(span, TimexType.DATE, _value(place), place, reading.rule)


def _value(place: Place | None) -> str | None:
    return place.period.value if place and place.period else None
