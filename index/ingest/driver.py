"""Drives a run: hands tasks to a pool, compares what was read with the catalog, and commits what was extracted."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import assert_never

from index.catalog.records import ExtractedArticle, SourceState, StoredVector
from index.ingest.pools.base import Done, Pool
from index.ingest.pools.registry import DEFAULT_POOL, open_pool
from index.ingest.pools.retry import RetryingPool
from index.ingest.pruning import Pruning
from index.ingest.report import MAX_REPORTED, NoticeLog
from index.ingest.schedule import Schedule, make_batches
from index.ingest.source_tracking import SourceTracker
from index.ingest.states import ALL_ARTICLES, ArticleSink, Sorter
from index.ingest.versions.stage_texts import StageTexts
from index.ingest.workers.source_reader import SourceReader
from index.ingest.workers.tasks import (
    PART_ARTICLES,
    ExtractResult,
    ExtractTask,
    Findings,
    ReadResult,
    ReadTask,
    Underway,
    WorkerOptions,
)
from index.model import Article, Failure
from index.progress import ProgressMeter
from index.readers.base import Source
from index.recognizer.languages import runs_in

__all__ = ["IngestRun", "in_groups"]

# Starting more processes takes longer than this many bytes take one.
_WORTH_PROCESSES = 500_000
# A transaction: an fsync of some 5 ms for half a second of work.
_ARTICLES_A_BATCH = 128
_SECONDS_A_BATCH = 2.0
# Sources that are compared with the catalog at once.
_SOURCES_AT_ONCE = 200
# With files of more articles than this, the number of files says nothing about that of articles.
_MANY_ARTICLES = 16


@dataclass(slots=True)
class _Batch:
    """Contents of the next transaction."""

    extracted: list[ExtractedArticle] = field(default_factory=list)
    failures: list[tuple[str, Failure]] = field(default_factory=list)
    sources: list[SourceState] = field(default_factory=list)

    def is_empty(self) -> bool:
        return not (self.extracted or self.failures or self.sources)


class IngestRun:
    """Reads sources into a catalog; the counts say what was done so far."""

    def __init__(
        self,
        sink: ArticleSink,
        options: WorkerOptions,
        *,
        workers: int,
        meter: ProgressMeter,
        pool: str = DEFAULT_POOL,
        address: str = "",
        pruning: Pruning | None = None,
        on_batch: Callable[[], None] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`workers` 0 is one for each core, of the `pool` of that name; when there is little to do, it has one.

        `address` is that of the cluster, for a pool on other machines.
        `pruning` is told of everything that is met. `on_batch` is called after each batch that was stored, in this
        thread: the place to publish from time to time. Raises `PackError` for a pack that is missing.
        """
        self._sink = sink
        self._options = options
        self._workers = workers
        self._meter = meter
        self._pool = pool
        self._address = address
        self._pruning = pruning
        self._on_batch = on_batch
        self._clock = clock
        stages = StageTexts.of(options)
        self._extraction = stages.extraction
        self._meaning = stages.meaning
        self._sorter = Sorter(sink, stages, checks_rows=pruning is not None)
        self._tracker = SourceTracker(stages)
        self._reader: SourceReader | None = None
        self._outdated: deque[Iterator[tuple[Article, ...]]] = deque()
        self._outdated_bytes = 0
        self._batch = _Batch()
        self._last_commit = time.monotonic()
        self.added = 0
        self.changed = 0
        self.unchanged = 0
        self.failed = 0
        self.failures: list[Failure] = []
        self.log = NoticeLog()
        self.packs_only: Counter[str] = Counter()
        self.is_interrupted = False

    @property
    def read(self) -> int:
        """Count of the articles that were read and are in the catalog or staged."""
        return self.added + self.changed + self.unchanged

    def read_all(self, found: Iterable[Source | Failure]) -> None:
        """Read all sources. Ctrl-C ends it early; what was extracted is in the catalog when this returns."""
        try:
            batches = make_batches(self._sources_to_read(found))
            first = list(islice(batches, 2))
            size = self._outdated_bytes + sum(source.size or 0 for batch in first for source in batch)
            is_small = len(first) < 2 and size < _WORTH_PROCESSES
            if first or self._outdated:
                self._work(is_small=is_small, batches=chain(first, batches))
            self._commit()
            self._meter.update(self.read, failed=self.failed, is_last=True)
        except KeyboardInterrupt:
            self.is_interrupted = True
            self._commit()
        # Workers finish in any order.
        self.failures.sort(key=lambda failure: failure.locator)
        self.log.notices.sort(key=lambda notice: notice.locator)

    def _work(self, *, is_small: bool, batches: Iterator[tuple[Source, ...]]) -> None:
        pool = open_pool(
            self._pool,
            self._options,
            workers=1 if is_small else self._workers,
            address=self._address,
            on_underway=self._note_underway,
        )
        schedule = Schedule(batches, workers=pool.workers)
        with RetryingPool(pool) as retrying:
            while True:
                while retrying.has_room() and (task := self._next_task(schedule, pool)) is not None:
                    retrying.submit(task)
                if retrying.is_idle():
                    return
                for done in retrying.wait():
                    self._take(done, schedule)

    def _next_task(self, schedule: Schedule, pool: Pool) -> ReadTask | ExtractTask | None:
        """Return the next task for the pool. Reads here what the pool cannot."""
        while True:
            while self._outdated and schedule.may_read():
                self._add_outdated(schedule)
            task = schedule.next_task()
            if not isinstance(task, ReadTask):
                return task
            for source in task.sources:
                self._tracker.begin(source, now=self._clock())
            if pool.can_read:
                return task
            self._take(Done(task, self._reader_here().read(task)), schedule)

    def _add_outdated(self, schedule: Schedule) -> None:
        """Add some of the articles that are extracted again from the catalog."""
        articles = next(self._outdated[0], ())
        if articles:
            schedule.add(articles)
        else:
            self._outdated.popleft()

    def _reader_here(self) -> SourceReader:
        if self._reader is None:
            self._reader = SourceReader(self._options)
        return self._reader

    def _sources_to_read(self, found: Iterable[Source | Failure]) -> Iterator[Source]:
        """Yield the sources that must be read, and count the others."""
        for group in in_groups(found, _SOURCES_AT_ONCE):
            sources = [item for item in group if isinstance(item, Source)]
            for item in group:
                if isinstance(item, Failure):
                    self._fail(item.locator, item)
            for source, verdict in zip(sources, self._sorter.sort_sources(sources), strict=True):
                if verdict.must_read:
                    yield source
                    continue
                self.unchanged += verdict.unchanged
                self._see(source.locator, [ALL_ARTICLES])
                for failure in verdict.failures:
                    self._fail(source.locator, failure)
                if verdict.outdated:
                    self._outdated.append(self._outdated_of(source.locator))
                    self._outdated_bytes += source.size or 0
            self._commit_when_due()

    def _outdated_of(self, file: str) -> Iterator[tuple[Article, ...]]:
        """Yield the articles of a file that must be extracted again, as they are in the catalog."""
        last = ""
        while articles := self._sink.outdated_of(file, self._extraction, after=last, limit=PART_ARTICLES):
            for article in articles:
                self._sorter.claim_outdated(article, file)
            yield articles
            last = articles[-1].id

    def _take(self, done: Done, schedule: Schedule) -> None:
        match done:
            case Done(ReadTask() as task, ReadResult() as result):
                self._take_read(result, schedule)
                schedule.note_read(task, result)
            case Done(ExtractTask() as task, ExtractResult(found)):
                schedule.note_extracted(task)
                for article, item in zip(task.articles, found, strict=True):
                    self._take_extracted(article, item)
            case _:
                raise AssertionError("a result belongs to a task of its kind")
        self._meter.waiting = schedule.waiting
        self._commit_when_due()

    def _take_read(self, result: ReadResult, schedule: Schedule) -> None:
        for part in result.parts:
            articles = self._sorter.sort_articles(part.locator, part.articles)
            schedule.add(articles.wanted)
            self.unchanged += articles.unchanged
            self._see(part.locator, articles.seen)
            for failure in (*part.failures, *articles.clashes):
                self._fail(part.locator, failure)
            self.log.add(part.notices)
            if not part.is_last or len(part.articles) > _MANY_ARTICLES:
                self._meter.total = None
            state = self._tracker.note_part(
                part.locator,
                articles=len(part.articles),
                failures=part.failures,
                wanted=len(articles.wanted),
                clashes=len(articles.clashes),
                is_last=part.is_last,
            )
            self._remember(state)

    def _note_underway(self, article: Underway) -> None:
        self._meter.note_share(article.locator, article.share)

    def _take_extracted(self, article: Article, found: Findings | Failure) -> None:
        file = self._sorter.file_of(article.id)
        self._meter.end_share(article.locator)
        match found:
            case Findings(mentions, links, definitions, vector):
                stored = None if vector is None else StoredVector(self._meaning, vector)
                self._batch.extracted.append(ExtractedArticle(article, file, mentions, links, definitions, stored))
                if article.language is not None and not runs_in(article.language):
                    self.packs_only[article.language] += 1
            case Failure():
                self._sorter.release([article.id])
                self._fail(file, found)
            case _:
                assert_never(found)
        self._remember(self._tracker.note_extracted(file, failure=found if isinstance(found, Failure) else None))

    def _remember(self, state: SourceState | None) -> None:
        if state is not None:
            self._batch.sources.append(state)

    def _see(self, file: str, ids: Sequence[str]) -> None:
        if self._pruning is not None:
            self._pruning.note_seen(file, ids)

    def _fail(self, file: str, failure: Failure) -> None:
        self._batch.failures.append((file, failure))
        self.failed += 1
        if len(self.failures) < MAX_REPORTED:
            self.failures.append(failure)
        if self._pruning is not None:
            self._pruning.note_failure(file, failure)

    def _commit_when_due(self) -> None:
        is_late = time.monotonic() - self._last_commit >= _SECONDS_A_BATCH
        is_full = len(self._batch.extracted) >= _ARTICLES_A_BATCH
        if is_full or (is_late and (self._batch.extracted or self._batch.failures)):
            self._commit()
        self._meter.update(self.read + len(self._batch.extracted), failed=self.failed)

    def _commit(self) -> None:
        batch, self._batch = self._batch, _Batch()
        self._last_commit = time.monotonic()
        if batch.is_empty():
            return
        self._sink.stage(
            batch.extracted,
            extraction=self._extraction,
            failures=batch.failures,
            sources=batch.sources,
        )
        ids = [item.article.id for item in batch.extracted]
        changed = sum(map(self._sorter.is_known, ids))
        self.changed += changed
        self.added += len(ids) - changed
        self._sorter.release(ids)
        if self._on_batch is not None:
            self._on_batch()


def in_groups(found: Iterable[Source | Failure], size: int) -> Iterator[list[Source | Failure]]:
    """Yield items in their order, `size` at a time."""
    items = iter(found)
    while group := list(islice(items, size)):
        yield group
