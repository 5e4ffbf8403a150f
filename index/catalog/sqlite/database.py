"""The catalog in one SQLite file: connections, locks and errors of its writer."""

import json
import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from index.catalog.reader import CatalogReader
from index.catalog.reading.texts import TextCache
from index.catalog.sqlite.dialect import COMPILED, DRIVER
from index.catalog.sqlite.errors import make_error
from index.catalog.transactions import Connections
from index.errors import DossierError

__all__ = ["SqliteDatabase"]

_CACHE_KIB = 65_536
_IS_READING = "dossier_is_reading"


class SqliteDatabase:
    """A `Database` in a file, which is made when it is not there."""

    def __init__(self, file: Path, *, lock_seconds: float) -> None:
        self.where = str(file)
        self._holder = file.with_name(file.name + ".writer")
        self._engine = create_engine(
            f"{DRIVER}:///{file}",
            connect_args={"timeout": lock_seconds},
            execution_options={"compiled_cache": COMPILED},
        )
        event.listen(self._engine, "connect", _prepare_connection)
        event.listen(self._engine, "begin", _begin)
        self._texts = TextCache()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """See `Database`."""
        with self._engine.begin() as connection:
            self._note_holder()
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """See `Database`."""
        with self._engine.connect() as plain:
            connection = plain.execution_options(**{_IS_READING: True})
            with connection.begin():
                yield connection

    def reader(self, connections: Connections) -> CatalogReader:
        """See `Database`."""
        return CatalogReader(_DriverConnections(connections, where=self.where), texts=self._texts)

    def forget(self) -> None:
        """See `Database`."""
        self._texts.clear()

    def error(self, error: DBAPIError) -> DossierError:
        """See `Database`."""
        return make_error(error.orig, where=self.where, holder=self._read_holder())

    def optimize(self, connection: Connection) -> None:
        """See `Database`."""
        connection.exec_driver_sql("PRAGMA analysis_limit = 400")
        connection.exec_driver_sql("PRAGMA optimize")

    def close(self) -> None:
        """See `Database`."""
        self._engine.dispose()

    def _note_holder(self) -> None:
        # SQLite does not tell who holds its lock. A note that cannot be written costs a name in a message.
        with suppress(OSError):
            self._holder.write_text(json.dumps({"process": os.getpid(), "host": socket.gethostname()}))

    def _read_holder(self) -> str:
        try:
            holder = json.loads(self._holder.read_text(encoding="utf-8"))
            return f"Process {holder['process']} on {holder['host']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "Another process"


class _DriverConnections:
    """The `sqlite3` connections beneath those of SQLAlchemy, for the queries of the reader."""

    def __init__(self, connections: Connections, *, where: str) -> None:
        self._connections = connections
        self._where = where

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._connections() as connection:
                driver_connection = connection.connection.driver_connection
                assert isinstance(driver_connection, sqlite3.Connection)
                yield driver_connection
        except sqlite3.DatabaseError as error:
            raise make_error(error, where=self._where) from error

    def close(self) -> None:
        """Do nothing: the connections belong to the catalog."""


def _prepare_connection(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    # Transactions are begun by `_begin` alone, so that DDL is part of them too.
    connection.isolation_level = None
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        # One fsync for each transaction: what was confirmed, decisions of people above all, survives a power cut.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        cursor.close()
    except BaseException:
        # The pool takes over only what was prepared: a connection to a damaged file would stay open.
        connection.close()
        raise


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later could fail when somebody else wrote in between.
    is_reading = connection.get_execution_options().get(_IS_READING, False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
