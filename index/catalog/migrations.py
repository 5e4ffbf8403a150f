"""Creating the tables, and bringing the tables of an older program up to those of this one, step by step."""

from sqlalchemy import Connection, inspect, select, text, update

from index.catalog.schema import meta, metadata
from index.catalog.version import SCHEMA_VERSION
from index.errors import CatalogError

__all__ = ["MIGRATIONS", "prepare_tables"]

# MIGRATIONS[n] makes version n + 2 out of version n + 1. A step is never changed once it was released: it is the
# record of what a schema was, so it is SQL and does not use the tables of today.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE sources (
            locator TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified FLOAT NOT NULL,
            reading TEXT NOT NULL,
            articles INTEGER NOT NULL,
            PRIMARY KEY (locator)
        )
         WITHOUT ROWID
        """,
    ),
    (
        # Nothing is lost: files are read once more.
        "DROP TABLE sources",
        """
        CREATE TABLE sources (
            locator TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified FLOAT NOT NULL,
            reading TEXT NOT NULL,
            articles INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            PRIMARY KEY (locator)
        )
         WITHOUT ROWID
        """,
    ),
    (
        """
        CREATE TABLE suggestions (
            number INTEGER NOT NULL,
            kind TEXT NOT NULL,
            entity TEXT NOT NULL,
            into_entity TEXT NOT NULL,
            rule TEXT NOT NULL,
            evidence TEXT NOT NULL,
            score INTEGER NOT NULL,
            PRIMARY KEY (number),
            UNIQUE (entity, into_entity),
            FOREIGN KEY(entity) REFERENCES entities (id),
            FOREIGN KEY(into_entity) REFERENCES entities (id)
        )
        """,
        "CREATE INDEX suggestions_into ON suggestions (into_entity)",
        "ALTER TABLE runs RENAME TO old_runs",
        """
        CREATE TABLE runs (
            id INTEGER NOT NULL,
            started TEXT NOT NULL,
            finished TEXT,
            read INTEGER NOT NULL,
            added INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            unchanged INTEGER NOT NULL,
            removed INTEGER NOT NULL,
            failed INTEGER NOT NULL,
            relinked INTEGER NOT NULL,
            PRIMARY KEY (id)
        )
        """,
        """
        INSERT INTO runs SELECT id, started, finished, "read", added, changed, unchanged, removed, failed, 0
        FROM old_runs
        """,
        "DROP TABLE old_runs",
        # Who is who is decided once more, which fills the new table.
        "DELETE FROM meta WHERE key = 'resolution'",
    ),
)


def prepare_tables(connection: Connection) -> None:
    """Create or migrate the tables, in the transaction of `connection`; nothing happens when they are current.

    Raises `CatalogError` when a newer program made them, or when another program altogether did.
    """
    existing = set(inspect(connection).get_table_names())
    if not existing:
        metadata.create_all(connection)
        connection.execute(meta.insert(), [{"key": "schema_version", "value": str(SCHEMA_VERSION)}])
        return
    version = _version(connection) if meta.name in existing else None
    if version is None:
        raise CatalogError("The file is not a catalog of this program: its version is missing. Choose another folder.")
    if version > SCHEMA_VERSION:
        raise CatalogError(
            f"The catalog has version {version}, newer than version {SCHEMA_VERSION} of this program. "
            "Update the program."
        )
    for step in MIGRATIONS[version - 1 :]:
        for statement in step:
            connection.execute(text(statement))
    if version < SCHEMA_VERSION:
        connection.execute(update(meta).where(meta.c.key == "schema_version").values(value=str(SCHEMA_VERSION)))


def _version(connection: Connection) -> int | None:
    value = connection.scalar(select(meta.c.value).where(meta.c.key == "schema_version"))
    return int(value) if value is not None and value.isdecimal() else None
