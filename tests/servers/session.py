"""A session on a cluster of this machine from start to finish, with counts: machines die, and nothing is lost.

    python -m tests.servers.session --articles 20000 --model dossier

starts PostgreSQL and a Ray cluster of two workers, makes up articles, indexes them, and kills a worker's machine when a
third of them is done. With `--nodes 3`, documents go to three OpenSearch nodes that it starts, too; one of them is
killed when two thirds are done. With `--engine opensearch --engine-url URL` they go to servers that are there already,
and `--meanwhile COMMAND` is run at two thirds, to end one of them, say. `--compare` indexes the same articles on this
machine alone, without servers, and compares what the catalogs hold, and totals and facets of searches. It ends with
code 1 when they differ, an article failed or is missing, or an accident did not happen.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from index.ingest.indexer import Indexer
from index.ingest.report import Report
from index.progress import Progress, Stage
from index.settings import Settings
from search.archive import open_archive
from search.request import SearchRequest
from tests.servers.opensearch.nodes import MISSING as NO_NODES
from tests.servers.opensearch.nodes import Cluster, find_line
from tests.servers.opensearch.nodes import running_cluster as running_nodes
from tests.servers.postgres import MISSING, find_programs, running_postgres
from tests.servers.ray_cluster import TestCluster, protect_ray, running_cluster
from tests.unit.index.catalog.contents import contents

__all__: list[str] = []

# Several files, so that reading is not the work of one process.
_FILES = 8


class Accidents:
    """Events on the way: a machine dies at a third, and at two thirds a node dies or a command runs."""

    def __init__(self, cluster: TestCluster, articles: int, *, nodes: Cluster | None, command: str) -> None:
        self._cluster = cluster
        self._articles = articles
        self._nodes = nodes
        self._command = command
        self.happened: list[str] = []

    @property
    def planned(self) -> int:
        """The number of events."""
        return 1 + bool(self._nodes or self._command)

    def show(self, progress: Progress) -> None:
        """Take the progress of the run."""
        if progress.stage != Stage.ARTICLES:
            return
        if not self.happened and progress.done >= self._articles / 3:
            self._cluster.kill(self._cluster.machines.pop())
            self.happened.append(f"a worker's machine killed at {progress.done:,} articles")
        if 1 == len(self.happened) < self.planned and progress.done >= self._articles * 2 / 3:
            if self._nodes is not None:
                self._nodes.kill(max(self._nodes.processes))
                self.happened.append(f"an OpenSearch node killed at {progress.done:,} articles")
            else:
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
    parser.add_argument("--nodes", type=int, default=0, help="OpenSearch nodes to start and search on")
    parser.add_argument("--meanwhile", metavar="COMMAND", default="")
    parser.add_argument("--compare", action="store_true")
    protect_ray()
    sys.exit(0 if _run(parser.parse_args()) else 1)


def _run(options: Namespace) -> bool:
    """Return whether all is as it should be."""
    programs = find_programs()
    if programs is None and options.catalog == "postgresql":
        sys.exit(MISSING)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="session")))
        news = _make_articles(folder / "news", options.articles)
        nodes = _start_nodes(options.nodes, stack) if options.nodes else None
        settings = Settings(
            index=folder / ".dossier",
            model=options.model,
            engine=options.engine if nodes is None else "opensearch",
            engine_url=options.engine_url if nodes is None else nodes.url,
            catalog_url=stack.enter_context(running_postgres(programs))
            if programs and options.catalog != "sqlite"
            else "",
        )
        cluster = stack.enter_context(running_cluster())
        accidents = Accidents(cluster, options.articles, nodes=nodes, command=options.meanwhile)
        report = _index(replace(settings, ray=cluster.address), news, accidents)
        with open_archive(settings) as archive, archive.view() as view:
            articles, documents = view.service.catalog.statistics().articles, view.service.searcher.document_count
        print(f"{articles:,} articles in the catalog, {documents:,} documents", *accidents.happened, sep="; ")
        is_whole = (report.added, report.failed, articles, documents) == (options.articles, 0, *[options.articles] * 2)
        is_whole = is_whole and len(accidents.happened) == accidents.planned
        if options.compare:
            here = Settings(index=folder / ".here", model=options.model)
            _index(here, news, None)
            is_same = contents(settings.index, url=settings.catalog_url) == contents(here.index)
            print("the catalogs hold the same" if is_same else "THE CATALOGS DIFFER")
            queries = _queries(news)
            found, expected = _answers(settings, queries), _answers(here, queries)
            wrong = [query for query, answer in expected.items() if found[query] != answer]
            print(f"totals and facets of {len(expected) - len(wrong)} of {len(expected)} searches are the same", *wrong)
            is_whole = is_whole and is_same and not wrong
        print("all is as it should be" if is_whole else "SOMETHING IS MISSING")
        return is_whole


def _start_nodes(count: int, stack: ExitStack) -> Cluster:
    line = find_line()
    if line is None:
        sys.exit(NO_NODES)
    return stack.enter_context(running_nodes(line, count))


def _queries(news: Path) -> list[str]:
    """Return searches for words, phrases and prefixes of a few articles, whose words are made up."""
    queries = [""]
    for file in sorted(news.iterdir())[:3]:
        words = json.loads(file.read_text(encoding="utf-8").partition("\n")[0])["text"].split()
        first, second, third = (word.strip(".,") for word in words[:3])
        queries += [first, f"{second} OR {third}", f"{first} {second}", f'"{first} {second}"', f"{third[:3]}*"]
        queries += [f"{second} NOT {third}"]
    return queries


def _answers(settings: Settings, queries: Sequence[str]) -> dict[str, object]:
    """Return totals and the first values of each facet of the searches. Raises `ValueError` when one finds nothing."""
    found: dict[str, object] = {}
    with open_archive(settings) as archive, archive.view() as view:
        for query in queries:
            result = view.service.search(SearchRequest(q=query))
            if not result.total and "NOT" not in query:
                raise ValueError(f"nothing is found for {query!r}, which stands in an article")
            facets = [(facet.field, [(value.value, value.count) for value in facet.values]) for facet in result.facets]
            found[query] = result.total, facets
    return found


def _index(settings: Settings, news: Path, accidents: Accidents | None) -> Report:
    began, used = time.monotonic(), time.process_time()
    report = Indexer(settings).index([str(news)], progress=None if accidents is None else accidents.show)
    where = "on the cluster" if settings.ray else "on this machine"
    print(
        f"{where}: {report.added:,} added, {report.failed:,} failed in {time.monotonic() - began:,.0f} s; "
        f"this process used {(time.process_time() - used) * 1000 / max(1, report.read):.2f} ms an article",
        flush=True,
    )
    return report


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
