"""A worker that helps: it reads what others queued, until it is stopped or nothing is left."""

import time
from collections.abc import Callable
from contextlib import ExitStack

from index.archive import Archive
from index.catalog.postgres.work import WorkTable
from index.catalog.records import RunCounts
from index.catalog.store import Catalog
from index.engines.registry import find_engine
from index.errors import UsageError
from index.ingest.indexer import PATIENCE, make_options
from index.ingest.pools.registry import CLUSTER_POOL, DEFAULT_POOL
from index.ingest.publisher import Publisher, open_publisher
from index.ingest.report import MAX_REPORTED, Report
from index.ingest.run.driver import IngestRun
from index.ingest.shared.queue import SharedSink, hash_stages, open_queue
from index.ingest.versions.stage_texts import StageTexts
from index.ingest.workers.tasks import WorkerOptions
from index.model import Failure
from index.progress import Progress, ProgressMeter, Stage
from index.readers.base import ReadOptions
from index.settings import Settings

__all__ = ["Helper", "needs_server"]

_PAUSE_SECONDS = 1.0
# The worker of nobody.
_NOBODY = 0


def needs_server(archive: Archive) -> None:
    """Raise `UsageError` for an archive whose catalog is a file: one process reads into it at a time."""
    if not archive.has_many_workers:
        raise UsageError(
            "Several workers need a catalog on PostgreSQL: --catalog postgresql://USER@HOST/DATABASE. "
            "With a catalog in a file, one `search-cli index` reads at a time."
        )


class Helper:
    """Reads what `index` of other processes queued into the archive that `settings` name.

    It takes sources that were queued with the same packs, model, options and version of the program, and whose folder
    is there. `other_stages` counts the sources that wait for workers with others, `unreachable` has the folders that
    this machine has not.
    """

    def __init__(self, settings: Settings, *, pool: str | None = None, lease_seconds: float | None = None) -> None:
        """See `Indexer`. Raises `UsageError` when the catalog is in a file."""
        self._settings = settings
        self._pool = pool or (CLUSTER_POOL if settings.ray else DEFAULT_POOL)
        self._lease_seconds = lease_seconds
        self._archive = Archive(settings, lock_seconds=PATIENCE)
        needs_server(self._archive)
        self.other_stages = 0
        self.unreachable: set[str] = set()

    def work(
        self,
        *,
        read_options: ReadOptions | None = None,
        until_done: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> Report:
        """Read what is queued, until Ctrl-C, or with `until_done` until nothing is left; returns what it did itself."""
        find_engine(self._settings.engine)
        started = time.monotonic()
        options = make_options(self._settings, read_options)
        stages = hash_stages(StageTexts.of(options))
        runs: list[IngestRun] = []
        with ExitStack() as stack:
            stack.enter_context(self._archive.ingest_lock(is_shared=True))
            catalog = stack.enter_context(self._archive.open_catalog(creates=True))
            publisher = stack.enter_context(open_publisher(self._archive, catalog, None))
            table = self._archive.open_work(lease_seconds=self._lease_seconds)
            stack.callback(table.close)
            try:
                while self._waits(table, stages, publisher, until_done=until_done):
                    runs.append(self._run(table, catalog, options, publisher, ProgressMeter(progress, Stage.ARTICLES)))
                    if runs[-1].is_interrupted:
                        break
            except KeyboardInterrupt:
                pass
            self.other_stages = table.count_other_stages(stages)
        failures: list[Failure] = [*(failure for run in runs for failure in run.failures), *publisher.refused]
        return Report(
            read=sum(run.read for run in runs),
            added=sum(run.added for run in runs),
            changed=sum(run.changed for run in runs),
            unchanged=sum(run.unchanged for run in runs),
            failed=sum(run.failed for run in runs) + len(publisher.refused),
            written=publisher.written,
            seconds=time.monotonic() - started,
            failures=tuple(failures[:MAX_REPORTED]),
            is_interrupted=bool(runs) and runs[-1].is_interrupted,
        )

    def _waits(self, table: WorkTable, stages: str, publisher: Publisher, *, until_done: bool) -> bool:
        """Wait until there is something to claim; False when there is nothing and `until_done`."""
        while True:
            left = table.look(_NOBODY, stages=stages, roots=None, without=self.unreachable)
            if left.is_claimable:
                return True
            # A source that another holds may come back.
            if until_done and not left.is_held:
                return False
            publisher.publish_when_due()
            time.sleep(_PAUSE_SECONDS)

    def _run(
        self,
        table: WorkTable,
        catalog: Catalog,
        options: WorkerOptions,
        publisher: Publisher,
        meter: ProgressMeter,
    ) -> IngestRun:
        """Work until there is nothing to claim, as a run of its own."""
        number = catalog.begin_run()
        queue_of = open_queue(table, StageTexts.of(options), worker=number, base=self._archive.base, roots=None)
        with queue_of as queue:
            queue.unreachable |= self.unreachable
            run = IngestRun(
                SharedSink(catalog, queue),
                options,
                workers=self._settings.workers,
                meter=meter,
                pool=self._pool,
                address=self._settings.ray,
                queue=queue,
                on_batch=lambda: _publish(publisher),
            )
            run.read_all(())
            self.unreachable |= queue.unreachable
        counts = RunCounts(run.read, run.added, run.changed, run.unchanged, failed=run.failed)
        catalog.finish_run(number, counts, is_complete=not run.is_interrupted)
        return run


def _publish(publisher: Publisher) -> None:
    publisher.publish_when_due()
