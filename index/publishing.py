"""Make changes visible: rows, identity, documents and the engine's commit in one transaction of the catalog.

Order of a change: the catalog's rows, the engine's documents (prepared: durable, not visible), the engine's generation
in the catalog, COMMIT. Readers take the engine commit that the catalog names, so they see all of a change or nothing of
it. Killed before COMMIT, nothing happened; the engine's leftovers are removed by the next writer.
"""

import time
from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from index.archive import Archive
from index.catalog.reader import CatalogReader
from index.catalog.records import ResolutionChanges
from index.catalog.store import Catalog
from index.engines.base import IndexWriter
from index.engines.registry import find_engine, open_writer
from index.errors import DocumentRejectedError, IndexMissingError, IndexOutdatedError
from index.identity.incremental.view import Knowledge
from index.identity.linking import mention_splits_in_force, relink, with_mention_splits
from index.identity.resolving import resolve
from index.keywords.documents import make_document
from index.model import Document, Failure
from index.progress import Progress, ProgressMeter, Stage
from index.recognizer.encoder.vector_rows import count_rows, write_rows

__all__ = ["PublishClock", "Published", "publish", "read_documents"]

_Show = Callable[[Progress], None] | None
_Made = TypeVar("_Made")

_DOCUMENTS_AT_ONCE = 200
_VECTORS_AT_ONCE = 5_000
# Articles that were read can be searched after this many seconds or articles, whichever comes first.
_PUBLISH_SECONDS = 30.0
_PUBLISH_ARTICLES = 5_000
# But publishing takes at most a quarter of the time: in an archive with many names it takes long, however few are new.
_READING_SHARE = 3.0
# So many are published all the same: until then they are held back from readers, and all at once is slow.
_MOST_ARTICLES = 50_000


@dataclass(frozen=True, slots=True)
class Published(Generic[_Made]):
    """A change that is visible: the result of making it, what it did to identity, and how many documents were written.

    `relinked` counts the documents that were written only because their entities changed. `refused` are those of
    `written` that the engine cannot store.
    """

    made: _Made
    changes: ResolutionChanges
    written: int
    relinked: int
    refused: tuple[Failure, ...] = ()


