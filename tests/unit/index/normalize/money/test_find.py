from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Amount
from index.normalize.money import MoneyGrammar, find_amounts


def _amounts(text: str, grammar: MoneyGrammar) -> list[tuple[str, str | None, str | None, str | None]]:
    return [
        (
            text[match.span.start : match.span.end],
            match.amount.currency,
            None if match.amount.value is None else f"{match.amount.value:f}",
            None if match.amount.upper is None else f"{match.amount.upper:f}",
        )
        for match in find_amounts(text, grammar)
    ]


@pytest.mark.parametrize(
    ("text", "span", "currency", "value"),
    [
        ("its $1.4 billion payment", "$1.4 billion", "USD", "1400000000"),
        ("a $3.4-billion contract", "$3.4-billion", "USD", "3400000000"),
        ("a $5-million-a-year deal", "$5-million", "USD", "5000000"),
        ("raised $10 m", "$10 m", "USD", "10000000"),
        ("€1.234,56 in all", "€1.234,56", "EUR", "1234.56"),
        ("$1,234.56", "$1,234.56", "USD", "1234.56"),
        ("£2bn", "£2bn", "GBP", "2000000000"),
        ("US$150 each", "US$150", "USD", "150"),
        ("A$5 million", "A$5 million", "AUD", "5000000"),
        ("A $5 million deal", "$5 million", "USD", "5000000"),
        ("gave us $5 million", "$5 million", "USD", "5000000"),
        ("us $ 150 million", "us $ 150 million", "USD", "150000000"),
        ("$5 million Canadian.", "$5 million Canadian", "CAD", "5000000"),
        ("$10 USD", "$10 USD", "USD", "10"),
        ("EUR 125", "EUR 125", "EUR", "125"),
        ("60,000INR", "60,000INR", "INR", "60000"),
        ("75 USD million", "75 USD million", "USD", "75000000"),
        ("30 MUSD", "30 MUSD", "USD", "30000000"),
        ("TRY 500 million", "TRY 500 million", "TRY", "500000000"),
        ("two Jordanian dinars", "two Jordanian dinars", "JOD", "2"),
        ("3 million Turkish lira", "3 million Turkish lira", "TRY", "3000000"),
        ("500,000 pounds", "500,000 pounds", "GBP", "500000"),
        ("Rs 5 crore", "Rs 5 crore", "INR", "50000000"),
        ("four crore rupees", "four crore rupees", "INR", "40000000"),
        ("half a billion euros", "half a billion euros", "EUR", "500000000"),
        ("a million dollars", "a million dollars", "USD", "1000000"),
        ("5.93 mln dlrs", "5.93 mln dlrs", "USD", "5930000"),
        ("dlrs 14 billion", "dlrs 14 billion", "USD", "14000000000"),
        ("10 mln stg", "10 mln stg", "GBP", "10000000"),
        ("7-1/2 cts", "7-1/2 cts", "USD", "0.075"),
        ("50 cents", "50 cents", "USD", "0.5"),
        ("a 12-cent-a-share dividend", "12-cent", "USD", "0.12"),
        ("13.4 Canadian cents", "13.4 Canadian cents", "CAD", "0.134"),
        ("3 dollars 50 cents", "3 dollars 50 cents", "USD", "3.5"),
        ("It costs 15 dollars 50.", "15 dollars 50", "USD", "15.50"),
        ("$50 a barrel", "$50", "USD", "50"),
        ("20 million francs", "20 million francs", None, "20000000"),
        ("100元", "100元", "CNY", "100"),
        ("900 million złotys", "900 million złotys", "PLN", "900000000"),
        ("US$3.4-billion", "US$3.4-billion", "USD", "3400000000"),
        ("₹3.5 lakh crore", "₹3.5 lakh crore", "INR", "3500000000000"),
        ("5 lakh rupees", "5 lakh rupees", "INR", "500000"),
        ("Rs. 2,50,000", "Rs. 2,50,000", "INR", "250000"),
        ("$5k", "$5k", "USD", "5000"),
        ("5€", "5€", "EUR", "5"),
        ("5 €", "5 €", "EUR", "5"),
        ("5m USD", "5m USD", "USD", "5000000"),
        ("10.000 euros", "10.000 euros", "EUR", "10000"),
        ("$10.000 million", "$10.000 million", "USD", "10000000"),
        ("one point three million dollars", "one point three million dollars", "USD", "1300000"),
        ("a dollar and 42 cents", "a dollar and 42 cents", "USD", "1.42"),
        ("$20 and 43c", "$20 and 43c", "USD", "20.43"),
        ("£3 50p", "£3 50p", "GBP", "3.50"),
        ("It cost thirteen dollars forty-five.", "thirteen dollars forty-five", "USD", "13.45"),
        ("It cost $3 and fourteen.", "$3 and fourteen", "USD", "3.14"),
        ("fined rupees 500.", "rupees 500", "INR", "500"),
        ("cost 4.90 kroner in Denmark", "4.90 kroner", "DKK", "4.9"),
        ("5 lira", "5 lira", "TRY", "5"),
        ("Pakistan spent 500 million rupees", "500 million rupees", "PKR", "500000000"),
        ("India and Pakistan spent 5 rupees", "5 rupees", "INR", "5"),
        ("Taiwan spent 20 dollars", "20 dollars", "USD", "20"),
        ("IN THE PHILIPPINES 1,400 PESOS", "1,400 PESOS", "PHP", "1400"),
        ("154 MLN SWISS FRANCS", "154 MLN SWISS FRANCS", "CHF", "154000000"),
        ("in Tunis for 400,000 dinars", "400,000 dinars", "TND", "400000"),
    ],
)
def test_a_sum_is_read_to_its_exact_value(
    grammar: MoneyGrammar, text: str, span: str, currency: str | None, value: str
) -> None:
    assert _amounts(text, grammar) == [(span, currency, value, None)]


