"""From files to an index: read, extract, keep, decide who is who, write. Safe to stop or kill at any moment.

A batch of articles is one transaction of the catalog; the engine is written after it, and what the engine has not
confirmed is written again by the next run. Ctrl-C ends the reading: what was read by then is kept and can be found.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from index.catalog.records import ResolutionChanges, RunCounts
from index.catalog.rows import CATALOG_FILE
from index.catalog.states import CatalogStates
from index.catalog.store import Catalog, open_catalog
from index.engines.lock import WriterLock
from index.engines.registry import ENGINES
from index.errors import IndexMissingError, UsageError
from index.identity.decisions import describe
from index.identity.records import Decision, DecisionAction
from index.ingest.deciding import add_decision, import_decisions, write_lines
from index.ingest.dry_run import try_run
from index.ingest.engine_writing import write_pending
from index.ingest.identity import resolve_archive
from index.ingest.pruning import Pruning
from index.ingest.reading import ReadingRun
from index.ingest.report import Progress, ProgressMeter, Report, Stage
from index.ingest.roots import is_under, root_locators
from index.ingest.used_packs import changed_packs, remember_packs, used_packs
from index.ingest.work import ReadingOptions
from index.model import Failure
from index.readers.base import STANDARD_INPUT, ReadOptions, Source
from index.readers.sources import find_sources
from index.settings import ENGINE_FOLDER, Settings

__all__ = ["DecisionReport", "Indexer", "Progress", "Report"]

_Show = Callable[[Progress], None] | None


@dataclass(frozen=True, slots=True)
class DecisionReport:
    """What a decision did: the decisions that were kept, with their numbers, and what they changed.

    `description` is the decision in words; `written` counts the documents that were written again, `held` those
    decisions of an import that were left out because they hold already.
    """

    decisions: tuple[Decision, ...]
    description: str
    changes: ResolutionChanges
    written: int
    held: int = 0


class Indexer:
    """Makes and changes the index that `settings` name.

    Every method waits for another writer as long as the settings say, then raises `IndexLockedError`. All but `index`
    raise `IndexMissingError` when there is no index yet.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.index.absolute()
        # Locators are relative to the folder that holds the index, so that both can be moved together.
        self._base = self._folder.parent

    def index(
        self,
        paths: Sequence[str],
        *,
        read_options: ReadOptions | None = None,
        prune: bool = False,
        dry_run: bool = False,
        progress: _Show = None,
    ) -> Report:
        """Read the articles under `paths` and make them searchable; what is unchanged is passed over.

        `prune` also forgets articles under `paths` whose file, or row in it, is gone. `dry_run` only says what would
        be done. An article that cannot be indexed is a failure in the report, and tried again by the next run.
        Raises `UsageError`, `PackError`, `ModelError`, `CatalogError` and what the engine raises.
        """
        settings = self._settings
        if settings.engine not in ENGINES:
            # Said before the hours of work that would be in vain without it.
            raise UsageError(f"There is no engine {settings.engine!r}. Known: {', '.join(sorted(ENGINES))}.")
        roots = root_locators(paths, base=self._base)
        pruning = Pruning(roots)
        options = ReadingOptions(
            self._folder, settings.packs, settings.model, read_options or ReadOptions(), keeps_seen=prune
        )
        meter = ProgressMeter(progress, Stage.ARTICLES)
        if dry_run:
            has_index = (self._folder / CATALOG_FILE).is_file()
            options = options if has_index else replace(options, folder=None)
            return try_run(self._find(paths), options, pruning=pruning if prune else None, meter=meter)
        started = time.monotonic()
        with self._open(is_new=True) as catalog:
            changed = changed_packs(catalog, settings.packs)
            run = catalog.begin_run()
            if progress is not None:
                meter.total = self._count(paths)
            reading = ReadingRun(catalog, options, run=run, workers=settings.workers, meter=meter, pruning=pruning)
            reading.read_all(self._find(paths))
            removed = 0
            if not reading.is_interrupted:
                removed = self._forget(catalog, roots, pruning if prune else None, run)
            written, relinked = self._publish(catalog, progress)
            if not reading.is_interrupted:
                remember_packs(catalog, settings.packs)
            counts = RunCounts(
                reading.read, reading.added, reading.changed, reading.unchanged, removed, reading.failed, relinked
            )
            catalog.finish_run(run, counts, is_complete=not reading.is_interrupted)
        return Report(
            read=reading.read,
            added=reading.added,
            changed=reading.changed,
            unchanged=reading.unchanged,
            removed=removed,
            failed=reading.failed,
            written=written,
            relinked=relinked,
            seconds=time.monotonic() - started,
            failures=tuple(reading.failures),
            is_interrupted=reading.is_interrupted,
            changed_packs=changed,
        )

    def rebuild(self, engine: str | None = None, *, progress: _Show = None) -> Report:
        """Write everything the engine holds again, from the catalog alone.

        `engine` None is the engine of the settings. The old index is searched until the new one is complete.
        """
        started = time.monotonic()
        with self._open() as catalog:
            resolve_archive(catalog, used_packs(catalog, self._settings.packs), folder=self._folder)
            catalog.mark_all_pending()
            written = self._write(catalog, engine or self._settings.engine, progress, is_fresh=True)
        return Report(read=written, written=written, seconds=time.monotonic() - started)

    def decide(self, decision: Decision, *, progress: _Show = None) -> DecisionReport:
        """Keep what a person decided about identity, and let it take effect; only documents it concerns are written.

        Raises `DecisionError` when it makes no sense.
        """
        with self._open() as catalog:
            resolve_archive(catalog, used_packs(catalog, self._settings.packs), folder=self._folder)
            kept = add_decision(catalog, decision)
            return self._apply(catalog, (kept,), describe(kept), progress)

    def undo(self, decision_id: int, *, progress: _Show = None) -> DecisionReport:
        """Make a decision hold no longer. Raises `DecisionError` when none with this number holds."""
        return self.decide(Decision(DecisionAction.UNDO, {"decision": str(decision_id)}), progress=progress)

    def export_decisions(self) -> tuple[str, ...]:
        """The decisions that hold, each a line of JSON, oldest first."""
        with self._open() as catalog:
            return tuple(write_lines([stored.decision for stored in catalog.decisions()]))

    def import_decisions(self, lines: Iterable[str], *, progress: _Show = None) -> DecisionReport:
        """Keep decisions that were exported, here or elsewhere: all of them or, if one makes no sense, none.

        Those that hold already are left out. Raises `DecisionError` with the number of the line.
        """
        with self._open() as catalog:
            resolve_archive(catalog, used_packs(catalog, self._settings.packs), folder=self._folder)
            imported = import_decisions(catalog, lines)
            description = "; ".join(describe(decision) for decision in imported.kept)
            return replace(self._apply(catalog, imported.kept, description, progress), held=imported.held)

    @contextmanager
    def _open(self, *, is_new: bool = False) -> Iterator[Catalog]:
        if not is_new and not (self._folder / CATALOG_FILE).is_file():
            raise IndexMissingError(f"There is no index in {self._folder} - run: search-cli index FOLDER")
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = WriterLock(self._folder, seconds=self._settings.lock_seconds)
        try:
            with open_catalog(self._folder) as catalog:
                yield catalog
        finally:
            lock.release()

    def _find(self, paths: Sequence[str]) -> Iterator[Source | Failure]:
        return find_sources(paths, base=self._base, exclude=(self._folder,))

    def _count(self, paths: Sequence[str]) -> int | None:
        """How many files there are, for the progress; None with standard input, which can be read only once."""
        return None if STANDARD_INPUT in paths else sum(isinstance(item, Source) for item in self._find(paths))

    def _forget(self, catalog: Catalog, roots: Sequence[str], pruning: Pruning | None, run: int) -> int:
        """Forget failures that were not met again and, where asked for, articles that are gone."""
        old = catalog.old_failures(before_run=run)
        catalog.forget_failures(locator for locator, file in old if is_under(file, roots))
        if pruning is None:
            return 0
        states = CatalogStates(self._folder)
        try:
            return pruning.forget(catalog, states)
        finally:
            states.close()

    def _apply(
        self, catalog: Catalog, decisions: tuple[Decision, ...], description: str, progress: _Show
    ) -> DecisionReport:
        changes = resolve_archive(catalog, used_packs(catalog, self._settings.packs), folder=self._folder)
        written = self._write_pending(catalog, progress)
        return DecisionReport(decisions, description, changes, written)

    def _publish(self, catalog: Catalog, progress: _Show) -> tuple[int, int]:
        """Decide who is who and write what that and the reading have changed.

        Returns how many documents were written, and how many of them only because of what was decided.
        """
        meter = ProgressMeter(progress, Stage.IDENTITY)
        meter.update(0)
        changes = resolve_archive(catalog, self._settings.packs, folder=self._folder)
        meter.update(0, is_last=True)
        written = self._write_pending(catalog, progress)
        catalog.optimize()
        return written, changes.documents

    def _write_pending(self, catalog: Catalog, progress: _Show) -> int:
        engine = self._settings.engine
        has_engine = catalog.read_meta("engine") == engine and (self._folder / ENGINE_FOLDER).is_dir()
        if has_engine:
            return 0 if catalog.count_pending() == 0 else self._write(catalog, engine, progress)
        catalog.mark_all_pending()
        return self._write(catalog, engine, progress, is_fresh=True)

    def _write(self, catalog: Catalog, engine: str, progress: _Show, *, is_fresh: bool = False) -> int:
        written = write_pending(
            catalog,
            folder=self._folder,
            engine=engine,
            lock_seconds=self._settings.lock_seconds,
            show=progress,
            is_fresh=is_fresh,
        )
        catalog.write_meta("engine", engine)
        return written
