"""Transactions of a catalog: methods join the one that is open, or begin their own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from index.catalog.reader import CatalogReader
from index.catalog.writing.counters import CHANGES, reserve
from index.catalog.writing.dictionaries import Dictionaries
from index.errors import CatalogError, DossierError

__all__ = ["Connections", "Database", "Transactions"]

Connections = Callable[[], AbstractContextManager[Connection]]
"""Gives a connection inside a transaction."""


class Database(Protocol):
    """A database that a catalog can be kept in."""

    @property
    def where(self) -> str:
        """Name of the database in messages."""
        ...

    def write(self) -> AbstractContextManager[Connection]:
        """Begin a transaction that excludes other writers; commit at the end, or roll back after an exception."""
        ...

    def read(self) -> AbstractContextManager[Connection]:
        """Begin a transaction that sees one committed state and never waits for a writer."""
        ...

    def reader(self, connections: Connections) -> CatalogReader:
        """Return a reader that takes its connections from there; closing it does nothing."""
        ...

    def forget(self) -> None:
        """Forget what readers remember of the database, after a transaction was rolled back."""
        ...

    def error(self, error: DBAPIError) -> DossierError:
        """Return the error to raise for one of the driver: `IndexLockedError` or `CatalogError`."""
        ...

    def optimize(self, connection: Connection) -> None:
        """Update the statistics by which the database plans queries."""
        ...

    def close(self) -> None:
        """Close all connections."""
        ...


class Transactions:
    """The transactions of one catalog, used by one thread at a time."""

    def __init__(self, database: Database, dictionaries: Dictionaries) -> None:
        self._database = database
        self._dictionaries = dictionaries
        self._open: Connection | None = None
        self._has_changed = False
        self._is_spoiled = False

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Join the open transaction, or begin one that takes no lock."""
        try:
            if self._open is not None:
                yield self._open
                return
            with self._database.read() as connection:
                yield connection
        except DBAPIError as error:
            raise self._database.error(error) from error

    @contextmanager
    def write(self, *, is_visible: bool = True, has_tables: bool = True) -> Iterator[Connection]:
        """Join the open transaction, or begin one that excludes other writers.

        The change counter goes up when the transaction is committed and any part of it `is_visible` to readers. When
        a part fails, nothing of the transaction is committed, also when the exception is caught inside of it.

        `has_tables` is False for the transaction that makes or migrates them.
        """
        if self._open is not None:
            with self._joined(is_visible=is_visible) as connection:
                yield connection
            return
        try:
            with self._database.write() as connection:
                self._open = connection
                self._has_changed = self._is_spoiled = False
                if has_tables:
                    self._dictionaries.look_at(connection)
                yield connection
                if self._is_spoiled:
                    raise CatalogError(f"{self._database.where}: a part of the transaction failed. Nothing was kept.")
                if is_visible or self._has_changed:
                    reserve(connection, CHANGES)
        except BaseException as error:
            self._dictionaries.forget()
            self._database.forget()
            if isinstance(error, DBAPIError):
                raise self._database.error(error) from error
            raise
        finally:
            self._open = None

    def note_change(self) -> None:
        """Count the open transaction as one that changes something a reader can see."""
        self._has_changed = True

    @contextmanager
    def _joined(self, *, is_visible: bool) -> Iterator[Connection]:
        assert self._open is not None, "the caller found it open"
        try:
            yield self._open
        except BaseException as error:
            self._is_spoiled = True
            if isinstance(error, DBAPIError):
                raise self._database.error(error) from error
            raise
        self._has_changed = self._has_changed or is_visible
