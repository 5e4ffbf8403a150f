"""Keys under which names depend on each other, so that what a change can touch is found without reading all names.

A key is a number: a hash of what names share, with the rule in its lowest bits. Names with a `CORE` key in common may
be linked to each other by a rule that looks at all of them together. A short name is linked by what it finds under
its `SOUGHT` keys: the names that are `SEEN` there. Heads with a `LIKE` key in common are compared for suggestions, and
a `SLUG` key leads from an id to the names that would have it.

The keys must cover what the rules look at; `tests/property/test_incremental.py` compares the two.
"""

from collections.abc import Iterator, Set
from enum import IntEnum
from typing import NamedTuple

from index.identity.clusters import Stage
from index.identity.name_groups import NameGroup
from index.identity.naming.key_numbers import key_number, stage_of
from index.identity.naming.keys import is_set_apart
from index.identity.rules.archive_rules import (
    acronyms_with_article,
    is_sought_as_acronym,
    is_sought_as_start,
    is_sought_as_system,
    is_sought_as_team,
    starts_of_firm,
    team_ends,
)
from index.identity.rules.kind_rules import written_alike, written_without_form
from index.identity.rules.people_rules import (
    can_be_misspelled,
    full_name_keys,
    is_slip,
    letters_of_surname,
    nickname_keys,
    surname_word,
)
from index.identity.rules.place_rules import located_in, names_of_building
from index.identity.similarity.like_names import MOST_WORDS, like_keys
from index.identity.similarity.short_forms import acronyms_of, family_name, is_part_of_person
from index.identity.similarity.spelling_keys import same_person_words, spelling_key
from index.model import Kind
from index.normalize.name_words import NameWords, Words
from index.normalize.names import slug

__all__ = [
    "KeyRole",
    "NameKey",
    "are_related",
    "is_about_place",
    "keys_of",
    "like_numbers",
    "place_key",
    "slug_key",
]

# Beside the stages: that there is a place of this name, which tells a team.
_PLACE = 29
_LIKE = 30
_SLUG = 31
_BETWEEN = "\x1f"


class KeyRole(IntEnum):
    """Kind of dependency of a name on the other names with a key; stored, so the numbers must not change."""

    CORE = 0
    SEEN = 1
    SOUGHT = 2
    LIKE = 3
    SLUG = 4


class NameKey(NamedTuple):
    """A key of a name and its role."""

    role: KeyRole
    number: int


def is_about_place(number: int) -> bool:
    """True for a key that says that there is a place of a name."""
    return stage_of(number) == _PLACE


def place_key(words: Words) -> int:
    """Return the key under which a place of this name is seen."""
    return key_number(_PLACE, " ".join(words))


def slug_key(text: str) -> int:
    """Return the key of an id that a name would have alone."""
    return key_number(_SLUG, text)


def like_numbers(group: NameGroup, words: NameWords) -> Set[int]:
    """Return the keys under which a head is compared with others for suggestions; none for a very long name."""
    if len(group.words) > MOST_WORDS:
        return frozenset()
    kind = group.kind.value
    return {key_number(_LIKE, f"{kind} {_BETWEEN.join(key)}") for key in like_keys(group.kind, group.words, words)}


def keys_of(group: NameGroup, *, reference: str | None, is_head: bool, words: NameWords) -> set[NameKey]:
    """Return all keys of a name; `reference` is that of its pack entry, also when it is not the head of its cluster."""
    found = {NameKey(KeyRole.SLUG, slug_key(slug(text))) for text, _ in group.texts}
    if is_set_apart(group.key):
        return found
    found.update(NameKey(KeyRole.CORE, number) for number in _core(group, reference, words))
    found.update(NameKey(KeyRole.SEEN, number) for number in _seen(group, words))
    found.update(NameKey(KeyRole.SOUGHT, number) for number in _sought(group, words))
    if is_head:
        found.update(NameKey(KeyRole.LIKE, number) for number in like_numbers(group, words))
    return found


