"""Read decisions from forms: the same fields ask for a preview and make the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from index.identity.decisions import AnyDecision, KeepApart, Merge, Part, Reject, Rename, Retype, Split, TakeOut
from index.model import ENTITY_KINDS, Kind

__all__ = ["TITLES", "Action", "Asked", "Fields", "Wanted", "ids_of", "part_value", "read_fields", "same_as"]

_MOST_PARTS = 200
_LONGEST_VALUE = 1_000


class Action(StrEnum):
    """Decision that a form asks for."""

    RENAME = "rename"
    KIND = "kind"
    REJECT = "reject"
    SAME = "same"
    APART = "apart"
    SPLIT = "split"


TITLES = {
    Action.RENAME: "Rename",
    Action.KIND: "Change the kind",
    Action.SAME: "Same as …",
    Action.SPLIT: "Split",
    Action.APART: "Keep apart",
    Action.REJECT: "Not a name",
}
"""Names of the forms, in the order in which they are offered."""

Wanted = AnyDecision | TakeOut

Fields = MultiDict[str, str]
"""Fields that a browser sends: some names several times."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields of a form, and the decision that they ask for; None while something is missing."""

    pairs: tuple[tuple[str, str], ...]
    decision: Wanted | None


def read_fields(action: Action, entity: str, fields: Fields) -> Asked:
    """Return what a form asks for. Other fields than those of the action are left out.

    >>> read_fields(Action.RENAME, "ssb", MultiDict([("name", "SSB"), ("other", "x")])).decision
    Rename(entity='ssb', name='SSB', entity_name='', names=())
    """
    pairs = tuple(
        (name, value)
        for name in _FIELDS[action]
        for value in fields.getlist(name)[:_MOST_PARTS]
        if 0 < len(value) <= _LONGEST_VALUE
    )
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return Asked(pairs, _decision(action, entity, values))


_FIELDS: Mapping[Action, Sequence[str]] = {
    Action.RENAME: ("name",),
    Action.KIND: ("kind",),
    Action.REJECT: (),
    Action.SAME: ("other", "keep"),
    Action.APART: ("other",),
    Action.SPLIT: ("form", "in", "then"),
}


def _decision(action: Action, entity: str, values: Mapping[str, Sequence[str]]) -> Wanted | None:
    name, kind, other = (values.get(field, [""])[0] for field in ("name", "kind", "other"))
    match action:
        case Action.RENAME:
            return Rename(entity, name) if name.strip() else None
        case Action.KIND:
            found = _kind(kind)
            return Retype(entity, found) if found else None
        case Action.REJECT:
            return Reject(entity)
        case Action.SAME:
            if not other:
                return None
            return Merge(other, entity) if values.get("keep") == ["this"] else Merge(entity, other)
        case Action.APART:
            return KeepApart(entity, other) if other else None
        case Action.SPLIT:
            parts = (*(Part(form) for form in values.get("form", ())), *map(_part, values.get("in", ())))
            known = tuple(dict.fromkeys(part for part in parts if part is not None))
            return TakeOut(entity, known, _fate(values.get("then", [""])[0])) if known else None
        case _:
            assert_never(action)


def part_value(part: Part) -> str:
    """Return the value of the box that stands for some mentions of one article.

    >>> part_value(Part("I. Demir", "news/1.txt")), _part(part_value(Part("I. Demir", "news/1.txt")))
    ('article=news%2F1.txt&name=I.+Demir', Part(name='I. Demir', article='news/1.txt'))
    """
    return urlencode({"article": part.article or "", "name": part.name})


def _part(value: str) -> Part | None:
    found = dict(parse_qsl(value, keep_blank_values=True, max_num_fields=4)) if value.count("&") < 4 else {}
    return Part(found.get("name", ""), found["article"]) if found.get("article") else None


def same_as(entity: str) -> str:
    """Return the value of the field "then" for mentions that mean a known entity."""
    return f"={entity}"


def _fate(text: str) -> Merge | Retype | Reject | None:
    if text.startswith("="):
        return Merge("", text[1:])
    if text == "reject":
        return Reject("")
    kind = _kind(text)
    return Retype("", kind) if kind else None


def _kind(text: str) -> Kind | None:
    return next((kind for kind in ENTITY_KINDS if kind.value == text), None)


def ids_of(wanted: Wanted) -> tuple[str, ...]:
    """Return the ids of the entities that a decision is about, that of the page first where there is one.

    >>> ids_of(TakeOut("ssb", (Part("SSM"),), Merge("", "ssm")))
    ('ssb', 'ssm')
    """
    match wanted:
        case Merge():
            return wanted.entity, wanted.into
        case KeepApart():
            return wanted.entity, wanted.other
        case TakeOut():
            return (wanted.entity, wanted.then.into) if isinstance(wanted.then, Merge) else (wanted.entity,)
        case Split() | Rename() | Retype() | Reject():
            return (wanted.entity,)
        case _:
            assert_never(wanted)
