"""The catalog of an archive as a run sees it."""

from collections.abc import Mapping, Sequence

from index.catalog.records import ArticleState, EndedSource, ExtractedArticle, Refused, SourceState
from index.catalog.store import Catalog
from index.model import Article, Failure

__all__ = ["CatalogArticles", "StagingSink"]


class CatalogArticles:
    """The `KnownArticles` of a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._reader = catalog.reader()

    def sources(self, locators: Sequence[str]) -> Mapping[str, SourceState]:
        """See `KnownArticles`."""
        return self._catalog.known.source_states(locators)

    def articles(self, ids: Sequence[str]) -> Mapping[str, ArticleState]:
        """See `KnownArticles`."""
        # Staged ones first: those that another process publishes meanwhile are found as articles.
        staged = self._catalog.staged_states(ids)
        return {**self._catalog.known.article_states(ids), **staged}

    def failures_of(self, file: str) -> tuple[Failure, ...]:
        """See `KnownArticles`."""
        return self._catalog.known.failures_of(file)

    def count_articles_of(self, files: Sequence[str]) -> Mapping[str, int]:
        """See `KnownArticles`."""
        return self._catalog.known.count_articles_of(files)

    def count_outdated_of(self, files: Sequence[str], extraction: str) -> Mapping[str, int]:
        """See `KnownArticles`."""
        return self._catalog.known.count_outdated_of(files, extraction)

    def outdated_of(self, file: str, extraction: str, *, after: str, limit: int) -> tuple[Article, ...]:
        """See `KnownArticles`."""
        ids = self._catalog.known.outdated_ids_of(file, extraction, after=after, limit=limit)
        articles = self._reader.articles(ids)
        return tuple(articles[article_id] for article_id in ids if article_id in articles)


class StagingSink(CatalogArticles):
    """An `ArticleSink` that stages batches; `staged` counts the articles since it was last set to 0."""

    def __init__(self, catalog: Catalog, *, run: int) -> None:
        """`run` is the number of the run in the catalog."""
        super().__init__(catalog)
        self._run = run
        self.staged = 0

    def stage(
        self,
        extracted: Sequence[ExtractedArticle],
        *,
        extraction: str,
        failures: Sequence[tuple[str, Failure]],
        sources: Sequence[SourceState],
        ended: Sequence[EndedSource],
    ) -> Refused:
        """See `ArticleSink`."""
        self._catalog.stage(extracted, extraction=extraction, failures=failures, sources=sources, run=self._run)
        self.staged += len(extracted)
        return Refused()
