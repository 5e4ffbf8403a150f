"""Queries for the archive as a whole: its state, statistics, runs, failures, decisions and suggestions."""

import json
from collections.abc import Mapping

from index.catalog.reading.connection import Connection
from index.catalog.reading.records import CatalogState, CatalogStatistics, FailureRow, RunRow, SuggestionRow
from index.catalog.rows import make_decision
from index.identity.records import MadeDecision, ids_of
from index.model import ENTITY_KINDS, Failure, Kind

__all__ = [
    "count_by_language",
    "count_suggestions",
    "decisions",
    "decisions_about",
    "failures",
    "runs",
    "state",
    "statistics",
    "suggestion",
    "suggestions",
    "suggestions_about",
    "vector_rows",
]

_SUGGESTIONS = "SELECT number, kind, entity, into_entity, rule, evidence, score FROM suggestions"
_LIKELIEST_FIRST = "ORDER BY score DESC, kind, entity, into_entity"


def vector_rows(connection: Connection) -> int:
    """The number of rows of the file of vectors that belong to this state."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'vector_rows'").fetchone()
    return 0 if row is None else int(row[0])


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
        suggestions=count_suggestions(connection, kind=None),
    )


def count_by_language(connection: Connection) -> Mapping[str, int]:
    """Articles by language, "" for an unknown one."""
    counted = connection.execute("SELECT coalesce(language, ''), count(*) FROM articles GROUP BY 1").fetchall()
    return {language: int(count) for language, count in sorted(counted)}


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
        'SELECT id, started, finished, "read", added, changed, unchanged, removed, failed, relinked '
        "FROM runs ORDER BY id DESC LIMIT ?"
    )
    return tuple(RunRow(*row) for row in connection.execute(statement, (limit,)))


def decisions(connection: Connection, *, limit: int) -> tuple[MadeDecision, ...]:
    """Decisions, newest first."""
    statement = (
        "SELECT id, action, arguments, decided, decided_by, undone_at, undone_by FROM decisions "
        "ORDER BY id DESC LIMIT ?"
    )
    return tuple(map(make_decision, connection.execute(statement, (limit,))))


def decisions_about(connection: Connection, entity_id: str) -> tuple[MadeDecision, ...]:
    """Decisions in force that name an entity, newest first."""
    # The JSON of a decision holds much text: only where the id stands somewhere in it, it is read.
    statement = (
        "SELECT id, action, arguments, decided, decided_by, undone_at, undone_by FROM decisions "
        "WHERE undone_at IS NULL AND instr(arguments, ?) > 0 ORDER BY id DESC"
    )
    found = map(make_decision, connection.execute(statement, (json.dumps(entity_id, ensure_ascii=False),)))
    return tuple(made for made in found if entity_id in ids_of(made.decision))


def state(connection: Connection) -> CatalogState:
    """The state of the archive."""
    values = dict(
        connection.execute("SELECT key, value FROM meta WHERE key IN ('archive', 'engine', 'generation')").fetchall()
    )
    row = connection.execute("SELECT value FROM counters WHERE name = 'changes'").fetchone()
    return CatalogState(
        archive=values.get("archive", ""),
        changes=0 if row is None else int(row[0]),
        engine=values.get("engine", ""),
        generation=values.get("generation", ""),
    )


def suggestions(connection: Connection, *, kind: Kind | None, limit: int, offset: int) -> tuple[SuggestionRow, ...]:
    """Suggestions, the likeliest first."""
    condition, wanted = _of_kind(kind)
    statement = f"{_SUGGESTIONS} {condition} {_LIKELIEST_FIRST} LIMIT ? OFFSET ?"
    return tuple(map(_make_suggestion, connection.execute(statement, (*wanted, limit, offset))))


def suggestion(connection: Connection, number: int) -> SuggestionRow | None:
    """The suggestion with a number."""
    row = connection.execute(f"{_SUGGESTIONS} WHERE number = ?", (number,)).fetchone()
    return None if row is None else _make_suggestion(row)


def suggestions_about(connection: Connection, entity_id: str) -> tuple[SuggestionRow, ...]:
    """The suggestions that an entity is part of, the likeliest first."""
    statement = f"{_SUGGESTIONS} WHERE entity = ? OR into_entity = ? {_LIKELIEST_FIRST}"
    return tuple(map(_make_suggestion, connection.execute(statement, (entity_id, entity_id))))


def count_suggestions(connection: Connection, *, kind: Kind | None) -> int:
    """Return the number of suggestions."""
    condition, wanted = _of_kind(kind)
    return int(connection.execute(f"SELECT count(*) FROM suggestions {condition}", wanted).fetchone()[0])


def _of_kind(kind: Kind | None) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if kind is None else ("WHERE kind = ?", (kind.value,))


# Rows come from a database: their values have the types of the columns, which no type checker can see.
def _make_suggestion(row: tuple[int, str, str, str, str, str, int]) -> SuggestionRow:
    number, kind, entity, into, rule, evidence, score = row
    return SuggestionRow(number, Kind(kind), entity, into, rule, evidence, score)
