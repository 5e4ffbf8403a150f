"""Units of the calendar as counted periods, with their names, bounds and neighbours."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from index.model import DatePrecision

__all__ = [
    "PRECISIONS",
    "SEASONS",
    "SEASON_NAMES",
    "Part",
    "Period",
    "Unit",
    "bounds_of_part",
    "bounds_of_stretch",
    "day_period",
    "month_period",
    "year_period",
]


class Unit(StrEnum):
    """A unit of the calendar, from the smallest to the largest."""

    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class Part(StrEnum):
    """A part of a period: a third of it, one of its ends, or a half."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    START = "start"
    END = "end"
    FIRST_HALF = "first half"
    SECOND_HALF = "second half"


SEASONS = ("WI", "SP", "SU", "FA")  # in the order in which they begin: winter 1999 starts in December 1998
SEASON_NAMES = ("winter", "spring", "summer", "autumn")
_PER_YEAR = {Unit.MONTH: 12, Unit.QUARTER: 4, Unit.SEASON: 4, Unit.HALF: 2, Unit.YEAR: 1}
_YEARS = {Unit.YEAR: 1, Unit.DECADE: 10, Unit.CENTURY: 100}
_MONTHS = {unit: 12 // count for unit, count in _PER_YEAR.items()} | {
    unit: 12 * count for unit, count in _YEARS.items()
}
PRECISIONS = {
    Unit.DAY: DatePrecision.DAY,
    Unit.WEEKEND: DatePrecision.INTERVAL,
    Unit.WEEK: DatePrecision.WEEK,
    Unit.MONTH: DatePrecision.MONTH,
    Unit.QUARTER: DatePrecision.QUARTER,
    Unit.SEASON: DatePrecision.SEASON,
    Unit.HALF: DatePrecision.INTERVAL,
    Unit.YEAR: DatePrecision.YEAR,
    Unit.DECADE: DatePrecision.DECADE,
    Unit.CENTURY: DatePrecision.CENTURY,
}
_LAST_ORDINAL = date.max.toordinal()
_FIRST_YEAR, _LAST_YEAR = 1, 9998  # The range of datetime.date, with a margin for the winter that ends in March.