@pytest.mark.parametrize(
    ("text", "span", "value", "upper"),
    [
        ("$500-$600 million", "$500-$600 million", "500000000", "600000000"),
        ("$500-600 million", "$500-600 million", "500000000", "600000000"),
        ("between $5 and $7 million", "$5 and $7 million", "5000000", "7000000"),
        ("$1.2bn to $1.5bn", "$1.2bn to $1.5bn", "1200000000", "1500000000"),
        ("10-20 dollars", "10-20 dollars", "10", "20"),
        ("five to six billion dollars", "five to six billion dollars", "5000000000", "6000000000"),
        ("ranging from 10 to 20 dollars", "10 to 20 dollars", "10", "20"),
        ("$500 to $1 million", "$500 to $1 million", "500", "1000000"),
        ("between $5 and 7 billion", "$5 and 7 billion", "5000000000", "7000000000"),
        ("5 or 6 million dollars", "5 or 6 million dollars", "5000000", "6000000"),
        ("$5 or $6 million", "$5 or $6 million", "5000000", "6000000"),
        ("from 48.125 to 53.000 dollars", "48.125 to 53.000 dollars", "48.125", "53"),
    ],
)
def test_a_range_is_one_amount_with_both_ends(
    grammar: MoneyGrammar, text: str, span: str, value: str, upper: str
) -> None:
    assert _amounts(text, grammar) == [(span, "USD", value, upper)]


@pytest.mark.parametrize(
    "text",
    [
        "rose $1.2 million to $5 million",
        "was raised from $1.2 million to $5 million",
        "paid $1.2 million and $5 million",
        "$5 million-$1.2 million",
        "$5 million or $6 million",
        "$5 or $6",
        "three cents or 49.1 million dollars",
    ],
)
def test_two_sums_that_are_no_range_stay_two(grammar: MoneyGrammar, text: str) -> None:
    assert [upper for _, _, _, upper in _amounts(text, grammar)] == [None, None]


@pytest.mark.parametrize(
    ("text", "span", "currency"),
    [
        ("worth potentially billions of dollars for", "billions of dollars", "USD"),
        ("tens of millions of euros", "tens of millions of euros", "EUR"),
        ("several million dollars", "several million dollars", "USD"),
        ("a multimillion-dollar deal", "multimillion-dollar", "USD"),
    ],
)
def test_a_vague_amount_has_a_currency_and_no_value(grammar: MoneyGrammar, text: str, span: str, currency: str) -> None:
    assert [(text[match.span.start : match.span.end], match.amount) for match in find_amounts(text, grammar)] == [
        (span, Amount(currency, None, approximate=True))
    ]


@pytest.mark.parametrize("before", ["about ", "nearly ", "more than ", "up to ", "at least ", "~", "an estimated "])
def test_words_of_approximation_stay_outside_and_are_remembered(grammar: MoneyGrammar, before: str) -> None:
    match = find_amounts(f"{before}$5 million", grammar)[0]
    assert (match.span.start, match.amount.approximate) == (len(before), True)


@pytest.mark.parametrize("after", ["", " a year", " in cash"])
def test_a_plain_sum_is_not_approximate(grammar: MoneyGrammar, after: str) -> None:
    assert not find_amounts(f"paid $5 million{after}", grammar)[0].amount.approximate


@pytest.mark.parametrize(
    "text",
    [
        "S-400s and F-35 jets, 402 kilometers away",
        "they won 3 of 5, lost 2-1",
        "of which 25 won awards",
        "ALL 70 of us",
        "TOP 10",
        "CUP 2019",
        "five marks out of ten",
        "a 500-pound bomb",
        "500 pounds of explosives",
        "he weighed 210 pounds",
        "45 percent",
        "Million Dollar Baby",
        "the dollar fell",
        "$",
        "146.40/50 yen",
        "the dollar 5, as ever",
        "in constant dollars 2015.",
        "500 crowns",
    ],
)
def test_what_is_not_money_is_left_alone(grammar: MoneyGrammar, text: str) -> None:
    assert find_amounts(text, grammar) == []


def test_values_are_exact_decimals(grammar: MoneyGrammar) -> None:
    assert find_amounts("$0.1", grammar)[0].amount.value == Decimal("0.1")


_PIECES = st.sampled_from(
    ["$", "€", "US$", "1", "2.5", "1,000", "million", "bn", "-", " ", "to", "between", "and", "dollars", "pounds", "\n",
     "two", "half a", "cents", "Turkish", "lira", "USD", "TRY", "a", ".", "½", "billions of", "Rs", "x", "%"]
)  # fmt: skip


@given(
    st.lists(_PIECES, max_size=25).map("".join) | st.lists(_PIECES, max_size=25).map(" ".join) | st.text(max_size=60)
)
def test_any_text_gives_amounts_inside_it_in_order_and_disjoint(grammar: MoneyGrammar, text: str) -> None:
    matches = find_amounts(text, grammar)
    edges = [edge for match in matches for edge in (match.span.start, match.span.end)]
    assert edges == sorted(edges)
    assert all(0 <= match.span.start < match.span.end <= len(text) for match in matches)
    assert all(match.amount.upper is None or match.amount.value < match.amount.upper for match in matches)
