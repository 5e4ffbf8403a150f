"""Which pack entry a name of the archive is a name of, also when the extraction did not say so."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from index.model import Kind
from index.normalize.designators import is_designator
from index.normalize.name_words import NameWords, Words
from index.packs.loader import PackEntry, Packs, split_cell
from index.resolve.clusters import NameGroup
from index.resolve.keys import key_of
from index.resolve.spelling_keys import spelling_key

__all__ = ["PackNames"]

_Name = TypeVar("_Name", bound=Hashable)
# A shorter folded name is a word as often as a name ("us", "it") unless it is written in capitals.
_LONGEST_WORD_LIKE = 3
# So many words of an organization's name are told from others by their spelling alone.
_FEWEST_SPELLED_WORDS = 3


@dataclass(frozen=True, slots=True)
class PackNames:
    """The names of pack entries by kind and folded words; only those that mean one entry of their kind.

    `by_spelling` holds the longer names of organizations, whatever their small words and their transliteration.
    """

    by_reference: Mapping[str, PackEntry]
    by_words: Mapping[tuple[Kind, Words], PackEntry]
    by_spelling: Mapping[str, PackEntry]
    words: NameWords

    @classmethod
    def from_packs(cls, packs: Packs, *, words: NameWords) -> "PackNames":
        """The names and aliases of all entries, but for those that the pack lets count only in a context."""
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
        return cls(references, _only_ones(meant), _only_ones(spelled), words)

    def entry_of(self, group: NameGroup) -> tuple[PackEntry | None, str]:
        """The entry that a name means and the rule that says so; None when no pack knows it or two entries have it."""
        if group.reference is not None:
            known = self.by_reference.get(group.reference)
            return known or PackEntry(group.reference, group.kind, group.text), "pack"
        if len(group.key) <= _LONGEST_WORD_LIKE and not group.acronym:
            return None, ""
        entry = self.by_words.get((group.kind, group.words))
        if entry is not None:
            return entry, "pack alias"
        if group.kind is Kind.ORGANIZATIONS and len(group.words) >= _FEWEST_SPELLED_WORDS:
            return self.by_spelling.get(spelling_key(group.kind, group.words, self.words)), "pack alias"
        if group.kind is Kind.SYSTEMS and _is_designator_with_words(group.words):
            return self.by_words.get((group.kind, group.words[:1])), "designator"
        return None, ""


def _only_ones(meant: Mapping[_Name, Mapping[str, PackEntry]]) -> dict[_Name, PackEntry]:
    """The entries of names that mean one only."""
    return {name: next(iter(entries.values())) for name, entries in meant.items() if len(entries) == 1}


def _is_designator_with_words(words: Words) -> bool:
    return len(words) > 1 and is_designator(words[0]) and all(word.isalpha() for word in words[1:])
