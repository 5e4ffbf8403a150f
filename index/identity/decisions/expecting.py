"""Refuse decisions about entities that are gone, or not what their authors saw, and say what happened to them."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from index.errors import DecisionError
from index.identity.records import (
    AnyDecision,
    KeepApart,
    MadeDecision,
    Merge,
    NameId,
    Reject,
    Rename,
    Resolution,
    Retype,
    Split,
)
from index.identity.versions import Version, VersionMark, read_version
from index.identity.wording import describe
from index.model import Entity, Kind

if TYPE_CHECKING:
    from index.catalog.store import Catalog

__all__ = ["Expected", "check_expected", "expect_versions", "ids_of", "what_became_of"]


@dataclass(frozen=True, slots=True)
class Expected:
    """An entity as the author of a decision saw it; None for what does not matter.

    `version` is one that `CatalogReader.versions`, the API and `entities show` give. It also notices names that were
    merged into the entity or taken out of it.
    """

    name: str | None = None
    kind: Kind | None = None
    version: str | None = None


def expect_versions(versions: Iterable[str]) -> dict[str, Expected]:
    """Return what versions expect, by the ids of their entities. Raises `DecisionError` for what is no version."""
    return {read_version(text).entity: Expected(version=text) for text in versions}


def check_expected(
    catalog: "Catalog", decision: AnyDecision, subjects: Resolution, expected: Mapping[str, Expected]
) -> None:
    """Raise `DecisionError` when an entity of a decision is not what its author saw, and say what changed.

    `subjects` are these entities with their names. What is expected of another entity is an error too.
    """
    entities = {entity.id: entity for entity in subjects.entities}
    for entity_id, seen in expected.items():
        if entity_id not in ids_of(decision):
            if not catalog.identity().existing_entities([entity_id]):
                raise DecisionError(what_became_of(entity_id, catalog))
            raise DecisionError(f"The decision is not about {entity_id}. Give versions of its own entities only.")
        entity = entities[entity_id]
        names = {name_id for name_id, found in subjects.assignments.items() if found.entity_id == entity_id}
        changes = _changes(catalog, entity, names, seen)
        if changes:
            raise DecisionError(
                f"{entity.name} ({entity_id}) changed since you looked: {'; '.join(changes)}. "
                "Look at it as it is now, then decide."
            )


def ids_of(decision: AnyDecision) -> tuple[str, ...]:
    """Return the ids of the entities that a decision is about."""
    match decision:
        case Merge():
            return decision.entity, decision.into
        case KeepApart():
            return decision.entity, decision.other
        case Split() | Rename() | Retype() | Reject():
            return (decision.entity,)
        case _:
            assert_never(decision)


def what_became_of(entity_id: str, catalog: "Catalog") -> str:
    """Return what happened to an id that is no entity, and what to do."""
    made = catalog.identity().decisions_with_entity(entity_id)
    current = catalog.reader().current_id(entity_id)
    if current is not None:
        entity = catalog.reader().entity(current)
        now = f"Give {current!r}, the id of {entity.name}, if you mean that."
        for item in made:
            if isinstance(item.decision, Merge):
                return f"{entity_id} was merged by decision {item.id} on {item.decided_at[:10]}. {now}"
        return f"{entity_id} is part of {entity.name} now. {now}"
    for item in made:
        if isinstance(item.decision, Reject):
            return f"{entity_id} was rejected by decision {item.id} on {item.decided_at[:10]}. Undo that first."
    return f"No entity has the id {entity_id!r}. Look for its name to see its id."


def _changes(catalog: "Catalog", entity: Entity, names: Set[NameId], seen: Expected) -> list[str]:
    """Return what happened to an entity since it was seen, in words; nothing when it is the same."""
    made = catalog.identity().decisions_with_entity(entity.id)
    found: list[str] = []
    if seen.name not in (None, entity.name):
        renaming = (item for item in made if isinstance(item.decision, Rename) and item.decision.name == entity.name)
        found.append(f"it was renamed from “{seen.name}” to “{entity.name}”{_by(next(renaming, None))}")
    if seen.kind not in (None, entity.kind):
        moving = (item for item in made if isinstance(item.decision, Retype) and item.decision.kind is entity.kind)
        found.append(f"it was moved from {seen.kind} to {entity.kind}{_by(next(moving, None))}")
    if seen.version is not None:
        before, now = read_version(seen.version), catalog.reader().versions([entity.id])[entity.id]
        _check_origin(before, now)
        if before.digest != now.digest:
            since = _decisions_since(catalog.decisions(), before.mark)
            events = (_event(item, entity.id, names) for item in since)
            found += [event for event in events if event is not None and event not in found]
            if not found:
                others = "" if before.mark == now.mark else ", or decisions about others,"
                found.append(f"articles that came or went since{others} gave it other names")
    return found


def _check_origin(before: Version, now: Version) -> None:
    if before.entity != now.entity:
        raise DecisionError(f"{before} is a version of {before.entity}, not of {now.entity}.")
    if before.mark.made > now.mark.made or before.mark.undone > now.mark.undone:
        raise DecisionError(f"{before} is no version of this archive. Look at {now.entity} again, then decide.")


def _decisions_since(decisions: Sequence[MadeDecision], mark: VersionMark) -> list[MadeDecision]:
    """Return the decisions that were made since and are in force, and those made before and undone since.

    Of several that were undone in one second, all are returned when one was undone since.
    """
    undone = sorted(item.undone_at for item in decisions if item.undone_at is not None)[mark.undone :]
    return [
        item
        for item in decisions
        if (item.id > mark.made if item.undone_at is None else item.id <= mark.made and item.undone_at in undone)
    ]


def _event(made: MadeDecision, entity_id: str, names: Set[NameId]) -> str | None:
    """Return what a decision, or undoing it, did to an entity; None when it is about others or changes no name."""
    decision = made.decision
    is_part = isinstance(decision, Merge) and not names.isdisjoint(decision.into_names)
    if entity_id not in ids_of(decision) and not is_part:
        return None
    if made.undone_at is not None:
        return f"decision {made.id}, which {describe(decision)}, was undone on {made.undone_at[:10]}"
    match decision:
        case Merge():
            if decision.entity == entity_id:
                return f"it was merged into “{decision.into_name or decision.into}”{_by(made)}"
            return f"“{decision.entity_name or decision.entity}” was merged into it{_by(made)}"
        case Split():
            where = "" if decision.article is None else f", in article {decision.article},"
            return f"the name “{decision.name}” was taken out{where}{_by(made)}"
        case Rename():
            return f"it was renamed from “{decision.entity_name}” to “{decision.name}”{_by(made)}"
        case Retype():
            return f"it was moved to {decision.kind}{_by(made)}"
        case Reject():
            return f"it was rejected{_by(made)}"
        case KeepApart():
            return None
        case _:
            assert_never(decision)


def _by(made: MadeDecision | None) -> str:
    return "" if made is None else f" by decision {made.id} on {made.decided_at[:10]}"
