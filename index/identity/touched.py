"""The rules again, for the names that a change can touch: those are open, all others keep what was made of them.

First the names that changed are open, with all that share a `CORE` key with them. After the rules, names that look up
one whose link, text or existence changed are opened too, and the rules run again, until nothing more is touched.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from index.identity.archive_rules import link_names, team_ends
from index.identity.clusters import MOST_HEADS, MOST_LONGER, Clusters, NameGroup, Stage
from index.identity.contexts import Beside, link_by_context, rounded_mentions
from index.identity.decided_clusters import names_of, sides_kept_apart
from index.identity.key_numbers import stage_of
from index.identity.keys import words_of_key
from index.identity.name_keys import KeyRole, are_related, is_about_place, place_key
from index.identity.records import Decision, DecisionAction, Definition, NameId
from index.identity.stored import IdentityStore, NameState, Outcome
from index.identity.view import Knowledge, View
from index.model import Kind

__all__ = ["Rules", "TooMuchTouchedError", "Touched", "linked"]

# What these rules do depends on how often names are mentioned, too.
_BY_FREQUENCY = frozenset({Stage.SPELLING, Stage.MISSPELLED, Stage.REGION})
_BEFORE_RULES = frozenset({DecisionAction.REJECT, DecisionAction.RETYPE, DecisionAction.APART})


class TooMuchTouchedError(Exception):
    """So much of the archive is touched that resolving all of it costs less."""


@dataclass(slots=True)
class Touched:
    """What changed since the last resolution.

    `names` came, went, or are mentioned in articles that came or went; `decisions` were made or undone.
    """

    names: Collection[NameId]
    decisions: Collection[Decision] = ()


@dataclass(slots=True)
class Rules:
    """The rules over the open names of a view; after `apply`, `clusters` and `contexts` are what they made of them."""

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
    _definitions: dict[Definition, None] = field(default_factory=dict)
    _company: dict[NameId, Mapping[NameId, int]] = field(default_factory=dict)
    _followed: set[NameId] = field(default_factory=set)
    _unread: set[NameId] = field(default_factory=set)

    def apply(self, touched: Touched) -> None:
        """Open what the change touches, and link it."""
        decided = {name_id for decision in touched.decisions for name_id in names_of(decision)}
        self.view.load({*touched.names, *decided})
        self.touched = {group for name_id in touched.names for group in self.view.groups_of(name_id)}
        for decision in touched.decisions:
            if decision.action in _BEFORE_RULES:
                self._decided.update(group for name in names_of(decision) for group in self.view.groups_of(name))
        self._open(self._first_opened())
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
        """What the rules made of an open group."""
        clusters = self.clusters
        return Outcome(
            clusters.links.get(group),
            clusters.choices.get(group),
            clusters.fitting.get(group),
            group in clusters.entries,
        )

    # What is open.

    def _first_opened(self) -> set[NameId]:
        found = set(self._decided)
        counted: list[NameId] = []
        for group in self.touched - found:
            old, new = self.view.state(group), self.view.groups.get(group)
            if old is None and new is None:
                continue
            if old is None or new is None or _looks_different(old, new) or old.outcome.choice is not None:
                found.add(group)
            else:
                counted.append(group)
        found.update(self._mates_by_frequency(counted))
        found.update(self._explained(counted))
        return found | self._watching(self.touched)

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
        heads = self._chain(groups)
        watching = set(self.store.watchers(heads, also_of_companions=False))
        watching.update(self.store.watchers(weighty, also_of_companions=True))
        return self._load_groups(watching)

    def _has_other_weight(self, group: NameId) -> bool:
        old, new = self.view.state(group), self.view.groups.get(group)
        if old is None or new is None:
            return old is not None
        return old.text != new.text or rounded_mentions(old.mentions) != rounded_mentions(new.mentions)

    def _chain(self, groups: Iterable[NameId]) -> set[NameId]:
        """Groups with those that they are, and were, linked to, directly or over others."""
        found: set[NameId] = set()
        queue = list(groups)
        while queue:
            group = queue.pop()
            if group in found:
                continue
            found.add(group)
            state = self.view.state(group)
            if state is not None and state.outcome.link is not None:
                queue.append(state.outcome.link.target)
            if group in self.clusters.links:
                queue.append(self.clusters.links[group].target)
        return found

    def _load_groups(self, names: Collection[NameId]) -> set[NameId]:
        self.view.load(names)
        return {group for name_id in names for group in self.view.groups_of(name_id)}

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
        apart = [decision for decision in self.view.decisions if decision.action is DecisionAction.APART]
        if not apart:
            return set()
        self._load_followers(groups)
        found: set[NameId] = set()
        near = set(groups) | {group for group in self.view.groups if not self._chain([group]).isdisjoint(groups)}
        names = {name_id for group in near for name_id in self.view.names_in(group)}
        for decision in apart:
            if not names.isdisjoint(names_of(decision)):
                found |= self._load_groups(names_of(decision))
        return self._chain(found)

    def _load_followers(self, groups: Iterable[NameId]) -> bool:
        """Read all names that are linked to groups, directly or over others; True when there were new ones."""
        frontier = set(groups) - self._followed
        found = False
        while frontier:
            self._followed |= frontier
            names = set(self.store.followers(frontier))
            found = found or any(not self.view.has_read(name_id) for name_id in names)
            frontier = self._load_groups(names) - self._followed
        return found

    # The rules.

    def _link(self) -> None:
        while True:
            crowded = self._look_up()
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
                definitions=tuple(self._definitions),
                words=self.knowledge.words,
            )
            if self._read_candidates():
                continue
            self.contexts = link_by_context(self.clusters, self._companions)
            if not self._unread:
                return
            self.view.load(self._unread)
            self._unread = set()

    def _cannot_be_frozen(self, group: NameId) -> bool:
        """True for a group that is new, or whose link leads to one that is gone."""
        state = self.view.state(group)
        if state is None:
            return True
        link = state.outcome.link
        return link is not None and link.target not in self.view.groups

    def _look_up(self) -> frozenset[int]:
        """Read the names that open ones look up; returns the keys under which there are too many."""
        sought = {
            key.number
            for name_id in self.open
            if name_id in self.view.groups
            for key in self.view.keys(self.view.groups[name_id])
            if key.role is KeyRole.SOUGHT and not is_about_place(key.number)
        }
        counts = dict(self.store.count_with_keys(sought, KeyRole.SEEN))
        for _, key in self.view.stored_keys(self.open):
            if key.role is KeyRole.SEEN and key.number in counts:
                counts[key.number] -= 1
        crowded = frozenset(number for number, count in counts.items() if count > MOST_LONGER)
        found = {name_id for _, name_id in self.store.names_with_keys(sought - crowded, KeyRole.SEEN)}
        for definition in self.store.definitions_of(self.open):
            self._definitions[definition] = None
            found.add((definition.kind, definition.long_key))
        self.view.load(found)
        places = {place_key(other.words[: -len(end)]) for other, end in self._teams()}
        self.view.load({name_id for _, name_id in self.store.names_with_keys(places, KeyRole.SEEN)})
        return crowded

    def _teams(self) -> Iterator[tuple[NameGroup, tuple[str, ...]]]:
        """The names that may be teams with their places, with the end that is an open name."""
        groups = self.view.groups
        short = {
            groups[name_id].words for name_id in self.open if name_id in groups and name_id[0] is Kind.ORGANIZATIONS
        }
        for group in groups.values() if short else ():
            if group.kind is Kind.ORGANIZATIONS:
                for end in team_ends(group):
                    if end in short:
                        yield group, end

    def _read_candidates(self) -> bool:
        """Read all names of the candidates of open choices; True when some were not read yet."""
        clusters = self.clusters
        heads: set[NameId] = set()
        for name_id, choice in clusters.choices.items():
            found = {clusters.head(head) for head in choice.heads} - {name_id}
            if name_id not in clusters.links and 1 < len(found) <= MOST_HEADS:
                heads |= found
        return self._load_followers(heads)

    def _companions(self, wanted: Collection[NameId]) -> Mapping[NameId, Mapping[NameId, int]]:
        missing = set(wanted) - self._company.keys()
        if missing:
            found = self.store.companions(missing)
            self._company.update((name_id, found.get(name_id, {})) for name_id in missing)
        company = {name_id: self._company[name_id] for name_id in wanted}
        self._unread.update(other for beside in company.values() for other in beside if not self.view.has_read(other))
        return company

    # What depends on it.

    def _dependents(self) -> set[NameId]:
        """Names that look up, or weigh, what the rules altered."""
        new = {group for group in self.open - self.altered if self._is_altered(group)}
        self.altered |= new
        if not new:
            return set()
        self._load_followers(new)
        altered = new | {group for group in self.view.groups if not self._chain([group]).isdisjoint(new)}
        found = self._looking_up(altered)
        for definition in self.store.definitions_of(altered):
            if (definition.kind, definition.long_key) in altered:
                found |= self._load_groups([(definition.kind, definition.short_key)])
        watching = set(self.store.watchers(self._chain(altered), also_of_companions=True))
        watching |= self._named_beside(altered, new)
        sided = {
            target
            for group in self.open
            if group in self.clusters.sides and (target := self.link_of(group)) is not None
        }
        return found | self._load_groups(watching) | sided

    def _is_altered(self, group: NameId) -> bool:
        """True for a group that other names see in another way than before."""
        old, new = self.view.state(group), self.view.groups.get(group)
        if old is None or new is None:
            return old is not None or new is not None
        return _looks_different(old, new) or _seen_by_others(old.outcome) != _seen_by_others(self.outcome(group))

    def is_changed(self, group: NameId) -> bool:
        """True for an open group of which the rules made something else than before."""
        old, new = self.view.state(group), self.view.groups.get(group)
        if old is None or new is None:
            return old is not None or new is not None
        return _looks_different(old, new) or old.outcome != self.outcome(group)

    def _looking_up(self, altered: Collection[NameId]) -> set[NameId]:
        numbers = {key.number for _, key in self.view.stored_keys(altered) if key.role is KeyRole.SEEN}
        for group in altered:
            if group in self.view.groups:
                keys = self.view.keys(self.view.groups[group])
                numbers.update(key.number for key in keys if key.role is KeyRole.SEEN)
        seekers = list(self.store.names_with_keys(numbers, KeyRole.SOUGHT))
        teams = {name_id for number, name_id in seekers if is_about_place(number)}
        found = self._load_groups({name_id for number, name_id in seekers if not is_about_place(number)})
        if teams:
            # The place is no name of the team; it makes the short form of the team one.
            ends = {
                key.number for _, key in self.view.stored_keys(self._load_groups(teams)) if key.role is KeyRole.SEEN
            }
            found |= self._load_groups({name_id for _, name_id in self.store.names_with_keys(ends, KeyRole.SOUGHT)})
        return found

    def _named_beside(self, altered: Collection[NameId], new: Collection[NameId]) -> set[NameId]:
        """Names with an open choice in whose company a name is whose head changed, though no article of it changed."""
        relinked = {group for group in new if group in self._decided or self._is_relinked(group)}
        moved = {group for group in altered if not self._chain([group]).isdisjoint(relinked)}
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
    return link and (link.target, link.stage), outcome.has_entry, outcome.fitting is not None


def _looks_different(old: NameState, new: NameGroup) -> bool:
    return (old.text, old.is_acronym, old.reference) != (new.text, new.acronym, new.reference)


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
        if outcome.has_entry:
            entry = view.entry(groups[group])
            assert entry is not None, "packs that changed are resolved as a whole"
            clusters.entries[group] = entry
    clusters.share_sides()
    return clusters
