"""Statements that SQLite and PostgreSQL spell alike but SQLAlchemy keeps by dialect, and lists cut to length."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Executable, Insert, Table
from sqlalchemy.dialects import sqlite

from index.errors import CatalogError

__all__ = [
    "LONGEST_LIST",
    "Row",
    "add_counts",
    "chunks",
    "execute_many",
    "insert_missing",
    "insert_rows",
    "put_rows",
]

# SQLite before 3.32 takes 999 parameters in a statement.
LONGEST_LIST = 400

# Values of any column type, by column.
Row = Mapping[str, Any]

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_Item = TypeVar("_Item")


def chunks(items: Iterable[_Item], size: int = LONGEST_LIST) -> Iterator[list[_Item]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def execute_many(connection: Connection, statement: Executable, rows: Sequence[Row]) -> None:
    """Execute a statement once for each row of parameters, all with the same names; none is fine.

    SQLAlchemy's own way spends 13 microseconds on each row, five times what SQLite needs to insert it.
    """
    if not rows:
        return
    if isinstance(statement, Insert) and connection.dialect.use_insertmanyvalues_wo_returning:
        # A server is asked once for many rows: a round trip costs more than all else.
        connection.execute(statement, rows)
        return
    names = list(rows[0])
    compiled = statement.compile(dialect=connection.dialect, column_keys=names)  # type: ignore[attr-defined]  # all DML
    if compiled.positional:
        pick = itemgetter(*compiled.positiontup)
        values = [(pick(row),) for row in rows] if len(compiled.positiontup) == 1 else [pick(row) for row in rows]
        connection.exec_driver_sql(str(compiled), values)
    else:
        connection.exec_driver_sql(str(compiled), list(rows))


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows."""
    execute_many(connection, table.insert(), rows)


def insert_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert those rows whose key is not there yet."""
    execute_many(connection, _insert(connection, table).on_conflict_do_nothing(), rows)


def add_counts(connection: Connection, table: Table, counts: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows, no key twice; where the primary key is there already, add their counts to the counts there."""
    statement = _insert(connection, table)
    added = {name: table.c[name] + statement.excluded[name] for name in counts}
    keys = [column.name for column in table.primary_key.columns]
    execute_many(connection, statement.on_conflict_do_update(index_elements=keys, set_=added), rows)


def put_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows, no key twice; where the primary key is there already, replace these columns."""
    statement = _insert(connection, table)
    replaced = {name: statement.excluded[name] for name in columns}
    keys = [column.name for column in table.primary_key.columns]
    execute_many(connection, statement.on_conflict_do_update(index_elements=keys, set_=replaced), rows)


def _insert(connection: Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    match connection.dialect.name:
        case "sqlite":
            return sqlite.Insert(table)
        case "postgresql":
            # Its import takes 40 ms, which commands on an SQLite file must not pay.
            from sqlalchemy.dialects import postgresql

            return postgresql.Insert(table)
        case other:
            raise CatalogError(f"The catalog cannot be kept in {other}. Use SQLite or PostgreSQL.")
