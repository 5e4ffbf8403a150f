"""The lines of a text and where they stand: what titles, page furniture and header lines are looked for in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.model import Span

__all__ = ["Line", "is_prose", "read_layout"]

_WORTH = re.compile(r"\S(?:.*\S)?")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_SHORTEST_PROSE = 60
_LONG_LINE = 120


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
    return len(text) >= _LONG_LINE or (len(text) >= _SHORTEST_PROSE and _SENTENCE_END.search(text) is not None)
