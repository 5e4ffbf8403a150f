"""Rules that merge names of people: spellings, omitted middle names, surnames, typos."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from index.identity.clusters import Clusters, NameGroup, Stage
from index.identity.naming.keys import key_of
from index.identity.records import NameId
from index.identity.similarity.short_forms import family_name, is_part_of_person, is_surname_of
from index.identity.similarity.spelling_keys import same_person_words
from index.model import Kind
from index.normalize.name_words import NameWords, Words
from index.normalize.names import is_initial

__all__ = ["can_be_misspelled", "is_slip", "link_people", "surname_word"]

_SHORTEST_FULL_NAME = 2
_SHORTEST_MISSPELLED = 6
_MOST_COMPARED = 20
# A misspelling is rare beside the right spelling; two people with like names are not.
_RARER = 10


def link_people(clusters: Clusters, words: NameWords) -> None:
    """Link the names of people that are shorter, longer or misspelled forms of exactly one full name."""
    same = {group.id: same_person_words(group.words, words) for group in clusters.open_of_kind(Kind.PEOPLE)}
    clusters.begin(Stage.SHORTER)
    _link_shorter(clusters, same, words)
    clusters.begin(Stage.LONGER)
    _link_longer(clusters, same, words)
    clusters.begin(Stage.MISSPELLED)
    _link_misspelled(clusters, same)
    clusters.begin(Stage.SURNAME)
    _link_surnames(clusters, words)


def _link_shorter(clusters: Clusters, same_words: Mapping[NameId, Words], words: NameWords) -> None:
    """Link "Tayyip Erdogan" and "Recep Erdogan" to "Recep Tayyip Erdogan"; never only an initial with a surname."""
    by_ends: dict[tuple[str, str], list[tuple[NameGroup, Words]]] = {}
    for group in clusters.open_of_kind(Kind.PEOPLE):
        if len(group.words) > _SHORTEST_FULL_NAME:
            same = same_words[group.id]
            for given in set(same[:-1]):
                by_ends.setdefault((given, surname_word(same, words)), []).append((group, same))
    for group in clusters.loose(Kind.PEOPLE):
        if len(group.words) < _SHORTEST_FULL_NAME or all(map(is_initial, group.words[:-1])):
            continue
        short = same_words[group.id]
        surname = surname_word(short, words)
        longer = [pair for given in {short[0], short[-2]} for pair in by_ends.get((given, surname), [])]
        candidates = [other for other, full in longer if is_part_of_person(short, full, words)]
        clusters.link_to_only(group, candidates, "short form", "shorter form of “{}”, the only one in the archive")


def _link_longer(clusters: Clusters, same_words: Mapping[NameId, Words], words: NameWords) -> None:
    """Link "Vladimir Vladimirovich Putin" to the only one whom packs know as "Vladimir Putin".

    Not when a pack knows another middle name of his: that is somebody else.
    """
    by_ends: dict[tuple[str, str], list[NameGroup]] = {}
    for group in clusters.open_of_kind(Kind.PEOPLE):
        if len(group.words) >= _SHORTEST_FULL_NAME and clusters.head(group.id) in clusters.entries:
            same = same_words[group.id]
            by_ends.setdefault((same[0], surname_word(same, words)), []).append(group)
    longer: dict[NameId, list[NameGroup]] = {}
    for group in clusters.loose(Kind.PEOPLE):
        if len(group.words) <= _SHORTEST_FULL_NAME:
            continue
        long = same_words[group.id]
        known = by_ends.get((long[0], surname_word(long, words)), [])
        heads = {
            clusters.head(other.id)
            for other in known
            if is_part_of_person(same_words[other.id], long, words)
            and not _has_other_middle_name(clusters, other, long, words)
        }
        if len(heads) == 1:
            longer.setdefault(heads.pop(), []).append(group)
    for head, groups in longer.items():
        if _contradict([same_words[group.id] for group in groups], words):
            for group in groups:
                clusters.choose(group.id, [head], "short form", "longer form of “{}”")
            continue
        for group in groups:
            evidence = f"longer form of “{clusters.groups[head].text}”, the only one that packs know"
            clusters.link(group.id, head, "short form", evidence)


def _contradict(longer: Sequence[Words], words: NameWords) -> bool:
    """True when two of the names have other middle names: both may be the same shorter name, and are two people."""
    return any(
        left != right and not is_part_of_person(left, right, words) and not is_part_of_person(right, left, words)
        for left, right in combinations(longer[:_MOST_COMPARED], 2)
    )


def _has_other_middle_name(clusters: Clusters, known: NameGroup, long: Words, words: NameWords) -> bool:
    entry = clusters.entries[clusters.head(known.id)]
    plain = (key_of(text, Kind.PEOPLE, reference=None, words=words) for text in (entry.name, *entry.aliases))
    known_as = (same_person_words(tuple(key.split()), words) for key in plain)
    return any(
        full[0] == long[0]
        and full[-1] == long[-1]
        and full != long
        and not is_part_of_person(full, long, words)
        and not is_part_of_person(long, full, words)
        for full in known_as
        if len(full) > _SHORTEST_FULL_NAME
    )


def _link_misspelled(clusters: Clusters, same_words: Mapping[NameId, Words]) -> None:
    """Link "Alexander Mikhev" to the only "Alexander Mikheev": one letter left out, added or swapped with the next.

    Given names are the same, the surname begins and ends alike, and the misspelling is rare beside the right one.
    """
    by_frame: dict[tuple[Words, str, str], list[tuple[NameGroup, str]]] = {}
    for group in clusters.open_of_kind(Kind.PEOPLE):
        same = same_words[group.id]
        if can_be_misspelled(same):
            by_frame.setdefault((same[:-1], same[-1][0], same[-1][-1]), []).append((group, same[-1]))
    loose = {group.id for group in clusters.loose(Kind.PEOPLE)}
    right: dict[NameId, list[NameGroup]] = {}
    for alike in by_frame.values():
        for group, surname in alike if len(alike) > 1 else ():
            found = [other for other, spelled in alike if _is_rarer(group, other) and is_slip(surname, spelled)]
            if found and group.id in loose:
                right[group.id] = found
    for name_id, found in right.items():
        # What is a misspelling itself is nobody's right spelling: slips are not chained.
        if not any(other.id in right for other in found):
            phrase = "one letter away from “{}”, which is far more frequent"
            clusters.link_to_only(clusters.groups[name_id], found, "misspelling", phrase)


def can_be_misspelled(same: Words) -> bool:
    """True for a full name, with one spelling for each word, whose surname is long enough for a slip to be seen."""
    is_long = len(same) >= _SHORTEST_FULL_NAME and len(same[-1]) >= _SHORTEST_MISSPELLED - 1
    return is_long and not is_initial(same[0])


def _is_rarer(group: NameGroup, other: NameGroup) -> bool:
    return group.mentions * _RARER <= other.mentions and (-other.mentions, other.key) < (-group.mentions, group.key)


def is_slip(left: str, right: str) -> bool:
    """True when one letter is left out, added, or swapped with the next; both words are long enough for that."""
    if abs(len(left) - len(right)) > 1:
        return False
    short, long = sorted((left, right), key=len)
    if len(long) < _SHORTEST_MISSPELLED or not (short.isalpha() and long.isalpha()):
        return False
    if len(short) == len(long):
        differing = [place for place, (one, other) in enumerate(zip(left, right, strict=True)) if one != other]
        return len(differing) == 2 and left[differing[0]] + left[differing[1]] == (
            right[differing[1]] + right[differing[0]]
        )
    return len(long) - len(short) == 1 and any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def _link_surnames(clusters: Clusters, words: NameWords) -> None:
    """Link "Demir" to "Ismail Demir" when nobody else in the archive has that word in a full name."""
    by_word: dict[str, list[NameGroup]] = {}
    for group in clusters.of_kind(Kind.PEOPLE):
        if len(group.words) > 1 and family_name(group.words, words) != group.words:
            for word in set(group.words):
                by_word.setdefault(word, []).append(group)
    for group in clusters.turns(Kind.PEOPLE):
        if len(group.words) > 1 and not all(word in words.particles for word in group.words[:-1]):
            continue
        longer = clusters.few(by_word.get(group.words[-1], []), group.kind, group.words[-1])
        full = [other for other in longer if other.id != group.id]
        if any(is_surname_of(group.words, other.words, words) for other in full):
            clusters.link_to_only(group, full, "surname", "surname of “{}”, the only one in the archive")


def surname_word(full: Words, words: NameWords) -> str:
    """The last word of a name that is no generation."""
    return full[-2] if len(full) > 2 and full[-1] in words.generations else full[-1]
