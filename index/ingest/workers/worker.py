"""Does the tasks of a worker: reading sources, and extracting articles with their links and vectors."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, assert_never

from index.identity.linking import link_article
from index.ingest.workers.encoding import ArticleVector, make_encoder
from index.ingest.workers.loading import load
from index.ingest.workers.source_reader import SourceReader
from index.ingest.workers.tasks import (
    ExtractResult,
    ExtractTask,
    Findings,
    ReadTask,
    Result,
    Task,
    Underway,
    WorkerOptions,
)
from index.model import Article, Failure, Mention
from index.packs.loader import Packs, load_packs

__all__ = ["ArticleExtractor", "Worker"]

logger = logging.getLogger(__name__)


class ArticleExtractor(Protocol):
    """Finds mentions."""

    def extract(
        self, articles: Iterable[Article], *, batch_size: int = 64, on_share: Callable[[str, float], None] | None = None
    ) -> Iterator[tuple[Mention, ...]]:
        """Yield the mentions of each article, in the order of the articles; sorted by start and disjoint.

        `on_share` is told the locator of a long article and how much of it is done, from time to time.
        """
        ...


class Worker:
    """Does tasks in this process. The extractor is loaded by the first task that needs it, or by `prepare`."""

    def __init__(self, options: WorkerOptions, *, on_underway: Callable[[Underway], None] | None = None) -> None:
        """`on_underway` is told of long articles from time to time."""
        self._on_underway = on_underway
        self._options = options
        self._reader = SourceReader(options)
        self._extractor: ArticleExtractor | None = None
        self._packs = Packs()
        self._encode: ArticleVector | None = None

    def close(self) -> None:
        """Close open sources."""
        self._reader.close()

    def prepare(self) -> None:
        """Load the extractor, if there is one. Raises `PackError` and `ModelError`."""
        if self._options.extractor:
            self._load()

    def do(self, task: Task) -> Result:
        """Do a task; whatever an article does wrong is a failure in the result."""
        match task:
            case ReadTask():
                return self._reader.read(task)
            case ExtractTask(articles):
                return ExtractResult(tuple(self._extract(articles)))
        assert_never(task)

    def _load(self) -> ArticleExtractor:
        if self._extractor is None:
            make: Callable[[WorkerOptions], ArticleExtractor] = load(self._options.extractor)
            self._extractor = make(self._options)
            self._packs = load_packs(self._options.packs)
            self._encode = make_encoder(self._options)
        return self._extractor

    def _extract(self, articles: Sequence[Article]) -> list[Findings | Failure]:
        extractor = self._load()
        try:
            return list(self._find(extractor, articles))
        except Exception:  # noqa: BLE001 - the outermost edge: one article that fails must not end the run
            # Which one it was shows when each is tried alone.
            return [self._find_alone(extractor, article) for article in articles]

    def _find(self, extractor: ArticleExtractor, articles: Sequence[Article]) -> Iterator[Findings]:
        found = extractor.extract(articles, batch_size=len(articles), on_share=self._note_share)
        for article, mentions in zip(articles, found, strict=True):
            for mention in mentions:
                assert article.body[mention.span.start : mention.span.end] == mention.text, (
                    "a mention is a part of the body"
                )
            vector = None if self._encode is None else self._encode(article)
            yield Findings(mentions, *link_article(article, mentions, packs=self._packs), vector)

    def _find_alone(self, extractor: ArticleExtractor, article: Article) -> Findings | Failure:
        try:
            return next(self._find(extractor, [article]))
        except Exception as error:
            logger.exception("extraction failed on %s", article.locator)
            message = f"{type(error).__name__}: {error}"[:300]
            return Failure(article.locator, "extraction-error", message, "Please report this, with the article.")

    def _note_share(self, locator: str, share: float) -> None:
        if self._on_underway is not None:
            self._on_underway(Underway(locator, share))
