"""Worker processes on this machine."""

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Self

from index.errors import ModelError
from index.ingest.pools.base import Done, Job, Lost
from index.ingest.pools.process import Crashed, Process, Ready, start_process
from index.ingest.workers.limits import Cause
from index.ingest.workers.tasks import ReadResult, ReadTask, Result, Underway, WorkerOptions, size_of

__all__ = ["ProcessPool"]

logger = logging.getLogger(__name__)

# A worker has one job in hand and one waiting, so that it never waits for us.
_JOBS_EACH = 2
_DIED = "the process that worked on it died"
# Seconds between two looks at the memory of the processes; some hundred megabytes can be filled in between.
_PAUSE = 0.1


@dataclass(slots=True)
class _Seat:
    """A process, the jobs it has not answered, oldest first, and the locators of the sources that it has open.

    `since` is when it began with its oldest job, `before` the megabytes that it held then.
    """

    process: Process
    jobs: deque[Job] = field(default_factory=deque)
    sources: set[str] = field(default_factory=set)
    is_ready: bool = False
    since: float = 0.0
    before: float = 0.0

    def begin(self) -> None:
        """Note that the oldest job begins now."""
        self.since = time.monotonic()
        self.before = self.process.megabytes()

    def has_room_for(self, job: Job) -> bool:
        if job.is_alone:
            return not self.jobs
        return len(self.jobs) < _JOBS_EACH and not any(other.is_alone for other in self.jobs)


class ProcessPool:
    """A `Pool` of processes, which are started as clean interpreters and replaced when they die."""

    def __init__(
        self, options: WorkerOptions, *, workers: int, on_underway: Callable[[Underway], None] | None = None
    ) -> None:
        """`workers` 0 is one for each core."""
        self._options = options
        self._on_underway = on_underway
        self._seats = [_Seat(start_process(options)) for _ in range(workers or os.cpu_count() or 1)]
        self._waiting: deque[Job] = deque()

    @property
    def can_read(self) -> bool:
        """True."""
        return True

    @property
    def workers(self) -> int:
        """Number of processes."""
        return len(self._seats)

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

    def wait(self, seconds: float | None = None) -> Sequence[Done | Lost]:
        """See `Pool`."""
        reports: list[Done | Lost] = []
        while not reports:
            self._hand_out()
            busy: list[Connection] = [seat.process.connection for seat in self._seats if seat.jobs]
            assert busy, "somebody waits for a job that was not submitted"
            ready = wait(busy, timeout=_PAUSE if seconds is None else min(seconds, _PAUSE))
            for seat in [seat for seat in self._seats if seat.process.connection in ready]:
                reports.extend(self._receive(seat))
            reports.extend(self._end_unbounded())
            if seconds is not None:
                break
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
            seat.begin()
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
            return self._replace(seat, _DIED, Cause.DIED)
        match message:
            case Crashed(error):
                raise error
            case Ready():
                seat.is_ready = True
                seat.begin()
                return ()
            case Underway():
                if self._on_underway is not None:
                    self._on_underway(message)
                return ()
            case _:
                result: Result = message
        job = seat.jobs.popleft()
        seat.begin()
        if isinstance(job.task, ReadTask) and isinstance(result, ReadResult):
            seat.sources.discard(job.task.sources[0].locator)
            last = result.parts[-1]
            seat.sources.update(() if last.is_last else (last.locator,))
        return (Done(job.task, result),)

    def _replace(self, seat: _Seat, reason: str, cause: Cause) -> Sequence[Lost]:
        """Replace a process, dead or alive, and report its jobs."""
        if not seat.is_ready:
            raise ModelError("A process ended before it could begin to work. It may need more memory than there is.")
        seat.process.stop()
        jobs, seat.jobs = tuple(seat.jobs), deque()
        seat.process, seat.is_ready, seat.sources = start_process(self._options), False, set()
        return (Lost(jobs, reason, cause),) if jobs else ()

    def _end_unbounded(self) -> Sequence[Lost]:
        """End the processes whose job takes more time or memory than it may."""
        lost: list[Lost] = []
        for seat in self._seats:
            if not seat.jobs or not seat.is_ready:
                continue
            limits, size = self._options.limits, size_of(seat.jobs[0].task)
            # Of a file of rows, one at a time is in memory.
            megabytes = limits.megabytes_for(min(size, self._options.read_options.max_bytes))
            seconds = limits.seconds_for(size)
            if time.monotonic() - seat.since > seconds:
                lost.extend(self._replace(seat, f"took longer than {seconds:,.4g} s: skipped", Cause.TOO_SLOW))
            elif seat.process.megabytes() - seat.before > megabytes:
                reason = f"took more than {megabytes:,.0f} MB of memory: skipped"
                lost.extend(self._replace(seat, reason, Cause.TOO_LARGE))
        return lost
