"""Indexing and search of our engines beside others, in one run and one table.

    python -m tests.benchmarks.engines --articles 100000
    python -m tests.benchmarks.engines --index DIR --engines "whoosh,raw tantivy"
    python -m tests.benchmarks.engines --opensearch http://127.0.0.1:9200
    python -m tests.benchmarks.engines --serve DIR

The articles are made up (`tests.benchmarks.corpus`), or those of the index folder --index with the entities that were
found in them. Each engine indexes in a process of its own and searches in another. Indexing is CPU time, less that of
reading the articles, a server's included; a search is CPU time, or wall time where a server works. The memory of a
server counts where it is one node of this machine. Queries are asked three times, with five facets and without,
and nothing is cached from the time before. Engines whose packages are missing are left out and named. --serve adds 50
clients of an archive that is finished (`tests.benchmarks.clients`).
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from tests.benchmarks.archives import read_archive, write_archive
from tests.benchmarks.measuring import Measured, measure
from tests.benchmarks.peers import PEERS, SERVED, Place
from tests.benchmarks.queries import CLASSES, BenchmarkQuery, choose_queries

__all__ = ["main", "report"]

_SAMPLE = 4000
_REFERENCE = "raw tantivy"
# Of two ways to do the same, only the better one of each class is shown.
_BETTER_OF = {"sqlite": ("sqlite joins", "sqlite columns")}


def machine() -> str:
    """Return the date and the machine in a line."""
    processors = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    cpu, cores = next(iter(processors), platform.processor()), os.cpu_count()
    return f"{datetime.now(UTC):%Y-%m-%d}, {cpu}, {cores} cores, Python {platform.python_version()}"


def report(results: Mapping[str, Measured]) -> str:
    """Return all measurements as Markdown."""
    lines = [_table(_resources(results))]
    for title, attribute in (("five facets", "faceted"), ("no facets", "plain")):
        times = _shown({name: getattr(measured, attribute) for name, measured in results.items()})
        lines += [f"Ten hits, the exact total and {title}, milliseconds, p50 / p95:", _table(_latencies(times))]
    return "\n\n".join(lines)


def _resources(results: Mapping[str, Measured]) -> list[list[str]]:
    head = ["engine", "articles", "a CPU second", "disk MB", "peak MB", "of it private", "searching MB", "open s", ""]
    rows = [head]
    for name, m in results.items():
        memory = ["–" if part is None else f"{part:.0f}" for part in (m.peak, m.private_peak, m.searching)]
        note = "; ".join(filter(None, ("" if m.clock == "CPU" else "searches in wall time", m.notes)))
        rows.append([name, f"{m.articles:,}", f"{m.rate:,.0f}", f"{m.disk:.0f}", *memory, f"{m.opening:.2f}", note])
    return rows


def _shown(times: Mapping[str, Mapping[str, list[float]]]) -> dict[str, Mapping[str, list[float]]]:
    """Return the milliseconds of each engine by class, without those that have none; of two ways the better."""
    shown = {name: found for name, found in times.items() if found and name not in sum(_BETTER_OF.values(), ())}
    for name, ways in _BETTER_OF.items():
        found = [times[way] for way in ways if times.get(way)]
        if found:
            shown[name] = {
                kind: min((way[kind] for way in found if kind in way), key=lambda ms: float(np.percentile(ms, 95)))
                for kind in CLASSES
                if any(kind in way for way in found)
            }
    return shown


def _latencies(times: Mapping[str, Mapping[str, list[float]]]) -> list[list[str]]:
    first = next(iter(times), "")
    compared = first != _REFERENCE and _REFERENCE in times
    rows = [["class", *times, *([f"{first} / tantivy"] if compared else [])]]
    for kind in CLASSES:
        cells = [_percentiles(found[kind]) if kind in found else "–" for found in times.values()]
        if compared:
            cells.append(_ratio(times[first].get(kind), times[_REFERENCE].get(kind)))
        rows.append([kind, *cells])
    return rows


def _ratio(ours: Sequence[float] | None, theirs: Sequence[float] | None) -> str:
    if not ours or not theirs:
        return "–"
    p50, p95 = np.percentile(ours, (50, 95)) / np.percentile(theirs, (50, 95))
    return f"{p50:.2f} / {p95:.2f}"


def _percentiles(milliseconds: Sequence[float]) -> str:
    return " / ".join(f"{value:.3g}" for value in np.percentile(milliseconds, (50, 95)))


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in (rows[0], ["---"] * len(rows[0]), *rows[1:]))


def _compare(queries: Sequence[BenchmarkQuery], results: Mapping[str, Measured]) -> int:
    """Print and count the queries of which totals or facet counts differ; misspellings are read differently."""
    theirs, differing = results[_REFERENCE], 0
    for name, ours in results.items():
        if name == _REFERENCE or ours.articles != theirs.articles or not any(ours.answers):
            continue
        compared = [
            (query, mine, other)
            for query, mine, other in zip(queries, ours.answers, theirs.answers, strict=True)
            if query.kind != "fuzzy" and mine is not None and other is not None
        ]
        wrong = [one for one in compared if one[1] != one[2]]
        differing += len(wrong)
        for query, mine, other in wrong[:3]:
            print("differs:", json.dumps([name, query.kind, *query.terms, mine, other])[:300])
        print(f"{name}: equal to tantivy's on {len(compared) - len(wrong)} of {len(compared)} queries")
    return differing


def _measure_all(
    options: argparse.Namespace, corpus: Path, total: int, queries: list[BenchmarkQuery]
) -> dict[str, Measured]:
    results: dict[str, Measured] = {}
    for name in options.engines.split(","):
        articles = min(total, options.whoosh_articles) if name == "stock whoosh" else total
        if not articles or (name in SERVED and not options.opensearch):
            continue
        print(f"{name}: {articles} articles ...", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
            place = Place(Path(folder), options.opensearch if name in SERVED else "")
            measured = measure(name, corpus, place, articles=articles, queries=queries)
        if isinstance(measured, str):
            print(f"{name} is left out: {measured}", flush=True)
        else:
            results[name] = measured
    return results


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.engines", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--index", type=Path, help="index folder whose articles are used")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--whoosh-articles", type=int, default=3_000, help="0 leaves stock Whoosh out")
    parser.add_argument("--engines", default=",".join(PEERS), help="names with commas between (default: all)")
    parser.add_argument("--opensearch", default="", metavar="URL", help="server for the engines that need one")
    parser.add_argument("--serve", type=Path, metavar="DIR", help="finished archive that 50 clients ask")
    parser.add_argument("--scratch", type=Path, help="folder for articles and indexes (default: the system's)")
    return parser.parse_args()


def main() -> int:
    """Run and print."""
    options = _options()
    print(machine(), "\n", flush=True)
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        corpus = Path(folder) / "articles.jsonl"
        total = write_archive(corpus, options.articles, index=options.index)
        queries = choose_queries(list(read_archive(corpus, count=_SAMPLE, step=max(1, total // _SAMPLE))))
        results = _measure_all(options, corpus, total, queries)
    print(report(results), "\n")
    if options.serve:
        subprocess.run([sys.executable, "-m", "tests.benchmarks.clients", options.serve, "--seconds", "30"], check=True)
    return int(_compare(queries, results) > 0) if _REFERENCE in results else 0


if __name__ == "__main__":
    sys.exit(main())
