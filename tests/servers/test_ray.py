"""Extraction on a Ray cluster of this machine: the same archive, whatever becomes of its machines."""

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ClusterError, ModelError, PackError, UsageError
from index.ingest.indexer import Indexer
from index.ingest.pools.registry import open_pool
from index.ingest.report import Report
from index.ingest.run.driver import IngestRun
from index.ingest.workers.limits import Limits
from index.ingest.workers.tasks import ExtractTask, Underway, WorkerOptions
from index.model import Failure
from index.progress import Progress, ProgressMeter
from index.readers.sources import find_sources
from index.settings import Settings
from tests.conftest import SEEDS
from tests.servers.ray_cluster import MISSING, TestCluster, has_ray, running_cluster
from tests.unit.index.catalog.contents import contents
from tests.unit.index.ingest.pools.test_pools import OPTIONS, articles, extract, failed
from tests.unit.index.ingest.sinks import MemorySink, ingest
from tests.unit.index.ingest.workers.workers import EAT, KILL, KILL_HOST, LONG, PAUSE, SLEEP

pytestmark = [pytest.mark.server, pytest.mark.skipif(not has_ray(), reason=MISSING)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[TestCluster]:
    with running_cluster() as running:
        yield running


def index_seeds(folder: Path, ray: str = "") -> tuple[Report, list[Progress], dict[str, list[tuple[object, ...]]]]:
    """Index the seeds; returns the report, the progress and the contents of the catalog."""
    news = folder / "news"
    news.mkdir(parents=True)
    for path in SEEDS.glob("*.txt"):
        (news / path.name).write_bytes(path.read_bytes())
    settings = Settings(index=folder / ".dossier", ray=ray)
    shown: list[Progress] = []
    report = Indexer(settings).index([str(news)], progress=shown.append)
    return report, shown, contents(settings.index)


def test_the_archive_is_that_of_this_machine(cluster: TestCluster, tmp_path: Path) -> None:
    _, _, here = index_seeds(tmp_path / "here")
    report, shown, there = index_seeds(tmp_path / "there", cluster.address)
    assert (report.added, report.failures) == (5, ())
    assert there == here
    assert len(there["mentions"]) > 100
    assert max(each.done for each in shown) == 5


def test_of_what_kills_workers_only_that_is_set_aside(cluster: TestCluster) -> None:
    task = ExtractTask(articles("Ankara", "Paris", KILL, "Ankara", "Fail."))
    found = extract(open_pool("ray", OPTIONS, workers=2, address=cluster.address), [task])
    assert sorted(found) == ["0", "1", "2", "3", "4"]
    assert failed(found) == [("2", "worker-died"), ("4", "extraction-error")]


def test_what_loses_three_machines_is_set_aside_and_named(cluster: TestCluster) -> None:
    tasks = [ExtractTask(articles("Ankara", KILL_HOST, "Paris")), ExtractTask(articles("a", "b", "c", "d")[3:])]
    found = extract(open_pool("ray", OPTIONS, workers=2, address=cluster.address), tasks)
    assert sorted(found) == ["0", "1", "2", "3"]
    assert found["1"] == Failure(
        "1.txt",
        "worker-died",
        "the machine that worked on it was lost",
        "It may need more memory than there is. Leave it out with .searchignore, or report it.",
    )
    assert failed(found) == [("1", "worker-died")]


@pytest.mark.parametrize(
    ("deadly", "limits", "reason"),
    [(SLEEP, Limits(seconds=1), "too-slow"), (EAT, Limits(megabytes=100), "too-much-memory")],
)
def test_time_and_memory_are_bounded_on_each_machine(
    cluster: TestCluster, deadly: str, limits: Limits, reason: str
) -> None:
    options = replace(OPTIONS, limits=limits)
    found = extract(
        open_pool("ray", options, workers=2, address=cluster.address),
        [ExtractTask(articles("Ankara", deadly, "Paris"))],
    )
    assert failed(found) == [("1", reason)]
    assert len(found) == 3


def test_progress_of_a_long_article_is_passed_on(cluster: TestCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.ingest.pools.ray.pool._LONG_SECONDS", 0.0)
    told: list[Underway] = []
    options = replace(OPTIONS, limits=Limits(seconds=4))
    pool = open_pool("ray", options, workers=1, address=cluster.address, on_underway=told.append)
    assert failed(extract(pool, [ExtractTask(articles(f"{LONG} {SLEEP}"))])) == [("0", "too-slow")]
    assert set(told) == {Underway("0.txt", 0.25)}


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        (WorkerOptions(("fairies",), "none"), PackError, "fairies"),
        (replace(OPTIONS, device="cuda"), UsageError, "has no accelerators"),
        (replace(OPTIONS, extractor="os:abort"), ModelError, "On .*: A process ended before it could begin"),
    ],
)
def test_what_workers_cannot_begin_with_is_said(
    cluster: TestCluster, options: WorkerOptions, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        extract(open_pool("ray", options, workers=1, address=cluster.address), [ExtractTask(articles("Ankara"))])


def test_workers_share_the_accelerators_and_must_be_able_to_use_them(cluster: TestCluster) -> None:
    machine = cluster.add_machine(num_gpus=1)
    options = WorkerOptions(("core",), "dossier", device="cuda")
    try:
        pool = open_pool("ray", options, workers=1, address=cluster.address)
        # The cluster says that it has one, and this machine has none.
        with pytest.raises(ModelError, match=r"^On .*: ONNX Runtime .* cannot run on CUDA"):
            extract(pool, [ExtractTask(articles("Ankara"))])
    finally:
        cluster.remove(machine)


def test_a_machine_that_does_other_work_is_refused(cluster: TestCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    # This machine is a version ahead of the workers.
    monkeypatch.setattr("index.stages.EXTRACTION", 1_000)
    with pytest.raises(ClusterError, match=r"rules of extraction changed \(1000 -> \d+\).*Install the same version"):
        extract(open_pool("ray", OPTIONS, workers=1, address=cluster.address), [ExtractTask(articles("Ankara"))])


def test_a_machine_that_dies_in_mid_run_loses_nothing_and_doubles_nothing(
    cluster: TestCluster, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="index.ingest.pools.ray.pool")
    for number in range(300):
        (tmp_path / f"{number}.txt").write_text(f"Ankara {number}. {PAUSE}", encoding="utf-8")
    (tmp_path / "poison.txt").write_text(f"Paris. {KILL}", encoding="utf-8")
    sink, here = MemorySink(), MemorySink()
    killed: list[int] = []

    def kill_one() -> None:
        if not killed:
            killed.append(len(sink.stored))
            # The second worker may begin later than the first one sends what it did.
            cluster.wait_for_work()
            cluster.kill(cluster.machines.pop())

    run = IngestRun(
        sink,
        OPTIONS,
        workers=2,
        meter=ProgressMeter(None, "reading"),
        pool="ray",
        address=cluster.address,
        on_batch=kill_one,
    )
    began = time.monotonic()
    run.read_all(find_sources([str(tmp_path)], base=tmp_path))
    assert 0 < killed[0] < 200
    assert "a worker was lost" in caplog.text
    assert (run.added, run.failed) == (300, 1)
    assert [failure.reason for failure in run.failures] == ["worker-died"]
    assert sum(sink.batches) == 300
    assert time.monotonic() - began < 90
    (tmp_path / "poison.txt").unlink()
    assert ingest(here, tmp_path).failed == 0
    assert sink.stored == here.stored
    cluster.machines.append(cluster.add_machine())
