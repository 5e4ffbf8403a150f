"""The scoring leaves of a query with their weights: what the words stand for, and how rare they are."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from index.engines.opensearch.state import Commit
from index.engines.scoring import inverse_document_frequency
from search.engines.opensearch.figures import Expansion, Figures, Spoken
from search.query.ast import And, Boost, FuzzyTerm, Not, Or, PrefixTerm, Query, Term, TermSequence

__all__ = ["Leaf", "LeafQuery", "Weighed", "find_leaves", "read", "weigh"]

LeafQuery = Term | TermSequence | PrefixTerm | FuzzyTerm


class Leaf(Struct, frozen=True):
    """One reading of a leaf: its terms, and the languages in which they count (see `figures.Spoken`)."""

    terms: tuple[str, ...]
    inside: tuple[str, ...] | None = None
    outside: tuple[str, ...] = ()


class Weighed(Struct, frozen=True):
    """A leaf with its readings, expanded, and the weight of a word that stands there once."""

    readings: tuple[Leaf, ...]
    weight: float
    documents: int
    rarest: int = 1
    """The place of the rarest term of a sequence, from the end."""


def find_leaves(query: Query) -> Iterator[LeafQuery]:
    """Yield the text leaves of a query."""
    match query:
        case Term() | TermSequence() | PrefixTerm() | FuzzyTerm():
            yield query
        case And(clauses=clauses) | Or(clauses=clauses):
            for clause in clauses:
                yield from find_leaves(clause)
        case Not(clause=clause) | Boost(clause=clause):
            yield from find_leaves(clause)
        case _:
            return


def read(query: LeafQuery) -> tuple[Leaf, ...]:
    """Return the readings of a leaf that can match, its own last."""
    others = tuple(language for reading in query.readings for language in reading.languages)
    found = [Leaf(reading.terms, reading.languages) for reading in query.readings]
    found.append(Leaf(_own_terms(query), None, others))
    return tuple(reading for reading in found if reading.terms)


def weigh(
    figures: Figures, commit: Commit, queries: Iterable[LeafQuery], *, is_scored: bool
) -> dict[LeafQuery, Weighed]:
    """Return the leaves of a query with their words and weights, in two requests at most."""
    readings = {query: read(query) for query in queries}
    expanded = figures.expansions(
        _expansion(query, reading)
        for query, found in readings.items()
        if isinstance(query, PrefixTerm | FuzzyTerm)
        for reading in found
    )
    for query, found in readings.items():
        if isinstance(query, PrefixTerm | FuzzyTerm):
            readings[query] = tuple(
                Leaf(terms, reading.inside, reading.outside)
                for reading in found
                if (terms := expanded[_expansion(query, reading)])
            )
    if not is_scored:
        return {query: Weighed(found, 0.0, 0) for query, found in readings.items()}
    places = {query: _places(query, found) for query, found in readings.items()}
    counts = figures.counts(one for found in places.values() for place in found for one in place)
    return {query: _weighed(commit, found, places[query], counts) for query, found in readings.items()}


def _weighed(
    commit: Commit, readings: tuple[Leaf, ...], places: list[list[Spoken]], counts: dict[Spoken, int]
) -> Weighed:
    documents = [sum(counts[one] for one in place) for place in places]
    weight = sum(inverse_document_frequency(min(count, commit.documents), commit.documents) for count in documents)
    rarest = min(range(len(documents)), key=documents.__getitem__, default=0) + 1
    return Weighed(readings, weight, min(documents, default=0), rarest)


def _places(query: LeafQuery, readings: tuple[Leaf, ...]) -> list[list[Spoken]]:
    """Return what to count: for each place of a sequence, from the end, the term that each reading has there.

    As many places as the shortest reading has, as languages differ at the beginning of a word. The words of a prefix
    or a misspelled word stand in one place.
    """
    if isinstance(query, PrefixTerm | FuzzyTerm):
        return [[Spoken(query.field, one.terms, one.inside, one.outside) for one in readings]]
    shortest = min((len(one.terms) for one in readings), default=0)
    return [
        [Spoken(query.field, (one.terms[-at],), one.inside, one.outside) for one in readings]
        for at in range(1, shortest + 1)
    ]


def _expansion(query: PrefixTerm | FuzzyTerm, reading: Leaf) -> Expansion:
    distance = query.distance if isinstance(query, FuzzyTerm) else None
    return Expansion(query.field, reading.terms[-1], distance)


def _own_terms(query: LeafQuery) -> tuple[str, ...]:
    match query:
        case TermSequence(terms=terms):
            return terms
        case PrefixTerm(prefix=term) | Term(term=term) | FuzzyTerm(term=term):
            return (term,)
