"""Articles whose documents the engine refused, kept with the failures of reading until their documents are written."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, func, select

from index.article_ids import article_id
from index.catalog.history import store_failures
from index.catalog.schema import articles, failures, runs
from index.catalog.writing.statements import chunks
from index.model import REFUSED, Failure

__all__ = ["read_refused", "store_refused"]

_HINT = "It is in the catalog and cannot be found. Mend it or leave it out; search-cli rebuild tries again."


def read_refused(connection: Connection) -> frozenset[str]:
    """Return the ids of the articles whose documents the engine refused."""
    return frozenset(
        map(article_id, connection.scalars(select(failures.c.locator).where(failures.c.reason == REFUSED)))
    )


def store_refused(connection: Connection, reasons: Mapping[str, str], *, over: Collection[str]) -> tuple[Failure, ...]:
    """Note why documents were refused, by id, and forget that those of `over` were; return the failures."""
    if over:
        kept = connection.scalars(select(failures.c.locator).where(failures.c.reason == REFUSED)).all()
        for chunk in chunks(locator for locator in kept if article_id(locator) in over):
            connection.execute(delete(failures).where(failures.c.locator.in_(chunk)))
    found: list[tuple[str, Failure]] = []
    for chunk in chunks(reasons):
        columns = (articles.c.id, articles.c.locator, articles.c.file)
        rows = connection.execute(select(*columns).where(articles.c.id.in_(chunk)))
        found += [(file, Failure(locator, REFUSED, reasons[key], _HINT)) for key, locator, file in rows]
    store_failures(connection, found, run=connection.scalar(select(func.max(runs.c.id))) or 0)
    return tuple(sorted((failure for _, failure in found), key=lambda failure: failure.locator))
