"""Exact counts of the values of facet fields over masks of documents."""

from collections.abc import Sequence
from threading import Lock

import numpy as np
from msgspec import Struct

from index.engines.arrays.keyword_column import KeywordColumn
from index.engines.arrays.runs import ranges
from index.engines.arrays.segment_file import Array
from search.engines.arrays.selections import WithColumns
from search.engines.base import Bucket, FacetCounts, FacetRequest

__all__ = ["FacetCounter"]

# Counting by document reads the values of the documents found, counting by value reads a bit for each posting. The
# first is faster up to this share of the documents (measured at 30,000 and 65,536 of them, between .25 and .3).
_SPARSE_SHARE = 1 / 4


class _Values(Struct, frozen=True):
    """The values of a field over all segments, numbered in code point order.

    `numbers` gives for each segment the number of each of its values, None when there is only one segment. `owners`
    says where a value can be read: its segment and its number there. `totals` counts all live documents.
    """

    numbers: tuple[Array | None, ...]
    owners: Array
    totals: Array


class FacetCounter:
    """Counts on the segments of one commit; the tables that it needs are made at first use. Safe for many threads."""

    def __init__(self, segments: Sequence[WithColumns]) -> None:
        self._segments = segments
        self._values: dict[str, _Values] = {}
        self._lock = Lock()

    def count(self, request: FacetRequest, masks: Sequence[Array]) -> FacetCounts:
        """Return the buckets of a facet over the documents of the masks, one mask for each segment."""
        values = self._numbered(request.field)
        counts = self._counts(request.field, values, masks)
        distinct = int(np.count_nonzero(counts))
        if request.values is not None:
            buckets = self._chosen(request, values, counts)
        else:
            order = _order(counts, request.offset + request.limit, is_by_value=request.is_by_value)
            buckets = [Bucket(self._name(request.field, values, number), int(counts[number])) for number in order]
        return FacetCounts(request.field, tuple(buckets[request.offset : request.offset + request.limit]), distinct)

    def _counts(self, field: str, values: _Values, masks: Sequence[Array]) -> Array:
        if all(_is_everything(segment, mask) for segment, mask in zip(self._segments, masks, strict=True)):
            return values.totals
        counts = np.zeros(len(values.totals), np.int64)
        for segment, numbers, mask in zip(self._segments, values.numbers, masks, strict=True):
            here = _segment_counts(segment.keyword(field), mask)
            counts[slice(None) if numbers is None else numbers] += here
        return counts

    def _chosen(self, request: FacetRequest, values: _Values, counts: Array) -> list[Bucket]:
        buckets = []
        for value in dict.fromkeys(request.values or ()):
            number = self._number(request.field, values, value)
            buckets.append(Bucket(value, 0 if number is None else int(counts[number])))
        if request.is_by_value:
            return sorted(buckets, key=lambda bucket: bucket.value)
        return sorted(buckets, key=lambda bucket: (-bucket.count, bucket.value))

    def _number(self, field: str, values: _Values, value: str) -> int | None:
        for segment, numbers in zip(self._segments, values.numbers, strict=True):
            local = segment.keyword(field).lexicon.find(value)
            if local is not None:
                return local if numbers is None else int(numbers[local])
        return None

    def _name(self, field: str, values: _Values, number: int) -> str:
        place, local = values.owners[number].tolist() if len(self._segments) > 1 else (0, number)
        return self._segments[place].keyword(field).lexicon[local]

    def _numbered(self, field: str) -> _Values:
        values = self._values.get(field)
        if values is None:
            with self._lock:
                values = self._values.get(field) or _number_values(self._segments, field)
                self._values[field] = values
        return values


def _is_everything(segment: WithColumns, mask: Array) -> bool:
    return int(np.count_nonzero(mask)) == segment.live_count


def _number_values(segments: Sequence[WithColumns], field: str) -> _Values:
    columns = [segment.keyword(field) for segment in segments]
    if len(segments) == 1:
        return _Values((None,), np.zeros((0, 2), np.int32), _live_totals(segments[0], columns[0]))
    lists = [list(column.lexicon) for column in columns]
    names = {name: 0 for terms in lists for name in terms}
    names = {name: number for number, name in enumerate(sorted(names))}
    owners, totals = np.zeros((len(names), 2), np.int32), np.zeros(len(names), np.int64)
    numbers: list[Array | None] = []
    for place, (segment, column, terms) in enumerate(zip(segments, columns, lists, strict=True)):
        here = np.fromiter(map(names.__getitem__, terms), np.int32, len(terms))
        owners[here, 0], owners[here, 1] = place, np.arange(len(terms))
        totals[here] += _live_totals(segment, column)
        numbers.append(here)
    return _Values(tuple(numbers), owners, totals)


def _live_totals(segment: WithColumns, column: KeywordColumn) -> Array:
    if segment.live is None:
        return np.diff(column.starts.astype(np.int64))
    return _counts_by_value(column, segment.live)


def _segment_counts(column: KeywordColumn, mask: Array) -> Array:
    if column.has_rows and np.count_nonzero(mask) < len(mask) * _SPARSE_SHARE:
        return _counts_by_document(column, np.flatnonzero(mask))
    return _counts_by_value(column, mask)


def _counts_by_document(column: KeywordColumn, documents: Array) -> Array:
    starts = column.row_starts[documents].astype(np.int64)
    lengths = column.row_starts[documents + 1] - starts
    return np.bincount(column.rows[ranges(starts, lengths)], minlength=len(column.lexicon))


def _counts_by_value(column: KeywordColumn, mask: Array) -> Array:
    flags = mask.view(np.uint8)[column.documents]
    # Differences of running totals: `np.add.reduceat` starts anew for each value, which takes half as long again.
    totals = np.zeros(len(flags) + 1, np.uint32)
    np.cumsum(flags, dtype=np.uint32, out=totals[1:])
    counts: Array = np.diff(totals[column.starts].astype(np.int64))
    return counts


def _order(counts: Array, limit: int, *, is_by_value: bool) -> list[int]:
    """Return the numbers of the first `limit` values that have a count; numbers are in the order of values."""
    present = np.flatnonzero(counts > 0)
    if is_by_value:
        return [int(number) for number in present[:limit]]
    if limit <= 0:
        return []
    if limit < len(present):
        here = counts[present]
        threshold = np.partition(here, len(here) - limit)[len(here) - limit]
        present = present[here >= threshold]
    # Stable, so that values with the same count stay in their order.
    order = np.argsort(-counts[present], kind="stable")[:limit]
    return [int(number) for number in present[order]]
