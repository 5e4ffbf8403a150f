"""The catalog as its one writer sees it: every method is one transaction, durable when it returns."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from index.catalog import articles, history, identities, migrations, schema, written_forms
from index.catalog.companions import read_companions
from index.catalog.dictionaries import Dictionaries
from index.catalog.records import ExtractedArticle, ResolutionChanges, RunCounts, SourceState, StoredDecision
from index.catalog.rows import CATALOG_FILE
from index.catalog.statements import insert_missing
from index.errors import CatalogError
from index.identity.records import Decision, Definition, Name, NameId, Resolution
from index.model import Failure

__all__ = ["Catalog", "open_catalog"]

_BUSY_SECONDS = 30
_CACHE_KIB = 65_536


def open_catalog(folder: Path) -> "Catalog":
    """The catalog in an index folder, made or brought up to date when need be.

    Raises `CatalogError` when it is damaged or of a newer program. Only one process may write: see `index.locking`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{folder / CATALOG_FILE}", connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    catalog = Catalog(engine, where=str(folder / CATALOG_FILE))
    try:
        catalog.prepare()
    except BaseException:
        catalog.close()
        raise
    return catalog


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
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class Catalog:
    """Reads and writes the truth. Made by `open_catalog`; a context manager that closes it.

    What a method is given is stored as a whole or, when it raises, not at all. A full disk, a lock that is held for
    too long and a damaged file are all `CatalogError`.
    """

    def __init__(self, engine: Engine, *, where: str) -> None:
        """`where` names the catalog in messages."""
        self._engine = engine
        self._where = where
        self._dictionaries = Dictionaries()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the connection."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            self._dictionaries.forget()
            raise CatalogError(f"{self._where}: {error.orig}. {_advice(str(error.orig))}") from error
        except BaseException:
            self._dictionaries.forget()
            raise

    def prepare(self) -> None:
        """Create the tables or bring them up to date."""
        with self._transaction() as connection:
            migrations.prepare_tables(connection)

    def begin_run(self) -> int:
        """The number of a new run."""
        with self._transaction() as connection:
            return history.begin_run(connection)

    def finish_run(self, run: int, counts: RunCounts, *, is_complete: bool) -> None:
        """Keep what a run did."""
        with self._transaction() as connection:
            history.finish_run(connection, run, counts, is_complete=is_complete)

    def store(
        self,
        extracted: Sequence[ExtractedArticle],
        *,
        extraction: str,
        failures: Sequence[tuple[str, Failure]] = (),
        sources: Sequence[SourceState] = (),
        run: int,
    ) -> tuple[int, int]:
        """Keep a batch of articles, failures (each with the locator of its source) and files that were read whole.

        Returns how many articles were new, and how many were there before; see `store_articles`.
        """
        with self._transaction() as connection:
            counts = articles.store_articles(connection, self._dictionaries, extracted, extraction=extraction)
            history.store_failures(connection, failures, run=run)
            articles.store_sources(connection, sources)
            return counts

    def relink(self, extracted: Sequence[ExtractedArticle]) -> None:
        """Keep other links of articles that there are; see `relink_articles`."""
        with self._transaction() as connection:
            articles.relink_articles(connection, self._dictionaries, extracted)

    def articles_with(self, names: Collection[NameId], *, article: str | None = None) -> tuple[str, ...]:
        """Ids of the articles in which a mention stands for one of the names; of one article if it is given."""
        with self._transaction() as connection:
            return written_forms.articles_with(connection, names, article=article)

    def written_forms(self, names: Collection[NameId], article: str | None) -> Mapping[tuple[NameId, str], int]:
        """How mentions write names; see `index.identity.records.WrittenForms`."""
        with self._transaction() as connection:
            return written_forms.read_written_forms(connection, names, article=article)

    def remove(self, ids: Iterable[str]) -> int:
        """Forget articles; returns how many there were."""
        with self._transaction() as connection:
            return articles.remove_articles(connection, ids)

    def remove_files(self, files: Iterable[str]) -> int:
        """Forget the articles of files; returns how many there were."""
        with self._transaction() as connection:
            return articles.remove_files(connection, files)

    def old_failures(self, *, before_run: int) -> tuple[tuple[str, str], ...]:
        """Locator and file of the failures that were met in earlier runs only."""
        with self._transaction() as connection:
            return history.old_failures(connection, before_run=before_run)

    def forget_failures(self, locators: Iterable[str]) -> None:
        """Forget failures."""
        with self._transaction() as connection:
            history.forget_failures(connection, locators)

    def names(self) -> tuple[Name, ...]:
        """Every way to write a name in the archive; see `read_names`."""
        with self._transaction() as connection:
            return tuple(identities.read_names(connection))

    def definitions(self) -> tuple[Definition, ...]:
        """What the articles say about their own names."""
        with self._transaction() as connection:
            return tuple(identities.read_definitions(connection))

    def companions(self, wanted: Collection[NameId]) -> Mapping[NameId, Mapping[NameId, int]]:
        """Who is named beside whom; see `index.identity.records.Companions`."""
        with self._transaction() as connection:
            return read_companions(connection, wanted)

    def has_stale_names(self) -> bool:
        """True when names changed since the last resolution was stored."""
        with self._transaction() as connection:
            return identities.has_stale_names(connection)

    def store_resolution(self, resolution: Resolution, *, fingerprint: str) -> ResolutionChanges:
        """Keep who is who, as decided by what `fingerprint` stands for."""
        with self._transaction() as connection:
            changes = identities.store_resolution(connection, self._dictionaries, resolution)
            _write_meta(connection, "resolution", fingerprint)
            return changes

    def resolution(self) -> Resolution:
        """Who is who, as it was stored; entities without aliases and counts."""
        with self._transaction() as connection:
            return identities.read_resolution(connection)

    def decisions(self) -> tuple[StoredDecision, ...]:
        """All decisions, oldest first."""
        with self._transaction() as connection:
            return history.read_decisions(connection)

    def add_decisions(self, decisions: Sequence[Decision], *, decided: str | None = None) -> tuple[int, ...]:
        """Keep decisions and return their numbers; the next resolution heeds them. `decided` None is now."""
        with self._transaction() as connection:
            _write_meta(connection, "resolution", "")
            return history.add_decisions(connection, decisions, decided=decided)

    def pending(self, *, limit: int, after: str = "") -> tuple[str, ...]:
        """Ids of documents that the engine has not confirmed, the next `limit` after an id, in code point order."""
        ids = schema.pending.c.id
        with self._transaction() as connection:
            return tuple(connection.scalars(select(ids).where(ids > after).order_by(ids).limit(limit)))

    def count_pending(self) -> int:
        """How many documents the engine has not confirmed."""
        with self._transaction() as connection:
            return connection.scalar(select(func.count()).select_from(schema.pending)) or 0

    def confirm(self, *, through: str) -> None:
        """The engine has committed the pending documents up to this id, the id included."""
        with self._transaction() as connection:
            connection.execute(delete(schema.pending).where(schema.pending.c.id <= through))

    def mark_pending(self, ids: Iterable[str]) -> None:
        """The engine must write these documents again."""
        with self._transaction() as connection:
            insert_missing(connection, schema.pending, [{"id": article_id} for article_id in ids])

    def mark_all_pending(self) -> None:
        """The engine holds nothing of the catalog."""
        with self._transaction() as connection:
            connection.execute(delete(schema.pending))
            everything = select(schema.articles.c.id)
            connection.execute(insert(schema.pending).from_select(["id"], everything))

    def read_meta(self, key: str) -> str | None:
        """What was remembered under a key."""
        with self._transaction() as connection:
            return connection.scalar(select(schema.meta.c.value).where(schema.meta.c.key == key))

    def write_meta(self, key: str, value: str) -> None:
        """Remember something for the next run."""
        with self._transaction() as connection:
            _write_meta(connection, key, value)

    def optimize(self) -> None:
        """Let the database look at its tables, so that it plans questions well."""
        with self._transaction() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA analysis_limit = 400")
                connection.exec_driver_sql("PRAGMA optimize")


def _write_meta(connection: Connection, key: str, value: str) -> None:
    connection.execute(delete(schema.meta).where(schema.meta.c.key == key))
    connection.execute(schema.meta.insert(), [{"key": key, "value": value}])


def _advice(message: str) -> str:
    if "full" in message or "disk I/O" in message:
        return "Free some space and run the same command again; what was committed is kept."
    if "locked" in message or "busy" in message:
        return "Another program has it open for writing; close that and run the same command again."
    if "malformed" in message or "not a database" in message:
        return "Move the file away and run: search-cli index FOLDER"
    return "What was committed before is kept. Please report this."
