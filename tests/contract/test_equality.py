"""Random archives and random queries: every engine finds and counts what the reference engine does."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from index.fields import FACET_FIELDS
from index.model import Amount, DateInterval, DatePrecision, Document, Furniture, FurnitureReason, Span
from search.engines.base import (
    Bucket,
    CountRequest,
    EngineResult,
    FacetRequest,
    MatchMode,
    Searcher,
    Selection,
    Sort,
)
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
    Reading,
    Term,
    TermSequence,
)
from tests.contract.engines import ENGINES, REFERENCE, Engine
from tests.support.examples import examples
from tests.support.folders import scratch_folder

Question = tuple[Query, list[Selection], Sort]

_WORDS = st.sampled_from(
    [
        "missile",
        "missiles",
        "missiled",
        "Tank",
        "tanks",
        "taxes",
        "the",
        "of",
        "S-400",
        "F-16C",
        "Ärger",
        "arger",
        "東",
        "l'Ärger",
        "chevaux",
        "Pferden",
    ]
)
_TERMS = st.sampled_from(
    [
        "missil",
        "tank",
        "tax",
        "the",
        "of",
        "s400",
        "f16",
        "f16c",
        "arger",
        "東",
        "absent",
        "missiles",
        "ärger",
        "chevaux",
        "cheval",
        "pferd",
        "arg",
    ]
)
_VALUES = st.sampled_from(["a", "b", "c", "ä", "z z"])
_IDS = st.sampled_from([f"id{number:02}" for number in range(14)])
_TEXT = st.sampled_from(["body", "title", "exact"])
_LANGUAGES = ("de", "en", "fr", "it")
_LANGUAGE = st.sampled_from(_LANGUAGES)


@st.composite
def _documents(draw: st.DrawFn) -> Document:
    words = draw(st.lists(_WORDS, max_size=14))
    body = " ".join(words)
    cut = draw(st.integers(0, len(body)))
    furniture = (Furniture(Span(0, cut), FurnitureReason.MENU),) if cut and draw(st.booleans()) else ()
    day = draw(st.none() | st.dates(date(2018, 12, 1), date(2020, 2, 1)))
    amounts = draw(st.lists(st.builds(Amount, st.sampled_from(["USD", None]), st.sampled_from([None, Decimal(5)]))))
    return Document(
        id=draw(_IDS),
        title=" ".join(words[: draw(st.integers(0, 3))]),
        body=body,
        people=tuple(draw(st.lists(_VALUES, max_size=3))),
        places=tuple(draw(st.lists(_VALUES, max_size=3))),
        mentioned=tuple(draw(st.lists(_VALUES, max_size=5))),
        amounts=tuple(amounts),
        published=None if day is None else DateInterval(day, day, DatePrecision.DAY),
        source=draw(st.none() | _VALUES),
        language=draw(st.none() | _LANGUAGE),
        furniture=furniture,
    )


_KEYWORDS = st.builds(Keyword, st.sampled_from(["people", "places"]), st.lists(_VALUES, max_size=2).map(tuple))


@st.composite
def _readings(draw: st.DrawFn, most: int = 3) -> tuple[Reading, ...]:
    """Readings in some languages, none of them twice."""
    languages = draw(st.permutations(_LANGUAGES))
    ends = sorted(draw(st.lists(st.integers(1, len(languages)), max_size=2, unique=True)))
    groups = [languages[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    terms = st.lists(_TERMS, min_size=1, max_size=most).map(tuple)
    return tuple(Reading(tuple(group), draw(terms)) for group in groups)


_LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.builds(Term, _TEXT, _TERMS),
    st.builds(Term, _TEXT, _TERMS, readings=_readings()),
    st.builds(
        TermSequence,
        _TEXT,
        st.lists(_TERMS, min_size=1, max_size=3).map(tuple),
        st.none() | st.integers(0, 3),
        readings=_readings(),
    ),
    st.builds(PrefixTerm, _TEXT, st.sampled_from(["t", "mis", "", "x", "f16"]), readings=_readings(1)),
    st.builds(FuzzyTerm, _TEXT, _TERMS, st.integers(1, 2), readings=_readings(1)),
    st.builds(Term, st.just("entities"), _VALUES),
    st.builds(TermSequence, _TEXT, st.lists(_TERMS, min_size=1, max_size=3).map(tuple), st.none() | st.integers(0, 3)),
    st.builds(PrefixTerm, _TEXT, st.sampled_from(["t", "mis", "", "x", "f16"])),
    st.builds(FuzzyTerm, _TEXT, _TERMS, st.integers(1, 2)),
    _KEYWORDS,
    st.builds(KeywordRange, st.sampled_from(["people", "amounts"]), _VALUES, _VALUES),
    st.builds(Documents, st.lists(_IDS, max_size=4).map(tuple)),
    st.just(Everything()),
    st.just(Nothing()),
)


def _grow(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    clauses = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, clauses),
        st.builds(Or, clauses),
        st.builds(Not, inner),
        st.builds(Boost, inner, st.sampled_from([0.5, 3.0])),
    )


_QUERIES = st.recursive(_LEAVES, _grow, max_leaves=6)
_SELECTIONS = st.builds(
    Selection,
    st.sampled_from(["people", "places", "sources"]),
    st.lists(_VALUES, max_size=2, unique=True).map(tuple),
    st.sampled_from(MatchMode),
    st.lists(_VALUES, max_size=1).map(tuple),
)
# Writing an archive takes far longer than asking it, so each archive is asked several questions.
_QUESTIONS = st.lists(
    st.tuples(_QUERIES, st.lists(_SELECTIONS, max_size=2), st.sampled_from(Sort)), min_size=3, max_size=3
)
_COMMITS = st.lists(st.tuples(st.lists(_documents(), max_size=8), st.lists(_IDS, max_size=2)), max_size=4)
_ASKED = st.lists(st.tuples(_TERMS, _TEXT), min_size=3, max_size=3)
_FACETS = [
    *(FacetRequest(field, limit=50) for field in FACET_FIELDS),
    FacetRequest("people", limit=2, offset=1),
    FacetRequest("places", values=("a", "q")),
    FacetRequest("sources", is_by_value=True, limit=3),
]


def _written(engine: Engine, folder: Path, commits: Sequence[tuple[list[Document], list[str]]]) -> Searcher:
    for documents, deleted in [*commits, ([], [])]:
        with engine.open_writer(folder) as writer:
            writer.put(documents)
            writer.delete(deleted)
    return engine.open_searcher(folder)


# Archives are slow to shrink: minutes for a few documents less.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


# An example takes seconds on a server: servers have fewer, below.
_OTHERS = [engine for engine in ENGINES if engine is not REFERENCE and not engine.server]


@pytest.mark.parametrize("engine", _OTHERS, ids=lambda engine: engine.name)
@settings(max_examples=examples(100), phases=_PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(commits=_COMMITS, questions=_QUESTIONS)
def test_matches_totals_and_counts_equal_the_reference(
    engine: Engine, commits: list[tuple[list[Document], list[str]]], questions: list[Question]
) -> None:
    with scratch_folder() as folder:
        ours = _written(engine, folder, commits)
        reference = _written(REFERENCE, folder, commits)
        for question in questions:
            _compare(engine, ours, reference, question)


@settings(max_examples=examples(20), phases=_PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(commits=_COMMITS, questions=_QUESTIONS, asked=_ASKED)
def test_servers_find_and_count_what_the_reference_does(
    server_engine: Engine,
    commits: list[tuple[list[Document], list[str]]],
    questions: list[Question],
    asked: list[tuple[str, str]],
) -> None:
    with scratch_folder() as folder:
        ours = _written(server_engine, folder, commits)
        reference = _written(REFERENCE, folder, commits)
        for question in questions:
            _compare(server_engine, ours, reference, question)
        for term, text in asked:
            _compare_terms(server_engine, ours, reference, term=term, text=text)


def _compare(engine: Engine, ours: Searcher, reference: Searcher, question: Question) -> None:
    query, selections, sort = question
    counts = [CountRequest(query), CountRequest(Not(query), tuple(selections)), CountRequest(Everything())]
    found = ours.search(query, selections=selections, facets=_FACETS, counts=counts, sort=sort, limit=50)
    expected = reference.search(query, selections=selections, facets=_FACETS, counts=counts, sort=sort, limit=50)
    assert (found.total, found.counts) == (expected.total, expected.counts)
    assert _facets(engine, found) == _facets(engine, expected)
    counted = ours.search(query, selections=selections, facets=_FACETS, limit=0)
    assert (counted.total, counted.hits, counted.facets) == (found.total, (), found.facets)
    ids = [hit.id for hit in found.hits]
    assert ids == list(ours.scan(query, selections=selections, sort=sort))
    assert sorted(ids) == sorted(hit.id for hit in expected.hits)
    assert ids == [hit.id for hit in expected.hits] or sort is Sort.RELEVANCE
    by_score = sorted(found.hits, key=lambda hit: (-hit.score, hit.id))
    assert by_score == list(found.hits) or sort is not Sort.RELEVANCE
    explained = [sum(part.score for part in ours.explain(query, hit.id)) for hit in found.hits]
    assert explained == pytest.approx([hit.score for hit in found.hits], abs=1e-5)


def _facets(engine: Engine, result: EngineResult) -> list[tuple[str, tuple[Bucket, ...], int]]:
    """The facets of a result, with the number of distinct values where the engine counts it exactly."""
    is_exact = engine.capabilities.has_exact_distinct
    return [(facet.field, facet.buckets, facet.distinct if is_exact else 0) for facet in result.facets]


@pytest.mark.parametrize(
    "engine", [engine for engine in _OTHERS if engine.capabilities.is_exact_scores], ids=lambda engine: engine.name
)
@settings(max_examples=examples(100), phases=_PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(commits=_COMMITS, questions=_QUESTIONS)
def test_exact_scores_equal_the_reference(
    engine: Engine, commits: list[tuple[list[Document], list[str]]], questions: list[Question]
) -> None:
    with scratch_folder() as folder:
        ours = _written(engine, folder, commits)
        reference = _written(REFERENCE, folder, commits)
        for question in questions:
            _compare_scores(ours, reference, question)


def _compare_scores(ours: Searcher, reference: Searcher, question: Question) -> None:
    query, selections, sort = question
    found = ours.search(query, selections=selections, sort=sort, limit=50).hits
    expected = reference.search(query, selections=selections, sort=sort, limit=50).hits
    scores = {hit.id: hit.score for hit in expected}
    assert {hit.id: hit.score for hit in found} == pytest.approx(scores, abs=1e-5)
    assert [hit.id for hit in found] == [hit.id for hit in expected] or sort is Sort.RELEVANCE


@pytest.mark.parametrize("engine", _OTHERS, ids=lambda engine: engine.name)
@settings(max_examples=examples(50), phases=_PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(commits=_COMMITS, asked=_ASKED)
def test_terms_equal_the_reference(
    engine: Engine, commits: list[tuple[list[Document], list[str]]], asked: list[tuple[str, str]]
) -> None:
    with scratch_folder() as folder:
        ours = _written(engine, folder, commits)
        reference = _written(REFERENCE, folder, commits)
        assert ours.document_count == reference.document_count
        for term, text in asked:
            _compare_terms(engine, ours, reference, term=term, text=text)


def _compare_terms(engine: Engine, ours: Searcher, reference: Searcher, *, term: str, text: str) -> None:
    fields = ["people", text] if engine.capabilities.has_term_dictionary else ["people"]
    asked = [(text, term), ("people", "a"), (text, term[:2])]
    assert ours.document_frequencies(asked) == reference.document_frequencies(asked)
    for field in fields:
        assert ours.terms(field, prefix=term[:1], limit=4) == reference.terms(field, prefix=term[:1], limit=4)
        assert ours.terms(field, limit=3) + ours.terms(field, limit=3, offset=3) == reference.terms(field, limit=6)
        assert ours.similar_terms(field, term, limit=5) == reference.similar_terms(field, term, limit=5)
