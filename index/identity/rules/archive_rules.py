"""Rules that merge names of an archive into entities, from the surest to the least sure.

Each rule looks only at names that still stand for themselves and links a name only when exactly one cluster can be
meant. The tables are made before anything is linked by a rule, so that the order of names makes no difference.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from index.identity.clusters import Clusters, Stage
from index.identity.name_groups import NameGroup
from index.identity.pack_names import PackNames
from index.identity.records import Definition, NameId
from index.identity.rules.people_rules import link_people
from index.identity.rules.place_rules import link_places
from index.identity.similarity.short_forms import (
    acronyms_of,
    is_part_of_system,
)
from index.identity.similarity.spelling_keys import spelling_key
from index.model import ENTITY_KINDS, Kind
from index.normalize.designators import is_designator
from index.normalize.name_words import NameWords, Words
from index.normalize.names import fold_name

__all__ = [
    "acronyms_with_article",
    "is_sought_as_acronym",
    "is_sought_as_start",
    "is_sought_as_system",
    "is_sought_as_team",
    "link_names",
    "starts_of_firm",
    "team_ends",
]

_SHORTEST_ACRONYM = 3
_SHORTEST_NICKNAME = 5
_SHORTEST_START = 3
_LONGEST_START = 2
_LONGEST_REST = 2
_PART_OF_FIRM = "part of firm"
_FIRMS = frozenset({"", "airline", "bank", "company", "exchange", "firm", "football club", "website"})
_ENDS_OF_TEAMS = ("s", "x")


def link_names(
    clusters: Clusters, *, pack_names: PackNames, definitions: Sequence[Definition], words: NameWords
) -> None:
    """Apply all rules to clusters in which nothing is linked yet."""
    clusters.begin(Stage.REFERENCE)
    _link_references(clusters, pack_names)
    clusters.begin(Stage.SPELLING)
    for kind in (Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PLACES, Kind.SYSTEMS):
        _link_spellings(clusters, kind, words)
    link_people(clusters, pack_names.people, words)
    link_places(clusters, pack_names, words)
    _link_systems(clusters)
    _link_teams(clusters, pack_names, words)
    for kind in (Kind.ORGANIZATIONS, Kind.PLACES, Kind.SYSTEMS):
        by_initials = _by_initials(clusters, kind, words)
        clusters.begin(Stage.DEFINITION)
        _link_definitions(clusters, kind, definitions, by_initials)
        clusters.begin(Stage.ACRONYM)
        _link_acronyms(clusters, kind, by_initials, words)
    clusters.begin(Stage.FIRM)
    _find_parts_of_firms(clusters, words)


def _link_references(clusters: Clusters, pack_names: PackNames) -> None:
    first: dict[tuple[Kind, str], NameId] = {}
    for group in chain.from_iterable(map(clusters.of_kind, ENTITY_KINDS)):
        entry, how = pack_names.entry_of(group)
        if entry is None:
            continue
        if group.id in clusters.frozen:
            if clusters.frozen[group.id].has_entry:
                clusters.entries[group.id] = entry
            continue
        head = first.setdefault((group.kind, entry.reference), group.id)
        if head == group.id:
            clusters.entries[head] = entry
        else:
            clusters.link(group.id, head, how, f"a name of “{entry.name}” ({entry.reference})")


def _link_spellings(clusters: Clusters, kind: Kind, words: NameWords) -> None:
    """Names with the same spelling key: to the one that a pack knows, else to the most frequent of them."""
    by_key: dict[str, list[NameGroup]] = {}
    for group in clusters.open_of_kind(kind):
        by_key.setdefault(spelling_key(kind, group.words, words), []).append(group)
    alike = [groups for groups in by_key.values() if len(groups) > 1]
    for groups in _with_one_legal_form(alike, kind, words):
        heads = {clusters.head(group.id) for group in groups}
        known = heads & clusters.entries.keys()
        heads = {head for head in heads if head in known or not _is_firm_beside(head, known, clusters, words)}
        loose = [group for group in groups if group.id in heads - known]
        if len(known) > 1:
            for group in loose:
                clusters.choose(group.id, known, "spelling", "a name of “{}”")
        if len(known) > 1 or not loose:
            continue
        target = clusters.groups[next(iter(known))] if known else min(loose, key=_by_weight)
        for group in loose:
            clusters.link(group.id, target.id, "spelling", f"another spelling of “{target.text}”")


def _is_firm_beside(head: NameId, known: Collection[NameId], clusters: Clusters, words: NameWords) -> bool:
    """True for "IMF Inc" where packs know the IMF, which is no firm: a legal form says more than the initials."""
    full = clusters.groups[head].words
    bare = words.without_legal_forms(full)
    if head[0] is not Kind.ORGANIZATIONS or bare == full or len(bare) > 1:
        return False
    entries = [clusters.entries[other] for other in known]
    return bool(entries) and all(
        entry.attributes.get("category", "") not in _FIRMS and fold_name(entry.name) != bare[0] for entry in entries
    )


def _with_one_legal_form(
    alike: Iterable[Sequence[NameGroup]], kind: Kind, words: NameWords
) -> Iterator[Sequence[NameGroup]]:
    """Names of firms apart by legal form where there are two: "X AG" and "X GmbH" are two firms, and "X" is either."""
    for groups in alike:
        if kind is not Kind.ORGANIZATIONS:
            yield groups
            continue
        by_form: dict[str, list[NameGroup]] = {}
        for group in groups:
            by_form.setdefault(words.legal_form(group.words), []).append(group)
        yield from by_form.values() if len(by_form.keys() - {""}) > 1 else [groups]


def _link_systems(clusters: Clusters) -> None:
    """Link "S-400" to "S-400 Triumf" and the nickname to both, when only one system can be meant."""
    clusters.begin(Stage.SYSTEM)
    by_word: dict[str, list[NameGroup]] = {}
    for group in clusters.of_kind(Kind.SYSTEMS):
        for word in {group.words[0], group.words[-1]} if len(group.words) > 1 else ():
            by_word.setdefault(word, []).append(group)
    for group in clusters.turns(Kind.SYSTEMS):
        if not is_sought_as_system(group):
            continue
        longer = clusters.few(by_word.get(group.key, []), group.kind, group.key)
        if all(is_part_of_system(group.words, other.words) for other in longer):
            clusters.link_to_only(group, longer, "short form", "shorter form of “{}”, the only one in the archive")


def _link_teams(clusters: Clusters, pack_names: PackNames, words: NameWords) -> None:
    """Link "Colts" to "Indianapolis Colts": a plural after a place, when nothing else in the archive ends so."""
    clusters.begin(Stage.TEAM)
    places = {group.words for group in clusters.of_kind(Kind.PLACES)}
    places.update(full for kind, full in pack_names.by_words if kind is Kind.PLACES)
    by_end: dict[Words, list[NameGroup]] = {}
    for group in clusters.of_kind(Kind.ORGANIZATIONS):
        for end in team_ends(group):
            by_end.setdefault(end, []).append(group)
    for group in clusters.turns(Kind.ORGANIZATIONS):
        if not is_sought_as_team(group, words):
            continue
        longer = clusters.few(by_end.get(group.words, []), group.kind, " ".join(group.words))
        if all(other.words[: -len(group.words)] in places for other in longer):
            clusters.link_to_only(group, longer, "short form", "short for “{}”, the only one in the archive")
        else:
            clusters.choose_among(group, longer, _PART_OF_FIRM, "short for “{}”")


def _by_initials(clusters: Clusters, kind: Kind, words: NameWords) -> dict[str, list[NameGroup]]:
    """Return the long names with the initials of each acronym that stands for itself."""
    found: dict[str, list[NameGroup]] = {group.key: [] for group in clusters.loose(kind) if is_sought_as_acronym(group)}
    for group in clusters.of_kind(kind) if found else ():
        if len(group.words) > 1:
            for initials in found.keys() & acronyms_of(group.words, words):
                found[initials].append(group)
    return found


def _link_definitions(
    clusters: Clusters,
    kind: Kind,
    definitions: Sequence[Definition],
    by_initials: Mapping[str, Sequence[NameGroup]],
) -> None:
    """A short name to the only long one that articles explain it by.

    A single article does not decide where another long name has the initials.
    """
    explained: dict[NameId, list[NameGroup]] = {}
    articles: dict[NameId, int] = {}
    for definition in sorted(definitions):
        long = clusters.groups.get((kind, definition.long_key))
        if definition.kind is kind and long is not None:
            short = (kind, definition.short_key)
            explained.setdefault(short, []).append(long)
            articles[short] = articles.get(short, 0) + definition.documents
    for group in clusters.turns(kind):
        said = explained.get(group.id, [])
        heads = {clusters.head(long.id) for long in said}
        is_alone = articles.get(group.id) == 1
        others = clusters.few(by_initials.get(group.key, ()), kind, group.key, stage=Stage.ACRONYM) if is_alone else ()
        if all(clusters.head(other.id) in heads for other in others):
            clusters.link_to_only(group, said, "acronym", "articles explain it as “{}”")
        else:
            clusters.choose_among(group, [*said, *others], "acronym", "initials of “{}”, or explained so")


def _link_acronyms(
    clusters: Clusters, kind: Kind, by_initials: Mapping[str, Sequence[NameGroup]], words: NameWords
) -> None:
    """An acronym of three letters or more to the only long name with these initials."""
    with_article: dict[str, list[NameGroup]] = {}
    for group in clusters.of_kind(kind) if by_initials else ():
        if len(group.words) > 1:
            for initials in by_initials.keys() & set(acronyms_with_article(group, words)):
                with_article.setdefault(initials, []).append(group)
    for group in clusters.turns(kind):
        if not is_sought_as_acronym(group) or group.id in clusters.choices:
            continue
        long = clusters.few(by_initials.get(group.key, ()), kind, group.key)
        clusters.link_to_only(group, long, "acronym", "initials of “{}”, the only one in the archive")
        clusters.choose_among(group, with_article.get(group.key, []), "acronym with the", "initials of “The {}”")


def acronyms_with_article(group: NameGroup, words: NameWords) -> Iterator[str]:
    """Yield the initials of an organization's name together with those of "The", as in "THR"."""
    if group.kind is Kind.ORGANIZATIONS:
        yield from sorted({f"t{initials}" for initials in acronyms_of(group.words, words) if len(initials) > 1})


