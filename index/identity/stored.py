"""Records that a resolution stores, so that the next one looks only at changes, and the protocol of their store."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from index.identity.clusters import Choice, StoredLink
from index.identity.ids import WantedId
from index.identity.name_groups import NameGroup
from index.identity.name_keys import KeyRole, NameKey
from index.identity.records import Assignment, Definition, MadeDecision, Name, NameId, Suggestion, Witness
from index.identity.suggestions import Pair
from index.model import Entity

__all__ = ["HeadRow", "IdentityStore", "NameState", "Outcome", "Update", "looks_different"]


class Outcome(NamedTuple):
    """Result of the rules for a name: its link, the choice that they left open, and the candidate that company fits.

    `entry` is the reference of the pack entry that it is the first name of.
    """

    link: StoredLink | None = None
    choice: Choice | None = None
    fitting: NameId | None = None
    entry: str | None = None


class NameState(NamedTuple):
    """A name as the last resolution saw it, by the group that it was part of.

    `text`, `mentions`, `is_acronym` and `reference` are those of the group; `watched` are the names whose changes may
    change which candidate its company speaks for, `companions` those of them that are only named beside it.
    """

    group: NameId
    text: str
    mentions: int
    is_acronym: bool
    reference: str | None
    outcome: Outcome
    watched: frozenset[NameId] = frozenset()
    companions: frozenset[NameId] = frozenset()


def looks_different(old: NameState, new: NameGroup) -> bool:
    """True when rules see a group in another way than at the last resolution."""
    return (old.text, old.is_acronym, old.reference) != (new.text, new.acronym, new.reference)


class HeadRow(NamedTuple):
    """A head of the clusters of the rules after all decisions: the id that it wants and has, and its entity.

    `members` counts the names of the entity.
    """

    wanted: WantedId
    id: str
    entity: str
    members: int


@dataclass(frozen=True, slots=True)
class Update:
    """Rows to write after a resolution.

    When `is_complete`, it replaces everything that was stored. Else `names` are the names whose assignment is in
    `assignments`, or that have none any more; `old_entities` are the ids that their entities had; `states` and `keys`
    are those of the names that were resolved, None for names that are gone; `pairs` replace those of `paired` names
    and `suggestions` those of `suggested` entities. `heads` replace those of `old_entities`.
    """

    entities: Sequence[Entity]
    assignments: Mapping[NameId, Assignment]
    redirects: Mapping[str, str]
    suggestions: Sequence[Suggestion]
    heads: Sequence[HeadRow]
    states: Mapping[NameId, NameState | None]
    keys: Mapping[NameId, Collection[NameKey]]
    pairs: Sequence[Pair]
    taken_back: Mapping[NameId, str] = field(default_factory=dict)
    is_complete: bool = True
    names: Collection[NameId] = ()
    old_entities: Collection[str] = ()
    choosing: Collection[NameId] = ()
    compared: Collection[NameId] = ()
    suggested: Collection[str] = ()


class IdentityStore(Protocol):
    """Store that an incremental resolution reads. All names are names as articles have them, but for groups.

    A group is what the rules see as one name; its id is that of a name, or of none when a decision gave a kind.
    """

    def names_of(self, ids: Collection[NameId]) -> Iterable[Name]:
        """Return all ways of writing the names that articles use, ordered by kind, key, text and reference."""
        ...

    def states(self, ids: Collection[NameId]) -> Mapping[NameId, NameState]:
        """Return the names as the last resolution saw them; new names and rejected ones are left out."""
        ...

    def grouped_as(self, groups: Collection[NameId]) -> Collection[NameId]:
        """Return the names that were part of one of the groups and do not have its id."""
        ...

    def followers(self, groups: Collection[NameId]) -> Collection[NameId]:
        """Return the names that were linked to one of the groups, by one link."""
        ...

    def keys(self, ids: Collection[NameId]) -> Iterable[tuple[NameId, NameKey]]:
        """Return the stored keys of names."""
        ...

    def count_with_keys(self, numbers: Collection[int], role: KeyRole) -> Mapping[int, int]:
        """Return how many names are stored under each key."""
        ...

    def names_with_keys(self, numbers: Collection[int], role: KeyRole) -> Iterable[tuple[int, NameId]]:
        """Return the names that are stored under each key; one name for each group."""
        ...

    def watchers(self, groups: Collection[NameId], *, also_of_companions: bool) -> Collection[NameId]:
        """Return the names with an open choice that watch one of the groups, as a candidate or as a companion."""
        ...

    def names_beside(self, ids: Collection[NameId]) -> Collection[NameId]:
        """Return all names in articles that have one of the names."""
        ...

    def definitions_of(self, ids: Collection[NameId]) -> Sequence[Definition]:
        """Return what articles say about these names, whether they are short or long, in order."""
        ...

    def companions(self, wanted: Collection[NameId]) -> Mapping[NameId, Mapping[NameId, int]]:
        """Return the names beside each name; see `index.identity.records.Companions`."""
        ...

    def witnesses(self, wanted: Collection[NameId]) -> Mapping[NameId, Mapping[Witness, int]]:
        """Return the evidence of the mentions of each name; see `index.identity.records.Witnesses`."""
        ...

    def decisions_about(self, ids: Collection[NameId]) -> Sequence[MadeDecision]:
        """Return the decisions in force that name one of the names."""
        ...

    def assigned(self, ids: Collection[NameId]) -> Mapping[NameId, Assignment]:
        """Return what names are assigned to."""
        ...

    def names_of_entities(self, ids: Collection[str]) -> Mapping[str, Sequence[NameId]]:
        """Return the names that are assigned to each entity."""
        ...

    def existing_entities(self, ids: Collection[str]) -> Collection[str]:
        """Return those of the ids that are entities."""
        ...

    def heads_of(self, entities: Collection[str]) -> Sequence[HeadRow]:
        """Return the heads of entities."""
        ...

    def heads_wanting(self, texts: Collection[str]) -> Sequence[HeadRow]:
        """Return the heads that want one of the ids."""
        ...

    def pairs_with(self, groups: Collection[NameId]) -> Sequence[Pair]:
        """Return the pairs of names of which one is given."""
        ...
