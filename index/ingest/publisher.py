"""Publishes what a run staged, as it goes; where many workers stage, one of them publishes for all."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.archive import Archive
from index.catalog.store import Catalog
from index.identity.incremental.view import Knowledge
from index.ingest.versions.relinking import relink_outdated
from index.model import Failure
from index.progress import Progress
from index.publishing import PublishClock, publish

if TYPE_CHECKING:
    from index.catalog.postgres.locks import ServerLock

__all__ = ["Publisher", "open_publisher"]

_Show = Callable[[Progress], None] | None

# How often a worker asks whether the one that publishes is gone. With the time until the server notices that a machine
# is dead (35 seconds), another takes over within a minute.
_SECONDS_BETWEEN_TRIES = 10.0


@contextmanager
def open_publisher(archive: Archive, catalog: Catalog, show: _Show) -> Iterator["Publisher"]:
    """Yield the publisher of a run; afterwards another worker may publish for all."""
    lock = archive.publisher_lock() if archive.has_many_workers else None
    try:
        yield Publisher(archive, catalog, show, lock=lock)
    finally:
        if lock is not None:
            lock.close()


class Publisher:
    """Publishes a run as it goes, and counts the documents that were written."""

    def __init__(self, archive: Archive, catalog: Catalog, show: _Show, *, lock: "ServerLock | None" = None) -> None:
        """`lock` is held by the worker that publishes for all; None where there is one worker."""
        self._archive = archive
        self.catalog = catalog
        self._show = show
        self._lock = lock
        self._next_try = 0.0
        self._clock = PublishClock()
        self._knowledge = Knowledge.of_packs(archive.settings.packs)
        self.written = 0
        self.relinked = 0
        self._refused: dict[str, Failure] = {}

    def publish(self, change: Callable[[], int] = lambda: 0) -> int:
        """Publish all staged articles and then a change; returns what that returns."""
        started = time.monotonic()
        done = publish(self._archive, self.catalog, change, knowledge=self._knowledge, show=self._show)
        self._clock.reset(took=time.monotonic() - started)
        self.written += done.written
        self.relinked += done.relinked
        self._refused.update((failure.locator, failure) for failure in done.refused)
        return done.made

    @property
    def refused(self) -> tuple[Failure, ...]:
        """The articles of this run whose documents the engine refused."""
        return tuple(failure for _, failure in sorted(self._refused.items()))

    def finish_earlier_work(self) -> None:
        """Publish what a killed run left staged, and link again what an older version linked."""
        show, self._show = self._show, self._show if self.catalog.count_staged() else None
        self.publish(lambda: relink_outdated(self.catalog, self._archive.settings.packs))
        self._show = show

    def publish_when_due(self, staged: int | None = None) -> bool:
        """Publish when articles have waited long enough, or are enough; returns whether it did.

        `staged` counts them, None is all that are staged. Of many workers, one publishes for all.
        """
        if not self._may_publish():
            return False
        is_due = self._clock.is_due(self.catalog.count_staged() if staged is None else staged)
        if is_due:
            self.publish()
        return is_due

    def _may_publish(self) -> bool:
        if self._lock is None or self._lock.is_held():
            return True
        if time.monotonic() < self._next_try:
            return False
        self._next_try = time.monotonic() + _SECONDS_BETWEEN_TRIES
        # Without the files of its engine, this machine would make them anew, where no reader looks for them.
        return self._archive.has_engine(self._archive.settings.engine) and self._lock.try_acquire()
