"""Pools do all tasks, whatever becomes of their workers: nothing is lost but what killed one."""

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

import pytest

from index.errors import ModelError, PackError
from index.identity.records import Definition, LocalLink, Name
from index.ingest.pools.base import Pool
from index.ingest.pools.local import LocalPool
from index.ingest.pools.pickling import register_records
from index.ingest.pools.processes import ProcessPool
from index.ingest.pools.retry import RetryingPool
from index.ingest.workers.limits import Limits
from index.ingest.workers.tasks import (
    ExtractResult,
    ExtractTask,
    Findings,
    ReadResult,
    ReadTask,
    SourcePart,
    Task,
    Underway,
    WorkerOptions,
    remaining_reads,
)
from index.model import Amount, Article, DateInterval, DatePrecision, Failure, Kind, Mention, Span
from index.readers.base import Source
from tests.support.commands import ROOT, environment_with
from tests.unit.index.ingest.workers.workers import EAT, KILL, KILL_ONCE, LONG, SLEEP

OPTIONS = WorkerOptions(("core",), "none", extractor="tests.unit.index.ingest.workers.workers:make_extractor")
READS_FATALLY = WorkerOptions(
    ("core",),
    "none",
    reader="tests.unit.index.ingest.workers.workers:read_fatally",
    extractor="tests.unit.index.ingest.workers.workers:make_extractor",
)


def articles(*bodies: str) -> tuple[Article, ...]:
    return tuple(Article(str(number), f"{number}.txt", "", "", body) for number, body in enumerate(bodies))


def rows(path: Path, *bodies: str) -> Source:
    path.write_text("".join(f'{{"body": "{body}"}}\n' for body in bodies), encoding="utf-8")
    return Source(path.name, path, size=path.stat().st_size)


def file(path: Path, text: str) -> Source:
    path.write_text(text, encoding="utf-8")
    return Source(path.name, path, size=path.stat().st_size)


def extract(pool: Pool, tasks: list[ExtractTask]) -> dict[str, Findings | Failure]:
    """The findings in all articles, by id; fails when one comes twice."""
    found: dict[str, Findings | Failure] = {}
    with RetryingPool(pool) as retrying:
        for task in tasks:
            retrying.submit(task)
        while not retrying.is_idle():
            for done in retrying.wait():
                assert isinstance(done.task, ExtractTask)
                assert isinstance(done.result, ExtractResult)
                for article, item in zip(done.task.articles, done.result.found, strict=True):
                    assert article.id not in found
                    found[article.id] = item
    return found


def read(pool: Pool, tasks: list[ReadTask]) -> list[SourcePart]:
    """All parts of all sources."""
    parts: list[SourcePart] = []
    waiting: list[Task] = [*tasks]
    with RetryingPool(pool) as retrying:
        while waiting or not retrying.is_idle():
            while waiting:
                retrying.submit(waiting.pop(0))
            for done in retrying.wait():
                assert isinstance(done.task, ReadTask)
                assert isinstance(done.result, ReadResult)
                parts.extend(done.result.parts)
                waiting.extend(task for task in remaining_reads(done.task, done.result) if task is not None)
    return parts


def bodies(parts: list[SourcePart]) -> list[str]:
    return [article.body.strip() for part in parts for article in part.articles]


def failures(parts: list[SourcePart]) -> list[tuple[str, str]]:
    return [(failure.locator, failure.reason) for part in parts for failure in part.failures]


def failed(found: dict[str, Findings | Failure]) -> list[tuple[str, str]]:
    return [(key, item.reason) for key, item in sorted(found.items()) if isinstance(item, Failure)]


TASKS = [ExtractTask(articles(*(f"Ankara {number}" for number in range(8)))[at : at + 3]) for at in range(0, 8, 3)]


def test_processes_extract_what_one_process_extracts() -> None:
    local = extract(LocalPool(OPTIONS), TASKS)
    assert extract(ProcessPool(OPTIONS, workers=2), TASKS) == local
    assert [len(item.mentions) for item in local.values() if isinstance(item, Findings)] == [1] * 8


def test_an_article_that_kills_every_worker_is_the_only_one_to_fail() -> None:
    task = ExtractTask(articles("Ankara", "Paris", KILL, "Ankara", "Paris"))
    found = extract(ProcessPool(OPTIONS, workers=2), [task])
    assert sorted(found) == ["0", "1", "2", "3", "4"]
    assert failed(found) == [("2", "worker-died")]


