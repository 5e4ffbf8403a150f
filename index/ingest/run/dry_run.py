"""Reports what a run would do: everything is read, nothing is extracted or stored."""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.catalog.store import Catalog
from index.ingest.comparison.catalog_sink import CatalogArticles
from index.ingest.comparison.states import ALL_ARTICLES, KnownArticles, Sorter
from index.ingest.pools.registry import DEFAULT_POOL, open_pool
from index.ingest.pools.retry import RetryingPool
from index.ingest.report import MAX_REPORTED, NoticeLog, Report
from index.ingest.run.pruning import Pruning
from index.ingest.run.schedule import in_groups, make_batches
from index.ingest.versions.stage_texts import StageTexts
from index.ingest.workers.tasks import ReadResult, ReadTask, SourcePart, WorkerOptions, remaining_reads
from index.model import Failure
from index.progress import ProgressMeter
from index.readers.base import Source

__all__ = ["try_run"]

_SOURCES_AT_ONCE = 200


def try_run(
    found: Iterable[Source | Failure],
    options: WorkerOptions,
    *,
    catalog: Catalog | None,
    meter: ProgressMeter,
    pruning: Pruning | None = None,
    pool: str = DEFAULT_POOL,
) -> Report:
    """Return the report of a run that stores nothing.

    `catalog` is None where there is none yet; `pruning` is given when the run would forget what is gone.
    """
    started = time.monotonic()
    trial = _Trial(options, None if catalog is None else CatalogArticles(catalog), pruning, pool)
    for part in trial.parts(found):
        trial.count(part)
        meter.update(trial.read, failed=len(trial.failures))
    removed = pruning.gone(catalog).count if pruning is not None and catalog is not None else 0
    return Report(
        read=trial.read,
        added=trial.added,
        changed=trial.changed,
        unchanged=trial.unchanged,
        removed=removed,
        failed=len(trial.failures),
        seconds=time.monotonic() - started,
        failures=tuple(trial.failures[:MAX_REPORTED]),
        guessed_encodings=trial.log.guessed_encodings,
        skipped=trial.log.skipped,
        notices=tuple(trial.log.notices),
    )


class _Trial:
    """Counts of a run that stores nothing."""

    def __init__(self, options: WorkerOptions, known: KnownArticles | None, pruning: Pruning | None, pool: str) -> None:
        self._pruning = pruning
        self._options = options
        self._pool = pool
        self._sorter = Sorter(known, StageTexts.of(options), checks_rows=pruning is not None)
        self.added = self.changed = self.unchanged = 0
        self.failures: list[Failure] = []
        self.log = NoticeLog()

    @property
    def read(self) -> int:
        return self.added + self.changed + self.unchanged

    def parts(self, found: Iterable[Source | Failure]) -> Iterator[SourcePart]:
        """Read the sources that must be read, and count the others."""
        batches = make_batches(self._sources_to_read(found))
        first = next(batches, None)
        if first is None:
            return
        tasks = deque([ReadTask(first)])
        # One worker, which only reads.
        with RetryingPool(open_pool(self._pool, replace(self._options, extractor=""), workers=1)) as pool:
            while tasks or not pool.is_idle():
                while tasks and pool.has_room():
                    pool.submit(tasks.popleft())
                for done in pool.wait():
                    assert isinstance(done.task, ReadTask), "nothing else was submitted"
                    assert isinstance(done.result, ReadResult), "a result belongs to a task of its kind"
                    yield from done.result.parts
                    rest, others = remaining_reads(done.task, done.result)
                    tasks.extendleft(each for each in (others, rest) if each is not None)
                if not tasks and (batch := next(batches, None)) is not None:
                    tasks.append(ReadTask(batch))

    def count(self, part: SourcePart) -> None:
        """Compare a part of a source with the catalog."""
        articles = self._sorter.sort_articles(part.locator, part.articles)
        changed = sum(self._sorter.is_known(article.id) for article in articles.wanted)
        self.changed += changed
        self.added += len(articles.wanted) - changed
        self.unchanged += articles.unchanged
        self._see(part.locator, articles.seen)
        self._fail(part.locator, (*part.failures, *articles.clashes))
        self.log.add(part.notices)

    def _sources_to_read(self, found: Iterable[Source | Failure]) -> Iterator[Source]:
        for group in in_groups(found, _SOURCES_AT_ONCE):
            sources = [item for item in group if isinstance(item, Source)]
            for item in group:
                if isinstance(item, Failure):
                    self._fail(item.locator, [item])
            for source, verdict in zip(sources, self._sorter.sort_sources(sources), strict=True):
                if verdict.must_read:
                    yield source
                    continue
                self.unchanged += verdict.unchanged
                self.changed += verdict.outdated
                self._see(source.locator, [ALL_ARTICLES])
                self._fail(source.locator, verdict.failures)

    def _see(self, file: str, ids: Iterable[str]) -> None:
        if self._pruning is not None:
            self._pruning.note_seen(file, ids)

    def _fail(self, file: str, failures: Iterable[Failure]) -> None:
        for failure in failures:
            self.failures.append(failure)
            if self._pruning is not None:
                self._pruning.note_failure(file, failure)
