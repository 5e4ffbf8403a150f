"""Runs of the indexer, what failed in them, and the decisions that people made."""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, select, update

from index.catalog.records import RunCounts
from index.catalog.rows import DECISION_COLUMNS, make_decision, now
from index.catalog.schema import decisions, failures, runs
from index.catalog.writing.counters import DECISIONS, RUNS, reserve
from index.catalog.writing.statements import chunks
from index.errors import DecisionError
from index.identity.decision_json import action_of, arguments_of
from index.identity.records import AnyDecision, MadeDecision
from index.model import REFUSED, Failure

__all__ = [
    "DECISIONS_IN_ROWS",
    "add_decisions",
    "begin_run",
    "files_that_failed",
    "finish_run",
    "forget_failures",
    "old_failures",
    "read_decision",
    "read_decisions",
    "store_failures",
    "undo_decision",
]

DECISIONS_IN_ROWS = select(*(decisions.c[name] for name in DECISION_COLUMNS))
"""Decisions, to be read with `make_decision`."""


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
    """Locator and file of the failures to read that were met in earlier runs only."""
    older = (failures.c.run < before_run, failures.c.reason != REFUSED)
    statement = select(failures.c.locator, failures.c.file).where(*older)
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
    return tuple(map(make_decision, connection.execute(DECISIONS_IN_ROWS.order_by(decisions.c.id))))


def read_decision(connection: Connection, number: int) -> MadeDecision | None:
    """Return a decision by its number."""
    row = connection.execute(DECISIONS_IN_ROWS.where(decisions.c.id == number)).first()
    return None if row is None else make_decision(row)


def add_decisions(
    connection: Connection, added: Sequence[AnyDecision], *, decided: str | None = None, decided_by: str = ""
) -> tuple[MadeDecision, ...]:
    """Store decisions and return them with their numbers. `decided` is the time they were made, now when None."""
    when = decided or now()
    made = tuple(MadeDecision(reserve(connection, DECISIONS), item, when, decided_by) for item in added)
    rows = [
        {
            "id": item.id,
            "decided": item.decided_at,
            "decided_by": item.decided_by,
            "action": action_of(item.decision),
            "arguments": json.dumps(arguments_of(item.decision), ensure_ascii=False, sort_keys=True),
        }
        for item in made
    ]
    if rows:
        connection.execute(decisions.insert(), rows)
    return made


def undo_decision(
    connection: Connection, number: int, *, undone: str | None = None, undone_by: str = ""
) -> MadeDecision:
    """Mark a decision as undone and return it. `undone` is the time, now when None.

    Raises `DecisionError` when there is none in force with this number.
    """
    holds = (decisions.c.id == number, decisions.c.undone_at.is_(None))
    done = connection.execute(update(decisions).where(*holds).values(undone_at=undone or now(), undone_by=undone_by))
    found = read_decision(connection, number)
    if found is None or done.rowcount == 0:
        raise DecisionError(f"There is no decision {number} to undo. List the decisions to see their numbers.")
    return found
