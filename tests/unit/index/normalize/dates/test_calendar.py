from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalize.dates.calendar import Part, Period, Unit, bounds_of_part, day_period, month_period, year_period


@pytest.mark.parametrize(
    ("period", "value", "first", "last"),
    [
        (day_period(date(2020, 2, 29)), "2020-02-29", "2020-02-29", "2020-02-29"),
        (day_period(date(1998, 1, 8)).to_unit(Unit.WEEK), "1998-W02", "1998-01-05", "1998-01-11"),
        (day_period(date(2021, 9, 25)).to_unit(Unit.WEEKEND), "2021-W38-WE", "2021-09-25", "2021-09-26"),
        (month_period(2020, 2), "2020-02", "2020-02-01", "2020-02-29"),
        (Period(Unit.QUARTER, 1989 * 4 + 2), "1989-Q3", "1989-07-01", "1989-09-30"),
        (Period(Unit.SEASON, 1994 * 4), "1994-WI", "1993-12-01", "1994-02-28"),
        (Period(Unit.SEASON, 1994 * 4 + 3), "1994-FA", "1994-09-01", "1994-11-30"),
        (Period(Unit.HALF, 2018 * 2 + 1), "2018-H2", "2018-07-01", "2018-12-31"),
        (year_period(2019), "2019", "2019-01-01", "2019-12-31"),
        (Period(Unit.DECADE, 198), "198", "1980-01-01", "1989-12-31"),
        (Period(Unit.CENTURY, 19), "19", "1900-01-01", "1999-12-31"),
    ],
)
def test_a_period_has_its_timex_value_and_its_days(period: Period, value: str, first: str, last: str) -> None:
    assert (period.value, period.first_day().isoformat(), period.last_day().isoformat()) == (value, first, last)


@pytest.mark.parametrize(
    ("period", "part", "first", "last"),
    [
        (year_period(2019), Part.EARLY, "2019-01-01", "2019-04-30"),
        (year_period(2019), Part.MID, "2019-05-01", "2019-08-31"),
        (year_period(2019), Part.LATE, "2019-09-01", "2019-12-31"),
        (year_period(2021), Part.END, "2021-12-31", "2021-12-31"),
        (year_period(2021), Part.START, "2021-01-01", "2021-01-01"),
        (month_period(2020, 2), Part.EARLY, "2020-02-01", "2020-02-10"),
        (month_period(2020, 2), Part.MID, "2020-02-11", "2020-02-20"),
        (month_period(2020, 2), Part.LATE, "2020-02-21", "2020-02-29"),
        (Period(Unit.DECADE, 197), Part.LATE, "1977-01-01", "1979-12-31"),
        (Period(Unit.CENTURY, 19), Part.EARLY, "1900-01-01", "1933-12-31"),
        (Period(Unit.QUARTER, 2019 * 4), Part.MID, "2019-02-01", "2019-02-28"),
    ],
)
def test_a_part_of_a_period_is_a_third_or_one_day(period: Period, part: Part, first: str, last: str) -> None:
    assert [day.isoformat() for day in bounds_of_part(period, part)] == [first, last]


def test_years_before_christ_have_a_value_and_no_days() -> None:
    assert (year_period(-241).value, year_period(-241).is_dated) == ("BC0241", False)


_DAYS = st.dates(min_value=date(10, 1, 1), max_value=date(9000, 12, 31))
_UNITS = st.sampled_from([unit for unit in Unit if unit is not Unit.WEEKEND])


@given(_DAYS, _UNITS)
def test_a_day_lies_in_its_period_of_any_unit(day: date, unit: Unit) -> None:
    period = day_period(day).to_unit(unit)
    assert period.first_day() <= day <= period.last_day()


@given(_DAYS, _UNITS)
def test_the_next_period_begins_on_the_day_after_the_last(day: date, unit: Unit) -> None:
    period = day_period(day).to_unit(unit)
    assert period.shift(1).first_day() == period.last_day() + timedelta(days=1)


@given(_DAYS, _UNITS.filter(lambda unit: unit is not Unit.DAY))
def test_the_thirds_of_a_period_cover_it_without_gaps(day: date, unit: Unit) -> None:
    period = day_period(day).to_unit(unit)
    early, mid, late = (bounds_of_part(period, part) for part in (Part.EARLY, Part.MID, Part.LATE))
    joints = [mid[0] - early[1], late[0] - mid[1]]
    assert (early[0], late[1], joints) == (period.first_day(), period.last_day(), [timedelta(days=1)] * 2)
