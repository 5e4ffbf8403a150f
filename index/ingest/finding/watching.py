"""Watches folders: tells which files are new, changed or gone once they have settled, and has them indexed.

Folders are looked at again and again, and compared with the look before. Files have to stay the same for seconds before
they are read, so events of the operating system would save nothing, and network shares and containers send none.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from index.errors import DossierError, UsageError
from index.ingest.finding.places import Places
from index.ingest.finding.roots import is_under, root_locators
from index.ingest.finding.seen import Seen
from index.ingest.report import Report
from index.model import Failure
from index.readers.base import Source

__all__ = ["SETTLING_SECONDS", "FolderWatch", "watch"]

SETTLING_SECONDS: Final = 2.0
"""Seconds for which a file must keep its size and time before it is read, and be missing before it is gone."""

# While files keep coming, those that are settled wait for the others no longer than this.
_LONGEST_WAIT = 10.0
_PAUSE = 1.0
# Looking takes at most a twentieth of one processor: some 1.5 seconds of CPU time for 100,000 files.
_IDLE_SHARE = 20
# Files that could not be opened are tried again after a minute, then after twice as long each time.
_FIRST_RETRY = 60.0
_LAST_RETRY = 3600.0
_UNREADABLE = "unreadable"
_AWAY = ("not-found", _UNREADABLE)
# After an error of a whole run.
_FIRST_PAUSE_AFTER_ERROR = 5.0
_LAST_PAUSE_AFTER_ERROR = 300.0

_Look = tuple[int | None, float | None]


@dataclass(slots=True)
class _Unsettled:
    """A file that is new or changed: since when it looks as it does, and since when it waits to be read."""

    source: Source
    same_since: float
    waits_since: float


@dataclass(slots=True)
class _Retry:
    at: float
    pause: float


@dataclass(slots=True)
class FolderWatch:
    """Compares what is in the folders with what was there; knows no catalog.

    The first `look` gives all files that were not written within the last seconds; the catalog tells which of them are
    new. A path that is missing, or a folder that has lost all its files, is taken to be away for a time: nothing in it
    is gone. The same holds for what lies in a folder that cannot be read. `finds_gone` False reports no file as gone.
    """

    places: Places
    finds_gone: bool = False
    settling: float = SETTLING_SECONDS
    clock: Callable[[], float] = time.monotonic
    wall_clock: Callable[[], float] = time.time
    away: tuple[str, ...] = ()
    """The locators of the paths that are away, as of the last look."""
    _known: dict[str, _Look] = field(default_factory=dict)
    _unsettled: dict[str, _Unsettled] = field(default_factory=dict)
    _missing: dict[str, float] = field(default_factory=dict)
    _failures: dict[str, Failure] = field(default_factory=dict)
    _retries: dict[str, _Retry] = field(default_factory=dict)
    _is_first: bool = True

    @property
    def files(self) -> int:
        """Count the files that are there and were read."""
        return len(self._known)

    @property
    def waiting(self) -> int:
        """Count the files that are new or changed and not read yet."""
        return len(self._unsettled)

    def look(self) -> Seen | None:
        """Look at all files; returns what is to be done now, None for nothing. `done` must follow when it is done."""
        now = self.clock()
        sources, failures = self._find()
        self.away = tuple(self._roots_away(sources))
        for locator, retry in self._retries.items():
            if retry.at <= now:
                self._known.pop(locator, None)
        for locator in self._unsettled.keys() - sources.keys():
            del self._unsettled[locator]
        for source in sources.values():
            self._note(source, now)
        self._note_missing(sources, failures, now)
        return self._due(sources, failures, now)

    def done(self, seen: Seen, *, failures: Collection[Failure] = ()) -> None:
        """Remember that what `look` gave was indexed; `failures` are those of the run."""
        now = self.clock()
        unreadable = {failure.locator for failure in failures if failure.reason == _UNREADABLE}
        for item in seen.found:
            locator = item.locator
            if isinstance(item, Failure):
                self._failures[locator] = item
                continue
            self._known[locator] = _look_of(item)
            waiting = self._unsettled.get(locator)
            if waiting is not None and _look_of(waiting.source) == _look_of(item):
                del self._unsettled[locator]
            if locator in unreadable:
                before = self._retries.get(locator)
                pause = _FIRST_RETRY if before is None else min(before.pause * 2, _LAST_RETRY)
                self._retries[locator] = _Retry(now + pause, pause)
            else:
                self._retries.pop(locator, None)
        self._forget(seen.gone)
        self._is_first = False

    def _find(self) -> tuple[dict[str, Source], dict[str, Failure]]:
        """Return files and failures by locator; paths that are missing themselves are no failures, but away."""
        sources: dict[str, Source] = {}
        failures: dict[str, Failure] = {}
        roots = frozenset(self.places.roots)
        for item in self.places.find():
            if isinstance(item, Source):
                sources[item.locator] = item
            elif item.locator not in roots or item.reason not in _AWAY:
                failures[item.locator] = item
        for locator in self._failures.keys() - failures.keys():
            del self._failures[locator]
        return sources, failures

    def _roots_away(self, sources: Mapping[str, Source]) -> Iterator[str]:
        """Yield the roots below which no file is, although they held some or are not there."""
        for path in self.places.paths:
            for root in root_locators([path], base=self.places.archive.base):
                if any(is_under(locator, [root]) for locator in sources):
                    continue
                if not self.places.is_there(path) or any(is_under(locator, [root]) for locator in self._known):
                    yield root

    def _note(self, source: Source, now: float) -> None:
        """Remember a file that is new or changed."""
        locator = source.locator
        if self._known.get(locator) == _look_of(source):
            self._unsettled.pop(locator, None)
            return
        before = self._unsettled.get(locator)
        if before is not None and _look_of(before.source) == _look_of(source):
            return
        is_old = self._is_first and self.wall_clock() - (source.modified or 0.0) > self.settling
        same_since = now - self.settling if is_old else now
        self._unsettled[locator] = _Unsettled(source, same_since, now if before is None else before.waits_since)

    def _note_missing(self, sources: Mapping[str, Source], failures: Collection[str], now: float) -> None:
        """Remember since when files are missing; those that nobody can see now are not missing."""
        missing = self._known.keys() - sources.keys()
        unseen = (*self.away, *failures)
        hidden = {locator for locator in missing if unseen and is_under(locator, unseen)}
        missing -= hidden
        for locator in self._missing.keys() - missing:
            del self._missing[locator]
        for locator in missing:
            self._missing.setdefault(locator, now)

    def _due(self, sources: Mapping[str, Source], failures: Mapping[str, Failure], now: float) -> Seen | None:
        settled = [one for one in self._unsettled.values() if now - one.same_since >= self.settling]
        gone = frozenset(locator for locator, since in self._missing.items() if now - since >= self.settling)
        if not self.finds_gone:
            self._forget(gone)
            gone = frozenset()
        new_failures = [failure for locator, failure in failures.items() if locator not in self._failures]
        if not (self._is_first or settled or gone or new_failures):
            return None
        is_patient = len(settled) < len(self._unsettled) and not self._is_first
        if is_patient and min(one.waits_since for one in self._unsettled.values()) > now - _LONGEST_WAIT:
            return None
        return Seen(
            found=(*(one.source for one in settled), *new_failures),
            present=(self._known.keys() | sources.keys() | failures.keys()) - gone,
            gone=gone,
            failures=tuple(failures.values()),
            is_first=self._is_first,
        )

    def _forget(self, gone: Collection[str]) -> None:
        for locator in gone:
            self._known.pop(locator, None)
            self._missing.pop(locator, None)
            self._retries.pop(locator, None)


def watch(
    folders: FolderWatch,
    run: Callable[[Seen], Report],
    *,
    on_wait: Callable[[], None],
    on_error: Callable[[Exception], None],
    sleep: Callable[[float], None] = time.sleep,
) -> Report:
    """Look and have indexed what settled, until a run is interrupted; returns the report of that run.

    `on_wait` is called after each look and each run. The first run raises as `Indexer.index`. Errors of later ones
    (another run holds the lock, the database is away, the disk is full) are told to `on_error`, and their files tried
    again after a while; a mistake in the settings is raised. Ctrl-C between runs is a `KeyboardInterrupt`.
    """
    has_run = False
    pause_after_error = _FIRST_PAUSE_AFTER_ERROR
    while True:
        started = time.process_time()
        seen = folders.look()
        looking = time.process_time() - started
        if seen is not None:
            try:
                report = run(seen)
            except (DossierError, OSError) as error:
                if isinstance(error, UsageError) or not has_run:
                    raise
                on_error(error)
                sleep(pause_after_error)
                pause_after_error = min(pause_after_error * 2, _LAST_PAUSE_AFTER_ERROR)
                continue
            if report.is_interrupted:
                return report
            folders.done(seen, failures=report.failures)
            has_run, pause_after_error = True, _FIRST_PAUSE_AFTER_ERROR
        on_wait()
        sleep(max(_PAUSE, looking * _IDLE_SHARE))


def _look_of(source: Source) -> _Look:
    return source.size, source.modified
