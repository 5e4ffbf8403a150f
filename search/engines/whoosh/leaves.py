"""The scoring leaves of a query as postings with frequencies and inverse document frequencies."""

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from index.engines.arrays.runs import repeated
from index.engines.arrays.segment_file import Array
from index.engines.whoosh.segment import Postings, Segment
from search.engines.arrays.expansion import expand_fuzzy, expand_prefix
from search.engines.cache import BoundedCache
from search.engines.whoosh.sequences import positions_in, sequence_occurrences
from search.engines.whoosh.snapshot import Snapshot
from search.query.ast import FuzzyTerm, Place, PrefixTerm, Term, TermSequence
from search.query.readings import read_leaf

__all__ = ["Leaf", "LeafFinder", "LeafQuery"]

LeafQuery = Term | TermSequence | PrefixTerm | FuzzyTerm

# For each segment the documents, ascending, and weighted frequencies.
_Postings = tuple[tuple[Array, Array], ...]

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
        self.snapshot = snapshot
        self._cache: BoundedCache[Leaf] = BoundedCache(_CACHE_BYTES, _size)

    def find(self, query: LeafQuery) -> Leaf:
        """Return the postings of a leaf."""
        if query.readings:
            return self._cache.get(replace(query, place=Place()), lambda: self._read(query))
        match query:
            case Term(field=field, term=term):
                return self._term(field, term)
            case TermSequence(field=field, terms=terms, slop=slop):
                return self._cache.get((field, terms, slop), lambda: self._sequence(field, terms, slop))
            case PrefixTerm(field=field, prefix=prefix):
                return self._cache.get((field, prefix), lambda: self._prefix(field, prefix))
            case FuzzyTerm(field=field, term=term, distance=distance):
                return self._cache.get((field, term, distance), lambda: self._fuzzy(field, term, distance))

    def positions(self, term: Term, place: int, candidates: Array) -> Array | None:
        """Return the positions of a term of the body in the candidates (a mask) of a segment, None without any.

        As ascending `document << 32 | position`.
        """
        text = self.snapshot.segments[place].body
        found = []
        for name, masks in self._last_terms(term):
            number = text.lexicon.find(name)
            if number is not None:
                found.append(positions_in(text, number, candidates if masks is None else candidates & masks[place]))
        return np.sort(np.concatenate(found)) if len(found) > 1 else next(iter(found), None)

    def _last_terms(self, term: Term) -> list[tuple[str, list[Array] | None]]:
        """Return the last term of each reading with masks of its documents, None for all."""
        if not term.readings:
            return [(term.term, None)]
        return [(terms[-1], masks) for terms, masks in self._all_readings(term) if terms]

    def rarity(self, term: Term) -> float:
        """Return the inverse document frequency of a term of the body."""
        if term.readings:
            return self.find(term).inverse_document_frequency
        return self.snapshot.inverse_document_frequency(self.snapshot.frequency("body", term.term))

    def _all_readings(self, query: LeafQuery) -> list[tuple[tuple[str, ...], list[Array]]]:
        """Return the terms of each reading of a leaf, its own last, with masks of the documents they count in."""
        found = [(reading.terms, self.snapshot.language_masks(reading.languages)) for reading in query.readings]
        others = self.snapshot.language_masks(name for reading in query.readings for name in reading.languages)
        return [*found, (_own_terms(query), [~mask for mask in others])]

    def _read(self, query: LeafQuery) -> Leaf:
        """Return a leaf of which each language has its own reading: together, the documents of all of them."""
        readings = [(read_leaf(query, terms), masks) for terms, masks in self._all_readings(query)]
        leaves = [(self.find(leaf), masks) for leaf, masks in readings]
        postings = self._joined([(leaf.postings, masks) for leaf, masks in leaves])
        is_titled = query.field == "body" and isinstance(query, Term | TermSequence)
        title = self._joined([(leaf.title, masks) for leaf, masks in leaves]) if is_titled else ()
        documents = sum(
            _live(segment, numbers) for segment, (numbers, _) in zip(self.snapshot.segments, postings, strict=True)
        )
        terms = tuple(dict.fromkeys(term for leaf, _ in leaves for term in leaf.terms))
        return Leaf(query.field, postings, title, documents, self._pooled_rarity(query, documents), terms)

    def _joined(self, parts: Sequence[tuple[_Postings, list[Array]]]) -> _Postings:
        """Return the postings of parts that share no document, each cut to the documents of its masks."""
        joined = []
        for place in range(len(self.snapshot.segments)):
            found = [(*postings[place], masks[place]) for postings, masks in parts]
            documents = np.concatenate([numbers[mask[numbers]] for numbers, _, mask in found])
            weights = np.concatenate([weights[mask[numbers]] for numbers, weights, mask in found])
            order = np.argsort(documents, kind="stable")
            joined.append((documents[order], weights[order]))
        return tuple(joined)

    def _pooled_rarity(self, query: LeafQuery, documents: int) -> float:
        """Return the inverse document frequency of a leaf, with the frequencies of all readings together.

        Of sequences, the sum over their terms, as many as the shortest reading has, counted from the end.
        """
        if not isinstance(query, Term | TermSequence):
            return self.snapshot.inverse_document_frequency(documents)
        readings = [(terms, masks) for terms, masks in self._all_readings(query) if terms]
        shortest = min((len(terms) for terms, _ in readings), default=0)
        return sum(
            self.snapshot.inverse_document_frequency(
                sum(self._frequency_in(query.field, terms[-at], masks) for terms, masks in readings)
            )
            for at in range(1, shortest + 1)
        )

    def _frequency_in(self, field: str, term: str, masks: Sequence[Array]) -> int:
        """Return the number of live documents of the masks that have a term."""
        total = 0
        for segment, mask in zip(self.snapshot.segments, masks, strict=True):
            documents, _ = _term_postings(segment, field, term)
            total += _live(segment, documents[mask[documents]])
        return total

    def _term(self, field: str, term: str) -> Leaf:
        def find(segment: Segment, field: str) -> tuple[Array, Array]:
            return _term_postings(segment, field, term)

        frequency = self.snapshot.frequency(field, term)
        return self._leaf(field, find, frequency, self.snapshot.inverse_document_frequency(frequency), (term,))

    def _sequence(self, field: str, terms: tuple[str, ...], slop: int | None) -> Leaf:
        def find(segment: Segment, field: str) -> tuple[Array, Array]:
            return sequence_occurrences(segment, field, terms, slop)

        frequencies = [self.snapshot.frequency(field, term) for term in terms]
        weight = sum(self.snapshot.inverse_document_frequency(frequency) for frequency in frequencies)
        return self._leaf(field, find, min(frequencies, default=0), weight, terms)

    def _prefix(self, field: str, prefix: str) -> Leaf:
        terms = tuple(term for term, _ in expand_prefix(self.snapshot, field, prefix))
        chosen = frozenset(terms)
        return self._union(field, terms, lambda segment: _prefix_postings(segment, field, prefix, chosen))

    def _fuzzy(self, field: str, term: str, distance: int) -> Leaf:
        terms = tuple(term for term, _ in expand_fuzzy(self.snapshot, field, term, distance))

        def find(segment: Segment) -> list[Postings]:
            text = segment.text(field)
            return [text.postings(number) for number in map(text.lexicon.find, terms) if number is not None]

        return self._union(field, terms, find)

    def _union(self, field: str, terms: tuple[str, ...], find: Callable[[Segment], Sequence[Postings]]) -> Leaf:
        """Return several terms as one leaf: the union of their documents, the sum of their frequencies."""
        segments = self.snapshot.segments
        postings = tuple(_union(segment, find(segment)) for segment in segments)
        documents = sum(_live(segment, numbers) for segment, (numbers, _) in zip(segments, postings, strict=True))
        return Leaf(field, postings, (), documents, self.snapshot.inverse_document_frequency(documents), terms)

    def _leaf(
        self,
        field: str,
        find: Callable[[Segment, str], tuple[Array, Array]],
        documents: int,
        weight: float,
        terms: tuple[str, ...],
    ) -> Leaf:
        segments = self.snapshot.segments
        return Leaf(
            field,
            tuple(find(segment, field) for segment in segments),
            tuple(find(segment, "title") for segment in segments) if field == "body" else (),
            documents,
            weight,
            terms,
        )


