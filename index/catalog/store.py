"""Write side of the catalog: every method is a transaction, or part of the one that is open."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from index.catalog import history, publishing, refusals
from index.catalog.copying import Copied, copy_rows
from index.catalog.identity import states, storing, written_forms
from index.catalog.identity.companions import read_companions
from index.catalog.identity.name_numbers import NameNumbers
from index.catalog.identity.tables import IdentityTables
from index.catalog.identity.witnesses import read_witnesses
from index.catalog.migrations.prepare import is_current, prepare_tables
from index.catalog.reader import CatalogReader
from index.catalog.records import (
    ArticleState,
    EngineCommit,
    ExtractedArticle,
    MadeDecision,
    PendingDocument,
    ResolutionChanges,
    RunCounts,
    SourceState,
    StoredCounts,
    StoredVector,
)
from index.catalog.rows import CATALOG_FILE
from index.catalog.runs.known_articles import KnownArticles
from index.catalog.runs.stage_records import StageRecords
from index.catalog.sqlite.database import SqliteDatabase
from index.catalog.transactions import Database, Transactions
from index.catalog.writing import articles, meta, pending, staging, vectors
from index.catalog.writing.dictionaries import Dictionaries
from index.identity.applied.decided_clusters import names_of
from index.identity.records import AnyDecision, Definition, Name, NameId, Resolution, Witness
from index.identity.stored import Update
from index.model import Failure

__all__ = ["Catalog", "open_catalog"]

_LOCK_SECONDS = 30.0


def open_catalog(folder: Path, *, url: str = "", lock_seconds: float = _LOCK_SECONDS) -> "Catalog":
    """Open the catalog in an index folder, or with a `url` the one in that database.

    It is made, or brought up to date, when need be. A method that writes waits `lock_seconds` for another writer, then
    raises `IndexLockedError`. Raises `CatalogError` when the catalog is damaged or of a newer program.
    """
    catalog = Catalog(_server_database(url, lock_seconds) if url else _file_database(folder, lock_seconds))
    try:
        catalog.prepare()
    except BaseException:
        catalog.close()
        raise
    return catalog


def _file_database(folder: Path, lock_seconds: float) -> Database:
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteDatabase(folder / CATALOG_FILE, lock_seconds=lock_seconds)


def _server_database(url: str, lock_seconds: float) -> Database:
    # Its import takes 40 ms, which commands on an SQLite file must not pay.
    from index.catalog.postgres.database import PostgresDatabase

    database = PostgresDatabase(url, lock_seconds=lock_seconds)
    database.make_schema()
    return database


class Catalog:
    """Reads and writes the catalog, for one thread at a time. Made by `open_catalog`; a context manager.

    Methods join the `transaction` that is open, or begin their own. Without one, what a method is given is durable
    when it returns, or not stored at all when it raises. Methods that only read take no lock. A full disk or a damaged
    file is a `CatalogError`, a lock that another writer holds for too long an `IndexLockedError`.

    `known` and `stages` are its articles and files as runs ask for them, and the stages that made its rows.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dictionaries = Dictionaries()
        self._transactions = Transactions(database, self._dictionaries)
        self._read = self._transactions.read
        self._write = self._transactions.write
        self.known = KnownArticles(self._read)
        self.stages = StageRecords(self._transactions, self._dictionaries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all calls inside one transaction that excludes other writers, committed at the end.

        An exception rolls everything back, also when it leaves a writing method and is caught inside. A transaction
        inside of another is part of it. Raises `IndexLockedError` when another writer does not end in time.
        """
        with self._write(is_visible=False):
            yield

    def reader(self) -> CatalogReader:
        """Return a reader of this catalog; inside of a transaction it sees what that wrote.

        It need not be closed, and is used by the thread of the catalog only.
        """
        return self._database.reader(self._read)

    def prepare(self) -> None:
        """Create the tables or bring them up to date; takes a lock only when there is something to do."""
        with self._read() as connection:
            if is_current(connection):
                return
        with self._write(is_visible=False, has_tables=False) as connection:
            if prepare_tables(connection):
                self._transactions.note_change()

    def begin_run(self) -> int:
        """Add a run and return its number."""
        with self._write() as connection:
            return history.begin_run(connection)

    def finish_run(self, run: int, counts: RunCounts, *, is_complete: bool) -> None:
        """Store the counts of a run; one that is not complete counts as interrupted."""
        with self._write() as connection:
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
        """Store a batch of articles, failures (each with the locator of its source) and files that were read whole.

        Returns the numbers of articles that were new and that replaced one with the same id; see `store_articles`.
        """
        with self._write(is_visible=bool(extracted or failures)) as connection:
            counts = articles.store_articles(connection, self._dictionaries, extracted, extraction=extraction)
            history.store_failures(connection, failures, run=run)
            articles.store_sources(connection, sources)
            return counts

    def stage(
        self,
        extracted: Sequence[ExtractedArticle],
        *,
        extraction: str,
        failures: Sequence[tuple[str, Failure]] = (),
        sources: Sequence[SourceState] = (),
        run: int,
    ) -> None:
        """Keep what `store` would store, durable but unseen by readers, until `store_staged`."""
        with self._write(is_visible=False) as connection:
            staging.stage(connection, extracted, extraction=extraction, failures=failures, sources=sources, run=run)

    def count_staged(self) -> int:
        """Return the number of staged articles, failures and sources together."""
        with self._read() as connection:
            return staging.count_staged(connection)

    def staged_states(self, ids: Sequence[str]) -> Mapping[str, ArticleState]:
        """Return the states of those of the articles that are staged, by id."""
        with self._read() as connection:
            return staging.staged_states(connection, ids)

    def store_staged(
        self, *, prepare: Callable[[Sequence[ExtractedArticle]], Sequence[ExtractedArticle]] | None = None
    ) -> StoredCounts:
        """Store what was staged, oldest first and each row under its own run, and forget the stage.

        `prepare` may change articles before they are stored, a batch at a time. A row that cannot be decoded is
        stored as a failure of its locator, and its source is not remembered as finished, so that it is read again.
        """
        with self._write(is_visible=False) as connection:
            counts = publishing.store_staged(connection, self._dictionaries, prepare=prepare)
            if counts is None:
                return StoredCounts()
            self._transactions.note_change()
            return counts

    def relink(self, extracted: Sequence[ExtractedArticle]) -> None:
        """Replace the links of articles in the catalog; see `relink_articles`."""
        with self._write() as connection:
            articles.relink_articles(connection, self._dictionaries, extracted)

    def add_vectors(self, made: Mapping[str, StoredVector]) -> None:
        """Store vectors of articles by id, in the place of those they have; nothing else of the articles changes."""
        with self._write() as connection:
            articles.add_vectors(connection, self._dictionaries, made)

    def count_vectors(self) -> Mapping[str, int]:
        """Count articles by the text of the stage that made their vectors; "" for those that none was made of."""
        with self._read() as connection:
            return vectors.count_vectors(connection)

    def ids_without_vector(self, stage: str, *, after: str, limit: int) -> Sequence[str]:
        """Return the next ids of articles whose vector was not made by a stage, after an id, in code point order."""
        with self._read() as connection:
            return vectors.ids_without_vector(connection, stage, after=after, limit=limit)

    def articles_with(self, names: Collection[NameId], *, article: str | None = None) -> tuple[str, ...]:
        """Return ids of articles in which a mention stands for one of the names; of one `article` if it is given."""
        with self._read() as connection:
            return written_forms.articles_with(connection, names, article=article)

    def written_forms(self, names: Collection[NameId], article: str | None) -> Mapping[tuple[NameId, str], int]:
        """Return the texts of mentions by name; see `index.identity.records.WrittenForms`."""
        with self._read() as connection:
            return written_forms.read_written_forms(connection, names, article=article)

    def remove(self, ids: Iterable[str]) -> int:
        """Forget articles and return how many there were."""
        with self._write(is_visible=False) as connection:
            return self._noted(articles.remove_articles(connection, ids))

    def remove_files(self, files: Iterable[str]) -> int:
        """Forget the articles of files and return how many there were."""
        with self._write(is_visible=False) as connection:
            return self._noted(articles.remove_files(connection, files))

    def old_failures(self, *, before_run: int) -> tuple[tuple[str, str], ...]:
        """Locator and file of the failures that were met in earlier runs only."""
        with self._read() as connection:
            return history.old_failures(connection, before_run=before_run)

    def forget_failures(self, locators: Iterable[str]) -> None:
        """Forget failures."""
        with self._write(is_visible=False) as connection:
            self._noted(history.forget_failures(connection, locators))

    def names(self) -> tuple[Name, ...]:
        """Return every spelling of every name in the archive; see `read_names`."""
        with self._read() as connection:
            return tuple(storing.read_names(connection))

    def definitions(self) -> tuple[Definition, ...]:
        """Return the definitions of short names in the articles."""
        with self._read() as connection:
            return tuple(storing.read_definitions(connection))

    def companions(self, wanted: Collection[NameId]) -> Mapping[NameId, Mapping[NameId, int]]:
        """Return the names that occur beside names; see `index.identity.records.Companions`."""
        with self._read() as connection:
            return read_companions(connection, wanted, NameNumbers())

    def witnesses(self, wanted: Collection[NameId]) -> Mapping[NameId, Mapping[Witness, int]]:
        """Return the evidence by which names were found; see `index.identity.records.Witnesses`."""
        with self._read() as connection:
            return read_witnesses(connection, wanted, NameNumbers())

    def mark_all_stale(self) -> None:
        """Have the next resolution count all names and entities again."""
        with self._write(is_visible=False) as connection:
            storing.mark_all_stale(connection)

    def identity(self) -> IdentityTables:
        """Return what an incremental resolution reads; use it inside of one transaction."""
        return IdentityTables(self._read)

    def begin_resolution(self, decisions: Iterable[MadeDecision]) -> None:
        """Remember which names new decisions are about."""
        mentioned = {made.id: names_of(made.decision) for made in decisions}
        with self._write(is_visible=False) as connection:
            states.heed(connection, mentioned)

    def store_update(self, update: Update, *, fingerprint: str) -> ResolutionChanges:
        """Store a resolution, as made by what `fingerprint` stands for."""
        with self._write() as connection:
            changes = storing.store_update(connection, self._dictionaries, update)
            states.forget_undone(connection)
            meta.write(connection, "resolution", fingerprint)
            return changes

    def resolution(self) -> Resolution:
        """Return the stored resolution; its entities have no aliases and counts."""
        with self._read() as connection:
            return storing.read_resolution(connection)

    def decisions(self) -> tuple[MadeDecision, ...]:
        """Return all decisions, oldest first, those that were undone included."""
        with self._read() as connection:
            return history.read_decisions(connection)

    def add_decisions(
        self, decisions: Sequence[AnyDecision], *, decided: str | None = None, decided_by: str = ""
    ) -> tuple[MadeDecision, ...]:
        """Store decisions and return them with their numbers; the next resolution heeds them. `decided` None is now."""
        with self._write() as connection:
            return history.add_decisions(connection, decisions, decided=decided, decided_by=decided_by)

    def undo_decision(self, number: int, *, undone: str | None = None, undone_by: str = "") -> MadeDecision:
        """Mark a decision as undone and return it; the next resolution heeds that. `undone` None is now.

        Raises `DecisionError` when none in force has this number.
        """
        with self._write() as connection:
            return history.undo_decision(connection, number, undone=undone, undone_by=undone_by)

    def pending(self, *, limit: int, after: str = "") -> tuple[PendingDocument, ...]:
        """Return the next `limit` documents after an id that the engine has not confirmed, in code point order."""
        with self._read() as connection:
            return pending.read_pending(connection, limit=limit, after=after)

    def count_pending(self) -> int:
        """Return the number of documents that the engine has not confirmed."""
        with self._read() as connection:
            return pending.count_pending(connection)

    def confirm(self, documents: Sequence[PendingDocument]) -> None:
        """Note that the engine has committed documents; one that was marked again meanwhile stays pending."""
        with self._write(is_visible=False) as connection:
            pending.confirm(connection, documents)

    def refused(self) -> frozenset[str]:
        """Return the ids of the articles whose documents the engine refused."""
        with self._read() as connection:
            return refusals.read_refused(connection)

    def store_refused(self, reasons: Mapping[str, str], *, over: Collection[str]) -> tuple[Failure, ...]:
        """Note why the engine refused documents, by id, and that those of `over` are refused no more."""
        with self._write(is_visible=False) as connection:
            self._noted(len(reasons) + len(over))
            return refusals.store_refused(connection, reasons, over=over)

    def mark_all_pending(self) -> None:
        """Have the engine write all documents again."""
        with self._write(is_visible=False) as connection:
            pending.mark_all_pending(connection)

    def engine_commit(self) -> EngineCommit:
        """Return the commit of the engine that belongs to this state of the catalog."""
        with self._read() as connection:
            return meta.read_engine_commit(connection)

    def write_engine_commit(self, engine: str, generation: str) -> None:
        """Name the commit of the engine that belongs to the state which this transaction makes."""
        with self._write(is_visible=False) as connection:
            meta.write(connection, "engine", engine)
            meta.write(connection, "generation", generation)

    def write_vector_rows(self, rows: int) -> None:
        """Note how many rows of the file of vectors belong to the state which this transaction makes."""
        with self._write() as connection:
            meta.write(connection, "vector_rows", str(rows))

    def read_meta(self, key: str) -> str | None:
        """Return the value of a key, None when there is none."""
        with self._read() as connection:
            return meta.read(connection, key)

    def write_meta(self, key: str, value: str) -> None:
        """Remember a value for the next run."""
        with self._write(is_visible=False) as connection:
            meta.write(connection, key, value)

    def copy_into(self, target: "Catalog", *, on_copied: Copied | None = None) -> int:
        """Copy everything that is committed into an empty catalog, and return the number of articles; see `copy_rows`.

        Others may go on reading and writing this one. The target has all of it, or nothing when it fails.
        """
        with self._read() as source, target._write() as connection:
            return copy_rows(source, connection, on_copied=on_copied)

    def optimize(self) -> None:
        """Update the statistics by which the database plans queries."""
        with self._write(is_visible=False) as connection:
            self._database.optimize(connection)

    def _noted(self, rows: int) -> int:
        """Note a change when there are such rows; returns their number."""
        if rows:
            self._transactions.note_change()
        return rows
