"""Split words into pieces: the longest entries of the encoder's vocabulary that spell the word (WordPiece).

Source of the method: Wu et al., "Google's Neural Machine Translation System" (2016), as the BERT encoders use it on
lower-case text without accents.
"""

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from index.recognizer.words import SPECIAL_CASE, case_of

__all__ = ["Pieces", "read_vocabulary"]

_MAX_PIECES: Final = 6
_MAX_LETTERS: Final = 100
_MAX_CACHED: Final = 200_000


def read_vocabulary(path: Path) -> list[str]:
    """Read a vocabulary file, one piece a line; the number of a piece is that of its line."""
    return path.read_text(encoding="utf-8").splitlines()


class Pieces:
    """Map words to numbers of pieces. Results are cached, as news repeats its words."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._numbers["[UNK]"]
        self.start = self._numbers["[CLS]"]
        self.stop = self._numbers["[SEP]"]
        self.padding = self._numbers["[PAD]"]
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}

    def read(self, word: str) -> tuple[tuple[int, ...], int]:
        """Return the pieces of a word, at most six, and its letter case."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _MAX_CACHED:
                self._known.clear()
            known = self._known[word] = (self._split(_plain(word))[:_MAX_PIECES], case_of(word))
        return known

    def _split(self, word: str) -> tuple[int, ...]:
        numbers = self._numbers
        if len(word) > _MAX_LETTERS:
            return (self._unknown,)
        found: list[int] = []
        start, count = 0, len(word)
        while start < count:
            for end in range(count, start, -1):
                piece = word[start:end] if start == 0 else "##" + word[start:end]
                number = numbers.get(piece)
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return (self._unknown,)
        return tuple(found) or (self._unknown,)

    def special(self, number: int) -> tuple[int, int]:
        """Return the piece that begins or ends a window, with the case that marks it."""
        return number, SPECIAL_CASE


def _plain(word: str) -> str:
    """Return a word in lower case and without accents."""
    word = word.lower()
    if word.isascii():
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if unicodedata.category(letter) != "Mn")
