"""Metrics of a run: written as it goes and at its end, whatever the end is."""

from pathlib import Path

import pytest

from index.errors import ClusterError, UsageError
from index.ingest.report import Report
from index.progress import Progress, Stage
from search.cli.run_metrics import RunMetrics


def values(file: Path) -> dict[str, str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


def test_a_run_that_goes_on_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.cli.run_metrics._SECONDS", 0.0)
    metrics = RunMetrics(tmp_path / "m.prom")
    metrics.show(Progress(Stage.ARTICLES, 30, 100, rate=12.5, failed=2, waiting=64))
    metrics.show(Progress(Stage.ENGINE, 5, 30))
    found = values(tmp_path / "m.prom")
    assert found['dossier_index_running{stage="writing the index"}'] == "1"
    assert (found["dossier_index_articles_done"], found["dossier_index_articles_expected"]) == ("30", "100")
    assert found["dossier_index_articles_per_second"] == "12.5"
    assert (found["dossier_index_queue_articles"], found["dossier_index_failures"]) == ("64", "2")


def test_a_run_that_ended_has_its_counts(tmp_path: Path) -> None:
    with RunMetrics(tmp_path / "m.prom") as metrics:
        metrics.finish(Report(read=5, added=3, unchanged=2, failed=1, seconds=2.0))
    found = values(tmp_path / "m.prom")
    assert (found["dossier_index_running"], found["dossier_index_interrupted"]) == ("0", "0")
    assert found['dossier_index_articles{result="added"}'] == "3"
    assert found["dossier_index_articles_per_second"] == "2.5"


def test_a_run_that_failed_no_longer_runs(tmp_path: Path) -> None:
    def fail() -> None:
        with RunMetrics(tmp_path / "m.prom") as metrics:
            metrics.show(Progress(Stage.ARTICLES, 7))
            raise ClusterError("gone")

    with pytest.raises(ClusterError):
        fail()
    found = values(tmp_path / "m.prom")
    assert (found["dossier_index_running"], found["dossier_index_interrupted"]) == ("0", "1")
    assert found["dossier_index_articles_done"] == "7"


def test_a_file_that_cannot_be_written_is_said_before_the_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file or directory"):
        RunMetrics(tmp_path / "gone" / "m.prom")
