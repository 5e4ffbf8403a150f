"""Everything a catalog says, without the numbers by which it keeps it."""

from pathlib import Path

from sqlalchemy import Connection, inspect

from index.catalog.postgres.database import PostgresDatabase
from index.catalog.rows import CATALOG_FILE
from index.catalog.sqlite.database import SqliteDatabase

# What depends on when and in how many runs things were done.
_LEFT_OUT = {
    "runs",
    "sources",
    "stale_names",
    "pending",
    "meta",
    "counters",
    "staged",
    "work",
    "article_redirects",
    "arrivals",
    "sqlite_stat1",
    "sqlite_stat4",
}

_QUERIES = {
    "articles": "SELECT a.*, t.text FROM articles a JOIN texts t ON t.id = a.extraction",
    "encodings": "SELECT a.id, e.encoding, e.is_guessed FROM encodings e JOIN articles a ON a.number = e.article",
    "mentions": (
        'SELECT a.id, m.start, m."end", t.text, o.kind, o.component, o.evidence, o.reference, m.in_furniture, '
        "m.in_story, n.kind, n.key, g.rule, g.evidence FROM mentions m JOIN articles a ON a.number = m.article "
        "JOIN texts t ON t.id = m.text JOIN origins o ON o.id = m.origin LEFT JOIN names n ON n.id = m.name "
        "LEFT JOIN grounds g ON g.id = m.ground"
    ),
    "amounts": "SELECT a.id, x.* FROM amounts x JOIN articles a ON a.number = x.article",
    "intervals": "SELECT a.id, x.* FROM intervals x JOIN articles a ON a.number = x.article",
    "names": "SELECT kind, key FROM names",
    "spellings": (
        "SELECT n.kind, n.key, s.text, s.reference, s.uses, s.documents, s.mentions FROM spellings s "
        "JOIN names n ON n.id = s.name"
    ),
    "forms": (
        "SELECT n.kind, n.key, t.text, f.uses, f.mentions FROM forms f JOIN names n ON n.id = f.name "
        "JOIN texts t ON t.id = f.text"
    ),
    "appearances": (
        "SELECT a.id, n.kind, n.key, s.text, p.mentions FROM appearances p JOIN articles a ON a.number = p.article "
        "JOIN names n ON n.id = p.name JOIN spellings s ON s.id = p.spelling"
    ),
    "definitions": (
        "SELECT a.id, x.kind, x.short_key, x.long_key FROM definitions x JOIN articles a ON a.number = x.article"
    ),
    "entities": "SELECT * FROM entities",
    "assignments": (
        "SELECT n.kind, n.key, x.entity, g.rule, g.evidence FROM assignments x JOIN names n ON n.id = x.name "
        "JOIN grounds g ON g.id = x.ground"
    ),
    "aliases": "SELECT * FROM aliases",
    "alias_starts": "SELECT * FROM alias_starts",
    "alias_parts": "SELECT * FROM alias_parts",
    "redirects": "SELECT * FROM redirects WHERE current NOT IN (SELECT id FROM entities)",
    "suggestions": "SELECT kind, entity, into_entity, rule, evidence, score FROM suggestions",
    "decisions": "SELECT id, action, arguments, decided_by, undone_at IS NULL FROM decisions",
    "vectors": (
        "SELECT a.id, t.text, v.vector FROM vectors v JOIN articles a ON a.number = v.article "
        "JOIN texts t ON t.id = v.stage"
    ),
    "failures": "SELECT locator, file, reason, message, hint FROM failures",
}

# What resolution leaves for itself: `tests/property/test_incremental.py` looks at it.
_LEFT_OUT |= {"name_states", "name_keys", "watches", "heads", "pairs", "company", "heeded_names"}

# Texts are never forgotten; only those in use mean something, and the tables that use them show them.
_DICTIONARIES = {"texts", "origins", "grounds"}


def contents(folder: Path, *, url: str = "") -> dict[str, list[tuple[object, ...]]]:
    """Every table by its name, as sorted rows, of the catalog of an index folder or of the one at `url`."""
    database = PostgresDatabase(url) if url else SqliteDatabase(folder / CATALOG_FILE, lock_seconds=1)
    try:
        with database.read() as connection:
            tables = set(inspect(connection).get_table_names())
            assert tables - _LEFT_OUT - _DICTIONARIES == set(_QUERIES), "a table is not looked at"
            return {name: _rows(connection, query) for name, query in _QUERIES.items()}
    finally:
        database.close()


# Surrogate numbers of an article say only in which order it came.
_NUMBERS = {"number", "article", "extraction"}


def _rows(connection: Connection, query: str) -> list[tuple[object, ...]]:
    found = connection.exec_driver_sql(query)
    kept = [index for index, name in enumerate(found.keys()) if name not in _NUMBERS]
    return sorted((tuple(map(_plain, (row[index] for index in kept))) for row in found), key=repr)


def _plain(value: object) -> object:
    """Truth values are numbers in SQLite."""
    return int(value) if isinstance(value, bool) else value
