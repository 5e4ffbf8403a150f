"""Cuts a long text into windows that are searched for names one after another, in bounded memory.

A text of ordinary size is one window. In a longer one, tables of numbers and encoded data (base64) are left out: they
hold no names. What remains is cut, if it is very long, between paragraphs where it can be.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from index.normalize.sentence_ends import CLOSERS, STOPS

__all__ = ["Window", "make_windows", "passages_with_words"]

# A text with fewer characters is searched whole, whatever it holds; the longest articles of the press have a tenth.
_ORDINARY: Final = 100_000
# Words of a text with fewer characters are read together, so that a full name tells about a surname anywhere: a novel.
_WHOLE: Final = 1_000_000
# Otherwise the characters of a window: some 30 MB of memory while it is read.
_WINDOW: Final = 250_000
# Lines of numbers are a table, or encoded data, from this many characters on.
_LEAST_DATA: Final = 2_000
# A line longer than this is judged piece by piece.
_LONGEST_LINE: Final = 2_000
# A cut is looked for among so many characters before the end of a window.
_SEARCHED: Final = 50_000
_LEAST_LETTERS: Final = 0.3
_BETWEEN: Final = "\n\n"

_CAPITALIZED = re.compile(r"(?<!\w)(?=[^\W\d_]{2})(?![a-zß-öø-ÿ])")
_ENCODED = re.compile(r"\s*[!-~]{40,}\s*")
_SENTENCE_END = re.compile(rf"[{STOPS}][{re.escape(CLOSERS)}]*\s")

_Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """Passages of a body that are read as one text: `parts` are ranges of characters `[start, end)`, in order."""

    parts: tuple[_Range, ...]

    def text(self, body: str) -> str:
        """Return the passages, with a blank line between two."""
        return _BETWEEN.join(body[start:end] for start, end in self.parts)

    def starts(self) -> list[int]:
        """Return where each passage begins in the text."""
        lengths = (end - start + len(_BETWEEN) for start, end in self.parts)
        return list(accumulate(lengths, initial=0))[:-1]

    def to_body(self, start: int, end: int, *, starts: Sequence[int]) -> _Range | None:
        """Return the place in the body of a range of the text; None when it is not within one passage.

        >>> window = Window(((0, 10), (100, 150)))
        >>> window.to_body(14, 20, starts=window.starts()), window.to_body(8, 14, starts=window.starts())
        ((102, 108), None)
        """
        number = bisect_right(starts, start) - 1
        first, last = self.parts[number]
        shift = first - starts[number]
        return (start + shift, end + shift) if end + shift <= last else None


def make_windows(body: str) -> tuple[Window, ...]:
    """Return the windows of a text, in order; none when nothing in it can hold a name.

    >>> make_windows("Talks in Ankara.")
    (Window(parts=((0, 16),)),)
    """
    if len(body) < _ORDINARY:
        return (Window(((0, len(body)),)),)
    passages = passages_with_words(body)
    if sum(end - start for start, end in passages) < _WHOLE:
        return (Window(tuple(passages)),) if passages else ()
    return tuple(_cut(body, passages))


def passages_with_words(body: str) -> list[_Range]:
    """Return the ranges of a text that are not long tables of numbers and not encoded data."""
    passages: list[_Range] = []
    start = 0
    for first, last in _runs_of_data(body):
        if first > start:
            passages.append((start, first))
        start = last
    if start < len(body):
        passages.append((start, len(body)))
    return passages


def _runs_of_data(body: str) -> Iterator[_Range]:
    """Yield the ranges of neighboring lines of data that are long enough, with the blank lines between them."""
    first = last = -1
    for start, end in _lines(body):
        line = body[start:end]
        if line.isspace():
            continue
        if _is_data(line):
            first = start if first < 0 else first
            last = end
            continue
        if first >= 0 and last - first >= _LEAST_DATA:
            yield first, last
        first = -1
    if first >= 0 and last - first >= _LEAST_DATA:
        yield first, last


def _lines(body: str) -> Iterator[_Range]:
    """Yield the lines of a text with their ends; one that is too long in pieces, cut at blanks where it has any."""
    start, length = 0, len(body)
    while start < length:
        limit = start + _LONGEST_LINE
        end = body.find("\n", start, limit) + 1
        if not end and limit < length:
            end = body.rfind(" ", start + _LONGEST_LINE // 2, limit) + 1 or limit
        yield start, end or length
        start = end or length


def _is_data(line: str) -> bool:
    """True for a line of numbers without a capitalized word, and for one long run of characters without a blank.

    >>> _is_data("12.50  13.75  n/a  -4"), _is_data("Ankara 12.50 13.75")
    (True, False)
    >>> _is_data("VGhlIG1pbmlzdGVyIHNhaWQgb24gTW9uZGF5IHRoYXQgaGU="), _is_data("she said in 2019")
    (True, False)
    """
    if _ENCODED.fullmatch(line):
        return True
    letters = sum(map(str.isalpha, line))
    return letters < _LEAST_LETTERS * len(line.replace(" ", "").strip()) and _CAPITALIZED.search(line) is None


def _cut(body: str, passages: Sequence[_Range]) -> Iterator[Window]:
    """Yield windows of about equal length over the passages."""
    parts: list[_Range] = []
    room = _WINDOW
    for start, end in passages:
        while end - start > room:
            cut = _place_to_cut(body, start, start + room)
            parts.append((start, cut))
            yield Window(tuple(parts))
            parts, room, start = [], _WINDOW, cut
        parts.append((start, end))
        room -= end - start
    if parts:
        yield Window(tuple(parts))


def _place_to_cut(body: str, start: int, limit: int) -> int:
    """Return the last good place before `limit`: after a blank line, a sentence at the end of a line, a line, a blank.

    Paragraphs and sentences count if they end within the last fifth or so; anything else may tear a name.
    """
    first = max(start + 1, limit - _SEARCHED)
    paragraph = body.rfind("\n\n", first, limit)
    if paragraph >= 0:
        return paragraph + 2
    sentence = 0
    for match in _SENTENCE_END.finditer(body, first, limit):
        sentence = match.end()
    if sentence:
        return sentence
    for border in ("\n", " "):
        place = body.rfind(border, first, limit)
        if place >= 0:
            return place + 1
    return limit
