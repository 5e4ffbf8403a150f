r"""Join words that were divided at the ends of lines ("transpor-\ntation"), so that they are found.

Hyphens that belong to a word ("anti-\naircraft") stay where they are: then its parts are found, and a search for
`anti-aircraft` finds them side by side. What a hyphen is, is decided by the words of the same text, then by a list of
English words, then by what is usual in the language.
"""

import re
from collections.abc import Iterator, Set
from functools import cache
from importlib.resources import files

from index.readers.article.tables import read_table

__all__ = ["join_divided_words"]

# "¬" and the soft hyphen stand for nothing but a division.
_DIVIDED = re.compile(
    r"(?<![\w-])(?P<first>[^\W\d_]{2,30}(?:-[^\W\d_]{2,30}){0,2})(?P<hyphen>[-\u2010\u00ad\u00ac])[ \t]*\n[ \t]*"
    r"(?P<second>[^\W\d_]{2,30})(?P<rest>[^\s\w]*)(?P<after>[ \t]*\n|[ \t]+|\Z)"
)
_HAS_DIVIDED = re.compile(r"[-\u2010\u00ad\u00ac][ \t]*\n[ \t]*[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CERTAIN = "\u00ad\u00ac"
# A word may go on over three lines.
_PASSES = 3
# Shorter pieces are in the list of words, but behind what is no word they are mostly the ends of one ("Azerbai-jan").
_SHORTEST_WORD = 4
# Languages whose words have hyphens so often that one at the end of a line says little.
_FULL_OF_HYPHENS = frozenset(("fr", "pt", "ro", "ca", "ru", "uk", "be", "bg"))
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
        undivided = _HAS_DIVIDED.sub(" ", body)
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
        if f"{first}-{second}" in self._words or second in _words_behind_hyphens(self._language):
            return False
        english = _english_words()
        if joined in english:
            return True
        if self._language in (None, "en"):
            tail = first.rpartition("-")[2]
            is_word = second in english and (len(second) >= _SHORTEST_WORD or tail in english)
            return not is_word or second in _endings()
        return self._language not in _FULL_OF_HYPHENS or self._is_divided_often


@cache
def _words_behind_hyphens(language: str | None) -> Set[str]:
    return frozenset(
        word
        for row in read_table("hyphens")
        if row["use"] != "ending" and language in (None, row["language"])
        for word in row["words"].split("|")
    )


@cache
def _endings() -> Set[str]:
    """Return ends of English words that are words, or names, themselves."""
    rows = read_table("hyphens")
    return frozenset(word for row in rows if row["use"] == "ending" for word in row["words"].split("|"))


@cache
def _english_words() -> Set[str]:
    """Return common English words, those of the recognizer that ships with the program: one list is enough."""
    return frozenset(_lines("index.recognizer", "model/vocabulary.txt"))


def _lines(package: str, name: str) -> Iterator[str]:
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return (line for line in text.split("\n") if line.isalpha())