def _core(group: NameGroup, reference: str | None, words: NameWords) -> Iterator[int]:
    kind, full = group.kind, group.words
    if reference is not None:
        yield _key(Stage.REFERENCE, kind, reference)
    yield _key(Stage.SPELLING, kind, spelling_key(kind, full, words))
    yield key_number(Stage.KIND, written_alike(full))
    bare = written_without_form(group, words)
    if bare is not None:
        yield key_number(Stage.KIND, bare)
    if kind is Kind.PLACES:
        yield _key(Stage.REGION, kind, group.key)
        located = located_in(group, words)
        if located is not None:
            yield _key(Stage.REGION, kind, located[0])
    if kind is Kind.PEOPLE and len(full) > 1:
        same = same_person_words(full, words)
        surname = surname_word(same, words)
        for given in set(same[:-1]):
            yield _key(Stage.SHORTER, kind, f"{given} {surname}")
        if can_be_misspelled(same):
            yield _key(Stage.MISSPELLED, kind, f"{' '.join(same[:-1])} {same[-1][0]}{same[-1][-1]}")


def _seen(group: NameGroup, words: NameWords) -> Iterator[int]:
    kind, full = group.kind, group.words
    if kind is Kind.PEOPLE:
        yield from _seen_of_person(full, words)
        return
    if kind is Kind.PLACES:
        yield place_key(full)
        for name in names_of_building(full, words):
            yield _key(Stage.BUILDING, kind, " ".join(name))
    if kind is Kind.SYSTEMS and len(full) > 1:
        for word in {full[0], full[-1]}:
            yield _key(Stage.SYSTEM, kind, word)
    if kind is Kind.ORGANIZATIONS:
        for end in team_ends(group):
            yield _key(Stage.TEAM, kind, " ".join(end))
        for start in starts_of_firm(full, words):
            yield _key(Stage.FIRM, kind, " ".join(start))
    for initials in {*acronyms_of(full, words), *acronyms_with_article(group, words)}:
        yield _key(Stage.ACRONYM, kind, initials)


def _seen_of_person(full: Words, words: NameWords) -> Iterator[int]:
    if len(full) > 1 and family_name(full, words) != full:
        for word in set(full):
            yield _key(Stage.SURNAME, Kind.PEOPLE, word)
    for letters in letters_of_surname(full, words) if len(full) > 1 else ():
        yield _key(Stage.SURNAME, Kind.PEOPLE, letters)
    for given, surname in full_name_keys(full, words):
        yield _key(Stage.NICKNAME, Kind.PEOPLE, f"{given} {surname}")


def _sought(group: NameGroup, words: NameWords) -> Iterator[int]:
    kind, full = group.kind, group.words
    if kind is Kind.PEOPLE:
        if all(word in words.particles for word in full[:-1]):
            yield _key(Stage.SURNAME, kind, full[-1])
        for letters in letters_of_surname(full, words) if len(full) == 1 else ():
            yield _key(Stage.SURNAME, kind, letters)
        for given, surname in nickname_keys(full, words):
            yield _key(Stage.NICKNAME, kind, f"{given} {surname}")
        return
    if kind is Kind.PLACES and len(full) > 1:
        yield _key(Stage.BUILDING, kind, " ".join(full))
    if kind is Kind.SYSTEMS and is_sought_as_system(group):
        yield _key(Stage.SYSTEM, kind, group.key)
    if kind is Kind.ORGANIZATIONS:
        if is_sought_as_team(group, words):
            yield _key(Stage.TEAM, kind, " ".join(full))
        if is_sought_as_start(full, words):
            yield _key(Stage.FIRM, kind, " ".join(full))
        for end in team_ends(group):
            yield place_key(full[: -len(end)])
    if is_sought_as_acronym(group):
        yield _key(Stage.ACRONYM, kind, group.key)


def _key(stage: Stage, kind: Kind, text: str) -> int:
    return key_number(stage, f"{kind.value} {text}")


def are_related(number: int, one: Words, other: Words, words: NameWords) -> bool:
    """True when two names with a `CORE` key in common can be linked by its rule, or decide together about others."""
    match stage_of(number):
        case Stage.SHORTER:
            left, right = same_person_words(one, words), same_person_words(other, words)
            return is_part_of_person(left, right, words) or is_part_of_person(right, left, words)
        case Stage.MISSPELLED:
            return is_slip(same_person_words(one, words)[-1], same_person_words(other, words)[-1])
        case _:
            return True
