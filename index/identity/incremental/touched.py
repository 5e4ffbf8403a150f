"""Apply the rules again to the names that a change can touch: these are open, all others keep their links.

First the names that changed are open, with all that share a `CORE` key with them. After the rules, names that look up
one whose link, text or existence changed are opened too, and the rules run again, until nothing more is touched.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from index.identity.applied.decided_clusters import names_of, sides_kept_apart
from index.identity.clusters import Clusters, Stage
from index.identity.incremental.look_ups import LookUps
from index.identity.incremental.opening import Opening
from index.identity.incremental.view import Knowledge, View
from index.identity.name_groups import NameGroup
from index.identity.name_keys import KeyRole, are_related, is_about_place
from index.identity.naming.keys import words_of_key
from index.identity.records import AnyDecision, KeepApart, NameId, Reject, Retype
from index.identity.rules.archive_rules import link_names
from index.identity.rules.contexts import Beside, link_by_context, open_choices
from index.identity.rules.kind_rules import link_kinds
from index.identity.stored import IdentityStore, Outcome, looks_different

__all__ = ["Rules", "TooMuchTouchedError", "Touched", "linked"]

_BEFORE_RULES = (Reject, Retype, KeepApart)


class TooMuchTouchedError(Exception):
    """So much of the archive is touched that resolving all of it costs less."""


@dataclass(slots=True)
class Touched:
    """Changes since the last resolution.

    `names` came, went, or are mentioned in articles that came or went; `decisions` were made or undone.
    """

    names: Collection[NameId]
    decisions: Collection[AnyDecision] = ()


@dataclass(slots=True)
class Rules:
    """Rules over the open names of a view; `apply` fills `clusters` and `contexts`."""

    view: View
    store: IdentityStore
    knowledge: Knowledge
    limit: int
    open: set[NameId] = field(default_factory=set)
    touched: set[NameId] = field(default_factory=set)
    altered: set[NameId] = field(default_factory=set)
    clusters: Clusters = field(default_factory=lambda: Clusters({}))
    contexts: Mapping[tuple[NameId, NameId], Beside] = field(default_factory=dict)
    _decided: set[NameId] = field(default_factory=set)
    _by_key: dict[int, set[NameId]] = field(default_factory=dict)
    _look_ups: LookUps = field(init=False)

    def __post_init__(self) -> None:
        self._look_ups = LookUps(self.view, self.store)

    def apply(self, touched: Touched) -> None:
        """Open what the change touches, and link it."""
        decided = {name_id for decision in touched.decisions for name_id in names_of(decision)}
        self.view.load({*touched.names, *decided})
        self.touched = {group for name_id in touched.names for group in self.view.groups_of(name_id)}
        for decision in touched.decisions:
            if isinstance(decision, _BEFORE_RULES):
                self._decided.update(group for name in names_of(decision) for group in self.view.groups_of(name))
        opening = Opening(self.view, self.store, self.knowledge)
        self._open(opening.first_opened(self.touched, self._decided))
        while self.open:
            self._link()
            more = self._dependents() - self.open
            if not more:
                return
            self._open(more)

    def link_of(self, group: NameId) -> NameId | None:
        """The group that a group is linked to now."""
        if group in self.open:
            link = self.clusters.links.get(group)
        else:
            state = self.view.state(group)
            link = None if state is None else state.outcome.link
        return None if link is None else link.target

    def outcome(self, group: NameId) -> Outcome:
        """Return the result of the rules for an open group."""
        clusters = self.clusters
        return Outcome(
            clusters.links.get(group),
            clusters.choices.get(group),
            clusters.fitting.get(group),
            clusters.entry_reference(group),
        )

    # What is open.

    def _open(self, groups: set[NameId]) -> None:
        """Open groups, and all others that a rule decides together with them."""
        frontier = set(groups)
        while frontier:
            self.open |= frontier
            if len(self.open) > self.limit:
                raise TooMuchTouchedError
            found = self._mates(frontier) | self._kept_apart(frontier)
            # What was read meanwhile and is new can only be open.
            found.update(group for group in self.view.groups if self.view.state(group) is None)
            frontier = found - self.open

    def _mates(self, groups: Collection[NameId]) -> set[NameId]:
        numbers: dict[int, set[NameId]] = {}
        for group, key in self.view.stored_keys(groups):
            if key.role is KeyRole.CORE:
                numbers.setdefault(key.number, set()).add(group)
        for name_id in groups:
            now = self.view.groups.get(name_id)
            for key in self.view.keys(now) if now is not None else ():
                if key.role is KeyRole.CORE:
                    numbers.setdefault(key.number, set()).add(name_id)
                    self._by_key.setdefault(key.number, set()).add(name_id)
        sharing: dict[int, set[NameId]] = {number: set(self._by_key.get(number, ())) for number in numbers}
        stored = list(self.store.names_with_keys(numbers, KeyRole.CORE))
        self.view.load({name_id for _, name_id in stored})
        for number, name_id in stored:
            sharing[number].update(self.view.groups_of(name_id))
        words = self.knowledge.words
        return {
            mate
            for number, mates in sharing.items()
            for mate in mates - self.open
            if any(are_related(number, words_of_key(one[1]), words_of_key(mate[1]), words) for one in numbers[number])
        }

    def _kept_apart(self, groups: Collection[NameId]) -> set[NameId]:
        """All groups that people keep apart from these, or together with them from others.

        What such a group is linked to takes over from whom it is kept apart, and is open too.
        """
        apart = [decision for decision in self.view.decisions if isinstance(decision, KeepApart)]
        if not apart:
            return set()
        self.view.load_followers(groups)
        found: set[NameId] = set()
        near = set(groups) | self._leading_to(groups, among=self.view.groups)
        names = {name_id for group in near for name_id in self.view.names_in(group)}
        for decision in apart:
            if not names.isdisjoint(names_of(decision)):
                found |= self.view.load_groups(names_of(decision))
        return self.view.chain(found, self.clusters.links)

    def _leading_to(self, groups: Collection[NameId], *, among: Iterable[NameId]) -> set[NameId]:
        """Return the groups that are, or were, linked to some of `groups`, and those that are among these."""
        links = self.clusters.links
        return {group for group in among if not self.view.chain([group], links).isdisjoint(groups)}

    # The rules.

    def _link(self) -> None:
        look_ups = self._look_ups
        while True:
            crowded = look_ups.read(self.open)
            groups = self.view.groups
            new = {group for group in groups if self._cannot_be_frozen(group)} - self.open
            if new:
                self._open(new)
                continue
            frozen = {group: self.view.frozen(group) for group in groups if group not in self.open}
            sides = sides_kept_apart(self.view.decisions, groups)
            self.clusters = Clusters(groups, sides, frozen, crowded=crowded)
            link_names(
                self.clusters,
                pack_names=self.knowledge.pack_names,
                definitions=tuple(look_ups.definitions),
                words=self.knowledge.words,
            )
            link_kinds(self.clusters, look_ups.witnesses, look_ups.read_beside, words=self.knowledge.words)
            if self._read_candidates():
                continue
            if look_ups.read_companions(self.clusters):
                continue
            self.contexts = link_by_context(self.clusters, look_ups.companions)
            return

    def _cannot_be_frozen(self, group: NameId) -> bool:
        """True for a group that is new, or whose link leads to one that is gone."""
        state = self.view.state(group)
        if state is None:
            return True
        link = state.outcome.link
        return link is not None and link.target not in self.view.groups

    def _read_candidates(self) -> bool:
        """Read all names of the candidates of open choices; True when some were not read yet."""
        choices = open_choices(self.clusters)
        return self.view.load_followers({head for heads in choices.values() for head in heads})

    # What depends on it.

    def _dependents(self) -> set[NameId]:
        """Names that look up, or weigh, what the rules altered."""
        new = {group for group in self.open - self.altered if self._is_altered(group)}
        self.altered |= new
        if not new:
            return set()
        self.view.load_followers(new)
        altered = new | self._leading_to(new, among=self.view.groups)
        found = self._looking_up(altered)
        for definition in self.store.definitions_of(altered):
            if (definition.kind, definition.long_key) in altered:
                found |= self.view.load_groups([(definition.kind, definition.short_key)])
        watching = set(self.store.watchers(self.view.chain(altered, self.clusters.links), also_of_companions=True))
        watching |= self._named_beside(altered, new)
        sided = {
            target
            for group in self.open
            if group in self.clusters.sides and (target := self.link_of(group)) is not None
        }
        return found | self.view.load_groups(watching) | sided

    def _is_altered(self, group: NameId) -> bool:
        """True for a group that other names see in another way than before."""
        old, new = self.view.state(group), self.view.groups.get(group)
        if old is None or new is None:
            return old is not None or new is not None
        return looks_different(old, new) or _seen_by_others(old.outcome) != _seen_by_others(self.outcome(group))

    def is_changed(self, group: NameId) -> bool:
        """True for an open group of which the rules made something else than before."""
        old, new = self.view.state(group), self.view.groups.get(group)
        if old is None or new is None:
            return old is not None or new is not None
        return looks_different(old, new) or old.outcome != self.outcome(group)

    def _looking_up(self, altered: Collection[NameId]) -> set[NameId]:
        numbers = {key.number for _, key in self.view.stored_keys(altered) if key.role is KeyRole.SEEN}
        for group in altered:
            if group in self.view.groups:
                keys = self.view.keys(self.view.groups[group])
                numbers.update(key.number for key in keys if key.role is KeyRole.SEEN)
        seekers = list(self.store.names_with_keys(numbers, KeyRole.SOUGHT))
        teams = {name_id for number, name_id in seekers if is_about_place(number)}
        found = self.view.load_groups({name_id for number, name_id in seekers if not is_about_place(number)})
        if teams:
            # The place is no name of the team; it makes the short form of the team one.
            ends = {
                key.number for _, key in self.view.stored_keys(self.view.load_groups(teams)) if key.role is KeyRole.SEEN
            }
            found |= self.view.load_groups({name_id for _, name_id in self.store.names_with_keys(ends, KeyRole.SOUGHT)})
        return found

    def _named_beside(self, altered: Collection[NameId], new: Collection[NameId]) -> set[NameId]:
        """Names with an open choice in whose company a name is whose head changed, though no article of it changed."""
        relinked = {group for group in new if group in self._decided or self._is_relinked(group)}
        moved = self._leading_to(relinked, among=altered)
        names = {name_id for group in moved for name_id in self.view.names_in(group)}
        if not names:
            return set()
        beside = self.store.names_beside(names)
        states = dict(self.store.states(beside))
        heads = {state.group for state in states.values()}
        queue = {state.outcome.link.target for state in states.values() if state.outcome.link is not None} - heads
        while queue:
            heads |= queue
            linked = self.store.states(queue).values()
            queue = {state.outcome.link.target for state in linked if state.outcome.link is not None} - heads
        choosing = {name_id for name_id, state in states.items() if state.outcome.choice is not None}
        return choosing | set(self.store.watchers(heads, also_of_companions=False))

    def _is_relinked(self, group: NameId) -> bool:
        old, new = self.view.state(group), self.view.groups.get(group)
        if old is None or new is None:
            return False
        # Company is weighed before it links anything, so that a link by company is seen in no company.
        return _linked_before_company(old.outcome) != _linked_before_company(self.outcome(group))


def _linked_before_company(outcome: Outcome) -> NameId | None:
    link = outcome.link
    return None if link is None or link.stage is Stage.CONTEXT else link.target


def _seen_by_others(outcome: Outcome) -> tuple[object, ...]:
    link = outcome.link
    return link and (link.target, link.stage), outcome.entry, outcome.fitting is not None


def linked(groups: Mapping[NameId, NameGroup], view: View, rules: Rules) -> Clusters:
    """Return clusters in which these groups are linked as the rules linked them, now or earlier."""
    clusters = Clusters(dict(sorted(groups.items())), sides_kept_apart(view.decisions, groups))
    for group in clusters.groups:
        if group in rules.open:
            outcome = rules.outcome(group)
        else:
            state = view.state(group)
            assert state is not None, "new groups are open"
            outcome = state.outcome
        if outcome.link is not None:
            clusters.links[group] = outcome.link
        if outcome.entry is not None:
            clusters.entries[group] = view.entry_called(outcome.entry, groups[group])
    clusters.share_sides()
    return clusters
