"""Apply the decisions of people to the clusters that the rules made.

Rejecting, retyping and keeping apart come before the rules, because they change what the rules see and may do; merging,
splitting and renaming come after them, in order. A decision about names that the archive no longer has does nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, assert_never

from index.identity.clusters import Clusters
from index.identity.name_groups import NameGroup
from index.identity.records import (
    AnyDecision,
    KeepApart,
    MadeDecision,
    Merge,
    NameId,
    Reject,
    Rename,
    Retype,
    Split,
)
from index.model import Kind
from index.packs.loader import PackEntry

__all__ = [
    "DecidedClusters",
    "EntityCluster",
    "in_force",
    "names_of",
    "rejected_names",
    "retyped_names",
    "sides_kept_apart",
]


class EntityCluster(NamedTuple):
    """Names that are one entity after all decisions.

    `head` gives it its kind, id and name; `heads` are the heads of all clusters of the rules that are in it.
    """

    head: NameId
    members: Sequence[NameId]
    heads: Sequence[NameId]


@dataclass(slots=True)
class _Open:
    """A cluster that a decision touches; `absorbed` are those heads in it that were merged into another."""

    members: set[NameId]
    heads: set[NameId]
    absorbed: set[NameId] = field(default_factory=set)


def in_force(made: Iterable[MadeDecision]) -> tuple[AnyDecision, ...]:
    """Return the decisions that were not undone."""
    return tuple(item.decision for item in made if item.undone_at is None)


def names_of(decision: AnyDecision) -> frozenset[NameId]:
    """Return all names that a decision mentions."""
    match decision:
        case Merge():
            return frozenset({*decision.names, *decision.into_names})
        case KeepApart():
            return frozenset({*decision.names, *decision.other_names})
        case Split():
            return frozenset(decision.names if decision.own is None else {*decision.names, decision.own})
        case Rename() | Retype() | Reject():
            return frozenset(decision.names)
        case _:
            assert_never(decision)


def rejected_names(decisions: Iterable[AnyDecision]) -> frozenset[NameId]:
    """Return the names that are not entities."""
    return frozenset(name_id for item in decisions if isinstance(item, Reject) for name_id in item.names)


def retyped_names(decisions: Iterable[AnyDecision]) -> dict[NameId, Kind]:
    """Return the kinds that people gave to names; the last decision about a name counts."""
    return {name_id: item.kind for item in decisions if isinstance(item, Retype) for name_id in item.names}


def sides_kept_apart(
    decisions: Iterable[AnyDecision], groups: Mapping[NameId, NameGroup]
) -> dict[NameId, frozenset[int]]:
    """Return the names that people keep apart: the numbers of the decisions, positive on their one side, else negative.

    Names as they were given become those under which `groups` has them.
    """
    apart = [decision for decision in decisions if isinstance(decision, KeepApart)]
    if not apart:
        return {}
    moved = {given: group.id for group in groups.values() for given in group.ids}
    sides: dict[NameId, set[int]] = {}
    for number, decision in enumerate(apart, start=1):
        for side, names in ((number, decision.names), (-number, decision.other_names)):
            for given in names:
                if given in moved:
                    sides.setdefault(moved[given], set()).add(side)
    return {name: frozenset(numbers) for name, numbers in sides.items()}


class DecidedClusters:
    """The clusters of the rules, changed by merges, splits and new names.

    Merging is independent of the order of merges: what a cluster is called and the id it keeps belong to the head
    that was never merged into another, and of several such heads to the weightiest.
    """

    def __init__(self, clusters: Clusters) -> None:
        self._clusters = clusters
        self._groups: Mapping[NameId, NameGroup] = clusters.groups
        self._members = clusters.members()
        self._moved = {given: group.id for group in self._groups.values() for given in group.ids if given != group.id}
        self._entries: dict[NameId, PackEntry] = dict(clusters.entries)
        self._head_of: dict[NameId, NameId] = {}
        self._open: dict[NameId, _Open] = {}
        self._names: dict[NameId, str] = {}

    def apply(self, decisions: Iterable[AnyDecision]) -> None:
        """Merge, split and rename, in order; other decisions are left out."""
        for decision in decisions:
            match decision:
                case Merge():
                    self._merge(decision.names, decision.into_names)
                case Split():
                    # Split mentions have a name of their own already: see `index.identity.applied.mention_splits`.
                    if decision.own is None:
                        self._split(decision.names)
                case Rename():
                    self._rename(decision.names, decision.name)
                case Retype() | Reject() | KeepApart():
                    pass
                case _:
                    assert_never(decision)

    def clusters(self) -> list[EntityCluster]:
        """All clusters, by head."""
        distinct = {id(cluster): cluster for cluster in self._open.values()}
        touched = [
            EntityCluster(self._head(cluster), sorted(cluster.members), sorted(cluster.heads))
            for cluster in distinct.values()
        ]
        untouched = [
            EntityCluster(head, members, (head,)) for head, members in self._members.items() if head not in self._open
        ]
        return sorted(touched + untouched, key=lambda cluster: cluster.head) if touched else untouched

    def entry(self, head: NameId) -> PackEntry | None:
        """The pack entry behind a head."""
        return self._entries.get(head)

    def is_plain(self, head: NameId) -> bool:
        """True for a cluster as the rules made it, that no pack knows and no person decided about."""
        return head not in self._entries and head not in self._open and head not in self._names

    def given_name(self, head: NameId) -> str | None:
        """The name that a person gave to the entity of a head."""
        return self._names.get(head)

    def head_by_rules(self, member: NameId) -> NameId:
        """The head of a name before merges, and after it was split off."""
        return self._head_of.get(member) or self._clusters.head(member)

    def _head(self, cluster: _Open) -> NameId:
        return min(cluster.heads - cluster.absorbed or cluster.heads, key=self._rank)

    def _cluster_of(self, name: NameId) -> _Open:
        """The cluster that a name is in, ready to be changed."""
        if name not in self._open:
            head = self._clusters.head(name)
            cluster = _Open(set(self._members[head]), {head})
            for member in cluster.members:
                self._open[member] = cluster
                self._head_of[member] = head
        return self._open[name]

    def _found(self, names: Iterable[NameId]) -> list[NameId]:
        """Return those of the names that the archive has."""
        current = (self._moved.get(given, given) for given in names)
        return [name for name in current if name in self._groups]

    def _rank(self, head: NameId) -> tuple[bool, int, NameId]:
        return head not in self._entries, -self._groups[head].mentions, head

    def _merge(self, names: Sequence[NameId], into_names: Sequence[NameId]) -> None:
        away, into = self._found(names)[:1], self._found(into_names)[:1]
        if not away or not into:
            return
        source, target = self._cluster_of(away[0]), self._cluster_of(into[0])
        target.absorbed |= source.absorbed | {self._head_of[away[0]]}
        if source is target:
            return
        target.members |= source.members
        target.heads |= source.heads
        for member in source.members:
            self._open[member] = target

    def _split(self, names: Sequence[NameId]) -> None:
        found = self._found(names)
        if not found:
            return
        rest = self._cluster_of(found[0])
        taken = rest.members.intersection(found)
        if taken == rest.members:
            return
        rest.members -= taken
        rest.absorbed -= taken
        for head in sorted(taken & rest.heads):
            self._replace_head(rest, head)
        new_head = min(taken, key=self._rank)
        new = _Open(taken, {new_head})
        for name in taken:
            self._open[name] = new
            self._head_of[name] = new_head

    def _replace_head(self, rest: _Open, gone: NameId) -> None:
        """Give the names that were linked to a head that is split off a new head among themselves."""
        rest.heads.discard(gone)
        followers = [member for member in rest.members if self._head_of[member] == gone]
        if not followers:
            return
        head = min(followers, key=self._rank)
        rest.heads.add(head)
        for member in followers:
            self._head_of[member] = head
        if gone in self._entries:
            self._entries[head] = self._entries.pop(gone)
        if gone in self._names:
            self._names[head] = self._names.pop(gone)

    def _rename(self, names: Sequence[NameId], name: str) -> None:
        found = self._found(names)
        if found:
            self._names[self._head(self._cluster_of(found[0]))] = name
