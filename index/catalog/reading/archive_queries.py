"""Queries for the archive as a whole, in SQL that SQLite and PostgreSQL share."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from index.catalog.history import DECISIONS_IN_ROWS
from index.catalog.reader import CatalogState, CatalogStatistics, FailureRow, RunRow, SuggestionRow
from index.catalog.rows import make_decision
from index.catalog.schema import (
    amounts,
    articles,
    counters,
    decisions,
    entities,
    failures,
    intervals,
    meta,
    runs,
    suggestions,
)
from index.catalog.writing.counters import CHANGES
from index.identity.records import MadeDecision, ids_of
from index.model import ENTITY_KINDS, Failure, Kind

__all__ = [
    "count_suggestions",
    "read_count_by_language",
    "read_decisions",
    "read_decisions_about",
    "read_failures",
    "read_runs",
    "read_state",
    "read_statistics",
    "read_suggestion",
    "read_suggestions",
    "read_suggestions_about",
    "read_vector_rows",
]


def read_state(connection: Connection) -> CatalogState:
    """Return the state of the archive."""
    statement = select(meta.c.key, meta.c.value).where(meta.c.key.in_(["archive", "engine", "generation"]))
    values = dict(connection.execute(statement).all())
    changes = connection.scalar(select(counters.c.value).where(counters.c.name == CHANGES))
    return CatalogState(
        archive=values.get("archive", ""),
        changes=changes or 0,
        engine=values.get("engine", ""),
        generation=values.get("generation", ""),
    )


def read_vector_rows(connection: Connection) -> int:
    """Return the number of rows of the file of vectors that belong to this state."""
    return int(connection.scalar(select(meta.c.value).where(meta.c.key == "vector_rows")) or 0)


def read_statistics(connection: Connection) -> CatalogStatistics:
    """Return counts over the whole archive."""
    per_kind = (
        select(entities.c.kind, func.count(), func.sum(entities.c.mentions))
        .where(entities.c.documents > 0)
        .group_by(entities.c.kind)
    )
    counted = {kind: (number, int(mentions)) for kind, number, mentions in connection.execute(per_kind)}
    undated = (articles.c.published_start.is_(None), articles.c.published_end.is_(None))
    return CatalogStatistics(
        articles=_number(connection, select(func.count()).select_from(articles)),
        undated=_number(connection, select(func.count()).select_from(articles).where(*undated)),
        entities={kind: counted.get(kind.value, (0, 0))[0] for kind in ENTITY_KINDS},
        mentions={
            **{kind: counted.get(kind.value, (0, 0))[1] for kind in ENTITY_KINDS},
            Kind.AMOUNTS: _number(connection, select(func.count()).select_from(amounts)),
            Kind.DATES: _number(connection, select(func.count()).select_from(intervals)),
        },
        failures=_number(connection, select(func.count()).select_from(failures)),
        first_published=connection.scalar(select(func.min(articles.c.published_start))),
        last_published=connection.scalar(select(func.max(articles.c.published_end))),
        suggestions=count_suggestions(connection, kind=None),
    )


def read_count_by_language(connection: Connection) -> Mapping[str, int]:
    """Return the number of articles in each language, "" for an unknown one."""
    statement = select(articles.c.language, func.count()).group_by(articles.c.language)
    counts = {code or "": int(count) for code, count in connection.execute(statement)}
    return dict(sorted(counts.items()))


def read_failures(connection: Connection, *, limit: int) -> tuple[FailureRow, ...]:
    """Return failures by locator."""
    names = ("locator", "reason", "message", "hint", "met")
    statement = select(*(failures.c[name] for name in names)).order_by(failures.c.locator).limit(limit)
    return tuple(FailureRow(Failure(*row[:4]), row[4]) for row in connection.execute(statement))


def read_runs(connection: Connection, *, limit: int) -> tuple[RunRow, ...]:
    """Return runs, newest first."""
    columns = [runs.c[name] for name in RunRow.__struct_fields__]
    rows = connection.execute(select(*columns).order_by(runs.c.id.desc()).limit(limit))
    return tuple(RunRow(*row) for row in rows)


def read_decisions(connection: Connection, *, limit: int) -> tuple[MadeDecision, ...]:
    """Return decisions, newest first."""
    rows = connection.execute(DECISIONS_IN_ROWS.order_by(decisions.c.id.desc()).limit(limit))
    return tuple(map(make_decision, rows))


def read_decisions_about(connection: Connection, entity_id: str) -> tuple[MadeDecision, ...]:
    """Return the decisions in force that name an entity, newest first."""
    # The JSON of a decision holds much text: only where the id stands somewhere in it, it is read.
    may_name = decisions.c.arguments.contains(json.dumps(entity_id, ensure_ascii=False), autoescape=True)
    statement = DECISIONS_IN_ROWS.where(decisions.c.undone_at.is_(None), may_name).order_by(decisions.c.id.desc())
    found = map(make_decision, connection.execute(statement))
    return tuple(made for made in found if entity_id in ids_of(made.decision))


def read_suggestions(
    connection: Connection, *, kind: Kind | None, limit: int, offset: int
) -> tuple[SuggestionRow, ...]:
    """Return suggestions, the likeliest first."""
    statement = _SUGGESTIONS if kind is None else _SUGGESTIONS.where(suggestions.c.kind == kind.value)
    ordered = statement.order_by(*_LIKELIEST_FIRST).limit(limit).offset(offset)
    return tuple(map(_make_suggestion, connection.execute(ordered)))


def read_suggestion(connection: Connection, number: int) -> SuggestionRow | None:
    """Return the suggestion with a number."""
    row = connection.execute(_SUGGESTIONS.where(suggestions.c.number == number)).first()
    return None if row is None else _make_suggestion(row)


def read_suggestions_about(connection: Connection, entity_id: str) -> tuple[SuggestionRow, ...]:
    """Return the suggestions that an entity is part of, the likeliest first."""
    about = or_(suggestions.c.entity == entity_id, suggestions.c.into_entity == entity_id)
    return tuple(map(_make_suggestion, connection.execute(_SUGGESTIONS.where(about).order_by(*_LIKELIEST_FIRST))))


def count_suggestions(connection: Connection, *, kind: Kind | None) -> int:
    """Return the number of suggestions."""
    statement = select(func.count()).select_from(suggestions)
    return _number(connection, statement if kind is None else statement.where(suggestions.c.kind == kind.value))


_SUGGESTIONS = select(
    suggestions.c.number,
    suggestions.c.kind,
    suggestions.c.entity,
    suggestions.c.into_entity,
    suggestions.c.rule,
    suggestions.c.evidence,
    suggestions.c.score,
)
_LIKELIEST_FIRST = (
    suggestions.c.score.desc(),
    suggestions.c.kind,
    suggestions.c.entity,
    suggestions.c.into_entity,
)


def _number(connection: Connection, statement: Select[Any]) -> int:
    return int(connection.scalar(statement) or 0)


# Rows come from a database: their values have the types of the columns, which no type checker can see.
def _make_suggestion(row: Sequence[Any]) -> SuggestionRow:
    number, kind, entity, into, rule, evidence, score = row
    return SuggestionRow(number, Kind(kind), entity, into, rule, evidence, score)
