"""Finds written forms in text whose words are separated by blanks, whatever is written together with them."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from index.packs.written_forms import LanguageForms

__all__ = ["WordForms"]

_APOSTROPHE = "'’ʼ׳‘"
_QUOTE = '"״”'
_HYPHEN = "-‐‑־"
_MARKS = r"\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0640\u064b-\u065f\u0670"
_LETTER = rf"[^\W\d_][{_MARKS}]*"
_WORD = re.compile(rf"(?:{_LETTER})+(?:[{_HYPHEN}{_APOSTROPHE}{_QUOTE}](?:{_LETTER})+)*")
# What stands between two words of a name; a stop only where the form has stops too.
_GAP = re.compile(r"[ \u00a0]|[ \t]*\n[ \t]*|\.[ \u00a0]?")
_PLAIN = str.maketrans(
    dict.fromkeys(_APOSTROPHE, "'") | dict.fromkeys(_QUOTE, '"') | dict.fromkeys(_HYPHEN, "-") | {"ё": "е", "Ё": "Е"}
)
_POINTS = re.compile(r"[\u0591-\u05bd\u05bf-\u05c7\u0640\u064b-\u065f\u0670]")
_ALEF = str.maketrans(dict.fromkeys("أإآٱ", "ا"))
# Before the key of a word in capitals, which is compared with other capitals only.
_CAPITALS = "\0"
# A word without so many letters in capitals is an acronym as often as a name.
_LETTERS_IN_CAPITALS: Final = 4
# Prefixes without an apostrophe stand before names of so many letters; those that are usual before short names, too,
# before fewer, and one more for each letter of the prefix but the first.
_AFTER_PREFIX: Final = 5
_AFTER_SHORT_PREFIX: Final = 3
_CACHED: Final = 65_536


@dataclass(frozen=True, slots=True)
class _Form:
    """The words of a form behind its first one, its entry, and how it counts."""

    rest: tuple[str, ...]
    reference: str
    is_weak: bool
    has_stops: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of the text, or what is left of it without affixes, with the keys by which it is looked up."""

    start: int
    end: int
    keys: tuple[str, ...]


