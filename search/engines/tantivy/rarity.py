"""The weight of the leaves of queries: how rare the documents are that they match."""

from collections.abc import Callable

from msgspec.structs import replace

from search.engines.tantivy.leaves import LeafQuery, own_terms, readings_of
from search.engines.tantivy.snapshot import Snapshot
from search.query.ast import FuzzyTerm, Place, PrefixTerm, Query, Reading, Term, TermSequence

__all__ = ["Rarity"]

_MAX_REMEMBERED = 2_000


class Rarity:
    """Inverse document frequencies of leaves on one snapshot; `count` counts the documents that match a query."""

    def __init__(self, snapshot: Snapshot, count: Callable[[Query], int]) -> None:
        self._snapshot = snapshot
        self._count = count
        self._weights: dict[LeafQuery, float] = {}

    def weight(self, query: LeafQuery) -> float:
        """Return the inverse document frequency of a leaf.

        Of a prefix or misspelling that of the documents with any of its terms, of a sequence the sum over its terms, as
        many as the shortest reading has, counted from the end.
        """
        key = replace(query, place=Place())
        found = self._weights.get(key)
        if found is None:
            if len(self._weights) >= _MAX_REMEMBERED:
                self._weights.clear()
            found = self._weights[key] = self._found(query)
        return found

    def _found(self, query: LeafQuery) -> float:
        match query:
            case PrefixTerm() | FuzzyTerm():
                return self._snapshot.inverse_document_frequency(self._count(query))
            case Term() | TermSequence() if not query.readings:
                frequencies = [self._snapshot.frequency(query.field, term) for term in own_terms(query)]
                return sum(map(self._snapshot.inverse_document_frequency, frequencies))
            case Term() | TermSequence():
                return sum(map(self._snapshot.inverse_document_frequency, map(self._count, _from_end(query))))


def _from_end(query: Term | TermSequence) -> list[Term]:
    """Return for each place from the end the term of every reading there, as one leaf."""
    shortest = min((len(terms) for reading in readings_of(query) if (terms := own_terms(reading.leaf))), default=0)
    return [_at(query, -place) for place in range(1, shortest + 1)]


def _at(query: Term | TermSequence, place: int) -> Term:
    readings = tuple(
        Reading(reading.languages, reading.terms[place:][:1] if reading.terms else ()) for reading in query.readings
    )
    return Term(query.field, own_terms(query)[place], readings=readings)
