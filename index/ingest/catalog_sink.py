"""The catalog of an archive as the driver of a run sees it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from index.catalog.open import open_reader
from index.catalog.records import ArticleState, ExtractedArticle, SourceState
from index.catalog.states import CatalogStates
from index.catalog.store import Catalog
from index.identity.separations import Separation
from index.ingest.linking import holding_separations
from index.model import Article, Failure

__all__ = ["CatalogSink", "StoredArticles"]


class StoredArticles:
    """The articles of a catalog in a folder, for a run that stores nothing; see `KnownArticles`."""

    def __init__(self, folder: Path) -> None:
        """Raises `IndexMissingError` where there is no catalog."""
        self._states = CatalogStates(folder)
        self._reader = open_reader(folder)

    def close(self) -> None:
        """Release the connections."""
        self._states.close()
        self._reader.close()

    def sources(self, locators: Sequence[str]) -> Mapping[str, SourceState]:
        """See `KnownArticles`."""
        return self._states.sources(locators)

    def articles(self, ids: Sequence[str]) -> Mapping[str, ArticleState]:
        """See `KnownArticles`."""
        return self._states.articles(ids)

    def ids_at(self, locators: Sequence[str]) -> Mapping[str, str]:
        """See `KnownArticles`."""
        return self._states.ids_at(locators)

    def failures_of(self, file: str) -> tuple[Failure, ...]:
        """See `KnownArticles`."""
        return self._states.failures_of(file)

    def count_articles_of(self, file: str) -> int:
        """See `KnownArticles`."""
        return self._states.count_articles_of(file)

    def count_outdated_of(self, file: str, extraction: str) -> int:
        """See `KnownArticles`."""
        return self._states.count_outdated_of(file, extraction)

    def outdated_of(self, file: str, extraction: str, *, after: str, limit: int) -> tuple[Article, ...]:
        """See `KnownArticles`."""
        ids = self._states.outdated_of(file, extraction, after=after, limit=limit)
        articles = self._reader.articles(ids)
        return tuple(articles[article_id] for article_id in ids if article_id in articles)


class CatalogSink(StoredArticles):
    """An `ArticleSink` that stores each batch at once."""

    def __init__(self, catalog: Catalog, folder: Path, *, run: int) -> None:
        """`run` is the number of the run in the catalog."""
        super().__init__(folder)
        self._catalog = catalog
        self._run = run

    def separations(self) -> tuple[Separation, ...]:
        """See `ArticleSink`."""
        return holding_separations(self._catalog)

    def stage(
        self,
        extracted: Sequence[ExtractedArticle],
        *,
        extraction: str,
        failures: Sequence[tuple[str, Failure]],
        sources: Sequence[SourceState],
    ) -> tuple[int, int]:
        """See `ArticleSink`."""
        return self._catalog.store(extracted, extraction=extraction, failures=failures, sources=sources, run=self._run)
