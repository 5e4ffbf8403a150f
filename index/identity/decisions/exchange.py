"""Decisions about identity: import and export them as JSON Lines."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple, assert_never

from index.errors import DecisionError
from index.identity.applied.decided_clusters import in_force
from index.identity.decision_json import action_of, arguments_of, read_decision
from index.identity.decisions.making import apply_prepared, find_subjects
from index.identity.decisions.prepare import check_name, prepare
from index.identity.incremental.view import Knowledge
from index.identity.records import (
    AnyDecision,
    KeepApart,
    MadeDecision,
    Merge,
    Reject,
    Rename,
    ResolutionChanges,
    Retype,
    Split,
)
from index.identity.resolving import resolve

if TYPE_CHECKING:
    from index.catalog.store import Catalog

__all__ = ["ImportResult", "export_decisions", "import_decisions", "read_lines", "write_lines"]


class ImportResult(NamedTuple):
    """The decisions that were imported, how many were left out because they are in force already, and what changed."""

    decisions: tuple[MadeDecision, ...]
    known: int
    changes: ResolutionChanges


def import_decisions(
    catalog: "Catalog", lines: Iterable[str], *, knowledge: Knowledge, decided_by: str = ""
) -> ImportResult:
    """Check, store and apply decisions in lines of JSON, in their order, in the transaction that is open.

    An exported decision has the names that it is about, and is stored as it is; one that was written by hand has ids,
    and is checked like any other. Decisions in force already are left out. Raises `DecisionError` with the number of
    the line; the caller rolls the transaction back, so that all are imported or none.
    """
    resolve(catalog, knowledge)
    decided = _DecisionSet(in_force(catalog.decisions()))
    new: list[AnyDecision] = []
    known = 0
    for number, decision in read_lines(lines):
        if decision in decided:
            known += 1
            continue
        try:
            checked = decision if _has_names(decision) else _prepare(catalog, decision)
        except DecisionError as error:
            raise _in_line(number, error) from error
        decided.add(checked)
        new.append(checked)
    result = apply_prepared(catalog, new, knowledge, decided_by)
    return ImportResult(result.decisions, known, result.changes)


def export_decisions(catalog: "Catalog") -> tuple[str, ...]:
    """Return the decisions in force, each a line of JSON, oldest first."""
    return tuple(write_lines(in_force(catalog.decisions())))


def _prepare(catalog: "Catalog", decision: AnyDecision) -> AnyDecision:
    return prepare(decision, resolution=find_subjects(catalog, decision), written_forms=catalog.written_forms)


def write_lines(decisions: Iterable[AnyDecision]) -> Iterator[str]:
    """Yield decisions, each a line of JSON."""
    for decision in decisions:
        row = {"action": action_of(decision), "arguments": arguments_of(decision)}
        yield json.dumps(row, ensure_ascii=False, sort_keys=True)


def read_lines(lines: Iterable[str]) -> Iterator[tuple[int, AnyDecision]]:
    """Yield the decisions in lines of JSON, each with the number of its line, from 1; empty lines are passed over.

    Raises `DecisionError` with the number of the line.

    >>> list(read_lines(["", '{"action": "reject", "arguments": {"entity": "demir"}}']))
    [(2, Reject(entity='demir', entity_name='', names=()))]
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, _read_line(number, line)


def _read_line(number: int, line: str) -> AnyDecision:
    try:
        row = json.loads(line)
        if row["action"] != "undo":
            return read_decision(row["action"], row["arguments"])
    except DecisionError as error:
        raise _in_line(number, error) from error
    except (ValueError, KeyError, TypeError) as error:
        raise DecisionError(
            f"Line {number} is no decision. Each line wants an object with `action` and `arguments`, as exported."
        ) from error
    raise DecisionError(f"Line {number} undoes a decision by its number, which here is another. Leave the line out.")


def _in_line(number: int, error: DecisionError) -> DecisionError:
    return DecisionError(f"Line {number}: {error} Nothing was imported.")


class _DecisionSet:
    """Decisions in force."""

    def __init__(self, decisions: Iterable[AnyDecision]) -> None:
        self._about: dict[str, list[AnyDecision]] = {}
        for decision in decisions:
            self.add(decision)

    def add(self, decision: AnyDecision) -> None:
        self._about.setdefault(decision.entity, []).append(decision)

    def __contains__(self, decision: AnyDecision) -> bool:
        """True when one of them says all that this one says."""
        return any(_says(made, decision) for made in self._about.get(decision.entity, ()))


def _says(made: AnyDecision, decision: AnyDecision) -> bool:
    """Return True when a decision says all that another one says, which may have no names."""
    if isinstance(made, Split) and isinstance(decision, Split) and made.article != decision.article:
        return False
    said = {field.name: getattr(decision, field.name) for field in fields(decision)}
    return type(made) is type(decision) and all(getattr(made, name) == value for name, value in said.items() if value)


def _has_names(decision: AnyDecision) -> bool:
    """Return True for a decision with the names that it is about.

    Raises `DecisionError` when only some are there, and for what `decide` would refuse too.
    """
    names = _names(decision)
    if not any(names.values()):
        return False
    missing = [name for name, value in (names | _names_of_mentions(decision)).items() if not value]
    if missing:
        raise DecisionError(
            f"An exported decision to {action_of(decision)} has {', '.join(missing)}; this one has not."
        )
    if isinstance(decision, Rename):
        check_name(decision.name)
    if isinstance(decision, Merge) and decision.names == decision.into_names:
        raise DecisionError("It merges an entity into itself.")
    return True


def _names(decision: AnyDecision) -> dict[str, object]:
    """Return the fields with the names of entities."""
    match decision:
        case Merge():
            return {"into_names": decision.into_names, "names": decision.names}
        case KeepApart():
            return {"names": decision.names, "other_names": decision.other_names}
        case Split() | Rename() | Retype() | Reject():
            return {"names": decision.names}
        case _:
            assert_never(decision)


def _names_of_mentions(decision: AnyDecision) -> dict[str, object]:
    """Return the fields that a split of mentions has besides: they get a name of their own."""
    if isinstance(decision, Split) and (decision.own or decision.forms or decision.article):
        return {"own": decision.own, "name": decision.name.strip()}
    return {}
