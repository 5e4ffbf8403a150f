from datetime import date
from decimal import Decimal

import pytest

from search.query.ast import AmountRange, Axis, DateRange
from search.query.values import (
    parse_amount_range,
    parse_date_range,
    parse_date_side,
    print_amount_range,
    print_date_range,
)

CURRENCIES = {"$": "USD", "US$": "USD", "€": "EUR", "dollars": "USD", "USD": "USD"}


@pytest.mark.parametrize(
    ("text", "lower", "upper", "currency"),
    [
        ("1bn", "1000000000", "1000000000", None),
        ("1.5bn", "1500000000", "1500000000", None),
        ("1,5bn", "1500000000", "1500000000", None),
        ("1,000,000", "1000000", "1000000", None),
        (">=500k", "500000", None, None),
        (">1bn", "1000000000.01", None, None),
        ("<2m EUR", None, "1999999.99", "EUR"),
        ("<=€2m", None, "2000000", "EUR"),
        ("$500k", "500000", "500000", "USD"),
        ("US$3.4 billion", "3400000000", "3400000000", "USD"),
        ("3 million dollars", "3000000", "3000000", "USD"),
        ("1bn..3bn USD", "1000000000", "3000000000", "USD"),
        ("$1bn..$3bn", "1000000000", "3000000000", "USD"),
        ("3bn..1bn", "1000000000", "3000000000", None),
        ("1bn..", "1000000000", None, None),
        ("..1bn", None, "1000000000", None),
        (">1bn..<3bn USD", "1000000000.01", "2999999999.99", "USD"),
        (">1..2", "1.01", "2", None),
        (">=$1bn..<=$3bn", "1000000000", "3000000000", "USD"),
        ("TRY 5", "5", "5", "TRY"),
        ("0", "0", "0", None),
    ],
)
def test_amount_ranges(text: str, lower: str | None, upper: str | None, currency: str | None) -> None:
    expected = AmountRange(lower and Decimal(lower), upper and Decimal(upper), currency)

    assert parse_amount_range(text, CURRENCIES) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        ">",
        "bn",
        "1xx",
        "1..2..3",
        "<1..2",
        "1..>2",
        "1e9",
        "-5",
        "$",
        "USD",
        "5 USD..6 EUR",
        "£5",
        "9" * 40,
        "1 2",
    ],
)
def test_what_is_no_amount_range_gives_none(text: str) -> None:
    assert parse_amount_range(text, CURRENCIES) is None


@pytest.mark.parametrize(
    "text", ["1bn", ">1bn", ">=1bn USD", "<2m EUR", "<=2m", "1bn..3bn USD", "500k..2m", "1234.56", "0..5"]
)
def test_amount_ranges_print_as_they_are_written(text: str) -> None:
    amounts = parse_amount_range(text, CURRENCIES)

    assert amounts is not None
    assert print_amount_range(amounts) == text


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2020-2", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31)),
        ("2019/07/05", date(2019, 7, 5), date(2019, 7, 5)),
        ("2010s", date(2010, 1, 1), date(2019, 12, 31)),
        ("2019-Q4", date(2019, 10, 1), date(2019, 12, 31)),
        ("2017-12..2019-02", date(2017, 12, 1), date(2019, 2, 28)),
        ("2019..2017", date(2017, 1, 1), date(2019, 12, 31)),
        ("2019..", date(2019, 1, 1), None),
        ("..2019", None, date(2019, 12, 31)),
        (">=2021", date(2021, 1, 1), None),
        (">2021", date(2022, 1, 1), None),
        ("<2019", None, date(2018, 12, 31)),
        ("<=2019-06", None, date(2019, 6, 30)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_date_ranges(text: str, start: date | None, end: date | None) -> None:
    assert parse_date_range(text, Axis.PUBLISHED) == DateRange(Axis.PUBLISHED, start, end)


@pytest.mark.parametrize(
    "text", ["", "..", "19", "20199", "2019-00", "2019-13", "2019-02-30", "0000", ">9999", "<0001", "a..b", "1..2..3"]
)
def test_what_is_no_date_range_gives_none(text: str) -> None:
    assert parse_date_range(text, Axis.MENTIONED) is None


@pytest.mark.parametrize(
    "text", ["2019", "2019-02", "2019-07-05", "2017-12..2019-02", ">=2021", "<=2019-06", "2019-01-01", "2019-12-31"]
)
def test_date_ranges_print_as_they_are_written(text: str) -> None:
    dates = parse_date_range(text, Axis.MENTIONED)

    assert dates is not None
    assert print_date_range(dates) == text


def test_a_side_with_blanks_around_it_is_read() -> None:
    assert parse_date_side(" 2019 ") == (date(2019, 1, 1), date(2019, 12, 31))
