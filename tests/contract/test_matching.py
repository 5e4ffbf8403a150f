from pathlib import Path

import pytest

from index.engines.scoring import MAX_EXPANSION
from index.model import Document
from search.engines.base import CountRequest, Searcher, Selection, Sort
from search.query.ast import (
    And,
    Boost,
    Documents,
    Everything,
    FuzzyTerm,
    Keyword,
    KeywordRange,
    Not,
    Nothing,
    Or,
    PrefixTerm,
    Query,
    Term,
    TermSequence,
    Word,
)
from search.query.rewrite import without_values
from tests.contract.engines import Engine

_MISSILE = Term("body", "missil")
_DEFENSE = Term("body", "defens")


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (_MISSILE, "bcd"),
        (Term("body", "nothing"), ""),
        (Term("title", "missil"), "d"),
        (Term("exact", "missiles"), "bcd"),
        (Term("exact", "missile"), "d"),
        (Term("exact", "erdoğan"), "d"),
        (Term("exact", "erdogan"), ""),
        (Term("body", "erdogan"), "d"),
        (Term("body", "s400"), "a"),
        (Term("body", "400"), ""),
        (And((_MISSILE, _DEFENSE)), "b"),
        (Or((_MISSILE, _DEFENSE)), "abcd"),
        (Not(_MISSILE), "a"),
        (And((_MISSILE, Not(_DEFENSE))), "cd"),
        (Not(Not(_MISSILE)), "bcd"),
        (Boost(_MISSILE, 3.0), "bcd"),
        (Everything(), "abcd"),
        (Nothing(), ""),
        (Not(Everything()), ""),
        (TermSequence("body", ("air", "defens")), "a"),
        (TermSequence("body", ("defens", "air")), ""),
        (TermSequence("body", ("air",)), "ab"),
        (TermSequence("body", ("hill", "of", "the", "villag")), "d"),
        (TermSequence("body", ("missil", "missil")), ""),
        (TermSequence("title", ("air", "defens")), "a"),
        (TermSequence("exact", ("the", "hills")), "cd"),
        (TermSequence("body", ("air", "unknown")), ""),
        # "defense minister spoke of the air": four words stand between.
        (TermSequence("body", ("air", "defens"), 3), "a"),
        (TermSequence("body", ("air", "defens"), 4), "ab"),
        (TermSequence("body", ("defens", "air"), 0), "a"),
        (TermSequence("body", ("missil", "missil"), 2), "d"),
        (TermSequence("body", ("villag", "hill"), 2), "d"),
        (PrefixTerm("body", "mis"), "bcd"),
        (PrefixTerm("body", ""), "abcd"),
        (PrefixTerm("title", "pol"), "b"),
        (PrefixTerm("body", "zz"), ""),
        (FuzzyTerm("body", "misil", 1), "bcd"),
        (FuzzyTerm("body", "imssil", 1), ""),
        (FuzzyTerm("body", "msisill", 2), "bcd"),
        (FuzzyTerm("body", "polnad", 1), "b"),
        (Keyword("people", ("erdogan",)), "ac"),
        (Keyword("people", ("erdogan", "putin")), "acd"),
        (Keyword("people", ("nobody",)), ""),
        (Keyword("people", ()), ""),
        (Keyword("published_years", ("undated",)), "c"),
        (KeywordRange("places", "poland", "russia"), "abd"),
        (KeywordRange("places", "q", "a"), ""),
        (KeywordRange("amounts", "USD:000000000000000000000000", "USD:000000000000300000000000"), "a"),
        (without_values("people"), "b"),
        (Documents(("c", "a")), "ac"),
        (Documents(("absent", "b")), "b"),
        (Documents(()), ""),
        (And((Documents(("a", "b", "c")), Keyword("people", ("erdogan", "putin")))), "ac"),
        (And((Not(Documents(("a",))), Keyword("people", ("erdogan", "putin")))), "cd"),
        (without_values("places"), ""),
        (Term("entities", "erdogan"), "ac"),
        (Term("entities", "nobody"), ""),
    ],
    ids=str,
)
def test_query_finds_exactly_these(searcher: Searcher, query: Query, ids: str) -> None:
    assert sorted(searcher.scan(query)) == list(ids)
    assert searcher.search(query, limit=0).total == len(ids)


def test_counts_are_those_of_their_own_queries_and_selections(searcher: Searcher) -> None:
    turkey, tass = Selection("places", ("turkey",)), Selection("sources", ("TASS",))
    counts = [
        CountRequest(_MISSILE),
        CountRequest(_MISSILE, (turkey,)),
        CountRequest(Everything(), (turkey, tass)),
        CountRequest(Or((_MISSILE, _DEFENSE)), (Selection("people", excluded=("putin",)),)),
        CountRequest(Nothing()),
    ]
    result = searcher.search(_DEFENSE, selections=[turkey], counts=counts)
    assert ([hit.id for hit in result.hits], result.counts) == (["a"], (3, 1, 1, 2, 0))
    assert searcher.search(_DEFENSE).counts == ()


def test_a_title_adds_to_the_score_but_is_not_required(searcher: Searcher) -> None:
    with_title, without = searcher.search(And((Term("body", "air"), _DEFENSE))).hits
    assert (with_title.id, without.id) == ("a", "b")


