"""Decisions as arguments and as JSON: in command lines and exports, and in the rows of the catalog.

Arguments are texts; several names are packed into one: "people/ismail demir|people/demir". JSON has names as lists of
kind and key; JSON of version 0.1 has them packed, and is read too.
"""

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from index.errors import DecisionError
from index.identity.records import (
    AnyDecision,
    Decision,
    DecisionAction,
    KeepApart,
    Merge,
    NameId,
    Reject,
    Rename,
    Retype,
    Split,
)
from index.model import ENTITY_KINDS, Kind

__all__ = ["from_arguments", "json_of", "name_ids", "read_arguments", "to_arguments", "written_ids"]

_BETWEEN_NAMES = "|"
_AFTER_KIND = "/"
_KINDS = frozenset(kind.value for kind in Kind)
# Arguments with names, and the one with a single name.
_NAMES = frozenset({"names", "into_names", "other_names", "forms"})
_NAME = "own"


def name_ids(text: str) -> tuple[NameId, ...]:
    """The names in an argument of a decision: "people/ismail demir|people/demir"."""
    found = []
    for part in text.split(_BETWEEN_NAMES):
        kind, _, key = part.partition(_AFTER_KIND)
        if key and kind in _KINDS:
            found.append((Kind(kind), key))
    return tuple(found)


def written_ids(ids: Sequence[NameId]) -> str:
    """Names as an argument of a decision; the inverse of `name_ids`."""
    return _BETWEEN_NAMES.join(f"{kind.value}{_AFTER_KIND}{key}" for kind, key in ids)


def json_of(arguments: Mapping[str, str]) -> dict[str, Any]:
    """Return arguments as a JSON object.

    >>> json_of({"entity": "demir", "names": "people/demir|people/ismail demir"})
    {'entity': 'demir', 'names': [['people', 'demir'], ['people', 'ismail demir']]}
    """
    found: dict[str, Any] = {}
    for argument, value in arguments.items():
        pairs = [[kind.value, key] for kind, key in name_ids(value)] if argument in {*_NAMES, _NAME} else []
        found[argument] = (pairs[0] if argument == _NAME else pairs) if pairs else value
    return found


def read_arguments(found: Mapping[str, Any]) -> dict[str, str]:
    """Return the arguments of a JSON object, of this version or of 0.1. Raises `TypeError` or `ValueError` for others.

    >>> read_arguments({"entity": "demir", "own": ["people", "demir@~1"]})
    {'entity': 'demir', 'own': 'people/demir@~1'}
    """
    return {str(argument): _packed(argument, value) for argument, value in found.items()}


def _packed(argument: str, value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    pairs = [value] if argument == _NAME else value
    return written_ids([(Kind(kind), str(key)) for kind, key in pairs])


def to_arguments(decision: AnyDecision, *, number: int | None = None) -> Decision:
    """Return the arguments of a decision; fields without a value are left out."""
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


def from_arguments(asked: Decision) -> AnyDecision:
    """Return the decision of arguments. Raises `DecisionError` when something is missing."""
    given = asked.arguments
    names = _names(given, "names")
    entity, entity_name = _id(given, "entity", names), given.get("entity_name", "")
    match asked.action:
        case DecisionAction.MERGE:
            into_names = _names(given, "into_names")
            into, into_name = _id(given, "into", into_names), given.get("into_name", "")
            return Merge(entity, into, entity_name, into_name, names, into_names)
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
            other_names = _names(given, "other_names")
            other, other_name = _id(given, "other", other_names), given.get("other_name", "")
            return KeepApart(entity, other, entity_name, other_name, names, other_names)
        case DecisionAction.UNDO:
            raise DecisionError("To undo a decision is no decision of its own. Give its number to `undo`.")
        case _:
            assert_never(asked.action)


def _id(given: Mapping[str, str], name: str, names: Sequence[NameId]) -> str:
    """Return the id of an entity; a decision with the names of the entity is right without it."""
    return given.get(name, "").strip() if names else _text(given, name)


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
