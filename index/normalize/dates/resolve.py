"""From what an expression says to where it lies in the calendar, given when the text was written."""

from dataclasses import dataclass
from datetime import date

from index.model import DatePrecision
from index.normalize.dates.calendar import PRECISIONS, Part, Period, Unit, day_period, month_period, year_period
from index.normalize.dates.context import Context, tells_future
from index.normalize.dates.expressions import Basis, Expression, Fixed, Named, PartOf, Shift, Step

__all__ = ["Place", "resolve"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression lies. `period` is None when it cannot be told; then `unit` still says how exact it was.

    `anchor` is the date it was counted from, None for dates that need none. `part` is the part of the period meant.
    """

    unit: Unit
    period: Period | None
    anchor: str | None = None
    part: Part | None = None

    @property
    def precision(self) -> DatePrecision:
        """The precision in which the date was given, known also when the date is not."""
        return PRECISIONS[self.unit]


def resolve(expression: Expression, context: Context, text: str, start: int, end: int) -> Place | None:
    """The place of an expression, None for those without any (durations, "recently")."""
    match expression:
        case Fixed(period):
            return Place(period.unit, period)
        case Named():
            return _named(expression, context, text, start, end)
        case Step(unit, count, basis):
            return _step(unit, count, basis, context)
        case Shift():
            return _shift(expression, context)
        case PartOf(part, inner):
            place = resolve(inner, context, text, start, end)
            return Place(place.unit, place.period, place.anchor, part) if place else None
        case _:
            return None


def _step(unit: Unit, count: int, basis: Basis, context: Context) -> Place:
    base = context.today if basis is Basis.DOCUMENT else context.last
    if basis is Basis.TEXT and base is None:
        base = context.today
    if basis is Basis.DOCUMENT and context.is_history and context.last is not None and unit is not Unit.DAY:
        base = context.last
    if base is None or not base.is_dated:
        return Place(unit, None)
    return Place(unit, base.to_unit(unit).shift(count), base.value)


def _shift(shift: Shift, context: Context) -> Place | None:
    base = context.today if shift.basis is Basis.DOCUMENT else context.last
    if base is None and shift.basis is Basis.TEXT:
        base = context.today
    if base is None or not base.is_dated:
        return Place(shift.unit, None)
    if shift.count is None:
        return None
    last = context.last
    if shift.unit is Unit.YEAR and abs(shift.count) == 1 and last is not None and last.unit is Unit.QUARTER:
        return Place(Unit.QUARTER, last.shift(4 * shift.count), last.value)
    if shift.unit is Unit.DAY or (shift.unit is Unit.WEEK and base.unit is Unit.DAY and shift.basis is Basis.TEXT):
        days = shift.count * (7 if shift.unit is Unit.WEEK else 1)
        return Place(Unit.DAY, base.to_unit(Unit.DAY).shift(days), base.value)
    return Place(shift.unit, base.to_unit(shift.unit).shift(shift.count), base.value)


def _named(named: Named, context: Context, text: str, start: int, end: int) -> Place:
    unit = named.unit
    if named.year is not None:
        year = resolve(named.year, context, text, start, end)
        period = _in_year(named, year.period.year) if year and year.period else None
        return Place(unit, period, year.anchor if year else None)
    if unit is Unit.DAY and named.day is None:
        return _weekday(named, context, text, start, end)
    history = context.is_history and context.last is not None and named.step is None
    base = context.last if history else context.today
    if base is None or not base.is_dated:
        return Place(unit, None)
    return Place(unit, _nearest(named, base, context, text, start, end), base.value)


def _nearest(named: Named, base: Period, context: Context, text: str, start: int, end: int) -> Period | None:
    """The period of that name that is meant: the latest before the base unless the sentence speaks of the future."""
    if context.is_history and base is context.last:
        same = _in_year(named, base.year)
        behind = same is not None and (base.first_day() - same.last_day()).days > 200
        return _in_year(named, base.year + 1) if behind and base.unit is not Unit.YEAR else same
    today = base.first_day()
    years = [period for offset in (-1, 0, 1) if (period := _in_year(named, today.year + offset)) is not None]
    if named.step == 0:
        return _in_year(named, today.year)
    past = [period for period in years if period.first_day() <= today]
    ahead = [period for period in years if period.last_day() >= today]
    if named.step == -1:
        past = [period for period in past if period.last_day() < today]
    elif named.step == 1:
        ahead = [period for period in ahead if period.first_day() > today]
    forward = named.step == 1 or (named.step is None and tells_future(text, start, end))
    if named.unit is Unit.QUARTER and named.step is None:
        return _quarter(past, ahead, forward=forward)
    choices = ahead[:1] if forward else past[-1:]
    return choices[0] if choices else None


def _quarter(past: list[Period], ahead: list[Period], *, forward: bool) -> Period | None:
    if forward and ahead:
        return ahead[0]
    return past[-1] if past else None


def _weekday(named: Named, context: Context, text: str, start: int, end: int) -> Place:
    today = context.today
    if today is None:
        return Place(Unit.DAY, None)
    day = today.first_day()
    back = (day.weekday() - named.number) % 7
    forward = (7 - back) % 7
    match named.step:
        case -1:
            offset = -(back or 7)
        case 0:
            offset = named.number - day.weekday()
        case 1:
            offset = forward or 7
        case _:
            offset = (forward or 7) if back and tells_future(text, start, end) else -back
    return Place(Unit.DAY, today.shift(offset), today.value)


def _in_year(named: Named, year: int) -> Period | None:
    match named.unit:
        case Unit.MONTH:
            return month_period(year, named.number)
        case Unit.DAY if named.day is not None:
            try:
                return day_period(date(year, named.number, named.day))
            except ValueError:
                return None
        case Unit.SEASON | Unit.QUARTER:
            return Period(named.unit, year * 4 + named.number)
        case Unit.HALF:
            return Period(named.unit, year * 2 + named.number)
        case _:
            return year_period(year)
