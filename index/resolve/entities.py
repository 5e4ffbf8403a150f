"""Entities out of clusters of names: ids, canonical names, aliases, and redirects from ids that are no more."""

from collections.abc import Iterable, Mapping, Sequence

from index.model import ENTITY_KINDS, Alias, Entity, Kind
from index.normalize.names import slug
from index.packs.loader import PackEntry
from index.resolve.clusters import Clusters, NameGroup, NameId
from index.resolve.records import Assignment, Resolution
from index.resolve.verdicts import JudgedCluster, Verdicts

__all__ = ["make_resolution"]

_SINGULAR = {
    Kind.PEOPLE: "person",
    Kind.ORGANIZATIONS: "organization",
    Kind.PLACES: "place",
    Kind.SYSTEMS: "system",
}


def make_resolution(clusters: Clusters, verdicts: Verdicts) -> Resolution:
    """All entities with what was linked to them and why."""
    judged = verdicts.clusters()
    ids = _ids(clusters, verdicts, judged)
    entities: list[Entity] = []
    assignments: dict[NameId, Assignment] = {}
    for cluster in judged:
        head = verdicts.head(cluster)
        entity = _entity(ids[head], cluster, head, clusters.groups, verdicts)
        entities.append(entity)
        for member in sorted(cluster.members):
            assignment = _assignment(member, head, entity, clusters, verdicts)
            assignments.update(dict.fromkeys(clusters.groups[member].ids, assignment))
    entities.sort(key=lambda entity: entity.id)
    return Resolution(tuple(entities), assignments, _redirects(ids, judged, clusters, verdicts))


def _ids(clusters: Clusters, verdicts: Verdicts, judged: Sequence[JudgedCluster]) -> dict[NameId, str]:
    """An id for each head, merged ones included.

    Entities that the rules made choose first, so that a split or merge changes no id but those it concerns; among
    them, what a pack knows, then people, organizations, places, systems.
    """
    by_rules = {clusters.head(group_id) for group_id in clusters.groups}
    heads = {head for cluster in judged for head in cluster.heads}
    wanted = {head: _wanted_id(clusters.groups[head], verdicts.entry(head)) for head in heads | by_rules}
    taken: dict[str, NameId] = {}
    order = sorted(
        wanted, key=lambda head: (head not in by_rules, verdicts.entry(head) is None, _kind_rank(head), head)
    )
    for head in [head for head in order if taken.setdefault(wanted[head], head) != head]:
        name = f"{wanted[head]}-{_SINGULAR[head[0]]}"
        candidates = (name if number == 1 else f"{name}-{number}" for number in range(1, len(order) + 2))
        taken[next(candidate for candidate in candidates if candidate not in taken)] = head
    return {head: entity_id for entity_id, head in taken.items()}


def _kind_rank(head: NameId) -> int:
    return ENTITY_KINDS.index(head[0])


def _wanted_id(group: NameGroup, entry: PackEntry | None) -> str:
    return slug(group.text if entry is None else entry.reference.partition(":")[2] or entry.reference)


def _entity(
    entity_id: str, cluster: JudgedCluster, head: NameId, groups: Mapping[NameId, NameGroup], verdicts: Verdicts
) -> Entity:
    entry = verdicts.entry(head)
    counts: dict[str, int] = {}
    for member in cluster.members:
        for text, mentions in groups[member].texts:
            counts[text] = counts.get(text, 0) + mentions
    name = verdicts.given_name(head) or (groups[head].text if entry is None else entry.name)
    for text in (name, *(() if entry is None else (entry.name, *entry.aliases))):
        counts.setdefault(text, 0)
    written = sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
    return Entity(
        id=entity_id,
        kind=head[0],
        name=name,
        aliases=tuple(Alias(text, mentions) for text, mentions in written),
        reference=None if entry is None else entry.reference,
        description=None if entry is None else entry.description or None,
        mentions=sum(groups[member].mentions for member in cluster.members),
    )


def _assignment(member: NameId, head: NameId, entity: Entity, clusters: Clusters, verdicts: Verdicts) -> Assignment:
    own_head = verdicts.head_by_rules(member)
    if own_head != head:
        return Assignment(entity.id, "decision", f"joined with “{entity.name}” by a person")
    if own_head == clusters.head(member) and member in clusters.links:
        _, rule, evidence = clusters.links[member]
        return Assignment(entity.id, rule, evidence)
    if own_head != clusters.head(member):
        return Assignment(entity.id, "decision", "taken out of another entity by a person")
    if entity.reference is not None and entity.kind is member[0]:
        return Assignment(entity.id, "pack", f"a name of “{entity.name}” ({entity.reference})")
    return Assignment(entity.id, "name", "the name as it is written")


def _redirects(
    ids: Mapping[NameId, str], judged: Iterable[JudgedCluster], clusters: Clusters, verdicts: Verdicts
) -> dict[str, str]:
    """From every id that a name of an entity had or would have alone, when only one entity can be meant."""
    current = {verdicts.head(cluster): cluster for cluster in judged}
    entity_ids = {ids[head] for head in current}
    meant: dict[str, set[str]] = {}
    merged: dict[str, str] = {}
    for head, cluster in current.items():
        merged.update({ids[other]: ids[head] for other in cluster.heads if other != head})
        if len(cluster.members) > 1:
            for member in cluster.members:
                for text, _ in clusters.groups[member].texts:
                    meant.setdefault(slug(text), set()).add(ids[head])
    clear = {old: next(iter(new)) for old, new in meant.items() if len(new) == 1 and old not in entity_ids}
    return dict(sorted((clear | merged).items()))
