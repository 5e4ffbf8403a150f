"""The best documents of a segment, best first, ties by id, without sorting more than is asked for."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from heapq import merge
from typing import Protocol

import numpy as np

from index.engines.arrays.lexicon import Lexicon
from index.engines.arrays.segment_file import Array
from search.engines.base import Sort

__all__ = ["WithIds", "best_of_all", "ranked", "sort_keys", "top"]

_BEHIND_ALL = -(date.max.toordinal() + 1)


class WithIds(Protocol):
    """Documents in the order of their ids."""

    ids: Lexicon


def sort_keys(sort: Sort, scores: Array | None, published: Array) -> Array:
    """Return the sort keys of the documents of a segment, larger first; undated ones are the smallest."""
    match sort:
        case Sort.RELEVANCE:
            return np.zeros(len(published), np.float64) if scores is None else scores
        case Sort.NEWEST:
            return np.where(published == 0, _BEHIND_ALL, published).astype(np.float64)
        case Sort.OLDEST:
            return np.where(published == 0, _BEHIND_ALL, -published).astype(np.float64)


def top(mask: Array, keys: Array, limit: int | None) -> Array:
    """Return the first `limit` documents (None: all) of a mask by falling key, then by number, the order of ids.

    >>> top(np.array([True, True, False, True]), np.array([1.0, 2.0, 9.0, 2.0]), 2).tolist()
    [1, 3]
    """
    documents = np.flatnonzero(mask)
    chosen = keys[documents]
    if limit is not None and limit < len(documents):
        if limit == 0:
            return documents[:0]
        threshold = np.partition(chosen, len(chosen) - limit)[len(chosen) - limit]
        better = np.flatnonzero(chosen > threshold)
        equal = np.flatnonzero(chosen == threshold)[: limit - len(better)]
        kept = np.sort(np.concatenate((better, equal)))
        documents, chosen = documents[kept], chosen[kept]
    order: Array = documents[np.argsort(-chosen, kind="stable")]
    return order


def ranked(
    segments: Sequence[WithIds], masks: Sequence[Array], keys: Sequence[Array], limit: int | None
) -> Iterator[tuple[float, str, int, int]]:
    """Yield (negative key, id, segment, document) of at least the first `limit` documents of all segments, in order."""

    def ranked_in(place: int) -> Iterator[tuple[float, str, int, int]]:
        documents = top(masks[place], keys[place], limit)
        for document, key in zip(documents.tolist(), keys[place][documents].tolist(), strict=True):
            yield -key, segments[place].ids[document], place, document

    return merge(*map(ranked_in, range(len(segments))))


def best_of_all(segments: Sequence[tuple[Array, Array]], id_of: Callable[[int, int], str], limit: int) -> list[Array]:
    """Return for each segment, given as mask and keys, its documents that are among the first `limit` of all.

    `id_of` gives the id of a document by segment and number; it is asked only for documents that tie for the last
    places.
    """
    best = [top(mask, keys, limit) for mask, keys in segments]
    chosen = [keys[documents] for (_, keys), documents in zip(segments, best, strict=True)]
    if sum(map(len, best)) <= limit:
        return best
    together = np.concatenate(chosen)
    threshold = np.partition(together, len(together) - limit)[len(together) - limit]
    tied = sorted(
        (id_of(place, document), place, document)
        for place, (documents, keys) in enumerate(zip(best, chosen, strict=True))
        for document in documents[keys == threshold].tolist()
    )
    last = tied[: limit - int(np.count_nonzero(together > threshold))]
    return [
        np.concatenate((documents[keys > threshold], np.array([n for _, at, n in last if at == place], np.int64)))
        for place, (documents, keys) in enumerate(zip(best, chosen, strict=True))
    ]
