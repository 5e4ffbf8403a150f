"""One worker in this process."""

from collections import deque
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from index.ingest.pools.base import Done, Job, Lost
from index.ingest.workers.tasks import Underway, WorkerOptions
from index.ingest.workers.worker import Worker

__all__ = ["LocalPool"]


class LocalPool:
    """A `Pool` that does a job in each call of `wait`. A crash of the worker is one of the program.

    Nothing can end a job here, so that limits do not hold: for tests, and for processes that may start no others.
    """

    def __init__(
        self, options: WorkerOptions, *, workers: int = 1, on_underway: Callable[[Underway], None] | None = None
    ) -> None:
        """However many `workers` are asked for, there is one."""
        self._worker = Worker(options, on_underway=on_underway)
        self._jobs: deque[Job] = deque()

    @property
    def can_read(self) -> bool:
        """True."""
        return True

    @property
    def workers(self) -> int:
        """One."""
        return 1

    @property
    def capacity(self) -> int:
        """One job."""
        return 1

    def submit(self, job: Job) -> None:
        """See `Pool`."""
        self._jobs.append(job)

    def wait(self, seconds: float | None = None) -> Sequence[Done | Lost]:
        """See `Pool`; a task is done to its end, whatever `seconds` are."""
        task = self._jobs.popleft().task
        return (Done(task, self._worker.do(task)),)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._worker.close()
