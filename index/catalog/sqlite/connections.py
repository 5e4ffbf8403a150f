"""Read-only connections to the catalog file, for many threads, with the standard library alone."""

import sqlite3
import weakref
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from index.catalog.rows import CATALOG_FILE
from index.catalog.sqlite.errors import make_error
from index.errors import IndexMissingError

__all__ = ["ConnectionPool"]

_BUSY_SECONDS = 10


class ConnectionPool:
    """Connections to the catalog of an index folder; each is used by one thread at a time and kept for the next.

    Raises `IndexMissingError` when the folder holds no catalog.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / CATALOG_FILE
        if not self._file.is_file():
            raise IndexMissingError(f"There is no index in {folder} - run: search-cli index FOLDER")
        # Adding to and taking from a deque is atomic.
        self._idle: deque[sqlite3.Connection] = deque()
        self._is_closed = False
        # Also when nobody closes the pool: from Python 3.13 on, a connection that is only dropped is a warning.
        weakref.finalize(self, _close_all, self._idle)

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection whose queries all see one committed state.

        Raises `CatalogError` for errors of the database, `IndexLockedError` when it is locked for too long.
        """
        try:
            connection = self._take()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                if connection.in_transaction:
                    connection.rollback()
                self._give_back(connection)
        except sqlite3.DatabaseError as error:
            raise make_error(error, where=str(self._file)) from error

    def schema_version(self) -> int | None:
        """Return the version of the tables, None when there are none."""
        with self.snapshot() as connection:
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone() is None:
                return None
            row = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
            return None if row is None else int(row[0])

    def close(self) -> None:
        """Close the connections that are idle, and the others when they are given back."""
        self._is_closed = True
        _close_all(self._idle)

    def _take(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if self._is_closed:
            connection.close()
        else:
            self._idle.append(connection)

    def _connect(self) -> sqlite3.Connection:
        connection = self._open("mode=ro")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            if not isinstance(error, sqlite3.OperationalError):
                raise
            # A write-ahead log cannot be followed where nothing may be written, on read-only media for instance;
            # without a log, the file is all there is.
            if self._file.with_name(self._file.name + "-wal").exists():
                raise
            connection = self._open("mode=ro&immutable=1")
        return connection

    def _open(self, options: str) -> sqlite3.Connection:
        return sqlite3.connect(
            f"file:{quote(str(self._file.absolute()))}?{options}",
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )


def _close_all(connections: deque[sqlite3.Connection]) -> None:
    while connections:
        connections.pop().close()
