"""Runs of the indexer, what failed in them, and the decisions that people made."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from index.catalog.records import RunCounts
from index.catalog.rows import now
from index.catalog.schema import decisions, failures, runs
from index.catalog.writing.counters import DECISIONS, RUNS, reserve
from index.catalog.writing.statements import chunks
from index.errors import CatalogError, DecisionError
from index.identity.decision_arguments import from_arguments, json_of, read_arguments
from index.identity.records import Decision, DecisionAction, MadeDecision
from index.model import Failure

__all__ = [
    "add_decisions",
    "begin_run",
    "files_that_failed",
    "finish_run",
    "forget_failures",
    "make_decision",
    "old_failures",
    "read_decisions",
    "store_failures",
]


def begin_run(connection: Connection) -> int:
    """Add a run and return its number; it counts as interrupted until `finish_run`."""
    number = reserve(connection, RUNS)
    row = {
        "id": number,
        "started": now(),
        "read": 0,
        "added": 0,
        "changed": 0,
        "unchanged": 0,
        "removed": 0,
        "failed": 0,
        "relinked": 0,
    }
    connection.execute(runs.insert(), [row])
    return number


def finish_run(connection: Connection, run: int, counts: RunCounts, *, is_complete: bool) -> None:
    """Keep what a run did; a run that was interrupted keeps its counts without an end."""
    values: dict[str, str | int | None] = {
        "read": counts.read,
        "added": counts.added,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "removed": counts.removed,
        "failed": counts.failed,
        "relinked": counts.relinked,
        "finished": now() if is_complete else None,
    }
    connection.execute(update(runs).where(runs.c.id == run).values(values))


def store_failures(connection: Connection, found: Sequence[tuple[str, Failure]], *, run: int) -> None:
    """Keep failures, each with the locator of the source it was met in; a locator has one failure, its latest."""
    latest = {failure.locator: (file, failure) for file, failure in found}
    for chunk in chunks(latest):
        connection.execute(delete(failures).where(failures.c.locator.in_(chunk)))
    rows = [
        {
            "locator": locator,
            "file": file,
            "reason": failure.reason,
            "message": failure.message,
            "hint": failure.hint,
            "met": now(),
            "run": run,
        }
        for locator, (file, failure) in latest.items()
    ]
    if rows:
        connection.execute(failures.insert(), rows)


def old_failures(connection: Connection, *, before_run: int) -> tuple[tuple[str, str], ...]:
    """Locator and file of the failures that were met in earlier runs only."""
    statement = select(failures.c.locator, failures.c.file).where(failures.c.run < before_run)
    return tuple((locator, file) for locator, file in connection.execute(statement))


def files_that_failed(connection: Connection, files: Iterable[str], *, reason: str, run: int) -> frozenset[str]:
    """Return those of the files that had a failure with this reason in this run."""
    found: set[str] = set()
    for chunk in chunks(files):
        failed = (failures.c.file.in_(chunk), failures.c.reason == reason, failures.c.run == run)
        found.update(connection.scalars(select(failures.c.file).where(*failed)))
    return frozenset(found)


def forget_failures(connection: Connection, locators: Iterable[str]) -> int:
    """Forget failures and return how many there were."""
    return sum(
        connection.execute(delete(failures).where(failures.c.locator.in_(chunk))).rowcount for chunk in chunks(locators)
    )


def read_decisions(connection: Connection) -> tuple[MadeDecision, ...]:
    """Return all decisions, oldest first."""
    return tuple(map(make_decision, connection.execute(select(decisions).order_by(decisions.c.id))))


def add_decisions(
    connection: Connection, added: Sequence[Decision], *, decided: str | None = None, decided_by: str = ""
) -> tuple[int, ...]:
    """Store decisions and return their numbers. `decided` is the time they were made, now when None.

    An `UNDO` is no row of its own: it marks the decision that it names as undone, and the number of that is returned.
    """
    when = decided or now()
    return tuple(
        _undo(connection, int(decision.arguments["decision"]), when, decided_by)
        if decision.action is DecisionAction.UNDO
        else _add_decision(connection, decision, when, decided_by)
        for decision in added
    )


def _add_decision(connection: Connection, decision: Decision, when: str, by: str) -> int:
    number = reserve(connection, DECISIONS)
    row = {
        "id": number,
        "decided": when,
        "decided_by": by,
        "action": decision.action.value,
        "arguments": json.dumps(json_of(decision.arguments), ensure_ascii=False, sort_keys=True),
    }
    connection.execute(decisions.insert(), [row])
    return number


def _undo(connection: Connection, number: int, when: str, by: str) -> int:
    holds = (decisions.c.id == number, decisions.c.undone_at.is_(None))
    done = connection.execute(update(decisions).where(*holds).values(undone_at=when, undone_by=by))
    if done.rowcount == 0:
        raise DecisionError(f"There is no decision {number} to undo. List the decisions to see their numbers.")
    return number


def make_decision(row: Row[Any]) -> MadeDecision:
    """Return the decision of a row of `decisions`. Raises `CatalogError` when it makes no sense."""
    try:
        decision = from_arguments(Decision(DecisionAction(row.action), read_arguments(json.loads(row.arguments))))
    except (ValueError, TypeError, AttributeError, DecisionError) as error:
        raise CatalogError(
            f"Decision {row.id} cannot be read. Index the articles anew: search-cli index FOLDER -C NEW"
        ) from error
    return MadeDecision(row.id, decision, row.decided, row.decided_by, row.undone_at, row.undone_by)
