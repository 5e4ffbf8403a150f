"""Words around a mention: the office before or behind the name of a person, and a form of address such as "Mrs"."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from index.identity.known.countries import Countries
from index.model import Mention
from index.normalize.name_words import NameWords
from index.normalize.names import fold_name
from index.normalize.spellings import fold_spelling
from index.packs.loader import PackEntry

__all__ = ["Sex", "form_of_address", "has_office", "has_office_before", "sex_of"]

_CHARACTERS_BEFORE = 90
_CHARACTERS_BEHIND = 90
_MOST_WORDS_BEHIND = 8
_LAST_WORD = re.compile(r"([^\W\d_]+)\.?\s*$")
_ENDS_SENTENCE = re.compile(r"[.!?:;]\W*$|\n\s*\n\s*$")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n\s*\n")
_QUOTES = "\"'(“‘"
# Before a dateline's dash, a comma, a bracket or a paragraph stands nothing that says whose office it is.
_BREAK = re.compile(r".*(?:\n\s*\n|\s[-–—]+\s|[,;:)\]—]\s)", re.DOTALL)
_POSSESSIVE = re.compile(r"[’']s\b")
# Words before an office that make another one of it.
_NOT_THE_OFFICE = frozenset({"vice", "deputy", "assistant", "under", "shadow"})


class _Word(NamedTuple):
    """A word of a text; `is_capital` is false where a sentence begins."""

    plain: str
    folded: str
    is_capital: bool


class Sex(Enum):
    """Sex of somebody, as a form of address or the pronoun in a pack tells it."""

    WOMAN = "she"
    MAN = "he"


def sex_of(entry: PackEntry | None) -> Sex | None:
    """Return the sex of a person of a pack; None when the pack does not tell."""
    pronoun = "" if entry is None else entry.attributes.get("pronoun", "")
    return next((sex for sex in Sex if sex.value == pronoun), None)


def form_of_address(mention: Mention, body: str, words: NameWords) -> tuple[Sex, str] | None:
    """Return whom "Mrs" or "Mr" before a name speaks of, and that word; the mention may have it inside."""
    first, _, rest = mention.text.partition(" ")
    start = mention.span.start
    before = _LAST_WORD.search(body[max(0, start - _CHARACTERS_BEFORE) : start])
    for word in (first if rest else "", "" if before is None else before[1]):
        pronoun = words.addressed.get(fold_name(word)) if word else None
        if pronoun is not None:
            return Sex(pronoun), word.rstrip(".")
    return None


def has_office(mention: Mention, body: str, entry: PackEntry, countries: Countries) -> bool:
    """True when the office of a person of a pack stands directly before a name, or behind it after a comma."""
    return has_office_before(mention, body, entry, countries) or _has_office_behind(mention, body, entry, countries)


def has_office_before(mention: Mention, body: str, entry: PackEntry, countries: Countries) -> bool:
    """True for "Turkish Foreign Minister Cavusoglu"; not for "Vice President Bush", who was president later.

    The country before the office, if any, must be that of the pack: "Samsung President Kim" heads no state.
    """
    start = mention.span.start
    text = body[max(0, start - _CHARACTERS_BEFORE) : start]
    before = [] if _ENDS_SENTENCE.search(text) else _read(_BREAK.sub("", text))
    read = before + _read(mention.text)
    # The mention may have the title inside, but its last word is a name.
    return any(_ends_in_office(read[:end], entry, countries) for end in range(len(before), len(read)))


def _has_office_behind(mention: Mention, body: str, entry: PackEntry, countries: Countries) -> bool:
    behind = body[mention.span.end : mention.span.end + _CHARACTERS_BEHIND]
    if not behind.startswith(","):
        return False
    read = _read(_SENTENCE_END.split(behind)[0])[:_MOST_WORDS_BEHIND]
    return any(_ends_in_office(read[:end], entry, countries) for end in range(1, len(read) + 1))


def _ends_in_office(read: Sequence[_Word], entry: PackEntry, countries: Countries) -> bool:
    role = [word.folded for word in _read(entry.attributes.get("role", ""))]
    if not role or [word.folded for word in read[-len(role) :]] != role:
        return False
    before = read[: -len(role)]
    if not before:
        return True
    country = countries.before([word.plain for word in before])
    if country is not None:
        return country == entry.attributes.get("country")
    return before[-1].folded not in _NOT_THE_OFFICE and not before[-1].is_capital


def _read(text: str) -> list[_Word]:
    found = []
    is_first = True
    for raw in text.split():
        for plain in fold_name(_POSSESSIVE.sub("", raw)).split():
            is_capital = raw.lstrip(_QUOTES)[:1].isupper() and not is_first
            found.append(_Word(plain, fold_spelling(plain), is_capital))
        is_first = _ENDS_SENTENCE.search(raw) is not None
    return found
