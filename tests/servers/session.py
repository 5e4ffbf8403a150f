"""A session on a cluster of this machine from start to finish, with counts: machines die, and nothing is lost.

    python -m tests.servers.session --articles 20000 --model dossier

starts PostgreSQL and a Ray cluster of two workers, makes up articles, indexes them, and kills a worker's machine when a
third of them is done. With `--engine opensearch --engine-url URL`, documents go to servers that are there already, and
`--meanwhile COMMAND` is run when two thirds are done, to end one of them, say. `--compare` indexes the same articles on
this machine alone, without servers, and compares what the catalogs hold.
"""

import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from index.ingest.indexer import Indexer
from index.progress import Progress, Stage
from index.settings import Settings
from search.archive import open_archive
from tests.servers.postgres import MISSING, find_programs, running_postgres
from tests.servers.ray_cluster import TestCluster, protect_ray, running_cluster
from tests.unit.index.catalog.contents import contents

__all__: list[str] = []

# Several files, so that reading is not the work of one process.
_FILES = 8


class Accidents:
    """Events on the way: a machine dies at a third, a command runs at two thirds."""

    def __init__(self, cluster: TestCluster, articles: int, command: str) -> None:
        self._cluster = cluster
        self._articles = articles
        self._command = command
        self.happened: list[str] = []

    def show(self, progress: Progress) -> None:
        """Take the progress of the run."""
        if progress.stage != Stage.ARTICLES:
            return
        if not self.happened and progress.done >= self._articles / 3:
            self._cluster.kill(self._cluster.machines.pop())
            self.happened.append(f"a worker's machine killed at {progress.done:,} articles")
        if self._command and len(self.happened) == 1 and progress.done >= self._articles * 2 / 3:
            subprocess.run(self._command, shell=True, check=True)
            self.happened.append(f"{self._command!r} run at {progress.done:,} articles")


def main() -> None:
    """Run the session, and print what happened."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--model", default="none")
    parser.add_argument("--catalog", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--engine-url", default="")
    parser.add_argument("--meanwhile", metavar="COMMAND", default="")
    parser.add_argument("--compare", action="store_true")
    protect_ray()
    _run(parser.parse_args())


def _run(options: Namespace) -> None:
    programs = find_programs()
    if programs is None and options.catalog == "postgresql":
        sys.exit(MISSING)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="session")))
        news = _make_articles(folder / "news", options.articles)
        settings = Settings(
            index=folder / ".dossier",
            model=options.model,
            engine=options.engine,
            engine_url=options.engine_url,
            catalog_url=stack.enter_context(running_postgres(programs))
            if programs and options.catalog != "sqlite"
            else "",
        )
        cluster = stack.enter_context(running_cluster())
        accidents = Accidents(cluster, options.articles, options.meanwhile)
        _index(replace(settings, ray=cluster.address), news, accidents)
        with open_archive(settings) as archive, archive.view() as view:
            articles, documents = view.service.catalog.statistics().articles, view.service.searcher.document_count
        print(f"{articles:,} articles in the catalog, {documents:,} documents", *accidents.happened, sep="; ")
        if options.compare:
            here = Settings(index=folder / ".here", model=options.model)
            _index(here, news, None)
            is_same = contents(settings.index, url=settings.catalog_url) == contents(here.index)
            print("the catalogs hold the same" if is_same else "THE CATALOGS DIFFER")


def _index(settings: Settings, news: Path, accidents: Accidents | None) -> None:
    began, used = time.monotonic(), time.process_time()
    report = Indexer(settings).index([str(news)], progress=None if accidents is None else accidents.show)
    where = "on the cluster" if settings.ray else "on this machine"
    print(
        f"{where}: {report.added:,} added, {report.failed:,} failed in {time.monotonic() - began:,.0f} s; "
        f"this process used {(time.process_time() - used) * 1000 / max(1, report.read):.2f} ms an article"
    )


def _make_articles(folder: Path, count: int) -> Path:
    folder.mkdir()
    made = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.corpus", str(count)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    lines = made.stdout.splitlines(keepends=True)
    for number in range(_FILES):
        (folder / f"{number}.jsonl").write_text("".join(lines[number::_FILES]), encoding="utf-8")
    return folder


if __name__ == "__main__":
    main()
