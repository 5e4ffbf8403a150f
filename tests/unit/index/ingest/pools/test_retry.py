"""Retries after the death of a worker, over a pool whose workers die by a script."""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Self

import pytest

from index.ingest.pools.base import Done, Job, Lost
from index.ingest.pools.retry import RetryingPool, pieces_of
from index.ingest.workers.tasks import ExtractResult, ExtractTask, Findings, ReadTask
from index.model import Article, Failure
from index.readers.base import Source


class ScriptedPool:
    """One worker that has up to two jobs in hand, and dies of any job with a deadly article."""

    def __init__(self, *deadly: str, is_unsent: bool = False, losses: int = 0) -> None:
        """`is_unsent`: the result before a deadly job is lost with the worker.

        `losses`: machines that are lost before any job is done, whatever it is, the machine of its worker each time.
        """
        self._deadly = deadly
        self._losses = losses
        self.tried: list[Job] = []
        self._is_unsent = is_unsent
        self._jobs: deque[Job] = deque()
        self.deaths = 0
        self.alone: list[Job] = []

    @property
    def can_read(self) -> bool:
        return False

    @property
    def workers(self) -> int:
        return 1

    @property
    def capacity(self) -> int:
        return 2

    def submit(self, job: Job) -> None:
        self._jobs.append(job)
        if job.is_alone:
            self.alone.append(job)

    def wait(self, seconds: float | None = None) -> Sequence[Done | Lost]:
        job = self._jobs.popleft()
        self.tried.append(job)
        if self._losses:
            self._losses -= 1
            return [Lost((job,), "its machine is gone", is_outside=True)]
        if self._is_deadly(job):
            return [self._die([job])]
        follower = self._jobs[0] if self._jobs else None
        has_two = follower is not None and not (job.is_alone or follower.is_alone)
        if follower is not None and has_two and self._is_unsent and self._is_deadly(follower):
            return [self._die([job, self._jobs.popleft()])]
        assert isinstance(job.task, ExtractTask)
        return [Done(job.task, ExtractResult(tuple(Findings((), (), ()) for _ in job.task.articles)))]

    def _is_deadly(self, job: Job) -> bool:
        assert isinstance(job.task, ExtractTask)
        return any(article.id in self._deadly for article in job.task.articles)

    def _die(self, jobs: Iterable[Job]) -> Lost:
        self.deaths += 1
        return Lost(tuple(jobs), "it died")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        pass


def task(*ids: str) -> ExtractTask:
    return ExtractTask(tuple(Article(key, f"{key}.txt", "", "", "") for key in ids))


def run(pool: ScriptedPool, *tasks: ExtractTask) -> tuple[list[str], list[str]]:
    """Ids of the articles that were extracted, and of those that failed, in the order of the answers."""
    extracted: list[str] = []
    failed: list[str] = []
    retrying = RetryingPool(pool)
    for each in tasks:
        retrying.submit(each)
    while not retrying.is_idle():
        for done in retrying.wait():
            assert isinstance(done.task, ExtractTask)
            assert isinstance(done.result, ExtractResult)
            for article, found in zip(done.task.articles, done.result.found, strict=True):
                (failed if isinstance(found, Failure) else extracted).append(article.id)
    return extracted, failed


def test_the_suspect_is_tried_article_by_article() -> None:
    pool = ScriptedPool("b")
    extracted, failed = run(pool, task("a", "b", "c"))
    assert (sorted(extracted), failed, pool.deaths) == (["a", "c"], ["b"], 2)
    assert all(job.is_alone for job in pool.alone)


def test_every_deadly_article_fails_for_itself() -> None:
    extracted, failed = run(ScriptedPool("a", "c"), task("a", "b", "c"), task("d"))
    assert (sorted(extracted), sorted(failed)) == (["b", "d"], ["a", "c"])


def test_jobs_behind_the_suspect_are_done_as_they_were() -> None:
    pool = ScriptedPool("c", is_unsent=True)
    extracted, failed = run(pool, task("a", "b"), task("c", "d"))
    assert (sorted(extracted), failed) == (["a", "b", "d"], ["c"])


def test_an_innocent_suspect_does_not_fail() -> None:
    pool = ScriptedPool("b", is_unsent=True)
    extracted, failed = run(pool, task("a"), task("b"))
    assert (extracted, failed) == (["a"], ["b"])


@pytest.mark.parametrize(
    ("losses", "tried", "failed"),
    [
        # Nothing says that the job is to blame, then perhaps, then all does.
        (1, ["abc", "abc"], []),
        (2, ["abc", "abc", "a", "b", "c"], []),
        (3, ["abc", "abc", "a", "b", "c"], ["a"]),
        (5, ["abc", "abc", "a", "b", "c"], ["a", "b", "c"]),
    ],
)
def test_what_a_lost_machine_had_is_done_again_at_most_twice(losses: int, tried: list[str], failed: list[str]) -> None:
    pool = ScriptedPool(losses=losses)
    extracted, found = run(pool, task("a", "b", "c"))
    tasks = [job.task for job in pool.tried if isinstance(job.task, ExtractTask)]
    assert ["".join(article.id for article in each.articles) for each in tasks] == tried
    assert (found, sorted([*extracted, *found])) == (failed, ["a", "b", "c"])


def test_one_article_loses_three_machines_before_it_fails() -> None:
    pool = ScriptedPool(losses=3)
    assert run(pool, task("a")) == ([], ["a"])
    assert [job.losses for job in pool.tried] == [0, 1, 2]


def test_there_is_room_while_workers_could_do_more() -> None:
    retrying = RetryingPool(ScriptedPool())
    rooms = []
    for key in "abc":
        rooms.append(retrying.has_room())
        retrying.submit(task(key))
    assert rooms == [True, True, False]
    retrying.wait()
    assert (retrying.has_room(), retrying.is_idle()) == (False, False)


def test_a_read_task_in_pieces_goes_on_with_its_first_source_where_it_was() -> None:
    a, b = Source("a"), Source("b")
    assert pieces_of(ReadTask((a, b), start=64)) == (ReadTask((a,), start=64), ReadTask((b,)))
