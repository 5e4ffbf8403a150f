"""Many workers at once: who does what, and what becomes of the work of one that dies."""

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Self

from index.errors import ModelError
from index.ingest.processes import Crashed, Process, Ready, start_process
from index.ingest.work import ExtractTask, ReadingOptions, ReadTask, Result, Task
from index.ingest.worker import Worker
from index.model import Failure
from index.readers.base import Source

__all__ = ["LocalPool", "WorkerPool"]

logger = logging.getLogger(__name__)

# A worker has one task in hand and one waiting, so that it never waits for us.
_TASKS_EACH = 2
# Parts of long sources that wait for a worker, for each worker.
_PARTS_EACH = 2
_DIED = "the process that worked on it died"
_DIED_HINT = "It may need more memory than there is. Leave it out with .searchignore, or report it."


class LocalPool:
    """The interface of `WorkerPool` without processes."""

    def __init__(self, options: ReadingOptions) -> None:
        self._worker = Worker(options)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._worker.close()

    def results(self, batches: Iterable[tuple[Source, ...]]) -> Iterator[Result]:
        """See `WorkerPool.results`."""
        for batch in batches:
            result = self._worker.do(ReadTask(batch))
            yield result
            for source in result.many:
                yield from self._worker.stream(source)


@dataclass(frozen=True, slots=True)
class _Job:
    """A task; `is_alone` when its worker has no other, so that it is to blame when the worker dies."""

    task: Task
    is_alone: bool = False


@dataclass(slots=True)
class _Seat:
    """A worker and the jobs it was given and has not answered, oldest first."""

    process: Process
    jobs: deque[_Job] = field(default_factory=deque)
    is_ready: bool = False

    def has_room(self) -> bool:
        return len(self.jobs) < _TASKS_EACH and not any(job.is_alone for job in self.jobs)


