"""The number of live documents of runs of postings."""

import numpy as np

from index.engines.arrays.segment_file import Array
from search.engines.arrays.selections import WithColumns

__all__ = ["keyword_frequencies", "live_counts"]


def keyword_frequencies(segment: WithColumns, field: str, numbers: range) -> Array:
    """Return the number of live documents of a segment with each of consecutive values."""
    column = segment.keyword(field)
    starts = column.starts[numbers.start : numbers.stop + 1].astype(np.int64)
    return live_counts(segment, starts, column.value_documents(numbers))


def live_counts(segment: WithColumns, starts: Array, documents: Array) -> Array:
    """Return the number of live documents in each run of `documents`; `starts` may count from anywhere."""
    if segment.live is None or not len(starts):
        return np.diff(starts)
    totals = np.concatenate(([0], np.cumsum(segment.live[documents])))
    places = starts - starts[0]
    counts: Array = totals[places[1:]] - totals[places[:-1]]
    return counts
