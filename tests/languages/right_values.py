"""Reads the texts of this folder and the lists of right values beside them, as `README.md` describes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.model import ENTITY_KINDS, Kind
from tests.evaluation.scores.span_scores import GoldSpan
from tests.evaluation.sets.gold import GoldMention, GoldText, read_amount, read_days

__all__ = ["ForeignText", "ListError", "Query", "read_texts", "read_values"]

TEXTS = Path(__file__).with_name("texts")
_KINDS = {kind.value: kind for kind in Kind}
_VALUE_BETWEEN = " or "
_NAME = "name"
_OF_ANY_KIND = "either"


class ListError(ValueError):
    """A list that cannot be read, or does not fit its text; says which and in which line."""


@dataclass(frozen=True, slots=True)
class Query:
    """A word to search for, and the range of the text that it has to find.

    `is_part` means that the word is only a part of a compound there.
    """

    word: str
    start: int
    end: int
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class ForeignText:
    """A text with its language (ISO 639-1), its mentions with their values, and the words that have to find it.

    `names` are all names of people, organizations and places in it, known to a pack or not; empty where they are not
    marked. What can be taken for a name or not is there once for each of these kinds, as optional.
    """

    language: str
    gold: GoldText
    queries: tuple[Query, ...]
    names: tuple[GoldMention, ...] = ()


def read_texts(folder: Path = TEXTS) -> Iterator[ForeignText]:
    """Read all texts in order of their names; raises `ListError`, or `FileNotFoundError` for a text without a list."""
    for path in sorted(folder.glob("*.txt")):
        rows = path.with_suffix(".tsv").read_text(encoding="utf-8")
        yield read_values(path.stem, path.read_text(encoding="utf-8"), rows)


def read_values(name: str, text: str, rows: str) -> ForeignText:
    r"""Join a text with the rows of its list; the second row with the same kind and text means its second place.

    Raises `ListError` with the name of the list and the line.

    >>> foreign = read_values("a", "Le 5 mai, l'OTAN", "language\tfr\npublished\t2020-05-06\nword\tl'OTAN\totan")
    >>> foreign.language, foreign.queries
    ('fr', (Query(word='otan', start=10, end=16, is_part=False),))
    """
    head: dict[str, str] = {}
    mentions: list[GoldMention] = []
    queries: list[Query] = []
    names: list[tuple[str, str]] = []
    searched: defaultdict[tuple[str, str], int] = defaultdict(int)
    for number, row in enumerate(rows.splitlines(), 1):
        what, *cells = row.split("\t")
        try:
            if what in ("language", "published"):
                (head[what],) = cells
                continue
            shown, value = cells
            piece = shown.replace(r"\n", "\n")
            start = text.index(piece, searched[what, piece])
            if what == _NAME:
                names.append((piece, value if value == _OF_ANY_KIND else _KINDS[value].value))
                continue
            if what not in ("word", "part"):
                mentions.append(_mention(_KINDS[what], start, start + len(piece), value))
                searched[what, piece] = start + len(piece)
            else:
                queries.append(Query(value, start, start + len(piece), what == "part"))
        except (KeyError, ValueError) as error:
            raise ListError(f"{name}.tsv:{number}: {row!r}: {error}") from error
    mentions.sort(key=lambda mention: mention.span.start)
    try:
        gold = GoldText(name, text, tuple(mentions), date.fromisoformat(head["published"]))
        return ForeignText(head["language"], gold, tuple(queries), tuple(_find_names(text, names)))
    except (KeyError, ValueError) as error:
        raise ListError(f"{name}.tsv: rows 'language' and 'published' have to be there: {error}") from error


def _find_names(text: str, names: Iterable[tuple[str, str]]) -> Iterator[GoldMention]:
    """Yield every place of each name that is no part of a longer one; of any kind if it is optional."""
    taken: list[GoldSpan] = []
    for name, kind in sorted(names, key=lambda row: -len(row[0])):
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            is_optional = kind == _OF_ANY_KIND
            span = GoldSpan(found.start(), found.end(), is_optional=is_optional)
            if is_optional:
                yield from (GoldMention(span, each) for each in sorted(ENTITY_KINDS))
            elif not any(span.start < other.end and other.start < span.end for other in taken):
                taken.append(span)
                yield GoldMention(span, Kind(kind))


def _mention(kind: Kind, start: int, end: int, value: str) -> GoldMention:
    span = GoldSpan(start, end)
    match kind:
        case Kind.DATES:
            return GoldMention(span, kind, days=tuple(map(read_days, value.split(_VALUE_BETWEEN))))
        case Kind.AMOUNTS:
            return GoldMention(span, kind, amounts=tuple(map(read_amount, value.split(_VALUE_BETWEEN))))
        case _:
            return GoldMention(span, kind, value)
