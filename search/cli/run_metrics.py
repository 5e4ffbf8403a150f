"""Metrics of a run of the indexer in a file, for the text file collector of node_exporter."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Self

from index.errors import UsageError
from index.ingest.report import Report
from index.progress import Progress, Stage
from search.output.prometheus import Metric, Sample, write_metrics

__all__ = ["RunMetrics"]

# Collectors look every 15 seconds or more seldom.
_SECONDS = 5.0


class RunMetrics:
    """Writes a file every five seconds and at the end: articles, articles a second, queue, failures.

    A context manager: a run that ends with an error is written as interrupted.
    """

    def __init__(self, file: Path) -> None:
        """Raises `UsageError` for a file that cannot be written, before the run."""
        self._file = file
        self._started = time.time()
        self._last = 0.0
        self._progress = Progress(Stage.ARTICLES, 0)
        self._is_finished = False
        self._write(self._underway())

    def show(self, progress: Progress) -> None:
        """Take the progress of a run."""
        if progress.stage == Stage.ARTICLES:
            self._progress = progress
        if time.monotonic() - self._last >= _SECONDS:
            self._write(self._underway(stage=progress.stage))

    def finish(self, report: Report) -> None:
        """Write the counts of a run that has ended."""
        self._is_finished = True
        counts = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}
        done = [Sample(count, {"result": result}) for result, count in counts.items()]
        self._write(
            [
                Metric.of("dossier_index_running", "gauge", "1 while articles are indexed.", 0),
                *self._common(report.rate, failed=report.failed, waiting=0),
                Metric.of("dossier_index_articles_done", "gauge", "Articles that the run has read.", report.read),
                Metric("dossier_index_articles", "gauge", "Articles of the run that ended, by result.", done),
                Metric.of("dossier_index_articles_removed", "gauge", "Articles that the run removed.", report.removed),
                Metric.of("dossier_index_seconds", "gauge", "Seconds that the run took.", report.seconds),
                Metric.of(
                    "dossier_index_end_time_seconds", "gauge", "End of the run, seconds since 1970.", time.time()
                ),
                Metric.of("dossier_index_interrupted", "gauge", "1 when it was stopped.", int(report.is_interrupted)),
            ]
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if not self._is_finished:
            seen = self._progress
            counts = Report(read=seen.done, failed=seen.failed, seconds=time.time() - self._started)
            self.finish(replace(counts, is_interrupted=True))

    def _underway(self, *, stage: str = Stage.ARTICLES) -> list[Metric]:
        progress = self._progress
        total = [] if progress.total is None else [Sample(progress.total, {})]
        return [
            Metric("dossier_index_running", "gauge", "1 while articles are indexed.", (Sample(1, {"stage": stage}),)),
            *self._common(progress.rate, failed=progress.failed, waiting=progress.waiting),
            Metric.of("dossier_index_articles_done", "gauge", "Articles that the run has read.", progress.done),
            Metric("dossier_index_articles_expected", "gauge", "Articles that it will read, where known.", total),
        ]

    def _common(self, rate: float, *, failed: int, waiting: int) -> Iterator[Metric]:
        yield Metric.of("dossier_index_start_time_seconds", "gauge", "Start, seconds since 1970.", self._started)
        yield Metric.of("dossier_index_articles_per_second", "gauge", "Articles read a second.", rate)
        yield Metric.of("dossier_index_queue_articles", "gauge", "Articles read and not yet extracted.", waiting)
        yield Metric.of("dossier_index_failures", "gauge", "Articles and files that failed in the run.", failed)

    def _write(self, metrics: list[Metric]) -> None:
        self._last = time.monotonic()
        try:
            write_metrics(metrics, self._file)
        except OSError as error:
            raise UsageError(f"--metrics {self._file}: {error.strerror}. Name a file that can be written.") from error
