"""A keyword field of up to 65,536 documents as arrays: the documents of each value, and the values of each document.

For a keyword field `k` and a value `v`, the documents are `k.documents[k.starts[v]:k.starts[v + 1]]`; facet fields also
have the values of each document.
"""

from collections.abc import Sequence

import numpy as np

from index.engines.arrays.lexicon import Lexicon, write_lexicon
from index.engines.arrays.segment_file import Array, SegmentFile, SegmentFileWriter
from index.engines.arrays.sorting import stable_order

__all__ = ["MAX_DOCUMENTS", "KeywordColumn", "starts_of", "write_keyword_field"]

MAX_DOCUMENTS = 1 << 16
"""The number of documents of a file at most, so that 16 bits hold the number of a document."""


class KeywordColumn:
    """One keyword field of a file."""

    def __init__(self, file: SegmentFile, field: str) -> None:
        self.lexicon = Lexicon.of(file, field)
        self.starts = file.array(f"{field}.starts")
        self.documents = file.array(f"{field}.documents")
        self.has_rows = f"{field}.rows" in file
        if self.has_rows:
            self.row_starts = file.array(f"{field}.row_starts")
            self.rows = file.array(f"{field}.rows")

    def value_documents(self, values: range) -> Array:
        """Return the documents of consecutive values, one after another; a document may come several times."""
        return self.documents[int(self.starts[values.start]) : int(self.starts[values.stop])]


def starts_of(sizes: Array) -> Array:
    """Return the start of each of several runs, and the end of the last.

    >>> starts_of(np.array([2, 0, 3])).tolist()
    [0, 2, 2, 5]
    """
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def write_keyword_field(
    writer: SegmentFileWriter,
    field: str,
    values: Sequence[str],
    pairs: tuple[Array, Array],
    *,
    size: int,
    is_facet: bool,
) -> None:
    """Store a keyword field of `size` documents from its distinct (value number, document) pairs in any order."""
    numbers, documents = pairs
    write_lexicon(writer, field, values)
    order = stable_order(numbers, documents)
    writer.add(f"{field}.starts", starts_of(np.bincount(numbers, minlength=len(values))).astype(np.uint32))
    writer.add(f"{field}.documents", documents[order].astype(np.uint16))
    if is_facet:
        order = stable_order(documents, numbers)
        writer.add(f"{field}.row_starts", starts_of(np.bincount(documents, minlength=size)).astype(np.uint32))
        writer.add(f"{field}.rows", numbers[order].astype(np.uint32))
