"""The part of an archive that a resolution looks at: names, with what the last resolution made of them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from types import MappingProxyType

from index.identity.applied.decided_clusters import rejected_names, retyped_names
from index.identity.clusters import Frozen, NameGroup, StoredLink, group_names
from index.identity.name_keys import NameKey, keys_of
from index.identity.naming.words import words_of
from index.identity.pack_names import PackNames, unknown_entry
from index.identity.records import AnyDecision, Name, NameId
from index.identity.stored import IdentityStore, NameState
from index.normalize.name_words import NameWords
from index.packs.loader import PackEntry, Packs, find_entry, load_packs
from index.stages import resolution_stage

__all__ = ["Knowledge", "View"]

_NO_LINKS: Mapping[NameId, StoredLink] = MappingProxyType({})


class Knowledge:
    """Packs and tables made of them, loaded when a rule asks for them, which most decisions never do."""

    def __init__(
        self, load: Callable[[], Packs], fingerprint: str, find: Callable[[str], PackEntry | None] | None = None
    ) -> None:
        """`fingerprint` is the record of the stage that resolves with what `load` returns.

        `find` returns an entry by its reference without loading all; by default all are loaded.
        """
        self._load = load
        self._find = find
        self.fingerprint = fingerprint

    @classmethod
    def of_packs(cls, names: Sequence[str]) -> "Knowledge":
        """Return what packs know, by their names or folders. Raises `PackError` for one that is not there."""
        return _loaded_once(tuple(names), resolution_stage(names).text)

    @cached_property
    def packs(self) -> Packs:
        """The packs. Raises `PackError` for one that is malformed."""
        return self._load()

    def entry(self, reference: str) -> PackEntry | None:
        """Return the entry with a reference; None when no pack has it. Raises `PackError` for a missing pack."""
        if self._find is None or "packs" in self.__dict__:
            return self.pack_names.by_reference.get(reference)
        return self._find(reference)

    @cached_property
    def words(self) -> NameWords:
        """Their tables about words of names."""
        return words_of(self.packs)

    @cached_property
    def pack_names(self) -> PackNames:
        """The names of their entries."""
        return PackNames.from_packs(self.packs, words=self.words)


@lru_cache(maxsize=1)
def _loaded_once(names: tuple[str, ...], fingerprint: str) -> Knowledge:
    """Return the knowledge of packs, cached as long as no file of theirs changes."""
    return Knowledge(lambda: load_packs(names), fingerprint, lambda reference: find_entry(names, reference))


class View:
    """Names that were read from a store, whole groups of them, with the groups that they were linked to."""

    def __init__(self, store: IdentityStore, knowledge: Knowledge) -> None:
        self._store = store
        self._knowledge = knowledge
        self._seen: set[NameId] = set()
        self._followed: set[NameId] = set()
        self._names: dict[NameId, list[Name]] = {}
        self._states: dict[NameId, NameState] = {}
        self._decisions: dict[int, AnyDecision] = {}
        self._old_groups: dict[NameId, list[NameId]] = {}
        self._groups: dict[NameId, NameGroup] = {}
        self._ungrouped: set[NameId] = set()
        self._group_of: dict[NameId, NameId] = {}
        self._keys: dict[NameGroup, set[NameKey]] = {}

    @property
    def groups(self) -> Mapping[NameId, NameGroup]:
        """The groups of the names that were read, as decisions in force make them, by kind and key."""
        while self._ungrouped:
            decisions = self.decisions
            retyped = retyped_names(decisions)
            # A name with another kind may join a group that is there.
            names = self._names.keys() if retyped else self._names.keys() & self._ungrouped
            self._ungrouped = set()
            made = group_names(
                (name for name_id in names for name in self._names[name_id]),
                words=self._knowledge.words if retyped else NameWords(),
                retyped=retyped,
                rejected=rejected_names(decisions),
            )
            self._groups = dict(sorted((made if retyped else self._groups | made).items()))
            self._group_of = {name_id: group.id for group in self._groups.values() for name_id in group.ids}
            # It may also join some that were not read yet.
            self.load(made)
        return self._groups

    @property
    def decisions(self) -> list[AnyDecision]:
        """The decisions in force about the names that were read, oldest first."""
        return [self._decisions[number] for number in sorted(self._decisions)]

    def load(self, ids: Iterable[NameId]) -> None:
        """Read names, those that were or are one group with them, and the groups that these were linked to."""
        wanted = set(ids) - self._seen
        while wanted:
            self._seen |= wanted
            self._ungrouped |= wanted
            for name in self._store.names_of(wanted):
                self._names.setdefault((name.kind, name.key), []).append(name)
            states = self._store.states(wanted)
            for made in self._store.decisions_about(wanted):
                self._decisions[made.id] = made.decision
            more = set(self._store.grouped_as(wanted))
            for name_id, state in states.items():
                self._states[name_id] = state
                self._old_groups.setdefault(state.group, []).append(name_id)
                more.add(state.group)
                if state.outcome.link is not None:
                    more.add(state.outcome.link.target)
            wanted = more - self._seen

    def load_groups(self, names: Collection[NameId]) -> set[NameId]:
        """Read names; return the groups that they are, and were, part of."""
        self.load(names)
        return {group for name_id in names for group in self.groups_of(name_id)}

    def load_followers(self, groups: Iterable[NameId]) -> bool:
        """Read all names that are linked to groups, directly or over others; True when some were not read yet."""
        frontier = set(groups) - self._followed
        found = False
        while frontier:
            self._followed |= frontier
            names = set(self._store.followers(frontier))
            found = found or any(not self.has_read(name_id) for name_id in names)
            frontier = self.load_groups(names) - self._followed
        return found

    def chain(self, groups: Iterable[NameId], links: Mapping[NameId, StoredLink] = _NO_LINKS) -> set[NameId]:
        """Return groups with those that they were linked to, and are by `links`, directly or over others."""
        found: set[NameId] = set()
        queue = list(groups)
        while queue:
            group = queue.pop()
            if group in found:
                continue
            found.add(group)
            state = self.state(group)
            if state is not None and state.outcome.link is not None:
                queue.append(state.outcome.link.target)
            if group in links:
                queue.append(links[group].target)
        return found

    def has_read(self, name_id: NameId) -> bool:
        """True when a name, or a group of this id, was read."""
        return name_id in self._seen

    def state(self, group: NameId) -> NameState | None:
        """Return the state of a group after the last resolution; None for a new group."""
        names = self._old_groups.get(group)
        return self._states[names[0]] if names else None

    def state_of_name(self, name_id: NameId) -> NameState | None:
        """Return the state of the group that a name was part of after the last resolution."""
        return self._states.get(name_id)

    def frozen(self, group: NameId) -> Frozen:
        """Return the last result for a group, in the form that the rules read."""
        state = self.state(group)
        assert state is not None, "new groups are open"
        outcome = state.outcome
        return Frozen(outcome.link, outcome.entry is not None, outcome.fitting is not None)

    def groups_of(self, name_id: NameId) -> Iterator[NameId]:
        """The group that a name is part of, and the one that it was part of, if that is another."""
        now = self.group_of(name_id)
        if now is not None:
            yield now
        state = self._states.get(name_id)
        if state is not None and state.group != now:
            yield state.group

    def group_of(self, name_id: NameId) -> NameId | None:
        """The group that a name is part of; None when it is rejected or gone."""
        groups = self.groups
        return self._group_of.get(name_id) if groups else None

    def names_in(self, group: NameId) -> Collection[NameId]:
        """The names that are or were part of a group."""
        now = self.groups.get(group)
        return {*(() if now is None else now.ids), *self._old_groups.get(group, ())}

    def entry(self, group: NameGroup) -> PackEntry | None:
        """The pack entry that a group is a name of."""
        return self._knowledge.pack_names.entry_of(group)[0]

    def entry_called(self, reference: str, group: NameGroup) -> PackEntry:
        """The pack entry with a reference, as the last resolution found it for a group."""
        return self._knowledge.entry(reference) or unknown_entry(reference, group)

    def keys(self, group: NameGroup) -> set[NameKey]:
        """The keys of a group, but for those under which heads are compared."""
        if group not in self._keys:
            entry = self.entry(group)
            reference = None if entry is None else entry.reference
            self._keys[group] = keys_of(group, reference=reference, is_head=False, words=self._knowledge.words)
        return self._keys[group]

    def stored_keys(self, groups: Iterable[NameId]) -> Iterator[tuple[NameId, NameKey]]:
        """The keys that groups had at the last resolution."""
        names = {name_id: group for group in groups for name_id in self._old_groups.get(group, ())}
        for name_id, key in self._store.keys(names):
            yield names[name_id], key