class WordForms:
    """The forms of a language, found by their first word; of those that begin with one word the longest counts."""

    def __init__(self, forms: LanguageForms, names: Mapping[str, str], weak: Mapping[str, str]) -> None:
        self._language = forms
        self._forms: dict[str, list[_Form]] = {}
        rows = [*((form, names[form], False) for form in names), *((form, weak[form], True) for form in weak)]
        folded: dict[tuple[str, ...], set[str]] = {}
        for form, reference, _ in rows:
            folded.setdefault(_words_of(form, _fold), set()).add(reference)
        for form, reference, is_weak in rows:
            self._add(_words_of(form, _plain), form, reference, is_weak=is_weak)
            without_marks = _words_of(form, _fold)
            if len(folded[without_marks]) == 1:
                self._add(without_marks, form, reference, is_weak=is_weak)
                if not is_weak and sum(map(str.isalpha, form)) >= _LETTERS_IN_CAPITALS:
                    self._add(_words_of(form, _capitals), form, reference, is_weak=False)
        for found in self._forms.values():
            found.sort(key=lambda form: -len(form.rest))

    def _add(self, words: tuple[str, ...], form: str, reference: str, *, is_weak: bool) -> None:
        added = _Form(words[1:], reference, is_weak, "." in form)
        found = self._forms.setdefault(words[0], [])
        if added not in found:
            found.append(added)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Return the places `[start, end)` of names with their references, in order and disjoint."""
        words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
        found: list[tuple[int, int, str]] = []
        number = 0
        while number < len(words):
            match = self._match(text, words, number)
            if match is None:
                number += 1
            else:
                start, end, form = match
                found.append((start, end, form.reference))
                number += 1 + len(form.rest)
        return found

    def _match(self, text: str, words: Sequence[tuple[int, int]], number: int) -> tuple[int, int, _Form] | None:
        for piece in self._pieces(text, *words[number]):
            for key in piece.keys:
                for form in self._forms.get(key, ()):
                    if form.is_weak and not self._is_led(text, words, number, piece.start):
                        continue
                    end = self._end(text, words, number, piece, form)
                    if end is not None:
                        return piece.start, end, form
        return None

    def _end(self, text: str, words: Sequence[tuple[int, int]], number: int, first: _Piece, form: _Form) -> int | None:
        """Return the end of a form whose first word is there; None when the others do not follow."""
        end = first.end
        for place, wanted in enumerate(form.rest, number + 1):
            if place >= len(words) or end != words[place - 1][1]:
                return None
            gap = _GAP.fullmatch(text, end, words[place][0])
            if gap is None or (not form.has_stops and gap[0].startswith(".")):
                return None
            pieces = self._pieces(text, *words[place])
            piece = next((each for each in pieces if each.start == words[place][0] and wanted in each.keys), None)
            if piece is None:
                return None
            end = piece.end
        return end + 1 if form.has_stops and text[end : end + 1] == "." else end

    def _is_led(self, text: str, words: Sequence[tuple[int, int]], number: int, start: int) -> bool:
        """Return whether a weak form at `start` stands behind a word that makes it a name, or behind a prefix."""
        if start != words[number][0]:
            return True
        before = words[number - 1] if number else (0, 0)
        is_next = number > 0 and not text[before[1] : start].strip(" \u00a0")
        return is_next and text[before[0] : before[1]].lower() in self._language.leads

    def _pieces(self, text: str, start: int, end: int) -> Iterator[_Piece]:
        """Yield a word, and what is left of it without what may be written together with a name."""
        word = text[start:end]
        yield _Piece(start, end, _keys_of(word))
        plain = _plain(word)
        if len(plain) != len(word):
            # Letters and marks in two pieces: places in one are not places in the other.
            return
        suffix = self._language.suffix
        if suffix and (cut := plain.find(suffix, 1)) > 0:
            yield _Piece(start, start + cut, _keys_of(word[:cut]))
        for prefix in self._language.prefixes + self._language.short_prefixes:
            if not plain.lower().startswith(prefix):
                continue
            rest = word[len(prefix) :]
            if prefix.endswith("'"):
                yield _Piece(start + len(prefix), end, _keys_of(rest))
                continue
            is_short = prefix in self._language.short_prefixes
            letters = _AFTER_SHORT_PREFIX + len(prefix) - 1 if is_short else _AFTER_PREFIX
            if sum(map(str.isalpha, rest)) >= letters:
                yield _Piece(start + len(prefix), end, _keys_of(rest))
            article = self._language.article
            if article and rest.startswith(article[-1]) and len(rest) >= _AFTER_PREFIX:
                # "للأردن" is the preposition with "الأردن", whose alef is gone.
                yield _Piece(start + len(prefix), end, _keys_of(article[:-1] + rest))


def _words_of(form: str, fold: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(fold(match[0]) for match in _WORD.finditer(form))


@lru_cache(maxsize=_CACHED)
def _keys_of(word: str) -> tuple[str, ...]:
    """Return the keys of a word of a text: as written, without marks, and as capitals if it is written so."""
    keys = [_plain(word), _fold(word)]
    if word.isupper() and len(word) >= _LETTERS_IN_CAPITALS:
        keys.append(_capitals(word))
    return tuple(dict.fromkeys(keys))


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).translate(_PLAIN)


def _fold(word: str) -> str:
    """Return a word without what writers leave out: points, vowel marks, the accents of Greek; letter case is kept.

    >>> _fold("عُمان"), _fold("Λονδίνο"), _fold("Köln")
    ('عمان', 'Λονδινο', 'Köln')
    """
    plain = _POINTS.sub("", _plain(word)).translate(_ALEF)
    return _without_accents(plain) if any("\u0370" <= letter <= "\u1fff" for letter in plain) else plain


def _capitals(word: str) -> str:
    return _CAPITALS + _without_accents(_plain(word)).upper().replace("İ", "I")


def _without_accents(word: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFD", word) if not "\u0300" <= mark <= "\u036f")
