"""Keys under which folded names are kept, so that completion and "did you mean" are a few probes of an index.

Writing and reading must agree on them; nothing here knows SQL.
"""

from collections.abc import Iterator
from itertools import pairwise

__all__ = ["MAX_EDITS", "is_misspelled", "name_parts", "name_starts", "part_probes", "prefix_end"]

MAX_EDITS = 2
# With MAX_EDITS edits, at least one of MAX_EDITS + 1 parts of a name is untouched; but a swap across the border of two
# parts touches both, so that such a swap and an edit in the third part together are missed.
_PARTS = MAX_EDITS + 1
_LONGEST = 80
_SHORT = 4


def name_starts(folded: str) -> tuple[str, ...]:
    """The ends of a folded name that begin at one of its words after the first: what else a completion may begin with.

    >>> name_starts("recep tayyip erdogan")
    ('tayyip erdogan', 'erdogan')
    """
    words = folded[:_LONGEST].split()
    return tuple(dict.fromkeys(" ".join(words[position:]) for position in range(1, len(words))))


def prefix_end(prefix: str) -> str:
    """The text that sorts after every folded text beginning with `prefix`."""
    return prefix + "\U0010ffff"


def is_misspelled(distance: int, one: str, other: str) -> bool:
    """Return whether one of two folded names so many edits apart may be the other: two edits make a short one another.

    >>> is_misspelled(2, "price", "prc"), is_misspelled(1, "irak", "iraq"), is_misspelled(2, "erdogn", "erdoan")
    (False, True, True)
    """
    return distance <= (MAX_EDITS if min(len(one), len(other)) > _SHORT else 1)


def name_parts(folded: str) -> tuple[str, ...]:
    """The keys of a folded name: its length, and each third of it with its number.

    None for names under three characters: everything is two edits away from them.

    >>> name_parts("ankara")
    ('6.0.an', '6.1.ka', '6.2.ra')
    """
    length = len(folded)
    if not _PARTS <= length <= _LONGEST:
        return ()
    return tuple(f"{length}.{number}.{folded[start:end]}" for number, (start, end) in enumerate(_bounds(length)))


def part_probes(folded: str) -> tuple[str, ...]:
    """The keys of which every name of three or more characters, at most two edits away without swaps, has at least one.

    >>> sorted(set(name_parts("ankara")) & set(part_probes("anqara")))
    ['6.0.an', '6.2.ra']
    """
    return tuple(dict.fromkeys(_probes(folded)))


def _probes(folded: str) -> Iterator[str]:
    for length in range(max(_PARTS, len(folded) - MAX_EDITS), min(_LONGEST, len(folded) + MAX_EDITS) + 1):
        for number, (start, end) in enumerate(_bounds(length)):
            size = end - start
            last = min(start + MAX_EDITS, len(folded) - size)
            for position in range(max(0, start - MAX_EDITS), last + 1):
                yield f"{length}.{number}.{folded[position : position + size]}"


def _bounds(length: int) -> tuple[tuple[int, int], ...]:
    cuts = [length * number // _PARTS for number in range(_PARTS + 1)]
    return tuple(pairwise(cuts))
