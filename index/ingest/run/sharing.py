"""A run's part in work that several processes share, from its beginning to its end."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from index.archive import Archive
from index.catalog.postgres.work import WorkTable
from index.catalog.store import Catalog
from index.ingest.run.dry_run import try_run
from index.ingest.run.pruning import Pruning
from index.ingest.shared.queue import SharedQueue, open_queue
from index.ingest.versions.stage_texts import StageTexts
from index.ingest.workers.tasks import WorkerOptions
from index.model import Failure
from index.progress import ProgressMeter
from index.readers.base import Source

__all__ = ["SET_ASIDE_REASON", "Outcome", "Sharing"]

SET_ASIDE_REASON = "set-aside"
"""Reason of the failure for a source that was tried as often as sources are."""

_HINT = "Try it again: search-cli index FOLDER --retry"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The part of others in a run: articles that they read, and what failed."""

    articles: int = 0
    failures: tuple[Failure, ...] = ()


class Sharing:
    """The steps of a run of `index` that are needed because others read as well. A context manager.

    Order of the calls: `open_queue`, then `settle` once what was read is published, then `met_by_nobody` in the
    transaction that ends the run, then `outcome`.
    """

    def __init__(
        self, archive: Archive, catalog: Catalog, roots: Sequence[str], *, run: int, lease_seconds: float | None
    ) -> None:
        self._archive = archive
        self._catalog = catalog
        self._roots = roots
        self._run = run
        self._table: WorkTable = archive.open_work(lease_seconds=lease_seconds)
        # What others met since this run began has the numbers of their runs.
        self._first_run = min(run, self._table.first_worker() or run)
        self._others: Collection[str] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._table.close()

    def retry(self) -> None:
        """Let sources that were set aside be tried again."""
        self._table.retry(self._roots)

    @contextmanager
    def open_queue(self, options: WorkerOptions) -> Iterator[SharedQueue]:
        """Yield the queue of this run. What is in `found` at its end, others have read."""
        stages = StageTexts.of(options)
        with open_queue(self._table, stages, worker=self._run, base=self._archive.base, roots=self._roots) as queue:
            yield queue
            self._others = frozenset(queue.found)

    def settle(
        self,
        sources: Iterator[Source | Failure],
        options: WorkerOptions,
        *,
        met: Collection[Failure],
        pruning: Pruning | None,
        pool: str,
        is_whole: bool = True,
    ) -> tuple[Failure, ...]:
        """Note what is set aside, and tell `pruning` what others saw; returns failures for what is set aside.

        `met` are failures that this run reports anyway. With `pruning`, a file that others read is read
        once more where rows may be gone from it. `is_whole` is false when the run looked at some of the files only.
        """
        if is_whole:
            self._table.forget(self._roots, before_run=self._run)
        aside = self._table.set_aside(self._roots)
        reported = {failure.locator for failure in met}
        made = [
            (
                each.locator,
                Failure(each.locator, SET_ASIDE_REASON, f"set aside after three tries: {each.reason}", _HINT),
            )
            for each in aside
            if each.locator not in reported
        ]
        if made:
            self._catalog.stage([], extraction="", failures=made, run=self._run)
        locators = {each.locator for each in aside}
        self._others = frozenset(self._others) - locators
        if pruning is not None:
            for file, failure in made:
                pruning.note_failure(file, failure)
            wanted = (source for source in sources if isinstance(source, Source) and source.locator in self._others)
            meter = ProgressMeter(None, "")
            try_run(wanted, options, catalog=self._catalog, meter=meter, pruning=pruning, pool=pool)
        return tuple(failure for _, failure in made)

    def met_by_nobody(self, failures: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return those of the failures, each a locator and its file, that no worker met again."""
        older = {locator for locator, _ in self._catalog.old_failures(before_run=self._first_run)}
        return [(locator, file) for locator, file in failures if locator in older or file not in self._others]

    def outcome(self) -> Outcome:
        """Return what others did with this run's sources."""
        files = sorted(self._others)
        articles = sum(self._catalog.known.count_articles_of(files).values())
        return Outcome(articles, tuple(failure for _, failure in self._catalog.known.failures_in(files)))
