"""The lines of a text and where they stand: what titles, page furniture and header lines are looked for in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.model import Span
from index.normalize.sentence_ends import CLOSERS, ends_sentence

__all__ = ["Line", "continues", "is_prose", "is_wrapped", "read_layout"]

_WORTH = re.compile(r"\S(?:.*\S)?")
_SHORTEST_PROSE = 60
_LONG_LINE = 120
_WRAP_COLUMN = 90
_LEAST_SHARE_GOING_ON = 0.2


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the white space around it. `after_blank`: a blank line or nothing precedes."""

    start: int
    end: int
    text: str
    after_blank: bool

    @property
    def span(self) -> Span:
        """Where the line stands in the body."""
        return Span(self.start, self.end)


def read_layout(body: str) -> Sequence[Line]:
    """The lines of `body` in order, blank ones left out."""
    lines: list[Line] = []
    position, after_blank = 0, True
    for text in body.split("\n"):
        match = _WORTH.search(text)
        if match is None:
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
    """True when a paragraph that is broken at a column goes on in the next line."""
    breaks_off = ends_sentence(line.text) or line.text.rstrip(CLOSERS).endswith(":")
    if following.after_blank or len(line.text) > _WRAP_COLUMN or breaks_off:
        return False
    return following.text[0].islower() or following.text[0].isdigit()


def is_wrapped(lines: Sequence[Line]) -> bool:
    """True for a text with its paragraphs broken into short lines, as in mail and old wire copy."""
    going_on = sum(continues(line, following) for line, following in pairwise(lines))
    return going_on >= 2 and going_on >= len(lines) * _LEAST_SHARE_GOING_ON
