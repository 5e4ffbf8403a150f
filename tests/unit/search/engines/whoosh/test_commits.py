"""Searchers of a folder that changes under them."""

from pathlib import Path

import pytest

from index.errors import IndexMissingError
from index.model import Document
from search.engines.registry import open_searcher
from search.query.ast import Everything, Term
from tests.contract.conftest import DOCUMENTS
from tests.unit.index.engines.folders import generations, write


def test_a_server_outlives_the_replacement_of_its_folder(tmp_path: Path) -> None:
    folder, other = tmp_path / "engine", tmp_path / "other"
    write(folder, *DOCUMENTS)
    write(other, Document(id="z", title="", body="missiles elsewhere"))
    searcher = open_searcher("whoosh", folder)
    pinned = searcher.at(searcher.generation)
    (generation,) = generations(other)
    folder.rename(tmp_path / "old")
    with pytest.raises(IndexMissingError):
        searcher.refresh()
    other.rename(folder)
    assert list(searcher.at(generation).scan(Term("body", "missil"))) == ["z"]
    assert list(pinned.scan(Term("body", "missil"))) == ["d", "b", "c"]
    assert searcher.refresh()
    assert list(searcher.scan(Everything())) == ["z"]


def test_a_commit_that_is_open_is_the_same_for_all_searchers(tmp_path: Path) -> None:
    write(tmp_path, *DOCUMENTS)
    searcher = open_searcher("whoosh", tmp_path)
    old = searcher.at(searcher.generation)
    write(tmp_path, Document(id="z", title="", body="more"))
    assert searcher.refresh()
    new = searcher.at(searcher.generation)
    assert new._current is searcher._current
    assert searcher.at(old.generation)._current is old._current
    assert old._current.snapshot.segments[0] is new._current.snapshot.segments[0], "a segment is opened once"


def test_a_commit_in_use_is_kept_though_newer_ones_are_opened(tmp_path: Path) -> None:
    write(tmp_path, *DOCUMENTS)
    searcher = open_searcher("whoosh", tmp_path)
    pinned = searcher.at(searcher.generation)
    for number in range(5):
        write(tmp_path, Document(id=f"z{number}", title="", body="more"))
        searcher.refresh()
    assert "".join(pinned.scan(Everything())) == "abcd"
    with pytest.raises(IndexMissingError, match=pinned.generation):
        searcher.at(pinned.generation)


def test_a_closed_searcher_says_so(tmp_path: Path) -> None:
    write(tmp_path, *DOCUMENTS)
    searcher = open_searcher("whoosh", tmp_path)
    searcher.close()
    with pytest.raises(ValueError, match="closed"):
        searcher.search(Everything())
