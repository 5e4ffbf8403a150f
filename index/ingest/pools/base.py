"""The contract of a pool of workers, and what it reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from index.ingest.workers.limits import Cause
from index.ingest.workers.tasks import Result, Task

__all__ = ["Done", "Job", "Lost", "Pool"]


@dataclass(frozen=True, slots=True)
class Job:
    """A task; with `is_alone`, its worker has no other task in hand, and is to blame when the worker dies.

    `losses` counts the machines that were lost with it.
    """

    task: Task
    is_alone: bool = False
    losses: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """A task and its result."""

    task: Task
    result: Result


@dataclass(frozen=True, slots=True)
class Lost:
    """All jobs that a worker had in hand when it died or was ended, oldest first; `reason` says why, in words.

    The oldest one is suspect, and the others are innocent, unless the oldest was finished and its result not yet sent.
    With `is_outside` even that one may be innocent: its machine is gone, not only the process that worked on it.
    """

    jobs: tuple[Job, ...]
    reason: str
    cause: Cause = Cause.DIED
    is_outside: bool = False


class Pool(Protocol):
    """Workers that do tasks: in this process, in others, on other machines.

    A context manager; leaving it ends all workers, whatever they do. Tasks and results can be pickled, and are never
    changed. A pool retries nothing: that is up to `index.ingest.pools.retry`. It is made with a function that it calls,
    in `wait`, with the progress of long articles.
    """

    @property
    def can_read(self) -> bool:
        """True when workers see the same files as the driver; else the driver reads, and workers only extract."""
        ...

    @property
    def workers(self) -> int:
        """Number of workers: so much is read ahead."""
        ...

    @property
    def capacity(self) -> int:
        """Number of jobs that keep all workers busy; more may be submitted and wait."""
        ...

    def submit(self, job: Job) -> None:
        """Accept a job. Never blocks for the time of a task.

        Jobs begin roughly in order, those that are alone before others. A `ReadTask` with a `start` goes to the worker
        that has its source open, where the pool can choose.
        """
        ...

    def wait(self, seconds: float | None = None) -> Sequence[Done | Lost]:
        """Block until something has happened to a job, and return it. Every job is in exactly one of the reports.

        With `seconds`, return after about that time at the latest, perhaps nothing; 0 only looks.
        Must not be called when no job is submitted. Raises what a worker says that it cannot begin with (`PackError`,
        `ModelError`) or go on with (`DiskFullError`), `ModelError` when a worker dies before it can begin, and
        `ClusterError` when no machine can be had, or one that would do other work.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...
