"""Whatever dies, and whenever: every article is stored or is a failure, once, and no source is taken for whole."""

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ingest.pools.base import Done, Job, Lost
from index.ingest.pools.local import LocalPool
from index.ingest.pools.registry import POOLS
from index.ingest.workers.tasks import ExtractTask, ReadTask, Underway, WorkerOptions
from tests.unit.index.ingest.sinks import MemorySink, ingest


class DyingPool(LocalPool):
    """A pool of one worker that dies as often as `chance` says, with up to two jobs in hand; answers in any order."""

    draw = Random(0)
    chance = 0.0
    blamed: ClassVar[set[str]] = set()

    def __init__(
        self, options: WorkerOptions, *, workers: int = 1, on_underway: Callable[[Underway], None] | None = None
    ) -> None:
        super().__init__(options)
        self._waiting: deque[Job] = deque()

    @property
    def capacity(self) -> int:
        return 6

    def submit(self, job: Job) -> None:
        self._waiting.append(job)

    def wait(self) -> Sequence[Done | Lost]:
        self._waiting.rotate(self.draw.randrange(len(self._waiting)))
        job = self._waiting.popleft()
        if self.draw.random() >= self.chance:
            super().submit(job)
            return super().wait()
        hand = [job]
        if self._waiting and not (job.is_alone or self._waiting[0].is_alone):
            hand.append(self._waiting.popleft())
        if job.is_alone:
            self._blame(job)
        return (Lost(tuple(hand), "it died"),)

    def _blame(self, job: Job) -> None:
        match job.task:
            case ReadTask(sources):
                self.blamed.update(source.locator for source in sources)
            case ExtractTask(articles):
                self.blamed.update(article.locator for article in articles)


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    chance=st.sampled_from([0.0, 0.05, 0.3, 0.8]),
    rows=st.lists(st.sampled_from([1, 2, 63, 64, 65, 129, 200]), max_size=5),
    files=st.integers(0, 70),
)
def test_every_article_is_stored_or_a_failure_once(seed: int, chance: float, rows: list[int], files: int) -> None:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as name:
        patch.setitem(POOLS, "local", f"{__name__}:DyingPool")
        patch.setattr(DyingPool, "draw", Random(seed))
        patch.setattr(DyingPool, "chance", chance)
        patch.setattr(DyingPool, "blamed", set())
        folder = Path(name)
        expected = {file: write(folder / file, count) for file, count in names(rows, files).items()}
        sink = MemorySink()
        run = ingest(sink, folder)
        stored = {item.article.locator for item in sink.stored.values()}
        failed = {failure.locator for failure in run.failures}
        assert failed == DyingPool.blamed
        assert (run.added, run.failed) == (len(stored), len(failed))
        assert not stored & failed
        for file, locators in expected.items():
            # Of a file that killed its readers, what came before is kept.
            assert file in failed or locators <= stored | failed
            assert (file in sink.files) == (locators <= stored and file not in failed)
        assert stored <= set().union(*expected.values())


def names(rows: list[int], files: int) -> dict[str, int]:
    """File names with the number of their articles."""
    return {f"{number}.txt": 1 for number in range(files)} | {
        f"rows{number}.jsonl": count for number, count in enumerate(rows)
    }


def write(path: Path, count: int) -> set[str]:
    """Write a file of articles, and return their locators."""
    if path.suffix == ".txt":
        path.write_text("Talks in Ankara.\n", encoding="utf-8")
        return {path.name}
    path.write_text("".join(f'{{"body": "Row {number}."}}\n' for number in range(count)), encoding="utf-8")
    return {f"{path.name}#{number}" for number in range(1, count + 1)}
