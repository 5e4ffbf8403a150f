"""Take mentions out of an entity and say at once what they are: several decisions, all of them or none."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.errors import DecisionError
from index.identity.decisions.expecting import Expected, what_became_of
from index.identity.decisions.making import DecisionResult, decide
from index.identity.decisions.splits import is_still_written
from index.identity.incremental.view import Knowledge
from index.identity.records import AnyDecision, MadeDecision, Merge, NameId, Reject, ResolutionChanges, Retype, Split

if TYPE_CHECKING:
    from index.catalog.store import Catalog

__all__ = ["Part", "TakeOut", "take_out", "together"]


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """Mentions of an entity: those that are written like `name`, in all articles or in one.

    Without a name, all mentions of the article.
    """

    name: str
    article: str | None = None


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Parts of an entity become one other entity. `then` is decided about that; its own `entity` is ignored."""

    entity: str
    parts: tuple[Part, ...]
    then: Merge | Retype | Reject | None = None


def take_out(
    catalog: "Catalog",
    wanted: TakeOut,
    *,
    knowledge: Knowledge,
    decided_by: str = "",
    expected: Mapping[str, Expected] | None = None,
) -> DecisionResult:
    """Split all parts off an entity, join them to one, and decide what it is; see `decide` for the arguments.

    Raises `DecisionError` when one of the decisions is refused; the caller rolls the transaction back.
    """
    if not wanted.parts:
        raise DecisionError("Choose at least one written form or mention to take out.")
    names = _names_of(catalog, wanted.entity)
    if not names:
        raise DecisionError(what_became_of(wanted.entity, catalog))
    results: list[DecisionResult] = []
    taken: list[NameId] = []

    def make(decision: AnyDecision, seen: Mapping[str, Expected] | None = None) -> MadeDecision | None:
        result = decide(catalog, decision, knowledge=knowledge, decided_by=decided_by, expected=seen)
        results.append(result)
        return result.decisions[0] if result.decisions else None

    def split(part: Part, seen: Mapping[str, Expected] | None = None) -> bool:
        """Split a part off; True when it was a name that stands on its own in the archive."""
        made = make(Split(_owner(catalog, names - set(taken)), part.name, part.article), seen)
        decision = made.decision if made else None
        if not isinstance(decision, Split):
            return False
        taken.extend([decision.own] if decision.own else decision.names)
        return decision.own is None

    for number, part in enumerate(wanted.parts):
        rest = tuple(names - set(taken))
        if number and not is_still_written(part.name, rest, catalog.written_forms, article=part.article):
            # A short form goes with the full name that its article gives it.
            continue
        is_name = split(part, _without_others(expected, wanted.entity) if number == 0 else None)
        rest = tuple(names - set(taken))
        if is_name and part.article is None and is_still_written(part.name, rest, catalog.written_forms):
            # Other articles use the same form for a longer name that they give in full.
            split(part)
    first = _owner(catalog, taken[:1])
    for name in taken[1:]:
        other = _owner(catalog, [name])
        if other != first:
            make(Merge(other, first))
            first = _owner(catalog, taken[:1])
    if wanted.then is not None:
        others = {key: value for key, value in (expected or {}).items() if key != wanted.entity}
        make(replace(wanted.then, entity=first), others or None)
    return together(catalog, results)


def _without_others(expected: Mapping[str, Expected] | None, entity: str) -> Mapping[str, Expected] | None:
    return {entity: expected[entity]} if expected and entity in expected else None


def _names_of(catalog: "Catalog", entity: str) -> set[NameId]:
    return set(catalog.identity().names_of_entities([entity]).get(entity, ()))


def _owner(catalog: "Catalog", names: Collection[NameId]) -> str:
    """Return the entity that most of some names mean now. Its id may change when a name is taken out of it."""
    found = Counter(assignment.entity_id for assignment in catalog.identity().assigned(names).values())
    if not found:
        raise DecisionError("Nothing would be left of the entity. Rename or reject it instead.")
    return min(found, key=lambda entity: (-found[entity], entity))


def together(catalog: "Catalog", results: Sequence[DecisionResult]) -> DecisionResult:
    """Return the results of several decisions, made one after another, as one."""
    if len(results) == 1:
        return results[0]
    ids = {entity for result in results for some in _touched(result.changes) for entity in some}
    existing = catalog.identity().existing_entities(ids)
    added = {entity for result in results for entity in result.changes.added} & set(existing)
    return DecisionResult(
        decisions=tuple(made for result in results for made in result.decisions),
        description="; ".join(result.description for result in results),
        changes=ResolutionChanges(
            added=tuple(sorted(added)),
            removed=tuple(sorted(ids - set(existing))),
            changed=tuple(sorted(set(existing) - added)),
            documents=sum(result.changes.documents for result in results),
        ),
        is_already_so=all(result.is_already_so for result in results),
    )


def _touched(changes: ResolutionChanges) -> tuple[tuple[str, ...], ...]:
    return changes.added, changes.removed, changes.changed