def _find_parts_of_firms(clusters: Clusters, words: NameWords) -> None:
    """Leave to company whether "Piedmont" is "Piedmont Aviation": any firm may begin with a name that others have."""
    by_start: dict[Words, list[NameGroup]] = {}
    for group in clusters.of_kind(Kind.ORGANIZATIONS):
        for start in starts_of_firm(group.words, words):
            by_start.setdefault(start, []).append(group)
    for group in clusters.turns(Kind.ORGANIZATIONS):
        if is_sought_as_start(group.words, words):
            longer = clusters.few(by_start.get(group.words, []), group.kind, " ".join(group.words))
            if not any(_is_branch(other, group.words, words) for other in longer):
                clusters.choose_among(group, longer, _PART_OF_FIRM, "short for “{}”")


def starts_of_firm(full: Words, words: NameWords) -> Iterator[Words]:
    """Yield the beginnings of a firm's name, without its legal form, that may stand for it."""
    bare = words.without_legal_forms(full)
    for length in range(1, min(_LONGEST_START, len(bare) - 1) + 1):
        if is_sought_as_start(bare[:length], words):
            yield bare[:length]


def _is_branch(group: NameGroup, start: Words, words: NameWords) -> bool:
    """True for "Bandai Australia" and "Nynex Credit", parts of firms that have no more than the first word."""
    rest = words.without_legal_forms(group.words)[len(start) :]
    return len(rest) > _LONGEST_REST or any(word in words.branches or word in words.places for word in rest)


