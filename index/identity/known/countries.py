"""Countries that a text speaks of: by the places and peoples that packs know, and by the dateline."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.identity.naming.keys import key_of
from index.identity.naming.words import words_of
from index.model import Kind, Mention
from index.normalize.name_words import Words
from index.normalize.names import fold_name
from index.packs.loader import Packs, PacksKey, split_cell

__all__ = ["Countries", "Seen", "countries_of"]

_LONGEST = 4
_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*\.?")


@dataclass(frozen=True, slots=True)
class Seen:
    """A word or mention of a text that speaks of a country."""

    start: int
    end: int
    country: str


@dataclass(frozen=True, slots=True)
class Countries:
    """Countries by the names that speak of them: their own, and those of their people; and by references of places."""

    by_words: Mapping[Words, str]
    by_reference: Mapping[str, str]
    _of_other_places: frozenset[Words] = frozenset()

    def only_named_by(self, words: Sequence[str]) -> str | None:
        """Return the country that words name, when no other place is called so, as the state "georgia" is."""
        return None if tuple(words) in self._of_other_places else self.named_by(words)

    def named_by(self, words: Sequence[str]) -> str | None:
        """Return the country that words name, whole or by its people: "us", "south korean"."""
        return self.by_words.get(tuple(words))

    def before(self, words: Sequence[str]) -> str | None:
        """Return the country that the last of some words name."""
        found = (self.named_by(words[-length:]) for length in range(min(_LONGEST, len(words)), 0, -1))
        return next((country for country in found if country is not None), None)

    def is_in(self, words: Sequence[str]) -> bool:
        """True when some of the words name a country."""
        return any(self.before(words[:end]) is not None for end in range(1, len(words) + 1))

    def of_mention(self, mention: Mention) -> str | None:
        """Return the country of a place that a pack knows; the country itself, too."""
        if mention.kind is not Kind.PLACES or mention.reference is None:
            return None
        return self.by_reference.get(mention.reference)

    def peoples(self, text: str) -> Iterator[Seen]:
        """Yield the words of a text with a capital letter that name a country or its people: "the French"."""
        tokens = list(_WORD.finditer(text))
        place = 0
        while place < len(tokens):
            length, country = self._longest_at(tokens[place : place + _LONGEST])
            if country is not None:
                yield Seen(tokens[place].start(), tokens[place + length - 1].end(), country)
            place += length

    def _longest_at(self, tokens: Sequence[re.Match[str]]) -> tuple[int, str | None]:
        if tokens[0][0][0].isupper():
            for length in range(len(tokens), 0, -1):
                words = fold_name(" ".join(token[0] for token in tokens[:length])).split()
                country = self.named_by(words)
                if country is not None:
                    return length, country
        return 1, None


def countries_of(packs: Packs) -> Countries:
    """Return the countries that packs know; the same packs give the same object."""
    return _countries_of(PacksKey(packs))


@lru_cache(maxsize=4)
def _countries_of(key: PacksKey) -> Countries:
    packs = key.packs
    words = words_of(packs)
    by_words: dict[Words, str] = {}
    by_reference: dict[str, str] = {}
    others: set[Words] = set()
    for entry in packs.entries:
        if entry.kind is not Kind.PLACES:
            continue
        if entry.attributes.get("category") == "country":
            by_reference[entry.reference] = entry.name
            for text in (entry.name, *entry.aliases):
                by_words[tuple(key_of(text, Kind.PLACES, reference=None, words=words).split())] = entry.name
        else:
            others.update(tuple(fold_name(text).split()) for text in (entry.name, *entry.aliases))
            if entry.attributes.get("country"):
                by_reference[entry.reference] = entry.attributes["country"]
    for row in packs.rows("demonyms"):
        for text in split_cell(row["demonym"]):
            by_words[tuple(fold_name(text).split())] = row["country"]
    by_words.pop((), None)
    return Countries(by_words, by_reference, frozenset(others & by_words.keys()))
