"""Lines of a text with their positions, in which titles, boilerplate and header lines are looked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.model import Span
from index.normalize.sentence_ends import CLOSERS, ends_sentence
from index.normalize.wrapping import are_full, has_small_letters
from index.readers.article.invisible import is_shown

__all__ = ["Line", "continues", "is_prose", "is_wrapped", "read_layout"]

_WORTH = re.compile(r"\S(?:.*\S)?")
_SHORTEST_PROSE = 60
# Of a text with more characters, so many at each end are looked at.
_LONGEST_WHOLE = 1_000_000
_LENGTH_OF_END = 250_000
_LONG_LINE = 120
_WRAP_COLUMN = 90
# A headline and the two lines below it may be equally long.
_FEWEST_FULL = 3
_LEAST_SHARE_GOING_ON = 0.2


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without surrounding whitespace.

    `after_blank`: it is the first line or follows a blank one.
    """

    start: int
    end: int
    text: str
    after_blank: bool

    @property
    def span(self) -> Span:
        """The position of the line in the body."""
        return Span(self.start, self.end)


def read_layout(body: str) -> Sequence[Line]:
    """Return the lines of `body` that show something, in order; of a very long text only the first and the last ones.

    What is looked for in lines stands there, but for a few captions, and millions of lines would fill the memory.
    """
    if len(body) <= _LONGEST_WHOLE:
        return _read_lines(body, 0, len(body))
    head, tail = body.find("\n", _LENGTH_OF_END), body.rfind("\n", 0, len(body) - _LENGTH_OF_END)
    if not 0 <= head < tail:
        return _read_lines(body, 0, len(body))
    return [*_read_lines(body, 0, head), *_read_lines(body, tail + 1, len(body))]


def _read_lines(body: str, start: int, end: int) -> list[Line]:
    lines: list[Line] = []
    position, after_blank = start, True
    for text in body[start:end].split("\n"):
        match = _WORTH.search(text)
        if match is None or not is_shown(match[0]):
            after_blank = True
        else:
            lines.append(Line(position + match.start(), position + match.end(), match[0], after_blank))
            after_blank = False
        position += len(text) + 1
    return lines


def is_prose(text: str) -> bool:
    """True for a line that reads as running text: long, or a sentence of some length.

    >>> is_prose("Friday, January 4, 2019")
    False
    """
    return len(text) >= _LONG_LINE or (len(text) >= _SHORTEST_PROSE and ends_sentence(text))


def continues(line: Line, following: Line) -> bool:
    """True when a wrapped paragraph goes on in the next line."""
    breaks_off = ends_sentence(line.text) or line.text.rstrip(CLOSERS).endswith(":")
    if following.after_blank or len(line.text) > _WRAP_COLUMN or breaks_off:
        return False
    return following.text[0].islower() or following.text[0].isdigit()


def is_wrapped(lines: Sequence[Line]) -> bool:
    """True for a text whose paragraphs are wrapped into short lines, as in mail and old wire copy."""
    going_on = sum(continues(line, following) for line, following in pairwise(lines))
    if going_on >= 2 and going_on >= len(lines) * _LEAST_SHARE_GOING_ON:
        return True
    pairs = [(line.text, following.text) for line, following in pairwise(lines) if not following.after_blank]
    return len(pairs) >= _FEWEST_FULL and not has_small_letters("".join(line for line, _ in pairs)) and are_full(pairs)
