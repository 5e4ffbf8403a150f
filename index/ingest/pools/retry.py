"""Retries the jobs of workers that died, for any pool: in the end only what killed a worker alone has failed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Final, Self, assert_never

from index.ingest.pools.base import Done, Job, Lost, Pool
from index.ingest.workers.limits import Cause
from index.ingest.workers.tasks import ExtractResult, ExtractTask, ReadResult, ReadTask, Result, SourcePart, Task
from index.model import Failure

__all__ = ["RetryingPool", "failure_of", "pieces_of"]

_HINTS: Final[Mapping[Cause, str]] = {
    Cause.DIED: "It may need more memory than there is. Leave it out with .searchignore, or report it.",
    Cause.TOO_SLOW: "Raise --file-seconds, or leave it out with .searchignore.",
    Cause.TOO_LARGE: "Raise --file-memory, or leave it out with .searchignore.",
}

# Machines fail and are taken away, so that one says nothing about the job that it had; an article that three are lost
# with is to blame.
_MOST_LOSSES: Final = 3


class RetryingPool:
    """Submits tasks to a pool and returns every one of them done, as it was or in pieces.

    The suspect of a dead worker is cut into single sources or articles, each of which is tried alone. Singles rather
    than halves: a death costs a start of a process, which takes longer than to extract the articles of a whole task,
    and halving would cost one for each level. A piece that kills a worker while alone is a failure.

    A job whose machine is lost is done again as it is, the second time in pieces, and fails the third time.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._submitted = 0

    @property
    def can_read(self) -> bool:
        """See `Pool`."""
        return self._pool.can_read

    def has_room(self) -> bool:
        """True while another task would keep a worker busy."""
        return self._submitted < self._pool.capacity

    def is_idle(self) -> bool:
        """True when every task is done."""
        return self._submitted == 0

    def submit(self, task: Task) -> None:
        """Accept a task."""
        self._submit(Job(task))

    def wait(self) -> Sequence[Done]:
        """Block until something happened; returns what is done, perhaps nothing. See `Pool.wait`."""
        done: list[Done] = []
        for report in self._pool.wait():
            match report:
                case Done():
                    self._submitted -= 1
                    done.append(report)
                case Lost():
                    self._submitted -= len(report.jobs)
                    done.extend(self._retry(report))
        return done

    def _submit(self, job: Job) -> None:
        self._submitted += 1
        self._pool.submit(job)

    def _retry(self, lost: Lost) -> Iterator[Done]:
        suspect, *innocent = lost.jobs
        pieces = pieces_of(suspect.task)
        losses = suspect.losses + lost.is_outside
        is_whole = suspect.is_alone or losses == 1
        if lost.is_outside and is_whole and losses < _MOST_LOSSES:
            self._submit(replace(suspect, losses=losses))
        # Time is measured for each job: a second try would only take it twice.
        elif suspect.is_alone or (len(pieces) == 1 and lost.cause is Cause.TOO_SLOW):
            yield Done(suspect.task, failure_of(suspect.task, lost))
        else:
            for piece in pieces:
                self._submit(Job(piece, is_alone=True, losses=losses))
        for job in innocent:
            self._submit(job)

    def __enter__(self) -> Self:
        self._pool.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._pool.__exit__(kind, error, traceback)


def pieces_of(task: Task) -> tuple[Task, ...]:
    """Return the tasks of one source or article each that do what `task` does."""
    match task:
        case ReadTask(sources, start):
            return (ReadTask(sources[:1], start), *(ReadTask((source,)) for source in sources[1:]))
        case ExtractTask(articles):
            return tuple(ExtractTask((article,)) for article in articles)
    assert_never(task)


def failure_of(task: Task, lost: Lost) -> Result:
    """Return the result of a task of one source or article that cannot be done; of a source, nothing more comes."""

    def failure(locator: str) -> Failure:
        return Failure(locator, lost.cause.value, lost.reason, _HINTS[lost.cause])

    match task:
        case ReadTask((source, *_)):
            return ReadResult((SourcePart(source.locator, (), (failure(source.locator),), is_last=True),))
        case ExtractTask(articles):
            return ExtractResult(tuple(failure(article.locator) for article in articles))
        case _:
            raise AssertionError("a task has at least one source")
