"""How documents are scored: BM25 with a bonus for words in the title and for words near each other.

The figures below were tuned together on five collections (see `tests.evaluation.evaluate_ranking`), one setting for
all of them.
"""

import math

import numpy as np

from index.engines.whoosh.segment_file import Array

__all__ = [
    "BODY_B",
    "K1",
    "NEARNESS_WEIGHT",
    "TITLE_B",
    "TITLE_WEIGHT",
    "inverse_frequency",
    "length_factor",
    "saturated",
    "title_length_factor",
]

K1 = 1.2
"""How slowly repetitions of a word stop adding to the score."""

BODY_B = 0.75
"""How much longer bodies count against a document, from 0 (not at all) to 1 (in proportion)."""

TITLE_B = 0.3
"""The same for titles, whose lengths say little."""

TITLE_WEIGHT = 0.35
"""What a word in the title adds, beside 1 for the body, which holds the title too."""

NEARNESS_WEIGHT = 0.5
"""What two words of the query that stand side by side add, in units of the rarer word's inverse frequency."""


def inverse_frequency(documents: int, total: int) -> float:
    """The weight of a term that `documents` of `total` have; always positive.

    >>> round(inverse_frequency(1, 100), 2), round(inverse_frequency(100, 100), 3)
    (4.21, 0.005)
    """
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5))


def length_factor(lengths: Array, average: float) -> Array:
    """What a frequency in each body is weighed against: K1 for documents of average length (float64)."""
    return K1 * (1 - BODY_B + BODY_B * lengths.astype(np.float64) / max(average, 1.0))


def title_length_factor(lengths: Array, average: float) -> Array:
    """`length_factor` for titles."""
    return K1 * (1 - TITLE_B + TITLE_B * lengths.astype(np.float64) / max(average, 1.0))


def saturated(frequencies: Array, factors: Array) -> Array:
    """BM25 without the inverse frequency: from 0 up to K1 + 1."""
    parts: Array = frequencies * (K1 + 1) / (frequencies + factors)
    return parts
