"""Compare the words of titles and names, whatever their case, punctuation and spacing."""

import html
import re
import unicodedata
from functools import lru_cache

__all__ = ["clean", "common_words", "fold", "share_of_words", "squeeze"]

_NOT_WORD = re.compile(r"[\W_]+")
_LONGEST = 1000


def clean(text: str) -> str:
    """Return a title on one line; entities that were escaped twice become characters.

    >>> clean("Storm &#8220;Ada&#8221;  passes")
    'Storm “Ada” passes'
    """
    text = text[:_LONGEST]
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.replace("\u200b", "").split())


@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """Return the words of a text in lower case, with single spaces.

    >>> fold("Harbour board: “backs” plan!")
    'harbour board backs plan'
    """
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold().replace("’", "'").replace("'", "")
    # Marks of vowels are no word characters, but part of words.
    kept = "".join(
        letter if letter.isalnum() or unicodedata.combining(letter) or _is_sign(letter) else " " for letter in plain
    )
    return " ".join(kept.split())


def squeeze(text: str) -> str:
    """Return the letters and digits of a text alone.

    >>> squeeze("The Harbour-Gazette")
    'theharbourgazette'
    """
    return fold(text).replace(" ", "")


def share_of_words(one: str, other: str) -> float:
    """Return the share of the words of the shorter text that the other has too; pairs of letters for Chinese and alike.

    >>> share_of_words("Board backs plan", "Harbour board backs the plan")
    1.0
    """
    first, second = _words(one), _words(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def common_words(one: str, other: str) -> float:
    """Return the share of the words of the longer text that the other has too.

    >>> common_words("Board backs plan", "Harbour board backs plan")
    0.75
    """
    first, second = _words(one), _words(other)
    return len(first & second) / max(len(first), len(second)) if first and second else 0.0


def _words(text: str) -> frozenset[str]:
    folded = fold(text)
    words = folded.split()
    if len(words) > 3 or folded.isascii():
        return frozenset(words)
    letters = folded.replace(" ", "")
    return frozenset(letters[place : place + 2] for place in range(len(letters) - 1)) or frozenset(words)


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter) in {"Mc", "Mn"}
