import pytest

from search.engines.base import Selection
from search.parameters import from_parameters
from search.query.values import parse_amount_range
from search.request import SearchRequest
from web.parts.ranges import amount_sides, has_amount_sides

CURRENCIES = (Selection("currencies", ("USD",)),)


@pytest.mark.parametrize(
    ("amount", "sides"),
    [
        ("1bn..3bn USD", ("1bn USD", "3bn")),
        ("1bn..", ("1bn", "")),
        ("..500k EUR", ("", "500k EUR")),
        (">2bn", (">2bn", "")),
        (">=2bn USD", ("2bn USD", "")),
        ("<2bn", ("", "<2bn")),
        ("<= 2bn", ("", "2bn")),
        (">1bn..<3bn", (">1bn", "<3bn")),
        ("$3.4bn", ("$3.4bn", "$3.4bn")),
        ("", ("", "")),
    ],
)
def test_the_fields_show_any_range_and_send_it(amount: str, sides: tuple[str, str]) -> None:
    request = SearchRequest(amount=amount)
    lower, upper = amount_sides(request)
    sent, notices = from_parameters([("min", lower), ("max", upper)])

    assert (lower, upper) == sides
    assert has_amount_sides(request) is any(sides)
    assert notices == ()
    assert parse_amount_range(sent.amount, {"$": "USD"}) == parse_amount_range(amount, {"$": "USD"})
    assert amount_sides(sent) == sides


@pytest.mark.parametrize(
    ("amount", "sides"),
    [("1bn..3bn USD", ("1bn", "3bn")), (">2bn USD", (">2bn", "")), ("1bn.. EUR", ("1bn EUR", ""))],
)
def test_the_currency_of_a_filter_stands_in_no_field(amount: str, sides: tuple[str, str]) -> None:
    assert amount_sides(SearchRequest(amount=amount, selections=CURRENCIES)) == sides


def test_what_is_no_range_stays_in_its_field() -> None:
    assert amount_sides(SearchRequest(amount="much..")) == ("much", "")


@pytest.mark.parametrize(
    ("lower", "upper", "amount"),
    [
        (">2bn", "", ">2bn"),
        ("", "<5m", "<5m"),
        ("2bn", "", "2bn.."),
        (">1bn", "<3bn", ">1bn..<3bn"),
        ("", ">5m", "..>5m"),
    ],
)
def test_one_range_has_one_address(lower: str, upper: str, amount: str) -> None:
    assert from_parameters([("min", lower), ("max", upper)])[0].amount == amount
