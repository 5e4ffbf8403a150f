"""Fill an archive: read, extract, stage and publish articles. Safe to stop or kill at any moment.

Batches of extracted articles are staged, durable and unseen, and published from time to time (see `index.publishing`).
Ctrl-C ends the reading: everything that was read by then is published. The next command that writes publishes what a
killed one left staged.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from index.archive import Archive
from index.catalog.store import Catalog
from index.engines.registry import find_engine
from index.errors import ReadError, UsageError
from index.identity.incremental.view import Knowledge
from index.ingest.comparison.catalog_sink import StagingSink
from index.ingest.finding.places import Places, open_places
from index.ingest.finding.roots import is_under
from index.ingest.finding.seen import Seen
from index.ingest.finding.watching import FolderWatch
from index.ingest.pools.registry import CLUSTER_POOL, DEFAULT_POOL
from index.ingest.publisher import Publisher, open_publisher
from index.ingest.report import MAX_REPORTED, Report
from index.ingest.run.driver import IngestRun
from index.ingest.run.dry_run import try_run
from index.ingest.run.pruning import Gone, Pruning
from index.ingest.run.request import RunRequest, TellOutdated
from index.ingest.run.result import Ending, run_counts, run_report
from index.ingest.run.sharing import Outcome, Sharing
from index.ingest.shared.queue import SharedSink
from index.ingest.versions.meaning import add_missing_vectors
from index.ingest.versions.outdated import OutdatedStage, StoredStages, adopt, find_outdated
from index.ingest.versions.used_settings import remember_settings, used_packs
from index.ingest.workers.limits import Limits
from index.ingest.workers.tasks import WorkerOptions
from index.model import Failure
from index.progress import Progress, ProgressMeter, Stage
from index.publishing import publish
from index.readers.base import ReadOptions
from index.readers.content.decoding import check_encoding
from index.settings import Settings
from index.stages import NO_MEANING, SHIPPED_MODEL

__all__ = ["PATIENCE", "Indexer", "make_options"]

# A publication of many thousand articles takes minutes; one whose process dies ends at once.
PATIENCE = 3600.0
"""Seconds that a worker waits for others that publish."""

_Show = Callable[[Progress], None] | None


class Indexer:
    """Fills the archive that `settings` name, and writes its engine again.

    With the catalog in a file, one process at a time reads articles; another one waits as long as the settings say,
    then raises `IndexLockedError`. On a server many do, and share the work. Decisions (see `index.deciding`)
    can be made meanwhile.
    """

    def __init__(self, settings: Settings, *, pool: str | None = None, lease_seconds: float | None = None) -> None:
        """`pool` is where the workers run, see `index.ingest.pools.registry`; None is the one of the settings.

        `lease_seconds` is how long others wait for a worker that says nothing; None is the usual time.
        """
        self._settings = settings
        self._pool = pool or (CLUSTER_POOL if settings.ray else DEFAULT_POOL)
        self._reading_pool = DEFAULT_POOL if self._pool == CLUSTER_POOL else self._pool
        self._lease_seconds = lease_seconds
        self._archive = Archive(settings)
        # Where many publish, whoever has read for hours waits for the others.
        self._patient = Archive(settings, lock_seconds=PATIENCE) if self._archive.has_many_workers else self._archive

    def index(
        self,
        paths: Sequence[str],
        *,
        name: str | None = None,
        read_options: ReadOptions | None = None,
        prune: bool = False,
        prune_many: bool = False,
        dry_run: bool = False,
        retry: bool = False,
        progress: _Show = None,
        on_outdated: TellOutdated | None = None,
        seen: Seen | None = None,
    ) -> Report:
        """Read the articles under `paths` and make them searchable; unchanged ones are skipped.

        "-" is standard input, which is called by its content or else by `name`, so that one text replaces no other.
        `prune` also removes articles under `paths` whose file, or row in it, is gone: more than a tenth of the archive
        only with `prune_many`; else the report says how many. `dry_run` only reports what would be done. An article
        that cannot be indexed is a failure in the report, and tried again by the next run; where many workers share
        the work, a file that failed three times is tried again only with `retry`. `on_outdated` is told, before
        anything is read, which stages are done again and for how many articles. With `seen`, only these files are read
        (see `index.ingest.finding.watching`).
        Raises `UsageError`, `PackError`, `ModelError`, `CatalogError` and what the engine raises.
        """
        settings = self._settings
        # An unknown engine is an error before the hours of work that would be in vain without it.
        find_engine(settings.engine)
        if retry and not self._archive.has_many_workers:
            raise UsageError("--retry is for a catalog on PostgreSQL. With one in a file, every run tries again.")
        options = make_options(settings, read_options)
        meter = ProgressMeter(progress, Stage.ARTICLES)
        with open_places(paths, self._archive, name=name) as places:
            if not self._archive.exists():
                if prune:
                    places.require_files(is_known=lambda _: False)
                # An archive of nothing would be found in place of the right one from then on.
                places.require_one()
            request = RunRequest(
                places,
                options,
                meter,
                pruning=_pruning(places, seen) if prune else None,
                prune_many=prune_many,
                retry=retry,
                seen=seen,
                show=progress,
                tell=on_outdated,
            )
            report = self._try(request) if dry_run else self._run(request)
            return replace(report, links=len(places.links), link=min(places.links, default=""))

    def watch(self, paths: Sequence[str], *, prune: bool = False) -> FolderWatch:
        """Return a watch over `paths`; what it sees is for `index`, with the same paths."""
        return FolderWatch(Places(paths, self._archive), finds_gone=prune)

    def rebuild(self, engine: str | None = None, *, meaning: bool = False, progress: _Show = None) -> Report:
        """Resolve all names and write everything the engine holds again, from the catalog alone.

        `meaning` first makes the vectors that articles lack, as the settings say. `engine` None is the engine of the
        settings. The old index is searched until the new one is complete; runs and decisions wait for it. Raises
        `IndexMissingError` when there is no catalog.
        """
        started = time.monotonic()
        self._archive.require()
        with self._archive.ingest_lock(is_shared=True), self._archive.open_catalog() as catalog:
            packs = used_packs(catalog, self._settings.packs)
            if meaning:
                options = WorkerOptions(packs, self._settings.model, meaning=self._settings.meaning)
                _add_vectors(catalog, options, progress)
            knowledge = Knowledge.of_packs(packs)
            done = publish(
                self._archive,
                catalog,
                catalog.mark_all_stale,
                knowledge=knowledge,
                engine=engine,
                is_fresh=True,
                show=progress,
            )
        return Report(
            read=done.written,
            failed=len(done.refused),
            written=done.written,
            seconds=time.monotonic() - started,
            failures=done.refused[:MAX_REPORTED],
        )

    def _run(self, request: RunRequest) -> Report:
        """Read, stage and publish."""
        started = time.monotonic()
        with (
            self._archive.ingest_lock(is_shared=True),
            self._patient.open_catalog(creates=True) as catalog,
            ExitStack() as stack,
        ):
            publisher = self._begin(request, catalog, stack)
            run = catalog.begin_run()
            sharing = self._share(request, catalog, run, stack)
            reading = self._read(request, publisher, run=run, sharing=sharing)
            if reading.is_interrupted:
                publisher.publish()
                ending = Ending()
            else:
                ending = self._end(request, publisher, sharing, run=run, met=reading.failures)
            counts = run_counts(reading, ending, publisher)
            catalog.finish_run(run, counts, is_complete=not reading.is_interrupted)
            catalog.optimize()
        is_shipped = request.options.model == SHIPPED_MODEL
        return run_report(reading, ending, publisher, seconds=time.monotonic() - started, is_shipped=is_shipped)

    def _begin(self, request: RunRequest, catalog: Catalog, stack: ExitStack) -> Publisher:
        """Make the catalog ready for a run, tell which stages are done again, and publish what earlier ones left."""
        if request.pruning is not None and request.is_whole:
            request.places.require_files(is_known=partial(_is_known, catalog))
        adopt(catalog, model=request.options.model, read_options=request.options.read_options)
        if request.tell is not None:
            request.tell(_outdated(catalog, request.options))
        publisher = stack.enter_context(open_publisher(self._patient, catalog, request.show))
        publisher.finish_earlier_work()
        return publisher

    def _share(self, request: RunRequest, catalog: Catalog, run: int, stack: ExitStack) -> Sharing | None:
        """Return the part of a run in work that others share; None where one process reads at a time."""
        if not self._archive.has_many_workers:
            return None
        sharing = Sharing(self._archive, catalog, request.places.roots, run=run, lease_seconds=self._lease_seconds)
        stack.enter_context(sharing)
        if request.retry and request.is_whole:
            sharing.retry()
        return sharing

    def _read(self, request: RunRequest, publisher: Publisher, *, run: int, sharing: Sharing | None) -> IngestRun:
        """Read and stage all sources, publishing when it is time; returns the run with its counts."""
        if request.show is not None:
            request.meter.total = request.count()
        with ExitStack() as stack:
            queue = None if sharing is None else stack.enter_context(sharing.open_queue(request.options))
            sink = StagingSink(publisher.catalog, run=run) if queue is None else SharedSink(publisher.catalog, queue)
            reading = IngestRun(
                sink,
                request.options,
                workers=self._settings.workers,
                meter=request.meter,
                pool=self._pool,
                address=self._settings.ray,
                pruning=request.pruning,
                queue=queue,
                on_batch=partial(_publish_when_due, publisher, sink),
            )
            reading.read_all(request.find())
            return reading

    def _end(
        self,
        request: RunRequest,
        publisher: Publisher,
        sharing: Sharing | None,
        *,
        run: int,
        met: Sequence[Failure],
    ) -> Ending:
        """Do what follows when all was read: wait for others, forget what is gone, publish. `met` are failures."""
        catalog, pruning = publisher.catalog, request.pruning
        aside: tuple[Failure, ...] = ()
        if sharing is not None:
            publisher.publish()
            aside = sharing.settle(
                request.find(),
                request.options,
                met=met,
                pruning=pruning,
                pool=self._reading_pool,
                is_whole=request.is_whole,
            )
        gone = Gone() if pruning is None else pruning.gone(catalog)
        is_refused = gone.is_much_of(catalog) and not request.prune_many
        total = sum(catalog.stages.count_extractions().values())
        _add_vectors(catalog, request.options, request.show)
        forgotten = Gone() if is_refused else gone
        removed = publisher.publish(lambda: _forget(catalog, request, forgotten, run, sharing))
        theirs = Outcome() if sharing is None else sharing.outcome()
        remember_settings(catalog, packs=request.options.packs, model=request.options.model)
        return Ending(aside, theirs, removed, gone=gone.count if is_refused else 0, total=total)

    def _try(self, request: RunRequest) -> Report:
        """Report what a run would do: files are read on this machine, wherever they would be extracted."""
        places, options, meter, pruning = request.places, request.options, request.meter, request.pruning
        pool = self._reading_pool
        if not self._archive.exists():
            return try_run(places.find(), options, catalog=None, meter=meter, pool=pool)
        with self._archive.open_catalog() as catalog:
            if pruning is not None:
                places.require_files(is_known=partial(_is_known, catalog))
            # What version 0.1 stored is only compared when it is stored as this version does.
            adopt(catalog, model=options.model, read_options=options.read_options)
            return try_run(places.find(), options, catalog=catalog, meter=meter, pruning=pruning, pool=pool)


def _publish_when_due(publisher: Publisher, sink: StagingSink | SharedSink) -> None:
    if isinstance(sink, SharedSink):
        publisher.publish_when_due()
    elif publisher.publish_when_due(sink.staged):
        sink.staged = 0


def _add_vectors(catalog: Catalog, options: WorkerOptions, show: _Show) -> int:
    """Make the vectors that articles should have and do not, of what is published; return for how many articles."""
    if options.meaning == NO_MEANING:
        return 0
    meter = ProgressMeter(show, Stage.MEANING)
    return add_missing_vectors(catalog, options, show=meter.update)


def _is_known(catalog: Catalog, file: str) -> bool:
    return bool(catalog.known.count_articles_of([file]))


def _pruning(places: Places, seen: Seen | None) -> Pruning:
    if seen is None:
        return Pruning(places.roots)
    pruning = Pruning(places.roots, present=seen.present)
    for failure in seen.failures:
        pruning.note_failure(failure.locator, failure)
    return pruning


def _forget(catalog: Catalog, request: RunRequest, gone: Gone, run: int, sharing: Sharing | None) -> int:
    """Forget failures that were not met again, and articles that are gone; return how many of these."""
    roots, seen = request.places.roots, request.seen
    old = [(locator, file) for locator, file in catalog.old_failures(before_run=run) if is_under(file, roots)]
    settled = None if seen is None else seen.settled(file for _, file in old)
    over = [(locator, file) for locator, file in old if settled is None or file in settled]
    catalog.forget_failures(locator for locator, _ in (over if sharing is None else sharing.met_by_nobody(over)))
    return gone.forget(catalog)


def make_options(settings: Settings, read_options: ReadOptions | None) -> WorkerOptions:
    """Return what workers must know, of the settings and the options of a run. Raises `UsageError`."""
    return WorkerOptions(
        settings.packs,
        settings.model,
        _read_options(read_options, settings),
        limits=Limits(settings.file_seconds, settings.file_memory),
        meaning=settings.meaning,
        device=settings.device,
    )


def _read_options(options: ReadOptions | None, settings: Settings) -> ReadOptions:
    """Return the options of a run, with the encoding of the settings where they state none, under its one name."""
    options = options or ReadOptions()
    encoding = options.encoding or settings.encoding
    if not encoding:
        return options
    try:
        return replace(options, encoding=check_encoding(encoding))
    except ReadError as error:
        raise UsageError(f"{error}. {error.hint}") from error


def _outdated(catalog: Catalog, options: WorkerOptions) -> tuple[OutdatedStage, ...]:
    return find_outdated(
        StoredStages.of(catalog),
        packs=options.packs,
        model=options.model,
        read_options=options.read_options,
        meaning=options.meaning,
    )
