"""Worker processes on this machine."""

import logging
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Self

from index.errors import ModelError
from index.ingest.pools.base import Done, Job, Lost
from index.ingest.pools.process import Crashed, Process, Ready, start_process
from index.ingest.workers.tasks import ReadResult, ReadTask, Result, WorkerOptions

__all__ = ["ProcessPool"]

logger = logging.getLogger(__name__)

# A worker has one job in hand and one waiting, so that it never waits for us.
_JOBS_EACH = 2
_DIED = "the process that worked on it died"


@dataclass(slots=True)
class _Seat:
    """A process, the jobs it has not answered, oldest first, and the locators of the sources that it has open.

    `since` is when it began with its oldest job.
    """

    process: Process
    jobs: deque[Job] = field(default_factory=deque)
    sources: set[str] = field(default_factory=set)
    is_ready: bool = False
    since: float = 0.0

    def has_room_for(self, job: Job) -> bool:
        if job.is_alone:
            return not self.jobs
        return len(self.jobs) < _JOBS_EACH and not any(other.is_alone for other in self.jobs)


class ProcessPool:
    """A `Pool` of processes, which are started as clean interpreters and replaced when they die."""

    def __init__(self, options: WorkerOptions, *, workers: int) -> None:
        self._options = options
        self._seats = [_Seat(start_process(options)) for _ in range(workers)]
        self._waiting: deque[Job] = deque()

    @property
    def can_read(self) -> bool:
        """True."""
        return True

    @property
    def capacity(self) -> int:
        """Two jobs for each process."""
        return _JOBS_EACH * len(self._seats)

    def submit(self, job: Job) -> None:
        """See `Pool`."""
        if job.is_alone:
            self._waiting.appendleft(job)
        else:
            self._waiting.append(job)
        self._hand_out()

    def wait(self) -> Sequence[Done | Lost]:
        """See `Pool`."""
        reports: list[Done | Lost] = []
        while not reports:
            self._hand_out()
            busy: list[Connection] = [seat.process.connection for seat in self._seats if seat.jobs]
            assert busy, "somebody waits for a job that was not submitted"
            ready = wait(busy, timeout=self._patience())
            for seat in [seat for seat in self._seats if seat.process.connection in ready]:
                reports.extend(self._receive(seat))
            reports.extend(self._end_late_ones())
        return reports

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for seat in self._seats:
            seat.process.stop()

    def _hand_out(self) -> None:
        """Give waiting jobs to processes that have room for them."""
        for _ in range(len(self._waiting)):
            job = self._waiting.popleft()
            seat = self._seat_for(job)
            if seat is not None:
                self._give(seat, job)
                continue
            self._waiting.append(job)
            if job.is_alone:
                # Others must not take the place of a job that waits for a process to have nothing to do.
                self._waiting.rotate(1)
                return

    def _seat_for(self, job: Job) -> _Seat | None:
        if isinstance(job.task, ReadTask) and job.task.start:
            locator = job.task.sources[0].locator
            holder = next((seat for seat in self._seats if locator in seat.sources), None)
            if holder is not None:
                return holder if holder.has_room_for(job) else None
        free = [seat for seat in self._seats if seat.has_room_for(job)]
        return min(free, key=lambda seat: len(seat.jobs), default=None)

    def _give(self, seat: _Seat, job: Job) -> None:
        if not seat.jobs:
            seat.since = time.monotonic()
        seat.jobs.append(job)
        try:
            seat.process.connection.send(job.task)
        except OSError:
            # It died; `_receive` finds the end of its connection and sees to its jobs.
            logger.debug("a worker died before it was given a task")

    def _receive(self, seat: _Seat) -> Sequence[Done | Lost]:
        try:
            message = seat.process.connection.recv()
        except (EOFError, OSError):
            return self._replace(seat, _DIED)
        match message:
            case Crashed(error):
                raise error
            case Ready():
                seat.is_ready = True
                seat.since = time.monotonic()
                return ()
            case _:
                result: Result = message
        job = seat.jobs.popleft()
        seat.since = time.monotonic()
        if isinstance(job.task, ReadTask) and isinstance(result, ReadResult):
            seat.sources.discard(job.task.sources[0].locator)
            last = result.parts[-1]
            seat.sources.update(() if last.is_last else (last.locator,))
        return (Done(job.task, result),)

    def _replace(self, seat: _Seat, reason: str) -> Sequence[Lost]:
        """Replace a dead process and report its jobs."""
        if not seat.is_ready:
            raise ModelError("A process ended before it could begin to work. Run with --workers 1 to see why.")
        seat.process.stop()
        jobs, seat.jobs = tuple(seat.jobs), deque()
        seat.process, seat.is_ready, seat.sources = start_process(self._options), False, set()
        return (Lost(jobs, reason),) if jobs else ()

    def _patience(self) -> float | None:
        """Return the seconds until the first process is late; None while no process is ready."""
        first = min((seat.since for seat in self._seats if seat.jobs and seat.is_ready), default=None)
        return None if first is None else max(0.0, first + self._options.seconds_a_task - time.monotonic())

    def _end_late_ones(self) -> Sequence[Lost]:
        latest = time.monotonic() - self._options.seconds_a_task
        late = [seat for seat in self._seats if seat.jobs and seat.is_ready and seat.since <= latest]
        reason = f"it took longer than {self._options.seconds_a_task:.0f} seconds"
        return [lost for seat in late for lost in self._replace(seat, reason)]
