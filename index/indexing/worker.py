"""What a worker does: read sources, pass over what the catalog already has, extract the rest and link it."""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice

from index.catalog.records import ExtractedArticle, SourceState
from index.catalog.states import CatalogStates
from index.extract.pipeline import Extractor
from index.indexing.fingerprints import code_fingerprint
from index.indexing.work import ALL_ARTICLES, ExtractTask, ReadingOptions, ReadTask, Result, Task
from index.model import Article, Failure, Mention
from index.packs.loader import load_packs
from index.readers.base import Source
from index.readers.registry import read_source
from index.resolve.keys import key_of
from index.resolve.records import Definition, LocalLink
from index.resolve.within_article import link_mentions
from index.resolve.words import builtin_words

__all__ = ["MANY_ARTICLES", "Worker"]

logger = logging.getLogger(__name__)

# A source with more articles than this is read by one process and extracted by all.
MANY_ARTICLES = 16
# Articles that are extracted at once: enough for spaCy to work in batches, few enough to be lost with a process.
_CHUNK = 64
# A file written this recently may be written again without looking different.
_SETTLING_SECONDS = 2.0


class Worker:
    """Does tasks, in this process. Raises `PackError` and `ModelError` when it cannot begin."""

    def __init__(self, options: ReadingOptions) -> None:
        packs = load_packs(options.packs)
        self._options = options
        self._extractor = Extractor(packs=packs, model=options.model)
        linking = code_fingerprint("index.resolve", "index.normalize")
        self._extraction = _hash(self._extractor.fingerprint, linking)
        self._reading = _hash(self._extraction, code_fingerprint("index.readers"), repr(options.read_options))
        self._states = None if options.folder is None else CatalogStates(options.folder)

    def close(self) -> None:
        """Let go of the catalog."""
        if self._states is not None:
            self._states.close()

    def do(self, task: Task) -> Result:
        """Do a task; whatever an article does wrong is a failure in the result."""
        result = Result(extraction=self._extraction)
        match task:
            case ReadTask(sources, is_careful=False):
                self._read_all(sources, result)
            case ReadTask(sources):
                for source in sources:
                    self._read_only(source, result)
            case ExtractTask(articles, file):
                self._extract([(file, article) for article in articles], result)
        return result

    def stream(self, source: Source) -> Iterator[Result]:
        """Read and extract one source with many articles, in this process, bit by bit."""
        has_failed = False
        for part in self.read_many(source):
            self._extract(part.articles, part)
            part.articles = []
            has_failed = has_failed or bool(part.failures)
            if has_failed:
                part.finished = []
            yield part

    def read_many(self, source: Source) -> Iterator[Result]:
        """Read one source with many articles, bit by bit; nothing is extracted. Only the last part `is_last`."""
        started = time.time()
        found = read_source(source, self._options.read_options)
        count = 0
        has_failed = False
        while True:
            items = list(islice(found, _CHUNK))
            part = Result(extraction=self._extraction, is_last=len(items) < _CHUNK)
            self._sort_out(source, items, part)
            count += sum(isinstance(item, Article) for item in items)
            has_failed = has_failed or bool(part.failures)
            if part.is_last:
                self._finish(source, count, started, part, has_failed=has_failed)
            yield part
            if part.is_last:
                return

    def _read_all(self, sources: Sequence[Source], result: Result) -> None:
        wanted: list[tuple[str, Article]] = []
        for source in sources:
            if self._is_as_before(source, result):
                continue
            started = time.time()
            items = list(islice(read_source(source, self._options.read_options), MANY_ARTICLES + 1))
            if len(items) > MANY_ARTICLES:
                result.many.append(source)
                continue
            part = Result()
            self._sort_out(source, items, part)
            count = sum(isinstance(item, Article) for item in items)
            self._finish(source, count, started, part, has_failed=bool(part.failures))
            wanted.extend(part.articles)
            _add(result, part)
        # An article that fails now has not been stored, and its file was not read whole.
        before = len(result.failures)
        self._extract(wanted, result)
        failed = {file for file, _ in result.failures[before:]}
        result.finished = [state for state in result.finished if state.locator not in failed]

    def _read_only(self, source: Source, result: Result) -> None:
        self._sort_out(source, list(read_source(source, self._options.read_options)), result)

    def _is_as_before(self, source: Source, result: Result) -> bool:
        """True, and counted, when the file looks as it did when all of it was indexed, by the same code."""
        if self._states is None or source.path is None:
            return False
        state = self._states.source(source.locator)
        if state is None or (state.size, state.modified) != (source.size, source.modified):
            return False
        if state.reading != self._reading:
            return False
        if self._options.keeps_seen:
            # Articles that an earlier run found gone from the file, but was not told to forget.
            if self._states.count_articles_of(source.locator) != state.articles:
                return False
            result.seen.append((source.locator, ALL_ARTICLES))
        result.unchanged += state.articles
        return True

    def _sort_out(self, source: Source, items: Iterable[Article | Failure], result: Result) -> None:
        """Tell failures, articles that the catalog has, and articles that are wanted apart."""
        articles: list[Article] = []
        for item in items:
            match item:
                case Article():
                    articles.append(item)
                case Failure():
                    result.failures.append((source.locator, item))
        states = {} if self._states is None else self._states.articles([article.id for article in articles])
        for article in articles:
            state = states.get(article.id)
            if state is not None and state.locator != article.locator:
                clash = f"{article.locator} and {state.locator} have one id, {article.id}"
                failure = Failure(article.locator, "id-clash", clash, "Rename the file.")
                result.failures.append((source.locator, failure))
                continue
            if self._options.keeps_seen:
                result.seen.append((source.locator, article.id))
            if state is not None and (state.content_hash, state.extraction) == (article.content_hash, self._extraction):
                result.unchanged += 1
            else:
                result.articles.append((source.locator, article))

    def _finish(self, source: Source, count: int, started: float, result: Result, *, has_failed: bool) -> None:
        """Note that a source was read whole, so that it need not be read again while it looks the same."""
        if has_failed or source.path is None or source.size is None or source.modified is None:
            return
        if started - source.modified >= _SETTLING_SECONDS:
            state = SourceState(source.locator, source.size, source.modified, self._reading, count)
            result.finished.append(state)

    def _extract(self, wanted: Sequence[tuple[str, Article]], result: Result) -> None:
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            try:
                result.extracted.extend(self._extract_chunk(chunk))
            except Exception:  # noqa: BLE001 - the outermost edge: one article that fails must not end the run
                # Which one it was shows when each is tried alone.
                for item in chunk:
                    self._extract_one(item, result)

    def _extract_one(self, item: tuple[str, Article], result: Result) -> None:
        file, article = item
        try:
            result.extracted.extend(self._extract_chunk([item]))
        except Exception as error:
            logger.exception("extraction failed on %s", article.locator)
            message = f"{type(error).__name__}: {error}"[:300]
            failure = Failure(article.locator, "extraction-error", message, "Please report this, with the article.")
            result.failures.append((file, failure))

    def _extract_chunk(self, chunk: Sequence[tuple[str, Article]]) -> list[ExtractedArticle]:
        found = self._extractor.extract([article for _, article in chunk], batch_size=_CHUNK)
        return [_linked(article, file, mentions) for (file, article), mentions in zip(chunk, found, strict=True)]


def _linked(article: Article, file: str, mentions: tuple[Mention, ...]) -> ExtractedArticle:
    for mention in mentions:
        assert article.body[mention.span.start : mention.span.end] == mention.text, "a mention is a part of the body"
    links = link_mentions(mentions, body=article.body)
    return ExtractedArticle(article, file, mentions, links, _definitions(mentions, links))


def _definitions(mentions: Sequence[Mention], links: Sequence[LocalLink]) -> tuple[Definition, ...]:
    """The short names that an article itself explains by long ones."""
    words = builtin_words()
    found: dict[Definition, None] = {}
    for link in links:
        if link.rule == "acronym":
            mention = mentions[link.mention_index]
            short = key_of(mention.text, mention.kind, reference=mention.reference, words=words)
            found[Definition(link.name.kind, short, link.name.key)] = None
    return tuple(found)


def _add(result: Result, part: Result) -> None:
    result.unchanged += part.unchanged
    result.failures.extend(part.failures)
    result.finished.extend(part.finished)
    result.seen.extend(part.seen)


def _hash(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
