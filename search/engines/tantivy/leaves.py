"""The scoring leaves of queries: their readings by language, and the terms of the index that they stand for."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from index.engines.arrays.segment_file import Array
from search.engines.arrays.expansion import expand_fuzzy, expand_prefix
from search.engines.tantivy.snapshot import Snapshot
from search.query.ast import FuzzyTerm, PrefixTerm, Term, TermSequence
from search.query.readings import read_leaf

__all__ = ["Expansions", "LeafQuery", "LeafReading", "own_terms", "readings_of"]

LeafQuery = Term | TermSequence | PrefixTerm | FuzzyTerm

_MAX_REMEMBERED = 256


class LeafReading(Struct, frozen=True):
    """A leaf as documents of some languages read it; with `is_others`, as those of all other languages do."""

    leaf: LeafQuery
    languages: tuple[str, ...]
    is_others: bool = False

    def masks(self, snapshot: Snapshot) -> list[Array] | None:
        """Return masks of the documents it counts in, None for all."""
        if self.is_others:
            return [~mask for mask in snapshot.language_masks(self.languages)] if self.languages else None
        return snapshot.language_masks(self.languages)


def readings_of(query: LeafQuery) -> list[LeafReading]:
    """Return the readings of a leaf, its own last. They share no document."""
    others = tuple(language for reading in query.readings for language in reading.languages)
    found = [LeafReading(read_leaf(query, reading.terms), reading.languages) for reading in query.readings]
    return [*found, LeafReading(read_leaf(query, own_terms(query)), others, is_others=True)]


def own_terms(query: LeafQuery) -> tuple[str, ...]:
    """Return the terms of a leaf itself."""
    match query:
        case TermSequence(terms=terms):
            return terms
        case PrefixTerm(prefix=term) | Term(term=term) | FuzzyTerm(term=term):
            return (term,)


class Expansions:
    """The terms that prefixes and misspelled terms stand for on one snapshot; the last of them are remembered."""

    def __init__(self, snapshot: Snapshot) -> None:
        @lru_cache(_MAX_REMEMBERED)
        def prefix_terms(field: str, prefix: str) -> Mapping[str, int]:
            return dict(expand_prefix(snapshot, field, prefix))

        @lru_cache(_MAX_REMEMBERED)
        def fuzzy_terms(field: str, term: str, distance: int) -> Mapping[str, int]:
            return dict(expand_fuzzy(snapshot, field, term, distance))

        self._prefix_terms, self._fuzzy_terms = prefix_terms, fuzzy_terms

    def counted(self, query: PrefixTerm | FuzzyTerm) -> Mapping[str, int]:
        """Return the terms of a leaf without readings, best first, with the number of documents that have each."""
        match query:
            case PrefixTerm(field=field, prefix=prefix):
                return self._prefix_terms(field, prefix)
            case FuzzyTerm(field=field, term=term, distance=distance):
                return self._fuzzy_terms(field, term, distance)

    def of(self, query: LeafQuery) -> Sequence[str]:
        """Return the terms of a leaf without readings: any of them for a prefix or misspelling, else all in order."""
        return tuple(self.counted(query)) if isinstance(query, PrefixTerm | FuzzyTerm) else own_terms(query)
