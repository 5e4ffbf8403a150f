"""Expansion of prefixes and misspelled terms to terms of the index."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

import numpy as np

from index.engines.arrays.lexicon import Lexicon
from index.engines.arrays.segment_file import Array
from index.engines.scoring import MAX_EXPANSION
from index.normalize.edit_distance import edit_distances

__all__ = ["Dictionary", "expand_fuzzy", "expand_prefix", "near_terms", "similar", "total_frequencies"]

Segment = TypeVar("Segment")


class Dictionary(Protocol[Segment]):
    """The terms of a commit, by segment."""

    def lexicons(self, field: str) -> Iterator[tuple[Segment, Lexicon]]:
        """Yield each segment with its lexicon of a text or keyword field."""
        ...

    def live_frequencies(self, segment: Segment, field: str, numbers: range) -> Array:
        """Return the number of live documents of a segment that have each of consecutive terms or values."""
        ...


def total_frequencies(dictionary: Dictionary[Segment], field: str, prefix: str) -> dict[str, int]:
    """Return the number of documents with each term that begins with `prefix`; terms without any are left out."""
    totals: dict[str, int] = {}
    for segment, lexicon in dictionary.lexicons(field):
        numbers = lexicon.with_prefix(prefix)
        counts = dictionary.live_frequencies(segment, field, numbers)
        for term, count in zip(lexicon.slice(numbers), counts.tolist(), strict=True):
            if count:
                totals[term] = totals.get(term, 0) + count
    return totals


def expand_prefix(dictionary: Dictionary[Segment], field: str, prefix: str) -> list[tuple[str, int]]:
    """Return the most frequent terms that begin with `prefix`, at most `MAX_EXPANSION`; ties in code point order.

    Each comes with the number of its documents.
    """
    totals = total_frequencies(dictionary, field, prefix)
    return sorted(totals.items(), key=lambda entry: (-entry[1], entry[0]))[:MAX_EXPANSION]


def expand_fuzzy(dictionary: Dictionary[Segment], field: str, term: str, distance: int) -> list[tuple[str, int]]:
    """Return the terms within `distance` edits that begin with the same letter, nearest and most frequent first.

    At most `MAX_EXPANSION` of them, each with the number of its documents.
    """
    found = similar(dictionary, field, term, distance=distance, prefix=term[:1])
    return [(name, documents) for name, _, documents in found[:MAX_EXPANSION]]


def similar(
    dictionary: Dictionary[Segment], field: str, term: str, *, distance: int, prefix: str = ""
) -> list[tuple[str, int, int]]:
    """Return (term, edits, number of documents) of the terms within `distance` edits, the term itself included.

    Nearest first, then most frequent, then in code point order.
    """
    distances: dict[str, int] = {}
    totals: dict[str, int] = {}
    for segment, lexicon in dictionary.lexicons(field):
        for number, (name, edits) in near_terms(lexicon, lexicon.with_prefix(prefix), term, distance).items():
            count = int(dictionary.live_frequencies(segment, field, range(number, number + 1))[0])
            if count:
                distances[name] = edits
                totals[name] = totals.get(name, 0) + count
    ranked = [(name, distances[name], totals[name]) for name in distances]
    return sorted(ranked, key=lambda entry: (entry[1], -entry[2], entry[0]))


def near_terms(lexicon: Lexicon, numbers: range, term: str, distance: int) -> dict[int, tuple[str, int]]:
    """Return (term, edits) by number for those of consecutive terms that are within `distance` (1 or 2) edits."""
    candidates = np.arange(numbers.start, numbers.stop)
    sizes = lexicon.lengths(numbers)
    # A character takes one to four bytes, so that these bounds lose nothing.
    candidates = candidates[(sizes >= len(term) - distance) & (sizes <= 4 * (len(term) + distance))]
    candidates = candidates[_may_be_near(lexicon, candidates, term, distance)]
    # Only terms with wide characters may have more bytes than characters.
    is_long = sizes[candidates - numbers.start] > len(term) + distance
    is_long[is_long] = lexicon.is_ascii(candidates[is_long])
    candidates = candidates[~is_long]
    names = lexicon.several(candidates)
    edits = edit_distances(term, names, limit=distance)
    near = np.flatnonzero(edits <= distance).tolist()
    return {int(candidates[place]): (names[place], int(edits[place])) for place in near}


def _may_be_near(lexicon: Lexicon, numbers: Array, term: str, distance: int) -> Array:
    """Return a mask of the terms that share a piece with `term`; all others are more than `distance` edits away.

    `term` is cut into one piece more than there are edits, so that one of them stays whole. A letter between two pieces
    belongs to neither, for swapping neighbors across a border would touch both. The first and the last piece stay where
    they are; the middle one of three is moved by the edit before it, at most back by a letter or on by the bytes of a
    character.
    """
    size = len(term)
    if not term.isascii() or size < 3 * distance + 2:
        return np.ones(len(numbers), np.bool_)
    piece = (size - distance) // (distance + 1)
    first, last = term[:piece].encode(), term[size - piece :].encode()
    may_be = lexicon.holds(numbers, first, 0) | lexicon.holds(numbers, last, -piece)
    if distance > 1:
        middle = term[piece + 1 : size - piece - 1].encode()
        for offset in range(piece, piece + 6):
            may_be |= lexicon.holds(numbers, middle, offset)
    return may_be