def _own_terms(query: LeafQuery) -> tuple[str, ...]:
    match query:
        case TermSequence(terms=terms):
            return terms
        case PrefixTerm(prefix=term) | Term(term=term) | FuzzyTerm(term=term):
            return (term,)


def _live(segment: Segment, documents: Array) -> int:
    """Return how many of these documents are live."""
    return len(documents) if segment.live is None else int(np.count_nonzero(segment.live[documents]))


def _size(leaf: Leaf) -> int:
    return sum(array.nbytes for pairs in (leaf.postings, leaf.title) for pair in pairs for array in pair)


def _term_postings(segment: Segment, field: str, term: str) -> tuple[Array, Array]:
    text = segment.text(field)
    number = text.lexicon.find(term)
    if number is None:
        return np.zeros(0, np.uint16), np.zeros(0, np.float32)
    postings = text.postings(number)
    return postings.documents, postings.weights


def _prefix_postings(segment: Segment, field: str, prefix: str, chosen: frozenset[str]) -> list[Postings]:
    """Return the postings of the terms that begin with `prefix` and are among the chosen ones."""
    text = segment.text(field)
    numbers = text.lexicon.with_prefix(prefix)
    is_chosen = [name in chosen for name in text.lexicon.slice(numbers)]
    if field == "exact":
        # Exact terms may share the postings of a stem, so that they are not one stretch.
        return [text.postings(number) for number, wanted in zip(numbers, is_chosen, strict=True) if wanted]
    if not numbers:
        return []
    part = text.between(int(text.starts[numbers.start]), int(text.starts[numbers.stop]))
    if all(is_chosen):
        return [part]
    kept = repeated(np.array(is_chosen), text.frequencies(numbers))
    return [Postings(part.documents[kept], part.counts[kept], part.weights[kept])]


def _union(segment: Segment, parts: Sequence[Postings]) -> tuple[Array, Array]:
    """Return the documents of all parts, and the sums of their weights."""
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    documents = np.concatenate([part.documents for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    is_found = np.zeros(segment.size, np.bool_)
    is_found[documents] = True
    # Far faster than on the totals: truth values are looked through many at a time.
    found = np.flatnonzero(is_found)
    return found, np.bincount(documents, weights, minlength=segment.size)[found].astype(np.float32)
