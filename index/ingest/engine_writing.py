"""From the catalog to the engine: every document that the engine has not confirmed."""

from collections.abc import Callable, Sequence
from pathlib import Path

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.catalog.records import PendingDocument
from index.catalog.store import Catalog
from index.documents import make_document
from index.engines.registry import open_writer
from index.ingest.report import Progress, ProgressMeter, Stage
from index.model import Document
from index.settings import ENGINE_FOLDER

__all__ = ["write_pending"]

_DOCUMENTS_AT_ONCE = 200
# A commit makes a segment, and merging segments is work; a kill loses at most this many documents of the engine's
# work, which the next run does again.
_DOCUMENTS_A_COMMIT = 50_000


def write_pending(
    catalog: Catalog,
    *,
    folder: Path,
    engine: str,
    lock_seconds: float,
    show: Callable[[Progress], None] | None = None,
    is_fresh: bool = False,
) -> int:
    """Write pending documents to the engine and have them confirmed; returns how many.

    `is_fresh` puts an empty index in the place of what the engine has. A document whose article is gone is deleted.
    """
    total = catalog.count_pending()
    meter = ProgressMeter(show, Stage.ENGINE, total=total)
    done = 0
    last = ""
    with open_writer(engine, folder / ENGINE_FOLDER, lock_seconds=lock_seconds, is_fresh=is_fresh) as writer:
        reader = open_reader(folder)
        try:
            uncommitted: list[PendingDocument] = []
            while pending := catalog.pending(limit=_DOCUMENTS_AT_ONCE, after=last):
                ids = [document.id for document in pending]
                documents = make_documents(reader, ids)
                writer.put(documents)
                gone = {*ids} - {document.id for document in documents}
                writer.delete(sorted(gone))
                last = ids[-1]
                done += len(ids)
                uncommitted.extend(pending)
                # What replaces an index becomes visible as a whole.
                if len(uncommitted) >= _DOCUMENTS_A_COMMIT and not is_fresh:
                    writer.commit()
                    catalog.confirm(uncommitted)
                    uncommitted = []
                meter.update(done)
        finally:
            reader.close()
        writer.commit()
        catalog.confirm(uncommitted)
    meter.update(done, is_last=True)
    return done


def make_documents(reader: CatalogReader, ids: Sequence[str]) -> list[Document]:
    """The documents of those of the articles that there are."""
    articles = reader.articles(ids)
    mentions = reader.mentions(ids)
    links = reader.links(ids)
    entities = reader.entities(sorted({link.entity_id for found in links.values() for link in found}))
    return [make_document(article, mentions[key], links[key], entities) for key, article in articles.items()]
