"""Decisions as JSON: in the rows of the catalog, in exported lines, and in the lines that people write by hand.

A decision is an action with arguments, an object with the fields of its record that have a value. Names are lists of
kind and key; version 0.1 packed them into texts ("people/ismail demir|people/demir"), which are read too.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from index.errors import DecisionError
from index.identity.records import AnyDecision, KeepApart, Merge, NameId, Reject, Rename, Retype, Split
from index.model import ENTITY_KINDS, KIND_OF, Kind

__all__ = ["action_of", "arguments_of", "check_kind", "read_decision"]

_ACTIONS: Mapping[type[AnyDecision], str] = {
    Merge: "merge",
    Split: "split",
    Rename: "rename",
    Retype: "retype",
    Reject: "reject",
    KeepApart: "apart",
}
_NAMES_OF_ENTITIES = frozenset({"names", "into_names", "other_names"})
# In texts of version 0.1.
_BETWEEN_NAMES = "|"
_AFTER_KIND = "/"


def action_of(decision: AnyDecision) -> str:
    """Return the action of a decision.

    >>> action_of(Reject("demir"))
    'reject'
    """
    return _ACTIONS[type(decision)]


def arguments_of(decision: AnyDecision) -> dict[str, Any]:  # Any: values of JSON
    """Return the arguments of a decision as a JSON object.

    >>> arguments_of(Reject("demir", names=((KIND_OF["people"], "demir"),)))
    {'entity': 'demir', 'names': [['people', 'demir']]}
    """
    values = {field.name: getattr(decision, field.name) for field in fields(decision)}
    return {name: _as_json(value) for name, value in values.items() if value}


def _as_json(value: Any) -> Any:  # Any: a value of a field, and one of JSON
    if isinstance(value, Kind):
        return value.value
    return [_as_json(item) for item in value] if isinstance(value, tuple) else value


def read_decision(action: str, arguments: Mapping[str, Any]) -> AnyDecision:  # Any: values of JSON
    """Return the decision of an action and its arguments as JSON, of this version or of 0.1.

    Raises `DecisionError` when an argument is missing, `TypeError` or `ValueError` for what is no decision at all.

    >>> read_decision("reject", {"entity": "demir", "names": "people/demir"}).names
    ((<Kind.PEOPLE: 'people'>, 'demir'),)
    """
    if action not in _ACTIONS.values():
        raise ValueError(f"no action of a decision: {action!r}")
    given = _Arguments(action, arguments)
    entity, entity_name, names = given.entity("entity", "names"), given.text("entity_name"), given.names("names")
    match action:
        case "merge":
            into, into_names = given.entity("into", "into_names"), given.names("into_names")
            return Merge(entity, into, entity_name, given.text("into_name"), names, into_names)
        case "split":
            name, article = given.text("name"), given.text("article") or None
            return Split(entity, name, article, entity_name, names, given.names("forms"), given.name("own"))
        case "rename":
            return Rename(entity, given.needed("name"), entity_name, names)
        case "retype":
            return Retype(entity, check_kind(given.needed("kind")), entity_name, names)
        case "reject":
            return Reject(entity, entity_name, names)
        case _:
            other, other_names = given.entity("other", "other_names"), given.names("other_names")
            return KeepApart(entity, other, entity_name, given.text("other_name"), names, other_names)


def check_kind(text: str) -> Kind:
    """Return the kind of entity that a text names. Raises `DecisionError` when there is none."""
    kind = KIND_OF.get(text.strip().casefold())
    if kind not in ENTITY_KINDS:
        raise DecisionError(f"{text!r} is not a kind of entity. Choose one of: {', '.join(ENTITY_KINDS)}.")
    return kind


class _Arguments:
    """The arguments of an action as JSON, read by name; null is the same as no argument."""

    def __init__(self, action: str, found: Mapping[str, Any]) -> None:
        if not isinstance(found, Mapping):
            raise TypeError("arguments are an object")
        self._action = action
        self._found = {name: value for name, value in found.items() if value is not None}
        self._is_exported = not _NAMES_OF_ENTITIES.isdisjoint(self._found)

    def text(self, name: str) -> str:
        """Return a text, "" when it is not given."""
        value = self._found.get(name, "")
        if isinstance(value, list | dict):
            raise TypeError(f"{name} is no text")
        return str(value)

    def needed(self, name: str) -> str:
        """Return a text that must not be empty."""
        value = self.text(name).strip()
        if not value:
            raise self._missing(name)
        return value

    def entity(self, name: str, names: str) -> str:
        """Return the id of an entity; a decision with the names of the entity is right without it."""
        value = self.text(name).strip()
        if not value and not self.names(names):
            raise self._missing(names if self._is_exported else name)
        return value

    def names(self, name: str) -> tuple[NameId, ...]:
        """Return names, none when they are not given."""
        value = self._found.get(name)
        if value is None:
            return ()
        found = tuple(map(_name_id, value)) if isinstance(value, list) else _unpacked(str(value))
        if not found:
            raise self._missing(name)
        return found

    def name(self, name: str) -> NameId | None:
        """Return one name, None when it is not given."""
        value = self._found.get(name)
        if isinstance(value, list):
            return _name_id(value)
        return next(iter(self.names(name)), None)

    def _missing(self, name: str) -> DecisionError:
        if self._is_exported:
            return DecisionError(f"An exported decision to {self._action} has {name}; this one has not.")
        return DecisionError(f"A decision needs {name}. Give it.")


def _name_id(pair: Any) -> NameId:  # Any: a value of JSON
    if not isinstance(pair, list):
        raise TypeError("a name is a list of kind and key")
    kind, key = map(str, pair)
    if not key:
        raise ValueError("a name has a key")
    return Kind(kind), key


def _unpacked(text: str) -> tuple[NameId, ...]:
    """Return the names in a text of version 0.1, none for another text."""
    pairs = [part.split(_AFTER_KIND, 1) for part in text.split(_BETWEEN_NAMES)]
    if not all(len(pair) == 2 and pair[0] in KIND_OF and pair[1] for pair in pairs):
        return ()
    return tuple((KIND_OF[kind], key) for kind, key in pairs)
