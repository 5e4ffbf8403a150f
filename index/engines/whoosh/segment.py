"""Reading a segment: the postings, columns and ids of at most 65,536 documents.

Documents are numbered from 0 in the order of their ids, so that 16 bits hold a number and ties sort themselves.
All arrays are views of the mapped file. For a text field `f` and its term number `t`, the postings are
`f.documents[f.starts[t]:f.starts[t + 1]]` and, beside them, how often the term occurs in each; its positions, in
the same order, are `f.positions[f.position_starts[t]:f.position_starts[t + 1]]`. For a keyword field `k` and a value
`v`, `k.documents[k.starts[v]:k.starts[v + 1]]`; facet fields also have the values of each document.
"""

from functools import cached_property

import numpy as np
from msgspec import Struct

from index.engines.arrays.keyword_column import MAX_DOCUMENTS, KeywordColumn
from index.engines.arrays.lexicon import Lexicon
from index.engines.arrays.segment_file import Array, SegmentFile
from index.engines.scoring import BOILERPLATE_WEIGHT
from index.errors import IndexDamagedError
from index.keywords.values import KEYWORD_FIELDS

__all__ = ["NOT_SHARED", "Postings", "Segment", "TextPostings"]

NOT_SHARED = 0xFFFFFFFF
"""In `exact.shared`: the exact term has postings of its own."""


class Postings(Struct, frozen=True):
    """The documents of one or several terms, how often each has the term, and how much that weighs (float32).

    `weights` is less than `counts` where occurrences stand in page furniture.
    """

    documents: Array
    counts: Array
    weights: Array


class TextPostings:
    """One text field of a segment."""

    def __init__(self, file: SegmentFile, field: str, *, shared_with: "TextPostings | None" = None) -> None:
        self.lexicon = Lexicon.of(file, field)
        self.starts = file.array(f"{field}.starts")
        self.position_starts = file.array(f"{field}.position_starts")
        self.documents = file.array(f"{field}.documents")
        self._counts = file.array(f"{field}.counts")
        self.positions = file.array(f"{field}.positions")
        self._large = file.array(f"{field}.large_postings")
        self._large_counts = file.array(f"{field}.large_counts")
        self._furniture = file.array(f"{field}.furniture_postings")
        self._furniture_counts = file.array(f"{field}.furniture_counts")
        self._other = shared_with
        self._shared = file.array(f"{field}.shared") if shared_with is not None else None

    def owner(self, number: int) -> "tuple[TextPostings, int]":
        """Return the field and number under which the postings of a term are stored.

        An exact form that is the only form of its stem has the postings of the stem.
        """
        if self._shared is not None and self._other is not None:
            shared = int(self._shared[number])
            if shared != NOT_SHARED:
                return self._other, shared
        return self, number

    def frequency(self, number: int) -> int:
        """Return the number of documents with a term, deleted ones included."""
        field, number = self.owner(number)
        return int(field.starts[number + 1]) - int(field.starts[number])

    def frequencies(self, numbers: range) -> Array:
        """Return `frequency` of consecutive terms."""
        frequencies = np.diff(self.starts[numbers.start : numbers.stop + 1].astype(np.int64))
        if self._shared is not None and self._other is not None:
            shared = self._shared[numbers.start : numbers.stop]
            places = np.flatnonzero(shared != NOT_SHARED)
            others = shared[places].astype(np.int64)
            frequencies[places] = self._other.starts[others + 1].astype(np.int64) - self._other.starts[others]
        return frequencies

    def postings(self, number: int) -> Postings:
        """Return the postings of a term."""
        field, number = self.owner(number)
        return field.between(int(field.starts[number]), int(field.starts[number + 1]))

    def between(self, first: int, last: int) -> Postings:
        """Return the postings with the numbers [first, last) of this field, whatever their terms."""
        counts = self._counts[first:last]
        low, high = np.searchsorted(self._large, (first, last))
        if low < high:
            counts = counts.astype(np.int64)
            counts[self._large[low:high].astype(np.int64) - first] = self._large_counts[low:high]
        weights = counts.astype(np.float32)
        low, high = np.searchsorted(self._furniture, (first, last))
        if low < high:
            places = self._furniture[low:high].astype(np.int64) - first
            weights[places] -= (1 - BOILERPLATE_WEIGHT) * self._furniture_counts[low:high]
        return Postings(self.documents[first:last], counts, weights)

    def furniture_counts(self, first: int, last: int) -> Array:
        """Return the number of occurrences of each posting in [first, last) that stand in boilerplate."""
        counts = np.zeros(last - first, np.int64)
        low, high = np.searchsorted(self._furniture, (first, last))
        counts[self._furniture[low:high].astype(np.int64) - first] = self._furniture_counts[low:high]
        return counts

    def term_positions(self, number: int) -> Array:
        """Return the positions of a term in all its documents, in the order of its postings."""
        field, number = self.owner(number)
        return field.positions[int(field.position_starts[number]) : int(field.position_starts[number + 1])]

    def shared(self, numbers: range) -> Array | None:
        """Return the stems whose postings these exact terms share, `NOT_SHARED` for own ones; None for other fields."""
        return None if self._shared is None else self._shared[numbers.start : numbers.stop]


class Segment:
    """One segment with its deletions. Raises `IndexDamagedError` when arrays that belong together do not fit."""

    def __init__(self, file: SegmentFile, deleted: Array | None = None) -> None:
        self._file = file
        self.ids = Lexicon.of(file, "id")
        self.size = len(self.ids)
        self.published = file.array("published_day")
        if len(self.published) != self.size or self.size > MAX_DOCUMENTS:
            raise IndexDamagedError("A segment counts its documents in two ways. Run `search-cli rebuild`.")
        self.live: Array | None = None
        """Mask of documents that are not deleted; None when none is deleted."""
        if deleted is not None and len(deleted):
            self.live = np.ones(self.size, np.bool_)
            self.live[deleted] = False
        self.live_count = self.size if self.live is None else int(np.count_nonzero(self.live))
        self._columns: dict[str, KeywordColumn] = {}

    @cached_property
    def body(self) -> TextPostings:
        """Stemmed terms of the body."""
        return TextPostings(self._file, "body")

    @cached_property
    def title(self) -> TextPostings:
        """Stemmed terms of the title."""
        return TextPostings(self._file, "title")

    @cached_property
    def exact(self) -> TextPostings:
        """Exact terms of the body."""
        return TextPostings(self._file, "exact", shared_with=self.body)

    @cached_property
    def entities(self) -> TextPostings:
        """Ids of entities, once for each mention."""
        return TextPostings(self._file, "entities")

    def text(self, field: str) -> TextPostings:
        """Return a text field by name."""
        found: TextPostings = getattr(self, field)
        return found

    def lengths(self, field: str) -> Array:
        """Return the number of words of each document in a text field (float32; boilerplate counts little)."""
        return self._file.array("body.lengths" if field == "exact" else f"{field}.lengths")

    def keyword(self, field: str) -> KeywordColumn:
        """Return a keyword field by name; raises `ValueError` when there is no such field."""
        column = self._columns.get(field)
        if column is None:
            if field not in KEYWORD_FIELDS:
                raise ValueError(f"{field!r} is not a keyword field")
            column = self._columns[field] = KeywordColumn(self._file, field)
        return column

    def deleted(self) -> Array:
        """Return the numbers of deleted documents, ascending."""
        return np.flatnonzero(~self.live) if self.live is not None else np.zeros(0, np.int64)
