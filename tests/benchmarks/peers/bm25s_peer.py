"""bm25s: scores of whole collections; no totals, facets, phrases, prefixes or filters."""

from collections.abc import Iterable
from typing import ClassVar

import bm25s

from index.analyzer import index_terms
from index.model import Document
from tests.benchmarks.peers.base import Answer, LocalPeer
from tests.benchmarks.queries import BenchmarkQuery

__all__ = ["Bm25s"]

_KINDS = ("common", "mid", "rare", "or2")


class Bm25s(LocalPeer):
    """See `Peer`."""

    notes: ClassVar[str] = "ten hits alone: it has no totals and no facets"

    def build(self, documents: Iterable[Document]) -> None:
        """See the protocol."""
        model = bm25s.BM25()
        model.index([index_terms(document.body, document.language)[0] for document in documents], show_progress=False)
        model.save(str(self._folder), show_progress=False)

    def open(self) -> None:
        """See the protocol."""
        self._model = bm25s.BM25.load(str(self._folder), mmap=True, show_progress=False)

    def search(self, query: BenchmarkQuery, *, is_faceted: bool) -> Answer | None:
        """See the protocol. The total is -1, as there is none."""
        if is_faceted or query.kind not in _KINDS:
            return None
        self._model.retrieve([list(query.terms)], k=10, show_progress=False, n_threads=0)
        return -1, {}
