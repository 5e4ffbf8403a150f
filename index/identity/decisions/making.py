"""Making and undoing decisions in an open transaction: checked against what the archive says now, stored, applied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from index.errors import DecisionError
from index.identity.applied.mention_splits import mention_splits_of
from index.identity.decisions.expecting import Expected, check_expected, ids_of, what_became_of
from index.identity.decisions.prepare import prepare, tidied
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
from index.identity.wording import describe

if TYPE_CHECKING:
    from index.catalog.identity.tables import IdentityTables
    from index.catalog.store import Catalog

__all__ = ["DecisionResult", "apply_prepared", "decide", "find_subjects", "undo"]

_UNCHANGED = ResolutionChanges((), (), (), 0)


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

    `expected` says by id what the author saw of its entities. Raises `DecisionError`, saying what to do, when the
    decision makes no sense, when an entity is not what its author saw, and when people decided the opposite.
    """
    decision = _trimmed(decision)
    resolve(catalog, knowledge)
    tables = catalog.identity()
    if _is_already_rejected(decision, tables):
        return DecisionResult((), _already(decision), _UNCHANGED, is_already_so=True)
    if _is_merged_already(decision, tables):
        return DecisionResult((), _already(decision), _UNCHANGED, is_already_so=True)
    subjects = find_subjects(catalog, decision)
    if _is_already_so(decision, subjects, tables):
        return DecisionResult((), _already(decision), _UNCHANGED, is_already_so=True)
    check_expected(catalog, decision, subjects, expected or {})
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
        relink(catalog, lambda: knowledge.packs)
    return resolve(catalog, knowledge)


def find_subjects(catalog: "Catalog", decision: AnyDecision) -> Resolution:
    """Return the part of the resolution that a decision is about: its entities with their names.

    Raises `DecisionError` for an id that is no entity, and says what became of it.
    """
    tables = catalog.identity()
    ids = ids_of(decision)
    found = catalog.reader().entities(ids)
    for entity_id in ids:
        if entity_id not in found:
            raise DecisionError(what_became_of(entity_id, catalog))
    names = tables.names_of_entities(ids)
    assignments = tables.assigned({name_id for some in names.values() for name_id in some})
    return Resolution(tuple(found.values()), assignments)


def _trimmed(decision: AnyDecision) -> AnyDecision:
    """Return a decision without blanks around its ids."""
    entity = decision.entity.strip()
    match decision:
        case Merge():
            return replace(decision, entity=entity, into=decision.into.strip())
        case KeepApart():
            return replace(decision, entity=entity, other=decision.other.strip())
        case Split() | Rename() | Retype() | Reject():
            return replace(decision, entity=entity)
        case _:
            assert_never(decision)


def _is_merged_already(decision: AnyDecision, tables: "IdentityTables") -> bool:
    if not isinstance(decision, Merge) or decision.entity == decision.into:
        return False
    made = tables.decisions_with_entity(decision.entity)
    return any(
        isinstance(item.decision, Merge) and item.decision.into == decision.into for item in made
    ) and not tables.existing_entities([decision.entity])


def _is_already_rejected(decision: AnyDecision, tables: "IdentityTables") -> bool:
    if not isinstance(decision, Reject) or tables.existing_entities([decision.entity]):
        return False
    made = tables.decisions_with_entity(decision.entity)
    return any(isinstance(item.decision, Reject) for item in made)


def _is_already_so(decision: AnyDecision, subjects: Resolution, tables: "IdentityTables") -> bool:
    entities = {entity.id: entity for entity in subjects.entities}
    entity = entities[decision.entity]
    match decision:
        case Rename():
            return tidied(decision.name) == entity.name
        case Retype():
            return decision.kind is entity.kind
        case KeepApart():
            other = entities[decision.other]
            return other.id != entity.id and _kept_apart_by(entity.id, other.id, subjects, tables) is not None
        case Merge() | Split() | Reject():
            return False
        case _:
            assert_never(decision)


def _check_against_others(decision: AnyDecision, subjects: Resolution, tables: "IdentityTables") -> None:
    """Raise `DecisionError` when another decision in force says the opposite."""
    if isinstance(decision, Merge) and decision.entity != decision.into:
        opposite = _kept_apart_by(decision.entity, decision.into, subjects, tables)
        if opposite is not None:
            raise DecisionError(
                f"Decision {opposite.id} {describe(opposite.decision)}. "
                f"To merge them, undo decision {opposite.id} first."
            )
    if isinstance(decision, KeepApart) and decision.entity == decision.other:
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
