"""Whoosh's readers of a segment: its terms, postings and documents as views of our arrays."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo

from index.engines.arrays.keyword_column import KeywordColumn
from index.engines.arrays.lexicon import Lexicon
from index.engines.arrays.segment_file import Array
from index.engines.whoosh.segment import Segment, TextPostings
from index.fields import FIELDS, TEXT_FIELDS, FieldKind

__all__ = ["ArrayPerDocumentReader", "ArrayTermsReader"]

# Whoosh has no type hints, so that everything it gives or takes is `Any` to mypy.


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    """A place in a lexicon, which Whoosh's automata move about in."""

    def __init__(self, lexicon: Lexicon, find_info: Callable[[bytes], TermInfo]) -> None:
        self._lexicon = lexicon
        self._find_info = find_info
        self._number = 0

    def is_valid(self) -> bool:
        return self._number < len(self._lexicon)

    def text(self) -> str | None:
        return self._lexicon[self._number] if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        text = self.text()
        return None if text is None else self._find_info(text.encode())

    def first(self) -> str | None:
        self._number = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        self._number = self._lexicon.first_from(term if isinstance(term, bytes) else term.encode())
        return self.text()

    def next(self) -> str | None:
        self._number += 1
        return self.text()


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]
    """Whoosh's view of the lexicons and postings of a segment."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def _field(self, name: str) -> TextPostings | KeywordColumn:
        kind = next(field.kind for field in FIELDS if field.name == name)
        return self._segment.text(name) if kind is FieldKind.TEXT else self._segment.keyword(name)

    def _find(self, name: str, text: bytes) -> int | None:
        return self._lexicon(name).find(text.decode())

    def _lexicon(self, name: str) -> Lexicon:
        return self._segment.ids if name == "id" else self._field(name).lexicon

    def cursor(self, fieldname: str, fieldobj: Any) -> _Cursor:
        """Return a place in the terms of a field, at its first."""
        return _Cursor(self._lexicon(fieldname), lambda text: self.term_info(fieldname, text))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """Return the names of all fields."""
        return [field.name for field in FIELDS]

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield terms of a field from a prefix on, in order of their bytes."""
        lexicon = self._lexicon(fieldname)
        for text in lexicon.slice(range(lexicon.first_from(prefix), len(lexicon))):
            yield fieldname, text.encode()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield every term, field after field."""
        for name in self.indexed_field_names():
            yield from self.terms_from(name, b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield terms of a field from a prefix on, with their statistics."""
        for term in self.terms_from(fieldname, prefix):
            yield term, self.term_info(*term)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield every term with its statistics."""
        for term in self.terms():
            yield term, self.term_info(*term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return the statistics of a term; raises `KeyError` for one that the segment does not have."""
        ids, weights, _ = self._postings(fieldname, text)
        lengths = self._segment.lengths(fieldname)[ids] if weights is not None else np.ones(1)
        return TermInfo(
            weight=float(len(ids) if weights is None else sum(weights)),
            df=len(ids),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=1.0 if weights is None else max(weights),
            minid=ids[0],
            maxid=ids[-1],
        )

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Return the documents of a term; raises `KeyError` for one that the segment does not have."""
        ids, weights, values = self._postings(fieldname, text)
        info = self.term_info(fieldname, text)
        return ListMatcher(ids, weights, values, format_, scorer=scorer, term=(fieldname, text), terminfo=info)

    def _postings(self, name: str, text: bytes) -> tuple[list[int], list[float] | None, list[bytes] | None]:
        """Return documents, weights and encoded positions of a term; raises `KeyError` as Whoosh expects."""
        number = self._find(name, text)
        if number is None:
            raise KeyError((name, text))
        if name == "id":
            return [number], None, None
        field = self._field(name)
        if isinstance(field, KeywordColumn):
            return field.value_documents(range(number, number + 1)).tolist(), None, None
        postings = field.postings(number)
        ends = np.cumsum(postings.counts.astype(np.int64))[:-1]
        values = [part.astype(np.uint32).tobytes() for part in np.split(field.term_positions(number), ends)]
        return postings.documents.tolist(), postings.weights.tolist(), values


class ArrayPerDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Whoosh's view of the documents of a segment. The only stored field is the id."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def doc_count(self) -> int:
        """Return the number of live documents."""
        return self._segment.live_count

    def doc_count_all(self) -> int:
        """Return the number of all documents, deleted ones included."""
        return self._segment.size

    def has_deletions(self) -> bool:
        """Return true when any document is deleted."""
        return self._segment.live_count < self._segment.size

    def is_deleted(self, docnum: int) -> bool:
        """Return true for a deleted document."""
        return self._segment.live is not None and not self._segment.live[docnum]

    def deleted_docs(self) -> list[int]:
        """Return the numbers of the deleted documents, ascending."""
        return [int(number) for number in self._segment.deleted()]

    def stored_fields(self, docnum: int) -> dict[str, str]:
        """Return the id, the only stored field."""
        return {"id": self._segment.ids[docnum]}

    def _lengths(self, fieldname: str) -> Array:
        return self._segment.lengths(fieldname) if fieldname in TEXT_FIELDS else np.zeros(1)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the number of words of a field in a document, rounded as Whoosh keeps lengths."""
        return int(self._lengths(fieldname)[docnum])

    def field_length(self, fieldname: str) -> float:
        """Return the number of words of a field in all documents."""
        return float(self._lengths(fieldname).sum())

    def min_field_length(self, fieldname: str) -> int:
        """Return the number of words of the field in the document with the fewest."""
        return int(self._lengths(fieldname).min())

    def max_field_length(self, fieldname: str) -> int:
        """Return the number of words of the field in the document with the most."""
        return int(self._lengths(fieldname).max())
