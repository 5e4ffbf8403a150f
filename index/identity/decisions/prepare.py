"""Making, checking and describing what people decide about identity.

A decision is asked for with the ids that a person sees and is kept with the names behind them, so that it holds after
entities were extracted anew and have other ids:

    action   asked for with          kept with, besides
    merge    entity, into            names, into_names, entity_name, into_name
    split    entity, name, article   see `index.identity.decisions.splits`
    rename   entity, name            names, entity_name
    retype   entity, kind            names, entity_name
    reject   entity                  names, entity_name
    apart    entity, other           names, other_names, entity_name, other_name
    undo     decision (its number)

`prepare` leads from the one to the other, `index.identity.across_archive.resolve_names` applies what is kept.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import assert_never
from unicodedata import category

from index.errors import DecisionError
from index.identity.decision_arguments import written_ids
from index.identity.decisions.splits import prepare_split
from index.identity.records import Decision, DecisionAction, NameId, Resolution, WrittenForms
from index.model import ENTITY_KINDS, Entity, Kind

__all__ = ["check_name", "describe", "prepare"]

_ASKED: Mapping[DecisionAction, tuple[str, ...]] = {
    DecisionAction.MERGE: ("entity", "into"),
    DecisionAction.SPLIT: ("entity", "name"),
    DecisionAction.RENAME: ("entity", "name"),
    DecisionAction.RETYPE: ("entity", "kind"),
    DecisionAction.REJECT: ("entity",),
    DecisionAction.APART: ("entity", "other"),
    DecisionAction.UNDO: ("decision",),
}
_LONGEST_NAME = 200


def _no_forms(names: Collection[NameId], article: str | None) -> Mapping[tuple[NameId, str], int]:
    return {}


def prepare(
    decision: Decision,
    *,
    resolution: Resolution,
    decisions: Sequence[Decision],
    written_forms: WrittenForms = _no_forms,
) -> Decision:
    """The decision as it is kept, checked against who is who now and what was decided before.

    A decision that already has its names is made again from its ids, unless they are unknown here (it comes from
    another archive): then it stays as it is. `written_forms` lets splits take out what was linked within articles.
    Raises `DecisionError`, saying what to do, when it makes no sense.
    """
    _check_asked(decision)
    arguments = decision.arguments
    if decision.action is DecisionAction.UNDO:
        _check_undo(arguments["decision"], decisions)
        return Decision(decision.action, {"decision": arguments["decision"].strip()}, decision.id)
    if "names" in arguments and _find(resolution, arguments["entity"]) is None:
        return decision
    entity = _entity(resolution, arguments["entity"])
    asked = {name: arguments[name] for name in _ASKED[decision.action] if name in arguments}
    kept = {**asked, "entity": entity.id, "entity_name": entity.name, "names": written_ids(_names(resolution, entity))}
    match decision.action:
        case DecisionAction.MERGE:
            into = _entity(resolution, asked["into"])
            if into.id == entity.id:
                raise DecisionError(f"{entity.name} ({entity.id}) cannot be merged into itself. Name two entities.")
            kept |= {"into": into.id, "into_name": into.name, "into_names": written_ids(_names(resolution, into))}
        case DecisionAction.SPLIT:
            article = {"article": arguments["article"]} if "article" in arguments else {}
            kept |= prepare_split({**asked, **article}, entity, _names(resolution, entity), written_forms)
        case DecisionAction.RENAME:
            kept["name"] = _new_name(asked["name"], entity)
        case DecisionAction.RETYPE:
            kept["kind"] = _new_kind(asked["kind"], entity).value
        case DecisionAction.REJECT:
            pass
        case DecisionAction.APART:
            other = _entity(resolution, asked["other"])
            if other.id == entity.id:
                raise DecisionError(
                    f"{asked['entity']} and {asked['other']} are one entity. Split off a name to part them."
                )
            kept |= {
                "other": other.id,
                "other_name": other.name,
                "other_names": written_ids(_names(resolution, other)),
            }
        case _:
            assert_never(decision.action)
    return Decision(decision.action, kept, decision.id)


def describe(decision: Decision) -> str:
    """A decision in words, for lists and confirmations.

    >>> describe(Decision(DecisionAction.RENAME, {"entity": "ssb", "entity_name": "SSB", "name": "Defence Agency"}))
    'renamed “SSB” to “Defence Agency”'
    """
    arguments = decision.arguments
    entity = arguments.get("entity_name") or arguments.get("entity", "")
    match decision.action:
        case DecisionAction.MERGE:
            return f"merged “{entity}” into “{arguments.get('into_name') or arguments.get('into', '')}”"
        case DecisionAction.SPLIT:
            return _describe_split(arguments, entity)
        case DecisionAction.RENAME:
            return f"renamed “{entity}” to “{arguments.get('name', '')}”"
        case DecisionAction.RETYPE:
            return f"moved “{entity}” to {arguments.get('kind', '')}"
        case DecisionAction.REJECT:
            return f"rejected “{entity}” as not an entity"
        case DecisionAction.APART:
            return f"kept “{entity}” apart from “{arguments.get('other_name') or arguments.get('other', '')}”"
        case DecisionAction.UNDO:
            return f"undid decision {arguments.get('decision', '')}"
        case _:
            assert_never(decision.action)


def _describe_split(arguments: Mapping[str, str], entity: str) -> str:
    name, article = f"“{arguments.get('name', '')}”", arguments.get("article", "")
    if not arguments.get("own"):
        return f"took the name {name} out of “{entity}”"
    if not article:
        return f"took {name} out of “{entity}”, in articles that name it in full"
    return f"took {name if arguments.get('forms') else 'all'} in article {article} out of “{entity}”"


def _check_asked(decision: Decision) -> None:
    is_about_article = decision.action is DecisionAction.SPLIT and decision.arguments.get("article", "").strip()
    wanted = ("entity",) if is_about_article else _ASKED[decision.action]
    missing = [name for name in wanted if not decision.arguments.get(name, "").strip()]
    if missing:
        raise DecisionError(f"To {decision.action}, give {' and '.join(missing)}.")


def _check_undo(number: str, decisions: Sequence[Decision]) -> None:
    wanted = number.strip()
    known = {str(decision.id): decision for decision in decisions if decision.id is not None}
    undone = {
        decision.arguments.get("decision", "") for decision in decisions if decision.action is DecisionAction.UNDO
    }
    if wanted not in known or known[wanted].action is DecisionAction.UNDO:
        raise DecisionError(f"There is no decision {wanted} to undo. List the decisions to see their numbers.")
    if wanted in undone:
        raise DecisionError(f"Decision {wanted} is undone already. To have it back, decide it again.")


def _find(resolution: Resolution, entity_id: str) -> Entity | None:
    wanted = resolution.redirects.get(entity_id.strip(), entity_id.strip())
    return next((entity for entity in resolution.entities if entity.id == wanted), None)


def _entity(resolution: Resolution, entity_id: str) -> Entity:
    entity = _find(resolution, entity_id)
    if entity is None:
        raise DecisionError(f"No entity has the id {entity_id.strip()!r}. Look for its name to see its id.")
    return entity


def _names(resolution: Resolution, entity: Entity) -> list[NameId]:
    """The names of an entity, those that stand for themselves first, then the longest."""
    own = {"name": 0, "pack": 0}
    found = [
        (own.get(assignment.rule, 1), -len(key), kind, key)
        for (kind, key), assignment in resolution.assignments.items()
        if assignment.entity_id == entity.id
    ]
    return [(kind, key) for _, _, kind, key in sorted(found)]


def check_name(text: str) -> str:
    """Return a name in one line. Raises `DecisionError` for one that is too long or has control characters."""
    name = " ".join(text.split())
    if any(category(character) == "Cc" for character in name):
        raise DecisionError(f"The name {name!r} has control characters. Leave them out.")
    if len(name) > _LONGEST_NAME:
        raise DecisionError(f"A name has at most {_LONGEST_NAME} characters; this one has {len(name)}. Shorten it.")
    return name


def _new_name(text: str, entity: Entity) -> str:
    name = check_name(text)
    if name == entity.name:
        raise DecisionError(f"{entity.id} is called {name!r} already. Give another name.")
    return name


def _new_kind(text: str, entity: Entity) -> Kind:
    kind = next((kind for kind in ENTITY_KINDS if kind.value == text.strip().casefold()), None)
    if kind is None:
        raise DecisionError(f"{text!r} is not a kind of entity. Choose one of: {', '.join(ENTITY_KINDS)}.")
    if kind is entity.kind:
        raise DecisionError(f"{entity.name} ({entity.id}) is one of the {kind} already. Choose another kind.")
    return kind
