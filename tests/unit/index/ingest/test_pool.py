"""Workers that die: nothing is lost but what killed them."""

import contextlib
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.catalog.store import open_catalog
from index.errors import PackError
from index.ingest.pool import LocalPool, WorkerPool
from index.ingest.reading import make_batches
from index.ingest.work import ReadingOptions, ReadTask, Result
from index.model import Failure
from index.readers.base import Source
from index.readers.sources import find_sources


@pytest.fixture
def options(tmp_path: Path) -> ReadingOptions:
    open_catalog(tmp_path / ".dossier").close()
    return ReadingOptions(tmp_path / ".dossier", ("core",), "none")


@pytest.fixture
def sources(tmp_path: Path) -> list[Source]:
    """Forty files of one article, and one of a hundred; one article of each kind takes long enough to be caught at."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(40):
        text = "Talks were held in Ankara. " * (4000 if number == 7 else 1)
        (folder / f"{number:02}.txt").write_text(f"Report {number}\n\n{text}\n", encoding="utf-8")
    bodies = ["Talks were held in Paris. " * (4000 if number == 70 else 1) for number in range(1, 101)]
    rows = "".join(json.dumps({"body": body}) + "\n" for body in bodies)
    (folder / "rows.jsonl").write_text(rows, encoding="utf-8")
    return [item for item in find_sources([str(folder)], base=tmp_path) if isinstance(item, Source)]


EVERYTHING = sorted(
    [*(f"news/{number:02}.txt" for number in range(40)), *(f"news/rows.jsonl#{n}" for n in range(1, 101))]
)


def locators(results: list[Result]) -> list[str]:
    return sorted(item.article.locator for result in results for item in result.extracted)


def failures(results: list[Result]) -> list[tuple[str, Failure]]:
    return [pair for result in results for pair in result.failures]


@contextlib.contextmanager
def killer(pool: WorkerPool, is_guilty: Callable[[WorkerPool], list[int]]) -> Iterator[None]:
    """Kills the processes that `is_guilty` names, as often as it names them."""
    is_over = threading.Event()

    def watch() -> None:
        while not is_over.is_set():
            for process in is_guilty(pool):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            time.sleep(0.002)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def working_on(locator: str) -> Callable[[WorkerPool], list[int]]:
    """The workers that are ready and have been given the source or article of this locator, with whatever else."""

    def guilty(pool: WorkerPool) -> list[int]:
        return [
            seat.process.process.pid or 0
            for seat in list(pool._seats)
            if seat.is_ready
            and any(
                locator
                in [
                    item.locator for item in (job.task.sources if isinstance(job.task, ReadTask) else job.task.articles)
                ]
                for job in list(seat.jobs)[:1]
            )
        ]

    return guilty


def test_processes_do_what_one_process_does(options: ReadingOptions, sources: list[Source]) -> None:
    with LocalPool(options) as local:
        expected = list(local.results(make_batches(sources)))
    with WorkerPool(options, workers=2) as pool:
        results = list(pool.results(make_batches(sources)))
    assert locators(results) == locators(expected) == EVERYTHING
    by_id = {item.article.id: item for result in expected for item in result.extracted}
    assert {item.article.id: item for result in results for item in result.extracted} == by_id
    assert {result.extraction for result in results if result.extracted} == {expected[0].extraction}


def test_a_worker_that_is_killed_once_loses_nothing(options: ReadingOptions, sources: list[Source]) -> None:
    killed: list[int] = []

    def first_ready(pool: WorkerPool) -> list[int]:
        ready = [seat.process.process.pid or 0 for seat in pool._seats if seat.is_ready and seat.jobs]
        killed.extend(ready[: 1 - len(killed)])
        return killed

    with WorkerPool(options, workers=2) as pool, killer(pool, first_ready):
        results = list(pool.results(make_batches(sources)))
    assert len(killed) == 1
    assert locators(results) == EVERYTHING
    assert failures(results) == []


def test_a_file_that_kills_every_worker_is_the_only_one_to_fail(options: ReadingOptions, sources: list[Source]) -> None:
    with WorkerPool(options, workers=2) as pool, killer(pool, working_on("news/07.txt")):
        results = list(pool.results(make_batches(sources)))
    assert locators(results) == [locator for locator in EVERYTHING if locator != "news/07.txt"]
    assert [(file, failure.locator, failure.reason) for file, failure in failures(results)] == [
        ("news/07.txt", "news/07.txt", "worker-died")
    ]


def test_a_row_that_kills_every_worker_is_the_only_one_to_fail(options: ReadingOptions, sources: list[Source]) -> None:
    with WorkerPool(options, workers=2) as pool, killer(pool, working_on("news/rows.jsonl#70")):
        results = list(pool.results(make_batches(sources)))
    assert locators(results) == [locator for locator in EVERYTHING if locator != "news/rows.jsonl#70"]
    assert [(file, failure.locator) for file, failure in failures(results)] == [
        ("news/rows.jsonl", "news/rows.jsonl#70")
    ]
    assert [state for result in results for state in result.finished if state.locator == "news/rows.jsonl"] == []


def test_a_long_file_that_kills_its_reader_fails(options: ReadingOptions, sources: list[Source]) -> None:
    def reader(pool: WorkerPool) -> list[int]:
        seat = pool._reader
        return [] if seat is None or not seat.is_ready else [seat.process.process.pid or 0]

    with WorkerPool(options, workers=2) as pool, killer(pool, reader):
        results = list(pool.results(make_batches(sources)))
    assert set(EVERYTHING[:40]) <= set(locators(results))
    assert [(failure.locator, failure.reason) for _, failure in failures(results)] == [
        ("news/rows.jsonl", "worker-died")
    ]


def test_what_workers_cannot_begin_with_is_raised(options: ReadingOptions, sources: list[Source]) -> None:
    impossible = ReadingOptions(options.folder, ("fairies",), "none")
    with pytest.raises(PackError, match="fairies"), WorkerPool(impossible, workers=2) as pool:
        list(pool.results(make_batches(sources)))


def test_no_process_outlives_the_pool(options: ReadingOptions, sources: list[Source]) -> None:
    with WorkerPool(options, workers=2) as pool:
        results = pool.results(make_batches(sources))
        next(results)
        processes = [seat.process.process.pid or 0 for seat in pool._everyone()]
    assert [process for process in processes if Path(f"/proc/{process}").exists()] == []
