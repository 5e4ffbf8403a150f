"""The engines that the contract holds for, and the documents it is checked with."""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from index.engines.base import IndexWriter
from index.engines.registry import open_writer
from index.model import Document
from search.engines.base import Searcher
from search.engines.registry import open_searcher
from tests.reference_engine import ReferenceSearcher, ReferenceWriter

__all__ = ["ENGINES", "Engine", "abandon"]


class OpenWriter(Protocol):
    def __call__(self, folder: Path, *, generation: str | None = None) -> IndexWriter: ...


class OpenSearcher(Protocol):
    def __call__(self, folder: Path, *, generation: str | None = None) -> Searcher: ...


@dataclass(frozen=True, slots=True)
class Engine:
    """How to open one engine on a folder."""

    name: str
    open_writer: OpenWriter
    open_searcher: OpenSearcher

    def write(self, folder: Path, documents: Iterable[Document]) -> Searcher:
        """Commit documents and search them."""
        with self.open_writer(folder) as writer:
            writer.put(documents)
        return self.open_searcher(folder)


ENGINES = (
    Engine("reference", ReferenceWriter, ReferenceSearcher),
    Engine("whoosh", partial(open_writer, "whoosh", lock_seconds=0), partial(open_searcher, "whoosh")),
)


def abandon(writer: IndexWriter) -> None:
    """End a session as an exception does: without commit."""
    with contextlib.suppress(KeyboardInterrupt), writer:
        raise KeyboardInterrupt
