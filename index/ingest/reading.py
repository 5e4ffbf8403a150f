"""The first stage of a run: sources to workers, and what comes back to the catalog, a batch a transaction."""

import os
import time
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from index.catalog.records import ExtractedArticle, SourceState
from index.catalog.store import Catalog
from index.ingest.linking import holding_separations, separated
from index.ingest.pool import LocalPool, WorkerPool
from index.ingest.pruning import Pruning
from index.ingest.report import ProgressMeter
from index.ingest.work import ReadingOptions, Result
from index.model import Failure
from index.readers.base import Source

__all__ = ["MAX_FAILURES", "ReadingRun", "make_batches"]

# A task of a worker. A source may hold many articles, but then it becomes tasks of its own.
_SOURCES_A_TASK = 32
_BYTES_A_TASK = 4_000_000
# Starting processes takes longer than this many bytes take one process.
_WORTH_PROCESSES = 500_000
# A transaction: an fsync of some 5 ms for half a second of work.
_ARTICLES_A_BATCH = 128
_SECONDS_A_BATCH = 2.0
# Failures in a report; all of them are in the catalog.
MAX_FAILURES = 1000


def make_batches(sources: Iterable[Source]) -> Iterator[tuple[Source, ...]]:
    """The sources in their order, as many at a time as make a task."""
    batch: list[Source] = []
    size = 0
    for source in sources:
        batch.append(source)
        size += source.size or 0
        if len(batch) >= _SOURCES_A_TASK or size >= _BYTES_A_TASK:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


class ReadingRun:
    """Reads sources into the catalog; the counts say what was done so far."""

    def __init__(
        self,
        catalog: Catalog,
        options: ReadingOptions,
        *,
        run: int,
        workers: int,
        meter: ProgressMeter,
        pruning: Pruning,
    ) -> None:
        """`workers` 0 is one for each core; `run` is the number of the run in the catalog."""
        self._catalog = catalog
        self._options = options
        self._run = run
        self._workers = workers or os.cpu_count() or 1
        self._meter = meter
        self._pruning = pruning
        self._separations = holding_separations(catalog)
        self._extraction = ""
        self._extracted: list[ExtractedArticle] = []
        self._failures: list[tuple[str, Failure]] = []
        self._finished: list[SourceState] = []
        self._last_commit = time.monotonic()
        self.added = 0
        self.changed = 0
        self.unchanged = 0
        self.failed = 0
        self.failures: list[Failure] = []
        self.is_interrupted = False

    @property
    def read(self) -> int:
        """How many articles were read and are in the catalog."""
        return self.added + self.changed + self.unchanged

    def read_all(self, found: Iterable[Source | Failure]) -> None:
        """Read all sources. Ctrl-C ends it early; what was read is in the catalog when this returns."""
        try:
            batches = make_batches(self._sources(found))
            first = list(islice(batches, 2))
            size = sum(source.size or 0 for batch in first for source in batch)
            is_small = len(first) < 2 and size < _WORTH_PROCESSES
            if is_small or self._workers == 1:
                self._work(LocalPool(self._options), chain(first, batches))
            else:
                self._work(WorkerPool(self._options, workers=self._workers), chain(first, batches))
            self._commit()
            self._meter.update(self.read, failed=self.failed, is_last=True)
        except KeyboardInterrupt:
            self.is_interrupted = True
            self._commit()

    def _work(self, pool: LocalPool | WorkerPool, batches: Iterable[tuple[Source, ...]]) -> None:
        with pool:
            for result in pool.results(batches):
                self._take(result)

    def _sources(self, found: Iterable[Source | Failure]) -> Iterator[Source]:
        for item in found:
            match item:
                case Source():
                    yield item
                case Failure():
                    self._take(Result(failures=[(item.locator, item)]))

    def _take(self, result: Result) -> None:
        self._extraction = result.extraction or self._extraction
        self._extracted.extend(result.extracted)
        self._failures.extend(result.failures)
        self._finished.extend(result.finished)
        self.unchanged += result.unchanged
        self.failed += len(result.failures)
        room = MAX_FAILURES - len(self.failures)
        self.failures.extend(failure for _, failure in result.failures[: max(0, room)])
        self._pruning.note_seen(result.seen)
        for file, failure in result.failures:
            self._pruning.note_failure(file, failure)
        if result.many or not result.is_last:
            # From now on, files say nothing about articles.
            self._meter.total = None
        is_late = time.monotonic() - self._last_commit >= _SECONDS_A_BATCH
        if len(self._extracted) >= _ARTICLES_A_BATCH or (is_late and (self._extracted or self._failures)):
            self._commit()
        self._meter.update(self.read + len(self._extracted), failed=self.failed)

    def _commit(self) -> None:
        if self._extracted or self._failures or self._finished:
            added, changed = self._catalog.store(
                separated(self._extracted, self._separations),
                extraction=self._extraction,
                failures=self._failures,
                sources=self._finished,
                run=self._run,
            )
            self.added += added
            self.changed += changed
            self._extracted, self._failures, self._finished = [], [], []
        self._last_commit = time.monotonic()
