"""Reads articles whose mentions are marked in the text itself, as `articles/README.md` describes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.model import Kind
from tests.evaluation.scores.span_scores import GoldSpan
from tests.evaluation.sets.gold import GoldMention, GoldText, read_amount, read_days

__all__ = ["LETTERS", "MarkError", "read_marked"]

LETTERS = {
    "p": Kind.PEOPLE,
    "o": Kind.ORGANIZATIONS,
    "l": Kind.PLACES,
    "s": Kind.SYSTEMS,
    "a": Kind.AMOUNTS,
    "d": Kind.DATES,
}
_MARK = re.compile(r"\{(?P<kind>[polsad])(?P<optional>\?)? (?P<text>[^{}=\n]*[^{}=\n ])(?: = (?P<value>[^{}=\n]+))?\}")
_ALTERNATIVE = re.compile(r"[<>]")
_VALUE_KINDS = frozenset({Kind.AMOUNTS, Kind.DATES})


class MarkError(ValueError):
    """A file that is not marked as it should be; says which and in which line."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A mark without its brackets."""

    text: str
    alternatives: tuple[tuple[int, int], ...]


def read_marked(name: str, content: str) -> GoldText:
    """The article in a file: lines of `field: value`, an empty line, and the text with its marks.

    Raises `MarkError` with the name of the file and the line.

    >>> article = read_marked("a.txt", "published: 2020-05-04\\n\\n{p Ada Obi} left {l northern <Mali> = Mali}.")
    >>> article.text, article.mentions[1].span.alternatives
    ('Ada Obi left northern Mali.', ((22, 26),))
    """
    head, _, body = content.partition("\n\n")
    fields = dict(line.partition(": ")[::2] for line in head.splitlines())
    published = fields.get("published")
    if published is None:
        raise MarkError(f"{name}:1: no line 'published: YYYY-MM-DD' (or 'none').")
    text = ""
    position = 0
    mentions: list[GoldMention] = []
    for mark in _MARK.finditer(body):
        line = content.count("\n", 0, len(content) - len(body) + mark.start()) + 1
        text += body[position : mark.start()]
        try:
            mention, piece = _read_mark(mark, len(text))
        except ValueError as error:
            raise MarkError(f"{name}:{line}: {mark[0]}: {error}") from error
        mentions.append(mention)
        text += piece.text
        position = mark.end()
    text += body[position:]
    stray = re.search(r"[{}]", text)
    if stray is not None:
        raise MarkError(f"{name}: a stray {stray[0]!r} near {text[max(0, stray.start() - 20) : stray.end() + 20]!r}.")
    return GoldText(name, text, tuple(mentions), None if published == "none" else date.fromisoformat(published))


def _read_mark(mark: re.Match[str], start: int) -> tuple[GoldMention, _Piece]:
    kind = LETTERS[mark["kind"]]
    piece = _read_piece(mark["text"])
    end = start + len(piece.text)
    alternatives = tuple((start + low, start + high) for low, high in piece.alternatives)
    span = GoldSpan(start, end, alternatives, mark["optional"] is not None)
    value = mark["value"]
    if kind not in _VALUE_KINDS:
        return GoldMention(span, kind, value or piece.text), piece
    if value is None:
        if kind is Kind.AMOUNTS:
            raise ValueError("an amount needs its value.")
        value = piece.text
    values = value.split(" or ")
    if kind is Kind.AMOUNTS:
        return GoldMention(span, kind, amounts=tuple(map(read_amount, values))), piece
    return GoldMention(span, kind, days=tuple(map(read_days, values))), piece


def _read_piece(marked: str) -> _Piece:
    return _Piece(_ALTERNATIVE.sub("", marked), tuple(_alternatives(marked)))


def _alternatives(marked: str) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for count, sign in enumerate(_ALTERNATIVE.finditer(marked)):
        place = sign.start() - count
        if sign[0] == "<":
            opened.append(place)
        elif opened:
            yield opened.pop(), place
        else:
            raise ValueError("a '>' without its '<'.")
    if opened:
        raise ValueError("a '<' without its '>'.")
