"""Masks of the documents that keywords and selections leave."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

from index.engines.arrays.keyword_column import KeywordColumn
from index.engines.arrays.lexicon import Lexicon
from index.engines.arrays.segment_file import Array
from search.engines.base import MatchMode, Selection

__all__ = [
    "LanguageMasks",
    "WithColumns",
    "document_mask",
    "keyword_mask",
    "pair_counts",
    "range_mask",
    "restricted",
    "selection_masks",
]


class WithColumns(Protocol):
    """Documents in the order of their ids, with columns of keywords; `live` is None when none is deleted."""

    size: int
    live: Array | None
    live_count: int

    @property
    def ids(self) -> Lexicon:
        """The ids of the documents."""
        ...

    def keyword(self, field: str) -> KeywordColumn:
        """Return a keyword field by name."""
        ...


def keyword_mask(segment: WithColumns, field: str, values: Sequence[str]) -> Array:
    """Return a mask of the documents of a segment with any of the values."""
    column = segment.keyword(field)
    mask = np.zeros(segment.size, np.bool_)
    for value in values:
        number = column.lexicon.find(value)
        if number is not None:
            mask[column.value_documents(range(number, number + 1))] = True
    return mask


def document_mask(segment: WithColumns, ids: Sequence[str]) -> Array:
    """Return a mask of the documents of a segment with one of the ids."""
    mask = np.zeros(segment.size, np.bool_)
    mask[[number for one in ids if (number := segment.ids.find(one)) is not None]] = True
    return mask


def pair_counts(
    segments: Sequence[WithColumns], masks: Sequence[Array], values: Sequence[tuple[str, str]]
) -> tuple[tuple[int, ...], ...]:
    """Return how many documents of the masks, one for each segment, have both of each two (field, value)."""
    counts = np.zeros((len(values), len(values)), np.int64)
    for segment, mask in zip(segments, masks, strict=True):
        found = np.flatnonzero(mask)
        have = np.empty((len(values), len(found)), np.float32)
        for row, (field, value) in enumerate(values):
            have[row] = keyword_mask(segment, field, (value,))[found]
        # Exact: a segment has fewer documents than there are whole numbers of this type. `have @ have.T` wakes a thread
        # on each core, which costs up to a hundred times as much where others work, too.
        counts += np.rint(np.einsum("ik,jk->ij", have, have)).astype(np.int64)
    return tuple(map(tuple, counts.tolist()))


class LanguageMasks:
    """Masks of the documents of languages; each is made once."""

    def __init__(self, segments: Sequence[WithColumns]) -> None:
        self._segments = segments
        self._masks: dict[str, list[Array]] = {}

    def any_of(self, languages: Iterable[str]) -> list[Array]:
        """Return for each segment a mask of the documents in any of these languages."""
        masks = [np.zeros(segment.size, np.bool_) for segment in self._segments]
        for language in languages:
            if language not in self._masks:
                self._masks[language] = [keyword_mask(segment, "languages", (language,)) for segment in self._segments]
            for mask, found in zip(masks, self._masks[language], strict=True):
                mask |= found
        return masks


def selection_masks(segment: WithColumns, selections: Sequence[Selection]) -> tuple[Array | None, dict[str, Array]]:
    """Return masks of the documents that the selections leave, in two parts; None and absent fields leave all.

    First what holds for every facet: exclusions, and values that are chosen in mode ALL. Then, by field, the values
    that are chosen in mode ANY, which do not hold for the facet of that field.
    """
    fixed: Array | None = None
    chosen: dict[str, Array] = {}
    for selection in selections:
        if selection.excluded:
            fixed = _and(fixed, ~keyword_mask(segment, selection.field, selection.excluded))
        if selection.mode is MatchMode.ALL:
            for value in selection.values:
                fixed = _and(fixed, keyword_mask(segment, selection.field, (value,)))
        elif selection.values:
            mask = keyword_mask(segment, selection.field, selection.values)
            chosen[selection.field] = mask & chosen[selection.field] if selection.field in chosen else mask
    return fixed, chosen


def restricted(mask: Array, fixed: Array | None, chosen: dict[str, Array], *, without: str = "") -> Array:
    """Return a mask without the documents that selections exclude, ignoring those of one field."""
    for part in (fixed, *(part for field, part in chosen.items() if field != without)):
        if part is not None:
            mask = mask & part
    return mask


def range_mask(segment: WithColumns, field: str, lower: str, upper: str) -> Array:
    """Return a mask of the documents of a segment with a value from `lower` to `upper`."""
    column = segment.keyword(field)
    mask = np.zeros(segment.size, np.bool_)
    mask[column.value_documents(column.lexicon.between(lower, upper))] = True
    return mask


def _and(left: Array | None, right: Array) -> Array:
    return right if left is None else left & right
