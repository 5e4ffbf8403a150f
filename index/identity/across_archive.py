"""Resolution of the whole archive: every distinct name to exactly one entity, by rules and by what people decided."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.identity.applied.decided_clusters import (
    DecidedClusters,
    EntityCluster,
    in_force,
    rejected_names,
    retyped_names,
    sides_kept_apart,
)
from index.identity.applied.mention_splits import taken_back
from index.identity.clusters import Clusters
from index.identity.entities import make_entities, make_redirects
from index.identity.ids import WantedId, give_ids, wanted_ids
from index.identity.name_groups import group_names
from index.identity.name_keys import NameKey, keys_of
from index.identity.naming.words import words_of
from index.identity.pack_names import PackNames
from index.identity.records import Companions, Definition, MadeDecision, Name, NameId, Resolution, Witnesses
from index.identity.rules.archive_rules import link_names
from index.identity.rules.contexts import Beside, link_by_context
from index.identity.rules.kind_rules import link_kinds
from index.identity.stored import HeadRow, NameState, Outcome, Update
from index.identity.suggestions import make_pairs, make_suggestions
from index.normalize.name_words import NameWords
from index.packs.loader import Packs

__all__ = ["by_name", "head_rows", "name_state", "resolve_all", "resolve_names"]


def resolve_names(
    names: Iterable[Name],
    *,
    packs: Packs,
    decisions: Sequence[MadeDecision],
    definitions: Iterable[Definition] = (),
    companions: Companions | None = None,
    witnesses: Witnesses | None = None,
) -> Resolution:
    """Return the entities of an archive, the entity of each name, and pairs of entities that a person should look at.

    A pure function: the order of `names` and `definitions` makes no difference; that of `decisions` is the order
    in which they were made. `definitions` are short names that articles explain themselves. `companions` tells who
    is named beside whom; without it a short name that may mean several entities is left apart, whatever stands
    beside it. `witnesses` tells by what evidence names were found; without it a name of two kinds stays two.
    """
    update = resolve_all(
        names,
        packs=packs,
        decisions=decisions,
        definitions=definitions,
        companions=companions,
        witnesses=witnesses,
    )
    return Resolution(
        tuple(update.entities), update.assignments, update.redirects, update.taken_back, tuple(update.suggestions)
    )


def resolve_all(
    names: Iterable[Name],
    *,
    packs: Packs,
    decisions: Sequence[MadeDecision],
    definitions: Iterable[Definition] = (),
    companions: Companions | None = None,
    witnesses: Witnesses | None = None,
) -> Update:
    """Resolve all names; return the resolution with everything that the next one needs to look only at changes."""
    made = in_force(decisions)
    words = words_of(packs)
    groups = group_names(names, words=words, retyped=retyped_names(made), rejected=rejected_names(made))
    clusters = Clusters(groups, sides_kept_apart(made, groups))
    pack_names = PackNames.from_packs(packs, words=words)
    link_names(clusters, pack_names=pack_names, definitions=tuple(definitions), words=words)
    if witnesses is not None:
        link_kinds(clusters, witnesses, companions, words=words)
    contexts = link_by_context(clusters, companions) if companions is not None else {}
    decided = DecidedClusters(clusters)
    decided.apply(made)
    entity_clusters = decided.clusters()
    wanted = wanted_ids(clusters, decided, entity_clusters)
    ids = give_ids(wanted)
    entities, assignments = make_entities(clusters, decided, entity_clusters, ids)
    resolution = Resolution(tuple(entities), assignments, make_redirects(ids, entity_clusters, clusters))
    pairs = tuple(make_pairs(clusters, words, contexts))
    return Update(
        entities=entities,
        assignments=assignments,
        redirects=resolution.redirects,
        suggestions=make_suggestions(pairs, clusters, decided, resolution),
        heads=head_rows(entity_clusters, wanted, ids),
        states=_LazyStates(clusters, contexts),
        keys=_LazyKeys(clusters, pack_names, words),
        pairs=pairs,
        taken_back=taken_back(decisions, assignments),
    )


def head_rows(
    entity_clusters: Iterable[EntityCluster], wanted: Iterable[WantedId], ids: Mapping[NameId, str]
) -> list[HeadRow]:
    """Return the heads of clusters with the ids that they want and have."""
    by_head = {item.head: item for item in wanted}
    return [
        HeadRow(by_head[head], ids[head], ids[cluster.head], len(cluster.members))
        for cluster in entity_clusters
        for head in cluster.heads
    ]


def name_state(
    clusters: Clusters, name_id: NameId, contexts: Mapping[NameId, Sequence[tuple[NameId, Beside]]]
) -> NameState:
    """Return the state of a group for the next resolution; `contexts` are the candidates of each name."""
    group = clusters.groups[name_id]
    choice = clusters.choices.get(name_id)
    candidates = contexts.get(name_id, ())
    watched = {head for head, _ in candidates}
    if choice is not None:
        watched.update(choice.heads, map(clusters.head, choice.heads))
    return NameState(
        group=name_id,
        text=group.text,
        mentions=group.mentions,
        is_acronym=group.acronym,
        reference=group.reference,
        outcome=Outcome(
            clusters.links.get(name_id), choice, clusters.fitting.get(name_id), clusters.entry_reference(name_id)
        ),
        watched=frozenset(watched),
        companions=frozenset(head for _, beside in candidates for head in beside.heads),
    )


def by_name(
    contexts: Mapping[tuple[NameId, NameId], Beside],
) -> dict[NameId, list[tuple[NameId, Beside]]]:
    """Return the evidence for each candidate of each name."""
    found: dict[NameId, list[tuple[NameId, Beside]]] = {}
    for (name_id, head), beside in contexts.items():
        found.setdefault(name_id, []).append((head, beside))
    return found


class _LazyStates(Mapping[NameId, NameState]):
    """States of all names, made lazily: a caller who only reads the resolution pays nothing."""

    def __init__(self, clusters: Clusters, contexts: Mapping[tuple[NameId, NameId], Beside]) -> None:
        self._clusters = clusters
        self._contexts = by_name(contexts)
        self._group_of = {given: group.id for group in clusters.groups.values() for given in group.ids}

    def __getitem__(self, name_id: NameId) -> NameState:
        return name_state(self._clusters, self._group_of[name_id], self._contexts)

    def __iter__(self) -> Iterator[NameId]:
        return iter(self._group_of)

    def __len__(self) -> int:
        return len(self._group_of)


class _LazyKeys(Mapping[NameId, set[NameKey]]):
    """Keys of all groups by the first of their names, made lazily."""

    def __init__(self, clusters: Clusters, pack_names: PackNames, words: NameWords) -> None:
        self._clusters = clusters
        self._pack_names = pack_names
        self._words = words
        self._groups = {group.ids[0]: group for group in clusters.groups.values()}

    def __getitem__(self, name_id: NameId) -> set[NameKey]:
        group = self._groups[name_id]
        entry, _ = self._pack_names.entry_of(group)
        reference = None if entry is None else entry.reference
        return keys_of(group, reference=reference, is_head=group.id not in self._clusters.links, words=self._words)

    def __iter__(self) -> Iterator[NameId]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)
