"""The counts and written forms of entities, and the keys by which those are looked up."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import BindParameter, Connection, bindparam, case, delete, func, select, update

from index.catalog.lookups import name_parts, name_starts
from index.catalog.schema import (
    alias_parts,
    alias_starts,
    aliases,
    appearances,
    assignments,
    entities,
    forms,
    texts,
)
from index.catalog.writing.statements import Row, chunks, execute_many, insert_missing, insert_rows
from index.model import Entity
from index.normalize.names import fold_name

__all__ = ["refresh_entities", "remove_entity_names"]

_Alias = tuple[str, str]


def refresh_entities(connection: Connection, changed: Sequence[Entity]) -> None:
    """Count the documents and mentions of entities again, and list their written forms again."""
    for chunk in chunks(changed):
        ids = [entity.id for entity in chunk]
        _count(connection, ids)
        before = _stored_aliases(connection, ids)
        after = _collect_aliases(connection, chunk)
        surplus = [key for key in before if before[key] != after.get(key)]
        _delete_aliases(connection, surplus)
        added = [
            {"entity": entity, "text": text, "folded": folded, "mentions": count}
            for (entity, text), (folded, count) in after.items()
            if before.get((entity, text)) != (folded, count)
        ]
        insert_rows(connection, aliases, added)
        known = {folded for folded, _ in before.values()}
        current = {folded for folded, _ in after.values()}
        _add_keys(connection, current - known)
        _remove_keys(connection, known - current)


def remove_entity_names(connection: Connection, ids: Iterable[str]) -> None:
    """Forget the written forms of entities that are no more."""
    for chunk in chunks(ids):
        before = _stored_aliases(connection, chunk)
        connection.execute(delete(aliases).where(aliases.c.entity.in_(chunk)))
        _remove_keys(connection, {folded for folded, _ in before.values()})


def _count(connection: Connection, ids: Collection[str]) -> None:
    # NULLs are not counted: an article whose menu alone names the entity.
    in_story = case((appearances.c.mentions > 0, appearances.c.article))
    statement = (
        select(assignments.c.entity, func.count(in_story.distinct()), func.sum(appearances.c.mentions))
        .join(appearances, appearances.c.name == assignments.c.name)
        .where(assignments.c.entity.in_(ids))
        .group_by(assignments.c.entity)
    )
    counts = {entity: (documents, int(mentions)) for entity, documents, mentions in connection.execute(statement)}
    rows = []
    for entity in ids:
        documents, mentions = counts.get(entity, (0, 0))
        rows.append({"_id": entity, "documents": documents, "mentions": mentions})
    values: dict[str, BindParameter[int]] = {name: bindparam(name) for name in ("documents", "mentions")}
    execute_many(connection, update(entities).where(entities.c.id == bindparam("_id")).values(values), rows)


def _stored_aliases(connection: Connection, ids: Collection[str]) -> dict[_Alias, tuple[str, int]]:
    statement = select(aliases).where(aliases.c.entity.in_(ids))
    return {(entity, text): (folded, count) for entity, text, folded, count in connection.execute(statement)}


def _collect_aliases(connection: Connection, chunk: Sequence[Entity]) -> Mapping[_Alias, tuple[str, int]]:
    statement = (
        select(assignments.c.entity, texts.c.text, forms.c.mentions)
        .join(forms, forms.c.name == assignments.c.name)
        .join(texts, texts.c.id == forms.c.text)
        .where(assignments.c.entity.in_([entity.id for entity in chunk]), forms.c.uses > 0)
    )
    counts: dict[_Alias, int] = {}
    for entity_id, text, mentions in connection.execute(statement):
        # A name that the source broke over two lines is the same form.
        key = (entity_id, " ".join(text.split()))
        counts[key] = counts.get(key, 0) + mentions
    for entity in chunk:
        for text in (entity.name, *(alias.text for alias in entity.aliases)):
            counts.setdefault((entity.id, text), 0)
    return {key: (fold_name(key[1]), count) for key, count in counts.items()}


def _delete_aliases(connection: Connection, keys: Sequence[_Alias]) -> None:
    statement = delete(aliases).where(aliases.c.entity == bindparam("_entity"), aliases.c.text == bindparam("_text"))
    execute_many(connection, statement, [{"_entity": entity, "_text": text} for entity, text in keys])


def _add_keys(connection: Connection, folded_names: Collection[str]) -> None:
    ordered = sorted(folded_names)
    starts: list[Row] = [{"start": start, "folded": folded} for folded in ordered for start in name_starts(folded)]
    parts: list[Row] = [{"part": part, "folded": folded} for folded in ordered for part in name_parts(folded)]
    insert_missing(connection, alias_starts, starts)
    insert_missing(connection, alias_parts, parts)


def _remove_keys(connection: Connection, folded_names: Collection[str]) -> None:
    """Forget the keys of those folded names that no alias has any more."""
    for chunk in chunks(sorted(folded_names)):
        kept = set(connection.scalars(select(aliases.c.folded).distinct().where(aliases.c.folded.in_(chunk))))
        unused = [folded for folded in chunk if folded not in kept]
        starts = [{"_key": start, "_folded": folded} for folded in unused for start in name_starts(folded)]
        parts = [{"_key": part, "_folded": folded} for folded in unused for part in name_parts(folded)]
        by_start = delete(alias_starts).where(alias_starts.c.start == bindparam("_key"))
        execute_many(connection, by_start.where(alias_starts.c.folded == bindparam("_folded")), starts)
        by_part = delete(alias_parts).where(alias_parts.c.part == bindparam("_key"))
        execute_many(connection, by_part.where(alias_parts.c.folded == bindparam("_folded")), parts)
