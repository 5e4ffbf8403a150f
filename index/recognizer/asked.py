"""Select the words that may be part of a name: the network labels only these."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.recognizer.words import TITLE, Words, has_capital

__all__ = ["asked_words", "has_lost_case"]

# Marks that no name has between a capital and a lower-case word; between two capitals some do ("Brunt, Jr.").
_BORDERS: Final = frozenset(",;:()[]")
_STOPS: Final = frozenset(".!?")
# A shorter word before a full stop may be an abbreviation.
_MIN_LAST_WORD: Final = 4
# A text with a smaller share of capitalized words than one in this many has lost its letter case.
_CASELESS: Final = 33
_COMMENT: Final = "#"

_Flags = NDArray[np.bool_]


@cache
def _openers() -> frozenset[str]:
    """The words that often open a sentence, in small letters: a capital letter says little about them there."""
    lines = Path(__file__).with_name("openers.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith(_COMMENT) for word in line.split())


def asked_words(words: Words, cases: Sequence[int]) -> list[bool]:
    """Return for each word, of the given case, whether it may be part of a name.

    These are the words within two words of a capitalized one (other than the first word of a sentence), without a comma
    or the end of a sentence in between. In a text almost without capitals they are all words.

    >>> from index.recognizer.words import case_of, read_words
    >>> read = read_words("The jets that it sold to Ankara were never used.")
    >>> asked = asked_words(read, [case_of(word) for word in read.words])
    >>> [word for word, is_asked in zip(read.words, asked) if is_asked]
    ['sold', 'to', 'Ankara', 'were', 'never']
    """
    if has_lost_case(sum(map(has_capital, cases)), len(cases)):
        return [True] * len(cases)
    marks = map(_may_begin_name, words.words, cases, words.openings, repeat(_openers()))
    marked = np.array([*marks], dtype=bool)
    borders = np.array([*_are_borders(words.words)], dtype=bool)
    near = marked | _reached(marked, borders) | _reached(marked[::-1], borders[::-1])[::-1]
    asked: list[bool] = near.tolist()
    return asked


def _reached(marked: _Flags, borders: _Flags) -> _Flags:
    """Return True for each word right after a marked one, or one further when neither of the two is a border.

    Names can begin two words before a capital ("van der Brunt") and end two words after it (joined by a hyphen).
    """
    first = _shifted(marked)
    return first | (_shifted(first & ~borders) & ~borders)


def _shifted(flags: _Flags) -> _Flags:
    return np.concatenate(([False], flags))[:-1]


def _are_borders(words: Sequence[str]) -> Iterator[bool]:
    before = ""
    for word in words:
        ends_sentence = word in _STOPS and before.islower() and len(before) >= _MIN_LAST_WORD
        yield ends_sentence or word in _BORDERS
        before = word


def has_lost_case(capitals: int, words: int) -> bool:
    """True when so few words of a text are capitalized that capitals do not tell names from other words."""
    return capitals * _CASELESS < words


def _may_begin_name(word: str, case: int, opens: bool, openers: frozenset[str]) -> bool:
    if case == TITLE:
        return not (opens and word.lower() in openers)
    return has_capital(case)
