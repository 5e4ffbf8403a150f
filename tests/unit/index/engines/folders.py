"""Helpers for tests of the files of an index."""

from pathlib import Path

from index.engines.registry import open_writer
from index.model import Document
from search.engines.registry import open_searcher
from search.query.ast import Everything

__all__ = ["generations", "ids", "segment_of", "write"]


def write(folder: Path, *documents: Document) -> None:
    """Commit documents."""
    with open_writer("whoosh", folder, lock_seconds=0) as writer:
        writer.put(documents)


def ids(folder: Path, generation: str | None = None) -> str:
    """The ids of all documents of a commit, one after another."""
    return "".join(open_searcher("whoosh", folder, generation=generation).scan(Everything()))


def generations(folder: Path) -> set[str]:
    """The commits that have a manifest of their own."""
    return {path.stem.removeprefix("manifest-") for path in folder.glob("manifest-*.json")}


def segment_of(folder: Path) -> Path:
    """Any segment."""
    return next(folder.glob("*.segment"))
