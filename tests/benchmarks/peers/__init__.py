"""The engines that are measured, by name: ours, and others as they come.

All but stock Whoosh are given the terms of our analyzer, so that counts can be compared. Each answers with the total,
reads the ids of ten hits, and counts the ten most frequent values of each facet.
"""

from collections.abc import Callable
from importlib import import_module
from typing import cast

from index.engines.registry import ENGINES
from tests.benchmarks.peers.base import FACET_FIELDS, Answer, Peer, Place

__all__ = ["FACET_FIELDS", "PEERS", "SERVED", "Answer", "Peer", "Place", "make_peer"]

# Imported when used, so that a package that is missing leaves out one engine, and no engine pays for another's memory.
_OTHERS = {
    "raw tantivy": "raw_tantivy:Tantivy",
    "raw opensearch": "raw_opensearch:RawOpenSearch",
    "sqlite joins": "sqlite_fts5:SqliteJoins",
    "sqlite columns": "sqlite_fts5:SqliteColumns",
    "sqlite all fields": "sqlite_fts5:SqliteAll",
    "xapian": "xapian_peer:Xapian",
    "bm25s": "bm25s_peer:Bm25s",
    "stock whoosh": "stock_whoosh:StockWhoosh",
}

PEERS = (*ENGINES, *_OTHERS)
"""Names of all engines; those of ours as in `ENGINES`."""

SERVED = frozenset({"opensearch", "raw opensearch"})
"""Those that need the address of a server."""


def make_peer(name: str, place: Place) -> Peer:
    """Return an engine by name. Raises `ImportError` or `UsageError` when its package is not installed."""
    if name in ENGINES:
        from tests.benchmarks.peers.dossier import of_engine

        return of_engine(name, is_served=name in SERVED)(place)
    module, _, attribute = _OTHERS[name].partition(":")
    # The table names classes that implement the protocol.
    make = cast("Callable[[Place], Peer]", getattr(import_module(f"tests.benchmarks.peers.{module}"), attribute))
    return make(place)
