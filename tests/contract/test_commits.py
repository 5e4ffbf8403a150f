"""Commits in two steps, and searchers pinned to one of them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import IndexMissingError
from index.model import Document
from search.engines.base import CountRequest, FacetRequest, Searcher
from search.query.ast import Everything, Term
from tests.contract.conftest import DOCUMENTS
from tests.contract.engines import Engine, abandon

_NEW = Document(id="e", title="", body="Fresh missiles")


def _ids(searcher: Searcher) -> str:
    return "".join(searcher.scan(Everything()))


def test_a_prepared_commit_is_seen_by_its_name_alone(pinning_engine: Engine, tmp_path: Path) -> None:
    searcher = pinning_engine.write(tmp_path, DOCUMENTS)
    old = searcher.generation
    with pinning_engine.open_writer(tmp_path) as writer:
        writer.put([_NEW])
        writer.delete(["a"])
        prepared = writer.prepare()
        assert prepared != old
        assert not searcher.refresh()
        assert _ids(pinning_engine.open_searcher(tmp_path)) == "abcd"
        assert _ids(pinning_engine.open_searcher(tmp_path, generation=prepared)) == "bcde"
        pinned = searcher.at(prepared)
        assert (_ids(pinned), pinned.generation, pinned.document_count) == ("bcde", prepared, 4)
        assert (_ids(searcher), searcher.generation) == ("abcd", old)
        writer.publish()
        assert searcher.refresh()
        assert (_ids(searcher), searcher.generation) == ("bcde", prepared)


def test_preparing_what_did_not_change_gives_the_same_generation(pinning_engine: Engine, tmp_path: Path) -> None:
    searcher = pinning_engine.write(tmp_path, DOCUMENTS)
    with pinning_engine.open_writer(tmp_path) as writer:
        assert writer.prepare() == searcher.generation
        assert writer.commit() == searcher.generation
        writer.put([_NEW])
        prepared = writer.prepare()
        assert writer.prepare() == prepared
        assert writer.commit() == prepared
        writer.publish()
    assert pinning_engine.open_searcher(tmp_path).generation == prepared


def test_publishing_shows_what_was_prepared_and_nothing_put_since(pinning_engine: Engine, tmp_path: Path) -> None:
    searcher = pinning_engine.write(tmp_path, DOCUMENTS[:2])
    with pinning_engine.open_writer(tmp_path) as writer:
        writer.publish()
        assert not searcher.refresh()
        writer.put([DOCUMENTS[2]])
        writer.prepare()
        writer.put([DOCUMENTS[3]])
        writer.publish()
        assert searcher.refresh()
        assert _ids(searcher) == "abc"
    assert searcher.refresh()
    assert _ids(searcher) == "abcd"


def test_a_writer_continues_the_commit_that_it_is_told(pinning_engine: Engine, tmp_path: Path) -> None:
    searcher = pinning_engine.write(tmp_path, DOCUMENTS)
    old = searcher.generation
    writer = pinning_engine.open_writer(tmp_path)
    writer.put([_NEW])
    prepared = writer.prepare()
    abandon(writer)
    with pinning_engine.open_writer(tmp_path, generation=prepared) as writer:
        writer.delete(["b"])
        assert not searcher.refresh()
    assert searcher.refresh()
    assert _ids(searcher) == "acde"
    assert (_ids(searcher.at(old)), _ids(searcher.at(prepared))) == ("abcd", "abcde")


def test_a_commit_that_was_continued_can_be_published_unchanged(pinning_engine: Engine, tmp_path: Path) -> None:
    searcher = pinning_engine.write(tmp_path, DOCUMENTS)
    writer = pinning_engine.open_writer(tmp_path)
    writer.put([_NEW])
    prepared = writer.prepare()
    abandon(writer)
    with pinning_engine.open_writer(tmp_path, generation=prepared) as writer:
        assert writer.commit() == prepared
    assert searcher.refresh()
    assert _ids(searcher) == "abcde"


def test_a_prepared_commit_that_nobody_names_is_gone_with_the_next_writer(
    pinning_engine: Engine, tmp_path: Path
) -> None:
    searcher = pinning_engine.write(tmp_path, DOCUMENTS)
    writer = pinning_engine.open_writer(tmp_path)
    writer.put([_NEW])
    prepared = writer.prepare()
    abandon(writer)
    with pinning_engine.open_writer(tmp_path):
        pass
    assert _ids(searcher) == "abcd"
    for open_ in (searcher.at, lambda name: pinning_engine.open_searcher(tmp_path, generation=name)):
        with pytest.raises(IndexMissingError):
            open_(prepared)
    with pytest.raises(IndexMissingError):
        pinning_engine.open_writer(tmp_path, generation=prepared)
    assert _ids(pinning_engine.write(tmp_path, [_NEW])) == "abcde"


@pytest.mark.parametrize("generation", ["0" * 32, "", "empty", "../x", "manifest", "*"])
def test_a_commit_that_never_was_is_missing(pinning_engine: Engine, tmp_path: Path, generation: str) -> None:
    searcher = pinning_engine.write(tmp_path, DOCUMENTS)
    with pytest.raises(IndexMissingError):
        searcher.at(generation)
    assert _ids(searcher) == "abcd"


def test_the_commit_before_the_published_one_stays_for_readers_in_flight(
    pinning_engine: Engine, tmp_path: Path
) -> None:
    searcher = pinning_engine.write(tmp_path, DOCUMENTS[:1])
    generations = [searcher.generation]
    for document in DOCUMENTS[1:]:
        pinning_engine.write(tmp_path, [document])
        assert _ids(pinning_engine.open_searcher(tmp_path, generation=generations[-1])) == "abcd"[: len(generations)]
        generations.append(pinning_engine.open_searcher(tmp_path).generation)
    assert len(set(generations)) == 4


def test_the_commit_that_a_writer_continued_stays_while_it_writes(pinning_engine: Engine, tmp_path: Path) -> None:
    old = pinning_engine.write(tmp_path, DOCUMENTS[:1]).generation
    with pinning_engine.open_writer(tmp_path, generation=old) as writer:
        for document in DOCUMENTS[1:]:
            writer.put([document])
            writer.commit()
            assert _ids(pinning_engine.open_searcher(tmp_path, generation=old)) == "a"
    assert _ids(pinning_engine.open_searcher(tmp_path)) == "abcd"


def test_a_pinned_searcher_stays_usable_while_others_move_on(pinning_engine: Engine, tmp_path: Path) -> None:
    searcher = pinning_engine.write(tmp_path, DOCUMENTS)
    pinned = searcher.at(searcher.generation)
    for number in range(6):
        with pinning_engine.open_writer(tmp_path) as writer:
            writer.put([Document(id=f"e{number}", title="", body="missiles")])
            writer.delete(["a"])
        assert searcher.refresh()
        searcher.at(searcher.generation)
    searcher.close()
    assert not pinned.refresh()
    counts = [CountRequest(Term("body", "missil"))]
    result = pinned.search(Everything(), facets=[FacetRequest("people")], counts=counts)
    assert (result.total, result.counts, len(result.facets[0].buckets)) == (4, (3,), 2)
    assert pinned.at(pinned.generation).document_count == 4


def test_many_threads_pin_many_commits(pinning_engine: Engine, tmp_path: Path) -> None:
    searcher = pinning_engine.write(tmp_path, DOCUMENTS)
    generations = {searcher.generation: "abcd"}
    with pinning_engine.open_writer(tmp_path) as writer:
        for number in range(3):
            writer.put([Document(id=f"e{number}", title="", body="text")])
            generations[writer.prepare()] = "abcd" + "".join(f"e{n}" for n in range(number + 1))
        expected = list(generations.items()) * 20
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda name: (name, _ids(searcher.at(name))), list(generations) * 20))
    assert found == expected
