"""Find every expression of time in a text with its TIMEX3 type and value, for search and evaluation."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from index.model import Span
from index.normalize.dates.calendar import Unit, year_period
from index.normalize.dates.expressions import (
    Clock,
    Expression,
    Fixed,
    Length,
    Listed,
    Named,
    PartOf,
    Range,
    Repeat,
    Stretch,
    Vague,
)
from index.normalize.dates.grammar.addresses import without_addresses
from index.normalize.dates.grammar.names import without_names
from index.normalize.dates.grammar.rules import Reading
from index.normalize.dates.languages import Language, language_of
from index.normalize.dates.orders import DateOrder, order_in_text
from index.normalize.dates.placing.context import Context, find_asides, is_history
from index.normalize.dates.placing.places import Place
from index.normalize.dates.placing.resolve import resolve

__all__ = ["Timex", "TimexType", "find_timexes"]

_COMMA = re.compile(r",\s")


class TimexType(StrEnum):
    """The four types of TIMEX3."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class Timex:
    """An expression of time. `value` follows TIMEX3 ("1998-W02", "P3Y", "PRESENT_REF"), None when unresolved.

    `place` is its position in the calendar, None for durations, sets, vague times and times of no named day. `rule`
    names the rule that found it. `ends_range` is true for the second of two that one rule read as a range ("3-5 May").
    """

    span: Span
    type: TimexType
    value: str | None
    place: Place | None
    rule: str
    ends_range: bool = False


def find_timexes(
    text: str, *, anchor: date | None, language: str | None = None, order: DateOrder | None = None
) -> list[Timex]:
    """Return all expressions of time in the text, in order and disjoint, as TimeBank marks them.

    Beside dates these are durations ("three years"), sets ("daily"), and words such as "now" and "recently", which a
    search for dates does not use; the two ends of a range are two expressions. `find_dates` takes its dates from here
    and joins them.

    >>> [timex.value for timex in find_timexes("last week, for three years", anchor=date(1998, 1, 8))]
    ['1998-W01', 'P3Y']
    """
    spoken = language_of(language)
    readings = without_addresses(text, list(_each_day(spoken.grammar.read(text))))
    if spoken.is_english:
        readings = without_names(text, readings)
    find_order = cache(lambda: order_in_text(text, published=anchor) or order or spoken.order)
    context = Context(
        anchor,
        is_history(readings, anchor),
        find_order,
        spoken.tense_at,
        spoken.is_english,
    )
    asides = find_asides(readings) if context.is_history else frozenset()
    readings = _with_shared_years(text, readings, spoken)
    found: list[Timex] = []
    for place, reading in enumerate(readings):
        if isinstance(reading.expression, Range):
            found.extend(_ends(text, reading, reading.expression, context))
        else:
            found.append(_timex(text, reading, context, is_aside=place in asides))
    return found


def _each_day(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the readings, those of a list of days one by one."""
    for reading in readings:
        if isinstance(reading.expression, Listed):
            yield from (Reading(start, end, each, reading.rule) for each, start, end in reading.expression.items)
        else:
            yield reading


def _with_shared_years(text: str, readings: Sequence[Reading], spoken: Language) -> list[Reading]:
    """Add the years of dates that follow: "March, April and May 2020" and "August and September 1914" have one each."""
    shared: list[Reading] = []
    is_list = False
    for reading in reversed(readings):
        following = shared[-1] if shared else None
        gap = text[reading.end : following.start] if following is not None else ""
        if following is not None and (spoken.frame.is_joining(gap) or (is_list and _COMMA.fullmatch(gap))):
            dated = _with_year_of(reading, following)
            is_list = dated is not reading
            shared.append(dated)
        else:
            is_list = False
            shared.append(reading)
    return shared[::-1]


def _with_year_of(reading: Reading, following: Reading) -> Reading:
    part = reading.expression if isinstance(reading.expression, PartOf) else None
    named = part.inner if part else reading.expression
    if not isinstance(named, Named) or named.year is not None or not named.has_month:
        return reading
    other = following.expression.inner if isinstance(following.expression, PartOf) else following.expression
    if isinstance(other, Fixed) and other.period.unit in {Unit.DAY, Unit.MONTH} and other.period.is_dated:
        year, month = other.period.year, other.period.first_day().month
    elif isinstance(other, Named) and other.has_month and isinstance(other.year, Fixed):
        year, month = other.year.period.year, other.number
    else:
        return reading
    if named.number > month:
        year -= 1
    dated: Expression = replace(named, year=Fixed(year_period(year)))
    return replace(reading, expression=PartOf(part.part, dated) if part else dated)


def _ends(text: str, reading: Reading, pair: Range, context: Context) -> list[Timex]:
    """Split a range into two expressions; one end gets the year of the other, so that "3-5 May" is in order."""
    first, last = replace(reading, end=pair.gap[0]), replace(reading, start=pair.gap[1])
    low = _timex(text, replace(first, expression=pair.low), context)
    high = _timex(text, replace(last, expression=_beside(low.place, pair.low, pair.high, sign=1)), context)
    if low.place is not None and low.place.period is None:
        low = _timex(text, replace(first, expression=_beside(high.place, pair.high, pair.low, sign=-1)), context)
    return [low, replace(high, ends_range=True)]


def _beside(place: Place | None, known: Expression, other: Expression, *, sign: int) -> Expression:
    """Return one end of a range with its year, which follows from the place of the other end.

    `sign` is 1 for an end that lies after the known one, -1 for one before it.
    """
    if place is None or place.period is None or not isinstance(known, Named) or not isinstance(other, Named):
        return other
    if not known.has_month or not other.has_month or other.year is not None or place.unit is Unit.YEAR:
        return other
    distance = sign * (31 * (other.number - known.number) + (other.day or 0) - (known.day or 0))
    return replace(other, year=Fixed(year_period(place.period.year + (0 if distance >= 0 else sign))))


def _timex(text: str, reading: Reading, context: Context, *, is_aside: bool = False) -> Timex:
    span = Span(reading.start, reading.end)
    match reading.expression:
        case Length(value):
            context.note_length(value)
            return Timex(span, TimexType.DURATION, value, None, reading.rule)
        case Repeat(value):
            return Timex(span, TimexType.SET, value, None, reading.rule)
        case Vague(value):
            return Timex(span, TimexType.DATE, value, None, reading.rule)
        case Stretch(unit, count):
            place = resolve(reading.expression, context, text, span.start, span.end)
            context.remember(place, reading.expression)
            return Timex(span, TimexType.DURATION, f"P{count}{unit.value[0].upper()}", place, reading.rule)
        case Clock(inner, suffix):
            place = resolve(inner, context, text, span.start, span.end) if inner else None
            context.remember(place, inner)
            has_day = context.last is not None and context.last.unit is Unit.DAY
            today = context.last if has_day else context.today
            day = _value(place) if inner or not today else today.value
            return Timex(span, TimexType.TIME, day + suffix if day else None, place, reading.rule)
        case expression:
            place = resolve(expression, context, text, span.start, span.end)
            if place is None:
                return Timex(span, TimexType.DATE, "PAST_REF", None, reading.rule)
            context.remember(place, expression, is_aside=is_aside)
            context.note_told(place, expression, span.end)
            return Timex(span, TimexType.DATE, _value(place), place, reading.rule)


def _value(place: Place | None) -> str | None:
    if place is None or place.period is None:
        return None
    return place.period.to_unit(Unit.YEAR).value if place.other else place.period.value
