"""Phrases of a segment are those that a walk through its documents finds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh.segment import Postings
from search.engines.whoosh.phrases import Stretches, phrases

_LAST = (1 << 16) - 1


def _found(bodies: list[dict[int, int]], numbers: list[int]) -> list[tuple[int, int]]:
    """Return (document, phrases) of bodies, each a term by position."""
    having = [document for document, body in enumerate(bodies) if set(numbers) <= set(body.values())]
    is_wanted = np.isin(np.arange(len(bodies)), having)
    stretches = {}
    for number in set(numbers):
        at = [sorted(place for place, term in body.items() if term == number) for body in bodies]
        documents = np.array([document for document, places in enumerate(at) if places], np.uint16)
        counts = np.array([len(at[document]) for document in documents], np.uint8)
        positions = np.array([place for places in at for place in places], np.uint16)
        postings = Postings(documents, counts, counts.astype(np.float32))
        stretches[number] = Stretches(postings, positions, np.array(having, np.uint16), is_wanted)
    documents, counts = phrases(numbers, stretches, np.array(having, np.uint16))
    return list(zip(documents.tolist(), counts.tolist(), strict=True))


def _walked(bodies: list[dict[int, int]], numbers: list[int]) -> list[tuple[int, int]]:
    counts = [
        sum(all(body.get(first + at) == number for at, number in enumerate(numbers)) for first in body)
        for body in bodies
    ]
    return [(document, count) for document, count in enumerate(counts) if count]


_PLACES = st.one_of(st.integers(0, 6), st.integers(_LAST - 6, _LAST))


@given(
    st.lists(st.dictionaries(_PLACES, st.integers(0, 2), max_size=14), max_size=6),
    st.lists(st.integers(0, 2), min_size=1, max_size=4),
)
def test_phrases_are_those_of_a_walk(bodies: list[dict[int, int]], numbers: list[int]) -> None:
    assert _found(bodies, numbers) == _walked(bodies, numbers)


@pytest.mark.parametrize("times", [1, 2, 3, 30, 200])
def test_a_rare_word_is_looked_up_among_many_places(times: int) -> None:
    bodies = [{place: 1 if place == times else 0 for place in range(times + 20)}, {0: 1, 2: 0, _LAST: 0}, {0: 1, 1: 0}]
    assert _found(bodies, [0, 1]) == _walked(bodies, [0, 1])
    assert _found(bodies, [1, 0]) == _walked(bodies, [1, 0]) == [(0, 1), (2, 1)]


def test_no_phrase_reaches_into_the_next_document() -> None:
    assert _found([{_LAST: 0, 5: 1}, {0: 1, 7: 0}], [0, 1]) == []
