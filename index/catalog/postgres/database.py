"""The catalog in a PostgreSQL database: connections, locks and errors of its writer and its readers."""

import logging
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Dialect, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from index.catalog.postgres.address import read_address
from index.catalog.postgres.encryption import connection_error
from index.catalog.postgres.errors import LOST, make_error
from index.catalog.postgres.statements import ReadConnections
from index.catalog.reader import CatalogReader
from index.catalog.reading.texts import TextCache
from index.catalog.schema import meta
from index.catalog.transactions import Connections
from index.errors import CatalogError, DossierError, IndexMissingError, UsageError

__all__ = ["PostgresDatabase"]

# Threads of a server that may answer at once; more of them wait for a connection.
_CONNECTIONS = 8
_MORE_CONNECTIONS = 24
# With the schema, the number of the lock that a writer holds: "DOSS" in ASCII.
_LOCK = 0x444F5353
# Transactions beside those of others hold their locks for some milliseconds.
_SHARED_LOCK_SECONDS = 60
# Without them, a server keeps the locks of a machine that lost its power for two hours. So it is 35 seconds: 20 without
# a word, then three questions without an answer. Nothing happens on a socket of this machine.
_KEEPALIVES = "SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"


class PostgresDatabase:
    """A `Database` on a PostgreSQL server. Opens a connection when the first one is needed.

    A writer holds an advisory lock of the schema until its transaction ends, so that writers come one after the other,
    on however many machines. Raises `UsageError` for an address that cannot be read, or whose driver is missing.
    """

    def __init__(self, url: str, *, lock_seconds: float = 0.0) -> None:
        address = read_address(url)
        self.where = address.where
        self._schema = address.schema
        self._lock_seconds = lock_seconds
        try:
            self._engine = create_engine(
                address.url,
                connect_args={} if address.tls is None else {"ssl_context": address.tls},
                pool_size=_CONNECTIONS,
                max_overflow=_MORE_CONNECTIONS,
            )
        except (ImportError, NoSuchModuleError) as error:
            raise UsageError(
                f"{self.where}: the driver is not installed ({error}). Run: pip install 'dossier-search[postgres]'"
            ) from error
        # Drivers that do not batch inserts themselves make a round trip for each row.
        self._engine.dialect.use_insertmanyvalues_wo_returning = True
        # That closing a lost connection fails tells nothing: whoever used it was told.
        logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
        # Also when nobody closes it: a socket that is only dropped is a warning.
        weakref.finalize(self, self._engine.dispose)
        event.listen(self._engine, "do_connect", self._open)
        event.listen(self._engine, "connect", self._prepare, insert=True)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """See `Database`."""
        milliseconds = max(1, round(self._lock_seconds * 1000))
        with self._begin(f"SET LOCAL lock_timeout = {milliseconds}") as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK}, hashtext(current_schema()))")
            yield connection

    @contextmanager
    def share(self) -> Iterator[Connection]:
        """Begin a transaction beside those of other writers, for rows that no reader sees.

        The errors of the driver are raised as ours.
        """
        try:
            with self._begin(f"SET LOCAL lock_timeout = '{_SHARED_LOCK_SECONDS}s'") as connection:
                yield connection
        except DBAPIError as error:
            raise self.error(error) from error

    def connect(self) -> Connection:
        """Return a connection on which every statement is a transaction, for locks that last as long as it does.

        Raises `CatalogError`.
        """
        try:
            return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        except DBAPIError as error:
            raise self.error(error) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """See `Database`."""
        with self._begin("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY") as connection:
            yield connection

    def reader(self, connections: Connections) -> CatalogReader:
        """See `Database`."""
        return _reader(ReadConnections(connections))

    def open_reader(self) -> CatalogReader:
        """Return a reader with connections of its own, for many threads; closing it closes them."""
        return _reader(ReadConnections(self._read_for_others, close=self.close))

    def has_catalog(self) -> bool:
        """Return whether the tables are there. Raises `CatalogError` when the server cannot be asked."""
        with self._read_for_others() as connection:
            return inspect(connection).has_table(meta.name)

    def schema_version(self) -> int | None:
        """Return the version of the tables; None for a catalog that was never finished.

        Raises `IndexMissingError` when there are no tables.
        """
        if not self.has_catalog():
            raise IndexMissingError(f"There is no index in {self.where} - run: search-cli index FOLDER")
        with self._read_for_others() as connection:
            value = connection.scalar(text("SELECT value FROM meta WHERE key = 'schema_version'"))
            return None if value is None else int(value)

    def make_schema(self) -> None:
        """Create the schema that the address names, if there is none yet. Raises `CatalogError`."""
        if not self._schema:
            return
        try:
            with self._begin("SET TRANSACTION READ WRITE") as connection:
                found = connection.scalar(
                    text("SELECT 1 FROM pg_namespace WHERE nspname = :name"), {"name": self._schema}
                )
                if found is None:
                    # Of two that create it at the same time, the later one would fail, in spite of IF NOT EXISTS.
                    locked = text("SELECT pg_advisory_xact_lock(:lock, hashtext(:name))")
                    connection.execute(locked, {"lock": _LOCK, "name": self._schema})
                    quoted = connection.dialect.identifier_preparer.quote(self._schema)
                    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {quoted}"))
        except DBAPIError as error:
            raise self.error(error) from error

    def forget(self) -> None:
        """See `Database`."""

    def error(self, error: DBAPIError) -> DossierError:
        """See `Database`."""
        return make_error(error, where=self.where)

    def optimize(self, connection: Connection) -> None:
        """See `Database`."""
        connection.exec_driver_sql("ANALYZE")

    def close(self) -> None:
        """See `Database`."""
        self._engine.dispose()

    @contextmanager
    def _begin(self, first: str) -> Iterator[Connection]:
        """Begin a transaction with its first statement; commit it at the end, or roll back after an exception.

        Connections that were lost while nobody used them are replaced. Raises `CatalogError` for one that is lost in
        the middle, of which the driver says nothing itself.
        """
        try:
            connection = self._connect(first)
        except (ConnectionError, DBAPIError):
            self._engine.dispose()
            connection = self._connect(first)
        try:
            with connection, connection.get_transaction() or connection.begin():
                yield connection
        except ConnectionError as error:
            raise CatalogError(f"{self.where}: {LOST}") from error

    def _connect(self, first: str) -> Connection:
        connection = self._engine.connect()
        try:
            connection.begin()
            connection.exec_driver_sql(first)
        except BaseException:
            connection.invalidate()
            connection.close()
            raise
        return connection

    @contextmanager
    def _read_for_others(self) -> Iterator[Connection]:
        """Read, with the errors of the driver as ours; the catalog's own transactions do that themselves."""
        try:
            with self.read() as connection:
                yield connection
        except DBAPIError as error:
            raise self.error(error) from error

    def _open(
        self, dialect: Dialect, record: ConnectionPoolEntry, arguments: tuple[Any, ...], options: dict[str, Any]
    ) -> DBAPIConnection:
        try:
            return dialect.connect(*arguments, **options)
        except (OSError, dialect.loaded_dbapi.Error) as error:
            found = connection_error(error, self.where)
            if found is None:
                raise
            raise found from error

    def _prepare(self, connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        # Outside of a transaction, or a rollback would take it back.
        before = connection.autocommit
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(_KEEPALIVES)
        if self._schema:
            quoted = self._engine.dialect.identifier_preparer.quote(self._schema)
            cursor.execute(f"SET search_path TO {quoted}")
        cursor.close()
        connection.autocommit = before


def _reader(connections: ReadConnections) -> CatalogReader:
    # Another archive may be restored into the database while others read it, and its numbers mean other texts.
    return CatalogReader(connections, texts=TextCache(is_kept=False))
