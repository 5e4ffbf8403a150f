"""Indexing and faceted search of the default engine beside raw tantivy, SQLite FTS5 and stock Whoosh, in one run.

    python -m tests.benchmarks.engines --data DIR --articles 100000
    python -m tests.benchmarks.engines --index DIR

The articles are made of the sentences of `*.jsonl.gz` with news (`text`) in --data, or are those of the index folder
--index, with the entities that were found in them. Times are CPU time, less that of making the articles. Each engine
indexes in a process of its own and searches in another, whose private memory is what is shown; every query is asked
three times with nothing cached from the time before. Stock Whoosh is given `--whoosh-articles`, for it is slow.
"""

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from tests.benchmarks.archives import Archive
from tests.benchmarks.peers import PEERS, Answer
from tests.benchmarks.queries import CLASSES, BenchmarkQuery, choose_queries

_SAMPLE = 4000
_PASSES = 3


@dataclass
class Measured:
    """Measurements of one engine. Milliseconds by class, one for each query and pass; answers by query."""

    rate: float = 0.0
    megabytes: float = 0.0
    peak_megabytes: float = 0.0
    private_megabytes: float = 0.0
    open_seconds: float = 0.0
    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    answers: list[Answer | None] = field(default_factory=list)


def _memory(name: str, path: str) -> float:
    for line in Path(path).read_text(encoding="ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0.0


def _build(
    name: str, folder: Path, archive: Archive, count: int, results: "multiprocessing.SimpleQueue[object]"
) -> None:
    started = time.process_time()
    made = sum(1 for _ in archive.documents(min(count, 2000))) / (time.process_time() - started)
    peer = PEERS[name](folder)
    started = time.process_time()
    peer.build(archive.documents(count))
    seconds = time.process_time() - started - count / made
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    results.put((count / seconds, size / 1e6, _memory("VmHWM", "/proc/self/status")))


def _search(
    name: str, folder: Path, queries: Sequence[BenchmarkQuery], results: "multiprocessing.SimpleQueue[object]"
) -> None:
    measured = Measured()
    started = time.process_time()
    peer = PEERS[name](folder)
    peer.open()
    measured.open_seconds = time.process_time() - started
    measured.answers = [peer.search(query) for query in queries]
    for _ in range(_PASSES):
        peer = PEERS[name](folder)
        peer.open()
        for query in queries:
            started = time.process_time()
            if peer.search(query) is not None:
                measured.milliseconds.setdefault(query.kind, []).append(1000 * (time.process_time() - started))
    measured.private_megabytes = _memory("Anonymous", "/proc/self/smaps_rollup")
    results.put(measured)


def measure(name: str, archive: Archive, count: int, queries: Sequence[BenchmarkQuery]) -> Measured:
    """Index and search with one engine, in processes of their own."""
    context = multiprocessing.get_context("spawn")
    results = context.SimpleQueue()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for target, arguments in ((_build, (archive, count)), (_search, (queries,))):
            process = context.Process(target=target, args=(name, folder, *arguments, results))
            process.start()
            process.join()
            if process.exitcode:
                raise SystemExit(f"{name} failed")
        rate, megabytes, peak = results.get()
        measured: Measured = results.get()
    measured.rate, measured.megabytes, measured.peak_megabytes = rate, megabytes, peak
    return measured


def _report(count: int, results: dict[str, tuple[int, Measured]]) -> None:
    print(f"{'':14}{'articles':>9}{'docs/CPU-s':>12}{'index MB':>10}{'peak MB':>9}{'private MB':>12}{'open s':>8}")
    for name, (articles, m) in results.items():
        figures = f"{m.rate:12.0f}{m.megabytes:10.1f}{m.peak_megabytes:9.0f}{m.private_megabytes:12.0f}"
        print(f"{name:14}{articles:9}{figures}{m.open_seconds:8.2f}")
    print(f"\nTen hits, exact total and five facets at {count} articles, CPU ms p50 / p95")
    print(f"{'':14}" + "".join(f"{kind:>17}" for kind in CLASSES))
    for name, (_, m) in results.items():
        cells = [
            "–"
            if kind not in m.milliseconds
            else "{:.2f} / {:.2f}".format(*np.percentile(m.milliseconds[kind], (50, 95)))
            for kind in CLASSES
        ]
        print(f"{name:14}" + "".join(f"{cell:>17}" for cell in cells))
    ours = results["dossier"][1]
    for name, (articles, m) in results.items():
        if name != "dossier":
            ratios = [
                "–"
                if kind not in m.milliseconds
                else f"{np.median(m.milliseconds[kind]) / np.median(ours.milliseconds[kind]):.2f}x"
                for kind in CLASSES
            ]
            note = "" if articles == count else f" (at {articles} articles)"
            print(f"{name + ' / ours':14}" + "".join(f"{ratio:>17}" for ratio in ratios) + note)


def _compare(queries: Sequence[BenchmarkQuery], ours: Measured, theirs: Measured) -> int:
    """Print and count the queries whose totals or facet counts differ; misspellings are read differently."""
    differing = 0
    for query, mine, other in zip(queries, ours.answers, theirs.answers, strict=True):
        if query.kind != "fuzzy" and mine != other:
            differing += 1
            print("differs:", json.dumps([query.kind, *query.terms, mine, other])[:300])
    print(f"Counts equal to tantivy's on {len(queries) - differing} of {len(queries)} queries (fuzzy not compared)")
    return differing


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=Path, help="folder with *.jsonl.gz of news")
    source.add_argument("--index", type=Path, help="index folder whose articles are used")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--whoosh-articles", type=int, default=5_000, help="0 leaves stock Whoosh out")
    parser.add_argument("--engines", default=",".join(PEERS))
    options = parser.parse_args()
    archive = Archive(options.data, options.index)
    total = sum(1 for _ in archive.documents(options.articles)) if options.index else options.articles
    step = max(1, total // _SAMPLE) if options.index else 1
    queries = choose_queries(list(islice(archive.documents(total), 0, _SAMPLE * step, step)))
    results = {}
    for name in options.engines.split(","):
        count = min(total, options.whoosh_articles) if name == "whoosh-stock" else total
        if count:
            print(f"{name}: {count} articles ...", file=sys.stderr, flush=True)
            results[name] = (count, measure(name, archive, count, queries))
    _report(total, results)
    if "tantivy" in results:
        return int(_compare(queries, results["dossier"][1], results["tantivy"][1]) > 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
