"""Queries for entities, in SQL that SQLite and PostgreSQL share."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Select,
    UnaryExpression,
    case,
    cast,
    distinct,
    func,
    literal,
    or_,
    select,
    union_all,
)

from index.catalog.history import DECISIONS_IN_ROWS
from index.catalog.lookups import MAX_EDITS, is_misspelled, part_probes, prefix_end
from index.catalog.reader import MAX_TOLD_APART, EntityName
from index.catalog.rows import make_amount, make_decision, make_entity
from index.catalog.schema import (
    alias_parts,
    alias_starts,
    aliases,
    amounts,
    appearances,
    articles,
    assignments,
    decisions,
    entities,
    heeded_names,
    mentions,
    names,
    redirects,
)
from index.catalog.writing.statements import chunks
from index.errors import UsageError
from index.identity.records import NameId
from index.identity.versions import Version, VersionMark, make_version
from index.model import KIND_OF, Alias, Amount, Entity, Kind
from index.normalize.edit_distance import edit_distance
from index.normalize.names import fold_name

__all__ = [
    "complete",
    "count_articles",
    "count_kind",
    "count_story_mentions",
    "current_ids",
    "find",
    "list_kind",
    "read_amounts",
    "read_article_ids",
    "read_entities",
    "read_names",
    "read_versions",
    "similar",
]

_Order = ColumnElement[Any] | UnaryExpression[Any]

_ENTITIES = select(
    entities.c.id,
    entities.c.kind,
    entities.c.name,
    entities.c.reference,
    entities.c.description,
    entities.c.documents,
    entities.c.mentions,
)
_ORDERS: Mapping[str, tuple[_Order, ...]] = {
    "documents": (entities.c.documents.desc(), entities.c.id),
    "mentions": (entities.c.mentions.desc(), entities.c.id),
    "name": (entities.c.folded, entities.c.id),
}
# See `index.catalog.sqlite.entity_queries`.
_MANY_STARTS = 1500


def read_entities(connection: Connection, ids: Sequence[str]) -> tuple[Entity, ...]:
    """Return the entities with these ids, in the order of `ids`, each once."""
    wanted = list(dict.fromkeys(ids))
    rows: dict[str, Sequence[Any]] = {
        row.id: row for chunk in chunks(wanted) for row in connection.execute(_ENTITIES.where(entities.c.id.in_(chunk)))
    }
    return _make_entities(connection, [rows[entity_id] for entity_id in wanted if entity_id in rows])


def read_names(connection: Connection, ids: Sequence[str]) -> tuple[EntityName, ...]:
    """Return the names of the entities with these ids, by folded name, then id."""
    columns = (entities.c.id, entities.c.kind, entities.c.name, entities.c.folded)
    found = [
        EntityName(entity_id, Kind(kind), name, folded)
        for chunk in chunks(dict.fromkeys(ids))
        for entity_id, kind, name, folded in connection.execute(select(*columns).where(entities.c.id.in_(chunk)))
    ]
    return tuple(sorted(found, key=lambda name: (name.folded, name.id)))


def read_versions(connection: Connection, ids: Sequence[str]) -> dict[str, Version]:
    """Return the versions of the entities with these ids."""
    counted = select(func.coalesce(func.max(decisions.c.id), 0), func.count(decisions.c.undone_at))
    mark = VersionMark(*connection.execute(counted).one())
    found: dict[str, Version] = {}
    for chunk in chunks(dict.fromkeys(ids)):
        assigned = names.join(assignments, assignments.c.name == names.c.id)
        statement = select(assignments.c.entity, names.c.kind, names.c.key).select_from(assigned)
        own: dict[str, list[NameId]] = {}
        for entity_id, kind, key in connection.execute(statement.where(assignments.c.entity.in_(chunk))):
            own.setdefault(entity_id, []).append((KIND_OF[kind], key))
        text = names.c.kind + literal("/") + names.c.key
        texts = select(text).select_from(assigned).where(assignments.c.entity.in_(chunk))
        about = select(heeded_names.c.decision).where(heeded_names.c.name.in_(texts))
        in_force = DECISIONS_IN_ROWS.where(decisions.c.undone_at.is_(None), decisions.c.id.in_(about))
        made = [make_decision(row).decision for row in connection.execute(in_force.order_by(decisions.c.id))]
        for item in read_names(connection, chunk):
            names_of_it = own.get(item.id, ())
            found[item.id] = make_version(
                item.id, kind=item.kind, name=item.name, names=names_of_it, decisions=made, mark=mark
            )
    return found


def current_ids(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return the ids that entities have now, by the ids asked for; those of gone entities are left out."""
    found: dict[str, str] = {}
    for chunk in chunks(dict.fromkeys(ids)):
        moved = select(redirects.c.old, redirects.c.current).where(redirects.c.old.in_(chunk))
        found.update((old, current) for old, current in connection.execute(moved))
        there = select(entities.c.id).where(entities.c.id.in_(chunk))
        found.update((entity_id, entity_id) for entity_id in connection.scalars(there))
    return {entity_id: found[entity_id] for entity_id in ids if entity_id in found}


