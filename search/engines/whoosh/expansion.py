"""From a prefix or a misspelled term to the terms of the index that are meant."""

import numpy as np

from index.engines.scoring import MAX_EXPANSION
from index.engines.whoosh.lexicon import Lexicon
from index.engines.whoosh.segment_file import Array
from search.engines.whoosh.snapshot import Snapshot, live_frequencies

__all__ = ["edit_distances", "expand_fuzzy", "expand_prefix", "near_terms", "similar"]


def expand_prefix(snapshot: Snapshot, field: str, prefix: str) -> tuple[str, ...]:
    """The most frequent terms that begin with `prefix`, 500 at most; ties in code point order."""
    totals = snapshot.frequencies(field, prefix)
    return tuple(sorted(totals, key=lambda term: (-totals[term], term))[:MAX_EXPANSION])


def expand_fuzzy(snapshot: Snapshot, field: str, term: str, distance: int) -> tuple[str, ...]:
    """The terms within `distance` edits that begin with the same letter, nearest and most frequent first."""
    found = similar(snapshot, field, term, distance=distance, prefix=term[:1])
    return tuple(name for name, _, _ in found[:MAX_EXPANSION])


def similar(
    snapshot: Snapshot, field: str, term: str, *, distance: int, prefix: str = ""
) -> list[tuple[str, int, int]]:
    """Terms within `distance` edits, the term itself included, with how far they are and how many documents have them.

    Nearest first, then most frequent, then in code point order.
    """
    distances: dict[str, int] = {}
    totals: dict[str, int] = {}
    for segment, lexicon in snapshot.lexicons(field):
        for number, (name, edits) in near_terms(lexicon, lexicon.with_prefix(prefix), term, distance).items():
            count = int(live_frequencies(segment, field, range(number, number + 1))[0])
            if count:
                distances[name] = edits
                totals[name] = totals.get(name, 0) + count
    ranked = [(name, distances[name], totals[name]) for name in distances]
    return sorted(ranked, key=lambda entry: (entry[1], -entry[2], entry[0]))


def near_terms(lexicon: Lexicon, numbers: range, term: str, distance: int) -> dict[int, tuple[str, int]]:
    """Those of consecutive terms that are within `distance` (1 or 2) edits: the term and how far it is, by number."""
    candidates = np.arange(numbers.start, numbers.stop)
    sizes = lexicon.lengths(numbers)
    # A character takes one to four bytes, so that these bounds lose nothing.
    candidates = candidates[(sizes >= len(term) - distance) & (sizes <= 4 * (len(term) + distance))]
    candidates = candidates[_may_be_near(lexicon, candidates, term, distance)]
    names = [lexicon[number] for number in candidates.tolist()]
    edits = edit_distances(term, names)
    near = np.flatnonzero(edits <= distance).tolist()
    return {int(candidates[place]): (names[place], int(edits[place])) for place in near}


def _may_be_near(lexicon: Lexicon, numbers: Array, term: str, distance: int) -> Array:
    """Which terms have a piece of `term` where it would be after so many edits; all others are too far away.

    Of one piece more than there are edits one stays whole. A letter between the pieces belongs to none, for swapping
    neighbours on either side of a border would touch two. Only the middle one of three can be moved, by an edit
    before it: back by a letter, or on by the bytes of a character.
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


def edit_distances(term: str, others: list[str]) -> Array:
    """How many letters must be put in, taken out, changed or swapped with their neighbour, for each of `others`.

    All of them at once: one step in Python for each pair of a letter of the term and a place in the longest other.

    >>> edit_distances("tank", ["tank", "tanks", "atnk", "bank", ""]).tolist()
    [0, 1, 1, 1, 4]
    """
    if not others:
        return np.zeros(0, np.int64)
    lengths = np.fromiter(map(len, others), np.int64, len(others))
    width = int(lengths.max())
    # Places behind the end hold NUL, which no term has. Column-wise, so that each step reads one stretch of memory.
    letters = np.array(others, dtype=f"<U{max(width, 1)}").view(np.uint32).reshape(len(others), -1).T.copy()
    rows = np.zeros((width + 1, len(others)), np.uint8) + np.arange(width + 1, dtype=np.uint8)[:, None]
    before = rows
    for row, letter in enumerate(map(ord, term), start=1):
        above, rows = rows, np.empty_like(rows)
        rows[0] = row
        for column in range(1, width + 1):
            is_same = letters[column - 1] == letter
            best = np.minimum(np.minimum(above[column], rows[column - 1]) + 1, above[column - 1] + ~is_same)
            if row > 1 and column > 1:
                is_swapped = (letters[column - 2] == letter) & (letters[column - 1] == ord(term[row - 2]))
                best = np.where(is_swapped, np.minimum(best, before[column - 2] + 1), best)
            rows[column] = best
        before = above
    distances: Array = rows[lengths, np.arange(len(others))].astype(np.int64)
    return distances
