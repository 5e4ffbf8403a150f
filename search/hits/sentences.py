"""Paragraphs and sentences of a body: a snippet shows whole sentences, and the article page numbers them.

Pure and made for speed: a search splits every article that it shows. `index.normalize.sentence_ends` says where
sentences end.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from index.model import Span
from index.normalize.sentence_ends import sentence_ends
from index.packs.tables import read_table

__all__ = ["read_abbreviations", "sentence_around", "sentences_at", "split_paragraphs", "split_sentences"]

_LINE = re.compile(r"[^\n]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")

_MAX_WRAPPED_LINE = 100
_MIN_WRAPPED_LINES = 3


@lru_cache(maxsize=8)
def read_abbreviations(packs: tuple[str, ...]) -> frozenset[str]:
    """The words after which, as the packs know, a full stop ends no sentence."""
    return frozenset(name for row in read_table(packs, "abbreviations") for name in row["abbreviation"].split("|"))


def split_paragraphs(text: str) -> tuple[Span, ...]:
    r"""The paragraphs of a body, without the blanks around them: its lines, or its blocks where lines are wrapped.

    >>> split_paragraphs("One.\n\nTwo.")
    (Span(start=0, end=4), Span(start=6, end=10))
    """
    lines = [_trimmed(text, *match.span()) for match in _LINE.finditer(text) if not match[0].isspace()]
    if not _is_wrapped(text, lines):
        return tuple(lines)
    blocks: list[Span] = []
    for line in lines:
        previous = blocks[-1] if blocks else None
        between = text[previous.end : line.start] if previous else ""
        # A blank line or an indented one begins a paragraph.
        if previous is None or _BLANK_LINE.search(between) or between.endswith("  "):
            blocks.append(line)
        else:
            blocks[-1] = Span(previous.start, line.end)
    return tuple(blocks)


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """True for text that was broken into short lines wherever a line was full, as in old news wires and mails."""
    if len(lines) < _MIN_WRAPPED_LINES or any(line.end - line.start > _MAX_WRAPPED_LINE for line in lines):
        return False
    continued = [first for first, second in pairwise(lines) if text.count("\n", first.end, second.start) == 1]
    open_ended = sum(text[line.end - 1] not in '.!?:”"' and line.end - line.start > 40 for line in continued)
    return len(continued) >= _MIN_WRAPPED_LINES - 1 and open_ended * 2 > len(continued)


def split_sentences(text: str, *, abbreviations: frozenset[str] = frozenset()) -> tuple[Span, ...]:
    """The sentences of a body in order, disjoint, without the blanks around them; nothing but blanks is left out.

    A paragraph always ends a sentence. A full stop ends none after an initial or one of `abbreviations`, and does so
    even where the blank after it is missing.

    >>> text = "Gen. J. Smith left in 2019.The talks went on. “Why?” he asked."
    >>> [text[span.start : span.end] for span in split_sentences(text, abbreviations=frozenset({"Gen"}))]
    ['Gen. J. Smith left in 2019.', 'The talks went on.', '“Why?” he asked.']
    """
    return tuple(
        sentence for paragraph in split_paragraphs(text) for sentence in _split(text, paragraph, abbreviations)
    )


def sentences_at(places: Sequence[int], text: str, *, abbreviations: frozenset[str] = frozenset()) -> tuple[Span, ...]:
    r"""Return the sentences of a body in which places lie, both in order; splits only the paragraphs around them.

    >>> text = "He left. She came.\nThe talks went on."
    >>> [text[span.start : span.end] for span in sentences_at([10, 13], text)]
    ['She came.']
    """
    found: list[Span] = []
    for paragraph in split_paragraphs(text):
        first, last = bisect_left(places, paragraph.start), bisect_left(places, paragraph.end)
        if first < last:
            found += (
                sentence
                for sentence in _split(text, paragraph, abbreviations)
                if bisect_left(places, sentence.start, first, last) < bisect_left(places, sentence.end, first, last)
            )
    return tuple(found)


def sentence_around(place: int, starts: Sequence[int]) -> int:
    """Return the number of the sentence at a place of a body; `starts` are those of all sentences, in order.

    >>> sentence_around(12, [0, 10, 20])
    1
    """
    return max(0, bisect_right(starts, place) - 1)


def _split(text: str, paragraph: Span, abbreviations: frozenset[str]) -> Iterator[Span]:
    start = paragraph.start
    for end, following in sentence_ends(text, paragraph.start, paragraph.end, abbreviations=abbreviations):
        yield Span(start, end)
        start = following


def _trimmed(text: str, start: int, end: int) -> Span:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return Span(start, end)
