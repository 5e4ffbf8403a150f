"""Any number of articles, recombined from sentences of a corpus of news, with invented entities spread by Zipf's law.

Real sentences keep the vocabulary and its frequencies real; inventing the entities makes as many as a large archive
has. The same arguments always give the same articles.
"""

import gzip
import json
import random
import re
from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

from index.model import Amount, DateInterval, DatePrecision, Document

__all__ = ["FACETS", "make_articles", "read_sentences"]

# Facet -> how many values there are, and how many an article has on average.
FACETS = {"people": (25_000, 3.6), "organizations": (15_000, 3.2), "places": (5_000, 2.4), "systems": (4_500, 1.4)}
_SOURCES = 200
_RARE_WORDS = 400_000
_MEAN_LENGTH = 2900

_CONSONANTS = ("b", "ch", "d", "f", "g", "k", "kr", "l", "m", "n", "p", "r", "s", "sh", "t", "tr", "v", "z")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ou")


def read_sentences(folder: Path) -> list[str]:
    """The sentences of all `*.jsonl.gz` in a folder, in order; each row has a `text`."""
    sentences = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                text = " ".join(json.loads(line)["text"].split())
                sentences += [part for part in re.split(r"(?<=[.!?]) (?=[A-Z\"])", text) if 40 < len(part) < 400]
    return sentences


def make_articles(sentences: list[str], count: int, *, seed: int = 1) -> Iterator[Document]:
    """Articles of about 2,900 characters; each names the entities that it has."""
    chance = random.Random(seed)
    names = {facet: _names(facet, values) for facet, (values, _) in FACETS.items()}
    weights = {facet: list(accumulate(1 / (rank + 2.7) for rank in range(size))) for facet, (size, _) in FACETS.items()}
    source_weights = list(accumulate(1 / (rank + 2) for rank in range(_SOURCES)))
    for number in range(count):
        entities = {
            facet: tuple(
                dict.fromkeys(_draw(chance, weights[facet], names[facet]) for _ in range(_poisson(chance, mean)))
            )
            for facet, (_, mean) in FACETS.items()
        }
        day = date(2000, 1, 1) + timedelta(days=chance.randrange(9000))
        title = chance.choice(sentences)[:70]
        yield Document(
            id=f"{number:08}",
            title=title,
            body=f"{title}\n\n{_body(chance, sentences, [name for values in entities.values() for name in values])}",
            people=entities["people"],
            organizations=entities["organizations"],
            places=entities["places"],
            systems=entities["systems"],
            amounts=tuple(Amount("USD", Decimal(chance.randrange(1, 10**9))) for _ in range(_poisson(chance, 1))),
            published=DateInterval(day, day, DatePrecision.DAY),
            source=f"Source {bisect(source_weights, chance.random() * source_weights[-1])}",
            language="en",
        )


def _body(chance: random.Random, sentences: list[str], names: list[str]) -> str:
    parts = [f"{name} was mentioned with {_rare_word(chance)} in the report." for name in names]
    length = sum(map(len, parts))
    target = chance.lognormvariate(0, 0.5) * _MEAN_LENGTH * 0.88
    while length < target:
        at = chance.randrange(len(sentences) - 3)
        parts += sentences[at : at + 3]
        length += sum(map(len, sentences[at : at + 3]))
    chance.shuffle(parts)
    return "\n\n".join(" ".join(parts[at : at + 3]) for at in range(0, len(parts), 3))


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(syllables))


def _rare_word(chance: random.Random) -> str:
    """A word of a vocabulary that grows with the archive, as real ones do."""
    rank = int(_RARE_WORDS ** chance.random())
    return _word(random.Random(rank), 4)


def _names(facet: str, count: int) -> list[str]:
    chance = random.Random(facet)
    found: dict[str, None] = {}
    while len(found) < count:
        found[f"{_word(chance, 2).capitalize()} {_word(chance, 3).capitalize()}"] = None
    return list(found)


def _draw(chance: random.Random, weights: list[float], values: list[str]) -> str:
    return values[bisect(weights, chance.random() * weights[-1])]


def _poisson(chance: random.Random, mean: float) -> int:
    count, total = 0, chance.expovariate(1)
    while total < mean:
        count, total = count + 1, total + chance.expovariate(1)
    return count
