"""Names that the rules look up for open names: longer names, explained names, teams, and companions."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from index.identity.clusters import MOST_LONGER, Clusters
from index.identity.incremental.view import View
from index.identity.name_groups import NameGroup
from index.identity.name_keys import KeyRole, is_about_place, place_key
from index.identity.records import Definition, NameId, Witness
from index.identity.rules.archive_rules import team_ends
from index.identity.rules.contexts import names_to_weigh
from index.identity.stored import IdentityStore
from index.model import Kind

__all__ = ["LookUps"]


@dataclass(slots=True)
class LookUps:
    """Reads what open names look up into a view; `definitions` are those of all names that were open."""

    view: View
    store: IdentityStore
    definitions: dict[Definition, None] = field(default_factory=dict)
    _witnesses: dict[NameId, Mapping[Witness, int]] = field(default_factory=dict)
    _beside: dict[NameId, Mapping[NameId, int]] = field(default_factory=dict)
    _company: dict[NameId, Mapping[NameId, int]] = field(default_factory=dict)

    def read(self, opened: Collection[NameId]) -> frozenset[int]:
        """Read the names that open ones look up; returns the keys under which there are too many."""
        sought = {
            key.number
            for name_id in opened
            if name_id in self.view.groups
            for key in self.view.keys(self.view.groups[name_id])
            if key.role is KeyRole.SOUGHT and not is_about_place(key.number)
        }
        counts = dict(self.store.count_with_keys(sought, KeyRole.SEEN))
        for _, key in self.view.stored_keys(opened):
            if key.role is KeyRole.SEEN and key.number in counts:
                counts[key.number] -= 1
        crowded = frozenset(number for number, count in counts.items() if count > MOST_LONGER)
        found = {name_id for _, name_id in self.store.names_with_keys(sought - crowded, KeyRole.SEEN)}
        for definition in self.store.definitions_of(opened):
            self.definitions[definition] = None
            found.add((definition.kind, definition.long_key))
        self.view.load(found)
        places = {place_key(other.words[: -len(end)]) for other, end in self._teams(opened)}
        self.view.load({name_id for _, name_id in self.store.names_with_keys(places, KeyRole.SEEN)})
        return crowded

    def _teams(self, opened: Collection[NameId]) -> Iterator[tuple[NameGroup, tuple[str, ...]]]:
        """The names that may be teams with their places, with the end that is an open name."""
        groups = self.view.groups
        short = {groups[name_id].words for name_id in opened if name_id in groups and name_id[0] is Kind.ORGANIZATIONS}
        for group in groups.values() if short else ():
            if group.kind is Kind.ORGANIZATIONS:
                for end in team_ends(group):
                    if end in short:
                        yield group, end

    def witnesses(self, wanted: Collection[NameId]) -> Mapping[NameId, Mapping[Witness, int]]:
        """Return the evidence of the mentions of names, each read once."""
        missing = wanted - self._witnesses.keys()
        found = self.store.witnesses(missing) if missing else {}
        self._witnesses.update((name_id, found.get(name_id, {})) for name_id in missing)
        return self._witnesses

    def read_companions(self, clusters: Clusters) -> bool:
        """Read the companions of all names that are weighed; True when some were not read yet."""
        missing = names_to_weigh(clusters) - self._company.keys()
        if not missing:
            return False
        found = self.store.companions(missing)
        self._company.update((name_id, found.get(name_id, {})) for name_id in missing)
        unread = {other for beside in found.values() for other in beside if not self.view.has_read(other)}
        self.view.load(unread)
        return bool(unread)

    def read_beside(self, wanted: Collection[NameId]) -> Mapping[NameId, Mapping[NameId, int]]:
        """Return the companions of names, which need not have been read; the companions are not read into the view."""
        missing = wanted - self._beside.keys()
        if missing:
            found = self.store.companions(missing)
            self._beside.update((name_id, found.get(name_id, {})) for name_id in missing)
        return self._beside

    def companions(self, wanted: Collection[NameId]) -> Mapping[NameId, Mapping[NameId, int]]:
        """Return the companions of names that were read."""
        return {name_id: self._company[name_id] for name_id in wanted}
