import pytest

from search.answer.requests.amounts import written_amounts
from search.query.parser import parse

PACKS = ("core",)


def found(q: str) -> list[tuple[str, str]]:
    """Return each amount with the part of the query that it stands for."""
    query = parse(q, currencies={"$": "USD", "€": "EUR", "USD": "USD"}).query
    assert query is not None
    return [(amount.text, q[amount.place.start : amount.place.end]) for amount in written_amounts(q, query, PACKS)]


@pytest.mark.parametrize(
    ("q", "amount"),
    [
        ("USD 1.4 billion", 'amount:"1.4bn USD"'),
        ("$1.4 billion", 'amount:"1.4bn USD"'),
        ("US$3.4bn", 'amount:"3.4bn USD"'),
        ("1.4 billion US dollars", 'amount:"1.4bn USD"'),
        ("1,4 Mrd. Euro", 'amount:"1.4bn EUR"'),
        ("€2bn", 'amount:"2bn EUR"'),
        ("2 млрд долларов", 'amount:"2bn USD"'),
        ("500 to 600 million dollars", 'amount:"500m..600m USD"'),
        ('"$2 billion"', 'amount:"2bn USD"'),
        ("$1.4 billion?", 'amount:"1.4bn USD"'),
        # What the field itself cannot read.
        ("amount:€1,4 Mrd.", 'amount:"1.4bn EUR"'),
        ('amount:"1,4 Mrd. Euro"', 'amount:"1.4bn EUR"'),
    ],
)
def test_words_that_are_an_amount_are_read_as_one(q: str, amount: str) -> None:
    assert found(q) == [(amount, q)]


def test_amounts_stand_among_other_words() -> None:
    assert found("S-400 $2.5 billion deal (2 billion euros)") == [
        ('amount:"2.5bn USD"', "$2.5 billion"),
        ('amount:"2bn EUR"', "2 billion euros"),
    ]


@pytest.mark.parametrize(
    "q",
    [
        "1.4 billion",
        "7 billion people",
        "20 million kroner",
        "Euro 2020",
        "S-400 dollars",
        "5 pounds of sugar",
        "-$5",
        '-"$2 billion"',
        "=$5",
        '"a deal of $2 billion"',
        "title:$5",
        "5 AND NOT dollars",
        "millions of dollars",
        "$1.4 billion^3",
        # Read as an amount already.
        "amount:$5",
        "amount:$5 million deal",
        "amount:>1bn deal",
        'amount:"5 USD"',
    ],
)
def test_what_is_no_amount_for_certain_stays_words(q: str) -> None:
    assert found(q) == []
