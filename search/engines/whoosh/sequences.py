"""Terms near each other in one segment: phrases, and windows in any order.

A position of a document becomes one number, `document << 32 | position`, so that a phrase is an intersection of
sorted numbers and no loop runs over documents.
"""

from collections.abc import Sequence

import numpy as np

from index.engines.arrays.segment_file import Array
from index.engines.whoosh.segment import Segment, TextPostings
from search.engines.arrays.positions import POSITION_BITS, ordered_places, unordered_places

__all__ = ["positions_in", "sequence_occurrences"]


def sequence_occurrences(segment: Segment, field: str, terms: Sequence[str], slop: int | None) -> tuple[Array, Array]:
    """Return the documents, ascending, in which the terms stand together, and how often (float32).

    `slop` None: one after another in this order; counted is each place where it begins. A number: all within a
    window of `len(terms) + slop` positions, in any order, a repeated term as often as it is repeated; counted is
    each occurrence of a term from which such a window begins. Occurrences in page furniture count as little as the
    first term does there.
    """
    text = segment.text(field)
    numbers = [text.lexicon.find(term) for term in terms]
    found = [number for number in numbers if number is not None]
    if not found or len(found) < len(terms):
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    candidates = np.ones(segment.size, np.bool_)
    for number in set(found):
        has_term = np.zeros(segment.size, np.bool_)
        has_term[text.postings(number).documents] = True
        candidates &= has_term
    keys = {number: positions_in(text, number, candidates) for number in set(found)}
    places = ordered_places(found, keys) if slop is None else unordered_places(found, keys, len(terms) + slop)
    documents, counts = np.unique(places >> POSITION_BITS, return_counts=True)
    return documents, (counts * _story_share(text, found[0], documents)).astype(np.float32)


def positions_in(text: TextPostings, number: int, candidates: Array) -> Array:
    """Return the positions of a term in the candidate documents (a mask), as ascending `document << 32 | position`."""
    postings = text.postings(number)
    chosen = candidates[postings.documents]
    counts = postings.counts.astype(np.int64)
    positions = text.term_positions(number)
    if not chosen.all():
        ends = np.cumsum(counts)
        kept = counts[chosen]
        kept_ends = np.cumsum(kept)
        total = int(kept_ends[-1]) if len(kept_ends) else 0
        shifts: Array = np.repeat(ends[chosen] - kept_ends, kept)
        positions = positions[np.arange(total) + shifts]
        counts = kept
    documents: Array = np.repeat(postings.documents[chosen].astype(np.int64), counts)
    return documents << POSITION_BITS | positions.astype(np.int64)


def _story_share(text: TextPostings, number: int, documents: Array) -> Array:
    postings = text.postings(number)
    at = np.searchsorted(postings.documents, documents)
    shares: Array = postings.weights[at] / postings.counts[at].astype(np.float32)
    return shares
