"""The records of resolution: names, what they are linked to and why, and the decisions of people about them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias, assert_never

from index.model import Entity, Kind

__all__ = [
    "AnyDecision",
    "Assignment",
    "Companions",
    "Definition",
    "KeepApart",
    "LocalLink",
    "MadeDecision",
    "Merge",
    "Name",
    "NameId",
    "Reject",
    "Rename",
    "Resolution",
    "ResolutionChanges",
    "Retype",
    "Split",
    "Suggestion",
    "Witness",
    "Witnesses",
    "WrittenForms",
    "ids_of",
]

NameId = tuple[Kind, str]
"""A name as it was given: its kind and key."""

Companions = Callable[[Collection[NameId]], Mapping[NameId, Mapping[NameId, int]]]
"""Names in the same articles: for each requested name, the other names in the articles that have it, with the number of
those articles. It is called once with all the names about which a context may decide; it may leave out a name it knows
nothing of, and give only the most frequent companions of one (some 50), but must give everybody the same."""


class Witness(NamedTuple):
    """The component that found a mention, and its evidence in words; see `index.model.Mention`."""

    component: str
    evidence: str


Witnesses = Callable[[Collection[NameId]], Mapping[NameId, Mapping[Witness, int]]]
"""The evidence by which extraction found the mentions of names, with the number of mentions; it is called once."""


WrittenForms = Callable[[Collection[NameId], str | None], Mapping[tuple[NameId, str], int]]
"""Written forms of names: the number of mentions by the name they stand for and their text, in one
article (by its id) or, for None, in all. Mentions that are not part of a story count too."""


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name that mentions of the archive stand for.

    `key` identifies it within its kind: the folded text, with `@` and the reference behind it when a pack knows
    the name ("us@core:united-states"), so that one spelling may mean two things. `text` is one way to write it;
    names with the same kind and key but other texts are the same name written in several ways. `documents` and
    `mentions` count this way of writing it over the archive, 0 when nobody has counted yet.
    """

    kind: Kind
    key: str
    text: str
    reference: str | None = None
    documents: int = 0
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class LocalLink:
    """The name that a mention stands for in its article: "Ismail Demir" for "Demir", by the rule "surname".

    `mention_index` counts in the sequence of mentions that was given. `rule` is a short stable code, `evidence`
    says it in words.
    """

    mention_index: int
    name: Name
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True, order=True)
class Definition:
    """A definition in articles: a short name stands for a long one ("Presidency of Defense Industries (SSB)").

    Both keys are keys of names of `kind`; `documents` counts the articles that say so.
    """

    kind: Kind
    short_key: str
    long_key: str
    documents: int = 1


@dataclass(frozen=True, slots=True)
class Assignment:
    """The entity that a name means, with the rule (a short stable code) and the evidence in words."""

    entity_id: str
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities of a kind that may be one, for a person to decide: merge `entity` into `into`, or keep them apart.

    The two ids are arguments of the decisions "merge" (`entity`, `into`) and "apart" (`entity`, `other`). `rule` is a
    short stable code, `evidence` says it in words. `score` is between 1 and 99: the higher, the likelier; it orders
    suggestions and is no probability.
    """

    kind: Kind
    entity: str
    into: str
    rule: str
    evidence: str
    score: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """Identity over the whole archive.

    `entities` are sorted by id. Their `documents` is 0, because only the catalog can count an article once that
    uses several names of one entity; `mentions` is the sum over the names. `assignments` has every name by kind
    and key as they were given, also when the entity has another kind by a decision; a name that is missing was
    rejected. `redirects` leads from ids that a name had, or would have on its own, to the entity it is part of.
    `taken_back` says for names that were set apart, and whose decision was undone, which entity they are part of again.
    `suggestions` are the likeliest first, then by kind and ids; an entity is in a few of them at most, two entities
    are in one at most, and those that a person decided about are in none.
    """

    entities: tuple[Entity, ...]
    assignments: Mapping[tuple[Kind, str], Assignment]
    redirects: Mapping[str, str] = field(default_factory=dict)
    taken_back: Mapping[tuple[Kind, str], str] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolutionChanges:
    """Changes of a resolution: entities added, removed or changed, and documents to write again.

    `documents` counts those that were not to be written anyway.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class Merge:
    """Two entities are one: `entity` becomes part of `into`."""

    entity: str
    into: str
    entity_name: str = ""
    into_name: str = ""
    names: tuple[NameId, ...] = ()
    into_names: tuple[NameId, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """Something is taken out of an entity: a name, or the mentions of one article, or both.

    `names` are those taken out or, for mentions, those that they stood for; then `own` is the name that they stand for
    from now on, and `forms` are the ways of writing that are meant, all when it is empty.
    """

    entity: str
    name: str = ""
    article: str | None = None
    entity_name: str = ""
    names: tuple[NameId, ...] = ()
    forms: tuple[NameId, ...] = ()
    own: NameId | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """An entity has another canonical name."""

    entity: str
    name: str
    entity_name: str = ""
    names: tuple[NameId, ...] = ()


@dataclass(frozen=True, slots=True)
class Retype:
    """An entity is of another kind."""

    entity: str
    kind: Kind
    entity_name: str = ""
    names: tuple[NameId, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that extraction took for an entity is none."""

    entity: str
    entity_name: str = ""
    names: tuple[NameId, ...] = ()


@dataclass(frozen=True, slots=True)
class KeepApart:
    """Two entities are not one, whatever rules say."""

    entity: str
    other: str
    entity_name: str = ""
    other_name: str = ""
    names: tuple[NameId, ...] = ()
    other_names: tuple[NameId, ...] = ()


AnyDecision: TypeAlias = Merge | Split | Rename | Retype | Reject | KeepApart


def ids_of(decision: AnyDecision) -> tuple[str, ...]:
    """Return the ids of the entities that a decision is about.

    >>> ids_of(Merge("ssb", "defence-agency")), ids_of(Reject("ssb"))
    (('ssb', 'defence-agency'), ('ssb',))
    """
    match decision:
        case Merge(entity=entity, into=other) | KeepApart(entity=entity, other=other):
            return entity, other
        case Split() | Rename() | Retype() | Reject():
            return (decision.entity,)
        case _:
            assert_never(decision)


@dataclass(frozen=True, slots=True)
class MadeDecision:
    """A decision with its number, who made it and when (ISO 8601 in UTC), and who undid it, if anybody did.

    Users are "" when nobody knows them.
    """

    id: int
    decision: AnyDecision
    decided_at: str
    decided_by: str = ""
    undone_at: str | None = None
    undone_by: str | None = None
