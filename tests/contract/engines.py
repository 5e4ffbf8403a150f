"""The engines that the contract holds for, and the documents it is checked with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from index.engines.base import IndexWriter
from index.engines.registry import open_writer
from index.model import Document
from search.engines.base import Searcher
from search.engines.registry import open_searcher
from tests.reference_engine import ReferenceSearcher, ReferenceWriter

__all__ = ["ENGINES", "Engine"]


@dataclass(frozen=True, slots=True)
class Engine:
    """How to open one engine on a folder."""

    name: str
    open_writer: Callable[[Path], IndexWriter]
    open_searcher: Callable[[Path], Searcher]

    def write(self, folder: Path, documents: Iterable[Document]) -> Searcher:
        """Commit documents and search them."""
        with self.open_writer(folder) as writer:
            writer.put(documents)
        return self.open_searcher(folder)


ENGINES = (
    Engine("reference", ReferenceWriter, ReferenceSearcher),
    Engine(
        "whoosh",
        lambda folder: open_writer("whoosh", folder, lock_seconds=0),
        lambda folder: open_searcher("whoosh", folder),
    ),
)
