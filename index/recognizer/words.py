"""Words of a text with their positions and letter cases, as the recognizer reads them.

The encoder knows no capital letters, so the case of each word is an extra input: one of six, each also as "opens a
sentence", where a capital says little. A line break opens a sentence, so do quotes, brackets and bullets after one.
"""

import re
from dataclasses import dataclass
from typing import Final

__all__ = [
    "CASES",
    "OPENING",
    "SPECIAL_CASE",
    "TITLE",
    "UPPER",
    "Words",
    "case_of",
    "has_capital",
    "has_letters",
    "read_words",
]

_TOKEN = re.compile(r"\n|\w+|[^\w\s]")
_ENDS = frozenset(".!?…")
_TRANSPARENT = frozenset("\"'“”‘’«»„([{)]}*•·-–—▪►#>")
_LOWER, TITLE, UPPER, _MIXED, _DIGITS, _OTHER = range(6)
# Added to the case of a word that opens a sentence.
OPENING: Final = 6
SPECIAL_CASE: Final = 12
CASES: Final = 13


@dataclass(frozen=True, slots=True)
class Words:
    """Words with their characters `[start, end)`; lists of the same length.

    `openings` is true for a word that opens a sentence, `breaks` for the first word of a line.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]
    openings: list[bool]
    breaks: list[bool]

    def __len__(self) -> int:
        return len(self.words)


def case_of(word: str) -> int:
    """Return the letter case of a word, one of six.

    >>> [case_of(word) for word in ("of", "Ankara", "NATO", "McCain", "400", ",", "S")]
    [0, 1, 2, 3, 4, 5, 2]
    """
    if word.islower():
        return _LOWER
    if word.isupper():
        return UPPER
    if word.istitle():
        return TITLE
    if any(map(str.isupper, word)):
        return _MIXED
    return _DIGITS if word.isdigit() else _OTHER


def has_capital(case: int) -> bool:
    """True for the case of a capitalized word, without `OPENING`."""
    return case in (TITLE, UPPER, _MIXED)


def has_letters(case: int) -> bool:
    """True for the case of a word with letters, with or without `OPENING`."""
    return case < SPECIAL_CASE and case % OPENING <= _MIXED


def read_words(text: str) -> Words:
    """Return the words of `text` in order: runs of letters and digits, and single marks.

    >>> read = read_words("It ended in 2019.The S-400")
    >>> read.words
    ['It', 'ended', 'in', '2019', '.', 'The', 'S', '-', '400']
    >>> [word for word, opens in zip(read.words, read.openings) if opens]
    ['It', 'The']
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    openings: list[bool] = []
    breaks: list[bool] = []
    opens = is_broken = True
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word == "\n":
            opens = is_broken = True
            continue
        words.append(word)
        starts.append(match.start())
        ends.append(match.end())
        openings.append(opens)
        breaks.append(is_broken)
        is_broken = False
        if word in _ENDS:
            opens = True
        elif opens and word not in _TRANSPARENT:
            opens = False
    return Words(words, starts, ends, openings, breaks)
