"""Makes the vectors of articles that have none, or one of an older version. Extracts nothing."""

from collections.abc import Callable

from index.catalog.records import StoredVector
from index.catalog.store import Catalog
from index.ingest.workers.encoding import make_encoder
from index.ingest.workers.tasks import WorkerOptions
from index.stages import meaning_stage

__all__ = ["add_missing_vectors"]

# A transaction: half a second of work, for which another writer may have to wait.
_ARTICLES_AT_ONCE = 128


def add_missing_vectors(catalog: Catalog, options: WorkerOptions, *, show: Callable[[int], None] | None = None) -> int:
    """Make the vectors that are missing in a catalog, batch by batch; return for how many articles.

    `show` is called with the number of articles that are done. What was made when it is interrupted is kept.
    """
    stage = meaning_stage(options.meaning).text
    reader = catalog.reader()
    encode = None
    done = 0
    last = ""
    while ids := catalog.ids_without_vector(stage, after=last, limit=_ARTICLES_AT_ONCE):
        encode = encode or make_encoder(options)
        if encode is None:
            return 0
        articles = reader.articles(ids)
        catalog.add_vectors({key: StoredVector(stage, encode(article)) for key, article in articles.items()})
        done += len(ids)
        last = ids[-1]
        if show is not None:
            show(done)
    return done
