"""Paragraphs and sentences of a body: what a snippet shows whole and what the article page numbers.

Pure and made for speed: a search splits every article that it shows.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from index.model import Span
from index.packs.tables import read_table

__all__ = ["read_abbreviations", "split_paragraphs", "split_sentences"]

# A character class with wide characters is three times as slow, so it is for the texts that have them.
_WIDE_STOPS = "。！？｡"
_RARE_STOPS = f"؟۔{_WIDE_STOPS}"
_AFTER = r"(?P<closers>[\"'”’»)\]}」』）]*)(?P<blank>\s*)"
_STOPS = re.compile(rf"(?P<stop>[.!?…]+){_AFTER}")
_ALL_STOPS = re.compile(rf"(?P<stop>[.!?…{_RARE_STOPS}]+){_AFTER}")
_OPENERS = "\"'“‘«„([{-–—"
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_LINE = re.compile(r"[^\n]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")

# Words that hardly ever go on after an abbreviation, but often begin a sentence: what decides "in the U.S. The".
_STARTERS = frozenset({
    "A", "After", "All", "Although", "An", "And", "As", "At", "Both", "But", "By", "Despite", "During", "Each", "Even",
    "For", "From", "He", "Her", "His", "However", "If", "In", "It", "Its", "Last", "Many", "Most", "My", "No", "On",
    "One", "Our", "She", "Since", "So", "Some", "That", "The", "Their", "Then", "There", "These", "They", "This",
    "Those", "Though", "Two", "Under", "Until", "We", "What", "When", "Where", "Which", "While", "Who", "With", "You",
    "Your",
})  # fmt: skip
# "No. 5" is an abbreviation, "No. He" is an answer.
_BEFORE_NUMBERS = frozenset({"No", "Nos", "Art", "Fig", "Sec", "Vol", "pp"})

_LONGEST_WORD = 40
_MAX_WRAPPED_LINE = 100
_MIN_WRAPPED_LINES = 3


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
    stops = _ALL_STOPS if any(stop in text for stop in _RARE_STOPS) else _STOPS
    return tuple(
        sentence for paragraph in split_paragraphs(text) for sentence in _split(text, paragraph, stops, abbreviations)
    )


def _split(text: str, paragraph: Span, stops: re.Pattern[str], abbreviations: frozenset[str]) -> Iterator[Span]:
    start = paragraph.start
    for stop in stops.finditer(text, paragraph.start, paragraph.end):
        if _ends_sentence(text, start, stop, abbreviations):
            yield Span(start, stop.start("blank"))
            start = stop.end()
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _ends_sentence(text: str, start: int, stop: re.Match[str], abbreviations: frozenset[str]) -> bool:
    if stop.end() == len(text) or text[stop.start("closers") - 1] in _WIDE_STOPS:
        return True
    if not stop["blank"]:
        return _is_blank_missing(text, start, stop)
    following = _following_word(text, stop.end())
    if following[:1].islower():
        return False
    if stop["stop"] != "." or stop["closers"]:
        return True
    word = _word_before(text, start, stop.start())
    if word in _BEFORE_NUMBERS and word in abbreviations:
        return not following[:1].isdigit()
    if word in abbreviations or (len(word) == 1 and word.isupper() and word != "I"):
        return False
    return not _DOTTED.fullmatch(word) or following in _STARTERS


def _is_blank_missing(text: str, start: int, stop: re.Match[str]) -> bool:
    """True for a stop between the end of a word or number and a capitalized word, as in "in 2019.The"."""
    following = _following_word(text, stop.end())
    after = stop.end() + len(following)
    word = _word_before(text, start, stop.start())
    return (
        len(stop["stop"]) == 1
        and following[:1].isupper()
        and following[1:2].islower()
        and (after >= len(text) or text[after] in " ,’'-\n")
        and word[-2:].isalnum()
        and len(word) > 1
        and not word.startswith("www")
    )


def _word_before(text: str, start: int, end: int) -> str:
    words = text[max(start, end - _LONGEST_WORD) : end].split()
    return words[-1].lstrip(_OPENERS) if words else ""


def _following_word(text: str, at: int) -> str:
    while at < len(text) and (text[at] in _OPENERS or text[at].isspace()):
        at += 1
    end = at
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[at:end]


def _trimmed(text: str, start: int, end: int) -> Span:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return Span(start, end)
