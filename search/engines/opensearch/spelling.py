"""Patterns of the server's regular expressions for words within some edits of another."""

from functools import lru_cache

__all__ = ["beginning_with", "within"]

_PLAIN = frozenset("_-'’")


def beginning_with(prefix: str) -> str:
    """Return the pattern of all words that begin with a prefix.

    >>> beginning_with("s4")
    's4(.*)'
    """
    # Without brackets, version 2.19 fails for a prefix that comes after all words.
    return f"{_escaped(prefix)}(.*)"


def within(word: str, distance: int) -> str:
    """Return the pattern of the words at most `distance` edits from a word; a swap of neighbors is one edit.

    >>> within("a", 1)
    '(.?|a.|.a)'
    """
    return _near(word, distance)


@lru_cache(maxsize=10_000)
def _near(word: str, distance: int) -> str:
    """Cut the word in two halves: the edits are in the one, in the other, or swap the letters at the cut."""
    if not distance:
        return _escaped(word)
    if len(word) <= 1:
        return _near_letter(word, distance)
    left, right = word[: len(word) // 2], word[len(word) // 2 :]
    found = [_near(left, edits) + _near(right, distance - edits) for edits in range(distance + 1)]
    if left[-1] != right[0]:
        swapped = _escaped(right[0] + left[-1])
        found += [
            _near(left[:-1], edits) + swapped + _near(right[1:], distance - 1 - edits) for edits in range(distance)
        ]
    return f"({'|'.join(found)})"


def _near_letter(letter: str, distance: int) -> str:
    """Return the pattern of words near a single letter or none: short ones, and those that have it somewhere."""
    if not letter:
        return ".?" if distance == 1 else f".{{0,{distance}}}"
    longer = ["." * before + _escaped(letter) + "." * (distance - before) for before in range(distance, -1, -1)]
    return f"({'|'.join([_near_letter('', distance), *reversed(longer)])})"


def _escaped(text: str) -> str:
    return "".join(letter if letter.isalnum() or letter in _PLAIN else f"\\{letter}" for letter in text)
