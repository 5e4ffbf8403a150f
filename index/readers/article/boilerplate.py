"""Find boilerplate in a text: menus, captions, promotion, footers. The patterns are in boilerplate.tsv."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from index.model import Furniture, FurnitureReason, Span
from index.normalize.sentence_ends import ends_sentence
from index.readers.article.header_lines import is_header_line
from index.readers.article.layout import Line, is_prose, is_wrapped
from index.readers.article.tables import agency_names, read_table
from index.readers.article.whole_dates import date_pattern

__all__ = ["BoilerplateFinder", "compile_row"]

_HEAD_LINES = 8
_TAIL_LINES = 10
_LEAD_LINES = 3
_LONGEST_LINE = 800
_LONGEST_ALT_TEXT = 40
_LONGEST_LIST_ITEM = 60
_ENDS_OR_QUOTES = re.compile(r"[.!?:,;]$|^[\"“‘']")
_NAME = r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|de|del|da|di|van|von|der|den|al|el|bin|la|le)){0,4}"


@dataclass(slots=True)
class BoilerplateFinder:
    """Finder of the boilerplate of one text, in two passes: without and with the position of its title.

    `source` is the publisher named in boilerplate, or None.
    """

    lines: Sequence[Line]
    source: str | None = None
    _found: dict[Line, FurnitureReason] = field(default_factory=dict)

    def find(self, *, title: Span | None) -> None:
        """Search all lines; the line of `title` is never boilerplate."""
        lines = self.lines
        is_text_wrapped = is_wrapped(lines)
        for place, line in enumerate(lines):
            if len(line.text) > _LONGEST_LINE or _overlaps(line, title):
                continue
            if is_text_wrapped and not _stands_alone(lines, place):
                continue
            # In a short text, head and tail are all of it: then only the first and last lines count.
            is_head = place < min(_HEAD_LINES, max(1, len(lines) // 2))
            is_tail = place >= max(len(lines) - _TAIL_LINES, (len(lines) + 1) // 2)
            self._look(line, scopes=("any", *(("head",) if is_head else ()), *(("tail",) if is_tail else ())))
        self._take_lists_of_addresses()

    def find_after_title(self, title: Span) -> None:
        """Find captions between the title and the story, recognized by their position alone."""
        following = [line for line in self.lines if line.start >= title.end]
        for line in following[:_LEAD_LINES]:
            if line not in self._found and len(following) > 1 and len(line.text) <= _LONGEST_LINE:
                self._look(line, scopes=("lead",))
        for line, successor in pairwise(following[: _LEAD_LINES + 1]):
            # Alternative text of a picture: a few words without a full stop, just above the caption.
            is_above_caption = self._found.get(successor) is FurnitureReason.CAPTION
            is_text_of_picture = len(line.text) <= _LONGEST_ALT_TEXT and not _ENDS_OR_QUOTES.search(line.text)
            if line not in self._found and is_above_caption and is_text_of_picture and not is_header_line(line.text):
                self._found[line] = FurnitureReason.CAPTION

    def is_boilerplate(self, line: Line) -> bool:
        """True for a line found so far."""
        return line in self._found

    def results(self) -> tuple[Furniture, ...]:
        """Return the boilerplate found, sorted and disjoint."""
        return tuple(sorted(Furniture(line.span, reason) for line, reason in self._found.items()))

    def _look(self, line: Line, *, scopes: Sequence[str]) -> None:
        for scope in scopes:
            table = _patterns(scope)
            if table.any_of_them.fullmatch(line.text) is None:
                continue
            for reason, pattern in table.each:
                if match := pattern.fullmatch(line.text):
                    self._found[line] = reason
                    self.source = self.source or match.groupdict().get("source")
                    return

    def _take_lists_of_addresses(self) -> None:
        """Extend a footer that ends in a colon to the short lines below it."""
        is_listing = False
        for line in self.lines:
            reason = self._found.get(line)
            if reason is FurnitureReason.FOOTER:
                is_listing = is_listing or line.text.endswith(":")
            elif is_listing and reason is None:
                is_listing = len(line.text) <= _LONGEST_LIST_ITEM and not is_prose(line.text)
                if is_listing:
                    self._found[line] = FurnitureReason.FOOTER


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of a scope, and one combined pattern: most lines match none and are tested once."""

    any_of_them: re.Pattern[str]
    each: tuple[tuple[FurnitureReason, re.Pattern[str]], ...]


def compile_row(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of boilerplate.tsv with its placeholders filled in."""
    return re.compile(_fill(pattern))


@lru_cache(maxsize=8)
def _patterns(scope: str) -> _Patterns:
    rows = [row for row in read_table("boilerplate") if row["scope"] == scope]
    alternatives = "|".join(f"(?:{_fill(row['pattern'])})" for row in rows).replace("(?P<source>", "(?:")
    each = tuple((FurnitureReason(row["reason"]), compile_row(row["pattern"])) for row in rows)
    return _Patterns(re.compile(alternatives), each)


def _fill(pattern: str) -> str:
    agencies = "|".join(sorted(map(re.escape, agency_names()), key=len, reverse=True))
    filled = pattern.replace("{agency}", f"(?:{agencies})").replace("{name}", f"(?:{_NAME})")
    return filled.replace("{date}", date_pattern())


def _stands_alone(lines: Sequence[Line], place: int) -> bool:
    """True for a line between blank lines, and for a last line that starts a new sentence."""
    is_last = place + 1 == len(lines)
    ends_before = is_last and ends_sentence(lines[place - 1].text)
    starts = lines[place].after_blank or (ends_before and lines[place].text[0].isupper())
    return starts and (is_last or lines[place + 1].after_blank)


def _overlaps(line: Line, span: Span | None) -> bool:
    return span is not None and line.start < span.end and span.start < line.end
