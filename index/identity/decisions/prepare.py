"""Check what people decide about identity.

A decision is asked for with the ids that a person sees and is kept with the names behind them, so that it holds after
entities were extracted anew and have other ids. `prepare` leads from the one to the other,
`index.identity.across_archive.resolve_names` applies what is kept.
"""

from collections.abc import Collection, Mapping
from typing import assert_never
from unicodedata import category

from index.errors import DecisionError
from index.identity.decision_json import action_of, check_kind
from index.identity.decisions.splits import prepare_split
from index.identity.records import (
    AnyDecision,
    KeepApart,
    Merge,
    NameId,
    Reject,
    Rename,
    Resolution,
    Retype,
    Split,
    WrittenForms,
)
from index.model import Entity, Kind

__all__ = ["check_name", "prepare", "tidied"]

_LONGEST_NAME = 200
# Zero width non-joiner and joiner: in Persian and Indic scripts letters look otherwise without them.
_SHAPING = "\u200c\u200d"


def _no_forms(names: Collection[NameId], article: str | None) -> Mapping[tuple[NameId, str], int]:
    return {}


def prepare(decision: AnyDecision, *, resolution: Resolution, written_forms: WrittenForms = _no_forms) -> AnyDecision:
    """Return the decision as it is kept, with names, checked against who is who now.

    `written_forms` lets splits take out what was linked within articles. Raises `DecisionError`, saying what to do,
    when it makes no sense.
    """
    _check_asked(decision)
    entity = _entity(resolution, decision.entity)
    names = _names(resolution, entity)
    match decision:
        case Merge():
            into = _entity(resolution, decision.into)
            if into.id == entity.id:
                raise DecisionError(f"{entity.name} ({entity.id}) cannot be merged into itself. Name two entities.")
            return Merge(entity.id, into.id, entity.name, into.name, names, _names(resolution, into))
        case Split():
            return prepare_split(decision, entity, names, written_forms)
        case Rename():
            return Rename(entity.id, _new_name(decision.name, entity), entity.name, names)
        case Retype():
            return Retype(entity.id, _new_kind(decision.kind, entity), entity.name, names)
        case Reject():
            return Reject(entity.id, entity.name, names)
        case KeepApart():
            other = _entity(resolution, decision.other)
            if other.id == entity.id:
                raise DecisionError(
                    f"{decision.entity} and {decision.other} are one entity. Split off a name to part them."
                )
            return KeepApart(entity.id, other.id, entity.name, other.name, names, _names(resolution, other))
        case _:
            assert_never(decision)


def _check_asked(decision: AnyDecision) -> None:
    missing = [name for name, value in _asked(decision).items() if not value.strip()]
    if missing:
        raise DecisionError(f"To {action_of(decision)}, give {' and '.join(missing)}.")


def _asked(decision: AnyDecision) -> dict[str, str]:
    """Return what a person has to give."""
    match decision:
        case Merge():
            return {"entity": decision.entity, "into": decision.into}
        case Split():
            is_about_article = bool((decision.article or "").strip())
            return {"entity": decision.entity} | ({} if is_about_article else {"name": decision.name})
        case Rename():
            return {"entity": decision.entity, "name": decision.name}
        case Retype() | Reject():
            return {"entity": decision.entity}
        case KeepApart():
            return {"entity": decision.entity, "other": decision.other}
        case _:
            assert_never(decision)


def _find(resolution: Resolution, entity_id: str) -> Entity | None:
    wanted = resolution.redirects.get(entity_id.strip(), entity_id.strip())
    return next((entity for entity in resolution.entities if entity.id == wanted), None)


def _entity(resolution: Resolution, entity_id: str) -> Entity:
    entity = _find(resolution, entity_id)
    if entity is None:
        raise DecisionError(f"No entity has the id {entity_id.strip()!r}. Look for its name to see its id.")
    return entity


def _names(resolution: Resolution, entity: Entity) -> tuple[NameId, ...]:
    """Return the names of an entity, those that stand for themselves first, then the longest."""
    own = {"name": 0, "pack": 0}
    found = [
        (own.get(assignment.rule, 1), -len(key), kind, key)
        for (kind, key), assignment in resolution.assignments.items()
        if assignment.entity_id == entity.id
    ]
    return tuple((kind, key) for _, _, kind, key in sorted(found))


def check_name(text: str) -> str:
    """Return a name in one line, without characters that nobody sees, such as soft hyphens.

    Raises `DecisionError` for one without a letter or digit, one that is too long, and one with control characters.
    """
    name = tidied(text)
    if any(category(character) == "Cc" for character in name):
        raise DecisionError(f"The name {name!r} has control characters. Leave them out.")
    if len(name) > _LONGEST_NAME:
        raise DecisionError(f"A name has at most {_LONGEST_NAME} characters; this one has {len(name)}. Shorten it.")
    if not any(map(str.isalnum, name)):
        raise DecisionError(f"The name {name!r} has no letter and no digit. Give another name.")
    return name


def tidied(text: str) -> str:
    r"""Return `text` in one line and without characters that nobody sees, but those that shape letters.

    >>> tidied(" Er\u00addo\u011fan\u200b  Recep ")
    'Erdoğan Recep'
    """
    shown = (character for character in text if category(character) != "Cf" or character in _SHAPING)
    return " ".join("".join(shown).split())


def _new_name(text: str, entity: Entity) -> str:
    name = check_name(text)
    if name == entity.name:
        raise DecisionError(f"{entity.id} is called {name!r} already. Give another name.")
    return name


def _new_kind(given: Kind, entity: Entity) -> Kind:
    kind = check_kind(given.value)
    if kind is entity.kind:
        raise DecisionError(f"{entity.name} ({entity.id}) is one of the {kind} already. Choose another kind.")
    return kind
