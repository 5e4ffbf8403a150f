"""Find the pack entry of a name of the archive, also when the extraction gave none."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from index.identity.clusters import NameGroup
from index.identity.naming.keys import key_of
from index.identity.similarity.spelling_keys import spelling_key
from index.model import Kind
from index.normalize.designators import is_designator
from index.normalize.name_words import NameWords, Words
from index.packs.loader import PackEntry, Packs, PacksKey, split_cell

__all__ = ["PackNames", "unknown_entry"]

_Name = TypeVar("_Name", bound=Hashable)
# A shorter folded name is a word as often as a name ("us", "it") unless it is written in capitals.
_LONGEST_WORD_LIKE = 3
# So many words of an organization's name are told from others by their spelling alone.
_FEWEST_SPELLED_WORDS = 3
# "U.S. Marshals" is not what a pack calls "Marshals": one word behind a country is no name.
_FEWEST_WORDS_LEFT = 2
_LONGEST_COUNTRY = 3


@dataclass(frozen=True, slots=True)
class PackNames:
    """The names of pack entries by kind and folded words; only those that mean one entry of their kind.

    `by_spelling` holds the longer names of organizations, whatever their small words and their transliteration;
    `countries` the words that name a country or its people, with the country as entries name it.
    """

    by_reference: Mapping[str, PackEntry]
    by_words: Mapping[tuple[Kind, Words], PackEntry]
    by_spelling: Mapping[str, PackEntry]
    countries: Mapping[Words, str]
    words: NameWords

    @classmethod
    def from_packs(cls, packs: Packs, *, words: NameWords) -> "PackNames":
        """Return the names and aliases of all entries, except those that count only in a context.

        The same packs and words give the same object: folding the names of all packs takes a tenth of a second.
        """
        return _pack_names(PacksKey(packs), words)

    @classmethod
    def _read(cls, packs: Packs, words: NameWords) -> "PackNames":
        meant: dict[tuple[Kind, Words], dict[str, PackEntry]] = {}
        for entry in packs.entries:
            ambiguous = set(split_cell(entry.attributes.get("ambiguous", "")))
            for text in {entry.name, *entry.aliases} - ambiguous:
                folded = tuple(key_of(text, entry.kind, reference=None, words=words).split())
                meant.setdefault((entry.kind, folded), {})[entry.reference] = entry
        spelled: dict[str, dict[str, PackEntry]] = {}
        for (kind, folded), entries in meant.items():
            if kind is Kind.ORGANIZATIONS and len(folded) >= _FEWEST_SPELLED_WORDS:
                spelled.setdefault(spelling_key(kind, folded, words), {}).update(entries)
        references = {entry.reference: entry for entry in packs.entries}
        return cls(references, _only_ones(meant), _only_ones(spelled), _countries(packs, words), words)

    def entry_of(self, group: NameGroup) -> tuple[PackEntry | None, str]:
        """Return the entry that a name means, and the rule that says so; None when it means no entry or two."""
        if group.reference is not None:
            return self.by_reference.get(group.reference) or unknown_entry(group.reference, group), "pack"
        if len(group.key) <= _LONGEST_WORD_LIKE and not group.acronym:
            return None, ""
        entry = self.by_words.get((group.kind, group.words))
        if entry is not None:
            return entry, "pack alias"
        if group.kind is Kind.ORGANIZATIONS:
            return self._spelled(group.words) or self._without_country(group.words), "pack alias"
        if group.kind is Kind.SYSTEMS and _is_designator_with_words(group.words):
            return self.by_words.get((group.kind, group.words[:1])), "designator"
        return None, ""

    def _spelled(self, full: Words) -> PackEntry | None:
        if len(full) < _FEWEST_SPELLED_WORDS:
            return None
        return self.by_spelling.get(spelling_key(Kind.ORGANIZATIONS, full, self.words))

    def _without_country(self, full: Words) -> PackEntry | None:
        """The organization of a country whose name stands behind that of the country: "U.S. | Federal Reserve"."""
        for length in range(1, min(_LONGEST_COUNTRY, len(full) - _FEWEST_WORDS_LEFT) + 1):
            country = self.countries.get(full[:length])
            if country is not None:
                rest = full[length:]
                entry = self.by_words.get((Kind.ORGANIZATIONS, rest)) or self._spelled(rest)
                if entry is not None and entry.attributes.get("country") == country:
                    return entry
        return None


def unknown_entry(reference: str, group: NameGroup) -> PackEntry:
    """Return an entry for a reference that no pack has, as an extraction other than that by packs may give one."""
    return PackEntry(reference, group.kind, group.text)


@lru_cache(maxsize=4)
def _pack_names(key: PacksKey, words: NameWords) -> PackNames:
    return PackNames._read(key.packs, words)


def _countries(packs: Packs, words: NameWords) -> dict[Words, str]:
    names = [
        (text, entry.name)
        for entry in packs.entries
        if entry.kind is Kind.PLACES and entry.attributes.get("category") == "country"
        for text in (entry.name, *entry.aliases)
    ]
    names += [(text, row["country"]) for row in packs.rows("demonyms") for text in split_cell(row["demonym"])]
    return {tuple(key_of(text, Kind.PLACES, reference=None, words=words).split()): country for text, country in names}


def _only_ones(meant: Mapping[_Name, Mapping[str, PackEntry]]) -> dict[_Name, PackEntry]:
    """Return the entries of names that mean only one."""
    return {name: next(iter(entries.values())) for name, entries in meant.items() if len(entries) == 1}


def _is_designator_with_words(words: Words) -> bool:
    return len(words) > 1 and is_designator(words[0]) and all(word.isalpha() for word in words[1:])
