"""Whatever is typed is read, and whatever was read prints as text that is read the same."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

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
    Prefix,
    Query,
    Undated,
    Value,
    Word,
)
from search.query.describe import describe
from search.query.parser import parse
from search.query.printer import print_query
from search.query.token_order import MAX_CLAUSES, MAX_DEPTH
from search.query.tokens import MAX_LENGTH, QUOTES
from search.query.tree import all_of, any_of, leaves, without_places

_CHARACTERS = tuple("\"“”«»„()-=~^*:.,>< \\'!\x00\ud800\u202e")
_FIELDS = ("title:", "person:", "amount:", "date:", "published:", "undated:", "source:", "lang:", "foo:")
_OPERATORS = ("AND", "OR", "NOT", "&&", "||", ">=", "..", "~2", "^3", "~10")
_WORDS = ("patriot", "S-400", "O'Brien", "Çavuşoğlu", "2019", "1bn", "USD", "2017-12")
_PIECES = st.sampled_from([*_CHARACTERS, *_FIELDS, *_OPERATORS, *_WORDS])
_ANYTHING = st.one_of(
    st.text(max_size=80),
    st.lists(_PIECES, max_size=40).map("".join),
    st.text(alphabet=st.characters(), max_size=60),
)


def depth_of(query: Query | None) -> int:
    match query:
        case And(clauses) | Or(clauses):
            return 1 + max(map(depth_of, clauses))
        case Not(clause) | Boost(clause):
            return 1 + depth_of(clause)
        case _:
            return 0


@given(_ANYTHING)
@example("(" * 5000)
@example("(" * 5000 + "a" + ")" * 5000)
@example("-" * 5000)
@example("NOT " * 500 + "x")
@example('"' * 100_000)
@example("a" * 100_000)
@example("a OR " * 20_000)
@example("-(" * 1000 + "a")
@example("person:(" * 250 + "a")
@example("\ud800\udfff")
def test_every_text_is_read_within_the_limits(text: str) -> None:
    parsed = parse(text, currencies={"USD": "USD"})

    found = list(leaves(parsed.query)) if parsed.query else []
    assert len(found) <= MAX_CLAUSES
    assert depth_of(parsed.query) <= 3 * (MAX_DEPTH + 1)
    assert all(0 <= notice.start <= notice.end <= len(text) for notice in parsed.notices)
    assert all(0 <= leaf.place.start <= leaf.place.end <= min(len(text), MAX_LENGTH) for leaf, _ in found)


@given(_ANYTHING)
def test_what_was_read_prints_as_text_that_is_read_the_same(text: str) -> None:
    first = parse(text, currencies={"USD": "USD"}).query

    printed = print_query(first) if first else ""

    second = parse(printed).query
    assert (second and without_places(second)) == (first and without_places(first))


@given(_ANYTHING)
def test_every_query_is_described_in_one_line(text: str) -> None:
    query = parse(text).query

    description = describe(query) if query else "nothing"

    assert description
    assert "\n" not in description


# -- Trees that nobody typed ---------------------------------------------------------------------------------------

_words = st.text(alphabet="abcçğıİşü0123456789-'.", min_size=1, max_size=12).filter(
    lambda text: not text.startswith(("-", ".", "'")) and text[0].isalnum()
)
_names = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="".join(QUOTES)), min_size=1, max_size=20
).filter(lambda text: bool(text.strip()) and text == text.strip())
_fields = st.sampled_from(["", "title"])
_days = st.dates(min_value=date(1000, 1, 1), max_value=date(9999, 1, 1))
_sums = st.decimals(min_value=0, max_value=10**15, places=2).map(
    lambda value: value.quantize(Decimal(1)) if value % 1 == 0 else value
)
_currency = st.sampled_from([None, "USD", "TRY", "KWD"])


def date_ranges(axis: Axis) -> st.SearchStrategy[Query]:
    return st.one_of(
        st.builds(lambda start: DateRange(axis, start, None), _days),
        st.builds(lambda end: DateRange(axis, None, end), _days),
        st.builds(lambda start, days: DateRange(axis, start, start + timedelta(days=days)), _days, st.integers(0, 360)),
        st.builds(lambda year: DateRange(axis, date(year, 1, 1), date(year, 12, 31)), st.integers(1000, 9998)),
    )


_amounts = st.one_of(
    st.builds(lambda lower, code: AmountRange(lower, None, code), _sums, _currency),
    st.builds(lambda upper, code: AmountRange(None, upper, code), _sums, _currency),
    st.builds(lambda sums, code: AmountRange(min(sums), max(sums), code), st.tuples(_sums, _sums), _currency),
)
_leaves = st.one_of(
    st.builds(Word, _words, _fields, st.booleans()),
    st.builds(Phrase, _names, st.none() | st.integers(1, 100), _fields, st.booleans()),
    st.builds(Prefix, _words, _fields),
    st.builds(Fuzzy, _words, st.sampled_from([1, 2]), _fields),
    st.builds(Name, st.sampled_from([Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PLACES, Kind.SYSTEMS]), _names),
    st.builds(Value, st.sampled_from(["sources", "languages"]), _names),
    _amounts,
    date_ranges(Axis.MENTIONED),
    date_ranges(Axis.PUBLISHED),
    st.just(Undated()),
    st.just(Everything()),
)


def operators(clauses: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(clauses, min_size=2, max_size=4)
    return st.one_of(
        several.map(lambda found: all_of(list(found), found[0].place) or found[0]),
        several.map(lambda found: any_of(list(found), found[0].place) or found[0]),
        clauses.map(Not),
        st.builds(Boost, clauses, st.sampled_from([0.5, 2.0, 3.25, 100.0])),
    )


@given(st.recursive(_leaves, operators, max_leaves=12))
def test_a_tree_prints_as_text_that_is_read_as_this_tree(query: Query) -> None:
    assert without_places(parse(print_query(query)).query or Everything()) == query
