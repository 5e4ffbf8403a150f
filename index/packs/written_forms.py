"""Reads the names of entries of packs in other languages, from the pack "languages", with their declined forms."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from index.packs.description import BUILTIN_FOLDER
from index.packs.pack_rows import PackRows, read_pack_rows
from index.packs.records import split_cell

__all__ = ["LanguageForms", "read_language_forms", "read_language_words", "read_openers"]

_PACK: Final = "languages"
_NAMES = "names_"
_NO_FORM = "-"
_CASES = 5
# A genitive without "s": "Honduras", "Luxemburgs" but not "Parizs".
_SIBILANTS = ("s", "x", "z", "ß")
# A shorter name is declined seldom and looks like another word often.
_SHORTEST_DECLINED = 3
_DECLINED_KINDS: Final = "places"


@dataclass(frozen=True, slots=True)
class LanguageForms:
    """The names of one language, and what may stand beside them or be written together with them.

    `names` and `weak` give the reference of an entry for each written form; a weak one counts only beside one of
    `leads` or `follows`. `never_before` and `never_after` make any form a part of something else. `prefixes` are
    written together with a name before it, `short_prefixes` also with a short name; `article` is the one that merges
    with a prefix; `suffix` is the sign with which an ending begins.
    """

    names: Mapping[str, str]
    weak: Mapping[str, str]
    leads: frozenset[str] = frozenset()
    follows: tuple[str, ...] = ()
    never_before: tuple[str, ...] = ()
    never_after: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    short_prefixes: tuple[str, ...] = ()
    article: str = ""
    suffix: str = ""


@lru_cache(maxsize=32)
def read_language_forms(language: str) -> LanguageForms | None:
    """Return the forms of a language, None when it has no table.

    >>> read_language_forms("ru").names["Японии"]
    'core:japan'
    >>> read_language_forms("xx") is None
    True
    """
    tables = _tables()
    rows = tables.get(f"{_NAMES}{language}")
    if rows is None:
        return None
    beside = _by_use(tables["language_neighbours"], language, "words")
    affixes = _by_use(tables["language_affixes"], language, "affix")
    endings = _read_endings(tables["language_endings"], language)
    genitives = affixes.get("genitive", ())
    names: dict[str, str] = {}
    weak: dict[str, str] = {}
    for column, found in (("forms", names), ("weak", weak)):
        for row in rows:
            for form in split_cell(row[column]):
                found.setdefault(form, row["entry"])
    # A declined form gives way to a name that is written as it is; one of two entries means neither.
    for found in (names, weak):
        declined: dict[str, set[str]] = {}
        for form, reference in found.items():
            for other in chain(_decline(form, endings), _genitives(form, genitives)):
                declined.setdefault(other, set()).add(reference)
        found |= {
            form: next(iter(references))
            for form, references in declined.items()
            if len(references) == 1 and form not in names and form not in weak
        }
    return LanguageForms(
        names,
        weak,
        leads=frozenset(beside.get("lead", ())),
        follows=beside.get("follow", ()),
        never_before=beside.get("never before", ()),
        never_after=beside.get("never after", ()),
        prefixes=tuple(sorted(affixes.get("before", ()), key=len, reverse=True)),
        short_prefixes=affixes.get("short", ()),
        article="".join(affixes.get("article", ())),
        suffix="".join(affixes.get("suffix", ())),
    )


@lru_cache(maxsize=32)
def read_language_words(language: str) -> frozenset[str]:
    """Return the words of a language, in small letters, that look like an English name of a pack and are none.

    >>> "über" in read_language_words("de"), "über" in read_language_words("en")
    (True, False)
    """
    return _words("words", language)


@lru_cache(maxsize=32)
def read_openers(language: str) -> frozenset[str]:
    """Return the short words that open sentences in a language, in small letters.

    >>> "el" in read_openers("es")
    True
    """
    return _words("openers", language)


def _words(table: str, language: str) -> frozenset[str]:
    rows = (row for row in _tables()[f"language_{table}"] if row["language"] == language)
    return frozenset(chain.from_iterable(split_cell(row[table]) for row in rows))


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, tuple[Mapping[str, str], ...]]:
    pack, _ = read_pack_rows(BUILTIN_FOLDER / _PACK)
    return {} if pack is None else _rows_of(pack)


def _rows_of(pack: PackRows) -> Mapping[str, tuple[Mapping[str, str], ...]]:
    return {table.table.name: tuple(cells for _, cells in table.cells()) for table in pack.tables}


def _by_use(rows: Iterable[Mapping[str, str]], language: str, column: str) -> dict[str, tuple[str, ...]]:
    return {row["use"]: split_cell(row[column]) for row in rows if row["language"] == language}


_Endings = Mapping[str, list[tuple[str, ...]]]


def _read_endings(rows: Iterable[Mapping[str, str]], language: str) -> _Endings:
    endings: dict[str, list[tuple[str, ...]]] = {}
    for row in rows:
        if row["language"] == language:
            endings.setdefault(row["end"], []).append(tuple(row["endings"].split("|")))
    return endings


def _decline(form: str, endings: _Endings) -> Iterator[str]:
    """Yield the other cases of a name: each word in the same case, words without an end of the table as they are.

    A word in capitals is an acronym and is not declined.
    """
    if not endings or form.isupper() or len(form) < _SHORTEST_DECLINED:
        return
    cases = [_cases_of(word, endings) for word in form.split(" ")]
    for case in range(_CASES):
        words = [forms[case] for forms in cases]
        for number in range(max(map(len, words))):
            chosen = [each[min(number, len(each) - 1)] for each in words]
            if all(chosen) and (declined := " ".join(chosen)) != form:
                yield declined


def _cases_of(word: str, endings: _Endings) -> list[Sequence[str]]:
    """Return for each case the forms of a word, "" for one that it has not."""
    for start in range(len(word)):
        end = word[start:]
        if end in endings and (start or len(word) == len(end)):
            stem = word[:start]
            return [
                [stem + each[case] for each in endings[end] if each[case] != _NO_FORM] or [""] for case in range(_CASES)
            ]
    return [[word]] * _CASES


def _genitives(form: str, genitives: Iterable[str]) -> Iterator[str]:
    if " " not in form and not form.isupper() and not form.endswith(_SIBILANTS):
        yield from (form + genitive for genitive in genitives)
