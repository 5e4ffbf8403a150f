"""Questions to the library: how many documents match, which score best, and the set of all of them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import tantivy
from msgspec import Struct

from index.engines.arrays.segment_file import Array
from index.engines.files import REBUILD
from index.engines.tantivy.library import BLOCK_SIZE, library_errors
from index.errors import IndexDamagedError

__all__ = ["Best", "Library"]

# The library counts at most 65,000 different values at once.
_MAX_BLOCKS = 60_000
# The set of documents that match: the sum of the bits in each block.
_SETS = {
    "blocks": {"terms": {"field": "block", "size": _MAX_BLOCKS}, "aggs": {"bits": {"sum": {"field": "bit"}}}},
}


class Best(Struct, frozen=True):
    """The numbers of the documents that score best, best first, and how many match."""

    total: int
    numbers: Array


class Library:
    """The library's view of one commit. Safe for many threads; `next_number` is above all numbers of documents."""

    def __init__(self, folder: Path, searcher: tantivy.Searcher, schema: tantivy.Schema, next_number: int) -> None:
        self._folder = folder
        self._searcher = searcher
        self.schema = schema
        self._blocks = -(-next_number // BLOCK_SIZE)

    def count(self, query: tantivy.Query) -> int:
        """Return the number of documents that match."""
        with library_errors(self._folder):
            return _total(self._searcher.search(query, 1))

    def best(self, query: tantivy.Query, limit: int) -> Best:
        """Return the first `limit` documents by the library's score, which is near ours; ties as it has them."""
        with library_errors(self._folder):
            found = self._searcher.search(query, limit)
            addresses = [address for _, address in found.hits]
            numbers = self._searcher.fast_field_values("number", addresses) if addresses else []
        return Best(_total(found), np.array(numbers, np.int64))

    def all(self, query: tantivy.Query) -> Array:
        """Return a flag for each number of a document, true where it matches."""
        flags = np.zeros((self._blocks, BLOCK_SIZE), np.bool_)
        if self._blocks <= _MAX_BLOCKS:
            self._set(flags, query)
        else:
            for first in range(0, self._blocks, _MAX_BLOCKS):
                self._set(flags, self._between(query, first, first + _MAX_BLOCKS - 1))
        return flags.reshape(-1)

    def _between(self, query: tantivy.Query, first: int, last: int) -> tantivy.Query:
        field, must = tantivy.FieldType.Integer, tantivy.Occur.Must
        span = tantivy.Query.range_query(self.schema, "block", field, first, last)
        return tantivy.Query.boolean_query([(must, query), (must, span)])

    def _set(self, flags: Array, query: tantivy.Query) -> None:
        with library_errors(self._folder):
            found = self._searcher.aggregate(query, _SETS)["blocks"]["buckets"]
        if found:
            blocks = np.array([bucket["key"] for bucket in found], np.int64)
            if blocks.min() < 0 or blocks.max() >= len(flags):
                raise IndexDamagedError(f"The index in {self._folder} finds documents that it does not have. {REBUILD}")
            flags[blocks] = _bits([bucket["bits"]["value"] for bucket in found])


def _total(result: tantivy.SearchResult) -> int:
    return int(result.count)  # type: ignore[attr-defined]  # the type stubs of the library lack it


def _bits(sums: Sequence[float]) -> Array:
    """Return the lowest bits of each number as flags.

    >>> _bits([5.0])[0, :4].tolist()
    [True, False, True, False]
    """
    numbers = np.array(sums, np.float64).astype("<u8")
    bits = np.unpackbits(numbers.view(np.uint8).reshape(-1, 8), axis=1, count=BLOCK_SIZE, bitorder="little")
    return bits.view(np.bool_)
