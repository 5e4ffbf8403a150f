"""The order by relevance: the same for engines with exact scores, close to it for all others."""

import math
import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from statistics import mean

import pytest

from index.model import Document
from search.engines.base import Searcher
from search.query.ast import And, FuzzyTerm, Or, PrefixTerm, Query, Term, TermSequence
from tests.contract.engines import ENGINES, REFERENCE, parameters, running, shown

_LIMIT = 10
_SYLLABLES = ("ba", "do", "ki", "lu", "mo", "ne", "pa", "ro", "su", "ta", "vi", "ze")


def _words() -> list[str]:
    """A hundred and forty-four words, no two of which have one stem."""
    return [first + second + "k" for first in _SYLLABLES for second in _SYLLABLES]


def _documents(chance: random.Random) -> Iterator[Document]:
    """Articles of 20 to 200 words, frequent ones by Zipf's law, each with a word of its own subject."""
    words = _words()
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    for number in range(300):
        subject = chance.choice(words)
        length = chance.randint(20, 200)
        body = chance.choices([*words, subject], cum_weights=[*weights, weights[-1] + 0.3], k=length)
        yield Document(id=f"{number:03}", title=" ".join(body[:5]), body=" ".join(body))


def _queries(chance: random.Random) -> Iterator[Query]:
    words = _words()
    for _ in range(20):
        left, right = (Term("body", word) for word in chance.sample(words, 2))
        yield left
        yield Or((left, right))
        yield And((left, right))
        yield Or((left, TermSequence("body", (left.term, right.term), 3)))
        yield Or((right, PrefixTerm("body", left.term[:4]), FuzzyTerm("body", left.term, 1)))


@pytest.fixture(scope="module")
def documents() -> Sequence[Document]:
    return tuple(_documents(random.Random(7)))


@pytest.fixture(scope="module")
def best(
    documents: Sequence[Document], tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Query, dict[str, float]]]:
    """Queries, and the score of every document that the reference engine finds."""
    searcher = REFERENCE.write(tmp_path_factory.mktemp("reference"), documents)
    found = [(query, searcher.search(query, limit=len(documents)).hits) for query in _queries(random.Random(11))]
    return [(query, {hit.id: hit.score for hit in hits}) for query, hits in found if len(hits) > _LIMIT]


@pytest.fixture(params=parameters(ENGINES[1:]))
def searcher(request: pytest.FixtureRequest, documents: Sequence[Document], tmp_path: Path) -> Searcher:
    return shown(running(request), tmp_path, documents)


def _first(searcher: Searcher, query: Query) -> list[str]:
    return [hit.id for hit in searcher.search(query, limit=_LIMIT).hits]


def _gain(scores: Sequence[float]) -> float:
    """Discounted cumulative gain."""
    return sum(score / math.log2(rank + 1) for rank, score in enumerate(scores, start=1))


def test_eight_of_the_first_ten_hits_are_those_of_the_reference(
    searcher: Searcher, best: list[tuple[Query, dict[str, float]]]
) -> None:
    assert len(best) > 50
    common = [len(set(_first(searcher, query)) & set(list(scores)[:_LIMIT])) for query, scores in best]
    assert mean(common) >= 8


def test_the_first_ten_hits_are_nearly_as_good_as_those_of_the_reference(
    searcher: Searcher, best: list[tuple[Query, dict[str, float]]]
) -> None:
    gains = [
        _gain([scores[name] for name in _first(searcher, query)]) / _gain(list(scores.values())[:_LIMIT])
        for query, scores in best
    ]
    assert mean(gains) >= 0.98
