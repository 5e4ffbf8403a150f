"""Archives of more documents than the engine scores at once, or takes out of the library at once."""

import random
from pathlib import Path

import pytest

from index.engines.registry import open_writer
from index.model import Document
from search.engines.base import EngineHit, FacetRequest, Searcher, Selection, Sort
from search.engines.registry import open_searcher
from search.engines.tantivy import library, ranking
from search.query.ast import And, Boost, Everything, Keyword, Not, Or, PrefixTerm, Query, Term, TermSequence

_TANK, _ROCKET = Term("body", "tank"), Term("body", "rocket")


def _documents() -> list[Document]:
    chance = random.Random(5)
    words = ["tank", "rocket", "river", "hill", "the", "tankers"]
    return [
        Document(
            id=f"{number * 7919 % 1000:03}",
            title=" ".join(chance.choices(words, k=3)),
            body=" ".join(chance.choices(words, [1, 3, 9, 9, 20, 1], k=chance.randint(3, 40))),
            people=(f"p{number % 3}", f"q{number % 50}"),
        )
        for number in range(300)
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three parts, some documents of each deleted."""
    folder = tmp_path_factory.mktemp("archive")
    documents = _documents()
    for first in (0, 100, 200):
        with open_writer("tantivy", folder, lock_seconds=0) as writer:
            writer.put(documents[first : first + 100])
    with open_writer("tantivy", folder, lock_seconds=0) as writer:
        writer.delete([document.id for document in documents[::9]])
    return folder


@pytest.fixture(params=[3, 20, 1000], ids="blocks of {}".format)
def searcher(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Searcher:
    monkeypatch.setattr(ranking, "BLOCK", request.param)
    return open_searcher("tantivy", folder)


_QUERIES = [
    _TANK,
    Or((_TANK, Boost(_ROCKET, 2.0))),
    And((Term("body", "river"), PrefixTerm("body", "tan"))),
    Or((TermSequence("body", ("rocket", "tank"), 2), Term("exact", "tankers"))),
    And((_ROCKET, Not(Term("exact", "tank")))),
    And((_ROCKET, Keyword("people", ("q3",)))),
]


def _pages(searcher: Searcher, query: Query, *selections: Selection) -> list[EngineHit]:
    hits: list[EngineHit] = []
    for offset in range(0, 300, 7):
        hits += searcher.search(query, selections=selections, limit=7, offset=offset).hits
    return hits


@pytest.mark.parametrize("query", _QUERIES, ids=str)
@pytest.mark.parametrize("selections", [(), (Selection("people", ("p1",)),)], ids=["all", "some"])
def test_pages_are_slices_of_one_order(searcher: Searcher, query: Query, selections: tuple[Selection, ...]) -> None:
    hits = _pages(searcher, query, *selections)
    ids = [hit.id for hit in hits]
    assert ids == list(searcher.scan(query, selections=selections))
    assert len(set(ids)) == len(ids) == searcher.search(query, selections=selections, limit=0).total
    assert sorted(ids) == sorted(searcher.scan(query, selections=selections, sort=Sort.NEWEST))
    with_facets = searcher.search(query, selections=selections, facets=[FacetRequest("people")], limit=30)
    assert with_facets.hits == tuple(hits[:30])


@pytest.mark.parametrize("query", _QUERIES[:3], ids=str)
def test_a_document_has_one_score_whatever_block_it_is_in(folder: Path, query: Query) -> None:
    scores = {hit.id: hit.score for hit in open_searcher("tantivy", folder).search(query, limit=300).hits}
    found = open_searcher("tantivy", folder).search(query, selections=[Selection("people", ("p1",))], limit=300).hits
    assert found
    assert {hit.id: hit.score for hit in found} == {hit.id: scores[hit.id] for hit in found}


def test_sets_of_documents_are_the_same_in_several_pieces(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facets = [FacetRequest("people", limit=60)]
    whole = open_searcher("tantivy", folder).search(_ROCKET, facets=facets)
    assert whole.total > 100
    monkeypatch.setattr(library, "_MAX_BLOCKS", 2)
    assert open_searcher("tantivy", folder).search(_ROCKET, facets=facets) == whole


def test_ties_come_by_id_whatever_part_they_are_in(tmp_path: Path) -> None:
    for names in ("eb", "da", "c"):
        with open_writer("tantivy", tmp_path, lock_seconds=0) as writer:
            writer.put(Document(id=name, title="", body="a tank") for name in names)
    searcher = open_searcher("tantivy", tmp_path)
    assert "".join(hit.id for hit in searcher.search(_TANK).hits) == "abcde"
    assert "".join(searcher.scan(_TANK)) == "abcde"


def test_a_deleted_document_is_in_no_answer(folder: Path) -> None:
    deleted = {document.id for document in _documents()[::9]}
    searcher = open_searcher("tantivy", folder)
    for query in (Everything(), _ROCKET, Not(_TANK)):
        assert deleted.isdisjoint(searcher.scan(query))
    assert searcher.document_count == 300 - len(deleted)