class WorkerPool:
    """Worker processes.

    A worker that dies loses nothing but the article that killed it: what it was given is tried again, in the end one
    article at a time. Sources with many articles are read by one more process and extracted by all workers. Leaving
    the `with` block ends all processes.
    """

    def __init__(self, options: ReadingOptions, *, workers: int) -> None:
        self._options = options
        self._seats = [_Seat(start_process(options)) for _ in range(workers)]
        self._queue: deque[_Job] = deque()
        self._many: deque[Source] = deque()
        self._reader: _Seat | None = None
        self._reading: Source | None = None
        self._failed: set[str] = set()
        self._extraction = ""
        self._held = Result()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for seat in (*self._seats, *([] if self._reader is None else [self._reader])):
            seat.process.stop()

    def results(self, batches: Iterable[tuple[Source, ...]]) -> Iterator[Result]:
        """Read and extract all sources; results come as they are done, every article in exactly one of them.

        Raises what a worker says that it cannot begin with (`PackError`, `ModelError`).
        """
        sources = iter(batches)
        while self._hand_out(sources):
            listening: list[Connection] = [seat.process.connection for seat in self._seats if seat.jobs]
            if self._reader is not None and self._reading is not None and len(self._queue) < self._parts_ahead():
                listening.append(self._reader.process.connection)
            for connection in wait(listening):
                result = self._receive(next(seat for seat in self._everyone() if seat.process.connection is connection))
                if result is not None:
                    yield result
        # Only now is known that nothing in these long sources failed.
        self._held.finished = [state for state in self._held.finished if state.locator not in self._failed]
        yield self._held

    def _everyone(self) -> Iterator[_Seat]:
        yield from self._seats
        if self._reader is not None:
            yield self._reader

    def _parts_ahead(self) -> int:
        return _PARTS_EACH * len(self._seats)

    def _hand_out(self, sources: Iterator[tuple[Source, ...]]) -> bool:
        """Give every worker as much as it can hold; returns whether anything remains to be waited for."""
        if self._reading is None and self._many:
            self._begin_reading(self._many.popleft())
        for _ in range(_TASKS_EACH):
            for seat in self._seats:
                job = self._next_job(seat, sources)
                if job is not None:
                    self._give(seat, job)
        return self._reading is not None or any(seat.jobs for seat in self._seats)

    def _next_job(self, seat: _Seat, sources: Iterator[tuple[Source, ...]]) -> _Job | None:
        if not seat.has_room():
            return None
        if self._queue:
            # A job that wants to be alone waits for a worker that has nothing to do.
            return None if self._queue[0].is_alone and seat.jobs else self._queue.popleft()
        batch = next(sources, None)
        return None if batch is None else _Job(ReadTask(batch))

    def _give(self, seat: _Seat, job: _Job) -> None:
        seat.jobs.append(job)
        try:
            seat.process.connection.send(job.task)
        except OSError:
            # It died; `_receive` finds the end of its connection and sees to its jobs.
            logger.debug("a worker died before it was given a task")

    def _begin_reading(self, source: Source) -> None:
        if self._reader is None:
            self._reader = _Seat(start_process(self._options, reads_for=self._extraction))
        self._reading = source
        self._reader.process.connection.send(source)

    def _receive(self, seat: _Seat) -> Result | None:
        try:
            message = seat.process.connection.recv()
        except (EOFError, OSError):
            return self._bury(seat)
        match message:
            case Crashed(error):
                raise error
            case Ready():
                seat.is_ready = True
                return None
            case _:
                result: Result = message
        return self._take_part(result) if seat is self._reader else self._take(seat, result)

    def _take(self, seat: _Seat, result: Result) -> Result:
        job = seat.jobs.popleft()
        self._extraction = result.extraction
        self._many.extend(result.many)
        self._queue.extendleft(_Job(ExtractTask((article,), file), is_alone=True) for file, article in result.articles)
        result.articles = []
        if isinstance(job.task, ExtractTask):
            self._failed.update(file for file, _ in result.failures)
        return result

    def _take_part(self, part: Result) -> Result:
        """A part of a long source: its articles are work for all."""
        assert self._reading is not None, "the reader is only listened to while it reads"
        if part.articles:
            articles = tuple(article for _, article in part.articles)
            self._queue.append(_Job(ExtractTask(articles, self._reading.locator)))
        part.articles = []
        self._held.finished.extend(part.finished)
        part.finished = []
        if part.is_last:
            self._reading = None
        return part

    def _bury(self, seat: _Seat) -> Result | None:
        """Put a new process in the place of one that died, and try again what it was given."""
        if not seat.is_ready:
            raise ModelError("A process ended before it could begin to work. Run with --workers 1 to see why.")
        seat.process.stop()
        if seat is self._reader:
            self._reader = None
            source, self._reading = self._reading, None
            return None if source is None else _died(source.locator, source.locator)
        jobs, seat.jobs = list(seat.jobs), deque()
        seat.process, seat.is_ready = start_process(self._options), False
        self._queue.extendleft(reversed(jobs[1:]))
        return self._retry(jobs[0]) if jobs else None

    def _retry(self, job: _Job) -> Result | None:
        """Try a job again in smaller pieces; one that cannot be made smaller has failed."""
        match job.task:
            case ReadTask(sources) if not job.is_alone:
                pieces: list[Task] = [ReadTask((source,)) for source in sources]
            case ReadTask((source,), is_careful=False):
                pieces = [ReadTask((source,), is_careful=True)]
            case ReadTask((source, *_)):
                return _died(source.locator, source.locator)
            case ExtractTask(articles, file) if not job.is_alone:
                pieces = [ExtractTask((article,), file) for article in articles]
            case ExtractTask((article, *_), file):
                self._failed.add(file)
                return _died(file, article.locator)
            case _:
                return None
        self._queue.extendleft(_Job(piece, is_alone=True) for piece in reversed(pieces))
        return None


def _died(file: str, locator: str) -> Result:
    return Result(failures=[(file, Failure(locator, "worker-died", _DIED, _DIED_HINT))])
