"""The scoring that every engine aims at: BM25 with a bonus for words in the title and for words near each other.

An engine whose `Capabilities.is_exact_scores` is true computes exactly this; the others come close with the means that
they have. The weights were tuned together on five collections (see `tests.evaluation.evaluate_ranking` and ADR 7), one
setting for all of them. Nothing here needs NumPy, so that an engine without it can import this module.
"""

import math

__all__ = [
    "BODY_B",
    "BOILERPLATE_WEIGHT",
    "K1",
    "MAX_EXPANSION",
    "MAX_PROXIMITY_DISTANCE",
    "MAX_PROXIMITY_PAIRS",
    "PROXIMITY_WEIGHT",
    "RESCORED",
    "TITLE_B",
    "TITLE_WEIGHT",
    "inverse_document_frequency",
]

K1 = 1.2
"""BM25's k1: how soon repetitions of a term stop adding to the score. The usual value."""

BODY_B = 0.75
"""BM25's b for bodies: how much length counts against a document, from 0 (not at all) to 1. The usual value."""

TITLE_B = 0.3
"""BM25's b for titles; lower, as the length of a title says little about it."""

TITLE_WEIGHT = 0.35
"""Weight of a term in the title, added to that in the body, which holds the title too."""

BOILERPLATE_WEIGHT = 0.1
"""Weight of a term in a menu, caption or footer, beside 1 in the story: it must be found and not decide."""

PROXIMITY_WEIGHT = 0.5
"""Bonus for two neighbors of the query that are neighbors in a body too, in units of the rarer one's inverse document
frequency."""

MAX_PROXIMITY_DISTANCE = 8
"""The largest distance of two terms, in positions, that earns a bonus: about half a sentence."""

MAX_PROXIMITY_PAIRS = 16
"""The number of pairs of neighbors of a query that are looked at, which bounds the work of long queries."""

RESCORED = 200
"""The number of documents, best first, that can get the proximity bonus: more than anybody reads, so that the order of
later pages does not depend on it."""

MAX_EXPANSION = 500
"""The number of terms that a prefix or a misspelled term stands for at most, most frequent first: the rest is rare
enough to change neither totals that people look at nor the time of a search."""


def inverse_document_frequency(documents: int, total: int) -> float:
    """Return BM25's weight of a term that `documents` of `total` have; always positive.

    >>> round(inverse_document_frequency(1, 100), 2), round(inverse_document_frequency(100, 100), 3)
    (4.21, 0.005)
    """
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5))
