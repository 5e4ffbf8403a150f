from decimal import Decimal

import pytest

from index.model import Kind
from search.query.ast import AmountRange, And, Boost, Keyword, Name, Not, Or, Phrase, Query, TermSequence, Word
from search.query.printer import print_query, quote


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (And((Word("a"), Or((Word("b"), Word("c"))))), "a (b OR c)"),
        (Or((And((Word("a"), Word("b"))), Word("c"))), "(a b) OR c"),
        (Not(And((Word("a"), Word("b")))), "-(a b)"),
        (Boost(Or((Word("a"), Word("b"))), 2.0), "(a OR b)^2"),
        (Name(Kind.PEOPLE, "Vladimir Putin"), 'person:"Vladimir Putin"'),
        (Name(Kind.SYSTEMS, "s-400"), "system:s-400"),
        (AmountRange(Decimal(10**9), Decimal(3 * 10**9), "USD"), 'amount:"1bn..3bn USD"'),
        (Word("x", is_exact=True), "=x"),
        (Keyword("people", ("a", "b")), "people:[a, b]"),
        (TermSequence("body", ("a", "b"), slop=3), 'body:"a b"~3'),
    ],
)
def test_queries_print_as_one_would_type_them(query: Query, expected: str) -> None:
    assert print_query(query) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b", '"a b"'),
        ('the "x" system', '“the "x" system”'),
        ('a "b” »c« d', '"a  b   c  d"'),
    ],
)
def test_text_is_quoted_with_quotes_that_it_does_not_hold(text: str, expected: str) -> None:
    assert quote(text) == expected


def test_a_phrase_keeps_its_slop() -> None:
    assert print_query(Phrase("a b", slop=10)) == '"a b"~10'
