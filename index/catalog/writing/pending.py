"""Documents that the engine must write or delete, each with a mark that changes whenever it is marked again."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select

from index.catalog.records import PendingDocument
from index.catalog.schema import articles, pending
from index.catalog.writing.counters import MARKS, reserve
from index.catalog.writing.statements import execute_many, put_rows

__all__ = ["confirm", "count_pending", "mark_all_pending", "mark_pending", "read_pending"]


def mark_pending(connection: Connection, ids: Iterable[str]) -> None:
    """Mark documents as pending; one that is pending already gets a new mark."""
    wanted = list(dict.fromkeys(ids))
    if wanted:
        mark = reserve(connection, MARKS)
        put_rows(connection, pending, ("mark",), [{"id": document_id, "mark": mark} for document_id in wanted])


def mark_all_pending(connection: Connection) -> None:
    """Mark the documents of all articles, and keep those that are pending without an article (to be deleted)."""
    mark = reserve(connection, MARKS)
    connection.execute(delete(pending).where(pending.c.id.in_(select(articles.c.id))))
    everything = select(articles.c.id, literal(mark))
    connection.execute(insert(pending).from_select(["id", "mark"], everything))


def read_pending(connection: Connection, *, limit: int, after: str) -> tuple[PendingDocument, ...]:
    """Return the next `limit` pending documents after an id, in code point order."""
    statement = select(pending.c.id, pending.c.mark).where(pending.c.id > after).order_by(pending.c.id).limit(limit)
    return tuple(PendingDocument(document_id, mark) for document_id, mark in connection.execute(statement))


def count_pending(connection: Connection) -> int:
    """Return the number of pending documents."""
    return connection.scalar(select(func.count()).select_from(pending)) or 0


def confirm(connection: Connection, documents: Sequence[PendingDocument]) -> None:
    """Remove documents from the list, but those that were marked again since they were read."""
    statement = delete(pending).where(pending.c.id == bindparam("_id"), pending.c.mark == bindparam("_mark"))
    execute_many(connection, statement, [{"_id": item.id, "_mark": item.mark} for item in documents])
