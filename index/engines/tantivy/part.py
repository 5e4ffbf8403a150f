"""Reading a part: up to 65,536 documents as arrays, in the order of their ids.

A part holds what the library does not give: the terms of each document in their order (a forward index), by which hits
are scored, phrases in any order are found and exact words are told from others; columns of keywords, which are counted;
and the terms of each field with their frequencies.

The tokens of a document are `tokens[starts[row]:starts[row + 1]]`. A token of a title or of the entities is the number
of a term. A token of a body is the number of a *pair*, a stemmed term with one of its exact forms: `pair.body` and
`pair.exact` are the terms of each. Pairs are in the order of their stemmed terms, those of term `t` from
`body.first_pairs[t]` on; those of exact term `e` are `exact.pairs[exact.first_pairs[e]:exact.first_pairs[e + 1]]`.
"""

from collections.abc import Sequence

import numpy as np

from index.engines.arrays.keyword_column import MAX_DOCUMENTS, KeywordColumn
from index.engines.arrays.lexicon import Lexicon
from index.engines.arrays.segment_file import Array, SegmentFile
from index.errors import IndexDamagedError
from index.keywords.values import KEYWORD_FIELDS

__all__ = ["STREAMS", "Part", "TextField", "document_frequencies"]

STREAMS = {"body": "body", "exact": "body", "title": "title", "entities": "entities"}
"""The tokens that hold each text field."""


class TextField:
    """The terms of a text field in a part, and the tokens of each document."""

    def __init__(self, file: SegmentFile, field: str) -> None:
        self.lexicon = Lexicon.of(file, field)
        self.frequencies = file.array(f"{field}.frequencies")
        self.tokens = file.array(f"{STREAMS[field]}.tokens")
        self._memory = self.tokens.data
        self.starts = file.array(f"{STREAMS[field]}.starts")
        self._pairs: Array | None = None
        if STREAMS[field] == "body":
            self._pairs = file.array(f"pair.{field}")
            self._first_pairs = file.array(f"{field}.first_pairs")
            self._order = file.array("exact.pairs") if field == "exact" else None

    def codes(self, number: int) -> Array:
        """Return the tokens that stand for a term, ascending."""
        if self._pairs is None:
            return np.array([number])
        low, high = int(self._first_pairs[number]), int(self._first_pairs[number + 1])
        return np.arange(low, high) if self._order is None else self._order[low:high]

    def codes_between(self, numbers: range) -> Array:
        """Return the tokens that stand for any of consecutive terms."""
        if self._pairs is None:
            return np.arange(numbers.start, numbers.stop)
        low, high = int(self._first_pairs[numbers.start]), int(self._first_pairs[numbers.stop])
        return np.arange(low, high) if self._order is None else self._order[low:high]

    def terms_of(self, tokens: Array) -> Array:
        """Return the number of the term that each token stands for."""
        return tokens if self._pairs is None else self._pairs[tokens]

    def tokens_of(self, rows: Array) -> tuple[Array, Array]:
        """Return the tokens of documents, one document after another, and how many each has."""
        starts = self.starts[rows].astype(np.int64)
        ends = self.starts[rows + 1].astype(np.int64)
        if not len(rows):
            return self.tokens[:0], ends
        # Joining stretches of memory takes half the time of joining arrays, and that a third of picking by places.
        parts = [self._memory[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        return np.frombuffer(b"".join(parts), self.tokens.dtype), ends - starts


class Part:
    """One part with its deletions. Raises `IndexDamagedError` when arrays that belong together do not fit."""

    def __init__(self, file: SegmentFile, deleted: Array | None = None) -> None:
        self._file = file
        self.ids = Lexicon.of(file, "id")
        self.size = len(self.ids)
        self.numbers = file.array("numbers")
        self.published = file.array("published_day")
        self.boilerplate = file.array("body.boilerplate")
        """The places of the tokens of bodies that stand in boilerplate, ascending."""
        if not len(self.numbers) == len(self.published) == self.size <= MAX_DOCUMENTS:
            raise IndexDamagedError("A part counts its documents in two ways. Run `search-cli rebuild`.")
        self.live: Array | None = None
        """Mask of documents that are not deleted; None when none is deleted."""
        self.live_count = self.size
        self._columns: dict[str, KeywordColumn] = {}
        self._fields: dict[str, TextField] = {}
        self._deleted_frequencies: dict[str, Array] = {}
        if deleted is not None and len(deleted):
            self.delete(deleted)

    def delete(self, rows: Array) -> None:
        """Mark documents as deleted; only a writer does so, on a part that nobody else reads."""
        self.live = np.ones(self.size, np.bool_) if self.live is None else self.live.copy()
        self.live[rows] = False
        self.live_count = int(np.count_nonzero(self.live))
        self._deleted_frequencies.clear()

    def deleted(self) -> Array:
        """Return the rows of deleted documents, ascending."""
        return np.flatnonzero(~self.live) if self.live is not None else np.zeros(0, np.int64)

    def lengths(self, field: str) -> Array:
        """Return the number of words of each document in "body" or "title" (float32; boilerplate counts little)."""
        return self._file.array(f"{field}.lengths")

    def text(self, field: str) -> TextField:
        """Return a text field by name."""
        found = self._fields.get(field)
        if found is None:
            found = self._fields[field] = TextField(self._file, field)
        return found

    def keyword(self, field: str) -> KeywordColumn:
        """Return a keyword field by name; raises `ValueError` when there is no such field."""
        column = self._columns.get(field)
        if column is None:
            if field not in KEYWORD_FIELDS:
                raise ValueError(f"{field!r} is not a keyword field")
            column = self._columns[field] = KeywordColumn(self._file, field)
        return column

    @property
    def pair_terms(self) -> tuple[Array, Array]:
        """The stemmed term and the exact term of each pair."""
        return self._file.array("pair.body"), self._file.array("pair.exact")

    def lexicon(self, field: str) -> Lexicon:
        """Return the terms of a text field or the values of a keyword field."""
        return self.text(field).lexicon if field in STREAMS else self.keyword(field).lexicon

    def live_frequencies(self, field: str, numbers: Sequence[int] | Array) -> Array:
        """Return the number of live documents that have each of these terms of a text field."""
        frequencies = self.text(field).frequencies[np.asarray(numbers, np.int64)].astype(np.int64)
        if self.live is not None:
            frequencies -= self._frequencies_of_deleted(field)[np.asarray(numbers, np.int64)]
        return frequencies

    def _frequencies_of_deleted(self, field: str) -> Array:
        found = self._deleted_frequencies.get(field)
        if found is None:
            text = self.text(field)
            tokens, sizes = text.tokens_of(self.deleted())
            documents: Array = np.repeat(np.arange(len(sizes)), sizes)
            found = document_frequencies(text.terms_of(tokens), documents, len(text.lexicon))
            self._deleted_frequencies[field] = found
        return found


def document_frequencies(terms: Array, documents: Array, term_count: int) -> Array:
    """Return the number of different documents of each term.

    >>> document_frequencies(np.array([0, 0, 1]), np.array([7, 7, 7]), 3).tolist()
    [1, 1, 0]
    """
    keys = documents.astype(np.int64) * term_count + terms
    keys.sort()
    is_first = np.ones(len(keys), np.bool_)
    is_first[1:] = keys[1:] != keys[:-1]
    return np.bincount(keys[is_first] % max(term_count, 1), minlength=term_count)