def test_furniture_is_found_and_weighs_little(searcher: Searcher) -> None:
    assert [hit.id for hit in searcher.search(_MISSILE).hits] == ["d", "b", "c"]


@pytest.mark.parametrize(
    ("left", "right"),
    [("air of defense x x x", "air x x x of defense"), ("x x defense air x x", "air x x x x defense")],
)
def test_words_near_each_other_score_higher_than_apart(
    exact_engine: Engine, tmp_path: Path, left: str, right: str
) -> None:
    searcher = exact_engine.write(
        tmp_path, [Document(id="1", title="", body=right), Document(id="2", title="", body=left)]
    )
    assert [hit.id for hit in searcher.search(And((Term("body", "air"), _DEFENSE))).hits] == ["2", "1"]
    assert [hit.id for hit in searcher.search(Or((Term("body", "air"), _DEFENSE))).hits] == ["2", "1"]


@pytest.mark.parametrize("query", [Everything(), Keyword("places", ("turkey", "russia")), Not(_MISSILE)], ids=str)
def test_what_does_not_score_scores_zero_and_comes_by_id(searcher: Searcher, query: Query) -> None:
    hits = searcher.search(query).hits
    assert {hit.score for hit in hits} == {0.0}
    assert [hit.id for hit in hits] == sorted(hit.id for hit in hits)


def test_boost_multiplies_the_score(searcher: Searcher) -> None:
    plain, boosted = (searcher.search(query).hits for query in (_MISSILE, Boost(_MISSILE, 2.5)))
    assert [hit.score * 2.5 for hit in plain] == pytest.approx([hit.score for hit in boosted])


def test_an_entity_scores_by_its_mentions_and_its_rarity(exact_engine: Engine, tmp_path: Path) -> None:
    documents = [
        Document(id="once", title="", body="one two three four", mentioned=("turkey", "fmln")),
        Document(id="often", title="", body="one two three four", mentioned=("fmln", "turkey", "fmln", "fmln")),
        Document(id="not", title="", body="one two three four", mentioned=("turkey",)),
    ]
    searcher = exact_engine.write(tmp_path, documents)
    often, once = searcher.search(Term("entities", "fmln")).hits
    assert (often.id, once.id) == ("often", "once")
    assert often.score > once.score
    # What nearly every document names weighs less.
    assert max(hit.score for hit in searcher.search(Term("entities", "turkey")).hits) < once.score


@pytest.mark.parametrize(
    ("sort", "ids"), [(Sort.NEWEST, "dabc"), (Sort.OLDEST, "badc")], ids=["newest first", "oldest first"]
)
def test_undated_come_last_in_both_orders_by_date(searcher: Searcher, sort: Sort, ids: str) -> None:
    assert list(searcher.scan(Everything(), sort=sort)) == list(ids)
    assert [hit.id for hit in searcher.search(Everything(), sort=sort, limit=2, offset=1).hits] == list(ids[1:3])


def test_pages_are_slices_of_the_whole(searcher: Searcher) -> None:
    query = Or((_MISSILE, _DEFENSE))
    everything = list(searcher.scan(query))
    pages = [searcher.search(query, limit=1, offset=offset).hits for offset in range(5)]
    assert [hit.id for page in pages for hit in page] == everything


@pytest.mark.parametrize(
    "query",
    [
        _MISSILE,
        And((Term("body", "air"), _DEFENSE, Boost(Term("body", "turkey"), 2.0))),
        Or((PrefixTerm("body", "mis"), Boost(Term("entities", "putin"), 2.0))),
        Boost(FuzzyTerm("body", "misil", 1), 0.5),
        TermSequence("body", ("air", "defens")),
    ],
    ids=str,
)
def test_an_explanation_adds_up_to_the_score(searcher: Searcher, query: Query) -> None:
    for hit in searcher.search(query).hits:
        parts = searcher.explain(query, hit.id)
        assert sum(part.score for part in parts) == pytest.approx(hit.score)
        assert all(part.label for part in parts)


@pytest.mark.parametrize("document", ["a", "unknown"])
def test_what_does_not_match_has_no_explanation(searcher: Searcher, document: str) -> None:
    assert searcher.explain(_MISSILE, document) == ()


def test_a_leaf_as_written_is_a_mistake_of_the_caller(searcher: Searcher) -> None:
    with pytest.raises(TypeError, match="Word"):
        searcher.search(And((_MISSILE, Word("missiles"))))


@pytest.mark.parametrize("field", ["body", "exact"])
def test_a_prefix_stands_for_its_most_frequent_terms(engine: Engine, tmp_path: Path, field: str) -> None:
    words = [f"zz{first}{second}{third}" for first in "bcdfghjk" for second in "bcdfghjk" for third in "bcdfghjkmn"]
    often, seldom = words[-MAX_EXPANSION:], words[:-MAX_EXPANSION]
    documents = [
        Document(id="a", title="", body=" ".join(words)),
        Document(id="b", title="", body=" ".join(often)),
        Document(id="c", title="", body=" ".join(often[:1])),
        Document(id="d", title="", body=" ".join(seldom)),
        Document(id="e", title="", body=" ".join(often)),
    ]
    assert sorted(engine.write(tmp_path, documents).scan(PrefixTerm(field, "zz"))) == ["a", "b", "c", "e"]
