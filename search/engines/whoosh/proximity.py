"""The proximity bonus: documents in which neighbors of the query stand near each other score higher.

Only the documents that score highest without the bonus are looked at, a fixed number of them whatever page or filter
was asked for, so that a document has one score for a query. The bonus never puts one of the others before them.
"""

from collections.abc import Sequence

import numpy as np

from index.engines.scoring import MAX_PROXIMITY_DISTANCE, PROXIMITY_WEIGHT
from index.engines.whoosh.segment_file import Array
from search.engines.whoosh.sequences import positions_in
from search.engines.whoosh.snapshot import Snapshot

__all__ = ["proximity_bonus"]


def proximity_bonus(
    snapshot: Snapshot, pairs: Sequence[tuple[str, str]], place: int, documents: Array
) -> list[tuple[tuple[str, str], Array]]:
    """Return for each pair of terms its bonus for each of these documents of a segment (ascending).

    The bonus is the smaller of the two inverse document frequencies, times `PROXIMITY_WEIGHT`, divided by the distance
    in positions of the nearest two occurrences (neighbors: 1); nothing beyond `MAX_PROXIMITY_DISTANCE`.
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
            weight = PROXIMITY_WEIGHT * min(
                snapshot.inverse_document_frequency(snapshot.frequency("body", term)) for term in (left, right)
            )
            bonuses.append(((left, right), weight * _closeness(keys[left], keys[right], documents)))
    return bonuses


def _closeness(left: Array, right: Array, documents: Array) -> Array:
    """Return one divided by the smallest distance of two positions in each document, 0 when it is too far."""
    closeness = np.zeros(len(documents), np.float64)
    if not len(left) or not len(right):
        return closeness
    after = np.searchsorted(right, left)
    distances = np.minimum(
        np.abs(right[np.minimum(after, len(right) - 1)] - left), np.abs(left - right[np.maximum(after - 1, 0)])
    )
    is_near = distances <= MAX_PROXIMITY_DISTANCE
    at = np.searchsorted(documents, left[is_near] >> 32)
    np.maximum.at(closeness, at, 1 / np.maximum(distances[is_near], 1))
    return closeness
