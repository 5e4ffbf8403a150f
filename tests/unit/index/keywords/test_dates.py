from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keywords.dates import date_query_values, date_values, month_values, published_day, year_values
from index.model import DateInterval, DatePrecision

_DAYS = st.one_of(st.dates(), st.dates(date(2018, 11, 1), date(2021, 2, 28)))
_OPEN_DAYS = st.one_of(st.none(), _DAYS)


def _interval(start: date | None, end: date | None) -> DateInterval:
    return DateInterval(start, end, DatePrecision.INTERVAL)


@st.composite
def _intervals(draw: st.DrawFn) -> tuple[date | None, date | None]:
    start, end = draw(_OPEN_DAYS), draw(_OPEN_DAYS)
    return (end, start) if start is not None and end is not None and end < start else (start, end)


@given(_intervals(), _intervals())
def test_date_query_matches_exactly_the_intervals_it_meets(
    stored: tuple[date | None, date | None], asked: tuple[date | None, date | None]
) -> None:
    meets = (
        stored != (None, None)
        and (stored[0] or date.min) <= (asked[1] or date.max)
        and (asked[0] or date.min) <= (stored[1] or date.max)
    )
    assert bool(set(date_values([_interval(*stored)])) & set(date_query_values(*asked))) == meets


@given(_DAYS, st.integers(0, 800), _DAYS, st.integers(0, 800))
def test_short_intervals_meet_exactly_when_they_share_a_day(left: date, length: int, right: date, span: int) -> None:
    left_end = date.fromordinal(min(left.toordinal() + length, date.max.toordinal()))
    right_end = date.fromordinal(min(right.toordinal() + span, date.max.toordinal()))
    values = set(date_values([_interval(left, left_end)]))
    assert bool(values & set(date_query_values(right, right_end))) == (left <= right_end and right <= left_end)


@given(_intervals())
def test_an_interval_takes_few_values(interval: tuple[date | None, date | None]) -> None:
    assert len(date_query_values(*interval)) < 800


def test_a_query_that_ends_before_it_starts_asks_for_nothing() -> None:
    assert date_query_values(date(2020, 1, 2), date(2020, 1, 1)) == ()


@pytest.mark.parametrize(
    ("start", "end", "years", "months"),
    [
        (date(2019, 7, 5), date(2019, 7, 5), ("2019",), ("2019-07",)),
        (date(2019, 11, 1), date(2020, 1, 31), ("2019", "2020"), ("2019-11", "2019-12", "2020-01")),
        (date(2014, 3, 1), None, ("2014",), ("2014-03",)),
        (None, date(2014, 3, 1), ("2014",), ("2014-03",)),
        (None, None, (), ()),
        (date(500, 1, 1), date(1500, 12, 31), ("0500", "1500"), ("0500-01", "1500-12")),
    ],
)
def test_years_and_months_of_long_and_open_intervals_are_those_of_their_ends(
    start: date | None, end: date | None, years: tuple[str, ...], months: tuple[str, ...]
) -> None:
    assert year_values([_interval(start, end)]) == years
    assert month_values([_interval(start, end)]) == months


def test_order_by_date_of_publication_is_by_the_first_known_day() -> None:
    day = date(2020, 2, 3)
    assert published_day(None) is None
    assert published_day(_interval(None, None)) is None
    assert published_day(_interval(day, day + timedelta(days=40))) == day.toordinal()
    assert published_day(_interval(None, day)) == day.toordinal()
