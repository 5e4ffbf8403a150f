"""The proximity bonus: documents in which neighbors of the query stand near each other score higher.

Only the documents that score highest without the bonus are looked at, a fixed number of them whatever page or filter
was asked for, so that a document has one score for a query. The bonus never puts one of the others before them.
"""

from collections.abc import Sequence

import numpy as np

from index.engines.arrays.segment_file import Array
from index.engines.scoring import PROXIMITY_WEIGHT
from search.engines.arrays.positions import closeness
from search.engines.whoosh.leaves import LeafFinder
from search.query.ast import Term

__all__ = ["proximity_bonus"]


def proximity_bonus(
    finder: LeafFinder, pairs: Sequence[tuple[Term, Term]], place: int, documents: Array
) -> list[tuple[tuple[Term, Term], Array]]:
    """Return for each pair of terms its bonus for each of these documents of a segment (ascending).

    The bonus is the smaller of the two inverse document frequencies, times `PROXIMITY_WEIGHT`, divided by the distance
    in positions of the nearest two occurrences (neighbors: 1); nothing beyond `MAX_PROXIMITY_DISTANCE`.
    """
    candidates = np.zeros(finder.snapshot.segments[place].size, np.bool_)
    candidates[documents] = True
    keys: dict[Term, Array] = {}
    for term in {term for pair in pairs for term in pair}:
        positions = finder.positions(term, place, candidates)
        if positions is not None:
            keys[term] = positions
    bonuses = []
    for left, right in pairs:
        if left in keys and right in keys:
            weight = PROXIMITY_WEIGHT * min(finder.rarity(left), finder.rarity(right))
            bonuses.append(((left, right), weight * closeness(keys[left], keys[right], documents)))
    return bonuses
