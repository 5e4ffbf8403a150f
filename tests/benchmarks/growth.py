"""Measure how an archive grows: time, memory and disk of the process that links names and writes, as articles come in.

    python -m tests.benchmarks.corpus 1000000 > FOLDER/news.jsonl
    python -m tests.benchmarks.growth FOLDER

indexes all of FOLDER into an archive there, and prints a line for each hundred thousand articles: minutes and CPU
minutes since the start, the most memory so far, with files that are mapped and without, and the size of the archive.
Only the extraction is not that of any run: a list of the names that were written into the articles takes its place,
because its time is known (`tests.benchmarks.extraction`) and is that of other processes. Vectors are not made.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final
from unittest import mock

from index.catalog.open import open_reader
from index.ingest import indexer
from index.ingest.workers.tasks import WorkerOptions
from index.model import ENTITY_KINDS, Article, Kind, Mention, Span
from index.progress import Progress, Stage
from index.readers.base import ReadOptions
from index.settings import Settings
from tests.benchmarks.corpus import FACETS, made_names

__all__ = ["NameExtractor", "main", "make_extractor"]

_LINE_EVERY: Final = 100_000
_CAPITALS = re.compile(r"\b[A-Z][\w-]*(?: [A-Z][\w-]*)*")


class NameExtractor:
    """Finds the names of made-up articles where they stand."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._kinds = kinds

    def extract(
        self, articles: Iterable[Article], *, batch_size: int = 64, on_share: Callable[[str, float], None] | None = None
    ) -> Iterator[tuple[Mention, ...]]:
        """See `ArticleExtractor`."""
        for article in articles:
            yield tuple(self._mentions(article.body))

    def _mentions(self, body: str) -> Iterator[Mention]:
        """Yield the longest names from left to right; names may stand one after the other."""
        for found in _CAPITALS.finditer(body):
            words = found[0].split(" ")
            start, at = found.start(), 0
            while at < len(words):
                size = next((size for size in (3, 2, 1) if " ".join(words[at : at + size]) in self._kinds), 0)
                name = " ".join(words[at : at + max(size, 1)])
                if size:
                    kind = self._kinds[name]
                    yield Mention(Span(start, start + len(name)), name, kind, "list", "it is in the list")
                start, at = start + len(name) + 1, at + max(size, 1)


@cache
def _kinds() -> Mapping[str, Kind]:
    return {name: Kind(facet) for facet in FACETS for name in made_names(facet)}


def make_extractor(options: WorkerOptions) -> NameExtractor:
    """Return the extractor of a worker."""
    return NameExtractor(_kinds())


class Measuring:
    """Prints a line for each so many articles, and one at the end."""

    def __init__(self, folder: Path, every: int) -> None:
        self._folder = folder
        self._every = every
        self._started, self._cpu = time.monotonic(), time.process_time()
        self._next = every
        self._private = 0.0
        print(f"{'articles':>10} {'minutes':>8} {'CPU':>6} {'peak MB':>8} {'private':>8} {'disk GB':>8}", flush=True)

    def show(self, progress: Progress) -> None:
        """Take note of progress; a callback of `Indexer.index`."""
        self._private = max(self._private, _megabytes("RssAnon"))
        if progress.stage == Stage.ARTICLES and progress.done >= self._next:
            self._next += self._every
            self.print(progress.done)

    def print(self, articles: int) -> None:
        """Print a line."""
        minutes = (time.monotonic() - self._started) / 60
        cpu = (time.process_time() - self._cpu) / 60
        disk = sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file()) / 1e9
        memory = f"{_megabytes('VmHWM'):8.0f} {self._private:8.0f}"
        print(f"{articles:10,} {minutes:8.1f} {cpu:6.1f} {memory} {disk:8.2f}", flush=True)


def _megabytes(key: str) -> float:
    """Return a figure of the memory of this process; 0 where the system does not tell."""
    path = Path("/proc/self/status")
    found = re.search(rf"{key}:\s+(\d+) kB", path.read_text(encoding="ascii")) if path.exists() else None
    return int(found[1]) / 1000 if found else 0.0


def main(arguments: list[str] | None = None) -> int:
    """Print the table, and how many names there are."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth", description=(__doc__ or "")[:112])
    parser.add_argument("folder", type=Path, help="folder with articles of tests.benchmarks.corpus")
    parser.add_argument("--every", type=int, default=_LINE_EVERY, help="articles between two lines (default: 100000)")
    options = parser.parse_args(arguments)
    settings = Settings(index=options.folder / ".dossier", model="none", meaning="none")
    make_options = indexer.make_options

    def with_list(settings: Settings, read_options: ReadOptions | None) -> WorkerOptions:
        return replace(make_options(settings, read_options), extractor=f"{make_extractor.__module__}:make_extractor")

    measuring = Measuring(settings.index, options.every)
    with mock.patch.object(indexer, "make_options", with_list):
        report = indexer.Indexer(settings).index([str(options.folder)], progress=measuring.show)
    measuring.print(report.added)
    reader = open_reader(settings.index)
    print(f"{sum(map(reader.count_entities, ENTITY_KINDS)):,} entities")
    return 0


if __name__ == "__main__":
    # Workers import the extractor by the name of its module.
    from tests.benchmarks import growth

    sys.exit(growth.main())
