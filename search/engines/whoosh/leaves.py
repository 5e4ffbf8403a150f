"""The scoring leaves of a query as postings with frequencies and inverse document frequencies."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from msgspec import Struct

from index.engines.whoosh.lexicon import Lexicon
from index.engines.whoosh.segment import Segment
from index.engines.whoosh.segment_file import Array
from search.engines.cache import BoundedCache
from search.engines.whoosh.expansion import expand_fuzzy, expand_prefix
from search.engines.whoosh.sequences import sequence_occurrences
from search.engines.whoosh.snapshot import Snapshot
from search.query.ast import FuzzyTerm, PrefixTerm, Term, TermSequence

__all__ = ["Leaf", "LeafFinder", "LeafQuery"]

LeafQuery = Term | TermSequence | PrefixTerm | FuzzyTerm

# Phrases and expansions of the last searches: the next page and the next facet ask for them again.
_CACHE_BYTES = 16 << 20


class Leaf(Struct, frozen=True):
    """The postings of a leaf: for each segment the documents, ascending, and weighted frequencies.

    `title` is the same for the title, where that is scored too. `inverse_document_frequency` is that of the term; of
    several terms together it is that of the documents which have any of them (prefix, misspelling), or the sum
    (sequence). `terms` lists those terms of the index.
    """

    field: str
    postings: tuple[tuple[Array, Array], ...]
    title: tuple[tuple[Array, Array], ...]
    documents: int
    inverse_document_frequency: float
    terms: tuple[str, ...]


class LeafFinder:
    """Finds the leaves of queries on one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._cache: BoundedCache[Leaf] = BoundedCache(_CACHE_BYTES, _size)

    def find(self, query: LeafQuery) -> Leaf:
        """Return the postings of a leaf."""
        match query:
            case Term(field=field, term=term):
                return self._term(field, term)
            case TermSequence(field=field, terms=terms, slop=slop):
                return self._cache.get((field, terms, slop), lambda: self._sequence(field, terms, slop))
            case PrefixTerm(field=field, prefix=prefix):
                return self._cache.get((field, prefix), lambda: self._prefix(field, prefix))
            case FuzzyTerm(field=field, term=term, distance=distance):
                return self._cache.get((field, term, distance), lambda: self._fuzzy(field, term, distance))

    def _term(self, field: str, term: str) -> Leaf:
        def find(segment: Segment, field: str) -> tuple[Array, Array]:
            return _term_postings(segment, field, term)

        frequency = self._snapshot.frequency(field, term)
        return self._leaf(field, find, frequency, self._snapshot.inverse_document_frequency(frequency), (term,))

    def _sequence(self, field: str, terms: tuple[str, ...], slop: int | None) -> Leaf:
        def find(segment: Segment, field: str) -> tuple[Array, Array]:
            return sequence_occurrences(segment, field, terms, slop)

        frequencies = [self._snapshot.frequency(field, term) for term in terms]
        weight = sum(self._snapshot.inverse_document_frequency(frequency) for frequency in frequencies)
        return self._leaf(field, find, min(frequencies, default=0), weight, terms)

    def _prefix(self, field: str, prefix: str) -> Leaf:
        terms = expand_prefix(self._snapshot, field, prefix)
        chosen = frozenset(terms)
        return self._union(field, terms, lambda lexicon: _numbers_with_prefix(lexicon, prefix, chosen))

    def _fuzzy(self, field: str, term: str, distance: int) -> Leaf:
        terms = expand_fuzzy(self._snapshot, field, term, distance)
        return self._union(field, terms, lambda lexicon: _known(map(lexicon.find, terms)))

    def _union(self, field: str, terms: tuple[str, ...], find: Callable[[Lexicon], Sequence[int]]) -> Leaf:
        """Return several terms as one leaf: the union of their documents, the sum of their frequencies."""
        segments = self._snapshot.segments
        postings = tuple(_union_postings(segment, field, find(segment.text(field).lexicon)) for segment in segments)
        documents = sum(
            len(numbers) if segment.live is None else int(np.count_nonzero(segment.live[numbers]))
            for segment, (numbers, _) in zip(segments, postings, strict=True)
        )
        return Leaf(field, postings, (), documents, self._snapshot.inverse_document_frequency(documents), terms)

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


def _known(numbers: Iterable[int | None]) -> list[int]:
    return [number for number in numbers if number is not None]


def _numbers_with_prefix(lexicon: Lexicon, prefix: str, chosen: frozenset[str]) -> Sequence[int]:
    numbers = lexicon.with_prefix(prefix)
    names = lexicon.slice(numbers)
    wanted = [number for number, name in zip(numbers, names, strict=True) if name in chosen]
    return numbers if len(wanted) == len(numbers) else wanted


def _union_postings(segment: Segment, field: str, numbers: Sequence[int]) -> tuple[Array, Array]:
    """Return the documents with any of the terms, and the sums of their frequencies."""
    text = segment.text(field)
    if isinstance(numbers, range) and numbers and field != "exact":
        # The postings of neighbouring terms are one stretch; exact terms may share those of a stem elsewhere.
        parts = [text.between(int(text.starts[numbers.start]), int(text.starts[numbers.stop]))]
    else:
        parts = [text.postings(number) for number in numbers]
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    documents = np.concatenate([part.documents for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    totals = np.bincount(documents, weights, minlength=segment.size)
    found = np.flatnonzero(totals)
    return found, totals[found].astype(np.float32)
