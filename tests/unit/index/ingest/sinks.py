"""A catalog in memory, as the driver of a run sees it, and a run over it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from index.catalog.records import ArticleState, EndedSource, ExtractedArticle, Refused, SourceState
from index.ingest.run.driver import IngestRun
from index.ingest.run.pruning import Pruning
from index.ingest.workers.tasks import WorkerOptions
from index.model import Article, Failure
from index.progress import ProgressMeter
from index.readers.sources import find_sources

__all__ = ["OPTIONS", "MemorySink", "ingest"]

OPTIONS = WorkerOptions((), "none", extractor="tests.unit.index.ingest.workers.workers:make_extractor")


class MemorySink:
    """An `ArticleSink` of dictionaries."""

    def __init__(self) -> None:
        self.stored: dict[str, ExtractedArticle] = {}
        self.extractions: dict[str, str] = {}
        self.files: dict[str, SourceState] = {}
        self.failed: dict[str, tuple[str, Failure]] = {}
        self.batches: list[int] = []
        self.ended: list[EndedSource] = []
        self.questions = 0

    def sources(self, locators: Sequence[str]) -> Mapping[str, SourceState]:
        return {locator: self.files[locator] for locator in locators if locator in self.files}

    def articles(self, ids: Sequence[str]) -> Mapping[str, ArticleState]:
        self.questions += 1
        return {key: self._state(key) for key in ids if key in self.stored}

    def _state(self, key: str) -> ArticleState:
        item = self.stored[key]
        return ArticleState(item.article.locator, item.article.content_hash, self.extractions[key], item.file)

    def failures_of(self, file: str) -> tuple[Failure, ...]:
        return tuple(failure for place, failure in self.failed.values() if place == file)

    def count_articles_of(self, files: Sequence[str]) -> Mapping[str, int]:
        return Counter(item.file for item in self.stored.values() if item.file in files)

    def count_outdated_of(self, files: Sequence[str], extraction: str) -> Mapping[str, int]:
        return {file: len(self.outdated_of(file, extraction, after="", limit=1_000_000)) for file in files}

    def outdated_of(self, file: str, extraction: str, *, after: str, limit: int) -> tuple[Article, ...]:
        keys = sorted(
            key
            for key, item in self.stored.items()
            if item.file == file and self.extractions[key] != extraction and key > after
        )
        return tuple(self.stored[key].article for key in keys[:limit])

    def stage(
        self,
        extracted: Sequence[ExtractedArticle],
        *,
        extraction: str,
        failures: Sequence[tuple[str, Failure]],
        sources: Sequence[SourceState],
        ended: Sequence[EndedSource],
    ) -> Refused:
        ids = [item.article.id for item in extracted]
        assert len(set(ids)) == len(ids), "one id comes once in a batch"
        self.batches.append(len(extracted))
        self.stored.update(zip(ids, extracted, strict=True))
        self.extractions.update(dict.fromkeys(ids, extraction))
        self.files.update({state.locator: state for state in sources})
        self.failed.update({failure.locator: (file, failure) for file, failure in failures})
        self.ended += ended
        return Refused()


def ingest(
    sink: MemorySink,
    folder: Path,
    *,
    options: WorkerOptions = OPTIONS,
    workers: int = 1,
    pruning: Pruning | None = None,
    on_batch: Callable[[], None] | None = None,
    now: float = 2_000_000_000.0,
    only: Iterable[str] = ("",),
) -> IngestRun:
    """Ingest a folder, or files in it, at a time long after they were written."""
    run = IngestRun(
        sink,
        options,
        workers=workers,
        meter=ProgressMeter(None, ""),
        # Starting a process takes longer than all that a test does.
        pool="local" if workers == 1 else "processes",
        pruning=pruning,
        on_batch=on_batch,
        clock=lambda: now,
    )
    run.read_all(find_sources([str(folder / name) for name in only], base=folder))
    return run
