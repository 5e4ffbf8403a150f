"""People of packs by the names that articles may give them: in full, without given names, by surname."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from index.identity.naming.keys import key_of
from index.identity.naming.words import words_of
from index.identity.similarity.short_forms import is_first_surname_of, is_part_of_person, is_surname_of
from index.model import Kind
from index.normalize.name_words import NameWords, Words
from index.normalize.slips import slips_between
from index.packs.loader import PackEntry, Packs, PacksKey

__all__ = ["KnownPeople", "known_people"]

_SHORTEST_SURNAME = 6
_SHORTEST_IN_FULL = 4
_Form = tuple[Words, PackEntry]


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """The full names of people by each of their words, people by reference, and surnames that mean one person alone."""

    by_reference: Mapping[str, PackEntry]
    words: NameWords
    alone: Mapping[Words, PackEntry]
    _by_word: Mapping[str, tuple[_Form, ...]]
    _by_ends: Mapping[tuple[str, str], tuple[_Form, ...]]

    def named(self, full: Words) -> list[PackEntry]:
        """Return the people who bear exactly this full name."""
        return _distinct(entry for form, entry in self._with_word(full) if form == full)

    def bearers(self, short: Words) -> list[PackEntry]:
        """Return the people whom a name without all of their given names may mean, or a surname alone."""
        words = self.words
        return _distinct(
            entry
            for form, entry in self._with_word(short)
            if form == short or is_surname_of(short, form, words) or is_part_of_person(short, form, words)
        )

    def officers(self, short: Words) -> list[PackEntry]:
        """Return the people whom a name behind an office may mean: bearers, also by the first of two surnames."""
        words = self.words
        firsts = (entry for form, entry in self._with_word(short) if is_first_surname_of(short, form, words))
        return _distinct(chain(self.bearers(short), firsts))

    def nearly_named(self, written: Words) -> list[tuple[PackEntry, str, str]]:
        """Return the people whose name differs from a written one by one letter of the surname or of a given name.

        Each comes with the two spellings. A surname alone counts when it is long enough for a slip to be seen.
        """
        found: dict[str, tuple[PackEntry, str, str]] = {}
        for form, entry in self._alike(written[-1]):
            same = form[len(form) - len(written) :] if len(written) == 1 else form
            pairs = [(one, other) for one, other in zip(written, same, strict=False) if one != other]
            if len(same) == len(written) and len(pairs) == 1 and _is_slip(*pairs[0], is_alone=len(written) == 1):
                found.setdefault(entry.reference, (entry, *pairs[0]))
        return [found[reference] for reference in sorted(found)]

    def _alike(self, surname: str) -> Iterator[_Form]:
        """Yield the forms with this word, and those whose last word begins or ends as it does."""
        yield from self._by_word.get(surname, ())
        for ends in {(surname[:2], ""), ("", surname[-2:])}:
            yield from self._by_ends.get(ends, ())

    def _with_word(self, words: Words) -> tuple[_Form, ...]:
        return self._by_word.get(words[-1], ()) if words else ()


def known_people(packs: Packs) -> KnownPeople:
    """Return the people of packs; the same packs give the same object."""
    return _known_people(PacksKey(packs))


@lru_cache(maxsize=4)
def _known_people(key: PacksKey) -> KnownPeople:
    words = words_of(key.packs)
    by_word: dict[str, list[_Form]] = {}
    by_ends: dict[tuple[str, str], list[_Form]] = {}
    people = [entry for entry in key.packs.entries if entry.kind is Kind.PEOPLE]
    for entry in people:
        for form in sorted(_full_names(entry, words)):
            for word in sorted(set(form)):
                by_word.setdefault(word, []).append((form, entry))
            for ends in ((form[-1][:2], ""), ("", form[-1][-2:])):
                by_ends.setdefault(ends, []).append((form, entry))
    return KnownPeople(
        {entry.reference: entry for entry in people},
        words,
        {(word,): entry for entry in people for word in sorted(_alone(entry, words))},
        {word: tuple(forms) for word, forms in by_word.items()},
        {ends: tuple(forms) for ends, forms in by_ends.items()},
    )


def _is_slip(written: str, right: str, *, is_alone: bool) -> bool:
    shortest = _SHORTEST_SURNAME if is_alone else _SHORTEST_IN_FULL
    return len(written) >= shortest and written.isalpha() and slips_between(written, right) in (0, 1)


def _names(entry: PackEntry, words: NameWords) -> Iterator[Words]:
    for text in (entry.name, *entry.aliases):
        yield tuple(key_of(text, Kind.PEOPLE, reference=None, words=words).split())


def _full_names(entry: PackEntry, words: NameWords) -> set[Words]:
    return {full for full in _names(entry, words) if len(full) > 1}


def _alone(entry: PackEntry, words: NameWords) -> set[str]:
    return {full[0] for full in _names(entry, words) if len(full) == 1}


def _distinct(entries: Iterator[PackEntry]) -> list[PackEntry]:
    return list({entry.reference: entry for entry in entries}.values())
