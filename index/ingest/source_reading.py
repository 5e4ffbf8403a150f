"""Reading sources, and telling what the catalog already has from what is wanted."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from typing import Self

from index.catalog.records import SourceState
from index.catalog.states import CatalogStates
from index.ingest.fingerprints import code_fingerprint
from index.ingest.work import ALL_ARTICLES, ReadingOptions, Result
from index.model import Article, Failure
from index.readers.base import Source
from index.readers.registry import read_source

__all__ = ["MANY_ARTICLES", "SourceReader"]

# A source with more articles than this is read by one process and extracted by all.
MANY_ARTICLES = 16
# Articles in one part of a long source.
_PART = 64
# A file written this recently may be written again without looking different.
_SETTLING_SECONDS = 2.0


class SourceReader:
    """Reads sources; `extraction` is the fingerprint of what will extract them."""

    def __init__(self, options: ReadingOptions, extraction: str) -> None:
        self._options = options
        self._extraction = extraction
        reading = (extraction, code_fingerprint("index.readers"), repr(options.read_options))
        self._reading = sha256("\n".join(reading).encode()).hexdigest()
        self._states = None if options.folder is None else CatalogStates(options.folder)

    def close(self) -> None:
        """Let go of the catalog."""
        if self._states is not None:
            self._states.close()

    def read(self, source: Source, result: Result) -> None:
        """Add to `result` what a source holds: wanted articles, failures, and counts of the rest.

        One that looks as it did is only counted; one with many articles is only noted as such.
        """
        if self._is_as_before(source, result):
            return
        started = time.time()
        items = list(islice(read_source(source, self._options.read_options), MANY_ARTICLES + 1))
        if len(items) > MANY_ARTICLES:
            result.many.append(source)
            return
        self._sort_out(source, items, result)
        self._finish(source, started, result, _Counts().plus(items, source))

    def read_carefully(self, source: Source, result: Result) -> None:
        """As `read`, but every article of any source, and the source is not remembered as read whole."""
        self._sort_out(source, list(read_source(source, self._options.read_options)), result)

    def read_many(self, source: Source) -> Iterator[Result]:
        """Read one source with many articles, bit by bit; nothing is extracted. Only the last part `is_last`."""
        started = time.time()
        found = read_source(source, self._options.read_options)
        counts = _Counts()
        while True:
            items = list(islice(found, _PART))
            part = Result(extraction=self._extraction, is_last=len(items) < _PART)
            self._sort_out(source, items, part)
            counts = counts.plus(items, source)
            if part.is_last:
                self._finish(source, started, part, counts)
            yield part
            if part.is_last:
                return

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
        if state.failures:
            # They are met again as far as anybody can tell.
            result.failures.extend((source.locator, failure) for failure in self._states.failures_of(source.locator))
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

    def _finish(self, source: Source, started: float, result: Result, counts: "_Counts") -> None:
        """Note that a source was read whole, so that it need not be read again while it looks the same."""
        if not counts.is_whole or source.path is None or source.size is None or source.modified is None:
            return
        if started - source.modified >= _SETTLING_SECONDS:
            state = SourceState(
                source.locator, source.size, source.modified, self._reading, counts.articles, counts.failures
            )
            result.finished.append(state)


@dataclass(frozen=True, slots=True)
class _Counts:
    """What a source held so far. It is not whole when it broke off, rather than a row of it being bad."""

    articles: int = 0
    failures: int = 0
    is_whole: bool = True

    def plus(self, items: Sequence[Article | Failure], source: Source) -> Self:
        failures = [item for item in items if isinstance(item, Failure)]
        return replace(
            self,
            articles=self.articles + len(items) - len(failures),
            failures=self.failures + len(failures),
            is_whole=self.is_whole and all(failure.locator != source.locator for failure in failures),
        )