@dataclass(frozen=True, slots=True)
class Period:
    """One day, week, month, ... of the calendar: the `index`-th of its unit.

    Days are counted as by `date.toordinal`, weeks in sevens of that, months from January of the year 0, and so on; so
    the next period is always `index + 1`. Years before Christ are negative from -1 on (there is no year 0).
    """

    unit: Unit
    index: int

    @property
    def year(self) -> int:
        """The year in which the period begins by name (winter 1999 is of 1999); the first one of a decade."""
        if self.unit in _MONTHS:
            return self.index * _MONTHS[self.unit] // 12
        return self.first_day().year

    def first_day(self) -> date:
        """The first day, within the range of `datetime.date`."""
        unit, index = self.unit, self.index
        if unit is Unit.DAY:
            return _day(index)
        if unit is Unit.WEEK:
            return _day(index * 7 + 1)
        if unit is Unit.WEEKEND:
            return _day(index * 7 + 6)
        if unit is Unit.SEASON:
            return _month_start(index * 3 - 1)
        return _month_start(index * _MONTHS[unit])

    def last_day(self) -> date:
        """The last day, within the range of `datetime.date`."""
        if self.unit is Unit.DAY:
            return _day(self.index)
        return self.shift(1).first_day() - timedelta(days=1) if self.unit is not Unit.WEEKEND else self._sunday()

    def shift(self, count: int) -> "Period":
        """Return the period `count` units later."""
        return Period(self.unit, self.index + count)

    def to_unit(self, unit: Unit) -> "Period":
        """Return the period of another unit that holds the first day of this one.

        >>> day_period(date(1998, 1, 8)).to_unit(Unit.QUARTER).value
        '1998-Q1'
        """
        if unit is self.unit:
            return self
        if unit in _YEARS:
            return Period(unit, self.year // _YEARS[unit])
        day = self.first_day()
        match unit:
            case Unit.DAY:
                return day_period(day)
            case Unit.WEEK | Unit.WEEKEND:
                return Period(unit, (day.toordinal() - 1) // 7)
            case Unit.SEASON:
                return Period(unit, (day.year * 12 + day.month) // 3)
            case _:
                months = day.year * 12 + day.month - 1
                return Period(unit, months // (12 // _PER_YEAR[unit]))

    @property
    def is_dated(self) -> bool:
        """False for years outside the range of `datetime.date` (before Christ, or after 9998)."""
        if self.unit is Unit.SEASON and self.index <= 4:
            return False  # The first winter begins before the year 1.
        if self.index < 1 and self.unit not in _MONTHS:
            return False
        return self.year >= _FIRST_YEAR and self.year + _YEARS.get(self.unit, 1) <= _LAST_YEAR

    @property
    def precision(self) -> DatePrecision:
        """The precision of a date given in this unit."""
        return PRECISIONS[self.unit]

    @property
    def value(self) -> str:
        """The TIMEX3 form: "1998-01-08", "1998-W02", "1998-Q1", "1998-SP", "199" (the nineties), "19" (1900-1999).

        >>> Period(Unit.DECADE, 198).value, Period(Unit.YEAR, -241).value, Period(Unit.SEASON, 1999 * 4).value
        ('198', 'BC0241', '1999-WI')
        """
        match self.unit:
            case Unit.YEAR:
                return f"{self.index:04d}" if self.index >= 0 else f"BC{-self.index:04d}"
            case Unit.DECADE:
                return f"{self.index:03d}"
            case Unit.CENTURY:
                return f"{self.index:02d}" if self.index >= 0 else f"BC{-self.index - 1:02d}"
            case Unit.WEEK | Unit.WEEKEND:
                iso = _day(self.index * 7 + 1).isocalendar()
                return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if self.unit is Unit.WEEKEND else "")
            case Unit.DAY:
                return self.first_day().isoformat()
            case Unit.MONTH:
                return f"{self.year:04d}-{self.index % 12 + 1:02d}"
            case Unit.QUARTER:
                return f"{self.year:04d}-Q{self.index % 4 + 1}"
            case Unit.HALF:
                return f"{self.year:04d}-H{self.index % 2 + 1}"
            case Unit.SEASON:
                return f"{self.year:04d}-{SEASONS[self.index % 4]}"

    def _sunday(self) -> date:
        return self.first_day() + timedelta(days=1)


def day_period(day: date) -> Period:
    """Return the day as a period."""
    return Period(Unit.DAY, day.toordinal())


def month_period(year: int, month: int) -> Period:
    """Return a month as a period; months are counted from 1."""
    return Period(Unit.MONTH, year * 12 + month - 1)


def year_period(year: int) -> Period:
    """Return a year as a period."""
    return Period(Unit.YEAR, year)


def bounds_of_part(period: Period, part: Part) -> tuple[date, date]:
    """Return the first and last day of a part of a period.

    Early, mid and late are thirds: of a year four months each, of a month days 1-10, 11-20 and 21 to its end, of a
    decade years 0-3, 4-6 and 7-9. START and END are the first and the last day alone. The first half of a month has 15
    days, that of a decade five years.

    >>> [day.isoformat() for day in bounds_of_part(year_period(2019), Part.LATE)]
    ['2019-09-01', '2019-12-31']
    """
    first, last = period.first_day(), period.last_day()
    if part is Part.START:
        return first, first
    if part is Part.END:
        return last, last
    if part in {Part.FIRST_HALF, Part.SECOND_HALF}:
        middle = _middle(period)
        return (first, middle - timedelta(days=1)) if part is Part.FIRST_HALF else (middle, last)
    cuts = _cuts(period)
    match part:
        case Part.EARLY:
            return first, cuts[0] - timedelta(days=1)
        case Part.MID:
            return cuts[0], cuts[1] - timedelta(days=1)
        case _:
            return cuts[1], last


def bounds_of_stretch(period: Period, unit: Unit, count: int, which: int) -> tuple[date, date]:
    """Return the first and last day of some units in a period, cut at its end; `which` is 1 for the first, -1 the last.

    Weeks are counted in sevens from the first day, or back from the last one.

    >>> [day.isoformat() for day in bounds_of_stretch(month_period(2020, 4), Unit.WEEK, 1, 1)]
    ['2020-04-01', '2020-04-07']
    """
    first, last = period.first_day(), period.last_day()
    if unit in _MONTHS:
        size = _MONTHS[unit]
        months = last.year * 12 + last.month - size * count if which < 0 else _months_of(first) + size * (which - 1)
        start, end = _month_start(months), _month_start(months + size * count) - timedelta(days=1)
    else:
        days = {Unit.WEEK: 7, Unit.WEEKEND: 7}.get(unit, 1)
        start = last - timedelta(days=days * count - 1) if which < 0 else first + timedelta(days=days * (which - 1))
        end = start + timedelta(days=days * count - 1)
    start = min(max(start, first), last)
    return start, min(max(end, start), last)


def _months_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def _middle(period: Period) -> date:
    """Return the first day of the second half."""
    first = period.first_day()
    match period.unit:
        case Unit.CENTURY | Unit.DECADE:
            return first.replace(year=first.year + _YEARS[period.unit] // 2)
        case Unit.MONTH:
            return first.replace(day=16)
        case _:
            return first + (period.last_day() - first + timedelta(days=1)) / 2


def _cuts(period: Period) -> tuple[date, date]:
    """Return the first days of the second and the last third."""
    first = period.first_day()
    match period.unit:
        case Unit.CENTURY:
            return first.replace(year=first.year + 34), first.replace(year=first.year + 67)
        case Unit.DECADE:
            return first.replace(year=first.year + 4), first.replace(year=first.year + 7)
        case Unit.YEAR | Unit.HALF | Unit.QUARTER | Unit.SEASON:
            months = first.year * 12 + first.month - 1
            third = {Unit.YEAR: 4, Unit.HALF: 2}.get(period.unit, 1)
            return _month_start(months + third), _month_start(months + 2 * third)
        case Unit.MONTH:
            return first.replace(day=11), first.replace(day=21)
        case Unit.WEEK:
            return first + timedelta(days=2), first + timedelta(days=3)
        case _:
            return first, first


def _day(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, 1), _LAST_ORDINAL))


def _month_start(months: int) -> date:
    year, month = divmod(months, 12)
    return date(min(max(year, 1), 9999), month + 1, 1)
