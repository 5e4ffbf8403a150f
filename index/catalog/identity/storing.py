"""Tables of identity: read the names to resolve, and store a resolution with as few changes as possible."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, Select, bindparam, delete, func, insert, select
from sqlalchemy import Row as ResultRow
from sqlalchemy import update as update_rows

from index.catalog.identity.entity_names import refresh_entities, remove_entity_names
from index.catalog.identity.name_numbers import NameNumbers
from index.catalog.identity.states import write_states
from index.catalog.identity.suggestions import forget_suggestions, store_suggestions
from index.catalog.records import ResolutionChanges
from index.catalog.schema import (
    appearances,
    articles,
    assignments,
    company,
    definitions,
    entities,
    forms,
    grounds,
    names,
    redirects,
    spellings,
    stale_names,
)
from index.catalog.writing.counters import DELETED_NAMES, reserve
from index.catalog.writing.dictionaries import Dictionaries
from index.catalog.writing.pending import count_pending, mark_pending
from index.catalog.writing.statements import Row, chunks, insert_rows
from index.identity.records import Assignment, Definition, Name, Resolution
from index.identity.stored import Update
from index.model import KIND_OF, Entity
from index.normalize.names import fold_name

__all__ = [
    "mark_all_stale",
    "read_definitions",
    "read_names",
    "read_resolution",
    "store_update",
]


def read_names(connection: Connection) -> Iterator[Name]:
    """Every way in which the articles write a name, with its counts; ordered by kind, key, text and reference."""
    statement = (
        select(
            names.c.kind,
            names.c.key,
            spellings.c.text,
            spellings.c.reference,
            spellings.c.documents,
            spellings.c.mentions,
        )
        .join(names, names.c.id == spellings.c.name)
        .where(spellings.c.uses > 0)
        .order_by(names.c.kind, names.c.key, spellings.c.text, spellings.c.reference)
    )
    for kind, key, text, reference, documents, mentions in connection.execute(statement):
        yield Name(KIND_OF[kind], key, text, reference or None, documents, mentions)


def read_definitions(connection: Connection) -> Iterator[Definition]:
    """Yield the definitions in articles with the number of articles that have them, in order."""
    columns = (definitions.c.kind, definitions.c.short_key, definitions.c.long_key)
    statement = select(*columns, func.count()).group_by(*columns).order_by(*columns)
    for kind, short_key, long_key, documents in connection.execute(statement):
        yield Definition(KIND_OF[kind], short_key, long_key, documents)


def mark_all_stale(connection: Connection) -> None:
    """Have the next resolution count all names and entities again."""
    connection.execute(delete(company))
    connection.execute(delete(stale_names))
    connection.execute(insert(stale_names).from_select(["name"], select(names.c.id)))


def read_resolution(connection: Connection) -> Resolution:
    """Return the stored resolution; the entities without aliases and counts."""
    columns = (entities.c.id, entities.c.kind, entities.c.name, entities.c.reference, entities.c.description)
    found = tuple(
        Entity(row.id, KIND_OF[row.kind], row.name, (), row.reference, row.description)
        for row in connection.execute(select(*columns).order_by(entities.c.id))
    )
    statement = (
        select(names.c.kind, names.c.key, assignments.c.entity, grounds.c.rule, grounds.c.evidence)
        .join(assignments, assignments.c.name == names.c.id)
        .join(grounds, grounds.c.id == assignments.c.ground)
    )
    assigned = {
        (KIND_OF[kind], key): Assignment(entity, rule, evidence)
        for kind, key, entity, rule, evidence in connection.execute(statement)
    }
    return Resolution(found, assigned, {row.old: row.current for row in connection.execute(select(redirects))})


@dataclass(slots=True)
class _Difference:
    """Changes of the new resolution. `affected` are entities whose counts or aliases may have changed."""

    entities_before: dict[str, str] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    affected: set[str] = field(default_factory=set)
    gone_names: list[int] = field(default_factory=list)
    moved_names: list[int] = field(default_factory=list)
    unassigned_names: list[int] = field(default_factory=list)
    assigned: list[tuple[int, str, int]] = field(default_factory=list)
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note_move(self, name: int, old: str | None, new: str | None) -> None:
        """A name means another entity than before, or its entity has another kind."""
        self.moved_names.append(name)
        self.affected.update(entity for entity in (old, new) if entity is not None)
        if old is not None and new is not None and old != new:
            self.moves[old, new] += 1


def store_update(connection: Connection, dictionaries: Dictionaries, update: Update) -> ResolutionChanges:
    """Store what a resolution says; the documents of names that mean another entity become pending."""
    by_id = {entity.id: entity for entity in update.entities}
    difference = _Difference()
    _compare_entities(connection, by_id, difference, None if update.is_complete else {*update.old_entities, *by_id})
    stale = frozenset(connection.scalars(select(stale_names.c.name)))
    numbers = None if update.is_complete else NameNumbers().read(connection, update.names)
    _compare_assignments(connection, dictionaries, update, by_id, difference, stale, numbers)
    documents = _mark_documents(connection, difference.moved_names)
    _write_assignments(connection, difference)
    write_states(connection, dictionaries, update)
    _remove_names(connection, dictionaries, difference.gone_names)
    remove_entity_names(connection, difference.removed)
    forget_suggestions(connection, difference.removed)
    for chunk in chunks(difference.removed):
        connection.execute(delete(entities).where(entities.c.id.in_(chunk)))
    refresh_entities(connection, [by_id[entity_id] for entity_id in sorted(difference.affected & by_id.keys())])
    _write_redirects(connection, update, difference)
    store_suggestions(connection, update.suggestions, about=None if update.is_complete else update.suggested)
    # Only those that were seen: another process may have added names since.
    for some in chunks(sorted(stale)):
        connection.execute(delete(stale_names).where(stale_names.c.name.in_(some)))
    return ResolutionChanges(
        added=tuple(difference.added),
        removed=tuple(difference.removed),
        changed=tuple(difference.changed),
        documents=documents,
    )


def _entity_row(entity: Entity) -> Row:
    return {
        "kind": entity.kind.value,
        "name": entity.name,
        "folded": fold_name(entity.name),
        "reference": entity.reference,
        "description": entity.description,
        "given": json.dumps([alias.text for alias in entity.aliases], ensure_ascii=False, separators=(",", ":")),
    }


def _compare_entities(
    connection: Connection, by_id: Mapping[str, Entity], difference: _Difference, only: Collection[str] | None
) -> None:
    """Compare entities with those that are stored, all of them or only some."""
    columns = ("kind", "name", "folded", "reference", "description", "given")
    changed: list[Row] = []
    statement = select(entities.c.id, *(entities.c[name] for name in columns)).order_by(entities.c.id)
    for row in _rows_of(connection, statement, entities.c.id, only):
        entity_id: str = row[0]
        values: list[str | None] = list(row[1:])
        difference.entities_before[entity_id] = row.kind
        entity = by_id.get(entity_id)
        if entity is None:
            difference.removed.append(entity_id)
            continue
        described = _entity_row(entity)
        if list(described.values()) != values:
            changed.append({"_id": entity_id, **described})
            difference.changed.append(entity_id)
    if changed:
        connection.execute(update_rows(entities).where(entities.c.id == bindparam("_id")), changed)
    difference.added.extend(entity_id for entity_id in by_id if entity_id not in difference.entities_before)
    for chunk in chunks(difference.added, 2000):
        rows = [{"id": key, **_entity_row(by_id[key]), "documents": 0, "mentions": 0} for key in chunk]
        insert_rows(connection, entities, rows)
    difference.affected.update(difference.added, difference.changed)


def _rows_of(
    connection: Connection, statement: Select[Any], column: Column[Any], only: Collection[str] | Collection[int] | None
) -> Iterator[ResultRow[Any]]:
    """Yield the rows of a statement, or only those with some values in a column."""
    if only is None:
        yield from connection.execute(statement).all()
        return
    for some in chunks(sorted(only)):
        yield from connection.execute(statement.where(column.in_(some))).all()


def _compare_assignments(
    connection: Connection,
    dictionaries: Dictionaries,
    update: Update,
    by_id: Mapping[str, Entity],
    difference: _Difference,
    stale: Collection[int],
    only: Collection[int] | None,
) -> None:
    used = select(spellings.c.name).distinct().where(spellings.c.uses > 0)
    in_use = {row.name for row in _rows_of(connection, used, spellings.c.name, only)}
    retyped = {
        entity_id
        for entity_id, kind in difference.entities_before.items()
        if entity_id in by_id and by_id[entity_id].kind.value != kind
    }
    statement = (
        select(names.c.id, names.c.kind, names.c.key, assignments.c.entity, assignments.c.ground)
        .join(assignments, assignments.c.name == names.c.id, isouter=True)
        .order_by(names.c.id)
    )
    for rows in chunks(_rows_of(connection, statement, names.c.id, only), 5000):
        decided = {row.id: update.assignments.get((KIND_OF[row.kind], row.key)) for row in rows if row.id in in_use}
        reasons = [(found.rule, found.evidence) for found in decided.values() if found is not None]
        numbers = dictionaries.grounds.numbers(connection, reasons)
        for row in rows:
            name, kind, key, old, ground = row.id, row.kind, row.key, row.entity, row.ground
            assignment = decided.get(name)
            if name not in in_use:
                difference.gone_names.append(name)
                heir = update.taken_back.get((KIND_OF[kind], key))
                if old is not None and heir is not None:
                    difference.moves[old, heir] += 1
            if assignment is None:
                if old is not None:
                    difference.unassigned_names.append(name)
                    difference.note_move(name, old, None)
                continue
            new = assignment.entity_id
            has_moved = new != old or new in retyped
            if has_moved:
                difference.note_move(name, old, new)
            elif name in stale:
                difference.affected.add(new)
            reason = (assignment.rule, assignment.evidence)
            if has_moved or numbers[reason] != ground:
                difference.assigned.append((name, new, numbers[reason]))


def _mark_documents(connection: Connection, moved: Iterable[int]) -> int:
    """Have the documents with these names in their story written again; returns how many were not to be anyway."""
    before = count_pending(connection)
    for chunk in chunks(moved):
        statement = (
            select(articles.c.id)
            .distinct()
            .join(appearances, appearances.c.article == articles.c.number)
            .where(appearances.c.name.in_(chunk), appearances.c.mentions > 0)
        )
        mark_pending(connection, connection.scalars(statement).all())
    return count_pending(connection) - before


def _write_assignments(connection: Connection, difference: _Difference) -> None:
    replaced = [*difference.unassigned_names, *(name for name, _, _ in difference.assigned)]
    for chunk in chunks(replaced):
        connection.execute(delete(assignments).where(assignments.c.name.in_(chunk)))
    for rows in chunks(difference.assigned, 5000):
        values = [{"name": name, "entity": entity, "ground": ground} for name, entity, ground in rows]
        insert_rows(connection, assignments, values)


def _remove_names(connection: Connection, dictionaries: Dictionaries, gone: Iterable[int]) -> None:
    connection.execute(delete(forms).where(forms.c.uses <= 0))
    connection.execute(delete(spellings).where(spellings.c.uses <= 0))
    reserve(connection, DELETED_NAMES)
    dictionaries.spellings.forget()
    dictionaries.names.forget()
    for chunk in chunks(gone):
        connection.execute(delete(names).where(names.c.id.in_(chunk)))


def _write_redirects(connection: Connection, update: Update, difference: _Difference) -> None:
    """Lead ids that are no more to the entity that took most of their names, and others as the resolution says."""
    heirs: dict[str, str] = {}
    removed = frozenset(difference.removed)
    for (old, new), _ in sorted(difference.moves.items(), key=lambda item: (-item[1], item[0])):
        if old in removed:
            heirs.setdefault(old, new)
    wanted = {*update.redirects, *difference.added, *removed}
    before: dict[str, str] = {
        row.old: row.current
        for column, values in ((redirects.c.old, wanted), (redirects.c.current, removed))
        for row in _rows_of(connection, select(redirects), column, values)
    }
    after = {old: heirs.get(current, current) for old, current in before.items()}
    after.update(heirs)
    after.update(update.redirects)
    concerned = {*after, *after.values()}
    existing = {row.id for row in _rows_of(connection, select(entities.c.id), entities.c.id, concerned)}
    after = {old: current for old, current in after.items() if old not in existing and current in existing}
    for chunk in chunks(old for old, current in before.items() if after.get(old) != current):
        connection.execute(delete(redirects).where(redirects.c.old.in_(chunk)))
    rows = [{"old": old, "current": current} for old, current in after.items() if before.get(old) != current]
    for some in chunks(rows, 5000):
        insert_rows(connection, redirects, some)
