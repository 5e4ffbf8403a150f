"""Moving staged rows into the tables that readers see."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from index.catalog.history import files_that_failed, store_failures
from index.catalog.records import ExtractedArticle, SourceState, StoredCounts
from index.catalog.writing.articles import store_articles, store_sources
from index.catalog.writing.dictionaries import Dictionaries
from index.catalog.writing.staging import UNREADABLE, StagedBatch, read_staged

__all__ = ["store_staged"]


def store_staged(
    connection: Connection,
    dictionaries: Dictionaries,
    *,
    prepare: Callable[[Sequence[ExtractedArticle]], Sequence[ExtractedArticle]] | None,
) -> StoredCounts | None:
    """Store all staged rows and delete them, see `Catalog.store_staged`; None when there were none."""
    added = changed = unreadable = 0
    batch = None
    for batch in read_staged(connection):
        articles = batch.articles if prepare is None else prepare(batch.articles)
        counts = store_articles(connection, dictionaries, articles, extraction=batch.extraction)
        added += counts[0]
        changed += counts[1]
        unreadable += len(batch.unreadable)
        store_failures(connection, [*batch.failures, *batch.unreadable], run=batch.run)
        store_sources(connection, _whole_sources(connection, batch))
    return None if batch is None else StoredCounts(added, changed, unreadable)


def _whole_sources(connection: Connection, batch: StagedBatch) -> list[SourceState]:
    """Return the states of sources all of whose rows could be decoded; the others must be read again."""
    files = {state.locator for state in batch.sources}
    broken = files_that_failed(connection, sorted(files), reason=UNREADABLE, run=batch.run)
    return [state for state in batch.sources if state.locator not in broken]
