"""Place expressions of time in the calendar, relative to the date of publication and the dates before them."""

from dataclasses import replace
from datetime import date

from index.normalize.dates.calendar import Period, Unit, day_period, month_period, year_period
from index.normalize.dates.expressions import Basis, Expression, Fixed, Named, OneOf, PartOf, Shift, Step, Stretch
from index.normalize.dates.holidays import holiday
from index.normalize.dates.orders import DateOrder
from index.normalize.dates.placing.context import Context
from index.normalize.dates.placing.places import Place
from index.normalize.dates.tense import Tense

__all__ = ["resolve"]

# Tuned on TimeBank and AQUAINT: how close a day without a year must be to lie ahead, by the verb before it.
_JUST_GONE_DAYS, _SOON_DAYS, _VERY_SOON_DAYS = 30, 60, 25
_NEAR_QUARTER_DAYS, _VERY_SOON_MONTH_DAYS = 70, 40
_PASSAGE_REACH = 160  # Characters after a date with its year in which a month without one is of that year.


def resolve(expression: Expression, context: Context, text: str, start: int, end: int) -> Place | None:
    """Return the position of an expression; None for those without any (durations, "recently")."""
    match expression:
        case Fixed(period, is_loose):
            return Place(period.unit, period, is_loose=is_loose)
        case Named():
            return _named(expression, context, text, start, end)
        case Step(unit, count, basis):
            return _step(unit, count, basis, context)
        case Shift():
            return _shift(expression, context)
        case PartOf(part, inner):
            place = resolve(inner, context, text, start, end)
            return replace(place, part=part) if place else None
        case Stretch(unit, count, which, inner):
            place = resolve(inner, context, text, start, end)
            return replace(place, stretch=(unit, count, which)) if place else None
        case OneOf(day_first, month_first):
            return _one_of(day_first, month_first, context.order())
        case _:
            return None


def _one_of(day_first: Period, month_first: Period, order: DateOrder | None) -> Place:
    match order:
        case DateOrder.DAY_FIRST:
            return Place(Unit.DAY, day_first)
        case DateOrder.MONTH_FIRST:
            return Place(Unit.DAY, month_first)
        case None:
            low, high = sorted((day_first, month_first), key=lambda day: day.index)
            return Place(Unit.DAY, low, other=high)


def _step(unit: Unit, count: int, basis: Basis, context: Context) -> Place:
    if unit is Unit.QUARTER and basis is Basis.TEXT:
        return _quarter_spoken_of(count, context)
    base = context.today if basis is Basis.DOCUMENT else context.last or context.today
    if basis is Basis.DOCUMENT and context.is_history and context.story is not None and unit is not Unit.DAY:
        base = context.story
    if base is None or not base.is_dated:
        return Place(unit, None)
    return Place(unit, base.to_unit(unit).shift(count), base.value)


def _quarter_spoken_of(count: int, context: Context) -> Place:
    """Return the quarter that "the quarter" means: the last one named, or else the last one that has ended."""
    if context.quarter is not None:
        return Place(Unit.QUARTER, context.quarter.shift(count), context.quarter.value)
    if context.today is None:
        return Place(Unit.QUARTER, None)
    return Place(Unit.QUARTER, context.today.to_unit(Unit.QUARTER).shift(count - 1), context.today.value)


def _shift(shift: Shift, context: Context) -> Place | None:
    is_year = shift.unit is Unit.YEAR and shift.count is not None and abs(shift.count) == 1
    if is_year and shift.count is not None and context.compares_quarters and context.quarter is not None:
        return Place(Unit.QUARTER, context.quarter.shift(4 * shift.count), context.quarter.value)
    base = context.today if shift.basis is Basis.DOCUMENT else context.last or context.today
    if is_year and context.today is not None and not context.is_told and not context.is_history:
        base = context.today
    if base is None or not base.is_dated:
        return Place(shift.unit, None)
    if shift.count is None:
        return None
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
    passage = None if context.is_history else _of_passage(named, context, text, start, end)
    if passage is not None:
        return passage
    is_weekday = unit is Unit.DAY and named.day is None and named.holiday is None
    story = context.story or context.last
    follows = story is not None and named.step is None and context.is_history and not is_weekday
    base = story if follows else context.last if named.basis is Basis.TEXT else context.today
    if base is None or not base.is_dated:
        return Place(unit, None)
    if unit is Unit.WEEKEND:
        return Place(unit, _weekend(base, context, text, start, end), base.value)
    if is_weekday:
        return Place(unit, _weekday(named, base, context, text, start, end), base.value)
    if follows:
        return Place(unit, _after(named, base), base.value)
    return Place(unit, _nearest(named, base, context, text, start, end), base.value)


