"""Terms near each other: phrases, windows in any order, and the bonus for neighbors.

A position of a document becomes one number, `document << 32 | position`, so that a phrase is an intersection of
sorted numbers and no loop runs over documents.
"""

from collections.abc import Sequence

import numpy as np

from index.engines.arrays.segment_file import Array
from index.engines.scoring import MAX_PROXIMITY_DISTANCE

__all__ = ["POSITION_BITS", "closeness", "common", "ordered_places", "unordered_places"]

POSITION_BITS = 32
"""The bits of a key that hold the position; those above them hold the number of the document."""

# Positions are looked up when the others are more than so many times as many, else merged; measured between 15 and 25.
_FEW = 20


def ordered_places(numbers: Sequence[int], keys: dict[int, Array]) -> Array:
    """Return the keys at which a phrase of these terms begins; `keys` has the ascending keys of each term."""
    offsets = sorted(range(len(numbers)), key=lambda offset: len(keys[numbers[offset]]))
    places = keys[numbers[offsets[0]]] - offsets[0]
    for offset in offsets[1:]:
        places = common(places, keys[numbers[offset]] - offset)
    return places


def unordered_places(numbers: Sequence[int], keys: dict[int, Array], window: int) -> Array:
    """Return the keys of any of these terms from which a window of so many positions holds all of them.

    A repeated term counts as often as it is repeated.
    """
    needed = {number: numbers.count(number) for number in set(numbers)}
    begins = []
    for first in needed:
        starts = keys[first]
        is_whole = np.ones(len(starts), np.bool_)
        for number, times in needed.items():
            # The term's `times`-th occurrence from here on must still be inside the window.
            at = np.searchsorted(keys[number], starts) + times - 1
            is_there = at < len(keys[number])
            last = keys[number][np.where(is_there, at, 0)] if len(keys[number]) else starts
            is_whole &= is_there & (last - starts < window)
        begins.append(starts[is_whole])
    return np.concatenate(begins)


def common(few: Array, many: Array) -> Array:
    """Return the members of `few` that are in `many`, which is longer, both ascending and without duplicates."""
    common: Array
    if len(few) * _FEW < len(many):
        at = np.searchsorted(many, few)
        at[at == len(many)] = 0
        common = few[many[at] == few]
    else:
        # A stable sort merges what is sorted already, in half the time of looking up each.
        together = np.concatenate((few, many))
        together.sort(kind="stable")
        common = together[:-1][together[1:] == together[:-1]]
    return common


def closeness(left: Array, right: Array, documents: Array) -> Array:
    """Return one divided by the smallest distance of two positions in each document, 0 when it is too far."""
    found = np.zeros(len(documents), np.float64)
    if not len(left) or not len(right):
        return found
    after = np.searchsorted(right, left)
    distances = np.minimum(
        np.abs(right[np.minimum(after, len(right) - 1)] - left), np.abs(left - right[np.maximum(after - 1, 0)])
    )
    is_near = distances <= MAX_PROXIMITY_DISTANCE
    at = np.searchsorted(documents, left[is_near] >> POSITION_BITS)
    np.maximum.at(found, at, 1 / np.maximum(distances[is_near], 1))
    return found
