"""Statements of the readers in the words of PostgreSQL, over connections of SQLAlchemy."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult

from index.catalog.reading.connection import Rows

__all__ = ["ReadConnections", "translate"]

# Statements of the readers never have a question mark or a percent sign in a text of theirs: all such are parameters.
_WORDS = (
    ("json_each(?)", "json_array_elements_text(CAST(%s AS json))"),
    ("instr(", "strpos("),
    ("?", "%s"),
)


@lru_cache(maxsize=500)
def translate(statement: str) -> str:
    """Return a statement of the readers in the words of PostgreSQL, with the parameters that its drivers share.

    >>> translate("SELECT id FROM articles WHERE instr(title, ?) > 0 LIMIT ?")
    'SELECT id FROM articles WHERE strpos(title, %s) > 0 LIMIT %s'
    """
    for written, meant in _WORDS:
        statement = statement.replace(written, meant)
    return statement


class ReadConnections:
    """The `Connections` of a reader on a PostgreSQL server."""

    def __init__(
        self, connections: Callable[[], AbstractContextManager[Connection]], *, close: Callable[[], None] | None = None
    ) -> None:
        """`connections` yields a connection in a transaction that sees one state; `close` releases them."""
        self._connections = connections
        self._close = close

    @contextmanager
    def snapshot(self) -> Iterator["_Statements"]:
        """See `Connections`."""
        with self._connections() as connection:
            yield _Statements(connection)

    def close(self) -> None:
        """See `Connections`."""
        if self._close is not None:
            self._close()


class _Statements:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, parameters: Sequence[Any] = (), /) -> Rows:
        return _Rows(self._connection.exec_driver_sql(translate(statement), tuple(parameters)))


class _Rows:
    """The rows of SQLAlchemy's result and no more of it: with its `keys`, `dict` would take it for a mapping."""

    def __init__(self, result: CursorResult[Any]) -> None:
        self._result = result

    def __iter__(self) -> Iterator[Any]:
        return iter(self._result)

    def fetchone(self) -> Any:
        return self._result.fetchone()

    def fetchall(self) -> Sequence[Any]:
        return self._result.fetchall()
