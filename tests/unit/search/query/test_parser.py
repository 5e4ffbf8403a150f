from datetime import date
from decimal import Decimal

import pytest

from index.model import Kind
from search.query.ast import (
    AmountRange,
    And,
    Axis,
    Boost,
    DateRange,
    Everything,
    Fuzzy,
    Name,
    Not,
    Or,
    Phrase,
    Place,
    Prefix,
    Query,
    Undated,
    Value,
    Word,
)
from search.query.parser import parse
from search.query.tree import without_places

A, B, C, D = Word("a"), Word("b"), Word("c"), Word("d")


def tree(text: str) -> Query | None:
    query = parse(text, currencies={"USD": "USD", "EUR": "EUR", "$": "USD"}).query
    return without_places(query) if query else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("  ", None),
        ("()", None),
        ('""', None),
        ("*", Everything()),
        ("patriot", Word("patriot")),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a OR b OR c", Or((A, B, C))),
        ("(a)", A),
        ("((a b))", And((A, B))),
        ("NOT a", Not(A)),
        ("-a", Not(A)),
        ("a -b", And((A, Not(B)))),
        ("NOT NOT a", A),
        ("-(a b)", Not(And((A, B)))),
        ('-"a b"', Not(Phrase("a b"))),
        ('"a b"', Phrase("a b")),
        # The mark inside a Hebrew acronym is no quote.
        ('צה"ל', Word('צה"ל')),
        ('צה"ל a', And((Word('צה"ל'), A))),
        ('"צה"ל בא"', Phrase('צה"ל בא')),
        ('"שלום" a', And((Phrase("שלום"), A))),
        ('"a b"~10', Phrase("a b", slop=10)),
        ('"a b"~0', Phrase("a b")),
        ("“a b”", Phrase("a b")),
        ("„a b“", Phrase("a b")),
        ("«a b»", Phrase("a b")),
        ('“a b"', Phrase("a b")),
        ("pre*", Prefix("pre")),
        ("fuzzy~", Fuzzy("fuzzy")),
        ("fuzzy~2", Fuzzy("fuzzy", 2)),
        ("=exact", Word("exact", is_exact=True)),
        ('="exact phrase"', Phrase("exact phrase", is_exact=True)),
        ("a^2", Boost(A, 2.0)),
        ('"a b"~3^0.5', Boost(Phrase("a b", slop=3), 0.5)),
        ("(a b)^2", Boost(And((A, B)), 2.0)),
        ("title:a", Word("a", field="title")),
        ('title:"a b"', Phrase("a b", field="title")),
        ("title:(a OR b)", Or((Word("a", field="title"), Word("b", field="title")))),
        ("Title:a", Word("a", field="title")),
    ],
)
def test_words_phrases_and_operators(text: str, expected: Query | None) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a AND b OR c", Or((And((A, B)), C))),
        ("a OR b AND c", Or((A, And((B, C))))),
        ("a b OR c", And((A, Or((B, C))))),
        ("a OR b c", And((Or((A, B)), C))),
        ("NOT a b", And((Not(A), B))),
        ("NOT a AND b", And((Not(A), B))),
        ("NOT a OR b", Or((Not(A), B))),
        ("(a b) OR c", Or((And((A, B)), C))),
        ("a (b (c OR d))", And((A, B, Or((C, D))))),
    ],
)
def test_precedence_is_side_by_side_then_or_then_and_then_not(text: str, expected: Query) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S-400", Word("S-400")),
        ("F-16C/D", Word("F-16C/D")),
        ("O'Brien", Word("O'Brien")),
        ("it's", Word("it's")),
        ("--force", Word("--force")),
        ("and or not", And((Word("and"), Word("or"), Word("not")))),
        ("a && b || !c", And((A, Word("&&"), B, Word("||"), Word("!c")))),
        ("price < 5", And((Word("price"), Word("<"), Word("5")))),
        ("<b>", Word("<b>")),
        ("12:30", Word("12:30")),
        ("https://example.org/x?y=(z)", And((Word("https://example.org/x?y="), Word("z")))),
        ("C++", Word("C++")),
        ("+a", Word("+a")),
        ("a - b", And((A, Word("-"), B))),
        ("a\x00b\ud800c", And((A, B, C))),
    ],
)
def test_natural_text_is_read_as_words_without_a_notice(text: str, expected: Query) -> None:
    assert tree(text) == expected
    assert parse(text).notices == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("person:Putin", Name(Kind.PEOPLE, "Putin")),
        ("People:Putin", Name(Kind.PEOPLE, "Putin")),
        ("organization:SSB", Name(Kind.ORGANIZATIONS, "SSB")),
        ("organisations:SSB", Name(Kind.ORGANIZATIONS, "SSB")),
        ("language:tr", Value("languages", "tr")),
        ('person:"Vladimir Putin"', Name(Kind.PEOPLE, "Vladimir Putin")),
        ("-person:putin", Not(Name(Kind.PEOPLE, "putin"))),
        ("org:NATO", Name(Kind.ORGANIZATIONS, "NATO")),
        ("place:Turkey", Name(Kind.PLACES, "Turkey")),
        ("system:S-400", Name(Kind.SYSTEMS, "S-400")),
        ("system:mim-104-patriot", Name(Kind.SYSTEMS, "mim-104-patriot")),
        (
            "person:(Putin OR Akar)",
            Or((Name(Kind.PEOPLE, "Putin"), Name(Kind.PEOPLE, "Akar"))),
        ),
        ('source:"Press TV"', Value("sources", "Press TV")),
        ("lang:en", Value("languages", "en")),
        ("year:2019", Value("date_years", "2019")),
        ("undated:yes", Undated()),
        ("undated:no", Not(Undated())),
        ("date:2019", DateRange(Axis.MENTIONED, date(2019, 1, 1), date(2019, 12, 31))),
        ("published:>=2021", DateRange(Axis.PUBLISHED, date(2021, 1, 1), None)),
        ("amount:>=500k", AmountRange(Decimal(500_000), None)),
        ("amount:1bn..3bn USD", AmountRange(Decimal(10**9), Decimal(3 * 10**9), "USD")),
        ("amount:<2m EUR", AmountRange(None, Decimal("1999999.99"), "EUR")),
        ("amount:$3.4bn", AmountRange(Decimal(3_400_000_000), Decimal(3_400_000_000), "USD")),
        ("amount:>1 billion USD", AmountRange(Decimal("1000000000.01"), None, "USD")),
        ("amount:>1bn SSB", And((AmountRange(Decimal("1000000000.01"), None), Word("SSB")))),
    ],
)
def test_fields(text: str, expected: Query) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "start", "message"),
    [
        ('"Patriot', Word("Patriot"), 0, "Quotes don’t balance – searched for the words instead"),
        ('"-a', A, 0, "Quotes don’t balance – searched for the words instead"),
        ('a "b c', And((A, B, C)), 2, "Quotes don’t balance – searched for the words instead"),
        ("foo:bar", Word("foo:bar"), 0, "There is no field “foo:”"),
        ("a person: b", And((A, Word("person:"), B)), 2, "Nothing after “person:”"),
        ("date:soon", Word("date:soon"), 0, "“soon” is not valid after “date:”"),
        ("date:2019-13", Word("date:2019-13"), 0, "“2019-13” is not valid"),
        ('a date:"next week"', And((A, Phrase("next week"))), 2, "“next week” is not valid"),
        ("amount:lots", Word("amount:lots"), 0, "“lots” is not valid after “amount:”"),
        ("undated:maybe", Word("undated:maybe"), 0, "“maybe” is not valid"),
        ("AND", Word("and"), 0, "AND has nothing to join – read as the word “and”"),
        ("a OR", And((A, Word("or"))), 2, "OR has nothing to join"),
        ("OR a", And((Word("or"), A)), 0, "OR has nothing to join"),
        ("a NOT", And((A, Word("not"))), 2, "NOT has nothing to join"),
        ("a AND OR b", Or((A, B)), 2, "AND directly before OR was left out"),
        ("(a b", And((A, B)), 0, "Parenthesis is not closed"),
        ("a) b", And((A, B)), 1, "Closing parenthesis without an opening one"),
        ("a ()", A, 2, "Nothing between the parentheses"),
        ('a ""', A, 2, "Nothing between the quotes"),
        ("fuzzy~3", Fuzzy("fuzzy", 2), 0, "read as “~2”"),
        ("go*n", Word("go*n"), 0, "only works at the end of a word"),
        ('"a b"~', Phrase("a b"), 5, "needs a number"),
        ('"a b"~500', Phrase("a b", slop=100), 5, "Read as ~100"),
        ('"a b"^0', Phrase("a b"), 5, "needs a number above 0"),
        ("(a b)~2", And((A, B)), 5, "belongs after a word or a phrase"),
    ],
)
def test_what_cannot_be_read_is_taken_literally_with_a_notice(
    text: str, expected: Query, start: int, message: str
) -> None:
    [notice] = parse(text).notices

    assert tree(text) == expected
    assert notice.start == start
    assert message in notice.message


