"""The protocol of the engines that are measured."""

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from index.model import Document
from tests.benchmarks.queries import BenchmarkQuery

__all__ = ["FACET_FIELDS", "Answer", "LocalPeer", "Peer", "Place", "facet_values"]

FACET_FIELDS = ("people", "organizations", "places", "systems", "sources")

# The total, and the counts of the best ten values by facet; no facets when none were asked for.
Answer = tuple[int, dict[str, list[int]]]


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of an index, and the server that holds it instead, if any."""

    folder: Path
    url: str = ""


class Peer(Protocol):
    """An engine; made anew for each pass, so that nothing is answered from a cache of earlier passes.

    `clock` is "CPU", or "wall" where a server works. `notes` says what is special about its figures.
    """

    clock: ClassVar[str]
    notes: ClassVar[str]

    def __init__(self, place: Place) -> None:
        """Begin without an index."""
        ...

    def build(self, documents: Iterable[Document]) -> None:
        """Index documents into the empty place."""
        ...

    def open(self) -> None:
        """Get ready for searching."""
        ...

    def search(self, query: BenchmarkQuery, *, is_faceted: bool) -> Answer | None:
        """Ten hits, the total and five facets if they are wanted; None when the engine has no such query."""
        ...

    def seconds(self) -> float:
        """Return the time of the clock; differences of it are the time that a search took."""
        ...

    def work_seconds(self) -> float:
        """Return the CPU seconds used so far by all processes that index."""
        ...

    def process(self) -> int | None:
        """Return the process whose memory counts, None for a server on other machines."""
        ...

    def size(self) -> int:
        """Return the bytes of the index on disk."""
        ...

    def close(self) -> None:
        """Release all."""
        ...


class LocalPeer:
    """A peer that works in this process, on a folder."""

    clock: ClassVar[str] = "CPU"
    notes: ClassVar[str] = ""

    def __init__(self, place: Place) -> None:
        self._folder = place.folder

    def seconds(self) -> float:
        """See the protocol."""
        return time.process_time()

    def work_seconds(self) -> float:
        """See the protocol."""
        return self.seconds()

    def process(self) -> int | None:
        """See the protocol."""
        return os.getpid()

    def size(self) -> int:
        """See the protocol."""
        return sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())

    def close(self) -> None:
        """See the protocol."""


def facet_values(document: Document) -> Mapping[str, tuple[str, ...]]:
    """Return the values of a document in each of the five facets."""
    return {name: getattr(document, name) for name in FACET_FIELDS if name != "sources"} | {
        "sources": (document.source,) if document.source else ()
    }
