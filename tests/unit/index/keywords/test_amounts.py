from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keywords.amounts import amount_query_ranges, amount_size_values, amount_values, currency_values
from index.model import Amount

_VALUES = st.decimals(min_value=0, max_value=10**20, places=2)


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
