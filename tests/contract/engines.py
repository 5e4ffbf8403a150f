"""The engines that the contract holds for, and the documents it is checked with."""

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from index.engines.base import Capabilities, EngineLocation, IndexWriter
from index.engines.registry import ENGINES as BUILT_IN
from index.engines.registry import find_engine, load_class
from index.errors import UsageError
from index.model import Document
from search.engines.base import Searcher
from tests.reference.approximate_engine import ApproximateSearcher, ApproximateWriter
from tests.reference.engine import ReferenceSearcher, ReferenceWriter

__all__ = [
    "APPROXIMATE",
    "ENGINES",
    "INSTALLED",
    "MISSING",
    "REFERENCE",
    "URLS",
    "Engine",
    "abandon",
    "engines_that",
    "parameters",
    "running",
    "shown",
]


URLS: dict[str, str] = {}
"""Addresses of the servers of engines, set by the fixture `running` before an engine is used."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The functions that open one engine on a folder."""

    name: str
    writer: type[IndexWriter]
    searcher: type[Searcher]
    server: str = ""
    """The fixture that starts its server, "" for an engine that is none."""

    @property
    def capabilities(self) -> Capabilities:
        return self.searcher.capabilities

    def open_writer(self, folder: Path, *, is_fresh: bool = False, generation: str | None = None) -> IndexWriter:
        return self.writer(self.location(folder), lock_seconds=0, is_fresh=is_fresh, generation=generation)

    def open_searcher(self, folder: Path, *, generation: str | None = None) -> Searcher:
        return self.searcher(self.location(folder), generation=generation)

    def location(self, folder: Path) -> EngineLocation:
        return EngineLocation(folder, url=URLS.get(self.name, ""))

    def write(self, folder: Path, documents: Iterable[Document]) -> Searcher:
        """Commit documents and search them."""
        with self.open_writer(folder) as writer:
            writer.put(documents)
        return self.open_searcher(folder)


def _registered(name: str) -> Engine:
    entry = find_engine(name)
    writer, searcher = load_class(name, entry, entry.writer), load_class(name, entry, entry.searcher)
    return Engine(name, writer, searcher, _SERVERS.get(name, ""))


_SERVERS = {"opensearch": "opensearch_server"}


def _hint(name: str) -> str:
    """Return the advice by which one gets an engine, "" when it is here. One that needs no extra is always here."""
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


_WRITTEN: dict[tuple[str, Sequence[Document]], Searcher] = {}


def shown(engine: Engine, folder: Path, documents: Sequence[Document]) -> Searcher:
    """A searcher for tests that only read. On a server, where writing takes longest, documents are written once."""
    if not engine.server:
        return engine.write(folder, documents)
    if (engine.name, documents) not in _WRITTEN:
        _WRITTEN[engine.name, documents] = engine.write(folder, documents)
    return _WRITTEN[engine.name, documents]


def engines_that(capability: str) -> list[Engine]:
    """The engines that declare a capability; what it means is a test's matter, so that nothing is skipped."""
    return [engine for engine in ENGINES if getattr(engine.capabilities, capability)]


def parameters(engines: Iterable[Engine]) -> list[ParameterSet]:
    """Engines as parameters of tests and fixtures, those with a server marked; give each to `running`."""
    marks = {True: [pytest.mark.server], False: []}
    return [pytest.param(engine, id=engine.name, marks=marks[bool(engine.server)]) for engine in engines]


def running(request: pytest.FixtureRequest) -> Engine:
    """The engine that is the parameter of a fixture, with its server running; skips where that cannot be started."""
    engine: Engine = request.param
    if engine.server:
        URLS[engine.name] = request.getfixturevalue(engine.server)
    return engine


def abandon(writer: IndexWriter) -> None:
    """End a session as an exception does: without commit."""
    with contextlib.suppress(KeyboardInterrupt), writer:
        raise KeyboardInterrupt