class PublishClock:
    """Tells when articles that were staged should be published."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._took = 0.0

    def is_due(self, staged: int) -> bool:
        """Return whether `staged` articles have waited long enough, or are enough."""
        if not staged or staged >= _MOST_ARTICLES:
            return staged > 0
        waited = time.monotonic() - self._last
        return (staged >= _PUBLISH_ARTICLES or waited >= _PUBLISH_SECONDS) and waited >= _READING_SHARE * self._took

    def reset(self, *, took: float) -> None:
        """Begin to wait anew, after a publication that took so many seconds."""
        self._last = time.monotonic()
        self._took = took


def publish(
    archive: Archive,
    catalog: Catalog,
    change: Callable[[], _Made],
    *,
    knowledge: Knowledge,
    engine: str | None = None,
    is_fresh: bool = False,
    show: _Show = None,
) -> Published[_Made]:
    """Make a change of the catalog's rows, let identity and the engine follow, and make all of it visible at once.

    Articles that are staged, also by a process that was killed, become visible with it, and documents that were left
    pending are written. A document that the engine cannot store stops nothing: its article stays in the catalog, and is
    a failure there until its document is written. `change` writes to `catalog`; when it raises, nothing is changed.
    `is_fresh` writes every document to an empty index, of `engine` or else of the engine of the settings; the old index
    is searched until the new one is complete.

    Raises `IndexLockedError` when another process publishes for longer than the settings allow to wait.
    """
    name = engine or archive.settings.engine
    meter = ProgressMeter(show, Stage.IDENTITY)
    with archive.write_lock(), ExitStack() as stack:
        with catalog.transaction():
            meter.update(0)
            _store_staged(catalog)
            before = _resolve(catalog, knowledge)
            made = change()
            changes = _resolve(catalog, knowledge)
            _write_vectors(archive, catalog, is_fresh=is_fresh)
            meter.update(0, is_last=True)
            writer = _open_engine(archive, catalog, name, stack, is_fresh=is_fresh)
            written = 0
            refused: tuple[Failure, ...] = ()
            if writer is not None:
                was_refused = catalog.refused()
                written, over = _write_pending(catalog, writer, show, was_refused)
                generation, reasons = _prepare(writer)
                refused = catalog.store_refused(reasons, over=over) if reasons or over else ()
                catalog.write_engine_commit(name, generation)
        if writer is not None:
            writer.publish()
    return Published(made, changes, written, relinked=before.documents + changes.documents, refused=refused)


def _write_vectors(archive: Archive, catalog: Catalog, *, is_fresh: bool) -> None:
    """Write new vectors to the file beside the engine; all of them, to a new file, when it was lost or is not trusted.

    Rows that belong to a state stay as they are; readers of that state look at no others.
    """
    reader = catalog.reader()
    known = reader.vector_rows()
    is_whole = not is_fresh and count_rows(archive.vectors_file) >= known
    last = before = known if is_whole else 0
    target = archive.vectors_file if is_whole else archive.vectors_file.with_suffix(".new")
    if not is_whole:
        target.unlink(missing_ok=True)
    while batch := reader.vectors_after(last, limit=_VECTORS_AT_ONCE):
        write_rows(target, ((number, vector) for number, _, vector in batch))
        last = batch[-1][0]
    if not is_whole and last:
        target.replace(archive.vectors_file)
    if last > before or before < known:
        catalog.write_vector_rows(last)


def _resolve(catalog: Catalog, knowledge: Knowledge) -> ResolutionChanges:
    """Link again what decisions about mentions concern, and resolve the names that changed."""
    relink(catalog, lambda: knowledge.packs)
    return resolve(catalog, knowledge)


def _store_staged(catalog: Catalog) -> None:
    """Store staged articles with the links that decisions about mentions give them."""
    splits = mention_splits_in_force(catalog)
    catalog.store_staged(prepare=lambda extracted: with_mention_splits(extracted, splits))


def _open_engine(
    archive: Archive, catalog: Catalog, name: str, stack: ExitStack, *, is_fresh: bool
) -> IndexWriter | None:
    """Open the engine where it has documents to write; one that is new, lost or outdated gets all of them."""
    commit = catalog.engine_commit()
    is_known = not is_fresh and bool(commit.generation) and commit.engine == name and archive.has_engine(name)
    if not is_known:
        catalog.mark_all_pending()
    elif not catalog.count_pending():
        return None

    def open_(generation: str | None) -> IndexWriter:
        return open_writer(
            name,
            archive.locate_engine(name),
            lock_seconds=archive.settings.lock_seconds,
            is_fresh=generation is None,
            generation=generation,
        )

    try:
        writer = open_(commit.generation if is_known else None)
    except (IndexOutdatedError, IndexMissingError) as error:
        # Another version of the program wrote it, with other terms or fields, or the server lost it.
        if isinstance(error, IndexMissingError) and not find_engine(name).is_server:
            raise
        catalog.mark_all_pending()
        writer = open_(None)
    return stack.enter_context(writer)


def _write_pending(catalog: Catalog, writer: IndexWriter, show: _Show, was_refused: Set[str]) -> tuple[int, set[str]]:
    """Write and confirm pending documents; one whose article is gone is deleted.

    Returns their number, and the ids of those of them that were refused before.
    """
    meter = ProgressMeter(show, Stage.ENGINE, total=catalog.count_pending())
    reader = catalog.reader()
    done = 0
    last = ""
    again: set[str] = set()
    while pending := catalog.pending(limit=_DOCUMENTS_AT_ONCE, after=last):
        ids = [item.id for item in pending]
        documents = read_documents(reader, ids)
        writer.put(documents)
        writer.delete(sorted(set(ids) - {document.id for document in documents}))
        catalog.confirm(pending)
        again.update(was_refused & set(ids))
        last = pending[-1].id
        done += len(pending)
        meter.update(done)
    meter.update(done, is_last=True)
    return done, again


def _prepare(writer: IndexWriter) -> tuple[str, Mapping[str, str]]:
    """Make the commit durable; returns its generation, and why documents were refused, by id."""
    try:
        return writer.prepare(), {}
    except DocumentRejectedError as error:
        return writer.prepare(), error.reasons


def read_documents(reader: CatalogReader, ids: Sequence[str]) -> list[Document]:
    """Return the documents of those of the articles that the catalog holds, in the order of `ids`."""
    today = datetime.now(UTC).date()
    return [
        make_document(content.article, content.mentions, content.links, content.entities, today=today)
        for content in reader.contents(ids).values()
    ]
