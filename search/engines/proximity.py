"""The pairs of terms of a query that earn a bonus when they stand near each other, for every engine."""

from itertools import pairwise

from index.engines.scoring import MAX_PROXIMITY_PAIRS
from search.query.ast import And, Boost, Or, Query, Term

__all__ = ["neighbor_pairs"]


def neighbor_pairs(query: Query) -> tuple[tuple[Term, Term], ...]:
    """Return the pairs of terms of the body that are neighbors in a query, at most `MAX_PROXIMITY_PAIRS`.

    A term that some languages read as several counts there where the last of them stands.

    >>> pairs = neighbor_pairs(And((Term("body", "air"), Term("body", "defens"), Term("title", "x"))))
    >>> [(left.term, right.term) for left, right in pairs]
    [('air', 'defens')]
    """
    terms = list(dict.fromkeys(_terms(query)))
    return tuple(pairwise(terms))[:MAX_PROXIMITY_PAIRS]


def _terms(query: Query) -> list[Term]:
    match query:
        case Term(field="body", term=term, readings=readings):
            return [Term("body", term, readings=readings)]
        case And(clauses=clauses) | Or(clauses=clauses):
            return [term for clause in clauses for term in _terms(clause)]
        case Boost(clause=clause):
            return _terms(clause)
        case _:
            return []
