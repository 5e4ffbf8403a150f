"""Ids of entities: the slug of the name, and something behind it where several want the same."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from index.identity.applied.decided_clusters import DecidedClusters, EntityCluster
from index.identity.clusters import Clusters, NameGroup
from index.identity.naming.keys import is_set_apart
from index.identity.records import NameId
from index.model import ENTITY_KINDS, Kind
from index.normalize.names import slug
from index.packs.loader import PackEntry

__all__ = ["WantedId", "family_of", "give_ids", "share_out", "wanted_ids"]

_SINGULAR = {
    Kind.PEOPLE: "person",
    Kind.ORGANIZATIONS: "organization",
    Kind.PLACES: "place",
    Kind.SYSTEMS: "system",
}
_KIND_RANK = {kind: rank for rank, kind in enumerate(ENTITY_KINDS)}
_GIVEN = re.compile(rf"(.+?)-(?:{'|'.join(_SINGULAR.values())})(?:-\d+)?")


class WantedId(NamedTuple):
    """The id that the head of a cluster wants; of those that want the same, the one with the lowest rank gets it."""

    head: NameId
    text: str
    rank: int


def wanted_ids(
    clusters: Clusters, decided: DecidedClusters, entity_clusters: Sequence[EntityCluster]
) -> list[WantedId]:
    """Return the id that each head wants, merged ones included.

    Entities that the rules made choose first, so that a split or merge changes no id but those it concerns; among
    them, what a pack knows, then people, organizations, places, systems.
    """
    return [
        WantedId(head, _wanted_id(clusters.groups[head], decided.entry(head)), _rank(head, clusters, decided))
        for cluster in entity_clusters
        for head in cluster.heads
    ]


def give_ids(wanted: Iterable[WantedId]) -> dict[NameId, str]:
    """Return an id for each head; all are different."""
    by_text: dict[str, list[WantedId]] = {}
    for item in wanted:
        by_text.setdefault(item.text, []).append(item)
    found: dict[NameId, str] = {}
    for text, items in by_text.items():
        found.update(share_out(text, items, by_text.__contains__))
    return found


def share_out(text: str, wanted: Iterable[WantedId], is_wanted: Callable[[str], bool]) -> Mapping[NameId, str]:
    """Return the ids of all heads that want the same; `is_wanted` tells which other ids any head wants.

    Nobody else is given an id that is made here: it is made of this text, and what others want is left to them.
    """
    order = sorted(wanted, key=lambda item: (item.rank, _KIND_RANK[item.head[0]], item.head[1]))
    found = {order[0].head: text}
    taken: set[str] = set()
    for head, _, _ in order[1:]:
        name = f"{text}-{_SINGULAR[head[0]]}"
        number = 1
        made = name
        while made in taken or is_wanted(made):
            number += 1
            made = f"{name}-{number}"
        taken.add(made)
        found[head] = made
    return found


def family_of(text: str) -> str | None:
    """Return the id that another one may have been made of.

    >>> family_of("demir-person-2"), family_of("demir")
    ('demir', None)
    """
    found = _GIVEN.fullmatch(text)
    return None if found is None else found[1]


def _rank(head: NameId, clusters: Clusters, decided: DecidedClusters) -> int:
    if head in clusters.links or is_set_apart(head[1]):
        return 2
    return 1 if decided.entry(head) is None else 0


def _wanted_id(group: NameGroup, entry: PackEntry | None) -> str:
    if entry is not None:
        return slug(entry.reference.partition(":")[2] or entry.reference)
    # The words are what `slug` would fold the text to, but for systems, whose designators lose their hyphens.
    return slug(group.text if group.id[0] is Kind.SYSTEMS else " ".join(group.words) or group.text)