def test_leaves_know_their_place_in_the_text() -> None:
    query = parse('ab -"c d" title:e~ amount:>1 USD', currencies={"USD": "USD"}).query

    assert isinstance(query, And)
    assert [clause.place for clause in query.clauses] == [Place(0, 2), Place(3, 9), Place(10, 18), Place(19, 32)]


def test_the_text_is_cut_at_2000_characters_with_a_notice_that_says_where() -> None:
    [notice] = parse('"' + "word " * 1000 + '"').notices[:1]
    [cut] = [notice for notice in parse("x" * 10 + " " + "y" * 3000).notices if "longer" in notice.message]

    assert notice.start == 0
    assert (cut.start, cut.end) == (2000, 3011)


def test_the_two_hundred_and_first_word_is_left_out_with_a_notice() -> None:
    parsed = parse(" ".join("a" * 210) + " OR")
    [notice] = [notice for notice in parsed.notices if "200" in notice.message]

    assert isinstance(parsed.query, And)
    assert len(parsed.query.clauses) == 200
    assert notice.start == 400


def test_deep_parentheses_are_flattened_with_one_notice() -> None:
    parsed = parse("(" * 50 + "a OR b" + ")" * 50 + " c")
    [notice] = parsed.notices

    assert parsed.query is not None
    assert without_places(parsed.query) == And((Or((A, B)), C))
    assert notice.start == 20