def test_a_worker_that_dies_once_loses_nothing(tmp_path: Path) -> None:
    tasks = [ExtractTask((article,)) for article in articles("a", f"{KILL_ONCE}{tmp_path / 'died'} ", "b", "c", "d")]
    found = extract(ProcessPool(OPTIONS, workers=2), tasks)
    assert (tmp_path / "died").exists()
    assert (len(found), failed(found)) == (5, [])


@pytest.mark.parametrize("workers", [0, 2])
def test_an_article_that_extraction_fails_on_is_the_only_one_to_fail(workers: int) -> None:
    pool: Pool = ProcessPool(OPTIONS, workers=workers) if workers else LocalPool(OPTIONS)
    found = extract(pool, [ExtractTask(articles("Ankara", "Fail.", "Paris"))])
    assert failed(found) == [("1", "extraction-error")]


def test_an_article_that_takes_too_long_is_the_only_one_to_fail() -> None:
    options = WorkerOptions((), "none", extractor=OPTIONS.extractor, limits=Limits(seconds=0.5))
    found = extract(ProcessPool(options, workers=1), [ExtractTask(articles("Ankara", SLEEP, "Paris"))])
    failure = Failure(
        "1.txt",
        "too-slow",
        "took longer than 0.5 s: skipped",
        "Raise --file-seconds, or leave it out with .searchignore.",
    )
    assert found["1"] == failure
    assert failed(found) == [("1", "too-slow")]


def test_an_article_that_takes_too_much_memory_is_the_only_one_to_fail() -> None:
    options = WorkerOptions((), "none", extractor=OPTIONS.extractor, limits=Limits(megabytes=100))
    found = extract(ProcessPool(options, workers=1), [ExtractTask(articles("Ankara", EAT, "Paris"))])
    assert failed(found) == [("1", "too-much-memory")]
    assert found["1"] == Failure(
        "1.txt",
        "too-much-memory",
        "took more than 100 MB of memory: skipped",
        "Raise --file-memory, or leave it out with .searchignore.",
    )


@pytest.mark.parametrize(("deadly", "reason"), [(SLEEP, "too-slow"), (EAT, "too-much-memory")])
def test_a_file_that_takes_too_much_to_read_is_the_only_one_to_fail(tmp_path: Path, deadly: str, reason: str) -> None:
    options = replace(READS_FATALLY, limits=Limits(seconds=2, megabytes=100))
    sources = tuple(file(tmp_path / f"{n}.txt", deadly if n == 1 else f"File {n}") for n in range(4))
    parts = read(ProcessPool(options, workers=2), [ReadTask(sources)])
    assert sorted(bodies(parts)) == ["File 0", "File 2", "File 3"]
    assert failures(parts) == [("1.txt", reason)]


@pytest.mark.parametrize("workers", [0, 1])
def test_progress_of_a_long_article_is_passed_on(workers: int) -> None:
    told: list[Underway] = []
    make = ProcessPool if workers else LocalPool
    pool = make(OPTIONS, workers=workers, on_underway=told.append)
    assert failed(extract(pool, [ExtractTask(articles("Ankara", LONG))])) == []
    assert told == [Underway("1.txt", 0.25)]


def test_processes_read_what_one_process_reads(tmp_path: Path) -> None:
    long = rows(tmp_path / "long.jsonl", *(f"Row {number}" for number in range(200)))
    others = [file(tmp_path / f"{number}.txt", f"File {number}") for number in range(3)]
    tasks = [ReadTask((others[0], long, others[1])), ReadTask((others[2],))]
    expected = read(LocalPool(OPTIONS), tasks)
    assert sorted(bodies(expected)) == sorted(
        [*(f"Row {number}" for number in range(200)), *(f"File {number}" for number in range(3))]
    )
    assert sorted(bodies(read(ProcessPool(OPTIONS, workers=2), tasks))) == sorted(bodies(expected))


def test_a_source_goes_on_where_it_was_though_its_worker_died(tmp_path: Path) -> None:
    deadly = f"{KILL_ONCE}{tmp_path / 'died'} "
    long = rows(tmp_path / "long.jsonl", *(f"Row {number}" for number in range(100)), deadly, "Last")
    parts = read(ProcessPool(READS_FATALLY, workers=2), [ReadTask((long,))])
    assert (tmp_path / "died").exists()
    assert failures(parts) == []
    assert bodies(parts) == [*(f"Row {number}" for number in range(100)), deadly.strip(), "Last"]


