"""Edit distance of words and names: the one definition for misspelled words, suggestions and similar names.

Optimal string alignment: the Damerau-Levenshtein distance in which no part of a text is edited twice. Inserting,
deleting and replacing a character, and swapping two neighbors, are one edit each.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

__all__ = ["edit_distance", "edit_distances"]

# So few are compared one by one, as importing what compares many takes 30 ms more.
_FEW = 256


def edit_distance(left: str, right: str, *, limit: int) -> int:
    """Return the number of edits between two texts, or `limit + 1` when there are more than `limit`.

    >>> edit_distance("patriot", "patroit", limit=2), edit_distance("abc", "xyz", limit=2)
    (1, 3)
    """
    return _scorer()(left, right, score_cutoff=limit)


def edit_distances(text: str, others: Sequence[str], *, limit: int) -> "np.ndarray[Any, np.dtype[np.uint8]]":
    """Return `edit_distance` from a text to each of several others. `limit` is less than 255.

    >>> edit_distances("tank", ["tank", "tanks", "atnk", "bank", ""], limit=2).tolist()
    [0, 1, 1, 1, 3]
    """
    # See `_scorer`; and the catalog, which needs one distance at a time, is opened without NumPy.
    import numpy as np

    if len(others) <= _FEW:
        return np.array([edit_distance(text, other, limit=limit) for other in others], dtype=np.uint8)
    from rapidfuzz import process

    distances: np.ndarray[Any, np.dtype[np.uint8]] = process.cdist(
        [text], others, scorer=_scorer(), score_cutoff=limit, dtype=np.uint8
    )[0]
    return distances


@cache
def _scorer() -> Callable[..., int]:
    # Importing rapidfuzz takes 20 to 50 ms, which most searches must not pay: they have no misspelled word.
    from rapidfuzz.distance import OSA

    return OSA.distance
