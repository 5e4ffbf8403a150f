"""Title of a text: from metadata, a first line that is a headline, or the first sentence."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.model import Span
from index.normalize.sentence_ends import CLOSERS, STOPS
from index.readers.article.header_lines import is_header_line, strip_dateline
from index.readers.article.layout import Line, continues, is_prose, is_wrapped

__all__ = ["Title", "choose_title", "locate_title"]

_LONGEST_HEADLINE = 200
_LONGEST_DERIVED = 120
_LONGEST_SENTENCE = 1000
# A dateline may stand before the sentence.
_LONGEST_PARAGRAPH = 4 * _LONGEST_SENTENCE
_LINES_TO_SEARCH = 6
_SENTENCE_END = re.compile(rf"[{STOPS}]+[{re.escape(CLOSERS)}]*(?=\s|$)")
_ENDS_LIKE_PROSE = re.compile(rf"(?<!\.)[.,;][{re.escape(CLOSERS)}]*$")
# A line that parts others, or underlines the one above it.
_RULE = re.compile(r"[\W_]{3,}")
# Readers know no packs. A derived title may be long, but must not end with "Gen."; so more counts as an abbreviation.
_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]\.)+$|\b[A-Z][a-z]{0,2}\.$|\b(?:[Vv]s|etc|[Nn]o|Capt|Prof|Sept|Corp|Supt)\.$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title on one line; `span` is its position in the body, None for a derived title."""

    text: str
    span: Span | None
    is_derived: bool = False


def locate_title(lines: Sequence[Line], title: str) -> Span | None:
    """Find a title known from metadata among the first lines of the body, ignoring case and spacing."""
    wanted = _fold(title)
    for place, line in enumerate(lines[:_LINES_TO_SEARCH]):
        last, text = line, _fold(line.text)
        # A headline may be wrapped over a few lines.
        for following in lines[place + 1 : place + 4]:
            if len(text) >= len(wanted) or not wanted.startswith(text) or following.after_blank:
                break
            last, text = following, f"{text} {_fold(following.text)}"
        if text == wanted:
            return Span(line.start, last.end)
    return None


def choose_title(lines: Sequence[Line], *, is_boilerplate: Callable[[Line], bool]) -> Title:
    """Return the headline of a text without a title, or one derived from its first sentence.

    `lines` must not be empty. A derived title is cut at a word boundary, with "…", at some 120 characters.
    """
    candidates = [line for line in _without_rules(lines) if not is_boilerplate(line) and not is_header_line(line.text)]
    if not candidates:
        return Title(_shorten(lines[0].text), None, is_derived=True)
    block = _first_block(candidates)
    text = " ".join(line.text for line in block)
    is_repeated = any(_fold(line.text) == _fold(text) for line in candidates[len(block) : _LINES_TO_SEARCH])
    if is_repeated or _is_headline(text, candidates[len(block) :]):
        return Title(_one_line(text), Span(block[0].start, block[-1].end))
    paragraph = _first_paragraph(candidates)
    return Title(_shorten(_first_sentence(strip_dateline(paragraph))), None, is_derived=True)


def _without_rules(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without those that only part others, which are as good as blank ones."""
    kept: list[Line] = []
    is_parted = False
    for line in lines:
        if _RULE.fullmatch(line.text):
            is_parted = True
            continue
        kept.append(replace(line, after_blank=True) if is_parted else line)
        is_parted = False
    return kept


def _ends_like_prose(text: str) -> bool:
    return _ENDS_LIKE_PROSE.search(text) is not None and not _ABBREVIATION.search(text)


def _first_block(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the first line; in a wrapped text, the first lines up to a blank one."""
    if not is_wrapped(lines) and (len(lines) < 2 or not continues(lines[0], lines[1])):
        return lines[:1]
    end = next((place for place, line in enumerate(lines) if place and line.after_blank), len(lines))
    return lines[:end]


def _is_headline(text: str, rest: Sequence[Line]) -> bool:
    if not rest or len(text) > _LONGEST_HEADLINE or not any(character.isalpha() for character in text):
        return False
    # Wrapped prose without a headline: the line below goes on in the middle of a sentence.
    if not rest[0].after_blank and rest[0].text[:1].islower():
        return False
    if strip_dateline(text) != text:
        return False
    if _ends_like_prose(text):
        return False
    is_all_short = not any(is_prose(line.text) or len(line.text) > len(text) for line in rest)
    return not is_all_short or rest[0].after_blank


def _first_paragraph(lines: Sequence[Line]) -> str:
    """Return the first paragraph, as far as a sentence is looked for in it."""
    is_text_wrapped = is_wrapped(lines)
    taken = [lines[0]]
    length = len(lines[0].text)
    for line in lines[1:]:
        is_other = line.after_blank or not (is_text_wrapped or continues(taken[-1], line))
        if is_other or length > _LONGEST_PARAGRAPH:
            break
        taken.append(line)
        length += len(line.text)
    return " ".join(line.text for line in taken)


def _first_sentence(text: str) -> str:
    text = text[:_LONGEST_SENTENCE]
    for match in _SENTENCE_END.finditer(text):
        sentence = text[: match.end()]
        following = text[match.end() :].lstrip()[:1]
        if not following or not (following.islower() or _ABBREVIATION.search(sentence)):
            return sentence
    return text


def _shorten(text: str) -> str:
    text = _one_line(text)
    if len(text) <= _LONGEST_DERIVED:
        return text if _ABBREVIATION.search(text) else text.removesuffix(".") or text
    cut = text[:_LONGEST_DERIVED]
    cut = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return cut.rstrip(" ,;:–—-") + "…"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _fold(text: str) -> str:
    return _one_line(text).casefold()
