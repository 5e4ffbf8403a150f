"""Entities out of clusters of names: ids, canonical names, aliases, and redirects from ids that are no more."""

from collections.abc import Iterable, Mapping, Sequence

from index.identity.applied.decided_clusters import DecidedClusters, EntityCluster
from index.identity.clusters import Clusters
from index.identity.name_groups import NameGroup
from index.identity.records import Assignment, NameId
from index.model import Alias, Entity
from index.normalize.names import slug
from index.packs.loader import PackEntry

__all__ = ["make_entities", "make_redirects", "merged_ids"]


def make_entities(
    clusters: Clusters, decided: DecidedClusters, entity_clusters: Iterable[EntityCluster], ids: Mapping[NameId, str]
) -> tuple[list[Entity], dict[NameId, Assignment]]:
    """Return the entities of clusters, by id, and what their names are assigned to and why.

    `ids` has the id of each head.
    """
    entities: list[Entity] = []
    assignments: dict[NameId, Assignment] = {}
    for cluster in entity_clusters:
        if len(cluster.members) == 1 and decided.is_plain(cluster.head):
            _add_single(ids[cluster.head], clusters.groups[cluster.head], entities, assignments)
            continue
        entity = _entity(ids[cluster.head], cluster, clusters.groups, decided)
        entities.append(entity)
        for member in cluster.members:
            assignment = _assignment(member, cluster.head, entity, clusters, decided)
            for given in clusters.groups[member].ids:
                assignments[given] = assignment
    entities.sort(key=lambda entity: entity.id)
    return entities, assignments


def _add_single(
    entity_id: str, group: NameGroup, entities: list[Entity], assignments: dict[NameId, Assignment]
) -> None:
    """The entity of a name that nothing is linked to and that no pack and no person knows: nearly all are such."""
    name = group.text
    aliases = (Alias(name, group.mentions),) if len(group.texts) == 1 else _aliases(name, (group,), None)
    entities.append(Entity(entity_id, group.id[0], name, aliases, None, None, 0, group.mentions))
    assignment = Assignment(entity_id, "name", "the name as it is written")
    for given in group.ids:
        assignments[given] = assignment


def _entity(
    entity_id: str, cluster: EntityCluster, groups: Mapping[NameId, NameGroup], decided: DecidedClusters
) -> Entity:
    entry = decided.entry(cluster.head)
    head = groups[cluster.head]
    name = decided.given_name(cluster.head) or (head.text if entry is None else entry.name)
    members = [groups[member] for member in cluster.members]
    return Entity(
        id=entity_id,
        kind=head.kind,
        name=name,
        aliases=_aliases(name, members, entry),
        reference=None if entry is None else entry.reference,
        description=None if entry is None else entry.description or None,
        mentions=sum(member.mentions for member in members),
    )


def _aliases(name: str, members: Sequence[NameGroup], entry: PackEntry | None) -> tuple[Alias, ...]:
    """All written forms with their mentions, most mentions first; those that only a pack or a person knows last."""
    counts: dict[str, int] = {}
    for member in members:
        for text, mentions in member.texts:
            counts[text] = counts.get(text, 0) + mentions
    for text in (name, *(() if entry is None else (entry.name, *entry.aliases))):
        counts.setdefault(text, 0)
    written = sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
    return tuple(Alias(text, mentions) for text, mentions in written)


def _assignment(
    member: NameId, head: NameId, entity: Entity, clusters: Clusters, decided: DecidedClusters
) -> Assignment:
    own_head = decided.head_by_rules(member)
    if own_head != head:
        return Assignment(entity.id, "decision", f"joined with “{entity.name}” by a person")
    if own_head == clusters.head(member) and member in clusters.links:
        link = clusters.links[member]
        return Assignment(entity.id, link.rule, link.evidence)
    if own_head != clusters.head(member):
        return Assignment(entity.id, "decision", "taken out of another entity by a person")
    if entity.reference is not None and entity.kind is member[0]:
        return Assignment(entity.id, "pack", f"a name of “{entity.name}” ({entity.reference})")
    return Assignment(entity.id, "name", "the name as it is written")


def make_redirects(
    ids: Mapping[NameId, str], entity_clusters: Sequence[EntityCluster], clusters: Clusters
) -> dict[str, str]:
    """Return a redirect from every id that a name of an entity would have alone, when only one entity can be meant."""
    entity_ids = {ids[cluster.head] for cluster in entity_clusters}
    meant: dict[str, set[str]] = {}
    for cluster in entity_clusters:
        if len(cluster.members) > 1:
            for member in cluster.members:
                for text, _ in clusters.groups[member].texts:
                    meant.setdefault(slug(text), set()).add(ids[cluster.head])
    clear = {old: next(iter(new)) for old, new in meant.items() if len(new) == 1 and old not in entity_ids}
    return dict(sorted((clear | merged_ids(ids, entity_clusters)).items()))


def merged_ids(ids: Mapping[NameId, str], entity_clusters: Iterable[EntityCluster]) -> dict[str, str]:
    """Return a redirect from the id of every head that was merged into another."""
    return {
        ids[other]: ids[cluster.head] for cluster in entity_clusters for other in cluster.heads if other != cluster.head
    }
