"""Decisions about identity: check, store, import and export them as JSON Lines."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from index.errors import DecisionError
from index.identity.applied.decided_clusters import in_force
from index.identity.decision_arguments import from_arguments, json_of, name_ids, read_arguments, to_arguments
from index.identity.decisions.making import apply_prepared, find_subjects
from index.identity.decisions.prepare import check_name, prepare
from index.identity.incremental.view import Knowledge
from index.identity.records import AnyDecision, Decision, DecisionAction, ResolutionChanges
from index.identity.resolving import resolve
from index.model import ENTITY_KINDS

if TYPE_CHECKING:
    from index.catalog.store import Catalog

__all__ = ["ImportResult", "export_decisions", "import_decisions", "read_lines", "write_lines"]


class ImportResult(NamedTuple):
    """The decisions that were imported, how many were left out because they are in force already, and what changed."""

    decisions: tuple[Decision, ...]
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
    decided = _DecisionSet(map(to_arguments, in_force(catalog.decisions())))
    new: list[Decision] = []
    known = 0
    for number, decision in read_lines(lines):
        if decision in decided:
            known += 1
            continue
        try:
            checked = decision if _check_names(decision) else _prepare(catalog, decision)
        except DecisionError as error:
            raise DecisionError(f"Line {number}: {error} Nothing was imported.") from error
        decided.add(checked)
        new.append(checked)
    result = apply_prepared(catalog, new, knowledge, decided_by)
    return ImportResult(result.decisions, known, result.changes)


def export_decisions(catalog: "Catalog") -> tuple[str, ...]:
    """Return the decisions in force, each a line of JSON, oldest first."""
    return tuple(write_lines(in_force(catalog.decisions())))


def _prepare(catalog: "Catalog", decision: Decision) -> Decision:
    asked = from_arguments(decision)
    subjects = find_subjects(catalog, asked, {})
    return prepare(to_arguments(asked), resolution=subjects, decisions=(), written_forms=catalog.written_forms)


def write_lines(decisions: Iterable[AnyDecision]) -> Iterator[str]:
    """Yield decisions, each a line of JSON."""
    for decision in map(to_arguments, decisions):
        row = {"action": decision.action.value, "arguments": json_of(decision.arguments)}
        yield json.dumps(row, ensure_ascii=False, sort_keys=True)


def read_lines(lines: Iterable[str]) -> Iterator[tuple[int, Decision]]:
    """The decisions in lines of JSON, each with the number of its line, from 1; empty lines are passed over.

    Raises `DecisionError` with the number of the line.

    >>> [(number, decision.action.value) for number, decision in read_lines(['{"action": "reject", "arguments": {}}'])]
    [(1, 'reject')]
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            decision = Decision(DecisionAction(row["action"]), read_arguments(row["arguments"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DecisionError(
                f"Line {number} is no decision. Each line wants an object with `action` and `arguments`, as exported."
            ) from error
        if decision.action is DecisionAction.UNDO:
            raise DecisionError(
                f"Line {number} undoes a decision by its number, which here is another. Leave the line out."
            )
        yield number, decision


class _DecisionSet:
    """Decisions in force."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._arguments: dict[tuple[DecisionAction, str | None], list[set[tuple[str, str]]]] = {}
        for decision in decisions:
            self.add(decision)

    def add(self, decision: Decision) -> None:
        self._arguments.setdefault(_subject(decision), []).append(set(decision.arguments.items()))

    def __contains__(self, decision: Decision) -> bool:
        """True when one of them says all that this one says."""
        said = set(decision.arguments.items())
        return any(said <= made for made in self._arguments.get(_subject(decision), ()))


def _subject(decision: Decision) -> tuple[DecisionAction, str | None]:
    return decision.action, decision.arguments.get("entity")


def _check_names(decision: Decision) -> bool:
    """Return True for a decision with the names that it is about.

    Raises `DecisionError` when only some are there, and for what `decide` would refuse too.
    """
    is_own = decision.action is DecisionAction.SPLIT and not _OWN.isdisjoint(decision.arguments)
    wanted = {"names", *(("own",) if is_own else _OTHER_NAMES.get(decision.action, ()))}
    found = {name for name in decision.arguments if name in _ALL_NAMES}
    if not found:
        return False
    missing = sorted(name for name in wanted if not name_ids(decision.arguments.get(name, "")))
    values = ("name",) if is_own else _VALUES.get(decision.action, ())
    missing += [name for name in values if not decision.arguments.get(name, "").strip()]
    if missing:
        raise DecisionError(f"An exported decision to {decision.action} has {', '.join(missing)}; this one has not.")
    if decision.action is DecisionAction.RETYPE and decision.arguments["kind"] not in ENTITY_KINDS:
        raise DecisionError(f"{decision.arguments['kind']!r} is not a kind of entity.")
    if decision.action is DecisionAction.RENAME:
        check_name(decision.arguments["name"])
    if decision.action is DecisionAction.MERGE and decision.arguments["names"] == decision.arguments["into_names"]:
        raise DecisionError("It merges an entity into itself.")
    return True


_OTHER_NAMES: Mapping[DecisionAction, tuple[str, ...]] = {
    DecisionAction.MERGE: ("into_names",),
    DecisionAction.APART: ("other_names",),
}
# A split of mentions, which get a name of their own, has one of these.
_OWN = frozenset({"own", "forms", "article"})
_ALL_NAMES = frozenset({"names", "into_names", "other_names"})
_VALUES: Mapping[DecisionAction, tuple[str, ...]] = {
    DecisionAction.RENAME: ("name",),
    DecisionAction.RETYPE: ("kind",),
}
