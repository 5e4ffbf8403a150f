"""Questions about the archive as a whole, runs, failures and decisions."""

import json
from sqlite3 import Connection

from index.catalog.reader import CatalogStatistics, DecisionRow, FailureRow, RunRow
from index.model import ENTITY_KINDS, Failure, Kind

__all__ = ["decisions", "failures", "runs", "statistics"]

# `DecisionAction.UNDO`, whose module this one spares itself.
_UNDO = "undo"


def statistics(connection: Connection) -> CatalogStatistics:
    """Counts over the whole archive."""

    def number(statement: str) -> int:
        return int(connection.execute(statement).fetchone()[0] or 0)

    def text(statement: str) -> str | None:
        value = connection.execute(statement).fetchone()[0]
        return None if value is None else str(value)

    per_kind = "SELECT kind, count(*), sum(mentions) FROM entities WHERE documents > 0 GROUP BY kind"
    counted = {kind: (entities, mentions) for kind, entities, mentions in connection.execute(per_kind)}
    mentions = {kind: int(counted.get(kind, (0, 0))[1]) for kind in ENTITY_KINDS}
    return CatalogStatistics(
        articles=number("SELECT count(*) FROM articles"),
        undated=number("SELECT count(*) FROM articles WHERE published_start IS NULL AND published_end IS NULL"),
        entities={kind: int(counted.get(kind, (0, 0))[0]) for kind in ENTITY_KINDS},
        mentions={
            **mentions,
            Kind.AMOUNTS: number("SELECT count(*) FROM amounts"),
            Kind.DATES: number("SELECT count(*) FROM intervals"),
        },
        failures=number("SELECT count(*) FROM failures"),
        first_published=text("SELECT min(published_start) FROM articles"),
        last_published=text("SELECT max(published_end) FROM articles"),
    )


def failures(connection: Connection, *, limit: int) -> tuple[FailureRow, ...]:
    """Failures by locator."""
    statement = "SELECT locator, reason, message, hint, met FROM failures ORDER BY locator LIMIT ?"
    return tuple(
        FailureRow(Failure(locator, reason, message, hint), met)
        for locator, reason, message, hint, met in connection.execute(statement, (limit,))
    )


def runs(connection: Connection, *, limit: int) -> tuple[RunRow, ...]:
    """Runs, newest first."""
    statement = (
        'SELECT id, started, finished, "read", added, changed, unchanged, removed, failed '
        "FROM runs ORDER BY id DESC LIMIT ?"
    )
    return tuple(RunRow(*row) for row in connection.execute(statement, (limit,)))


def decisions(connection: Connection, *, limit: int) -> tuple[DecisionRow, ...]:
    """Decisions, newest first; undoing one is no row of its own."""
    found = [
        (number, decided, action, json.loads(arguments))
        for number, decided, action, arguments in connection.execute(
            "SELECT id, decided, action, arguments FROM decisions ORDER BY id DESC"
        )
    ]
    undone = {arguments.get("decision") for _, _, action, arguments in found if action == _UNDO}
    rows = [
        DecisionRow(number, decided, action, arguments, str(number) in undone)
        for number, decided, action, arguments in found
        if action != _UNDO
    ]
    return tuple(rows[:limit])
