"""What people decide about identity: checked, kept, exchanged as JSON Lines."""

import json
from collections.abc import Iterable, Iterator, Sequence

from index.catalog.store import Catalog
from index.errors import DecisionError
from index.resolve.decisions import prepare
from index.resolve.records import Decision, DecisionAction
from index.resolve.verdicts import effective

__all__ = ["add_decision", "add_decisions", "read_lines", "write_lines"]


def add_decision(catalog: Catalog, decision: Decision) -> Decision:
    """Check a decision against who is who now, keep it, and return it as it was kept. Raises `DecisionError`."""
    kept = add_decisions(catalog, [decision])
    if not kept:
        raise DecisionError("This was decided before, and holds.")
    return kept[0]


def add_decisions(catalog: Catalog, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Check and keep decisions in their order, and return them as they were kept; those that hold already are left out.

    None is kept when one makes no sense. Raises `DecisionError`.
    """
    resolution = catalog.resolution()
    known = [stored.decision for stored in catalog.decisions()]
    holding = {_content(decision) for decision in effective(known)}
    prepared = [prepare(decision, resolution=resolution, decisions=known) for decision in decisions]
    new = [
        decision for decision in prepared if decision.action is DecisionAction.UNDO or _content(decision) not in holding
    ]
    return tuple(Decision(decision.action, decision.arguments, catalog.add_decision(decision)) for decision in new)


def write_lines(decisions: Sequence[Decision]) -> Iterator[str]:
    """The decisions that hold, each a line of JSON, oldest first."""
    for decision in effective(decisions):
        row = {"action": decision.action.value, "arguments": dict(decision.arguments)}
        yield json.dumps(row, ensure_ascii=False, sort_keys=True)


def read_lines(lines: Iterable[str]) -> Iterator[Decision]:
    """The decisions in lines of JSON; empty lines are passed over. Raises `DecisionError` with the number of the line.

    >>> list(read_lines(['{"action": "reject", "arguments": {"entity": "menu"}}']))[0].arguments
    {'entity': 'menu'}
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            arguments = {str(name): str(value) for name, value in row["arguments"].items()}
            yield Decision(DecisionAction(row["action"]), arguments)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DecisionError(
                f"Line {number} is no decision. Each line wants an object with `action` and `arguments`, as exported."
            ) from error


def _content(decision: Decision) -> tuple[str, tuple[tuple[str, str], ...]]:
    return decision.action.value, tuple(sorted(decision.arguments.items()))
