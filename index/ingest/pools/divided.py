"""Reads with the workers of one pool, and extracts with those of another."""

from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

from index.ingest.pools.base import Done, Job, Lost, Pool
from index.ingest.workers.tasks import ReadTask

__all__ = ["DividedPool"]

# Seconds for which a file that was read may wait until it is noticed, while articles are extracted.
_PAUSE: Final = 0.02


class DividedPool:
    """A `Pool` of two: `reading` sees the files, the workers of `extracting` may be on other machines."""

    def __init__(self, reading: Pool, extracting: Pool) -> None:
        self._reading = reading
        self._extracting = extracting
        self._reads = 0
        self._extractions = 0

    @property
    def can_read(self) -> bool:
        """True."""
        return True

    @property
    def workers(self) -> int:
        """Number of workers that extract: reading has to keep them busy."""
        return self._extracting.workers

    @property
    def capacity(self) -> int:
        """The jobs that keep both busy."""
        return self._reading.capacity + self._extracting.capacity

    def submit(self, job: Job) -> None:
        """See `Pool`."""
        if isinstance(job.task, ReadTask):
            self._reads += 1
            self._reading.submit(job)
        else:
            self._extractions += 1
            self._extracting.submit(job)

    def wait(self, seconds: float | None = None) -> Sequence[Done | Lost]:
        """See `Pool`."""
        while True:
            reports = self._look(seconds)
            if reports or seconds is not None:
                return reports

    def _look(self, seconds: float | None) -> Sequence[Done | Lost]:
        if not self._extractions:
            return self._wait_for_reading(seconds)
        if not self._reads:
            return self._wait_for_extraction(seconds)
        # Neither can wait for the other's workers; extraction is what takes the time.
        read = self._wait_for_reading(0)
        pause = 0 if read else _PAUSE if seconds is None else min(seconds, _PAUSE)
        return [*read, *self._wait_for_extraction(pause)]

    def _wait_for_reading(self, seconds: float | None) -> Sequence[Done | Lost]:
        reports = self._reading.wait(seconds)
        self._reads -= _count(reports)
        return reports

    def _wait_for_extraction(self, seconds: float | None) -> Sequence[Done | Lost]:
        reports = self._extracting.wait(seconds)
        self._extractions -= _count(reports)
        return reports

    def __enter__(self) -> Self:
        self._reading.__enter__()
        self._extracting.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self._reading.__exit__(kind, error, traceback)
        finally:
            self._extracting.__exit__(kind, error, traceback)


def _count(reports: Sequence[Done | Lost]) -> int:
    """Count the jobs that reports are about."""
    return sum(len(report.jobs) if isinstance(report, Lost) else 1 for report in reports)
