"""Time context of a text: the last dates, the tense of a sentence, and the kind of text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.normalize.dates.calendar import Period, Unit, day_period
from index.normalize.dates.expressions import Clock, Expression, Fixed, Named, PartOf, Range, Shift, Step, Stretch
from index.normalize.dates.grammar.rules import Reading
from index.normalize.dates.orders import DateOrder
from index.normalize.dates.placing.places import Place

__all__ = ["Context", "Tense", "find_asides", "is_history", "tense_at"]

_FUTURE = re.compile(
    r"\b(?:will|won't|shall|scheduled|slated|due|expects?|expected|expecting|intends?|plan(?:s|ned|ning)?\s+(?:to|for|an?)|"
    r"agree(?:s|d|ment)\s+to|decided\s+to|"
    r"is\s+to|are\s+to|to\s+be|going\s+to|set\s+(?:to|for)|upcoming|payable|hopes?\s+to|wants?\s+to|"
    r"aims?\s+to|preparing|would|could)\b|['’]ll\b",
    re.IGNORECASE,
)
_FUTURE_BESIDE = re.compile(
    r"\b(?:by|until|till|effective|due|payable|soon\s+as|early\s+as|beginning|starting|ahead\s+of(?:\s+the)?|now\s+(?:and|to))\s+(?:on\s+)?$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?<!be )(?:was|were|had|did|since|fell|rose|began|took|made|came|went|got|met|held|told|left|sent|won|lost|saw|"
    r"(?!need|speed|need)[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_NOT_PAST = re.compile(r"(?:scheduled|slated|expected|planned|proposed|united|armed|limited)$", re.IGNORECASE)
_PAST_BESIDE = re.compile(r"\b(?:said|told|[a-z]{3,}ed)\s+(?:on\s+)?$")
# "Down from 54 percent in December", "against 12 in June": a value that is compared with lies in the past.
_COMPARED = re.compile(
    r"\b(?:(?:up|down)\s+from|compared\s+(?:with|to)|versus)\b(?:[^.;:]|\.(?=\d)){0,60}$", re.IGNORECASE
)
# "He was in prison until October", "had left by Monday": the state before such a date is over.
_LASTED = re.compile(
    r"\b(?:was|were|had|stayed|remained|lived|served|worked|held|lasted|continued|ran|ruled)\b[^.;,]{0,40}"
    r"\b(?:until|till)\s+$"
    r"|\b(?:was|were|had|had\s+been)\s+(?!due|to\b|expected|scheduled|slated|planned|ordered|required|told|asked)\w+\s+by\s+$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\bbefore\s+$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\s")
# Coarser than `index.normalize.sentence_ends`: no packs are known here, an ellipsis ends nothing, and "Gen. Smith"
# cuts a sentence in two. To change it is to change which dates are extracted, and has to be measured.
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.!?]['\"”’)]*\s+(?=[A-Z\"“‘'])|\n\s*\n")
_REACH = 160
# A text is a history when so many dates have a year and most lie so many years before publication, or so many have a
# month too and lie half a year before it.
_HISTORY_YEARS, _HISTORY_DATES = 5, 8
_CLOSE_HISTORY_DAYS, _CLOSE_HISTORY_DATES = 180, 5
_MOST = 0.75
# A year is an aside when it lies farther from the middle of those around it, so many on either side, and from most of them.
_ASIDE_YEARS, _ASIDE_REACH, _FEWEST_CLOSE = 4, 4, 2


class Tense(StrEnum):
    """Tense of the verbs around a date."""

    PAST = "past"
    NONE = "none"
    FUTURE = "future"


@dataclass(slots=True)
class Context:
    """The state while a text is read from front to back.

    `last` is the last date with a position in the calendar. `quarter` is the last quarter mentioned, and
    `compares_quarters` says that "a year earlier" means the same quarter of the year before, as in reports of earnings;
    `is_told` says that the text itself dates the last date ("in 2002"), so it is not only today's news. `story` is the last
    date of the story told: like `last`, but without years mentioned in passing.
    """

    anchor: date | None
    is_history: bool
    order: DateOrder | None = None
    last: Period | None = None
    story: Period | None = None
    is_told: bool = False
    quarter: Period | None = None
    compares_quarters: bool = False

    @property
    def today(self) -> Period | None:
        """The day of publication as a period."""
        return day_period(self.anchor) if self.anchor else None

    def remember(self, place: Place | None, expression: Expression | None, *, is_aside: bool = False) -> None:
        """Record a date. Comparisons ("a year earlier") do not change the current period."""
        period = place.period if place else None
        if period is None or period.unit in {Unit.DECADE, Unit.CENTURY} or not period.is_dated:
            return
        if isinstance(expression, Shift) and expression.unit is Unit.YEAR and self.compares_quarters:
            return
        if self.is_history and self.today is not None and place is not None and place.anchor == self.today.value:
            return  # "to this day" says nothing about the time of the story.
        if period.unit is Unit.QUARTER:
            self.compares_quarters = True
            if not isinstance(expression, Shift):
                self.quarter = period
        self.is_told = isinstance(expression, Fixed) or (self.is_told and not isinstance(expression, Named))
        self.last = period
        is_comparison = isinstance(expression, Step | Shift) and expression.unit is Unit.YEAR and (expression.count or 0) < 0
        if not is_aside and not is_comparison:
            self.story = period

    def note_length(self, value: str) -> None:
        """Record a length such as "the nine months" of a report, which ends the context of a quarter."""
        if value in {"P6M", "P9M", "P12M"}:
            self.compares_quarters = False


def is_history(readings: Sequence[Reading], anchor: date | None) -> bool:
    """True for a text about times before its publication, in which "in March" follows the date before it.

    In such a text three in four of the dates with a year lie some years back, or three in four of those with a month half
    a year, and they outnumber the weekdays and todays of news.
    """
    if anchor is None:
        return False
    periods = [period for reading in readings if (period := _period_of(reading)) is not None]
    news = sum(isinstance(reading.expression, Step) or _is_weekday(reading.expression) for reading in readings)
    old = sum(period.year < anchor.year - _HISTORY_YEARS for period in periods)
    if len(periods) >= max(_HISTORY_DATES, 2 * news) and old >= _MOST * len(periods):
        return True
    days = [period.first_day() for period in periods if period.unit in {Unit.DAY, Unit.MONTH} and period.is_dated]
    gone = sum((anchor - day).days > _CLOSE_HISTORY_DAYS for day in days)
    return len(days) >= max(_CLOSE_HISTORY_DATES, 2 * news) and gone >= _MOST * len(days)


def find_asides(readings: Sequence[Reading]) -> frozenset[int]:
    """Return the positions of readings whose year is mentioned in passing: far from the years before and after it."""
    years = [(place, period.year) for place, reading in enumerate(readings) if (period := _period_of(reading))]
    asides: set[int] = set()
    for number, (place, year) in enumerate(years):
        around = [other for _, other in (*years[max(0, number - _ASIDE_REACH) : number], *years[number + 1 :][:_ASIDE_REACH])]
        if len(around) < _ASIDE_REACH:
            continue
        middle = sorted(around)[len(around) // 2]
        is_far = abs(year - middle) > _ASIDE_YEARS and sum(_is_close(year, other) for other in around) < _FEWEST_CLOSE
        if is_far and sum(_is_close(middle, other) for other in around) * 2 >= len(around):
            asides.add(place)
    for (_, before), (place, year), (_, after) in zip(years, years[1:], years[2:], strict=False):
        if before == after != year:
            asides.add(place)
    return frozenset(asides)


def _is_close(year: int, other: int) -> bool:
    return abs(year - other) <= _ASIDE_YEARS


def tense_at(text: str, start: int, end: int) -> Tense:
    """Return the tense of the sentence around a date, by the nearest verb before it, or by "will" close after it.

    Without such a verb, "before" a date means that it is still to come.
    """
    before = text[max(0, start - _REACH) : start]
    if _LASTED.search(before):
        return Tense.PAST
    if _FUTURE_BESIDE.search(before):
        return Tense.FUTURE
    if _PAST_BESIDE.search(before) or _COMPARED.search(before) or _POSSESSIVE.match(text, end):
        return Tense.PAST
    cuts = [match.end() for match in _SENTENCE_END.finditer(before)]
    before = before[cuts[-1] :] if cuts else before
    future = max((match.start() for match in _FUTURE.finditer(before)), default=-1)
    past = max((match.start() for match in _PAST.finditer(before) if not _NOT_PAST.search(match[0])), default=-1)
    if future >= 0 or past >= 0:
        return Tense.FUTURE if future > past else Tense.PAST
    after = text[end : end + 60]
    stop = _SENTENCE_END.search(after)
    after = after[: stop.start()] if stop else after
    is_ahead = _BEFORE.search(before) or re.search(r"\b(?:will|shall)\b", after)
    return Tense.FUTURE if is_ahead else Tense.NONE


def _period_of(reading: Reading) -> Period | None:
    expression = reading.expression
    while isinstance(expression, PartOf | Stretch | Clock | Range):
        inner = expression.low if isinstance(expression, Range) else expression.inner
        if inner is None:
            return None
        expression = inner
    is_fixed = isinstance(expression, Fixed) and expression.period.unit is not Unit.CENTURY
    return expression.period if is_fixed and isinstance(expression, Fixed) else None


def _is_weekday(expression: Expression) -> bool:
    inner = expression.inner if isinstance(expression, Clock) else expression
    return isinstance(inner, Named) and inner.unit is Unit.DAY and inner.day is None and inner.holiday is None
