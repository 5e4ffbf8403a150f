"""Languages whose words are analyzed in a way of their own: stemmers, elisions, endings."""

from collections.abc import Callable, Mapping
from functools import cache

import Stemmer
from msgspec import Struct

from index.analyzer.folding import fold
from index.analyzer.light_stemmers import LIGHT_STEMMERS
from index.analyzer.tables import read_table

__all__ = ["ENGLISH", "WordRules", "rules_of"]

_COLUMNS = ("stemmer", "twice", "kept", "endings", "beginnings", "elided", "suffix")


class WordRules(Struct, frozen=True):
    """Rules by which words of a language are analyzed.

    `stem` takes a folded word and returns a folded stem; the first `kept` letters of the two are the same. `elided`
    are words before an apostrophe that belong to no word; with `drops_endings` what follows one is dropped.
    """

    stem: Callable[[str], str]
    kept: int = 0
    elided: tuple[str, ...] = ()
    drops_endings: bool = False


ENGLISH = WordRules(Stemmer.Stemmer("english", 0).stemWord, kept=1)


def rules_of(language: str) -> WordRules | None:
    """Return the rules of a language (ISO 639-1), None for English and for languages that are analyzed like it.

    >>> rules_of("fr").stem("avions"), rules_of("zh")
    ('avion', None)
    """
    row = _rows().get(language)
    return None if row is None else _rules(row)


@cache
def _rows() -> Mapping[str, tuple[str, ...]]:
    return {row["language"]: tuple(row[column] for column in _COLUMNS) for row in read_table("languages")}


@cache
def _rules(row: tuple[str, ...]) -> WordRules:
    """Return the rules of a row; languages with equal rows share them."""
    cells = dict(zip(_COLUMNS, row, strict=True))
    return WordRules(
        _stemmer(
            cells["stemmer"],
            endings=_pairs(cells["endings"]),
            beginnings=_pairs(cells["beginnings"]),
            is_twice=cells["twice"] == "yes",
        ),
        int(cells["kept"]),
        tuple(cells["elided"].split("|")) if cells["elided"] else (),
        cells["suffix"] == "yes",
    )


def _pairs(cell: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in cell.split("|") if pair)


def _stemmer(
    name: str, *, endings: Mapping[str, str], beginnings: Mapping[str, str], is_twice: bool
) -> Callable[[str], str]:
    """Return a stemmer that takes and gives folded words.

    Words are folded first, so that accents never matter; then the stemmer gets the endings as it knows them.
    """
    light = LIGHT_STEMMERS.get(name)
    if light is not None:
        return light
    stem = Stemmer.Stemmer(name, 0).stemWord
    lengths = sorted({len(ending) for ending in endings}, reverse=True)

    def stem_folded(word: str) -> str:
        for length in lengths:
            ending = endings.get(word[-length:])
            if ending is not None and len(word) > length:
                word = word[:-length] + ending
                break
        for beginning, other in beginnings.items():
            if word.startswith(beginning):
                word = other + word[len(beginning) :]
        stemmed = stem(word)
        # A stem may be empty where a word is nothing but an ending.
        return fold(stem(stemmed) if is_twice else stemmed) or fold(word)

    return stem_folded
