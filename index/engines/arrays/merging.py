"""Merging files of documents into one: new numbers of documents and terms, and the columns of keywords."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np

from index.engines.arrays.keyword_column import KeywordColumn, write_keyword_field
from index.engines.arrays.lexicon import Lexicon
from index.engines.arrays.runs import repeated
from index.engines.arrays.segment_file import Array, SegmentFileWriter
from index.fields import FACET_FIELDS

__all__ = [
    "Mergeable",
    "Source",
    "Union",
    "by_new_number",
    "has_live_documents",
    "merge_keyword_field",
    "number_together",
    "unite",
]


class Mergeable(Protocol):
    """Documents in the order of their ids, with columns of keywords; `live` is None when none is deleted."""

    ids: Lexicon
    size: int
    live: Array | None

    def keyword(self, field: str) -> KeywordColumn:
        """Return a keyword field by name."""
        ...


Segment = TypeVar("Segment", bound=Mergeable)


@dataclass(frozen=True, slots=True)
class Source(Generic[Segment]):
    """A segment and, for each of its documents, the number in the merged segment (-1: deleted)."""

    segment: Segment
    new_number: Array


@dataclass(frozen=True, slots=True)
class Union:
    """The union of several lexicons, and the new number of each term of each lexicon.

    Terms that no live document has are left out; their number is that of the next term that stays.
    """

    terms: list[str]
    new_numbers: list[Array]
    is_alive: list[Array]


def number_together(segments: Sequence[Segment]) -> tuple[list[Source[Segment]], list[str]]:
    """Return segments, no two with one id, with the new numbers of their live documents, and the ids in order."""
    entries: list[tuple[str, int, int]] = []
    for place, segment in enumerate(segments):
        live = segment.live
        entries += [(name, place, n) for n, name in enumerate(segment.ids) if live is None or live[n]]
    entries.sort()
    numbers = [np.full(segment.size, -1, np.int64) for segment in segments]
    for new, (_, place, old) in enumerate(entries):
        numbers[place][old] = new
    return [Source(*pair) for pair in zip(segments, numbers, strict=True)], [name for name, _, _ in entries]


def by_new_number(
    sources: Sequence[Source[Segment]], columns: Sequence[Array], dtype: "np.dtype[np.generic]", size: int
) -> Array:
    """Return one value for each merged document, from a column of each source."""
    out = np.zeros(size, dtype)
    for source, column in zip(sources, columns, strict=True):
        keep = source.new_number >= 0
        out[source.new_number[keep]] = column[keep]
    return out


def unite(lexicons: Sequence[Lexicon], is_alive: list[Array]) -> Union:
    """Return the union of several lexicons, without the terms whose flag is false everywhere."""
    lists = [list(lexicon) for lexicon in lexicons]
    alive: set[str] = set()
    for terms, flags in zip(lists, is_alive, strict=True):
        alive.update(term for term, flag in zip(terms, flags.tolist(), strict=True) if flag)
    united = sorted(alive)
    rank = {term: number for number, term in enumerate(united)}
    new_numbers = []
    for terms in lists:
        numbers = np.fromiter((rank.get(term, -1) for term in terms), np.int64, len(terms))
        # Terms that are gone take the number of the next that stays, so that the numbers keep ascending.
        numbers[numbers < 0] = len(united)
        new_numbers.append(np.minimum.accumulate(numbers[::-1])[::-1] if len(numbers) else numbers)
    return Union(united, new_numbers, is_alive)


def has_live_documents(source: Source[Segment], starts: Array, documents: Array) -> Array:
    """Return a mask of the runs of postings with a document that stays."""
    totals = np.concatenate(([0], np.cumsum(source.new_number[documents] >= 0)))
    return totals[starts[1:]] > totals[starts[:-1]]


def merge_keyword_field(writer: SegmentFileWriter, sources: Sequence[Source[Segment]], field: str, size: int) -> None:
    """Write a keyword field of the merged documents, `size` of them."""
    columns = [source.segment.keyword(field) for source in sources]
    is_alive = [
        has_live_documents(source, column.starts, column.documents)
        for source, column in zip(sources, columns, strict=True)
    ]
    union = unite([column.lexicon for column in columns], is_alive)
    numbers, documents = [], []
    for source, column, new_numbers in zip(sources, columns, union.new_numbers, strict=True):
        new = source.new_number[column.documents]
        keep = new >= 0
        sizes: Array = np.diff(column.starts.astype(np.int64))
        numbers.append(repeated(new_numbers, sizes)[keep])
        documents.append(new[keep])
    pairs = np.concatenate(numbers), np.concatenate(documents)
    write_keyword_field(writer, field, union.terms, pairs, size=size, is_facet=field in FACET_FIELDS)
