"""Names that a change opens before the rules run: those that look different, and those that weigh them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from index.identity.clusters import Stage
from index.identity.incremental.view import Knowledge, View
from index.identity.name_keys import KeyRole, are_related
from index.identity.naming.key_numbers import stage_of
from index.identity.naming.keys import words_of_key
from index.identity.records import NameId
from index.identity.rules.contexts import rounded_mentions
from index.identity.stored import IdentityStore, looks_different

__all__ = ["Opening"]

# What these rules do depends on how often names are mentioned, too.
_BY_FREQUENCY = frozenset({Stage.SPELLING, Stage.MISSPELLED, Stage.REGION})


@dataclass(slots=True)
class Opening:
    """Finds the groups whose links a change of other groups, or of their own counts, can change."""

    view: View
    store: IdentityStore
    knowledge: Knowledge

    def first_opened(self, touched: Collection[NameId], decided: Collection[NameId]) -> set[NameId]:
        """Return the groups to open; `decided` are opened in any case."""
        found = set(decided)
        counted: list[NameId] = []
        for group in set(touched) - found:
            old, new = self.view.state(group), self.view.groups.get(group)
            if old is None and new is None:
                continue
            if old is None or new is None or looks_different(old, new) or old.outcome.choice is not None:
                found.add(group)
            else:
                counted.append(group)
        found.update(self._mates_by_frequency(counted))
        found.update(self._explained(counted))
        return found | self._watching(touched)

    def _mates_by_frequency(self, groups: Collection[NameId]) -> Iterator[NameId]:
        """Those groups that a rule compares with others by how often they are mentioned."""
        numbers: dict[int, list[NameId]] = {}
        for group, key in self.view.stored_keys(groups):
            if key.role is KeyRole.CORE and stage_of(key.number) in _BY_FREQUENCY:
                numbers.setdefault(key.number, []).append(group)
        words = self.knowledge.words if numbers else None
        for number, mate in self.store.names_with_keys(numbers, KeyRole.CORE):
            for group in numbers[number]:
                if mate in self.view.names_in(group):
                    continue
                assert words is not None, "there are keys"
                # What has another kind by a decision has other words, too.
                is_moved = mate[0] is not group[0]
                if is_moved or are_related(number, words_of_key(group[1]), words_of_key(mate[1]), words):
                    yield group

    def _explained(self, groups: Collection[NameId]) -> Iterator[NameId]:
        """Those groups that articles explain, or that were linked because they did."""
        explained = {(definition.kind, definition.short_key) for definition in self.store.definitions_of(groups)}
        for group in groups:
            state = self.view.state(group)
            link = None if state is None else state.outcome.link
            if group in explained or (link is not None and link.stage is Stage.DEFINITION):
                yield group

    def _watching(self, groups: Collection[NameId]) -> set[NameId]:
        """The names that weigh the company of these groups, or their weight where it changed."""
        if not groups:
            return set()
        weighty = {group for group in groups if self._has_other_weight(group)}
        heads = self.view.chain(groups)
        watching = set(self.store.watchers(heads, also_of_companions=False))
        watching.update(self.store.watchers(weighty, also_of_companions=True))
        return self.view.load_groups(watching)

    def _has_other_weight(self, group: NameId) -> bool:
        old, new = self.view.state(group), self.view.groups.get(group)
        if old is None or new is None:
            return old is not None
        return old.text != new.text or rounded_mentions(old.mentions) != rounded_mentions(new.mentions)
