"""Entities out of clusters of names: ids, canonical names, aliases, and redirects from ids that are no more."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from index.identity.clusters import Clusters, NameGroup
from index.identity.keys import is_set_apart
from index.identity.records import Assignment, NameId, Resolution
from index.identity.verdicts import JudgedCluster, Verdicts
from index.model import ENTITY_KINDS, Alias, Entity, Kind
from index.normalize.names import slug
from index.packs.loader import PackEntry

__all__ = ["make_resolution"]

_SINGULAR = {
    Kind.PEOPLE: "person",
    Kind.ORGANIZATIONS: "organization",
    Kind.PLACES: "place",
    Kind.SYSTEMS: "system",
}
_KIND_RANK = {kind: rank for rank, kind in enumerate(ENTITY_KINDS)}


def make_resolution(clusters: Clusters, verdicts: Verdicts) -> Resolution:
    """All entities with what was linked to them and why."""
    judged = verdicts.clusters()
    ids = _ids(clusters, verdicts, judged)
    entities: list[Entity] = []
    assignments: dict[NameId, Assignment] = {}
    for cluster in judged:
        if len(cluster.members) == 1 and verdicts.is_plain(cluster.head):
            _add_single(ids[cluster.head], clusters.groups[cluster.head], entities, assignments)
            continue
        entity = _entity(ids[cluster.head], cluster, clusters.groups, verdicts)
        entities.append(entity)
        for member in cluster.members:
            assignment = _assignment(member, cluster.head, entity, clusters, verdicts)
            for given in clusters.groups[member].ids:
                assignments[given] = assignment
    entities.sort(key=lambda entity: entity.id)
    return Resolution(tuple(entities), assignments, _redirects(ids, judged, clusters))


def _ids(clusters: Clusters, verdicts: Verdicts, judged: Sequence[JudgedCluster]) -> dict[NameId, str]:
    """An id for each head, merged ones included.

    Entities that the rules made choose first, so that a split or merge changes no id but those it concerns; among
    them, what a pack knows, then people, organizations, places, systems.
    """
    heads = [head for cluster in judged for head in cluster.heads]
    wanted = {head: _wanted_id(clusters.groups[head], verdicts.entry(head)) for head in heads}
    taken: dict[str, NameId] = {}
    counts = Counter(wanted.values())
    taken.update({entity_id: head for head, entity_id in wanted.items() if counts[entity_id] == 1})
    contested = [head for head in heads if counts[wanted[head]] > 1]
    order = sorted(contested, key=lambda head: (_first_come(head, clusters, verdicts), _KIND_RANK[head[0]], head[1]))
    for head in [head for head in order if taken.setdefault(wanted[head], head) != head]:
        name = f"{wanted[head]}-{_SINGULAR[head[0]]}"
        candidates = (name if number == 1 else f"{name}-{number}" for number in range(1, len(order) + 2))
        taken[next(candidate for candidate in candidates if candidate not in taken)] = head
    return {head: entity_id for entity_id, head in taken.items()}


def _first_come(head: NameId, clusters: Clusters, verdicts: Verdicts) -> int:
    if head in clusters.links or is_set_apart(head[1]):
        return 2
    return 1 if verdicts.entry(head) is None else 0


def _wanted_id(group: NameGroup, entry: PackEntry | None) -> str:
    if entry is not None:
        return slug(entry.reference.partition(":")[2] or entry.reference)
    # The words are what `slug` would fold the text to, but for systems, whose designators lose their hyphens.
    return slug(group.text if group.id[0] is Kind.SYSTEMS else " ".join(group.words) or group.text)


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


def _entity(entity_id: str, cluster: JudgedCluster, groups: Mapping[NameId, NameGroup], verdicts: Verdicts) -> Entity:
    entry = verdicts.entry(cluster.head)
    head = groups[cluster.head]
    name = verdicts.given_name(cluster.head) or (head.text if entry is None else entry.name)
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


def _assignment(member: NameId, head: NameId, entity: Entity, clusters: Clusters, verdicts: Verdicts) -> Assignment:
    own_head = verdicts.head_by_rules(member)
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


def _redirects(ids: Mapping[NameId, str], judged: Iterable[JudgedCluster], clusters: Clusters) -> dict[str, str]:
    """From every id that a name of an entity had or would have alone, when only one entity can be meant."""
    entity_ids = {ids[cluster.head] for cluster in judged}
    meant: dict[str, set[str]] = {}
    merged: dict[str, str] = {}
    for cluster in judged:
        if len(cluster.members) == 1:
            continue
        entity_id = ids[cluster.head]
        merged.update({ids[other]: entity_id for other in cluster.heads if other != cluster.head})
        for member in cluster.members:
            for text, _ in clusters.groups[member].texts:
                meant.setdefault(slug(text), set()).add(entity_id)
    clear = {old: next(iter(new)) for old, new in meant.items() if len(new) == 1 and old not in entity_ids}
    return dict(sorted((clear | merged).items()))
