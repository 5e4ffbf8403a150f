"""Likely pairs of names, made again for heads that came, went or look different, and for the blocks of these."""

from collections.abc import Collection
from dataclasses import dataclass, field

from index.identity.incremental.touched import Rules, linked
from index.identity.incremental.view import Knowledge, View
from index.identity.name_keys import KeyRole, like_numbers
from index.identity.naming.keys import is_set_apart
from index.identity.records import NameId
from index.identity.similarity.like_names import MOST_IN_BLOCK, compare_pairs
from index.identity.stored import IdentityStore
from index.identity.suggestions import Pair, like_pairs

__all__ = ["LikePairs"]


@dataclass(slots=True)
class LikePairs:
    """After `compare`, `found` has all likely pairs of the names in `compared`."""

    view: View
    store: IdentityStore
    knowledge: Knowledge
    rules: Rules
    compared: set[NameId] = field(default_factory=set)
    found: list[Pair] = field(default_factory=list)

    def compare(self) -> None:
        """Compare the names whose pairs may have changed."""
        rules, view = self.rules, self.view
        different = {group for group in rules.open if self._was_head(group) != self.is_head(group)}
        self.compared = {
            group for group in rules.open | rules.touched if group in different or self._looks_different(group)
        }
        if not self.compared:
            return
        anew = different | (self.compared & rules.open)
        old, new = self._numbers(anew)
        self.compared |= self._in_blocks_that_crossed(different, old, new)
        numbers: dict[int, set[NameId]] = {}
        for group in self.compared:
            if self.is_head(group):
                for number in like_numbers(view.groups[group], self.knowledge.words):
                    numbers.setdefault(number, set()).add(group)
        pairs: set[tuple[NameId, NameId]] = set()
        for number, members in self._blocks(numbers, old, new, anew).items():
            if len(members) <= MOST_IN_BLOCK:
                for one in members & numbers[number]:
                    pairs.update((min(one, other), max(one, other)) for other in members if other != one)
        groups = {group: view.groups[group] for pair in pairs for group in pair}
        clusters = linked(groups, view, rules)
        alike = compare_pairs(
            ((groups[one], groups[other]) for one, other in sorted(pairs)), clusters, self.knowledge.words
        )
        self.found = list(like_pairs(alike, clusters))

    def is_head(self, group: NameId) -> bool:
        """True for a group that stands for itself and is compared with others."""
        is_there = group in self.view.groups and not is_set_apart(group[1])
        return is_there and self.rules.link_of(group) is None

    def _was_head(self, group: NameId) -> bool:
        state = self.view.state(group)
        return state is not None and not is_set_apart(group[1]) and state.outcome.link is None

    def _looks_different(self, group: NameId) -> bool:
        old, new = self.view.state(group), self.view.groups.get(group)
        if old is None or new is None or group not in self.rules.open:
            return old is None or new is None or old.mentions != new.mentions
        entry = self.rules.clusters.entry_reference(group)
        return (old.text, old.mentions, old.outcome.entry) != (new.text, new.mentions, entry)

    def _numbers(self, groups: Collection[NameId]) -> tuple[dict[int, set[NameId]], dict[int, set[NameId]]]:
        """The groups under each key, as they were and as they are."""
        old: dict[int, set[NameId]] = {}
        new: dict[int, set[NameId]] = {}
        for group, key in self.view.stored_keys(groups):
            if key.role is KeyRole.LIKE:
                old.setdefault(key.number, set()).add(group)
        for group in groups:
            if self.is_head(group):
                for number in like_numbers(self.view.groups[group], self.knowledge.words):
                    new.setdefault(number, set()).add(group)
        return old, new

    def _in_blocks_that_crossed(
        self, different: Collection[NameId], old: dict[int, set[NameId]], new: dict[int, set[NameId]]
    ) -> set[NameId]:
        """Return the names of blocks that became small enough to be compared, or too large."""
        numbers = {
            number: groups
            for table in (old, new)
            for number, groups in table.items()
            if not groups.isdisjoint(different)
        }
        counts = self.store.count_with_keys(numbers, KeyRole.LIKE)
        crossed = set()
        for number in numbers:
            before = counts.get(number, 0)
            after = before - len(old.get(number, ())) + len(new.get(number, ()))
            if (before <= MOST_IN_BLOCK) != (after <= MOST_IN_BLOCK):
                crossed.add(number)
        found = {group for number in crossed for group in new.get(number, set()) | old.get(number, set())}
        names = {name_id for _, name_id in self.store.names_with_keys(crossed, KeyRole.LIKE)}
        self.view.load(names)
        return found | {group for name_id in names for group in self.view.groups_of(name_id)}

    def _blocks(
        self,
        numbers: Collection[int],
        old: dict[int, set[NameId]],
        new: dict[int, set[NameId]],
        anew: Collection[NameId],
    ) -> dict[int, set[NameId]]:
        """The names of blocks that are not too large; stored keys count for all names but those that are `anew`."""
        counts = self.store.count_with_keys(numbers, KeyRole.LIKE)
        small = {
            number
            for number in numbers
            if counts.get(number, 0) - len(old.get(number, ())) + len(new.get(number, ())) <= MOST_IN_BLOCK
        }
        stored = list(self.store.names_with_keys(small, KeyRole.LIKE))
        self.view.load({name_id for _, name_id in stored})
        members = {number: set(new.get(number, ())) for number in small}
        for number, name_id in stored:
            groups = (group for group in self.view.groups_of(name_id) if group not in anew)
            members[number].update(group for group in groups if self.is_head(group))
        return members
