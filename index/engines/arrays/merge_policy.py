"""The choice of files that are merged into one, so that they stay few without writing all again and again."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from index.engines.arrays.keyword_column import MAX_DOCUMENTS

__all__ = ["choose_merge", "max_small_after"]

# A segment with fewer live documents than this is merged with others of its kind.
_SMALL = MAX_DOCUMENTS * 3 // 4
# So many small segments are left alone: merging at each commit would write everything again and again.
_MAX_SMALL = 8
# After adding so many documents at once, one merge more costs little and makes all searches faster.
_BULK = 5_000

Segment = TypeVar("Segment")


def max_small_after(added: int) -> int:
    """Return the number of small segments that may stay after adding so many documents.

    >>> max_small_after(10), max_small_after(100_000)
    (8, 1)
    """
    return 1 if added >= _BULK else _MAX_SMALL


def choose_merge(
    segments: Sequence[Segment], size_of: Callable[[Segment], tuple[int, int]], *, max_small: int
) -> list[Segment]:
    """Return the segments to be merged into one next, none when all is well.

    `size_of` gives the number of live documents of a segment and that of all. First a segment that is half deleted,
    alone; then the smallest, while there are more than `max_small` that are small.

    >>> choose_merge([(9, 9), (1, 2), (5, 5)], lambda size: size, max_small=8)
    [(1, 2)]
    >>> choose_merge([(9, 9), (5, 5)], lambda size: size, max_small=1)
    [(5, 5), (9, 9)]
    """
    for segment in segments:
        live, size = size_of(segment)
        if live * 2 <= size:
            return [segment]
    small = sorted((segment for segment in segments if size_of(segment)[0] < _SMALL), key=lambda one: size_of(one)[0])
    if len(small) <= max_small:
        return []
    chosen: list[Segment] = []
    total = 0
    for segment in small:
        total += size_of(segment)[0]
        if total > MAX_DOCUMENTS:
            break
        chosen.append(segment)
    return chosen if len(chosen) > 1 else []
