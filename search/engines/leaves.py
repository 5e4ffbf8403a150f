"""The scoring leaves of a query as postings: in which documents, how often, and how rare that is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from index.engines.segment import Segment
from index.engines.segment_file import Array
from search.engines.cache import BoundedCache
from search.engines.expansion import expand_fuzzy, expand_prefix
from search.engines.sequences import sequence_occurrences
from search.engines.snapshot import Snapshot
from search.query.ast import FuzzyTerm, PrefixTerm, Term, TermSequence

__all__ = ["Leaf", "LeafFinder", "LeafQuery"]

LeafQuery = Term | TermSequence | PrefixTerm | FuzzyTerm

# Phrases and expansions of the last searches: the next page and the next facet ask for them again.
_CACHE_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a leaf matches. `postings` holds for each segment the documents, ascending, and weighted frequencies.

    `title` is the same for the title, where that is scored too. `inverse_frequency` is that of the term; of several
    together it is that of the documents which have any (prefix, misspelling), or the sum (sequence). `terms` says
    which terms of the index those are.
    """

    field: str
    postings: tuple[tuple[Array, Array], ...]
    title: tuple[tuple[Array, Array], ...]
    documents: int
    inverse_frequency: float
    terms: tuple[str, ...]


class LeafFinder:
    """Finds the leaves of queries on one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._cache: BoundedCache[Leaf] = BoundedCache(_CACHE_BYTES, _size)

    def find(self, query: LeafQuery) -> Leaf:
        """What a leaf of a query matches."""
        match query:
            case Term(field=field, term=term):
                return self._term(field, term)
            case TermSequence(field=field, terms=terms, slop=slop):
                return self._cache.get((field, terms, slop), lambda: self._sequence(field, terms, slop))
            case PrefixTerm(field=field, prefix=prefix):
                return self._cache.get(
                    (field, prefix), lambda: self._any(field, expand_prefix(self._snapshot, field, prefix))
                )
            case FuzzyTerm(field=field, term=term, distance=distance):
                return self._cache.get(
                    (field, term, distance),
                    lambda: self._any(field, expand_fuzzy(self._snapshot, field, term, distance)),
                )

    def _term(self, field: str, term: str) -> Leaf:
        def find(segment: Segment, field: str) -> tuple[Array, Array]:
            return _term_postings(segment, field, term)

        frequency = self._snapshot.frequency(field, term)
        return self._leaf(field, find, frequency, self._snapshot.inverse_frequency(frequency), (term,))

    def _sequence(self, field: str, terms: tuple[str, ...], slop: int | None) -> Leaf:
        def find(segment: Segment, field: str) -> tuple[Array, Array]:
            return sequence_occurrences(segment, field, terms, slop)

        frequencies = [self._snapshot.frequency(field, term) for term in terms]
        weight = sum(self._snapshot.inverse_frequency(frequency) for frequency in frequencies)
        return self._leaf(field, find, min(frequencies, default=0), weight, terms)

    def _any(self, field: str, terms: tuple[str, ...]) -> Leaf:
        postings = tuple(_union_postings(segment, field, terms) for segment in self._snapshot.segments)
        documents = sum(
            len(numbers) if segment.live is None else int(np.count_nonzero(segment.live[numbers]))
            for segment, (numbers, _) in zip(self._snapshot.segments, postings, strict=True)
        )
        return Leaf(field, postings, (), documents, self._snapshot.inverse_frequency(documents), terms)

    def _leaf(
        self,
        field: str,
        find: Callable[[Segment, str], tuple[Array, Array]],
        documents: int,
        weight: float,
        terms: tuple[str, ...],
    ) -> Leaf:
        segments = self._snapshot.segments
        return Leaf(
            field,
            tuple(find(segment, field) for segment in segments),
            tuple(find(segment, "title") for segment in segments) if field == "body" else (),
            documents,
            weight,
            terms,
        )


def _size(leaf: Leaf) -> int:
    return sum(array.nbytes for pairs in (leaf.postings, leaf.title) for pair in pairs for array in pair)


def _term_postings(segment: Segment, field: str, term: str) -> tuple[Array, Array]:
    text = segment.text(field)
    number = text.lexicon.find(term)
    if number is None:
        return np.zeros(0, np.uint16), np.zeros(0, np.float32)
    postings = text.postings(number)
    return postings.documents, postings.weights


def _union_postings(segment: Segment, field: str, terms: tuple[str, ...]) -> tuple[Array, Array]:
    """The documents that have any of the terms, and their frequencies added up."""
    pairs = [_term_postings(segment, field, term) for term in terms]
    if not pairs:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    documents = np.concatenate([numbers for numbers, _ in pairs])
    totals = np.bincount(documents, np.concatenate([weights for _, weights in pairs]), minlength=segment.size)
    numbers = np.flatnonzero(totals)
    return numbers, totals[numbers].astype(np.float32)
