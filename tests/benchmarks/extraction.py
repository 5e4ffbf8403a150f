"""Measure the speed of extraction, the time of its parts, and the memory of a worker.

    python -m tests.benchmarks.extraction --data DIR
    python -m tests.benchmarks.extraction --data DIR --model none,dossier

Every `*.jsonl.gz` in the folder --data whose rows have a `text` is joined and cut into articles of 500 words. Each
model reads each of them in a process of its own, as one worker of `search-cli index` would; times are CPU time, the
best of three passes after one that is not counted. The memory is the proportional set size of that process at its end.
"""

import argparse
import gzip
import json
import multiprocessing
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from index.extract.pipeline import Extractor
from index.identity.within_article import link_mentions
from index.ingest.workers.tasks import WorkerOptions
from index.ingest.workers.worker import Worker
from index.model import Article, DateInterval, DatePrecision
from index.packs.loader import load_packs
from index.recognizer.encoder.article_encoder import ArticleEncoder
from index.recognizer.encoder.lead import lead_text
from index.settings import Settings

__all__ = ["Measured", "main", "make_articles", "measure"]

_WORDS = 500
_PASSES = 3
_DAY = DateInterval(date(2020, 6, 15), date(2020, 6, 15), DatePrecision.DAY, value="2020-06-15")


@dataclass(slots=True)
class Measured:
    """Measurements of a model on one set: CPU milliseconds an article by part, their sum, and megabytes at the end.

    `vector` are the milliseconds of an article's vector, which is no part of the extraction.
    """

    articles: int = 0
    milliseconds: float = 0.0
    parts: dict[str, float] = field(default_factory=dict)
    vector: float = float("inf")
    megabytes: float = 0.0


def make_articles(path: Path, count: int) -> list[Article]:
    """The first `count` articles of 500 words that the texts of a set make, with their line breaks."""
    return list(islice(_cut(_texts(path)), count))


def _texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield str(json.loads(line).get("text", ""))


def _cut(texts: Iterable[str]) -> Iterator[Article]:
    number = words = 0
    parts: list[str] = []
    for text in texts:
        for part in re.findall(r"\S+\s*", f"{text.strip()}\n\n"):
            parts.append(part)
            words += 1
            if words == _WORDS:
                yield Article(f"{number}", f"{number}.txt", "", "", "".join(parts).rstrip(), published=_DAY)
                number, words, parts = number + 1, 0, []


def measure(articles: Sequence[Article], model: str) -> Measured:
    """The time of each part of the extraction, of linking within the article, and the memory of this process."""
    packs = load_packs(Settings().packs)
    # The rest of a worker is loaded too, for the sake of the memory.
    worker = Worker(WorkerOptions(Settings().packs, "none"))
    worker.prepare()
    extractor = Extractor(packs=packs, model=model)
    encoder = ArticleEncoder()
    measured = Measured(len(articles), milliseconds=float("inf"))
    for turn in range(_PASSES + 1):
        started = time.process_time()
        found = list(extractor.extract(articles))
        total = time.process_time() - started
        started = time.process_time()
        for article, mentions in zip(articles, found, strict=True):
            link_mentions(mentions, body=article.body)
        linking = time.process_time() - started
        started = time.process_time()
        for article in articles:
            encoder.encode(lead_text(article))
        vector = time.process_time() - started
        measured.vector = min(measured.vector, vector * 1000 / len(articles))
        if turn and (total + linking) * 1000 / len(articles) < measured.milliseconds:
            measured.milliseconds = (total + linking) * 1000 / len(articles)
            measured.parts = {**_parts(extractor, articles), "linking": linking * 1000 / len(articles)}
    measured.megabytes = _pss()
    worker.close()
    return measured


def _parts(extractor: Extractor, articles: Sequence[Article]) -> dict[str, float]:
    """The same work, one part after the other over all articles."""
    language = extractor.language
    docs, spent = _timed(lambda: [language.make_doc(article.body) for article in articles])
    parts = {"words and sentences": spent}
    for name, component in language.pipeline:
        docs, spent = _timed(lambda component=component, docs=docs: _run(component, docs))
        parts[name.removeprefix("dossier_")] = spent
    return {name: seconds * 1000 / len(articles) for name, seconds in parts.items()}


# A component of spaCy may be any callable; those that work in batches have a method for it.
def _run(component: Any, docs: list[Doc]) -> list[Doc]:
    return list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]


def _timed(work: Callable[[], list[Doc]]) -> tuple[list[Doc], float]:
    started = time.process_time()
    docs = work()
    return docs, time.process_time() - started


def _pss() -> float:
    """The proportional set size of this process in megabytes; 0 where the system does not tell."""
    path = Path("/proc/self/smaps_rollup")
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def _measure_file(path: Path, model: str, count: int, results: "multiprocessing.SimpleQueue[Measured]") -> None:
    results.put(measure(make_articles(path, count), model))


def _in_a_process(path: Path, model: str, count: int) -> Measured:
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.SimpleQueue[Measured] = context.SimpleQueue()
    process = context.Process(target=_measure_file, args=(path, model, count, results))
    process.start()
    measured = results.get()
    process.join()
    return measured


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a table for each model and set; 2 when the folder has no set."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.extraction", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with *.jsonl.gz, each row with a text")
    parser.add_argument("--model", default="none", help="recognizers, with commas (default: none)")
    parser.add_argument("--articles", type=int, default=200, help="articles of each set (default: 200)")
    options = parser.parse_args(arguments)
    paths = sorted(options.data.glob("*.jsonl.gz"))
    if not paths:
        print(f"{options.data} has no file *.jsonl.gz. Name the folder that holds the texts.", file=sys.stderr)
        return 2
    for model in options.model.split(","):
        for path in paths:
            measured = _in_a_process(path, model, options.articles)
            print(f"{path.name.partition('.')[0]}, {measured.articles} articles of {_WORDS} words, model {model}:")
            rate = 1000 / measured.milliseconds
            print(f"  {rate:6.1f} articles/s on one core, {measured.milliseconds:.2f} ms CPU an article")
            print(f"  {measured.megabytes:6.0f} MB proportional set size")
            for name, milliseconds in measured.parts.items():
                print(f"  {milliseconds:6.2f} ms  {name}")
            share = measured.vector / measured.milliseconds
            print(f"  {measured.vector:6.2f} ms  a vector for meaning, {share:.0%} of the extraction")
    return 0


if __name__ == "__main__":
    sys.exit(main())
