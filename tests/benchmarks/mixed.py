"""Many articles from the sentences of a few: `python -m tests.benchmarks.mixed news.jsonl 100000 > mixed.jsonl`.

Reads lines of JSON with "title", "text" and perhaps "date", and prints articles whose sentences are drawn from all of
them: as many as a benchmark needs, with the names, amounts and dates of real news. The same for the same arguments.
"""

import gzip
import json
import random
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

__all__ = ["mix"]

_MEAN_WORDS = 115
_SPREAD = 0.4
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\"][.!?])\s+(?=[A-Z\"])")
_WORDS_OF_A_SENTENCE = range(4, 60)


def mix(articles: Sequence[Mapping[str, str | None]], count: int, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield new articles of about 115 words; each has the title and the date of an old one and sentences of many.

    >>> old = [{"title": "Rain", "text": "It rains in Erl today. The river rises again.", "date": "2020-01-02"}]
    >>> [new] = mix(old, 1)
    >>> new["title"], new["date"], "The river rises again." in new["text"]
    ('Rain', '2020-01-02', True)
    """
    chance = random.Random(seed)
    sentences = [
        sentence
        for article in articles
        for sentence in _SENTENCE_END.split(" ".join((article["text"] or "").split()))
        if sentence.count(" ") + 1 in _WORDS_OF_A_SENTENCE
    ]
    for number in range(count):
        old = chance.choice(articles)
        wanted = chance.lognormvariate(0, _SPREAD) * _MEAN_WORDS
        chosen: list[str] = []
        words = 0
        while words < wanted:
            chosen.append(chance.choice(sentences))
            words += chosen[-1].count(" ") + 1
        text = "\n\n".join(" ".join(chosen[at : at + 3]) for at in range(0, len(chosen), 3))
        yield {"id": f"{number:08}", "title": old["title"] or "", "text": text, "date": (old.get("date") or "")[:10]}


def _read(path: Path) -> list[dict[str, str | None]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [article for article in map(json.loads, lines) if article.get("title") and article.get("text")]


def main() -> None:
    """Print articles as lines of JSON."""
    parser = ArgumentParser(prog="python -m tests.benchmarks.mixed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path, help="lines of JSON, perhaps compressed with gzip")
    parser.add_argument("articles", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for article in mix(_read(options.source), options.articles, seed=options.seed):
        sys.stdout.write(json.dumps(article) + "\n")


if __name__ == "__main__":
    main()
