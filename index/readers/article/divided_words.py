r"""Join words that were divided at the ends of lines ("transpor-\ntation"), so that they are found.

Hyphens that belong to a word ("anti-\naircraft") stay where they are: then its parts are found, and a search for
`anti-aircraft` finds them side by side. What a hyphen is, is decided by the words of the same text, then by tables
and a list of English words, then by what is usual in the language.
"""

import re
from collections.abc import Iterator, Set
from functools import cache
from importlib.resources import files

from index.readers.article.hyphened_words import (
    has_many_hyphens,
    has_own_hyphen,
    hyphen_words,
    is_divided_at_syllable,
)

__all__ = ["join_divided_words"]

# "¬" and the soft hyphen stand for nothing but a division.
_DIVIDED = re.compile(
    r"(?<![\w-])(?P<first>[^\W\d_]{2,30}(?:-[^\W\d_]{2,30}){0,2})(?P<hyphen>[-\u2010\u00ad\u00ac])[ \t]*\n[ \t]*"
    r"(?P<second>[^\W\d_]{2,30})(?P<rest>[^\s\w]*)(?P<after>[ \t]*\n|[ \t]+|\Z)"
)
_HAS_DIVIDED = re.compile(r"[-\u2010\u00ad\u00ac][ \t]*\n[ \t]*[^\W\d_]")
_BOTH_PARTS = re.compile(r"[^\W\d_]+[-\u2010\u00ad\u00ac][ \t]*\n[ \t]*[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CERTAIN = "\u00ad\u00ac"
# A word may go on over three lines.
_PASSES = 3
# Shorter pieces are in the list of words, but behind what is no word they are mostly the ends of one ("Azerbai-jan").
_SHORTEST_WORD = 4
# A word of the text before a hyphen says more when it is long: "entre" is in every text, and in "entre-prise".
_SHORTEST_FIRST_WORD = 6
# Where a program divides words, it does so in one line of ten or so.
_LEAST_DIVISIONS = 3
_LEAST_SHARE_OF_LINES = 0.03


def join_divided_words(body: str, language: str | None) -> str:
    r"""Return `body` with divided words joined, each at the end of its first line; nothing else changes.

    >>> join_divided_words("The transpor-\ntation of anti-\naircraft guns", "en")
    'The transportation\nof anti-\naircraft guns'
    """
    for _ in range(_PASSES):
        if _HAS_DIVIDED.search(body) is None:
            break
        joiner = _Joiner(body, language)
        joined = _DIVIDED.sub(joiner.join, body)
        if joined == body:
            break
        body = joined
    return body


class _Joiner:
    """Decides for the divided words of one text."""

    def __init__(self, body: str, language: str | None) -> None:
        undivided = _BOTH_PARTS.sub(" ", body)
        self._words = frozenset(_WORD.findall(undivided.lower()))
        self._language = language
        divisions = sum(1 for _ in _HAS_DIVIDED.finditer(body))
        self._is_divided_often = divisions >= _LEAST_DIVISIONS and divisions >= _LEAST_SHARE_OF_LINES * body.count("\n")

    def join(self, match: re.Match[str]) -> str:
        """Return the text to put in the place of a match."""
        first, second = match["first"], match["second"]
        if match["hyphen"] not in _CERTAIN and not self._is_one_word(first, second):
            return match[0]
        after = "\n" if match["after"] else ""
        return f"{first}{second}{match['rest']}{after}"

    def _is_one_word(self, first: str, second: str) -> bool:
        is_small = second.islower()
        if not is_small and not (first.isupper() and second.isupper()):
            return False
        first, second = first.lower(), second.lower()
        joined = first + second
        if joined in self._words:
            return True
        is_tied = second in hyphen_words(self._language, "list") or has_own_hyphen(first, second, self._language)
        if f"{first}-{second}" in self._words or is_tied:
            return False
        english = _english_words()
        if joined in english:
            return True
        if self._language in (None, "en"):
            tail = first.rpartition("-")[2]
            is_word = second in english and (len(second) >= _SHORTEST_WORD or tail in english)
            return not is_word or second in hyphen_words("en", "ending")
        if not has_many_hyphens(self._language) or self._is_divided_often:
            return True
        # In capitals nothing tells "PARIS-MARSEILLE" from a word.
        return is_small and not self._are_words(first, second) and self._may_be_divided(first, second)

    def _are_words(self, first: str, second: str) -> bool:
        """Return whether one of the parts is a word elsewhere in the text, so that both may be words."""
        if second in hyphen_words(self._language, "ending"):
            return False
        return (len(second) >= _SHORTEST_WORD and second in self._words) or (
            len(first) >= _SHORTEST_FIRST_WORD and len(second) >= _SHORTEST_WORD and first in self._words
        )

    def _may_be_divided(self, first: str, second: str) -> bool:
        return "-" not in first and is_divided_at_syllable(first, second, self._language)


@cache
def _english_words() -> Set[str]:
    """Return common English words, those of the recognizer that ships with the program: one list is enough."""
    return frozenset(_lines("index.recognizer", "model/vocabulary.txt"))


def _lines(package: str, name: str) -> Iterator[str]:
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return (line for line in text.split("\n") if line.isalpha())
