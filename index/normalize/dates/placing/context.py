"""Time context of a text: the last dates, the tense of a sentence, and the kind of text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from index.normalize.dates.calendar import Period, Unit, day_period
from index.normalize.dates.expressions import Clock, Expression, Fixed, Named, PartOf, Range, Shift, Step, Stretch
from index.normalize.dates.grammar.rules import Reading
from index.normalize.dates.orders import DateOrder
from index.normalize.dates.placing.places import Place
from index.normalize.dates.tense import Tense, english_tense_at

__all__ = ["Context", "find_asides", "is_history"]

# A text is a history when so many dates have a year and most lie so many years before publication, or so many have a
# month too and lie half a year before it.
_HISTORY_YEARS, _HISTORY_DATES = 5, 8
_CLOSE_HISTORY_DAYS, _CLOSE_HISTORY_DATES = 180, 5
_MOST = 0.75
# A year is an aside when it lies farther from the middle of those around it, so many on either side, and has fewer
# than so many beside it.
_ASIDE_YEARS, _ASIDE_REACH, _FEWEST_CLOSE = 4, 4, 2


def _no_order() -> DateOrder | None:
    return None


@dataclass(slots=True)
class Context:
    """The state while a text is read from front to back.

    `tense_at` is that of the language of the text, `order` finds the order of day and month in figures. `last` is the
    last date with a position in the calendar; `story` is the last one of the story told, without years mentioned in
    passing; `told` is the last date written with its month and year, and the position of its end. `quarter` is the last
    quarter mentioned, and `compares_quarters` says that "a year earlier" means the same quarter of the year before, as
    in reports of earnings; `is_told` says that the text itself dates the last date ("in 2002"), so it is not only
    today's news.
    """

    anchor: date | None
    is_history: bool
    order: Callable[[], DateOrder | None] = _no_order
    tense_at: Callable[[str, int, int], Tense] = english_tense_at
    is_english: bool = True
    last: Period | None = None
    story: Period | None = None
    told: tuple[Period, int] | None = None
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
        is_comparison = (
            isinstance(expression, (Step, Shift)) and expression.unit is Unit.YEAR and (expression.count or 0) < 0
        )
        if not is_aside and not is_comparison:
            self.story = period

    def note_told(self, place: Place | None, expression: Expression, end: int) -> None:
        """Record a date that the text writes with its month and year, or counts from such a one; other dates end it."""
        if self.told is None and not isinstance(expression, (Fixed, PartOf)):
            return
        inner = expression.inner if isinstance(expression, PartOf) else expression
        period = place.period if place else None
        is_whole = isinstance(inner, Fixed) and period is not None and period.unit in {Unit.DAY, Unit.MONTH}
        follows = isinstance(inner, Named) and self.told is not None and place is not None
        if period is not None and (
            is_whole or (follows and place and self.told and place.anchor == self.told[0].value)
        ):
            self.told = period, end
        elif not isinstance(inner, Fixed):
            self.told = None

    def note_length(self, value: str) -> None:
        """Record a length such as "the nine months" of a report, which ends the context of a quarter."""
        if value in {"P6M", "P9M", "P12M"}:
            self.compares_quarters = False


def is_history(readings: Sequence[Reading], anchor: date | None) -> bool:
    """True for a text about times before its publication, in which "in March" follows the date before it.

    In such a text three in four of the dates with a year lie some years back, or three in four of those with a month
    half a year, and they outnumber the weekdays and todays of news.
    """
    if anchor is None or len(readings) < _CLOSE_HISTORY_DATES:
        return False
    periods = [period for reading in readings if (period := _period_of(reading)) is not None]
    if len(periods) < _CLOSE_HISTORY_DATES:
        return False
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
        around = [
            other for _, other in (*years[max(0, number - _ASIDE_REACH) : number], *years[number + 1 :][:_ASIDE_REACH])
        ]
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


def _period_of(reading: Reading) -> Period | None:
    expression = reading.expression
    while not isinstance(expression, Fixed):
        if isinstance(expression, Range):
            expression = expression.low
        elif isinstance(expression, (PartOf, Stretch, Clock)) and expression.inner is not None:
            expression = expression.inner
        else:
            return None
    return expression.period if expression.period.unit is not Unit.CENTURY else None


def _is_weekday(expression: Expression) -> bool:
    inner = expression.inner if isinstance(expression, Clock) else expression
    return isinstance(inner, Named) and inner.unit is Unit.DAY and inner.day is None and inner.holiday is None