def is_sought_as_start(full: Words, words: NameWords) -> bool:
    """True for a name that may be the beginning of a firm's."""
    return len(full) <= _LONGEST_START and len(full[0]) >= _SHORTEST_START and not words.is_generic(full)


def is_sought_as_acronym(group: NameGroup) -> bool:
    """True for a name that may be the initials of a longer one."""
    return len(group.words) == 1 and group.acronym and len(group.key) >= _SHORTEST_ACRONYM


def is_sought_as_system(group: NameGroup) -> bool:
    """True for a name of one word that may be the designator or the nickname of a system."""
    return len(group.words) == 1 and (is_designator(group.key) or len(group.key) >= _SHORTEST_NICKNAME)


def is_sought_as_team(group: NameGroup, words: NameWords) -> bool:
    """True for a name that may be a team without its place."""
    return group.key.endswith(_ENDS_OF_TEAMS) and not words.is_generic(group.words)


def team_ends(group: NameGroup) -> Iterator[Words]:
    """Yield the ends of a name that may be a team with its place before it; "2008 Chiefs" says when, not where."""
    for start in range(1, len(group.words)) if group.key.endswith(_ENDS_OF_TEAMS) else ():
        if not group.words[start - 1].isdigit():
            yield group.words[start:]


def _by_weight(group: NameGroup) -> tuple[int, str]:
    return -group.mentions, group.key
