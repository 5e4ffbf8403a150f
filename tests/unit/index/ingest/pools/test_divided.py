"""A pool that reads with one and extracts with another."""

import sys
from pathlib import Path

import pytest

from index.errors import UsageError
from index.ingest.pools.divided import DividedPool
from index.ingest.pools.local import LocalPool
from index.ingest.pools.processes import ProcessPool
from index.ingest.pools.registry import open_pool
from index.ingest.pools.retry import RetryingPool
from index.ingest.workers.tasks import ExtractTask, ReadTask, Task, WorkerOptions
from tests.unit.index.ingest.pools.test_pools import OPTIONS, articles, extract, failed, file, read

READS_ONLY = WorkerOptions((), "none", extractor="")


def divided() -> DividedPool:
    return DividedPool(ProcessPool(READS_ONLY, workers=1), LocalPool(OPTIONS))


def test_it_does_what_its_pools_do(tmp_path: Path) -> None:
    sources = tuple(file(tmp_path / f"{n}.txt", f"File {n}") for n in range(3))
    expected = read(LocalPool(OPTIONS), [ReadTask(sources)])
    assert read(divided(), [ReadTask(sources)]) == expected
    assert failed(extract(divided(), [ExtractTask(articles("Ankara", "Fail."))])) == [("1", "extraction-error")]


def test_reading_and_extraction_go_on_side_by_side(tmp_path: Path) -> None:
    tasks: list[Task] = [ReadTask((file(tmp_path / f"{n}.txt", f"File {n}"),)) for n in range(20)]
    tasks += [ExtractTask((article,)) for article in articles("Ankara", "Paris", "Ankara")]
    done: list[Task] = []
    with RetryingPool(divided()) as pool:
        for task in tasks:
            pool.submit(task)
        while not pool.is_idle():
            done += [each.task for each in pool.wait()]
    assert sorted(map(str, done)) == sorted(map(str, tasks))


def test_it_has_the_workers_that_extract_and_room_for_both() -> None:
    with divided() as pool:
        assert (pool.workers, pool.capacity, pool.can_read) == (1, 3, True)


def test_a_pool_without_its_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"pip install 'dossier-search\[ray\]'"):
        open_pool("ray", OPTIONS, workers=1, address="local")
