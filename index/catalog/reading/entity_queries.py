"""Queries for entities by id, name, beginning of a name, and similar name."""

import json
from collections.abc import Mapping, Sequence

from index.catalog.lookups import MAX_EDITS, is_misspelled, part_probes, prefix_end
from index.catalog.reading.connection import IDS, Connection
from index.catalog.reading.records import MAX_TOLD_APART, EntityName
from index.catalog.rows import make_amount, make_decision, make_entity
from index.errors import UsageError
from index.identity.records import NameId
from index.identity.versions import Version, VersionMark, make_version
from index.model import KIND_OF, Alias, Amount, Entity, Kind
from index.normalize.edit_distance import edit_distance
from index.normalize.names import fold_name

__all__ = [
    "amounts",
    "article_ids",
    "complete",
    "count_articles",
    "count_kind",
    "count_story_mentions",
    "current_ids",
    "entities",
    "find",
    "find_many",
    "list_kind",
    "names",
    "similar",
    "versions",
]

_COLUMNS = "e.id, e.kind, e.name, e.reference, e.description, e.documents, e.mentions"
_ORDERS: Mapping[str, str] = {
    "documents": "e.documents DESC, e.id",
    "mentions": "e.mentions DESC, e.id",
    "name": "e.folded, e.id",
}
# With more names than this beginning with the same letters, popular entities are tried one by one instead: of 200,000
# aliases, 10,000 begin with one letter, and sorting their entities takes ten times as long as finding ten of them.
_MOST = 2**62
_MANY_STARTS = 1500


def entities(connection: Connection, ids: Sequence[str]) -> tuple[Entity, ...]:
    """The entities with these ids, in the order of `ids`, each once."""
    wanted = list(dict.fromkeys(ids))
    # Constants of this module, never input.
    statement = f"SELECT {_COLUMNS} FROM entities e WHERE e.id IN {IDS}"
    rows = {row[0]: row for row in connection.execute(statement, (json.dumps(wanted),))}
    return _make_entities(connection, [rows[entity_id] for entity_id in wanted if entity_id in rows])


def names(connection: Connection, ids: Sequence[str]) -> tuple[EntityName, ...]:
    """The names of the entities with these ids, by folded name, then id."""
    statement = f"SELECT e.id, e.kind, e.name, e.folded FROM entities e WHERE e.id IN {IDS} ORDER BY {_ORDERS['name']}"
    rows = connection.execute(statement, (json.dumps(list(ids)),))
    return tuple(EntityName(entity_id, Kind(kind), name, folded) for entity_id, kind, name, folded in rows)


def versions(connection: Connection, ids: Sequence[str]) -> dict[str, Version]:
    """The versions of the entities with these ids."""
    given = json.dumps(list(ids))
    mark = VersionMark(*connection.execute("SELECT coalesce(max(id), 0), count(undone_at) FROM decisions").fetchone())
    assigned = f"FROM assignments s JOIN names n ON n.id = s.name WHERE s.entity IN {IDS}"
    own: dict[str, list[NameId]] = {}
    for entity_id, kind, key in connection.execute(f"SELECT s.entity, n.kind, n.key {assigned}", (given,)):
        own.setdefault(entity_id, []).append((KIND_OF[kind], key))
    about = f"SELECT decision FROM heeded_names WHERE name IN (SELECT n.kind || '/' || n.key {assigned})"
    statement = (
        "SELECT id, action, arguments, decided, decided_by, undone_at, undone_by FROM decisions "
        f"WHERE undone_at IS NULL AND id IN ({about}) ORDER BY id"
    )
    decisions = [make_decision(row).decision for row in connection.execute(statement, (given,))]
    return {
        entity.id: make_version(
            entity.id, kind=entity.kind, name=entity.name, names=own.get(entity.id, ()), decisions=decisions, mark=mark
        )
        for entity in names(connection, ids)
    }