def _of_passage(named: Named, context: Context, text: str, start: int, end: int) -> Place | None:
    """Return the place of a month or day in a passage that has just named an earlier month and its year.

    "On 27 September 2016 the war began, and by November it was over": November is of 2016, unless the article is news
    of the weeks around November.
    """
    if context.told is None or context.today is None or named.step is not None or not named.has_month:
        return None
    told, position = context.told
    gap = text[position:start]
    near = [period for year in (0, 1) if (period := _in_year(named, context.today.year - year)) is not None]
    if any(abs((period.first_day() - context.today.first_day()).days) < _SOON_DAYS for period in near):
        return None
    if told.year >= context.today.year or len(gap) > _PASSAGE_REACH or "\n\n" in gap:
        return None
    same = _in_year(named, told.year)
    if same is not None and same.last_day() < told.first_day():
        same = _in_year(named, told.year + 1)
    if same is None or same.first_day() > context.today.first_day():
        return None
    return None if context.tense_at(text, start, end) is Tense.FUTURE else Place(named.unit, same, told.value)


def _after(named: Named, last: Period) -> Period | None:
    """In a history: the year of the last date, or the next one when that would lead far back."""
    same = _in_year(named, last.year)
    is_behind = same is not None and (last.first_day() - same.last_day()).days > 200
    return _in_year(named, last.year + 1) if is_behind and last.unit is not Unit.YEAR else same


def _nearest(named: Named, today: Period, context: Context, text: str, start: int, end: int) -> Period | None:
    """Return the period with this name, before or after today, by tense and distance."""
    day = today.first_day()
    if named.step == 0:
        return _in_year(named, day.year)
    years = [period for offset in (-1, 0, 1) if (period := _in_year(named, day.year + offset)) is not None]
    if named.weekday is not None:
        years = [period for period in years if period.first_day().weekday() == named.weekday] or years
    past = [period for period in years if period.first_day() <= day]
    ahead = [period for period in years if period.first_day() > day]
    if named.step == -1:
        past = [period for period in past if period.last_day() < day]
    if named.step is not None or not past or not ahead:
        choices = past[-1:] if named.step == -1 or not ahead else ahead[:1]
        return choices[0] if choices else None
    tense = context.tense_at(text, start, end)
    if not context.is_english and tense is Tense.NONE:
        return _clearly_nearest(past[-1], ahead[0], day)
    is_ahead = _is_ahead(named, past[-1], ahead[0], day, tense)
    return ahead[0] if is_ahead else past[-1]


def _clearly_nearest(past: Period, ahead: Period, day: date) -> Period | None:
    """Return the nearer one where no verb says which is meant; None when it is to come, but not soon."""
    to_come, gone = (ahead.first_day() - day).days, (day - past.last_day()).days
    if gone <= to_come:
        return past
    return ahead if to_come < _SOON_DAYS else None


def _is_ahead(named: Named, past: Period, ahead: Period, day: date, tense: Tense) -> bool:
    """True when the coming period of a name is meant, not the past one.

    The past one is meant unless a verb speaks of the future. Days come without a year when they are close: one of the
    next weeks is meant also without a verb ("record date Nov. 9"), or after a past one that only leads to it ("was put
    off to Nov. 16").
    """
    if past.last_day() >= day:
        return False
    to_come, gone = (ahead.first_day() - day).days, (day - past.last_day()).days
    if named.unit is Unit.DAY:
        match tense:
            case Tense.FUTURE:
                return gone > _JUST_GONE_DAYS
            case Tense.NONE:
                return to_come < _SOON_DAYS and to_come < gone
            case Tense.PAST:
                return to_come < _VERY_SOON_DAYS and to_come < gone
    if named.unit is Unit.QUARTER:
        return tense is Tense.FUTURE and to_come < _NEAR_QUARTER_DAYS
    if named.unit is Unit.MONTH and tense is Tense.NONE:
        return to_come < _VERY_SOON_MONTH_DAYS
    return tense is Tense.FUTURE


def _weekend(today: Period, context: Context, text: str, start: int, end: int) -> Period:
    """Return the current weekend, else the last one, unless the sentence speaks of the future."""
    weekend = today.to_unit(Unit.WEEKEND)
    is_now = today.first_day() >= weekend.first_day()
    return weekend if is_now or context.tense_at(text, start, end) is Tense.FUTURE else weekend.shift(-1)


def _weekday(named: Named, today: Period, context: Context, text: str, start: int, end: int) -> Period:
    weekday = today.first_day().weekday()
    back = (weekday - named.number) % 7
    forward = (7 - back) % 7
    match named.step:
        case -1:
            offset = -(back or 7)
        case 0:
            offset = named.number - weekday
        case 1:
            offset = forward or 7
        case _:
            offset = (forward or 7) if back and context.tense_at(text, start, end) is Tense.FUTURE else -back
    return today.to_unit(Unit.DAY).shift(offset)


def _in_year(named: Named, year: int) -> Period | None:
    if not date.min.year <= year < date.max.year:
        return None
    if named.holiday is not None:
        day = holiday(named.holiday, year)
        return day_period(day) if day else None
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
