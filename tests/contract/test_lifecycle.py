from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace

from index.engines.base import IndexWriter
from index.errors import DocumentRejectedError
from index.model import Document
from search.engines.base import FacetRequest, Searcher
from search.query.ast import Everything, Keyword, Or, Query, Term, TermSequence
from tests.contract.conftest import DOCUMENTS
from tests.contract.engines import INSTALLED, Engine

_NEW = Document(id="e", title="", body="Fresh missiles")


def _ids(searcher: Searcher, query: Query | None = None) -> str:
    return "".join(searcher.scan(query or Everything()))


def test_an_empty_index_can_be_searched(engine: Engine, tmp_path: Path) -> None:
    searcher = engine.write(tmp_path, [])
    result = searcher.search(Or((Term("body", "x"), Everything())), facets=[FacetRequest("people")])
    assert (result.total, result.hits, result.facets[0].buckets) == (0, (), ())
    assert (searcher.document_count, searcher.terms("people"), searcher.similar_terms("people", "x")) == (0, (), ())


def test_nothing_is_visible_before_the_commit(engine: Engine, tmp_path: Path) -> None:
    searcher = engine.write(tmp_path, DOCUMENTS)
    with engine.open_writer(tmp_path) as writer:
        writer.put([_NEW])
        writer.delete(["a"])
        assert not searcher.refresh()
        assert _ids(engine.open_searcher(tmp_path)) == "abcd"
    assert searcher.refresh()
    assert _ids(searcher) == "bcde"


def test_a_searcher_keeps_the_commit_it_was_opened_on(engine: Engine, tmp_path: Path) -> None:
    searcher = engine.write(tmp_path, DOCUMENTS)
    generation = searcher.generation
    engine.write(tmp_path, [_NEW])
    assert (_ids(searcher), searcher.document_count, searcher.generation) == ("abcd", 4, generation)
    assert searcher.refresh()
    assert (_ids(searcher), searcher.document_count) == ("abcde", 5)
    assert searcher.generation != generation
    assert not searcher.refresh()


def test_a_later_document_replaces_one_with_its_id(engine: Engine, tmp_path: Path) -> None:
    engine.write(tmp_path, DOCUMENTS)
    newest = Document(id="a", title="", body="Newest text", people=("merkel",))
    searcher = engine.write(tmp_path, [Document(id="a", title="", body="Older text"), newest])
    assert _ids(searcher) == "abcd"
    assert _ids(searcher, Term("body", "newest")) == "a"
    assert _ids(searcher, Or((Term("body", "older"), Term("body", "s400")))) == ""
    assert searcher.document_frequencies([("people", "erdogan")]) == (1,)


@pytest.mark.parametrize("length", [500, 30_000, 40_000, 65_531, 200_000])
@pytest.mark.parametrize("field", ["source", "people", "mentioned"])
def test_a_document_is_stored_whole_or_refused(engine: Engine, tmp_path: Path, field: str, length: int) -> None:
    """Values as long as this come from packs of others only; one that is lost in silence would make counts wrong."""
    value: str | tuple[str, ...] = "x" * length if field == "source" else ("x" * length,)
    engine.write(tmp_path, DOCUMENTS)
    with engine.open_writer(tmp_path) as writer:
        writer.put([replace(DOCUMENTS[0], **{field: value}), _NEW])  # type: ignore[arg-type]
        reasons: dict[str, str] = {}
        try:
            writer.commit()
        except DocumentRejectedError as error:
            reasons = error.reasons
    is_refused = list(reasons) == ["a"]
    assert is_refused or not reasons
    searcher = engine.open_searcher(tmp_path)
    assert is_refused <= (length > 30_000)
    assert _ids(searcher) == ("bcde" if is_refused else "abcde")
    if not is_refused:
        name = {"source": "sources", "mentioned": "entities"}.get(field, field)
        query = Term(name, "x" * length) if name == "entities" else Keyword(name, ("x" * length,))
        assert _ids(searcher, query) == "a"
    if engine.name in INSTALLED:
        assert engine.writer.verify(engine.location(tmp_path)) == ()


