"""Copy all rows of a catalog into an empty one, whichever databases the two are in."""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, RowMapping, Table, delete, func, select, tuple_

from index.catalog.migrations.rewriting import give_archive_id
from index.catalog.schema import articles, counters, decisions, meta, metadata, staged, work
from index.catalog.writing.statements import insert_rows
from index.errors import CatalogError

__all__ = ["Copied", "copy_rows"]

Copied = Callable[[int, int], None]
"""Told the number of rows that are copied so far, and of all rows."""

_ROWS_AT_ONCE = 2_000
# These have long texts.
_FEW_ROWS_AT_ONCE = 100


def copy_rows(source: Connection, target: Connection, *, on_copied: Copied | None = None) -> int:
    """Copy everything, in the transactions of the two connections, and return the number of articles.

    The copy gets an id of its own as an archive, so that nobody takes answers of one for those of the other. Raises
    `CatalogError` when there is something in the target already, or when not every row arrived.
    """
    if any(_count(target, table) for table in (articles, decisions, staged)):
        raise CatalogError("There is an archive already where this one should go. Name another place.")
    for table in (meta, counters):
        target.execute(delete(table))
    # Leases are of the workers of one catalog; what waits to be read is queued again by the next run.
    tables = [table for table in metadata.sorted_tables if table is not work]
    total = sum(_count(source, table) for table in tables)
    done = 0
    for table in tables:
        for rows in _pages(source, table):
            insert_rows(target, table, [dict(row) for row in rows])
            done += len(rows)
            if on_copied is not None:
                on_copied(done, total)
        if _count(target, table) != _count(source, table):
            raise CatalogError(f"Not every row of the table {table.name} arrived. Nothing was kept. Try again.")
    target.execute(delete(meta).where(meta.c.key == "archive"))
    give_archive_id(target)
    return _count(target, articles)


def _pages(connection: Connection, table: Table) -> Iterator[Sequence[RowMapping]]:
    """Yield the rows of a table by its primary key: a driver may hold all that a statement gives in memory."""
    key = tuple_(*table.primary_key.columns)
    names = [column.name for column in table.primary_key.columns]
    size = _FEW_ROWS_AT_ONCE if table in (articles, staged) else _ROWS_AT_ONCE
    statement = select(table).order_by(*table.primary_key.columns).limit(size)
    rows = connection.execute(statement).mappings().all()
    while rows:
        yield rows
        last = [rows[-1][name] for name in names]
        rows = connection.execute(statement.where(key > tuple_(*last))).mappings().all()


def _count(connection: Connection, table: Table) -> int:
    return int(connection.scalar(select(func.count()).select_from(table)) or 0)
