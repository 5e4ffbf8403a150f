"""What people decide about identity: checked, kept, exchanged as JSON Lines."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.catalog.store import Catalog
from index.errors import DecisionError
from index.resolve.decisions import prepare
from index.resolve.records import Decision, DecisionAction
from index.resolve.verdicts import effective

__all__ = ["ImportedDecisions", "add_decision", "import_decisions", "read_lines", "write_lines"]


class ImportedDecisions(NamedTuple):
    """The decisions that were kept, with their numbers, and how many were left out because they hold already."""

    kept: tuple[Decision, ...]
    held: int


def add_decision(catalog: Catalog, decision: Decision) -> Decision:
    """Check a decision against who is who now, keep it, and return it as it was kept. Raises `DecisionError`."""
    known = [stored.decision for stored in catalog.decisions()]
    prepared = prepare(decision, resolution=catalog.resolution(), decisions=known)
    if prepared.action is not DecisionAction.UNDO and _content(prepared) in map(_content, effective(known)):
        raise DecisionError("This was decided before, and holds.")
    return _keep(catalog, [prepared])[0]


def import_decisions(catalog: Catalog, lines: Iterable[str]) -> ImportedDecisions:
    """Check and keep the decisions in lines of JSON, in their order; those that hold already are left out.

    All are kept or, when one makes no sense, none. Raises `DecisionError` with the number of the line.
    """
    resolution = catalog.resolution()
    known = [stored.decision for stored in catalog.decisions()]
    holding = {_content(decision) for decision in effective(known)}
    new: list[Decision] = []
    held = 0
    for number, decision in read_lines(lines):
        try:
            prepared = prepare(decision, resolution=resolution, decisions=known)
        except DecisionError as error:
            raise DecisionError(f"Line {number}: {error} Nothing was imported.") from error
        if _content(prepared) in holding:
            held += 1
            continue
        holding.add(_content(prepared))
        new.append(prepared)
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


def _content(decision: Decision) -> tuple[str, tuple[tuple[str, str], ...]]:
    return decision.action.value, tuple(sorted(decision.arguments.items()))
