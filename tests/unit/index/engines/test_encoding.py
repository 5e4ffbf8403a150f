from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.encoding import (
    amount_query_ranges,
    amount_size_values,
    amount_values,
    currency_values,
    date_query_values,
    date_values,
    month_values,
    published_day,
    year_values,
)
from index.model import Amount, DateInterval, DatePrecision

_DAYS = st.one_of(st.dates(), st.dates(date(2018, 11, 1), date(2021, 2, 28)))
_OPEN_DAYS = st.one_of(st.none(), _DAYS)
_VALUES = st.decimals(min_value=0, max_value=10**20, places=2)


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
    assert len(date_query_values(*interval)) < 350


@pytest.mark.parametrize(
    ("value", "hundredths"),
    [("1.999", 200), ("1.994", 199), ("1.996", 200), ("0.999", 100), ("-1.999", 200), ("0.004", 0), ("2.50", 250)],
)
def test_amounts_are_rounded_to_hundredths(value: str, hundredths: int) -> None:
    (stored,) = amount_values([Amount("USD", Decimal(value))])
    assert stored == f"USD:{hundredths:024}"
    assert amount_query_ranges(abs(Decimal(value)), abs(Decimal(value)), ["USD"]) == ((stored, stored),)


def test_the_size_of_an_amount_is_that_of_its_rounded_value() -> None:
    assert amount_size_values([Amount("USD", Decimal("9.999"))]) == ("USD:1",)


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


@given(_VALUES, _VALUES, _VALUES)
def test_amount_range_matches_exactly_the_amounts_inside(value: Decimal, lower: Decimal, upper: Decimal) -> None:
    stored = amount_values([Amount("USD", value)])
    ranges = amount_query_ranges(lower, upper, ["EUR", "USD"])
    found = any(first <= term <= last for first, last in ranges for term in stored)
    assert found == (lower <= value <= upper)


@pytest.mark.parametrize(
    ("lower", "upper", "currencies", "is_found"),
    [
        (None, None, ["USD"], True),
        (None, Decimal(10), ["USD"], True),
        (Decimal(-5), Decimal(10), ["USD"], True),
        (Decimal(10), None, ["EUR"], False),
        (None, Decimal(-1), ["USD"], False),
        (None, None, [], False),
    ],
)
def test_open_and_negative_sides(
    lower: Decimal | None, upper: Decimal | None, currencies: list[str], is_found: bool
) -> None:
    ranges = amount_query_ranges(lower, upper, currencies)
    assert (
        any(first <= term <= last for first, last in ranges for term in amount_values([Amount("USD", Decimal(10))]))
        == is_found
    )


@pytest.mark.parametrize("value", [Decimal("1e30"), Decimal("Infinity"), Decimal("1e999999")])
def test_amounts_beyond_all_sense_still_have_a_place(value: Decimal) -> None:
    ((_, last),) = amount_query_ranges(None, None, ["USD"])
    assert amount_values([Amount("USD", value)]) == (last,)


def test_vague_amounts_count_by_currency_only() -> None:
    amounts = [Amount(None, None), Amount("EUR", Decimal(0))]
    assert currency_values(amounts) == ("XXX", "EUR")
    assert len(amount_values(amounts)) == 1
    assert amount_size_values(amounts) == ("EUR:0",)


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ("0.99", "USD:0"),
        ("1", "USD:0"),
        ("9.99", "USD:0"),
        ("10", "USD:1"),
        ("999999999.99", "USD:8"),
        ("1e9", "USD:9"),
    ],
)
def test_size_is_the_power_of_ten(value: str, size: str) -> None:
    assert amount_size_values([Amount("USD", Decimal(value))]) == (size,)


def test_order_by_date_of_publication_is_by_the_first_known_day() -> None:
    day = date(2020, 2, 3)
    assert published_day(None) is None
    assert published_day(_interval(None, None)) is None
    assert published_day(_interval(day, day + timedelta(days=40))) == day.toordinal()
    assert published_day(_interval(None, day)) == day.toordinal()
