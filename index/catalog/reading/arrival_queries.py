"""Queries for when articles came and changed."""

import json
from collections.abc import Sequence

from index.catalog.reading.connection import IDS, Connection
from index.catalog.reading.records import Arrival

__all__ = ["arrivals", "arrived_after", "changed_after", "last_arrival", "last_changed"]

_ARRIVALS = (
    "SELECT a.id, r.article, r.change, r.added, r.changed FROM arrivals r JOIN articles a ON a.number = r.article"
)
# An id has an index of its own; so the articles are looked up first.
_BY_ID = f"{_ARRIVALS} WHERE a.id IN {IDS}"
_LAST = f"{_ARRIVALS} WHERE r.change < ? ORDER BY r.change DESC LIMIT ?"
_ARRIVED = f"{_ARRIVALS} WHERE r.article > ? ORDER BY r.article LIMIT ?"
_CHANGED = f"{_ARRIVALS} WHERE r.change > ? ORDER BY r.change LIMIT ?"
_HIGHEST = 2**63 - 1


def arrivals(connection: Connection, ids: Sequence[str]) -> dict[str, Arrival]:
    """Return when articles came and changed, in the order of `ids`."""
    found = {row[0]: Arrival(*row) for row in connection.execute(_BY_ID, (json.dumps(list(ids)),))}
    return {article_id: found[article_id] for article_id in ids if article_id in found}


def last_changed(connection: Connection, *, before: int | None, limit: int) -> tuple[Arrival, ...]:
    """Return the articles that came or changed last."""
    highest = _HIGHEST if before is None else before
    return tuple(Arrival(*row) for row in connection.execute(_LAST, (highest, limit)))


def arrived_after(connection: Connection, number: int, *, limit: int) -> tuple[Arrival, ...]:
    """Return the next articles by their number."""
    return tuple(Arrival(*row) for row in connection.execute(_ARRIVED, (number, limit)))


def changed_after(connection: Connection, change: int, *, limit: int) -> tuple[Arrival, ...]:
    """Return the next articles by their change."""
    return tuple(Arrival(*row) for row in connection.execute(_CHANGED, (change, limit)))


def last_arrival(connection: Connection, *, before: str | None) -> tuple[int, int]:
    """Return the highest number and the highest change, of what came and changed before a time."""
    if before is None:
        found = connection.execute("SELECT (SELECT max(article) FROM arrivals), (SELECT max(change) FROM arrivals)")
    else:
        found = connection.execute(
            "SELECT (SELECT max(article) FROM arrivals WHERE added < ?),"
            " (SELECT max(change) FROM arrivals WHERE changed < ?)",
            (before, before),
        )
    number, change = found.fetchone()
    return number or 0, change or 0
