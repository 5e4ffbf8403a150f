"""Connections of a reader: statements with their rows, all of one state."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final, Protocol

__all__ = ["IDS", "NUMBERS", "Connection", "Connections", "OneConnection", "Rows"]

IDS: Final = "(SELECT value FROM json_each(?))"
"""List of texts as one parameter, in JSON: a list of any length is the same statement, prepared once."""

NUMBERS: Final = "(SELECT CAST(value AS BIGINT) FROM json_each(?))"
"""List of whole numbers as one parameter, in JSON."""


# Rows come from a database: their values have the types of the columns, which no type checker can see.
class Rows(Protocol):
    """The rows that a statement found, each a sequence of values."""

    def __iter__(self) -> Iterator[Any]: ...

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        ...

    def fetchall(self) -> Sequence[Any]:
        """Return all rows that are left."""
        ...


class Connection(Protocol):
    """A connection in a transaction that sees one state of the catalog; one of `sqlite3` is one."""

    def execute(self, statement: str, parameters: Sequence[Any] = (), /) -> Rows:
        """Run a statement that reads.

        It is in SQL that all databases understand, with `?` for each parameter, `json_each(?)` for a list, and
        `instr(text, part)`: what is spelled otherwise elsewhere is translated there.
        """
        ...


class Connections(Protocol):
    """Source of connections for a reader."""

    def snapshot(self) -> AbstractContextManager[Connection]:
        """Yield a connection whose queries all see one state."""
        ...

    def close(self) -> None:
        """Release the connections."""
        ...


class OneConnection:
    """A connection in the middle of a transaction, which all calls share."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """See `Connections`."""
        yield self._connection

    def close(self) -> None:
        """Do nothing: the connection belongs to others."""