def test_documents_put_and_deleted_in_one_session(engine: Engine, tmp_path: Path) -> None:
    with engine.open_writer(tmp_path) as writer:
        writer.put(DOCUMENTS)
        writer.delete(["a", "unknown"])
        writer.delete(["b"])
        writer.put([DOCUMENTS[1]])
    assert _ids(engine.open_searcher(tmp_path)) == "bcd"


def test_everything_can_be_deleted(engine: Engine, tmp_path: Path) -> None:
    searcher = engine.write(tmp_path, DOCUMENTS)
    with engine.open_writer(tmp_path) as writer:
        writer.delete("abcd")
    searcher.refresh()
    assert (_ids(searcher), searcher.document_count, searcher.terms("people")) == ("", 0, ())


def test_a_writer_stays_usable_after_a_commit(engine: Engine, tmp_path: Path) -> None:
    with engine.open_writer(tmp_path) as writer:
        writer.put(DOCUMENTS[:2])
        writer.commit()
        searcher = engine.open_searcher(tmp_path)
        writer.put(DOCUMENTS[2:])
        writer.delete(["a"])
        writer.commit()
        assert searcher.refresh()
        assert _ids(searcher) == "bcd"
    assert not searcher.refresh()


def test_an_exception_rolls_back_and_frees_the_lock(engine: Engine, tmp_path: Path) -> None:
    searcher = engine.write(tmp_path, DOCUMENTS)

    def fail(writer: IndexWriter) -> None:
        with writer:
            writer.put([_NEW])
            writer.delete(["a"])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail(engine.open_writer(tmp_path))
    assert not searcher.refresh()
    assert _ids(engine.write(tmp_path, [_NEW])) == "abcde"


def test_a_commit_without_changes_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    searcher = engine.write(tmp_path, DOCUMENTS)
    engine.write(tmp_path, [])
    assert not searcher.refresh()


def test_a_generator_may_be_put(engine: Engine, tmp_path: Path) -> None:
    assert _ids(engine.write(tmp_path, (document for document in DOCUMENTS))) == "abcd"


def test_scores_are_as_if_deleted_documents_had_never_been(engine: Engine, tmp_path: Path) -> None:
    query = Or((Term("body", "missil"), Term("body", "defens"), TermSequence("body", ("the", "hill"))))
    with engine.open_writer(tmp_path / "once") as writer:
        writer.put(DOCUMENTS[1:])
    for document in DOCUMENTS:
        engine.write(tmp_path / "piecemeal", [document])
    with engine.open_writer(tmp_path / "piecemeal") as writer:
        writer.delete(["a"])
    once, piecemeal = (engine.open_searcher(tmp_path / name).search(query) for name in ("once", "piecemeal"))
    assert [hit.id for hit in once.hits] == [hit.id for hit in piecemeal.hits]
    assert [hit.score for hit in once.hits] == pytest.approx([hit.score for hit in piecemeal.hits])


def test_eight_threads_get_what_one_gets(engine: Engine, tmp_path: Path) -> None:
    searcher = engine.write(tmp_path, DOCUMENTS)
    queries: list[Query] = [
        *(Term("body", term) for term in ("missil", "defens", "the", "hill")),
        *(TermSequence("body", pair, 3) for pair in (("air", "defens"), ("hill", "the"))),
        Everything(),
    ]
    facets = [FacetRequest("people"), FacetRequest("places")]

    def search(query: Query) -> object:
        return searcher.search(query, facets=facets)

    expected = [search(query) for query in queries] * 30
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(search, queries * 30)) == expected


@pytest.mark.parametrize(
    "read", [lambda s: s.search(Everything()), lambda s: s.generation], ids=["search", "generation"]
)
def test_refreshing_while_others_search(engine: Engine, tmp_path: Path, read: Callable[[Searcher], object]) -> None:
    searcher = engine.write(tmp_path, DOCUMENTS)
    with ThreadPoolExecutor(4) as threads:
        results = [threads.submit(read, searcher) for _ in range(40)]
        for number in range(5):
            engine.write(tmp_path, [Document(id=f"new {number}", title="", body="text")])
            searcher.refresh()
        assert all(result.result(timeout=30) is not None for result in results)
    assert searcher.document_count == 9
