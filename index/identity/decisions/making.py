"""Making and undoing decisions in an open transaction: checked against what the archive says now, stored, applied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from index.errors import DecisionError
from index.identity.applied.mention_splits import mention_splits_of
from index.identity.decisions.prepare import describe, prepare
from index.identity.incremental.view import Knowledge
from index.identity.linking import relink
from index.identity.records import (
    AnyDecision,
    KeepApart,
    MadeDecision,
    Merge,
    Reject,
    Rename,
    Resolution,
    ResolutionChanges,
    Retype,
    Split,
)
from index.identity.resolving import resolve
from index.model import Entity, Kind

if TYPE_CHECKING:
    from index.catalog.identity.tables import IdentityTables
    from index.catalog.store import Catalog

__all__ = ["DecisionResult", "Expected", "apply_prepared", "decide", "find_subjects", "undo"]

_UNCHANGED = ResolutionChanges((), (), (), 0)


@dataclass(frozen=True, slots=True)
class Expected:
    """Name and kind of an entity as the author of a decision saw it; None for what does not matter."""

    name: str | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """The decisions that were stored or undone, what was done in words, and what it changed.

    Nothing is stored, and `is_already_so` is true, when a decision says what is so already. Documents that must be
    written again are pending in the catalog.
    """

    decisions: tuple[MadeDecision, ...]
    description: str
    changes: ResolutionChanges
    is_already_so: bool = False


def decide(
    catalog: "Catalog",
    decision: AnyDecision,
    *,
    knowledge: Knowledge,
    decided_by: str = "",
    expected: Mapping[str, Expected] | None = None,
) -> DecisionResult:
    """Check a decision, store it and apply it; everything in the transaction of the catalog that is open.

    `expected` says by id what the author saw of entities. Raises `DecisionError`, saying what to do, when the decision
    makes no sense, when an entity is not what its author saw, and when people decided the opposite.
    """
    resolve(catalog, knowledge)
    tables = catalog.identity()
    if _is_already_rejected(decision, tables):
        return DecisionResult((), _already(decision), _UNCHANGED, is_already_so=True)
    if _is_merged_already(decision, tables):
        return DecisionResult((), _already(decision), _UNCHANGED, is_already_so=True)
    subjects = find_subjects(catalog, decision, expected or {})
    if _is_already_so(decision, subjects, tables):
        return DecisionResult((), _already(decision), _UNCHANGED, is_already_so=True)
    _check_against_others(decision, subjects, tables)
    prepared = prepare(decision, resolution=subjects, written_forms=catalog.written_forms)
    return apply_prepared(catalog, [prepared], knowledge, decided_by)


def undo(catalog: "Catalog", number: int, *, knowledge: Knowledge, undone_by: str = "") -> DecisionResult:
    """Undo a decision by its number, in the transaction of the catalog that is open.

    What is undone already is reported as such. Raises `DecisionError` when there is no decision of this number.
    """
    made = catalog.identity().decision(number)
    if made is None:
        raise DecisionError(f"There is no decision {number} to undo. List the decisions to see their numbers.")
    if made.undone_at is not None:
        by = f" by {made.undone_by}" if made.undone_by else ""
        description = f"decision {number} is undone already, since {made.undone_at}{by}"
        return DecisionResult((), description, _UNCHANGED, is_already_so=True)
    undone = catalog.undo_decision(number, undone_by=undone_by)
    return DecisionResult((undone,), f"undid decision {number}", _apply(catalog, knowledge))


def apply_prepared(
    catalog: "Catalog", decisions: Sequence[AnyDecision], knowledge: Knowledge, decided_by: str
) -> DecisionResult:
    """Store decisions that were checked, and resolve what they touch."""
    made = catalog.add_decisions(decisions, decided_by=decided_by)
    return DecisionResult(made, "; ".join(map(describe, decisions)), _apply(catalog, knowledge))


def _apply(catalog: "Catalog", knowledge: Knowledge) -> ResolutionChanges:
    if mention_splits_of(made.decision for made in catalog.identity().unheeded_decisions()):
        relink(catalog)
    return resolve(catalog, knowledge)


def find_subjects(catalog: "Catalog", decision: AnyDecision, expected: Mapping[str, Expected]) -> Resolution:
    """Return the part of the resolution that a decision is about: its entities with their names.

    Raises `DecisionError` for an id that is no entity, and says what became of it.
    """
    tables = catalog.identity()
    ids = [entity_id.strip() for entity_id in _ids(decision)]
    found = catalog.reader().entities(ids)
    for entity_id in ids:
        if entity_id not in found:
            raise DecisionError(_what_became_of(entity_id, catalog))
        _check_expected(found[entity_id], expected.get(entity_id, Expected()))
    names = tables.names_of_entities(ids)
    assignments = tables.assigned({name_id for some in names.values() for name_id in some})
    return Resolution(tuple(found.values()), assignments)


def _ids(decision: AnyDecision) -> tuple[str, ...]:
    match decision:
        case Merge():
            return decision.entity, decision.into
        case KeepApart():
            return decision.entity, decision.other
        case Split() | Rename() | Retype() | Reject():
            return (decision.entity,)
        case _:
            assert_never(decision)


def _what_became_of(entity_id: str, catalog: "Catalog") -> str:
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


def _check_expected(entity: Entity, expected: Expected) -> None:
    if expected.name is not None and entity.name != expected.name:
        raise DecisionError(f"{entity.id} was {expected.name!r} and is {entity.name!r} now. Look at it again.")
    if expected.kind is not None and entity.kind is not expected.kind:
        raise DecisionError(f"{entity.id} was one of the {expected.kind}, and is one of the {entity.kind} now.")


def _is_merged_already(decision: AnyDecision, tables: "IdentityTables") -> bool:
    if not isinstance(decision, Merge) or decision.entity == decision.into:
        return False
    made = tables.decisions_with_entity(decision.entity.strip())
    return any(
        isinstance(item.decision, Merge) and item.decision.into == decision.into.strip() for item in made
    ) and not tables.existing_entities([decision.entity.strip()])


def _is_already_rejected(decision: AnyDecision, tables: "IdentityTables") -> bool:
    if not isinstance(decision, Reject) or tables.existing_entities([decision.entity.strip()]):
        return False
    made = tables.decisions_with_entity(decision.entity.strip())
    return any(isinstance(item.decision, Reject) for item in made)


def _is_already_so(decision: AnyDecision, subjects: Resolution, tables: "IdentityTables") -> bool:
    entities = {entity.id: entity for entity in subjects.entities}
    entity = entities[decision.entity.strip()]
    match decision:
        case Rename():
            return " ".join(decision.name.split()) == entity.name
        case Retype():
            return decision.kind is entity.kind
        case KeepApart():
            other = entities[decision.other.strip()]
            return other.id != entity.id and _kept_apart_by(entity.id, other.id, subjects, tables) is not None
        case Merge() | Split() | Reject():
            return False
        case _:
            assert_never(decision)


def _check_against_others(decision: AnyDecision, subjects: Resolution, tables: "IdentityTables") -> None:
    """Raise `DecisionError` when another decision in force says the opposite."""
    if isinstance(decision, Merge) and decision.entity.strip() != decision.into.strip():
        opposite = _kept_apart_by(decision.entity.strip(), decision.into.strip(), subjects, tables)
        if opposite is not None:
            raise DecisionError(
                f"Decision {opposite.id} {describe(opposite.decision)}. "
                f"To merge them, undo it first: entities undo {opposite.id}"
            )
    if isinstance(decision, KeepApart) and decision.entity.strip() == decision.other.strip():
        raise DecisionError(f"{decision.entity} and {decision.other} are one entity. Split off a name to part them.")


def _kept_apart_by(entity: str, other: str, subjects: Resolution, tables: "IdentityTables") -> MadeDecision | None:
    """Return a decision in force that keeps names of two entities apart, also after they were merged into these."""
    own, others = (
        {name_id for name_id, assignment in subjects.assignments.items() if assignment.entity_id == entity_id}
        for entity_id in (entity, other)
    )
    for made in tables.decisions_about(own):
        if isinstance(made.decision, KeepApart):
            left, right = set(made.decision.names), set(made.decision.other_names)
            if (left & own and right & others) or (left & others and right & own):
                return made
    return None


def _already(decision: AnyDecision) -> str:
    return f"already so: {describe(decision)}"
