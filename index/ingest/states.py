"""Compares sources and articles with the catalog: unchanged, wanted, or in conflict with another article."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from msgspec.structs import replace

from index.catalog.records import ArticleState, ExtractedArticle, SourceState
from index.model import Article, Failure
from index.readers.base import Source

__all__ = ["ALL_ARTICLES", "ArticleSink", "KnownArticles", "SortedArticles", "Sorter", "SourceVerdict"]

# In place of an id: all articles of a file that looks as it did.
ALL_ARTICLES: Final = ""


class KnownArticles(Protocol):
    """The catalog as far as it is asked before anything is written. Articles that are staged count as known."""

    def sources(self, locators: Sequence[str]) -> Mapping[str, SourceState]:
        """Return the states of those of the files that were read whole."""
        ...

    def articles(self, ids: Sequence[str]) -> Mapping[str, ArticleState]:
        """Return the states of those of the articles that are known."""
        ...

    def ids_at(self, locators: Sequence[str]) -> Mapping[str, str]:
        """Return the ids of those of the articles that are known at these locators."""
        ...

    def failures_of(self, file: str) -> tuple[Failure, ...]:
        """Return what could not be read or indexed of a file, by locator."""
        ...

    def count_articles_of(self, file: str) -> int:
        """Count the articles of a file."""
        ...

    def count_outdated_of(self, file: str, extraction: str) -> int:
        """Count the articles of a file that were extracted otherwise than by `extraction`, a text of a stage."""
        ...

    def outdated_of(self, file: str, extraction: str, *, after: str, limit: int) -> tuple[Article, ...]:
        """Return the next of those articles after an id, in code point order of their ids."""
        ...


class ArticleSink(KnownArticles, Protocol):
    """The catalog as the driver of a run sees it."""

    def stage(
        self,
        extracted: Sequence[ExtractedArticle],
        *,
        extraction: str,
        failures: Sequence[tuple[str, Failure]],
        sources: Sequence[SourceState],
    ) -> tuple[int, int]:
        """Store a batch, durable when this returns; later calls of the methods above see it.

        Failures come with the locator of their source; `extraction` is the text of the stage. Returns how many
        articles are new and how many were there before.
        """
        ...


@dataclass(frozen=True, slots=True)
class SourceVerdict:
    """The comparison of a file with the catalog.

    A file that must be read has nothing else set. `unchanged` counts articles, `failures` are those that are met again
    as far as anybody can tell, `outdated` counts articles to be extracted again from the catalog.
    """

    must_read: bool
    unchanged: int = 0
    outdated: int = 0
    failures: tuple[Failure, ...] = ()


@dataclass(slots=True)
class SortedArticles:
    """Articles of one part of a source: wanted ones, how many are unchanged, and ids that two articles claim."""

    wanted: list[Article] = field(default_factory=list)
    unchanged: int = 0
    clashes: list[Failure] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)


_READ = SourceVerdict(must_read=True)


class Sorter:
    """Compares with a catalog, if there is one. Remembers wanted articles until they are in the catalog."""

    def __init__(
        self, known: KnownArticles | None, *, reading: str, extraction: str, checks_rows: bool = False
    ) -> None:
        """`reading` and `extraction` are the texts of the stages of this run.

        `checks_rows` also reads a file that looks the same but has articles in the catalog that it had lost before:
        needed to prune.
        """
        self._known = known
        self._reading = reading
        self._extraction = extraction
        self._checks_rows = checks_rows
        self._claimed: dict[str, tuple[str, str]] = {}

    def sort_sources(self, sources: Sequence[Source]) -> tuple[SourceVerdict, ...]:
        """Compare files with the catalog, by their size, time and way of reading; in the order of `sources`."""
        if self._known is None:
            return (_READ,) * len(sources)
        states = self._known.sources([source.locator for source in sources])
        return tuple(self._sort_source(source, states.get(source.locator), self._known) for source in sources)

    def _sort_source(self, source: Source, state: SourceState | None, known: KnownArticles) -> SourceVerdict:
        if source.path is None or state is None or state.reading != self._reading:
            return _READ
        if (state.size, state.modified) != (source.size, source.modified):
            return _READ
        if self._checks_rows and known.count_articles_of(source.locator) != state.articles:
            return _READ
        outdated = known.count_outdated_of(source.locator, self._extraction)
        failures = known.failures_of(source.locator) if state.failures else ()
        return SourceVerdict(
            must_read=False, unchanged=max(0, state.articles - outdated), outdated=outdated, failures=failures
        )

    def sort_articles(self, file: str, articles: Sequence[Article]) -> SortedArticles:
        """Compare articles of a file with the catalog and with those of this run.

        Of two articles with one id, the one that came first keeps it, and the other is a failure ("id-clash"). An
        article that the catalog has under another id (as version 0.1 made them) keeps that id.
        """
        found = SortedArticles()
        if not articles:
            return found
        articles = self._with_known_ids(articles)
        states = {} if self._known is None else self._known.articles([article.id for article in articles])
        for article in articles:
            state = states.get(article.id)
            holder = self._claimed.get(article.id)
            if holder is None and state is not None:
                holder = (state.locator, state.file)
            if holder not in (None, (article.locator, file)):
                found.clashes.append(_clash(article, file, *holder))
                continue
            found.seen.append(article.id)
            if state is not None and (state.content_hash, state.extraction) == (article.content_hash, self._extraction):
                found.unchanged += 1
            else:
                self._claimed[article.id] = (article.locator, file)
                found.wanted.append(article)
        return found

    def file_of(self, article_id: str) -> str:
        """Return the file of an article that was wanted and is not released."""
        return self._claimed[article_id][1]

    def claim(self, article: Article, file: str) -> None:
        """Remember an article that is wanted for another reason than that it was read."""
        self._claimed[article.id] = (article.locator, file)

    def release(self, ids: Iterable[str]) -> None:
        """Forget articles that are in the catalog, or failed."""
        for article_id in ids:
            self._claimed.pop(article_id, None)

    def _with_known_ids(self, articles: Sequence[Article]) -> Sequence[Article]:
        if self._known is None:
            return articles
        ids = self._known.ids_at([article.locator for article in articles])
        return [
            replace(article, id=ids[article.locator]) if ids.get(article.locator, article.id) != article.id else article
            for article in articles
        ]


def _clash(article: Article, file: str, other_locator: str, other_file: str) -> Failure:
    if article.locator != other_locator:
        message = f"{article.locator} and {other_locator} have one id, {article.id}"
    else:
        message = f"articles of {file} and of {other_file} are both called {article.locator}"
    return Failure(article.locator, "id-clash", message, f"Rename {file} or {other_file}.")
