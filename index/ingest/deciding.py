"""Decisions about identity: check, store, import and export them as JSON Lines."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from index.catalog.store import Catalog
from index.errors import DecisionError
from index.identity.decisions import prepare
from index.identity.records import Decision, DecisionAction
from index.identity.verdicts import effective, name_ids
from index.model import ENTITY_KINDS

__all__ = ["ImportedDecisions", "add_decision", "import_decisions", "read_lines", "write_lines"]


class ImportedDecisions(NamedTuple):
    """The decisions that were kept, with their numbers, and how many were left out because they hold already."""

    kept: tuple[Decision, ...]
    held: int


def add_decision(catalog: Catalog, decision: Decision) -> Decision:
    """Check a decision against who is who now, keep it, and return it as it was kept. Raises `DecisionError`."""
    known = [stored.decision for stored in catalog.decisions()]
    prepared = prepare(decision, resolution=catalog.resolution(), decisions=known, written_forms=catalog.written_forms)
    if prepared.action is not DecisionAction.UNDO and prepared in _Holding(effective(known)):
        raise DecisionError("This was decided before, and holds.")
    return _keep(catalog, [prepared])[0]


def import_decisions(catalog: Catalog, lines: Iterable[str]) -> ImportedDecisions:
    """Check and keep the decisions in lines of JSON, in their order; those that hold already are left out.

    An exported decision has the names that it is about, and is kept as it is; one that was written by hand has ids,
    and is checked against who is who now. All are kept or, when one makes no sense, none. Raises `DecisionError` with
    the number of the line.
    """
    resolution = catalog.resolution()
    known = [stored.decision for stored in catalog.decisions()]
    holding = _Holding(effective(known))
    new: list[Decision] = []
    held = 0
    for number, decision in read_lines(lines):
        if decision in holding:
            held += 1
            continue
        try:
            is_complete = _check_names(decision)
            kept = (
                decision
                if is_complete
                else prepare(decision, resolution=resolution, decisions=known, written_forms=catalog.written_forms)
            )
        except DecisionError as error:
            raise DecisionError(f"Line {number}: {error} Nothing was imported.") from error
        holding.add(kept)
        new.append(kept)
    return ImportedDecisions(_keep(catalog, new), held)


def write_lines(decisions: Sequence[Decision]) -> Iterator[str]:
    """The decisions that hold, each a line of JSON, oldest first."""
    for decision in effective(decisions):
        row = {"action": decision.action.value, "arguments": dict(decision.arguments)}
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
            arguments = {str(name): str(value) for name, value in row["arguments"].items()}
            decision = Decision(DecisionAction(row["action"]), arguments)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DecisionError(
                f"Line {number} is no decision. Each line wants an object with `action` and `arguments`, as exported."
            ) from error
        if decision.action is DecisionAction.UNDO:
            raise DecisionError(
                f"Line {number} undoes a decision by its number, which here is another. Leave the line out."
            )
        yield number, decision


def _keep(catalog: Catalog, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    numbers = catalog.add_decisions(decisions)
    return tuple(
        Decision(decision.action, decision.arguments, number)
        for decision, number in zip(decisions, numbers, strict=True)
    )


class _Holding:
    """Decisions that hold."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._arguments: dict[tuple[DecisionAction, str | None], list[set[tuple[str, str]]]] = {}
        for decision in decisions:
            self.add(decision)

    def add(self, decision: Decision) -> None:
        self._arguments.setdefault(_subject(decision), []).append(set(decision.arguments.items()))

    def __contains__(self, decision: Decision) -> bool:
        """True when one of them says all that this one says."""
        said = set(decision.arguments.items())
        return any(said <= holding for holding in self._arguments.get(_subject(decision), ()))


def _subject(decision: Decision) -> tuple[DecisionAction, str | None]:
    return decision.action, decision.arguments.get("entity")


def _check_names(decision: Decision) -> bool:
    """True when a decision has all its names, False when it has none; raises `DecisionError` when some are missing."""
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
