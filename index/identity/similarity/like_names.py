"""Pairs of names of an archive that are likely one, found without comparing every name with every other.

Names meet in blocks: under keys of which two names that differ by one slip, an initial, a nickname or the order of
their words have one in common. Only names of one block are compared, and blocks in which too many names meet are left
out: what a hundred people have in common says nothing.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, groupby

from index.identity.clusters import Clusters
from index.identity.name_groups import NameGroup
from index.identity.records import NameId
from index.identity.similarity.grades import Grade, Likeness
from index.identity.similarity.likeness import compare_names
from index.identity.similarity.people_likeness import PersonName, compare_person_names, person_name
from index.model import Kind
from index.normalize.name_words import NameWords, Words
from index.normalize.names import is_initial
from index.normalize.spellings import fold_transliteration

__all__ = ["MOST_IN_BLOCK", "MOST_WORDS", "compare_pairs", "like_keys", "like_names"]

MOST_IN_BLOCK = 16
# Of a word in which one letter is wrong, its beginning or its end is right.
_RIGHT_LETTERS = 2
_SHORTEST_SINGLE = 8
_SHORTEST_FULL_NAME = 2
MOST_WORDS = 6

_Key = tuple[str, ...]


def like_names(clusters: Clusters, words: NameWords) -> Iterator[tuple[NameId, NameId, Likeness]]:
    """Pairs of heads of clusters that are likely one, each pair once, in order of their ids.

    Two heads that packs know are two entities and no pair.
    """
    for kind in _KEYS:
        heads = [
            group
            for group in clusters.of_kind(kind)
            if group.id not in clusters.links and len(group.words) <= MOST_WORDS
        ]
        meeting = sorted(_meeting(like_keys(kind, group.words, words) for group in heads))
        yield from compare_pairs(((heads[left], heads[right]) for left, right in meeting), clusters, words)


def like_keys(kind: Kind, full: Words, words: NameWords) -> Iterator[_Key]:
    """Keys under which a name meets those that it may be likely one with."""
    return _KEYS[kind](full, words)


def compare_pairs(
    pairs: Iterable[tuple[NameGroup, NameGroup]], clusters: Clusters, words: NameWords
) -> Iterator[tuple[NameId, NameId, Likeness]]:
    """Those pairs of heads of one kind that are likely one; names of people are made ready once."""
    people: dict[NameId, PersonName] = {}

    def person(group: NameGroup) -> PersonName:
        if group.id not in people:
            people[group.id] = person_name(group.words, words)
        return people[group.id]

    for one, other in pairs:
        if (one.id in clusters.entries and other.id in clusters.entries) or one.words == other.words:
            continue
        if one.kind is Kind.PEOPLE:
            likeness = compare_person_names(person(one), person(other), words)
        else:
            likeness = compare_names(one.words, other.words, kind=one.kind, words=words)
        if likeness.grade is Grade.LIKELY:
            yield one.id, other.id, likeness


def _meeting(keys_of_names: Iterable[Iterable[_Key]]) -> set[tuple[int, int]]:
    """The pairs of names, by their places, that share a key which few have.

    Millions of keys are held as numbers side by side, a tenth of what a table of blocks takes. Two keys that happen to
    have one number only make a pair more to compare.
    """
    numbers, places = array("q"), array("q")
    for place, keys in enumerate(keys_of_names):
        for number in {hash(key) for key in keys}:
            numbers.append(number)
            places.append(place)
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    found: set[tuple[int, int]] = set()
    for _, block in groupby(order, key=numbers.__getitem__):
        members = [places[entry] for entry in block]
        if 1 < len(members) <= MOST_IN_BLOCK:
            found.update(combinations(members, 2))
    return found


def _person_keys(full: Words, words: NameWords) -> Iterator[_Key]:
    yield "joined", "".join(full)
    if len(full) == 1:
        if len(full[0]) >= _SHORTEST_SINGLE:
            yield from _ends(full[0], "single")
        return
    surname, first = fold_transliteration(full[-1]), full[0]
    given = words.given_name(first)
    yield "initial", surname, first[0]
    for meant in words.nicknames.get(first, ()):
        yield "given", surname, words.given_name(meant)
    yield "given", surname, given
    if not is_initial(first):
        yield from _ends(surname, given)
    yield "turned", *sorted((surname, fold_transliteration(given)))
    if len(full) > _SHORTEST_FULL_NAME:
        yield "turned", *sorted(map(fold_transliteration, full))
    yield "longer", *full[:_SHORTEST_FULL_NAME]


def _firm_keys(full: Words, words: NameWords) -> Iterator[_Key]:
    bare = words.content(words.without_legal_forms(full))
    if words.is_generic(bare):
        return
    yield "joined", "".join(bare)
    if len(bare) == 1:
        if len(bare[0]) >= _SHORTEST_SINGLE:
            yield from _ends(bare[0], "single")
        return
    yield "turned", *sorted(bare)
    for place, word in enumerate(bare):
        yield from _ends(word, *bare[:place], "", *bare[place + 1 :])


def _ends(word: str, *rest: str) -> Iterator[_Key]:
    yield "begins", word[:_RIGHT_LETTERS], *rest
    yield "ends", word[-_RIGHT_LETTERS:], *rest


_KEYS: dict[Kind, Callable[[Words, NameWords], Iterator[_Key]]] = {
    Kind.PEOPLE: _person_keys,
    Kind.ORGANIZATIONS: _firm_keys,
    Kind.PLACES: _firm_keys,
    Kind.SYSTEMS: _firm_keys,
}
