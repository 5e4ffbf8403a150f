"""Suggestions, made again for entities that came, went or have another pair of names that may be one."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from index.identity.applied.decided_clusters import DecidedClusters, names_of
from index.identity.clusters import Clusters
from index.identity.incremental.view import View
from index.identity.records import Assignment, KeepApart, NameId, Suggestion
from index.identity.stored import IdentityStore
from index.identity.suggestions import DECIDED, MOST_OF_ENTITY, Pair, best_of_each, few_of_each

__all__ = ["RegionSuggestions"]


@dataclass(slots=True)
class RegionSuggestions:
    """Suggestions about `entities`, and about no others; `make` fills `found`.

    `names` are those of a region, clustered in `clusters`, with their new `assignments`; `pairs` are new, and replace
    those of the names that are `choosing` or were `compared`.
    """

    view: View
    store: IdentityStore
    clusters: Clusters
    decided: DecidedClusters
    assignments: Mapping[NameId, Assignment]
    names: Collection[NameId]
    pairs: Sequence[Pair]
    choosing: frozenset[NameId]
    compared: frozenset[NameId]
    found: tuple[Suggestion, ...] = ()
    entities: set[str] = field(default_factory=set)
    unsure: set[NameId] = field(default_factory=set)
    _assigned: dict[NameId, Assignment] = field(default_factory=dict)
    _suggestions: dict[str, list[Suggestion]] = field(default_factory=dict)

    def make(self, touched: Collection[str]) -> None:
        """Make the suggestions about touched entities, and about the ends of pairs that came or went.

        With them come all that these crowd out, or leave room for.
        """
        gone = [pair for pair in self.store.pairs_with(self.choosing | self.compared) if self._is_replaced(pair)]
        ends = {end for pair in (*gone, *self.pairs) for end in (pair.left, pair.right)}
        frontier = {*touched, *self._entities_of(ends)}
        while frontier := frontier - self.entities:
            self.entities |= frontier
            self._read(frontier - self._suggestions.keys())
            near = {
                end
                for entity in frontier
                for suggestion in self._suggestions.get(entity, ())
                for end in (suggestion.entity, suggestion.into)
            }
            self._read(near - self._suggestions.keys())
            # An entity with few suggestions keeps them all, and crowds out none.
            frontier = {entity for entity in near if len(self._suggestions.get(entity, ())) > MOST_OF_ENTITY}
        about = (suggestion for entity in self.entities for suggestion in self._suggestions.get(entity, ()))
        self.found = few_of_each(best_of_each(about))

    def _is_replaced(self, pair: Pair) -> bool:
        if pair.is_choice:
            return pair.left in self.choosing
        return pair.left in self.compared or pair.right in self.compared

    def _read(self, entities: Set[str]) -> None:
        """Read all suggestions about entities, before any is left out."""
        groups: dict[NameId, None] = {}
        for name_id, assignment in self.assignments.items():
            if assignment.entity_id in entities:
                groups.update(dict.fromkeys(self.view.groups_of(name_id)))
        for names in self.store.names_of_entities(entities).values():
            outside = [name_id for name_id in names if name_id not in self.names]
            groups.update(dict.fromkeys(self._groups_outside(outside)))
            if self._is_kept_apart(outside):
                self.unsure.update(outside)
        pairs = [pair for pair in self.store.pairs_with(groups) if not self._is_replaced(pair)]
        pairs += [pair for pair in self.pairs if pair.left in groups or pair.right in groups]
        self._look_up(end for pair in pairs for end in (pair.left, pair.right))
        by_entity: dict[str, list[Suggestion]] = {entity: [] for entity in entities}
        for suggestion in self._suggestions_of(pairs):
            for entity in {suggestion.entity, suggestion.into} & entities:
                by_entity[entity].append(suggestion)
        for entity, suggestions in by_entity.items():
            self._suggestions[entity] = best_of_each(suggestions)

    def _is_kept_apart(self, names: Collection[NameId]) -> bool:
        """True for names outside of the region that people keep apart from others."""
        apart = (decision for decision in self.view.decisions if isinstance(decision, KeepApart))
        return any(not names_of(decision).isdisjoint(names) for decision in apart) if names else False

    def _groups_outside(self, names: Collection[NameId]) -> Iterator[NameId]:
        self.view.load(names)
        for name_id in names:
            yield from self.view.groups_of(name_id)

    def _suggestions_of(self, pairs: Iterable[Pair]) -> Iterator[Suggestion]:
        for pair in pairs:
            left, right = self._assignment(pair.left), self._assignment(pair.right)
            if left is None or right is None or left.entity_id == right.entity_id or left.rule == DECIDED:
                continue
            if pair.left[0] is not pair.right[0] or self._are_apart(pair):
                continue
            yield Suggestion(pair.left[0], left.entity_id, right.entity_id, pair.rule, pair.evidence, pair.score)

    def _are_apart(self, pair: Pair) -> bool:
        """True for names that people keep apart; such names are in the region."""
        if pair.left not in self.clusters.groups or pair.right not in self.clusters.groups:
            return False
        heads = self.decided.head_by_rules(pair.left), self.decided.head_by_rules(pair.right)
        return self.clusters.are_apart(*heads)

    def _entities_of(self, groups: Iterable[NameId]) -> set[str]:
        groups = set(groups)
        self._look_up(groups)
        found = {self._assignment(group) for group in groups}
        return {assignment.entity_id for assignment in found if assignment is not None}

    def _look_up(self, groups: Iterable[NameId]) -> None:
        groups = set(groups)
        self.view.load(groups)
        names = {name_id for group in groups for name_id in self.view.names_in(group)} - self._assigned.keys()
        self._assigned.update(self.store.assigned(names - set(self.names)))

    def _assignment(self, group: NameId) -> Assignment | None:
        now = self.view.groups.get(group)
        if now is None:
            return None
        name_id = now.ids[0]
        return self.assignments.get(name_id) if name_id in self.names else self._assigned.get(name_id)
