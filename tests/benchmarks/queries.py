"""Queries of ten classes, chosen from a sample of the articles by how many of them a word or pair occurs in."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.analyzer import index_terms
from index.model import Document

__all__ = ["CLASSES", "BenchmarkQuery", "choose_queries"]

CLASSES = ("common", "mid", "rare", "and2", "or2", "phrase", "prefix", "fuzzy", "filter", "all")
_EACH = 20


@dataclass(frozen=True, slots=True)
class BenchmarkQuery:
    """Analyzed terms and what to do with them; `value` is a person for the class "filter"."""

    kind: str
    terms: tuple[str, ...] = ()
    value: str = ""


def choose_queries(sample: Sequence[Document], *, seed: int = 7) -> list[BenchmarkQuery]:
    """Twenty queries of each class."""
    frequency: Counter[str] = Counter()
    bigrams: Counter[tuple[str, str]] = Counter()
    people: Counter[str] = Counter()
    for document in sample:
        terms = index_terms(document.body, document.language)[0]
        frequency.update(set(terms))
        bigrams.update(set(pairwise(terms)))
        people.update(document.people)
    chance = random.Random(seed)

    def pick(low: float, high: float, count: int, is_fit: Callable[[str], bool] = str.isalpha) -> list[str]:
        fit = sorted(t for t, n in frequency.items() if low <= n / len(sample) < high and is_fit(t))
        return chance.sample(fit, min(count, len(fit)))

    def misspelled(term: str) -> str:
        at = chance.randrange(1, len(term))
        return term[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz".replace(term[at], "")) + term[at + 1 :]

    def is_long(term: str) -> bool:
        return term.isascii() and term.isalpha() and len(term) >= 6

    common, pairs = pick(0.15, 0.45, _EACH), pick(0.05, 0.25, 4 * _EACH)
    known = sorted(
        pair for pair, n in bigrams.items() if 0.001 <= n / len(sample) < 0.03 and all(map(str.isalpha, pair))
    )
    named = sorted(name for name, n in people.items() if n / len(sample) >= 0.003)
    return [
        *(BenchmarkQuery("common", (term,)) for term in common),
        *(BenchmarkQuery("mid", (term,)) for term in pick(0.02, 0.08, _EACH)),
        *(BenchmarkQuery("rare", (term,)) for term in pick(0.0003, 0.0012, _EACH)),
        *(BenchmarkQuery("and2", pair) for pair in zip(pairs[:_EACH], pairs[_EACH:], strict=False)),
        *(BenchmarkQuery("or2", pair) for pair in zip(pairs[-_EACH:], pairs[_EACH:], strict=False)),
        *(BenchmarkQuery("phrase", pair) for pair in chance.sample(known, min(_EACH, len(known)))),
        *(BenchmarkQuery("prefix", (term[:5],)) for term in pick(0.01, 0.05, _EACH, is_long)),
        *(BenchmarkQuery("fuzzy", (misspelled(term),)) for term in pick(0.005, 0.08, _EACH, is_long)),
        *(BenchmarkQuery("filter", (term,), chance.choice(named)) for term in common),
        *(BenchmarkQuery("all") for _ in range(5)),
    ]
