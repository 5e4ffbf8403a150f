"""Judge whether a decoded text reads as text of some language, by its letters beyond a-z."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from index.readers.tables import parse_table

__all__ = ["plausibility"]

_LEAST = 0.01
_WEIGHT_OF_OLDER = 0.8
_SHARE_WITH_CONTROLS = 0.5
_MARK = "\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u0e31-\u0e4e\u200c"
_LETTER = re.compile(rf"[^\W\d_]|[{_MARK}]")
# C1 controls, private characters, box drawing and what could not be decoded.
_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")
_STRANGE = re.compile("[\x80-\x84\x86-\x9f\ue000-\uf8ff\u2500-\u259f\ufffd]")
# A sign inside a word: "caf§s". Apostrophes, dashes, quotation marks and points stand there rightly.
_SIGN_IN_WORD = re.compile(
    rf"(?<=[^\W\d_])(?![’‘–—·«»“”„…‐‑´\u00a0\u00ad\u200b-\u200f\u3000-\u303f\uff00-\uffef{_MARK}])"
    r"[^\w\s\x00-\x7f](?=[^\W\d_])"
)
_TWO_LETTERS = re.compile(r"(?=([^\W\d_]{2}))(?:[^\x00-\x7f]|.[^\x00-\x7f])")
# Latin letters beside those of an alphabet that is written without them.
_MIXED = re.compile("[A-Za-z](?=[\u0370-\u06ff])|[\u0370-\u06ff](?=[A-Za-z])")


def plausibility(text: str) -> float:
    """Return how well a text reads as text of one language, from 0 to 1: 1 for text in ASCII.

    It is the share of the letters beyond a-z that the best language has in its alphabet, less one for each place where
    such a character cannot stand: a sign or a capital inside a word, letters of two scripts side by side.

    >>> plausibility("İzmir limanında çalışan"), plausibility("Ýzmir limanýnda çalýþan") < 0.9
    (1.0, True)
    """
    characters = Counter(character for character in text if character > "\x7f")
    if not characters:
        return 1.0
    letters = {character: count for character, count in characters.items() if _LETTER.match(character)}
    known = _best_share(letters)
    out_of_place = (
        sum(count for character, count in characters.items() if _STRANGE.match(character))
        + len(_SIGN_IN_WORD.findall(text))
        + sum(pair[0].islower() and pair[1].isupper() for pair in _TWO_LETTERS.findall(text))
        + len(_MIXED.findall(text))
    )
    share: float = known - out_of_place / sum(characters.values())
    if _CONTROL.search(text) is not None:
        share *= _SHARE_WITH_CONTROLS
    return max(_LEAST, share)


def _best_share(letters: Mapping[str, int]) -> float:
    """Return the share of letters that the language with most of them has."""
    total = sum(letters.values())
    if not total:
        return 1.0
    known: dict[str, float] = {}
    for letter, count in letters.items():
        for language, weight in _languages_with(letter):
            known[language] = known.get(language, 0) + count * weight
    return max(known.values(), default=0) / total


@cache
def _languages_with(letter: str) -> Sequence[tuple[str, float]]:
    """Return the languages that are written with a letter, small or capital, and how much that counts."""
    small = letter.lower() if len(letter.lower()) == 1 else letter
    return tuple(
        (language, weight)
        for language, letters, weight in _alphabets()
        if letters.match(letter) or letters.match(small)
    )


@cache
def _alphabets() -> Sequence[tuple[str, re.Pattern[str], float]]:
    rows = parse_table("index.readers.encodings", "alphabets")
    today = [(row["language"], re.compile(f"[{row['letters']}]"), 1.0) for row in rows]
    older = [(row["language"], re.compile(f"[{row['older']}]"), _WEIGHT_OF_OLDER) for row in rows if row["older"]]
    return (*today, *older)
