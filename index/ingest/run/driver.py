"""Drives a run: hands tasks to a pool, compares what was read with the catalog, and commits what was extracted."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import assert_never

from index.catalog.records import ExtractedArticle, SourceState, StoredVector
from index.ingest.comparison.states import ALL_ARTICLES, ArticleSink, Sorter, SourceVerdict
from index.ingest.pools.base import Done, Pool
from index.ingest.pools.registry import DEFAULT_POOL, open_pool
from index.ingest.pools.retry import RetryingPool
from index.ingest.report import MAX_REPORTED, NoticeLog
from index.ingest.run.batch import Batch
from index.ingest.run.pruning import Pruning
from index.ingest.run.schedule import Schedule, in_groups, make_batches
from index.ingest.run.source_tracking import SourceTracker
from index.ingest.shared.queue import SharedQueue
from index.ingest.shared.turns import Turns
from index.ingest.versions.stage_texts import StageTexts
from index.ingest.workers.source_reader import SourceReader
from index.ingest.workers.tasks import (
    PART_ARTICLES,
    ExtractResult,
    ExtractTask,
    Findings,
    ReadResult,
    ReadTask,
    WorkerOptions,
)
from index.model import Article, Failure
from index.progress import ProgressMeter
from index.readers.base import Source
from index.recognizer.languages import runs_in

__all__ = ["IngestRun"]

# Starting more processes takes longer than this many bytes take one.
_WORTH_PROCESSES = 500_000
# A transaction: an fsync of some 5 ms for half a second of work.
_ARTICLES_A_BATCH = 128
_SECONDS_A_BATCH = 2.0
# Sources that are compared with the catalog at once.
_SOURCES_AT_ONCE = 200
# With files of more articles than this, the number of files says nothing about that of articles.
_MANY_ARTICLES = 16
# How long a run that shares its work waits before it asks again whether there is some.
_PAUSE_SECONDS = 0.5


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
        queue: SharedQueue | None = None,
        on_batch: Callable[[], None] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`workers` 0 is one for each core, of the `pool` of that name; when there is little to do, it has one.

        `address` is that of the cluster, for a pool on other machines.
        `pruning` is told of everything that is met. With a `queue`, what is found is put there and claimed from there,
        and others do so as well. `on_batch` is called after each batch that was stored, and while this one waits for
        others, in this thread: the place to publish from time to time. Raises `PackError` for a pack that is missing.
        """
        self._sink = sink
        self._options = options
        self._workers = workers
        self._meter = meter
        self._pool = pool
        self._address = address
        self._pruning = pruning
        self._queue = queue
        self._is_queueing = queue is not None
        self._on_batch = on_batch
        self._clock = clock
        stages = StageTexts.of(options)
        self._extraction = stages.extraction
        self._meaning = stages.meaning
        self._sorter = Sorter(sink, stages, checks_rows=pruning is not None)
        self._tracker = SourceTracker(stages)
        self._reader: SourceReader | None = None
        self._outdated: deque[tuple[str, Iterator[tuple[Article, ...]]]] = deque()
        self._outdated_bytes = 0
        self._batch = Batch()
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
            if self._queue is None:
                self._read_alone(found)
            else:
                self._read_shared(found, self._queue)
            self._commit()
            self._meter.update(self.read, failed=self.failed, is_last=True)
        except KeyboardInterrupt:
            self.is_interrupted = True
            self._commit()
        # Workers finish in any order.
        self.failures.sort(key=lambda failure: failure.locator)
        self.log.notices.sort(key=lambda notice: notice.locator)

    def _read_alone(self, found: Iterable[Source | Failure]) -> None:
        batches = make_batches(self._sources_to_read(found))
        first = list(islice(batches, 2))
        size = self._outdated_bytes + sum(source.size or 0 for batch in first for source in batch)
        is_small = len(first) < 2 and size < _WORTH_PROCESSES
        if first or self._outdated:
            self._work(chain(first, batches), is_small=is_small)

    def _read_shared(self, found: Iterable[Source | Failure], queue: SharedQueue) -> None:
        turns = Turns(self._queue_and_claim(found, queue))

        def may_wait() -> bool:
            """Return False when all is done; else wait where there is nothing to do for now."""
            self._commit()
            if turns.look() or self._outdated:
                return True
            if turns.is_over:
                return False
            if self._on_batch is not None:
                self._on_batch()
            self._meter.update(self.read, failed=self.failed)
            if not self._is_queueing:
                time.sleep(_PAUSE_SECONDS)
            return True

        while not turns.look() and not self._outdated:
            if not may_wait():
                return
        self._work(turns, may_wait=may_wait)

    def _work(
        self,
        batches: Iterator[tuple[Source, ...]],
        *,
        is_small: bool = False,
        may_wait: Callable[[], bool] = lambda: False,
    ) -> None:
        """Read batches until there are no more; where `may_wait` says that there may be, ask again."""
        pool = open_pool(
            self._pool,
            self._options,
            workers=1 if is_small else self._workers,
            address=self._address,
            on_underway=lambda article: self._meter.note_share(article.locator, article.share),
        )
        schedule = Schedule(batches, workers=pool.workers)
        with RetryingPool(pool) as retrying:
            while True:
                while retrying.has_room() and (task := self._next_task(schedule, pool)) is not None:
                    retrying.submit(task)
                if retrying.is_idle():
                    if not may_wait():
                        return
                    continue
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
        file, parts = self._outdated[0]
        articles = next(parts, ())
        if articles:
            schedule.add(articles)
        else:
            self._outdated.popleft()
        self._tracker.note_again(file, wanted=len(articles))
        self._remember(None)

    def _reader_here(self) -> SourceReader:
        if self._reader is None:
            self._reader = SourceReader(self._options)
        return self._reader

    def _sources_to_read(self, found: Iterable[Source | Failure]) -> Iterator[Source]:
        """Yield the sources that must be read, and count the others."""
        for group in in_groups(found, _SOURCES_AT_ONCE):
            for source, verdict in self._compare(group):
                if verdict.must_read:
                    yield source
                else:
                    self._keep(source, verdict)
            self._commit_when_due()

    def _queue_and_claim(
        self, found: Iterable[Source | Failure], queue: SharedQueue
    ) -> Iterator[tuple[Source, ...] | None]:
        """Yield sources to read, None when there is nothing for now. Queues some each time that some are claimed."""
        for group in in_groups(found, _SOURCES_AT_ONCE):
            queued, direct = [], []
            for source, verdict in self._compare(group):
                if (verdict.must_read or verdict.outdated) and queue.may_queue(source):
                    queued.append(source)
                elif verdict.must_read:
                    direct.append(source)
                else:
                    self._keep(source, verdict)
            queue.add(queued)
            yield from make_batches(direct)
            yield self._claim(queue)
        self._is_queueing = False
        while not queue.is_done():
            yield self._claim(queue)

    def _claim(self, queue: SharedQueue) -> tuple[Source, ...] | None:
        """Claim some sources, and return those to read. The others are extracted again, or done by now."""
        self._meter.others = queue.others
        # Of all that is to be done, others do a part.
        self._meter.total = None if queue.others else self._meter.total
        read, done = [], []
        for source, verdict in self._compare(queue.claim()):
            if verdict.must_read:
                read.append(source)
            elif verdict.outdated:
                self._tracker.begin_again(source)
                self._keep(source, verdict)
            else:
                done.append(source.locator)
        queue.drop(done)
        return tuple(read) or None

    def _compare(self, group: Sequence[Source | Failure]) -> Iterator[tuple[Source, SourceVerdict]]:
        """Compare sources with the catalog, and count what could not be found."""
        sources = [item for item in group if isinstance(item, Source)]
        for item in group:
            if isinstance(item, Failure):
                self._fail(item.locator, item)
        return zip(sources, self._sorter.sort_sources(sources), strict=True)

    def _keep(self, source: Source, verdict: SourceVerdict) -> None:
        """Count a source that is not read; articles of it may be extracted again from the catalog."""
        self.unchanged += verdict.unchanged
        self._see(source.locator, [ALL_ARTICLES])
        for failure in verdict.failures:
            self._fail(source.locator, failure)
        if verdict.outdated:
            self._outdated.append((source.locator, self._outdated_of(source.locator)))
            self._outdated_bytes += source.size or 0

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
        ended = self._tracker.take_ended()
        if self._queue is not None:
            self._batch.ended += ended

    def _see(self, file: str, ids: Sequence[str]) -> None:
        if self._pruning is not None:
            self._pruning.note_seen(file, ids)

    def _fail(self, file: str, failure: Failure) -> None:
        self._batch.failures.append((file, failure))
        self._note_failure(file, failure)

    def _note_failure(self, file: str, failure: Failure) -> None:
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
        batch, self._batch = self._batch, Batch()
        self._last_commit = time.monotonic()
        if batch.is_empty():
            return
        refused = self._sink.stage(
            batch.extracted,
            extraction=self._extraction,
            failures=batch.failures,
            sources=batch.sources,
            ended=batch.ended,
        )
        ids = [item.article.id for item in batch.extracted]
        staged = [article_id for article_id in ids if article_id not in refused.articles]
        changed = sum(map(self._sorter.is_known, staged))
        self.changed += changed
        self.added += len(staged) - changed
        for file, failure in refused.failures:
            self._note_failure(file, failure)
        self._sorter.release(ids)
        if self._on_batch is not None:
            self._on_batch()