def find(connection: Connection, text: str, *, kind: Kind | None, limit: int) -> tuple[Entity, ...]:
    """Return entities with this name, most documents first."""
    named = select(aliases.c.entity).where(aliases.c.folded == fold_name(text))
    return _most_documents(connection, _of_kind(kind).where(entities.c.id.in_(named)), limit)


def complete(connection: Connection, text: str, *, kind: Kind | None, limit: int) -> tuple[Entity, ...]:
    """Return entities with a name that has a word beginning with this text, most documents first."""
    folded = fold_name(text)
    if not folded:
        return ()
    return _most_documents(connection, _of_kind(kind).where(_has_word(connection, folded)), limit)


def list_kind(
    connection: Connection, kind: Kind, *, prefix: str, order: str, limit: int, offset: int
) -> tuple[Entity, ...]:
    """Return entities of a kind that occur, in one of the orders; raise `UsageError` for another."""
    if order not in _ORDERS:
        raise UsageError(f"Entities cannot be ordered by {order!r}. Choose one of {', '.join(_ORDERS)}.")
    statement = (
        _ENTITIES.where(*_occurs(connection, kind, prefix)).order_by(*_ORDERS[order]).limit(limit).offset(offset)
    )
    return _make_entities(connection, connection.execute(statement).all())


def count_kind(connection: Connection, kind: Kind, *, prefix: str) -> int:
    """Return the number of entities of a kind that occur."""
    return connection.scalar(select(func.count()).select_from(entities).where(*_occurs(connection, kind, prefix))) or 0


def similar(connection: Connection, text: str, *, limit: int) -> tuple[Entity, ...]:
    """Return entities with a name at most two edits away: fewest edits first, then most documents."""
    folded = fold_name(text)
    letters = set(folded)
    edits: dict[str, int] = {}
    for chunk in chunks(part_probes(folded)):
        candidates = select(alias_parts.c.folded).distinct().where(alias_parts.c.part.in_(chunk))
        for candidate in connection.scalars(candidates):
            # An edit brings or takes one letter at most; this is far quicker to see than the edits themselves.
            if candidate not in edits and len(letters.difference(candidate)) <= MAX_EDITS:
                distance = edit_distance(folded, candidate, limit=MAX_EDITS)
                if is_misspelled(distance, folded, candidate):
                    edits[candidate] = distance
    nearest: dict[str, int] = {}
    for chunk in chunks(edits):
        owners = select(aliases.c.entity, aliases.c.folded).distinct().where(aliases.c.folded.in_(chunk))
        for entity_id, candidate in connection.execute(owners):
            nearest[entity_id] = min(edits[candidate], nearest.get(entity_id, MAX_EDITS))
    found = read_entities(connection, list(nearest))
    return tuple(sorted(found, key=lambda entity: (nearest[entity.id], -entity.documents, entity.id))[:limit])


def read_article_ids(connection: Connection, entity_id: str, *, limit: int | None, offset: int) -> tuple[str, ...]:
    """Return ids of articles whose story mentions an entity, most mentions first, then by id."""
    count = func.sum(appearances.c.mentions)
    statement = (
        select(articles.c.id)
        .select_from(assignments)
        .join(appearances, appearances.c.name == assignments.c.name)
        .join(articles, articles.c.number == appearances.c.article)
        .where(assignments.c.entity == entity_id)
        .group_by(articles.c.number, articles.c.id)
        .having(count > 0)
        .order_by(count.desc(), articles.c.id)
    )
    return tuple(connection.scalars(statement.limit(limit).offset(offset)))


def count_articles(connection: Connection, entity_id: str) -> int:
    """Return the number of articles whose story mentions an entity."""
    count = func.count(distinct(appearances.c.article))
    statement = (
        select(count)
        .select_from(assignments)
        .join(appearances, appearances.c.name == assignments.c.name)
        .where(assignments.c.entity == entity_id, appearances.c.mentions > 0)
    )
    return connection.scalar(statement) or 0


