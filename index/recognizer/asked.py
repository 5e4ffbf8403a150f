"""Which words may be part of a name: the network is asked about these alone, and reads the others only in part."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from index.recognizer.words import TITLE, Words, has_capital

__all__ = ["asked_words", "has_lost_case"]

# How many words before one that a name may begin with may belong to it ("van der Brunt"), and how many after it, as a
# hyphen is a word, too; a gap within a name has both.
_WORDS_BEFORE: Final = 2
_WORDS_AFTER: Final = 2
# A text in which fewer than one word in so many has a capital letter has lost them.
_CASELESS: Final = 33
_COMMENT: Final = "#"


def _read_openers(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith(_COMMENT) for word in line.split())


_OPENERS: Final = _read_openers(Path(__file__).with_name("openers.txt"))


def asked_words(words: Words, cases: Sequence[int]) -> list[bool]:
    """For each word, of the given case, whether it may be part of a name.

    Such words are at most two words from one with a capital letter that is not just that of the sentence.
    In a text almost without capitals all words are asked about.

    >>> from index.recognizer.words import case_of, read_words
    >>> read = read_words("The jets that it sold to Ankara were never used.")
    >>> asked = asked_words(read, [case_of(word) for word in read.words])
    >>> [word for word, is_asked in zip(read.words, asked) if is_asked]
    ['sold', 'to', 'Ankara', 'were', 'never']
    """
    if has_lost_case(sum(map(has_capital, cases)), len(cases)):
        return [True] * len(cases)
    marked = np.array([*map(_may_begin_name, words.words, cases, words.openings)], dtype=bool)
    near = marked.copy()
    for distance in range(1, _WORDS_BEFORE + 1):
        near[:-distance] |= marked[distance:]
    for distance in range(1, _WORDS_AFTER + 1):
        near[distance:] |= marked[:-distance]
    asked: list[bool] = near.tolist()
    return asked


def has_lost_case(capitals: int, words: int) -> bool:
    """Whether a text has so few words with a capital letter that these do not tell names from other words."""
    return capitals * _CASELESS < words


def _may_begin_name(word: str, case: int, opens: bool) -> bool:
    if case == TITLE:
        return not (opens and word.lower() in _OPENERS)
    return has_capital(case)
