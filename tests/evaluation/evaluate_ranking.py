"""nDCG@10 of a search and of its engine beside bm25s, tantivy and plain Whoosh, all measured in one run.

    python -m tests.evaluation.evaluate_ranking --data DIR [--model dossier] [--queries ORG,VIC]

DIR, or the folder `ir` in it, holds a folder for each collection with `corpus.jsonl.gz` (id, title, text),
`queries.jsonl` (id, text) and `qrels.tsv` (query, document, grade). Queries are sentences: any of their words, in every
engine. Every engine has an English stemmer and finds the title in the body; tantivy and Whoosh are asked in both
fields, as this engine is.
"words" and "meaning" are what a user gets by `--order`, meaning by default: the first ten articles of an archive, those
that fill the page included, with the names that packs and `--model` (default: none) know. `--queries` leaves out the
queries whose id does not begin with one of these texts, and the collections that have no other.
"""

import argparse
import gzip
import json
import math
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import index
import search
from index.analyzer import analyze
from index.engines.registry import open_writer
from index.model import Document
from search.engines.registry import open_searcher
from search.query.ast import Or, Term
from tests.evaluation.peers.ranking_peers import PEERS

_DEPTH = 10
_ORDERS = ("words", "meaning")

# A ranker is made from documents and then called with the text of a query.
Ranker = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, queries by id, and the grades of documents by query."""

    name: str
    documents: Sequence[Document]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]


def read_collection(folder: Path, *, beginnings: tuple[str, ...] = ("",)) -> Collection:
    """Read a collection; queries that nobody judged, and those whose id begins otherwise, are left out."""
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    documents = [
        Document(id=row["id"], title=row["title"], body=f"{row['title']}\n\n{row['text']}".strip()) for row in rows
    ]
    grades: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        grades.setdefault(query, {})[document] = int(grade)
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["id"] in grades and row["id"].startswith(beginnings)]
    queries = {row["id"]: row["text"] for row in rows}
    return Collection(folder.name, documents, queries, grades)


def ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Normalized discounted cumulative gain of the first ten, with gains of 2 ** grade - 1.

    >>> ndcg(["a", "b"], {"a": 1}), round(ndcg(["b", "a"], {"a": 1}), 3)
    (1.0, 0.631)
    """
    gains = [2.0 ** grades.get(document, 0) - 1 for document in ranked[:_DEPTH]]
    best = sorted((2.0**grade - 1 for grade in grades.values()), reverse=True)[:_DEPTH]
    ideal = _discounted(best)
    return _discounted(gains) / ideal if ideal else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def make_dossier(documents: Sequence[Document], folder: Path) -> Ranker:
    """The default engine."""
    with open_writer("whoosh", folder, lock_seconds=0) as writer:
        writer.put(documents)
    searcher = open_searcher("whoosh", folder)

    def rank(text: str) -> Sequence[str]:
        terms = tuple(Term("body", token.term) for token in analyze(text))
        return [hit.id for hit in searcher.search(Or(terms), limit=_DEPTH).hits] if terms else []

    return rank


def make_archive(documents: Sequence[Document], folder: Path, *, model: str) -> search.Archive:
    """An archive of these documents."""
    rows = (
        {"id": item.id, "title": item.title, "text": item.body[len(item.title) :].strip() or item.title}
        for item in documents
    )
    (folder / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    index.build(folder / "corpus.jsonl", into=folder, model=model)
    return search.open(folder)


def rank_by(archive: search.Archive, order: str, text: str) -> Sequence[str]:
    """The first page of a search."""
    result = archive.search(text, size=_DEPTH, facets=(), order=order)
    return [hit.locator.rpartition("#")[2] for hit in (*result.hits, *result.partial)]


def evaluate(collection: Collection, rank: Ranker) -> tuple[float, float]:
    """The mean nDCG@10 over the queries, and the mean CPU milliseconds of one."""
    started = time.process_time()
    runs = {query: rank(text) for query, text in collection.queries.items()}
    seconds = time.process_time() - started
    scores = [ndcg(run, collection.grades[query]) for query, run in runs.items()]
    return sum(scores) / len(scores), 1000 * seconds / len(scores)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with a folder for each collection")
    parser.add_argument("--model", default="none", help="recognizer of the archive")
    parser.add_argument("--queries", default="", metavar="BEGINNINGS", help="only queries whose id begins so")
    options = parser.parse_args()
    found = (*options.data.glob("*/qrels.tsv"), *options.data.glob("ir/*/qrels.tsv"))
    folders = sorted(path.parent for path in found)
    if not folders:
        print(f"{options.data} holds no collection: no */qrels.tsv", file=sys.stderr)
        return 1
    engines = {"engine": make_dossier, **PEERS}
    print(f"{'nDCG@10':20}" + "".join(f"{name:>14}" for name in (*_ORDERS, *engines)) + "   best peer   CPU ms each")
    for folder in folders:
        collection = read_collection(folder, beginnings=tuple(options.queries.split(",")))
        if not collection.queries:
            continue
        results = {}
        with (
            tempfile.TemporaryDirectory() as temporary,
            make_archive(collection.documents, Path(temporary), model=options.model) as archive,
        ):
            for order in _ORDERS:
                rank_by(archive, order, "What is loaded late is loaded before the clock runs.")
                results[order] = evaluate(collection, partial(rank_by, archive, order))
        for name, make in engines.items():
            with tempfile.TemporaryDirectory() as temporary:
                results[name] = evaluate(collection, make(collection.documents, Path(temporary)))
        ours = results["meaning"][0]
        theirs = [results[name][0] for name in PEERS]
        row = "".join(f"{score:14.4f}" for score, _ in results.values())
        times = " ".join(f"{milliseconds:.2f}" for _, milliseconds in results.values())
        print(f"{collection.name:20}{row}   {ours - max(theirs):+.4f}     {times}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
