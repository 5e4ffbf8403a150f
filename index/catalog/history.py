"""Runs of the indexer, what failed in them, and the decisions that people made."""

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, func, select, update

from index.catalog.records import RunCounts, StoredDecision
from index.catalog.rows import now
from index.catalog.schema import decisions, failures, runs
from index.catalog.statements import chunks
from index.identity.records import Decision, DecisionAction
from index.model import Failure

__all__ = [
    "add_decisions",
    "begin_run",
    "finish_run",
    "forget_failures",
    "old_failures",
    "read_decisions",
    "store_failures",
]


def begin_run(connection: Connection) -> int:
    """The number of a new run, which is interrupted until `finish_run` says otherwise."""
    number: int = (connection.scalar(select(func.max(runs.c.id))) or 0) + 1
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


def forget_failures(connection: Connection, locators: Iterable[str]) -> None:
    """Forget failures."""
    for chunk in chunks(locators):
        connection.execute(delete(failures).where(failures.c.locator.in_(chunk)))


def read_decisions(connection: Connection) -> tuple[StoredDecision, ...]:
    """All decisions, oldest first, with the undone ones and those that undid them."""
    rows = connection.execute(select(decisions).order_by(decisions.c.id))
    return tuple(
        StoredDecision(Decision(DecisionAction(row.action), _arguments(row.arguments), row.id), row.decided)
        for row in rows
    )


def add_decisions(connection: Connection, added: Sequence[Decision], *, decided: str | None = None) -> tuple[int, ...]:
    """Keep decisions and return their numbers. `decided` is the time they were made, now when None."""
    first: int = (connection.scalar(select(func.max(decisions.c.id))) or 0) + 1
    rows = [
        {
            "id": number,
            "decided": decided or now(),
            "action": decision.action.value,
            "arguments": json.dumps(dict(decision.arguments), ensure_ascii=False, sort_keys=True),
        }
        for number, decision in enumerate(added, start=first)
    ]
    if rows:
        connection.execute(decisions.insert(), rows)
    return tuple(range(first, first + len(rows)))


def _arguments(text: str) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in json.loads(text).items()}
