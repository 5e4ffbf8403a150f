"""Reads the texts of this folder and the lists of right values beside them, as `README.md` describes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.model import Kind
from tests.evaluation.scores.span_scores import GoldSpan
from tests.evaluation.sets.gold import GoldMention, GoldText, read_amount, read_days

__all__ = ["ForeignText", "ListError", "Query", "read_texts", "read_values"]

TEXTS = Path(__file__).with_name("texts")
_KINDS = {kind.value: kind for kind in Kind}
_VALUE_BETWEEN = " or "


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
    """A text with its language (ISO 639-1), its mentions with their values, and the words that have to find it."""

    language: str
    gold: GoldText
    queries: tuple[Query, ...]


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
        return ForeignText(head["language"], gold, tuple(queries))
    except (KeyError, ValueError) as error:
        raise ListError(f"{name}.tsv: rows 'language' and 'published' have to be there: {error}") from error


def _mention(kind: Kind, start: int, end: int, value: str) -> GoldMention:
    span = GoldSpan(start, end)
    match kind:
        case Kind.DATES:
            return GoldMention(span, kind, days=tuple(map(read_days, value.split(_VALUE_BETWEEN))))
        case Kind.AMOUNTS:
            return GoldMention(span, kind, amounts=tuple(map(read_amount, value.split(_VALUE_BETWEEN))))
        case _:
            return GoldMention(span, kind, value)
