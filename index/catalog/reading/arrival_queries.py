"""Queries for when articles came and changed, in SQL that SQLite and PostgreSQL share."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from index.catalog.reader import Arrival
from index.catalog.schema import arrivals, articles
from index.catalog.writing.statements import chunks

__all__ = ["read_arrivals", "read_arrived_after", "read_changed_after", "read_last_arrival", "read_last_changed"]


# The types of the columns are those of `Arrival`, which no type checker can see.
def _arrivals() -> Select[Any]:
    columns = (articles.c.id, arrivals.c.article, arrivals.c.change, arrivals.c.added, arrivals.c.changed)
    return select(*columns).select_from(arrivals.join(articles, articles.c.number == arrivals.c.article))


def read_arrivals(connection: Connection, ids: Sequence[str]) -> dict[str, Arrival]:
    """Return when articles came and changed, in the order of `ids`."""
    found: dict[str, Arrival] = {}
    for chunk in chunks(ids):
        found.update((row.id, Arrival(*row)) for row in connection.execute(_arrivals().where(articles.c.id.in_(chunk))))
    return {article_id: found[article_id] for article_id in ids if article_id in found}


def read_last_changed(connection: Connection, *, before: int | None, limit: int) -> tuple[Arrival, ...]:
    """Return the articles that came or changed last."""
    statement = _arrivals().order_by(arrivals.c.change.desc()).limit(limit)
    if before is not None:
        statement = statement.where(arrivals.c.change < before)
    return tuple(Arrival(*row) for row in connection.execute(statement))


def read_arrived_after(connection: Connection, number: int, *, limit: int) -> tuple[Arrival, ...]:
    """Return the next articles by their number."""
    statement = _arrivals().where(arrivals.c.article > number).order_by(arrivals.c.article).limit(limit)
    return tuple(Arrival(*row) for row in connection.execute(statement))


def read_changed_after(connection: Connection, change: int, *, limit: int) -> tuple[Arrival, ...]:
    """Return the next articles by their change."""
    statement = _arrivals().where(arrivals.c.change > change).order_by(arrivals.c.change).limit(limit)
    return tuple(Arrival(*row) for row in connection.execute(statement))


def read_last_arrival(connection: Connection, *, before: str | None) -> tuple[int, int]:
    """Return the highest number and the highest change, of what came and changed before a time."""
    number, change = select(func.max(arrivals.c.article)), select(func.max(arrivals.c.change))
    if before is not None:
        number, change = number.where(arrivals.c.added < before), change.where(arrivals.c.changed < before)
    return connection.scalar(number) or 0, connection.scalar(change) or 0
