"""The catalog of an archive as the driver of a run sees it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from index.catalog.open import open_reader
from index.catalog.records import ArticleState, ExtractedArticle, SourceState
from index.catalog.states import CatalogStates
from index.catalog.store import Catalog
from index.model import Article, Failure

__all__ = ["StagingSink", "StoredArticles"]


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


class StagingSink(StoredArticles):
    """An `ArticleSink` that stages batches; `staged` counts the articles since it was last set to 0."""

    def __init__(self, catalog: Catalog, folder: Path, *, run: int) -> None:
        """`run` is the number of the run in the catalog."""
        super().__init__(folder)
        self._catalog = catalog
        self._run = run
        self.staged = 0

    def articles(self, ids: Sequence[str]) -> Mapping[str, ArticleState]:
        """See `KnownArticles`; staged articles are newer than stored ones."""
        return {**super().articles(ids), **self._catalog.staged_states(ids)}

    def stage(
        self,
        extracted: Sequence[ExtractedArticle],
        *,
        extraction: str,
        failures: Sequence[tuple[str, Failure]],
        sources: Sequence[SourceState],
    ) -> tuple[int, int]:
        """See `ArticleSink`."""
        known = self.articles([item.article.id for item in extracted])
        self._catalog.stage(extracted, extraction=extraction, failures=failures, sources=sources, run=self._run)
        self.staged += len(extracted)
        return len(extracted) - len(known), len(known)
