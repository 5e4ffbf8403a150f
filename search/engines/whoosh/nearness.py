"""A bonus for documents in which words of the query stand near each other, for the best documents only.

The documents that score highest without it are looked at again, a fixed number of them whatever page or filter was
asked for, so that a document has one score for a query. The bonus never puts one of the others before them.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from index.engines.whoosh.segment_file import Array
from search.engines.scoring import NEARNESS_WEIGHT
from search.engines.whoosh.sequences import positions_in
from search.engines.whoosh.snapshot import Snapshot
from search.query.ast import And, Boost, Lifted, Or, Query, Term

__all__ = ["RESCORED", "nearness_bonus", "neighbour_pairs"]

RESCORED = 200
"""How many documents are looked at again."""

_MAX_PAIRS = 16
_MAX_DISTANCE = 8


def neighbour_pairs(query: Query) -> tuple[tuple[str, str], ...]:
    """The pairs of terms of the body that stand side by side in a query, 16 at most.

    >>> neighbour_pairs(And((Term("body", "air"), Term("body", "defens"), Term("title", "x"))))
    (('air', 'defens'),)
    """
    terms = list(dict.fromkeys(_terms(query)))
    return tuple(pairwise(terms))[:_MAX_PAIRS]


def _terms(query: Query) -> list[str]:
    match query:
        case Term(field="body", term=term):
            return [term]
        case And(clauses=clauses) | Or(clauses=clauses):
            return [term for clause in clauses for term in _terms(clause)]
        case Boost(clause=clause):
            return _terms(clause)
        case Lifted(query=inner):
            return _terms(inner)
        case _:
            return []


def nearness_bonus(
    snapshot: Snapshot, pairs: Sequence[tuple[str, str]], place: int, documents: Array
) -> list[tuple[tuple[str, str], Array]]:
    """For each pair of terms what it adds to the score of each of these documents of a segment (ascending).

    Two terms add the smaller of their inverse frequencies, times `NEARNESS_WEIGHT`, divided by the number of
    positions between the nearest two occurrences, side by side being 1; nothing from 9 on.
    """
    text = snapshot.segments[place].body
    candidates = np.zeros(snapshot.segments[place].size, np.bool_)
    candidates[documents] = True
    keys: dict[str, Array] = {}
    for term in {term for pair in pairs for term in pair}:
        number = text.lexicon.find(term)
        if number is not None:
            keys[term] = positions_in(text, number, candidates)
    bonuses = []
    for left, right in pairs:
        if left in keys and right in keys:
            weight = NEARNESS_WEIGHT * min(
                snapshot.inverse_frequency(snapshot.frequency("body", term)) for term in (left, right)
            )
            bonuses.append(((left, right), weight * _closeness(keys[left], keys[right], documents)))
    return bonuses


def _closeness(left: Array, right: Array, documents: Array) -> Array:
    """One divided by the smallest distance of two positions in each document, 0 when it is too far."""
    closeness = np.zeros(len(documents), np.float64)
    if not len(left) or not len(right):
        return closeness
    after = np.searchsorted(right, left)
    distances = np.minimum(
        np.abs(right[np.minimum(after, len(right) - 1)] - left), np.abs(left - right[np.maximum(after - 1, 0)])
    )
    is_near = distances <= _MAX_DISTANCE
    at = np.searchsorted(documents, left[is_near] >> 32)
    np.maximum.at(closeness, at, 1 / np.maximum(distances[is_near], 1))
    return closeness