def test_a_file_that_kills_its_readers_is_the_only_one_to_fail(tmp_path: Path) -> None:
    sources = tuple(file(tmp_path / f"{n}.txt", KILL if n == 1 else f"File {n}") for n in range(4))
    parts = read(ProcessPool(READS_FATALLY, workers=2), [ReadTask(sources)])
    assert sorted(bodies(parts)) == ["File 0", "File 2", "File 3"]
    assert failures(parts) == [("1.txt", "worker-died")]


def test_of_a_long_file_that_kills_its_readers_what_came_before_is_kept(tmp_path: Path) -> None:
    long = rows(tmp_path / "long.jsonl", *(f"Row {number}" for number in range(70)), KILL, "Last")
    parts = read(ProcessPool(READS_FATALLY, workers=2), [ReadTask((long,))])
    assert bodies(parts) == [f"Row {number}" for number in range(64)]
    assert failures(parts) == [("long.jsonl", "worker-died")]
    assert parts[-1].is_last


@pytest.mark.parametrize("workers", [0, 2])
def test_what_workers_cannot_begin_with_is_raised(workers: int) -> None:
    impossible = WorkerOptions(("fairies",), "none")
    with pytest.raises(PackError, match="fairies"):
        extract(ProcessPool(impossible, workers=workers) if workers else LocalPool(impossible), TASKS)


def test_a_worker_that_dies_before_it_can_begin_is_said() -> None:
    options = WorkerOptions((), "none", extractor="os:abort")
    with pytest.raises(ModelError, match="before it could begin"):
        extract(ProcessPool(options, workers=1), TASKS)


_START = """
from index.ingest.pools.process import start_process
from index.ingest.workers.tasks import WorkerOptions

start_process(WorkerOptions((), "none", extractor="interrupting:make_extractor")).stop()
print("started")
"""


# A module that is interrupted while it is imported, as by Ctrl-C; where that is heard, it is heard in the pause.
_INTERRUPTING = """
import os, signal, time
os.kill(os.getpid(), signal.SIGINT)
time.sleep(0.05)
def make_extractor(*arguments): ...
"""


def test_ctrl_c_while_workers_import_is_for_their_parent_alone(tmp_path: Path) -> None:
    (tmp_path / "interrupting.py").write_text(_INTERRUPTING)
    environment = environment_with({"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"})
    started = subprocess.run(
        [sys.executable, "-c", _START], capture_output=True, text=True, env=environment, check=False
    )
    assert (started.stdout, started.stderr) == ("started\n", "")


def test_no_process_outlives_the_pool() -> None:
    with ProcessPool(OPTIONS, workers=2) as pool:
        processes = [seat.process.process.pid for seat in pool._seats]
        assert [process for process in processes if not Path(f"/proc/{process}").exists()] == []
    assert [process for process in processes if Path(f"/proc/{process}").exists()] == []


def test_findings_pass_between_processes_as_they_are() -> None:
    amount = Amount("USD", Decimal("2.50"), upper=Decimal(3), approximate=True)
    day = DateInterval(date(2019, 1, 4), None, DatePrecision.DAY, "2019-01-04", anchor="2020-01-01")
    mentions = (
        Mention(Span(0, 6), "Ankara", Kind.PLACES, "gazetteer", "pack", reference="core:ankara"),
        *(Mention(Span(n, n + 5), "$2.50", Kind.AMOUNTS, "money", "a", amount=amount) for n in range(10, 12_000)),
        Mention(Span(20_000, 20_001), "4", Kind.DATES, "dates", "b", interval=day, in_furniture=True),
    )
    links = (LocalLink(0, Name(Kind.PLACES, "ankara@core:ankara", "Ankara", "core:ankara"), "pack", "pack"),)
    findings = Findings(mentions, links, (Definition(Kind.ORGANIZATIONS, "ssb", "defense industries"),))
    register_records()
    assert pickle.loads(ForkingPickler.dumps(findings)) == findings
    assert pickle.loads(ForkingPickler.dumps(Findings((), (), ()))) == Findings((), (), ())
