"""Stock Whoosh on our segments: this is where a change of Whoosh's internals would show."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh import query
from whoosh.searching import Searcher

from index.engines.registry import open_writer
from index.engines.whoosh.codec import ArrayIndex, ArraySegment, ArraySegmentWriter
from index.engines.whoosh.segment_store import open_commit
from index.model import Document

_DOCUMENTS = [
    Document(id="a", title="Air defense", body="Air defense\n\nThe air defense of Turkey", people=("x", "y")),
    Document(id="b", title="Missiles", body="Missiles\n\nA defense against missiles in the air", people=("x",)),
    Document(id="c", title="Nothing", body="Nothing at all"),
]


@pytest.fixture
def stock(tmp_path: Path) -> Iterator[Searcher]:
    for document in _DOCUMENTS:
        with open_writer("whoosh", tmp_path, lock_seconds=0) as writer:
            writer.put([document])
    with open_writer("whoosh", tmp_path, lock_seconds=0) as writer:
        writer.delete(["c"])
    _, opened = open_commit(tmp_path)
    index = ArrayIndex(tmp_path, [ArraySegment(tmp_path, *pair) for pair in opened.items()])
    with index.searcher() as searcher:
        yield searcher


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (query.Term("body", "air"), "ab"),
        (query.Term("title", "missil"), "b"),
        (query.Term("exact", "missiles"), "b"),
        (query.Term("id", "a"), "a"),
        (query.Term("people", "x"), "ab"),
        (query.Term("published_years", "undated"), "ab"),
        (query.And([query.Term("body", "air"), query.Not(query.Term("body", "turkey"))]), "b"),
        (query.Phrase("body", ["air", "defens"]), "a"),
        (query.Phrase("body", ["defens", "air"], slop=5), "ab"),
        (query.Prefix("body", "mis"), "b"),
        (query.FuzzyTerm("body", "missal", maxdist=1), "b"),
        (query.TermRange("people", "y", None), "a"),
        (query.Every(), "ab"),
        (query.Term("body", "nothing"), ""),
    ],
    ids=str,
)
def test_stock_queries_find_what_they_should(stock: Searcher, asked: query.Query, ids: str) -> None:
    assert "".join(sorted(hit["id"] for hit in stock.search(asked))) == ids


def test_stock_whoosh_reads_the_statistics(stock: Searcher) -> None:
    reader = stock.reader()
    assert (reader.doc_count(), reader.doc_frequency("body", "air"), reader.frequency("body", "air")) == (2, 2, 3)
    assert reader.field_length("title") >= 3
    assert ("body", b"air") in {term for term, _ in reader.iter_from("body", "air")}
    assert "people" in set(reader.indexed_field_names())


def test_a_segment_writer_commits_into_memory_only(tmp_path: Path) -> None:
    index = ArrayIndex(tmp_path, [])
    writer = ArraySegmentWriter(index)
    writer.add(_DOCUMENTS[0])
    writer.add(_DOCUMENTS[1])
    writer.discard("b")
    writer.commit(merge=False)
    (segment,) = index.segments
    assert (segment.doc_count_all(), segment.deleted_count(), segment.has_deletions()) == (1, 0, False)
    segment.delete_document(0)
    assert (segment.is_deleted(0), segment.deleted_docs(), segment.doc_count()) == (True, [0], 0)
    assert [path.suffix for path in tmp_path.iterdir()] == [".segment"]
    with pytest.raises(ValueError, match="restored"):
        segment.delete_document(0, delete=False)
