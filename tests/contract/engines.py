"""The engines that the contract holds for, and the documents it is checked with."""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.engines.base import Capabilities, EngineLocation, IndexWriter
from index.engines.registry import ENGINES as BUILT_IN
from index.engines.registry import find_engine, load_class
from index.errors import UsageError
from index.model import Document
from search.engines.base import Searcher
from tests.approximate_engine import ApproximateSearcher, ApproximateWriter
from tests.reference_engine import ReferenceSearcher, ReferenceWriter

__all__ = ["APPROXIMATE", "ENGINES", "INSTALLED", "MISSING", "REFERENCE", "Engine", "abandon", "engines_that"]


@dataclass(frozen=True, slots=True)
class Engine:
    """The functions that open one engine on a folder."""

    name: str
    writer: type[IndexWriter]
    searcher: type[Searcher]

    @property
    def capabilities(self) -> Capabilities:
        return self.searcher.capabilities

    def open_writer(self, folder: Path, *, is_fresh: bool = False, generation: str | None = None) -> IndexWriter:
        return self.writer(EngineLocation(folder), lock_seconds=0, is_fresh=is_fresh, generation=generation)

    def open_searcher(self, folder: Path, *, generation: str | None = None) -> Searcher:
        return self.searcher(EngineLocation(folder), generation=generation)

    def write(self, folder: Path, documents: Iterable[Document]) -> Searcher:
        """Commit documents and search them."""
        with self.open_writer(folder) as writer:
            writer.put(documents)
        return self.open_searcher(folder)


def _registered(name: str) -> Engine:
    entry = find_engine(name)
    return Engine(name, load_class(name, entry, entry.writer), load_class(name, entry, entry.searcher))


def _hint(name: str) -> str:
    """What to do to have an engine, "" when it is here. An engine that needs no extra is always here."""
    entry = find_engine(name)
    try:
        if entry.extra:
            load_class(name, entry, entry.writer)
    except UsageError as error:
        return str(error)
    return ""


MISSING = {name: hint for name in BUILT_IN if (hint := _hint(name))}
"""Engines whose packages are not installed, with what to do about it; `test_installed.py` tells of them."""
INSTALLED = tuple(name for name in BUILT_IN if name not in MISSING)

REFERENCE = Engine("reference", ReferenceWriter, ReferenceSearcher)
APPROXIMATE = Engine("approximate", ApproximateWriter, ApproximateSearcher)
ENGINES = (REFERENCE, *map(_registered, INSTALLED), APPROXIMATE)


def engines_that(capability: str) -> list[Engine]:
    """The engines that declare a capability; what it means is a test's matter, so that nothing is skipped."""
    return [engine for engine in ENGINES if getattr(engine.capabilities, capability)]


def abandon(writer: IndexWriter) -> None:
    """End a session as an exception does: without commit."""
    with contextlib.suppress(KeyboardInterrupt), writer:
        raise KeyboardInterrupt
