"""Terms near each other in one segment: phrases, and windows in any order.

A position of a document becomes one number, `document << 32 | position`, so that a phrase is an intersection of
sorted numbers and no loop runs over documents.
"""

from collections.abc import Sequence

import numpy as np

from index.engines.arrays.runs import ranges, repeated
from index.engines.arrays.segment_file import Array
from index.engines.whoosh.segment import Postings, Segment, TextPostings
from search.engines.arrays.positions import POSITION_BITS, ordered_places, unordered_places
from search.engines.whoosh.phrases import Stretches, phrases

__all__ = ["positions_in", "sequence_occurrences"]

# Documents are looked up in lists that are more than so many times as long, else marked.
_FEW = 20


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
    postings = {number: text.postings(number) for number in set(found)}
    positions = {number: text.term_positions(number) for number in postings}
    documents = _common_documents(segment, [part.documents for part in postings.values()])
    candidates = np.zeros(segment.size, np.bool_)
    candidates[documents] = True
    if slop is None and all(part.dtype == np.uint16 for part in positions.values()):
        stretches = {
            number: Stretches(part, positions[number], documents, candidates) for number, part in postings.items()
        }
        documents, counts = phrases(found, stretches, documents)
    else:
        keys = {number: _keys(part, positions[number], candidates) for number, part in postings.items()}
        places = ordered_places(found, keys) if slop is None else unordered_places(found, keys, len(terms) + slop)
        documents, counts = np.unique(places >> POSITION_BITS, return_counts=True)
    return documents, (counts * _story_share(postings[found[0]], documents)).astype(np.float32)


def _common_documents(segment: Segment, parts: Sequence[Array]) -> Array:
    """Return the documents that are in all parts, ascending; the shortest is looked up in the others."""
    documents, *others = sorted(parts, key=len)
    for other in others:
        if len(documents) * _FEW < len(other):
            at = np.searchsorted(other, documents)
            at[at == len(other)] = 0
            documents = documents[other[at] == documents]
        elif len(other) < segment.size:
            is_there = np.zeros(segment.size, np.bool_)
            is_there[other] = True
            documents = documents[is_there[documents]]
    return documents


def positions_in(text: TextPostings, number: int, candidates: Array) -> Array:
    """Return the positions of a term in the candidate documents (a mask), as ascending `document << 32 | position`."""
    return _keys(text.postings(number), text.term_positions(number), candidates)


def _keys(postings: Postings, positions: Array, candidates: Array) -> Array:
    places = np.flatnonzero(candidates[postings.documents])
    counts = postings.counts
    if len(places) < len(counts):
        starts = np.cumsum(counts, dtype=np.int64)[places]
        counts = counts[places]
        positions = positions[ranges(starts - counts, counts)]
    # The number of the document is moved before it is repeated, as there are fewer documents than positions.
    keys: Array = repeated(postings.documents[places].astype(np.int64) << POSITION_BITS, counts)
    keys |= positions
    return keys


def _story_share(postings: Postings, documents: Array) -> Array:
    at = np.searchsorted(postings.documents, documents)
    shares: Array = postings.weights[at] / postings.counts[at].astype(np.float32)
    return shares
