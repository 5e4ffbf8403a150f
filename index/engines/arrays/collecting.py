"""Numbers for the terms and values of documents that are collected in memory, until they are written together."""

from array import array
from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from index.analyzer import token_starts
from index.engines.arrays.runs import repeated
from index.engines.arrays.segment_file import Array
from index.model import Document

__all__ = ["Numbers", "boilerplate_positions", "concatenated", "in_order"]

Key = TypeVar("Key", bound=Hashable)


class Numbers(dict[Key, int]):
    """Gives each new term or value the next number."""

    def __missing__(self, term: Key) -> int:
        number = self[term] = len(self)
        return number


def boilerplate_positions(document: Document) -> tuple[range, ...]:
    """Return the positions of the tokens of a body that stand in boilerplate."""
    starts = token_starts(document.body, document.language)
    return tuple(
        range(bisect_left(starts, part.span.start), bisect_left(starts, part.span.end)) for part in document.furniture
    )


def concatenated(parts: "Sequence[array[int]]") -> tuple[Array, Array]:
    """Return all numbers of all documents, and the document of each."""
    lengths = np.fromiter(map(len, parts), np.int64, len(parts))
    joined = np.frombuffer(b"".join(parts), np.uint32) if parts else np.zeros(0, np.uint32)
    return joined, repeated(np.arange(len(parts), dtype=np.int32), lengths)


def in_order(names: Mapping[str, int], used: Array) -> tuple[list[str], Array]:
    """Return the names whose number is among `used`, in code point order, and the place there of each number.

    >>> names, places = in_order({"b": 0, "a": 1, "c": 2}, np.array([0, 1]))
    >>> names, places.tolist()
    (['a', 'b'], [1, 0, 0])
    """
    is_used = np.bincount(used, minlength=len(names)).astype(np.bool_).tolist()
    terms = sorted(name for name, number in names.items() if is_used[number])
    places = np.zeros(len(names), np.int32)
    places[np.fromiter(map(names.__getitem__, terms), np.int64, len(terms))] = np.arange(len(terms), dtype=np.int32)
    return terms, places