def count_story_mentions(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Count the mentions of entities in stories, captions left out for rare entities."""
    told_apart = (
        select(func.count())
        .select_from(assignments)
        .join(mentions, mentions.c.name == assignments.c.name)
        .where(assignments.c.entity == entities.c.id, mentions.c.in_story, ~mentions.c.in_furniture)
        .scalar_subquery()
    )
    count = case((entities.c.mentions > MAX_TOLD_APART, entities.c.mentions), else_=told_apart)
    rows = connection.execute(select(entities.c.id, count).where(entities.c.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def read_amounts(connection: Connection, entity_id: str, *, limit: int) -> tuple[tuple[Amount, int], ...]:
    """Return amounts in the stories that mention an entity, each with the number of its articles."""
    with_entity = (
        select(appearances.c.article)
        .distinct()
        .join(assignments, assignments.c.name == appearances.c.name)
        .where(assignments.c.entity == entity_id, appearances.c.mentions > 0)
        .subquery()
    )
    columns = (amounts.c.currency, amounts.c.value, amounts.c.upper, amounts.c.approximate)
    documents = func.count(distinct(amounts.c.article)).label("documents")
    # Spelled out, because databases differ in where NULL sorts.
    ties = (column.asc().nulls_first() for column in columns)
    statement = (
        select(*columns, documents)
        .select_from(with_entity)
        .join(amounts, amounts.c.article == with_entity.c.article)
        .join(mentions, (mentions.c.article == amounts.c.article) & (mentions.c.start == amounts.c.start))
        .where(mentions.c.in_story)
        .group_by(*columns)
        .order_by(documents.desc(), cast(amounts.c.value, Float).desc().nulls_last(), *ties)
        .limit(limit)
    )
    return tuple((make_amount(row[:4]), row[4]) for row in connection.execute(statement))


def _begins(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    return (column >= prefix) & (column < prefix_end(prefix))


def _of_kind(kind: Kind | None) -> Select[Any]:
    return _ENTITIES if kind is None else _ENTITIES.where(entities.c.kind == kind.value)


def _has_word(connection: Connection, folded: str) -> ColumnElement[bool]:
    """Return the condition that a name of an entity has a word beginning with this text."""
    starts = union_all(
        select(aliases.c.folded).where(_begins(aliases.c.folded, folded)),
        select(alias_starts.c.folded).where(_begins(alias_starts.c.start, folded)),
    ).subquery()
    some = select(literal(1)).select_from(starts).limit(_MANY_STARTS).subquery()
    if (connection.scalar(select(func.count()).select_from(some)) or 0) < _MANY_STARTS:
        named = select(aliases.c.entity).where(aliases.c.folded.in_(select(starts.c.folded)))
        return entities.c.id.in_(named)
    # Folded names are in lower case, so that it makes no difference that SQLite's LIKE ignores case.
    inside = aliases.c.folded.contains(f" {folded}", autoescape=True)
    own = select(literal(1)).where(aliases.c.entity == entities.c.id)
    return own.where(or_(_begins(aliases.c.folded, folded), inside)).exists()


def _occurs(connection: Connection, kind: Kind, prefix: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [entities.c.kind == kind.value, entities.c.documents > 0]
    folded = fold_name(prefix)
    return [*conditions, _has_word(connection, folded)] if folded else conditions


def _most_documents(connection: Connection, statement: Select[Any], limit: int) -> tuple[Entity, ...]:
    ordered = statement.order_by(*_ORDERS["documents"]).limit(limit)
    return _make_entities(connection, connection.execute(ordered).all())


# Rows come from a database: their values have the types of the columns, which no type checker can see.
def _make_entities(connection: Connection, rows: Sequence[Sequence[Any]]) -> tuple[Entity, ...]:
    columns = (aliases.c.entity, aliases.c.text, aliases.c.mentions)
    found: dict[str, list[Alias]] = {}
    for chunk in chunks(row[0] for row in rows):
        statement = select(*columns).where(aliases.c.entity.in_(chunk))
        ordered = statement.order_by(aliases.c.entity, aliases.c.mentions.desc(), aliases.c.text)
        for entity_id, text, count in connection.execute(ordered):
            found.setdefault(entity_id, []).append(Alias(text, count))
    return tuple(make_entity(row, found.get(row[0], ())) for row in rows)
