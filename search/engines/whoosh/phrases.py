"""Phrases in the documents of one segment that have all terms, beginning with the term that occurs least often.

A place is `(number of the document among these + 1) << 16 | position`: half the memory of the keys of
`search.engines.arrays.positions`, for positions of 16 bits.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from index.engines.arrays.runs import ranges, repeated
from index.engines.arrays.segment_file import Array
from index.engines.whoosh.segment import Postings
from search.engines.arrays.positions import common

__all__ = ["Stretches", "phrases"]

_BITS = 16
_END = 1 << _BITS
# Looking up a place costs as much as reading and comparing so many positions.
_LOOK_UP = 10
# Of documents, looking up one costs as much as reading so many.
_FEW = 20


class Stretches:
    """The positions of one term in some documents, all of which have it: for each where they begin, and how many.

    `is_wanted` is a mask of the same documents.
    """

    def __init__(self, postings: Postings, positions: Array, documents: Array, is_wanted: Array) -> None:
        self._positions = positions
        self.counts = postings.counts
        self._ends = np.cumsum(self.counts, dtype=np.int64)
        self._is_whole = len(documents) == len(postings.documents)
        if not self._is_whole:
            if len(documents) * _FEW < len(postings.documents):
                at = np.searchsorted(postings.documents, documents)
            else:
                at = np.flatnonzero(is_wanted[postings.documents])
            self.counts, self._ends = self.counts[at], self._ends[at]
        self.total = int(self.counts.sum(dtype=np.int64))

    def places(self, heads: Array) -> Array:
        """Return all places; `heads` are the upper bits for each document."""
        positions = self._positions
        if not self._is_whole:
            positions = positions[ranges(self._ends - self.counts, self.counts)]
        places: Array = repeated(heads, self.counts)
        places |= positions
        return places

    def holds(self, places: Array) -> Array:
        """Return a mask of these places that are places of the term, without reading all of them."""
        # A place that runs over the end of its document is in the next one, where there may be none.
        at = np.minimum((places >> _BITS).astype(np.int64), len(self.counts)) - 1
        wanted = places & (_END - 1)
        counts = self.counts[at].astype(np.int64)
        ends = self._ends[at]
        low = ends - counts
        step = 1 << int(counts.max(initial=1)).bit_length()
        last = len(self._positions) - 1
        while step := step >> 1:
            # Moves on over `step` positions where all of them are before the wanted one.
            further = low + step
            is_before = (further <= ends) & (self._positions[np.minimum(further - 1, last)] < wanted)
            low = np.where(is_before, further, low)
        is_there: Array = (low < ends) & (self._positions[np.minimum(low, last)] == wanted)
        return is_there


def phrases(numbers: Sequence[int], stretches: Mapping[int, Stretches], documents: Array) -> tuple[Array, Array]:
    """Return the documents in which terms stand one after another, ascending, and how often they do.

    `numbers` are the terms in order, `stretches` where each stands in `documents`.
    """
    heads: Array = np.arange(1, len(documents) + 1, dtype=np.uint32 if len(documents) < _END - 1 else np.int64)
    heads <<= _BITS
    offsets = sorted(range(len(numbers)), key=lambda offset: stretches[numbers[offset]].total)
    places = stretches[numbers[offsets[0]]].places(heads) - offsets[0]
    for offset in offsets[1:]:
        term = stretches[numbers[offset]]
        if len(places) * _LOOK_UP < term.total:
            places = places[term.holds(places + offset)]
        else:
            places = common(places, term.places(heads) - offset)
    # What begins before a document or ends behind it was found in two of them, and is no phrase. As the first
    # document has the number 1, no place is below 0.
    places = places[(places & (_END - 1)) <= _END - len(numbers)]
    found, counts = np.unique(places >> _BITS, return_counts=True)
    return documents[found.astype(np.int64) - 1].astype(np.int64), counts
