"""Trims the borders of a name that was recognized: articles, unbalanced brackets, trailing small words."""

import re
from typing import Final

from index.model import Kind

__all__ = ["trim"]

_ARTICLE = re.compile(r"(?:[Tt]he|THE) ")
_OPEN_END = re.compile(r"(?:\s+(?:and|&|of|for|or|the))+$")
# Marks of the direction of writing, and of where a line may end.
_UNSEEN: Final = "\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Without blanks and marks at the borders that belong to what is said before or after.
_FILLED = re.compile(rf"[^\s,;:”»–—/{_UNSEEN}](?:.*[^\s,;:“„«‘–—/{_UNSEEN}])?", re.DOTALL)
# "Oslo's | Ayla Brunt": whose she is stands before her name.
_OWNER = re.compile(r".*(?:['’]s|s['’]) (?=[A-Z])", re.DOTALL)
_SOBRIQUET = re.compile(r" the [A-Z][a-z]+\b(?! [A-Z])")
# "Jr." and an initial keep their stop; that of a whole word ends the sentence.
_END_OF_SENTENCE = re.compile(r"(?<=[a-z]{3})\.$")
# "Brunt Sr" ends before the stop that belongs to it.
_GENERATION = re.compile(r"\b[JS]r$")
# "Ayla Brunt Photo: ..." below a picture, also without a blank. Agencies are called "... Images".
_CREDIT = re.compile(r"(?:\s+|(?<=[a-z])|\.\s*)(?:Image|Photo|Photograph|Picture|Credit|Illustration|Foto)(?=\s?:)")
# Written together with what stands before it: "E.|ON", "P&|O", "Gawker|.com".
_CUT_OFF = re.compile(r"(?<=\b\w\.)[A-Z]{2,}\b|(?<=\w&)\w+|(?<=\w)\.(?:com|net|org)\b(?!/)")
_BULLET = re.compile(r"[-*•]\s+")
_OPENING: Final = frozenset("([<")
_CLOSING: Final = frozenset(")]>")


def trim(text: str, start: int, end: int, kind: Kind) -> tuple[int, int]:
    """Return the trimmed borders of a name of a `kind` at `[start, end)`; equal ones when nothing remains.

    A person's sobriquet joins: "Ayla" of "Ayla the German" is all of it.
    """
    if bullet := _BULLET.match(text, start, end):
        start = bullet.end()
    if article := _ARTICLE.match(text, start, end):
        start = article.end()
    start, end = _balance(text, start, end)
    if credit := _CREDIT.search(text, start, end + 2):
        end = min(end, credit.start())
    if rest := _CUT_OFF.match(text, end):
        end = rest.end()
    if kind is Kind.PEOPLE and (owner := _OWNER.match(text, start, end)):
        start = owner.end()
    if kind is Kind.PEOPLE and (stop := _END_OF_SENTENCE.search(text, start, end)):
        end = stop.start()
    if kind is Kind.PEOPLE and (generation := _GENERATION.search(text, start, end)) and text[end : end + 1] == ".":
        end = generation.end() + 1
    if kind is Kind.PEOPLE and text[start:end].isalpha() and (sobriquet := _SOBRIQUET.match(text, end)):
        end = sobriquet.end()
    open_end = _OPEN_END.search(text, start, end)
    return start, end if open_end is None else open_end.start()


def _balance(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut the span at a bracket whose partner lies outside of it: "EC) | Commission"."""
    opened: list[int] = []
    for position in range(start, end):
        if text[position] in _OPENING:
            opened.append(position)
        elif text[position] in _CLOSING and opened:
            opened.pop()
        elif text[position] in _CLOSING:
            start = position + 1
    filled = _FILLED.search(text, start, opened[0] if opened else end)
    return (start, start) if filled is None else filled.span()
