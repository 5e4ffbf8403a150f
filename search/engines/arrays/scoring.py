"""BM25 on arrays: one entry a document. The constants are those of `index.engines.scoring`."""

import numpy as np

from index.engines.arrays.segment_file import Array
from index.engines.scoring import BODY_B, K1, TITLE_B

__all__ = ["length_factor", "saturated", "title_length_factor"]


def length_factor(lengths: Array, average: float) -> Array:
    """Return BM25's length normalization of each body, k1 included: K1 for documents of average length (float64)."""
    return K1 * (1 - BODY_B + BODY_B * lengths.astype(np.float64) / max(average, 1.0))


def title_length_factor(lengths: Array, average: float) -> Array:
    """Return `length_factor` for titles."""
    return K1 * (1 - TITLE_B + TITLE_B * lengths.astype(np.float64) / max(average, 1.0))


def saturated(frequencies: Array, factors: Array) -> Array:
    """Return BM25 without the inverse document frequency: from 0 up to K1 + 1."""
    parts: Array = frequencies * (K1 + 1) / (frequencies + factors)
    return parts
