"""Resolution of what a change touches: the entities around it, equal to those that resolving everything gives.

The rules are applied again to the names that the change can touch (`index.identity.incremental.touched`). Entities are
made again from the names of all entities, old and new, that such a name is or was part of, closed over the decisions
about them; ids are shared out again among those that want the same; suggestions are made again for the entities that
have a new pair.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.identity.across_archive import by_name, head_rows, name_state
from index.identity.applied.decided_clusters import DecidedClusters, EntityCluster, names_of
from index.identity.applied.mention_splits import mention_splits_of, own_name
from index.identity.clusters import Clusters
from index.identity.entities import make_entities, merged_ids
from index.identity.ids import WantedId, family_of, share_out, wanted_ids
from index.identity.incremental.region_pairs import LikePairs
from index.identity.incremental.region_suggestions import RegionSuggestions
from index.identity.incremental.touched import Rules, Touched, linked
from index.identity.incremental.view import Knowledge, View
from index.identity.name_groups import NameGroup
from index.identity.name_keys import KeyRole, NameKey, like_numbers, slug_key
from index.identity.records import Assignment, NameId
from index.identity.rules.contexts import Beside
from index.identity.stored import HeadRow, IdentityStore, NameState, Update
from index.identity.suggestions import Pair, choice_pairs
from index.model import Entity
from index.normalize.name_words import NameWords
from index.normalize.names import slug

__all__ = ["Touched", "resolve_touched"]


def resolve_touched(store: IdentityStore, touched: Touched, *, knowledge: Knowledge, limit: int) -> Update:
    """Resolve what a change touches, and return what to write. The store still has what was before the change.

    Raises `TooMuchTouchedError` when more than `limit` names must be linked again.
    """
    view = View(store, knowledge)
    rules = Rules(view, store, knowledge, limit)
    rules.apply(touched)
    pairs = LikePairs(view, store, knowledge, rules)
    pairs.compare()
    return _Region(view, store, knowledge, rules, pairs, touched).update()


@dataclass(slots=True)
class _Resolved:
    """The names of a region, clustered by rules and decisions, with the ids of their heads."""

    names: set[NameId]
    old_entities: set[str]
    clusters: Clusters
    decided: DecidedClusters
    entity_clusters: list[EntityCluster]
    wanted: list[WantedId]
    ids: dict[NameId, str]


@dataclass(slots=True)
class _Region:
    view: View
    store: IdentityStore
    knowledge: Knowledge
    rules: Rules
    pairs: LikePairs
    touched: Touched

    def update(self) -> Update:
        """Return what to write."""
        rules = self.rules
        # A decision about a name without a choice needs no pack.
        words = self.knowledge.words if rules.clusters.choices else NameWords()
        pairs = [*choice_pairs(rules.clusters, words, rules.contexts), *self.pairs.found]
        names = self._seeds()
        while True:
            resolved = self._resolve(names)
            entities, assignments = make_entities(
                resolved.clusters, resolved.decided, resolved.entity_clusters, resolved.ids
            )
            suggestions = self._suggest(resolved, entities, assignments, pairs)
            if not suggestions.unsure:
                break
            names = {*resolved.names, *suggestions.unsure}
        heads = head_rows(resolved.entity_clusters, resolved.wanted, resolved.ids)
        different = rules.touched | {group for group in rules.open if rules.is_changed(group)}
        # A group that a name joined has its keys under another name.
        names = {name_id for group in different for name_id in self.view.names_in(group)}
        different |= {group for name_id in names if (group := self.view.group_of(name_id)) is not None}
        return Update(
            entities=entities,
            assignments=assignments,
            redirects=self._redirects(resolved, entities),
            suggestions=suggestions.found,
            heads=heads,
            states=self._states(rules.open | rules.touched),
            keys=self._keys(different),
            pairs=pairs,
            taken_back=self._taken_back(assignments),
            is_complete=False,
            names=resolved.names,
            old_entities=resolved.old_entities,
            choosing=rules.open,
            compared=self.pairs.compared,
            suggested=suggestions.entities,
        )

    def _suggest(
        self,
        resolved: _Resolved,
        entities: Iterable[Entity],
        assignments: Mapping[NameId, Assignment],
        pairs: Sequence[Pair],
    ) -> RegionSuggestions:
        suggestions = RegionSuggestions(
            view=self.view,
            store=self.store,
            clusters=resolved.clusters,
            decided=resolved.decided,
            assignments=assignments,
            names=resolved.names,
            pairs=pairs,
            choosing=frozenset(self.rules.open),
            compared=frozenset(self.pairs.compared),
        )
        suggestions.make({*(entity.id for entity in entities), *resolved.old_entities})
        return suggestions

    # Which names, and what entities they are.

    def _resolve(self, seeds: set[NameId]) -> _Resolved:
        names: set[NameId] = set()
        old_entities: set[str] = set()
        more = seeds
        while True:
            self._close(names, old_entities, more)
            resolved = self._cluster(names, old_entities)
            moved = self._share_ids(resolved)
            if not moved:
                return resolved
            # Others get another id, because one that they share a wish with came or went.
            more = {name for found in self.store.names_of_entities(moved).values() for name in found}

    def _seeds(self) -> set[NameId]:
        rules, view = self.rules, self.view
        groups = {group for group in rules.open if rules.is_changed(group)} | rules.touched
        decided = {name_id for decision in self.touched.decisions for name_id in names_of(decision)}
        return {name_id for group in groups for name_id in view.names_in(group)} | {
            *decided,
            *self.touched.names,
        }

    def _close(self, names: set[NameId], old_entities: set[str], frontier: set[NameId]) -> None:
        """Add names to a region, and all that are, or were, part of the same entities or decisions."""
        view, store, rules = self.view, self.store, self.rules
        followers_of: dict[NameId, list[NameId]] = {}
        for group in rules.open:
            target = rules.link_of(group)
            if target is not None:
                followers_of.setdefault(target, []).append(group)
        while frontier := frontier - names:
            view.load(frontier)
            names |= frontier
            found: set[NameId] = set()
            entities = {assignment.entity_id for assignment in store.assigned(frontier).values()} - old_entities
            old_entities |= entities
            for members in store.names_of_entities(entities).values():
                found.update(members)
            groups = {group for name_id in frontier for group in view.groups_of(name_id)}
            found.update(name_id for name_id in store.followers(groups))
            for group in groups:
                near = [group, *followers_of.get(group, ())]
                state = view.state(group)
                old = None if state is None or state.outcome.link is None else state.outcome.link.target
                near += [target for target in (old, rules.link_of(group)) if target is not None]
                found.update(name_id for other in near for name_id in view.names_in(other))
            about = set(frontier)
            for decision in view.decisions:
                mentioned = names_of(decision)
                if not about.isdisjoint(mentioned):
                    found |= mentioned
            frontier = found

    def _cluster(self, names: set[NameId], old_entities: set[str]) -> _Resolved:
        view = self.view
        groups = {group.id: group for group in view.groups.values() if any(name_id in names for name_id in group.ids)}
        clusters = linked(groups, view, self.rules)
        decided = DecidedClusters(clusters)
        decided.apply([decision for decision in view.decisions if not names.isdisjoint(names_of(decision))])
        entity_clusters = decided.clusters()
        return _Resolved(
            names, old_entities, clusters, decided, entity_clusters, wanted_ids(clusters, decided, entity_clusters), {}
        )

    # Their ids.

    def _share_ids(self, resolved: _Resolved) -> set[str]:
        """Give all heads of the region their ids; returns the entities outside of it that would get another id."""
        before = {row.wanted: row for row in self.store.heads_of(resolved.old_entities)}
        resolved.ids.update({item.head: before[item].id for item in resolved.wanted if item in before})
        changed = {item.text for item in before.keys() ^ set(resolved.wanted)}
        changed |= {family for text in changed if (family := family_of(text)) is not None}
        outside = [row for row in self.store.heads_wanting(changed) if row.wanted not in before]
        by_text: dict[str, list[WantedId]] = {}
        for item in (*resolved.wanted, *(row.wanted for row in outside)):
            if item.text in changed:
                by_text.setdefault(item.text, []).append(item)
        inside = {item.text for item in resolved.wanted}
        shared: dict[NameId, str] = {}
        for text, items in by_text.items():
            shared.update(share_out(text, items, lambda wanted: self._is_wanted(wanted, inside, before)))
        resolved.ids.update({item.head: shared[item.head] for item in resolved.wanted if item.head in shared})
        return {row.entity for row in outside if shared[row.wanted.head] != row.id}

    def _is_wanted(self, text: str, inside: Collection[str], before: Mapping[WantedId, HeadRow]) -> bool:
        return text in inside or any(row.wanted not in before for row in self.store.heads_wanting([text]))

    # What else is to be written.

    def _redirects(self, resolved: _Resolved, entities: Iterable[Entity]) -> dict[str, str]:
        """Redirects from ids that names of the region would have alone, and from those that came or went."""
        ids = {entity.id for entity in entities}
        texts = {slug(text) for group in resolved.clusters.groups.values() for text, _ in group.texts}
        texts |= resolved.old_entities | ids
        numbers = {slug_key(text): text for text in texts}
        meant: dict[str, set[str]] = {}
        outside: dict[str, set[NameId]] = {}
        for number, name_id in self.store.names_with_keys(numbers, KeyRole.SLUG):
            if name_id not in resolved.names:
                outside.setdefault(numbers[number], set()).add(name_id)
        assigned = self.store.assigned({name_id for names in outside.values() for name_id in names})
        rows = self.store.heads_of({assignment.entity_id for assignment in assigned.values()})
        members = {row.entity: row.members for row in rows}
        for text, names in outside.items():
            found = {assigned[name_id].entity_id for name_id in names if name_id in assigned}
            meant.setdefault(text, set()).update(entity for entity in found if members.get(entity, 1) > 1)
        for cluster in resolved.entity_clusters:
            for member in cluster.members if len(cluster.members) > 1 else ():
                for text, _ in resolved.clusters.groups[member].texts:
                    meant.setdefault(slug(text), set()).add(resolved.ids[cluster.head])
        taken = ids | (set(self.store.existing_entities(meant)) - resolved.old_entities)
        clear = {old: next(iter(new)) for old, new in meant.items() if len(new) == 1 and old not in taken}
        return clear | merged_ids(resolved.ids, resolved.entity_clusters)

    def _states(self, groups: Iterable[NameId]) -> dict[NameId, NameState | None]:
        """The states of names that are others than before."""
        contexts = by_name(self.rules.contexts)
        found: dict[NameId, NameState | None] = {}
        for group_id in groups:
            now = self._state(group_id, contexts)
            for name_id in self.view.names_in(group_id):
                group = self.view.group_of(name_id)
                state = now if group == group_id else None if group is None else self._state(group, contexts)
                if state != self.view.state_of_name(name_id):
                    found[name_id] = state
        return found

    def _state(self, group_id: NameId, contexts: Mapping[NameId, Sequence[tuple[NameId, Beside]]]) -> NameState | None:
        group = self.view.groups.get(group_id)
        if group is None:
            return None
        if group_id in self.rules.open:
            return name_state(self.rules.clusters, group_id, contexts)
        old = self.view.state(group_id)
        assert old is not None, "new groups are open"
        return old._replace(mentions=group.mentions)

    def _keys(self, groups: Iterable[NameId]) -> dict[NameId, Collection[NameKey]]:
        """The keys of groups, by the first of their names; the other names of a group have none."""
        found: dict[NameId, Collection[NameKey]] = {}
        for group_id in groups:
            now = self.view.groups.get(group_id)
            for name_id in self.view.names_in(group_id):
                found.setdefault(name_id, ())
            if now is not None:
                found[now.ids[0]] = {*self.view.keys(now), *self._like_keys(now)}
        return found

    def _like_keys(self, group: NameGroup) -> Collection[NameKey]:
        if not self.pairs.is_head(group.id):
            return ()
        return {NameKey(KeyRole.LIKE, number) for number in like_numbers(group, self.knowledge.words)}

    def _taken_back(self, assignments: Mapping[NameId, Assignment]) -> dict[NameId, str]:
        """Names that splits set apart which were undone, each with the entity that its mentions are part of again."""
        found = {}
        for mention_split in mention_splits_of(self.touched.decisions):
            own = own_name(mention_split)
            entities = {assignments[name_id].entity_id for name_id in mention_split.names if name_id in assignments}
            if own not in assignments and len(entities) == 1:
                found[own] = entities.pop()
        return found
