"""The engines of this project, each through its writer and its searcher."""

import time
from collections.abc import Callable, Iterable
from typing import ClassVar

from index.engines.base import EngineLocation
from index.engines.registry import open_writer
from index.model import Document
from search.engines.base import FacetRequest, Searcher
from search.engines.registry import open_searcher
from search.query.ast import And, Everything, FuzzyTerm, Keyword, Or, PrefixTerm, Query, Term, TermSequence
from tests.benchmarks.peers.base import FACET_FIELDS, Answer, LocalPeer, Peer, Place
from tests.benchmarks.queries import BenchmarkQuery

__all__ = ["of_engine", "our_query"]

_FACETS = [FacetRequest(name) for name in FACET_FIELDS]


class _Dossier(LocalPeer):
    """An engine of ours in a folder."""

    engine: ClassVar[str]

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._location = EngineLocation(place.folder, place.url)
        self._searcher: Searcher | None = None

    def build(self, documents: Iterable[Document]) -> None:
        """See the protocol."""
        with open_writer(self.engine, self._location, lock_seconds=0) as writer:
            writer.put(documents)

    def open(self) -> None:
        """See the protocol. Everything is counted once, as a server does before the first reader comes."""
        self._searcher = open_searcher(self.engine, self._location)
        self._searcher.search(Everything(), facets=_FACETS)

    def search(self, query: BenchmarkQuery, *, is_faceted: bool) -> Answer:
        """See the protocol."""
        assert self._searcher is not None
        result = self._searcher.search(our_query(query), facets=_FACETS if is_faceted else ())
        return result.total, {facet.field: [bucket.count for bucket in facet.buckets] for facet in result.facets}

    def close(self) -> None:
        """See the protocol."""
        if self._searcher is not None:
            self._searcher.close()


class _Served(_Dossier):
    """An engine of ours whose index is on a server."""

    clock: ClassVar[str] = "wall"

    def __init__(self, place: Place) -> None:
        from tests.benchmarks.peers.server import MeasuredServer

        super().__init__(place)
        self._server = MeasuredServer(place.url)

    def seconds(self) -> float:
        """See the protocol."""
        return time.perf_counter()

    def work_seconds(self) -> float:
        """See the protocol."""
        return self._server.work_seconds()

    def process(self) -> int | None:
        """See the protocol."""
        return self._server.process()

    def size(self) -> int:
        """See the protocol. All indexes whose name begins as this one's, as a rebuild makes them."""
        from index.engines.opensearch.options import read_options

        return self._server.size(f"{read_options(self._location).name}*")

    def close(self) -> None:
        """See the protocol."""
        super().close()
        self._server.close()


def of_engine(name: str, *, is_served: bool) -> Callable[[Place], Peer]:
    """Return the peer of the engine with this name."""
    return type(f"Dossier_{name}", (_Served if is_served else _Dossier,), {"engine": name})


def our_query(query: BenchmarkQuery) -> Query:
    """Return a query as our engines take it."""
    terms = tuple(Term("body", term) for term in query.terms)
    match query.kind:
        case "all":
            return Everything()
        case "or2":
            return Or(terms)
        case "phrase":
            return TermSequence("body", query.terms)
        case "prefix":
            return PrefixTerm("body", query.terms[0])
        case "fuzzy":
            return FuzzyTerm("body", query.terms[0], 1)
        case "filter":
            return And((*terms, Keyword("people", (query.value,))))
        case _:
            return And(terms)
