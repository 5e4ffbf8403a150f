"""Locks of a catalog on a server, for all machines that use it. Each goes with the connection that took it."""

from contextlib import suppress
from enum import IntEnum

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from index.catalog.postgres.database import PostgresDatabase

__all__ = ["LockName", "ServerLock"]


class LockName(IntEnum):
    """The first half of the number of an advisory lock; the second half is that of the schema.

    PUBLICATION is held by the one process that makes a change visible, PUBLISHER by the one that does so from time to
    time while others read, INGEST by all that read, and alone by a command that nobody may read beside.
    """

    PUBLICATION = 0x444F5354
    PUBLISHER = 0x444F5355
    INGEST = 0x444F5356


class ServerLock:
    """An advisory lock on a connection of its own: when the process or its machine dies, the server releases it."""

    def __init__(self, url: str, name: LockName, *, is_shared: bool = False) -> None:
        """`is_shared`: any number of processes hold it at a time, as long as nobody holds it alone."""
        self._database = PostgresDatabase(url)
        self._name = name
        self._suffix = "_shared" if is_shared else ""
        self._connection: Connection | None = None

    def acquire(self, *, seconds: float) -> None:
        """Take the lock. Raises `IndexLockedError` when others hold it for longer than `seconds`, `CatalogError`."""
        connection = self._database.connect()
        try:
            connection.exec_driver_sql(f"SET lock_timeout = {max(1, round(seconds * 1000))}")
            self._call(connection, "pg_advisory_lock")
        except DBAPIError as error:
            self._end(connection)
            raise self._database.error(error) from error
        except BaseException:
            self._end(connection)
            raise
        self._connection = connection

    def try_acquire(self) -> bool:
        """Take the lock if nobody else holds it; True when it is held now. Raises `CatalogError`."""
        if self._connection is not None:
            return True
        connection = self._database.connect()
        try:
            is_taken = bool(self._call(connection, "pg_try_advisory_lock"))
        except DBAPIError as error:
            self._end(connection)
            raise self._database.error(error) from error
        if is_taken:
            self._connection = connection
        else:
            # Back to those that are kept for the next try.
            connection.close()
        return is_taken

    def is_held(self) -> bool:
        """True while this process holds the lock; a lost connection has lost it."""
        if self._connection is None:
            return False
        try:
            self._connection.exec_driver_sql("SELECT 1")
        except (DBAPIError, ConnectionError):
            self._end(self._connection)
            self._connection = None
        return self._connection is not None

    def release(self) -> None:
        """Give the lock back; it is free when this returns. Releasing twice is harmless."""
        connection, self._connection = self._connection, None
        if connection is not None:
            # With the connection the lock ends, too: a server that is gone needs no word.
            with suppress(DBAPIError, ConnectionError):
                self._call(connection, "pg_advisory_unlock")
            self._end(connection)

    def close(self) -> None:
        """Give the lock back, and close the connections."""
        self.release()
        self._database.close()

    def _call(self, connection: Connection, function: str) -> object:
        statement = f"SELECT {function}{self._suffix}({self._name.value}, hashtext(current_schema()))"
        return connection.exec_driver_sql(statement).scalar()

    def _end(self, connection: Connection) -> None:
        # A connection that goes back to the pool would keep what it holds.
        connection.invalidate()
        connection.close()