def current_ids(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The ids that entities have now, by the ids asked for and in their order; those of gone entities are left out."""
    statement = (
        f"SELECT 0, old, current FROM redirects WHERE old IN {IDS} "
        f"UNION ALL SELECT 1, id, id FROM entities WHERE id IN {IDS}"
    )
    wanted = json.dumps(list(ids))
    # An entity that there is comes last, so that it wins over a redirect.
    found = {old: current for _, old, current in sorted(connection.execute(statement, (wanted, wanted)).fetchall())}
    return {entity_id: found[entity_id] for entity_id in ids if entity_id in found}


def find(connection: Connection, text: str, *, kind: Kind | None, limit: int) -> tuple[Entity, ...]:
    """Entities with this name, most documents first."""
    is_kind, wanted = _of_kind(kind)
    statement = (
        f"SELECT {_COLUMNS} FROM entities e WHERE e.id IN (SELECT entity FROM aliases WHERE folded = ?) "
        f"{is_kind} ORDER BY {_ORDERS['documents']} LIMIT ?"
    )
    rows = connection.execute(statement, (fold_name(text), *wanted, limit)).fetchall()
    return _make_entities(connection, rows)


def find_many(connection: Connection, texts: Sequence[str], *, limit: int) -> dict[str, tuple[Entity, ...]]:
    """Return `find` of each of many texts that are names, with three statements for all of them."""
    folded = {text: fold_name(text) for text in texts}
    names = json.dumps(sorted({name for name in folded.values() if name}))
    statement = (
        "SELECT DISTINCT a.folded, e.id, e.documents FROM aliases a JOIN entities e ON e.id = a.entity "
        f"WHERE a.folded IN {IDS} ORDER BY {_ORDERS['documents']}"
    )
    ids: dict[str, list[str]] = {}
    for name, entity_id, _ in connection.execute(statement, (names,)):
        ids.setdefault(name, []).append(entity_id)
    chosen = {name: found[:limit] for name, found in ids.items()}
    wanted = sorted({entity_id for found in chosen.values() for entity_id in found})
    by_id = {entity.id: entity for entity in entities(connection, wanted)}
    return {text: tuple(by_id[key] for key in chosen[name]) for text, name in folded.items() if name in chosen}


def complete(connection: Connection, text: str, *, kind: Kind | None, limit: int) -> tuple[Entity, ...]:
    """Entities with a name that has a word beginning with this text, most documents first."""
    folded = fold_name(text)
    if not folded:
        return ()
    condition, bounds = _has_word(connection, folded)
    is_kind, wanted = _of_kind(kind)
    statement = f"SELECT {_COLUMNS} FROM entities e WHERE {condition} {is_kind} ORDER BY {_ORDERS['documents']} LIMIT ?"
    rows = connection.execute(statement, (*bounds, *wanted, limit)).fetchall()
    return _make_entities(connection, rows)


def list_kind(
    connection: Connection, kind: Kind, *, prefix: str, order: str, limit: int, offset: int
) -> tuple[Entity, ...]:
    """Entities of a kind that occur, in one of the orders; raises `UsageError` for another."""
    if order not in _ORDERS:
        raise UsageError(f"Entities cannot be ordered by {order!r}. Choose one of {', '.join(_ORDERS)}.")
    condition, bounds = _occurs(connection, kind, prefix)
    statement = f"SELECT {_COLUMNS} FROM entities e WHERE {condition} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?"
    return _make_entities(connection, connection.execute(statement, (*bounds, limit, offset)).fetchall())


def count_kind(connection: Connection, kind: Kind, *, prefix: str) -> int:
    """Return the number of entities of a kind that occur."""
    condition, bounds = _occurs(connection, kind, prefix)
    (count,) = connection.execute(f"SELECT count(*) FROM entities e WHERE {condition}", bounds).fetchone()
    return int(count)


def similar(connection: Connection, text: str, *, limit: int) -> tuple[Entity, ...]:
    """Entities with a name at most two edits away: fewest edits first, then most documents."""
    folded = fold_name(text)
    statement = f"SELECT DISTINCT folded FROM alias_parts WHERE part IN {IDS}"
    letters = set(folded)
    edits: dict[str, int] = {}
    for (candidate,) in connection.execute(statement, (json.dumps(part_probes(folded)),)):
        # An edit brings or takes one letter at most; this is far quicker to see than the edits themselves.
        if len(letters.difference(candidate)) <= MAX_EDITS:
            distance = edit_distance(folded, candidate, limit=MAX_EDITS)
            if is_misspelled(distance, folded, candidate):
                edits[candidate] = distance
    owners = f"SELECT DISTINCT a.entity, a.folded FROM aliases a WHERE a.folded IN {IDS}"
    nearest: dict[str, int] = {}
    for entity_id, candidate in connection.execute(owners, (json.dumps(list(edits)),)):
        nearest[entity_id] = min(edits[candidate], nearest.get(entity_id, MAX_EDITS))
    found = entities(connection, list(nearest))
    return tuple(sorted(found, key=lambda entity: (nearest[entity.id], -entity.documents, entity.id))[:limit])


def article_ids(connection: Connection, entity_id: str, *, limit: int | None, offset: int) -> tuple[str, ...]:
    """Articles whose story mentions an entity, most mentions first, then by id."""
    statement = (
        "WITH counted AS (SELECT p.article AS article, sum(p.mentions) AS mentions "
        "FROM assignments s JOIN appearances p ON p.name = s.name WHERE s.entity = ? GROUP BY p.article "
        "HAVING sum(p.mentions) > 0) "
        "SELECT r.id FROM counted c JOIN articles r ON r.number = c.article "
        # Only those that can be on the page are looked up: a third of the time for an entity in a quarter of all.
        "WHERE c.mentions >= coalesce((SELECT mentions FROM counted ORDER BY mentions DESC LIMIT 1 OFFSET ?), 0) "
        "ORDER BY c.mentions DESC, r.id LIMIT ? OFFSET ?"
    )
    most = _MOST if limit is None else limit
    # The offset of the last of the page; beyond all of them there is none.
    last = min(_MOST, max(0, offset + most - 1))
    rows = connection.execute(statement, (entity_id, last, most, offset))
    return tuple(article_id for (article_id,) in rows)


def count_articles(connection: Connection, entity_id: str) -> int:
    """The number of articles whose story mentions an entity."""
    statement = (
        "SELECT count(DISTINCT p.article) FROM assignments s JOIN appearances p ON p.name = s.name "
        "WHERE s.entity = ? AND p.mentions > 0"
    )
    return int(connection.execute(statement, (entity_id,)).fetchone()[0])


def count_story_mentions(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Count the mentions of entities in stories, captions left out for rare entities."""
    statement = (
        f"SELECT e.id, CASE WHEN e.mentions > {MAX_TOLD_APART} THEN e.mentions ELSE (SELECT count(*) "
        "FROM assignments s JOIN mentions m ON m.name = s.name "
        f"WHERE s.entity = e.id AND m.in_story AND NOT m.in_furniture) END FROM entities e WHERE e.id IN {IDS}"
    )
    return dict(connection.execute(statement, (json.dumps(list(ids)),)))


def amounts(connection: Connection, entity_id: str, *, limit: int) -> tuple[tuple[Amount, int], ...]:
    """Amounts in the stories that mention an entity, each with the number of its articles."""
    statement = (
        "SELECT x.currency, x.value, x.upper, x.approximate, count(DISTINCT x.article) AS documents "
        "FROM (SELECT DISTINCT p.article FROM assignments s JOIN appearances p ON p.name = s.name "
        # CROSS JOIN keeps this order: SQLite would read all mentions of each article to find the few that are amounts.
        "WHERE s.entity = ? AND p.mentions > 0) a CROSS JOIN amounts x CROSS JOIN mentions m "
        "WHERE x.article = a.article AND m.article = x.article AND m.start = x.start AND m.in_story "
        # The value first: it tells most amounts apart, and currencies none. An eighth less time.
        "GROUP BY x.value, x.currency, x.upper, x.approximate "
        "ORDER BY documents DESC, CAST(x.value AS DOUBLE PRECISION) DESC NULLS LAST, x.currency NULLS FIRST, "
        "x.value NULLS FIRST, x.upper NULLS FIRST, x.approximate LIMIT ?"
    )
    return tuple((make_amount(row[:4]), row[4]) for row in connection.execute(statement, (entity_id, limit)))


def _has_word(connection: Connection, folded: str) -> tuple[str, tuple[str, ...]]:
    """Return the condition, with its parameters, that a name of entity `e` has a word beginning with this text."""
    bounds: tuple[str, ...] = (folded, prefix_end(folded)) * 2
    names = (
        "SELECT folded FROM aliases WHERE folded >= ? AND folded < ? "
        "UNION ALL SELECT folded FROM alias_starts WHERE start >= ? AND start < ?"
    )
    count = f"SELECT count(*) FROM (SELECT 1 FROM ({names}) AS named LIMIT ?) AS some_names"
    (found,) = connection.execute(count, (*bounds, _MANY_STARTS)).fetchone()
    if found < _MANY_STARTS:
        condition = f"e.id IN (SELECT entity FROM aliases WHERE folded IN ({names}))"
    else:
        condition = (
            "EXISTS (SELECT 1 FROM aliases a WHERE a.entity = e.id "
            "AND ((a.folded >= ? AND a.folded < ?) OR instr(a.folded, ?) > 0))"
        )
        bounds = (*bounds[:2], f" {folded}")
    return condition, bounds


def _of_kind(kind: Kind | None) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if kind is None else ("AND e.kind = ?", (kind.value,))


def _occurs(connection: Connection, kind: Kind, prefix: str) -> tuple[str, tuple[str, ...]]:
    folded = fold_name(prefix)
    if not folded:
        return "e.kind = ? AND e.documents > 0", (kind.value,)
    condition, bounds = _has_word(connection, folded)
    return f"e.kind = ? AND e.documents > 0 AND {condition}", (kind.value, *bounds)


def _make_entities(connection: Connection, rows: Sequence[Sequence[object]]) -> tuple[Entity, ...]:
    statement = f"SELECT entity, text, mentions FROM aliases WHERE entity IN {IDS} ORDER BY entity, mentions DESC, text"
    aliases: dict[str, list[Alias]] = {}
    for entity_id, text, count in connection.execute(statement, (json.dumps([row[0] for row in rows]),)):
        aliases.setdefault(entity_id, []).append(Alias(text, count))
    return tuple(make_entity(row, aliases.get(str(row[0]), ())) for row in rows)
