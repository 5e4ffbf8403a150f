"""Which names of an archive are one entity: the rules, from the surest to the least sure.

Each rule looks only at names that still stand for themselves and links a name only when exactly one cluster can be
meant. The tables are made before anything is linked by a rule, so that the order of names makes no difference.
"""

from collections.abc import Sequence

from index.model import Kind
from index.normalize.designators import is_designator
from index.normalize.name_words import NameWords, Words
from index.normalize.spellings import fold_spelling, fold_transliteration
from index.resolve.clusters import Clusters, NameGroup
from index.resolve.pack_names import PackNames
from index.resolve.people_rules import link_people, same_person_words
from index.resolve.records import Definition, NameId
from index.resolve.short_forms import (
    acronyms_of,
    is_part_of_system,
)

__all__ = ["link_names", "spelling_key"]

# Below this many letters two different names are easily transliterations of each other.
_SHORTEST_TRANSLITERATED = 7
_SHORTEST_ACRONYM = 3
_SHORTEST_NICKNAME = 5
_ENDS_OF_TEAMS = ("s", "x")


def link_names(
    clusters: Clusters, *, pack_names: PackNames, definitions: Sequence[Definition], words: NameWords
) -> None:
    """Apply all rules to clusters in which nothing is linked yet."""
    _link_references(clusters, pack_names)
    for kind in (Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PLACES, Kind.SYSTEMS):
        _link_spellings(clusters, kind, words)
    link_people(clusters, words)
    _link_systems(clusters)
    _link_teams(clusters, pack_names, words)
    for kind in (Kind.ORGANIZATIONS, Kind.PLACES, Kind.SYSTEMS):
        _link_definitions(clusters, kind, definitions)
        _link_acronyms(clusters, kind, words)


def spelling_key(kind: Kind, full: Words, words: NameWords) -> str:
    """What two names of a kind have in common when they differ in spelling only, also in where words are parted."""
    match kind:
        case Kind.PEOPLE:
            return "".join(same_person_words(full, words))
        case Kind.ORGANIZATIONS:
            bare = words.without_legal_forms(full)
            return "".join(map(_firm_word, words.content(bare) if len(bare) > 1 else bare))
        case Kind.SYSTEMS:
            return " ".join(fold_transliteration(word) if len(word) >= _SHORTEST_NICKNAME else word for word in full)
        case _:
            return " ".join(map(fold_spelling, full) if len(full) > 1 else full)


def _firm_word(word: str) -> str:
    spelled = fold_spelling(word)
    return fold_transliteration(spelled) if len(spelled) >= _SHORTEST_TRANSLITERATED else spelled


def _link_references(clusters: Clusters, pack_names: PackNames) -> None:
    first: dict[tuple[Kind, str], NameId] = {}
    for group in clusters.groups.values():
        entry, how = pack_names.entry_of(group)
        if entry is None:
            continue
        head = first.setdefault((group.kind, entry.reference), group.id)
        if head == group.id:
            clusters.entries[head] = entry
        else:
            clusters.link(group.id, head, how, f"a name of “{entry.name}” ({entry.reference})")


def _link_spellings(clusters: Clusters, kind: Kind, words: NameWords) -> None:
    """Names with the same spelling key: to the one that a pack knows, else to the most frequent of them."""
    alike: dict[str, list[NameGroup]] = {}
    for group in clusters.of_kind(kind):
        alike.setdefault(spelling_key(kind, group.words, words), []).append(group)
    for groups in alike.values():
        heads = {clusters.head(group.id) for group in groups}
        known = heads & clusters.entries.keys()
        loose = [group for group in groups if group.id in heads - known]
        if len(known) > 1 or not loose:
            continue
        target = clusters.groups[next(iter(known))] if known else min(loose, key=_by_weight)
        for group in loose:
            clusters.link(group.id, target.id, "spelling", f"another spelling of “{target.text}”")


def _link_systems(clusters: Clusters) -> None:
    """Link "S-400" to "S-400 Triumf" and the nickname to both, when only one system can be meant."""
    by_word: dict[str, list[NameGroup]] = {}
    for group in clusters.of_kind(Kind.SYSTEMS):
        for word in {group.words[0], group.words[-1]} if len(group.words) > 1 else ():
            by_word.setdefault(word, []).append(group)
    for group in clusters.loose(Kind.SYSTEMS):
        if len(group.words) != 1 or not (is_designator(group.key) or len(group.key) >= _SHORTEST_NICKNAME):
            continue
        longer = by_word.get(group.key, [])
        if all(is_part_of_system(group.words, other.words) for other in longer):
            clusters.link_to_only(group, longer, "short form", "shorter form of “{}”, the only one in the archive")


def _link_teams(clusters: Clusters, pack_names: PackNames, words: NameWords) -> None:
    """Link "Colts" to "Indianapolis Colts": a plural after a place, when nothing else in the archive ends so."""
    places = {group.words for group in clusters.of_kind(Kind.PLACES)}
    places.update(full for kind, full in pack_names.by_words if kind is Kind.PLACES)
    by_end: dict[Words, list[NameGroup]] = {}
    for group in clusters.of_kind(Kind.ORGANIZATIONS):
        for start in range(1, len(group.words)) if group.key.endswith(_ENDS_OF_TEAMS) else ():
            by_end.setdefault(group.words[start:], []).append(group)
    for group in clusters.loose(Kind.ORGANIZATIONS):
        longer = by_end.get(group.words, [])
        if not group.key.endswith(_ENDS_OF_TEAMS) or words.is_generic(group.words):
            continue
        if all(other.words[: -len(group.words)] in places for other in longer):
            clusters.link_to_only(group, longer, "short form", "short for “{}”, the only one in the archive")


def _link_definitions(clusters: Clusters, kind: Kind, definitions: Sequence[Definition]) -> None:
    """A short name to the only long one that articles explain it by."""
    explained: dict[NameId, list[NameGroup]] = {}
    for definition in sorted(definitions):
        long = clusters.groups.get((kind, definition.long_key))
        if definition.kind is kind and long is not None:
            explained.setdefault((kind, definition.short_key), []).append(long)
    for group in clusters.loose(kind):
        clusters.link_to_only(group, explained.get(group.id, []), "acronym", "articles explain it as “{}”")


def _link_acronyms(clusters: Clusters, kind: Kind, words: NameWords) -> None:
    """An acronym of three letters or more to the only long name with these initials."""
    by_initials: dict[str, list[NameGroup]] = {}
    for group in clusters.of_kind(kind):
        for initials in acronyms_of(group.words, words):
            by_initials.setdefault(initials, []).append(group)
    for group in clusters.loose(kind):
        if len(group.words) == 1 and group.acronym and len(group.key) >= _SHORTEST_ACRONYM:
            long = by_initials.get(group.key, [])
            clusters.link_to_only(group, long, "acronym", "initials of “{}”, the only one in the archive")


def _by_weight(group: NameGroup) -> tuple[int, str]:
    return -group.mentions, group.key
