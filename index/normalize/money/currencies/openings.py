"""Places in a text where a currency may begin, by the rows of letters with which the forms of currencies begin."""

import re
from collections.abc import Iterable, Mapping

__all__ = ["LETTERS", "Openings", "is_unspaced"]

LETTERS = re.compile(r"[^\W\d_]+")
"""A row of letters: of "US$5" the US, of "d-mark" the d."""

# Scripts without blanks between words (Thai, Japanese, Chinese, Korean): a currency has no borders there.
_UNSPACED = (("\u0e00", "\u0e7f"), ("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))


class Openings:
    """The beginnings of forms. Most words begin none, and are sorted out by two look-ups.

    `exact` and `folded` have the forms by their first row of letters, as they are written or in small letters. `marks`
    are the first characters of the other forms.
    """

    def __init__(
        self, exact: Mapping[str, Iterable[str]], folded: Mapping[str, Iterable[str]], marks: Iterable[str]
    ) -> None:
        self._exact = {run: _endings(run, forms) for run, forms in exact.items()}
        self._folded = {run: _endings(run, forms) for run, forms in folded.items()}
        self._openers = frozenset(self._exact)
        self._folded_openers = frozenset(self._folded)
        characters = "".join(map(re.escape, sorted(marks)))
        self._mark = re.compile(f"[{characters}]" if characters else "(?!)")

    def find(self, text: str) -> list[int]:
        """Return the positions where a currency may begin, in order."""
        starts = [mark.start() for mark in self._mark.finditer(text)]
        distinct = set(LETTERS.findall(text))
        for word in self._openers.intersection(distinct):
            starts += _occurrences(text, word, self._exact[word])
        if lowers := self._folded_openers.intersection(map(str.lower, distinct)):
            for word in distinct:
                if (lower := word.lower()) in lowers:
                    starts += _occurrences(text, word, self._folded[lower])
        return sorted(set(starts))


def is_unspaced(form: str) -> bool:
    """True for a text that begins in a script without blanks between words."""
    return form[0] > "\u0dff" and any(first <= form[0] <= last for first, last in _UNSPACED)


def _occurrences(text: str, word: str, endings: frozenset[str]) -> list[int]:
    """Return where a row of letters stands that is no part of a longer one, with one of the endings behind it."""
    starts = []
    for ending in endings:
        opening = word + ending
        start = text.find(opening)
        while start >= 0:
            after = ending or text[start + len(word) : start + len(word) + 1]
            if not _is_letter(text[start - 1 : start]) and not _is_letter(after):
                starts.append(start)
            start = text.find(opening, start + 1)
    return starts


def _endings(run: str, forms: Iterable[str]) -> frozenset[str]:
    """Return what follows a row of letters in its forms, one character each; only "" where anything may follow."""
    endings = frozenset(form[len(run) : len(run) + 1].strip() for form in forms)
    return frozenset({""}) if "" in endings else endings


def _is_letter(character: str) -> bool:
    return character.isalnum() and not character.isdecimal()
