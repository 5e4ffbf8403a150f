"""What people decided, applied to the clusters that the rules made.

Rejecting and retyping come before the rules, because they change what the rules see; merging, splitting and renaming
come after them, in order. A decision about names that the archive no longer has does nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.model import Kind
from index.packs.loader import PackEntry
from index.resolve.clusters import Clusters, NameGroup, NameId
from index.resolve.records import Decision, DecisionAction

__all__ = ["JudgedCluster", "Verdicts", "effective", "name_ids", "rejected_names", "retyped_names", "written_ids"]

_BETWEEN_NAMES = "|"
_AFTER_KIND = "/"
_KINDS = frozenset(kind.value for kind in Kind)


@dataclass(slots=True)
class JudgedCluster:
    """Names that are one entity after all decisions.

    `heads` are the heads of the rules' clusters in it, `absorbed` those of them that were merged into another.
    """

    members: set[NameId]
    heads: set[NameId]
    absorbed: set[NameId] = field(default_factory=set)


def effective(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that hold: without undone ones and without the undoing."""
    undone = {decision.arguments["decision"] for decision in decisions if decision.action is DecisionAction.UNDO}
    return tuple(
        decision
        for decision in decisions
        if decision.action is not DecisionAction.UNDO and (decision.id is None or str(decision.id) not in undone)
    )


def name_ids(text: str) -> tuple[NameId, ...]:
    """The names in an argument of a decision: "people/ismail demir|people/demir"."""
    found = []
    for part in text.split(_BETWEEN_NAMES):
        kind, _, key = part.partition(_AFTER_KIND)
        if key and kind in _KINDS:
            found.append((Kind(kind), key))
    return tuple(found)


def written_ids(ids: Sequence[NameId]) -> str:
    """Names as an argument of a decision; the inverse of `name_ids`."""
    return _BETWEEN_NAMES.join(f"{kind.value}{_AFTER_KIND}{key}" for kind, key in ids)


def rejected_names(decisions: Sequence[Decision]) -> frozenset[NameId]:
    """The names that are not entities."""
    rejections = (decision for decision in decisions if decision.action is DecisionAction.REJECT)
    return frozenset(name_id for decision in rejections for name_id in name_ids(decision.arguments["names"]))


def retyped_names(decisions: Sequence[Decision]) -> dict[NameId, Kind]:
    """The kinds that people gave to names; the last decision about a name counts."""
    return {
        name_id: Kind(decision.arguments["kind"])
        for decision in decisions
        if decision.action is DecisionAction.RETYPE
        for name_id in name_ids(decision.arguments["names"])
    }


class Verdicts:
    """The clusters of the rules, changed by merges, splits and new names.

    Merging is independent of the order of merges: what a cluster is called and the id it keeps belong to the head
    that was never merged into another, and of several such heads to the weightiest.
    """

    def __init__(self, clusters: Clusters) -> None:
        self._groups: Mapping[NameId, NameGroup] = clusters.groups
        self._group_of = {given: group.id for group in self._groups.values() for given in group.ids}
        self._entries: dict[NameId, PackEntry] = dict(clusters.entries)
        self._head_of: dict[NameId, NameId] = {}
        self._cluster_of: dict[NameId, JudgedCluster] = {}
        self._names: dict[NameId, str] = {}
        for head, members in clusters.members().items():
            cluster = JudgedCluster(set(members), {head})
            for member in members:
                self._cluster_of[member] = cluster
                self._head_of[member] = head

    def apply(self, decisions: Sequence[Decision]) -> None:
        """Merge, split and rename, in order; other decisions are left out."""
        for decision in decisions:
            arguments = decision.arguments
            match decision.action:
                case DecisionAction.MERGE:
                    self._merge(arguments["names"], arguments["into_names"])
                case DecisionAction.SPLIT:
                    self._split(arguments["names"])
                case DecisionAction.RENAME:
                    self._rename(arguments["names"], arguments["name"])
                case DecisionAction.RETYPE | DecisionAction.REJECT | DecisionAction.UNDO:
                    pass

    def clusters(self) -> list[JudgedCluster]:
        """All clusters, by the head that each is called after."""
        distinct = {id(cluster): cluster for cluster in self._cluster_of.values()}
        return sorted(distinct.values(), key=self.head)

    def head(self, cluster: JudgedCluster) -> NameId:
        """The head that gives a cluster its kind, id and name."""
        candidates = cluster.heads - cluster.absorbed or cluster.heads
        return min(candidates, key=self._rank)

    def entry(self, head: NameId) -> PackEntry | None:
        """The pack entry behind a head."""
        return self._entries.get(head)

    def given_name(self, head: NameId) -> str | None:
        """The name that a person gave to the entity of a head."""
        return self._names.get(head)

    def head_by_rules(self, member: NameId) -> NameId:
        """The head of a name before merges, and after it was split off."""
        return self._head_of[member]

    def _rank(self, head: NameId) -> tuple[bool, int, NameId]:
        return head not in self._entries, -self._groups[head].mentions, head

    def _find(self, names: str) -> NameId | None:
        """The first of the names that the archive has."""
        return next((self._group_of[given] for given in name_ids(names) if given in self._group_of), None)

    def _merge(self, names: str, into_names: str) -> None:
        away, into = self._find(names), self._find(into_names)
        if away is None or into is None:
            return
        source, target = self._cluster_of[away], self._cluster_of[into]
        target.absorbed |= source.absorbed | {self._head_of[away]}
        if source is target:
            return
        target.members |= source.members
        target.heads |= source.heads
        for member in source.members:
            self._cluster_of[member] = target

    def _split(self, names: str) -> None:
        found = [self._group_of[given] for given in name_ids(names) if given in self._group_of]
        taken = {name for name in found if self._cluster_of[name] is self._cluster_of[found[0]]}
        if not taken or taken == self._cluster_of[found[0]].members:
            return
        rest = self._cluster_of[found[0]]
        rest.members -= taken
        rest.absorbed -= taken
        for head in sorted(taken & rest.heads):
            self._replace_head(rest, head)
        new_head = min(taken, key=self._rank)
        new = JudgedCluster(taken, {new_head})
        for name in taken:
            self._cluster_of[name] = new
            self._head_of[name] = new_head

    def _replace_head(self, rest: JudgedCluster, gone: NameId) -> None:
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

    def _rename(self, names: str, name: str) -> None:
        found = self._find(names)
        if found is not None:
            self._names[self.head(self._cluster_of[found])] = name
