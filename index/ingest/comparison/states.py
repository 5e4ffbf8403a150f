"""Compares sources and articles with the catalog: unchanged, wanted, or in conflict with another article."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from index.catalog.records import ArticleState, EndedSource, ExtractedArticle, Refused, SourceState
from index.ingest.versions.stage_texts import StageTexts
from index.model import Article, Failure
from index.readers.base import Source

__all__ = ["ALL_ARTICLES", "ArticleSink", "KnownArticles", "SortedArticles", "Sorter", "SourceVerdict", "make_clash"]

# In place of an id: all articles of a file that looks as it did.
ALL_ARTICLES: Final = ""


class KnownArticles(Protocol):
    """The catalog as far as a run asks it before anything is written."""

    def sources(self, locators: Sequence[str]) -> Mapping[str, SourceState]:
        """Return the states of those of the files that were read whole."""
        ...

    def articles(self, ids: Sequence[str]) -> Mapping[str, ArticleState]:
        """Return the states of those of the articles that are known, staged ones among them."""
        ...

    def failures_of(self, file: str) -> tuple[Failure, ...]:
        """Return what could not be read or indexed of a file, by locator."""
        ...

    def count_articles_of(self, files: Sequence[str]) -> Mapping[str, int]:
        """Count the articles of files; those without any are left out."""
        ...

    def count_outdated_of(self, files: Sequence[str], extraction: str) -> Mapping[str, int]:
        """Count the articles of files that were not extracted by `extraction`, a text of a stage."""
        ...

    def outdated_of(self, file: str, extraction: str, *, after: str, limit: int) -> tuple[Article, ...]:
        """Return the next of those articles of a file after an id, in code point order of their ids."""
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
        ended: Sequence[EndedSource],
    ) -> Refused:
        """Store a batch, durable when this returns; `articles` knows it from then on. Returns what it left out.

        Every id comes once. Failures come with the locator of their source; `extraction` is the text of the stage.
        `ended` are the sources of which nothing more is to come.
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


@dataclass(frozen=True, slots=True)
class _Claim:
    """The article that has an id; `is_known` when the catalog holds it."""

    locator: str
    file: str
    is_known: bool


_READ = SourceVerdict(must_read=True)


class Sorter:
    """Compares with a catalog, if there is one. Remembers wanted articles until they are in the catalog."""

    def __init__(self, known: KnownArticles | None, stages: StageTexts, *, checks_rows: bool = False) -> None:
        """`stages` are those of this run.

        `checks_rows` also reads a file that looks the same but has articles in the catalog that it had lost before:
        needed to prune.
        """
        self._known = known
        self._stages = stages
        self._extraction = stages.extraction
        self._checks_rows = checks_rows
        self._claimed: dict[str, _Claim] = {}

    def sort_sources(self, sources: Sequence[Source]) -> tuple[SourceVerdict, ...]:
        """Compare files with the catalog, by their size, time and way of reading; in the order of `sources`."""
        known = self._known
        if known is None:
            return (_READ,) * len(sources)
        states = known.sources([source.locator for source in sources])
        same = [source.locator for source in sources if self._looks_the_same(source, states.get(source.locator))]
        held = known.count_articles_of(same) if self._checks_rows else {}
        outdated = known.count_outdated_of(same, self._extraction)
        verdicts: dict[str, SourceVerdict] = {}
        for file in same:
            state, again = states[file], outdated.get(file, 0)
            if self._checks_rows and held.get(file, 0) != state.articles:
                continue
            failures = known.failures_of(file) if state.failures else ()
            verdicts[file] = SourceVerdict(False, max(0, state.articles - again), again, failures)
        return tuple(verdicts.get(source.locator, _READ) for source in sources)

    def _looks_the_same(self, source: Source, state: SourceState | None) -> bool:
        if source.path is None or state is None:
            return False
        if state.reading not in (self._stages.reading_of(source), self._stages.reading_of(source, is_set_aside=True)):
            return False
        return (state.size, state.modified) == (source.size, source.modified)

    def sort_articles(self, file: str, articles: Sequence[Article]) -> SortedArticles:
        """Compare articles of a file with the catalog and with those of this run.

        Of two articles with one id, the one that came first keeps it, and the other is a failure ("id-clash").
        """
        found = SortedArticles()
        if not articles:
            return found
        states = {} if self._known is None else self._known.articles([article.id for article in articles])
        for article in articles:
            state = states.get(article.id)
            claim = _Claim(article.locator, file, is_known=state is not None)
            holder = self._claimed.get(article.id)
            if holder is None and state is not None:
                holder = _Claim(state.locator, state.file, is_known=True)
            if holder is not None and (holder.locator, holder.file) != (claim.locator, claim.file):
                found.clashes.append(_clash(article, claim, holder))
                continue
            found.seen.append(article.id)
            if state is not None and (state.content_hash, state.extraction) == (article.content_hash, self._extraction):
                found.unchanged += 1
            else:
                self._claimed[article.id] = claim
                found.wanted.append(article)
        return found

    def file_of(self, article_id: str) -> str:
        """Return the file of an article that was wanted and is not released."""
        return self._claimed[article_id].file

    def is_known(self, article_id: str) -> bool:
        """True for an article that was wanted and is not released when the catalog holds it in another state."""
        return self._claimed[article_id].is_known

    def claim_outdated(self, article: Article, file: str) -> None:
        """Remember an article of the catalog that is extracted again without being read."""
        self._claimed[article.id] = _Claim(article.locator, file, is_known=True)

    def release(self, ids: Iterable[str]) -> None:
        """Forget articles that are in the catalog, or failed."""
        for article_id in ids:
            self._claimed.pop(article_id, None)


def make_clash(item: ExtractedArticle, state: ArticleState) -> Failure:
    """Return the failure of an article whose id another one has, by the state of that one."""
    claim = _Claim(item.article.locator, item.file, is_known=False)
    return _clash(item.article, claim, _Claim(state.locator, state.file, is_known=True))


def _clash(article: Article, claim: _Claim, holder: _Claim) -> Failure:
    if claim.locator != holder.locator:
        message = f"{claim.locator} and {holder.locator} have one id, {article.id}"
    else:
        message = f"articles of {claim.file} and of {holder.file} are both called {claim.locator}"
    return Failure(article.locator, "id-clash", message, f"Rename {claim.file} or {holder.file}.")
