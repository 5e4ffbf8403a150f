"""Decisions of people about identity, as closed records.

Who decides gives ids of entities; `decide` adds the names behind them, so that a decision is in force also when
entities have other ids. In exported decisions both are there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from index.errors import DecisionError
from index.identity.decided_clusters import name_ids, written_ids
from index.identity.records import Decision, DecisionAction, NameId
from index.model import ENTITY_KINDS, Kind

__all__ = [
    "AnyDecision",
    "KeepApart",
    "MadeDecision",
    "Merge",
    "Reject",
    "Rename",
    "Retype",
    "Split",
    "from_stored",
    "to_stored",
]


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
    """What was found is no entity."""

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


def to_stored(decision: AnyDecision, *, number: int | None = None) -> Decision:
    """Return a decision as it is stored and exported; fields without a value are left out."""
    match decision:
        case Merge():
            action, more = DecisionAction.MERGE, {"into": decision.into, "into_name": decision.into_name}
            more["into_names"] = written_ids(decision.into_names)
        case Split():
            action, more = DecisionAction.SPLIT, {"name": decision.name, "article": decision.article or ""}
            more |= {"forms": written_ids(decision.forms), "own": written_ids([decision.own] if decision.own else [])}
        case Rename():
            action, more = DecisionAction.RENAME, {"name": decision.name}
        case Retype():
            action, more = DecisionAction.RETYPE, {"kind": decision.kind.value}
        case Reject():
            action, more = DecisionAction.REJECT, {}
        case KeepApart():
            action, more = DecisionAction.APART, {"other": decision.other, "other_name": decision.other_name}
            more["other_names"] = written_ids(decision.other_names)
        case _:
            assert_never(decision)
    found = {"entity": decision.entity, "entity_name": decision.entity_name, "names": written_ids(decision.names)}
    return Decision(action, {name: value for name, value in (found | more).items() if value}, number)


def from_stored(stored: Decision) -> AnyDecision:
    """Return the decision of stored or exported arguments. Raises `DecisionError` when something is missing."""
    given = stored.arguments
    entity, entity_name, names = _text(given, "entity"), given.get("entity_name", ""), _names(given, "names")
    match stored.action:
        case DecisionAction.MERGE:
            into, into_name = _text(given, "into"), given.get("into_name", "")
            return Merge(entity, into, entity_name, into_name, names, _names(given, "into_names"))
        case DecisionAction.SPLIT:
            own = _names(given, "own")
            return Split(
                entity=entity,
                name=given.get("name", ""),
                article=given.get("article"),
                entity_name=entity_name,
                names=names,
                forms=_names(given, "forms"),
                own=own[0] if own else None,
            )
        case DecisionAction.RENAME:
            return Rename(entity, _text(given, "name"), entity_name, names)
        case DecisionAction.RETYPE:
            return Retype(entity, _kind(_text(given, "kind")), entity_name, names)
        case DecisionAction.REJECT:
            return Reject(entity, entity_name, names)
        case DecisionAction.APART:
            other, other_name = _text(given, "other"), given.get("other_name", "")
            return KeepApart(entity, other, entity_name, other_name, names, _names(given, "other_names"))
        case DecisionAction.UNDO:
            raise DecisionError("To undo a decision is no decision of its own. Give its number to `undo`.")
        case _:
            assert_never(stored.action)


def _text(given: Mapping[str, str], name: str) -> str:
    value = given.get(name, "").strip()
    if not value:
        raise DecisionError(f"A decision needs {name}. Give it.")
    return value


def _names(given: Mapping[str, str], name: str) -> tuple[NameId, ...]:
    return name_ids(given.get(name, ""))


def _kind(text: str) -> Kind:
    kind = next((kind for kind in ENTITY_KINDS if kind.value == text.casefold()), None)
    if kind is None:
        raise DecisionError(f"{text!r} is not a kind of entity. Choose one of: {', '.join(ENTITY_KINDS)}.")
    return kind
