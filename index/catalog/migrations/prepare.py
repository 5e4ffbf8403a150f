"""Create the tables, or bring those of an older program up to those of this one."""

from functools import lru_cache

from sqlalchemy import Connection, create_mock_engine, inspect, select, text, update
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.schema import ExecutableDDLElement

from index.catalog.migrations.rewriting import give_archive_id
from index.catalog.migrations.steps import MIGRATIONS
from index.catalog.schema import meta, metadata
from index.catalog.version import SCHEMA_VERSION
from index.errors import CatalogError

__all__ = ["is_current", "prepare_tables"]


def is_current(connection: Connection) -> bool:
    """Return True when the tables are there and of this version."""
    return inspect(connection).has_table(meta.name) and _version(connection) == SCHEMA_VERSION


def prepare_tables(connection: Connection) -> bool:
    """Create or migrate the tables, in the transaction of `connection`; return False when they are current.

    Raises `CatalogError` when a newer program made them, or when another program altogether did, and when rows
    of an older version cannot be read.
    """
    existing = set(inspect(connection).get_table_names())
    if not existing:
        for statement in _creation(connection.dialect):
            connection.exec_driver_sql(statement)
        connection.execute(meta.insert(), [{"key": "schema_version", "value": str(SCHEMA_VERSION)}])
        give_archive_id(connection)
        return True
    version = _version(connection) if meta.name in existing else None
    if version is None:
        raise CatalogError("The file is not a catalog of this program: its version is missing. Choose another folder.")
    if version > SCHEMA_VERSION:
        raise CatalogError(
            f"The catalog has version {version}, newer than version {SCHEMA_VERSION} of this program. "
            "Update the program."
        )
    try:
        _migrate(connection, version)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise CatalogError(
            f"The catalog has rows that cannot be read ({error}), so it was left as it was. "
            "Index the articles anew: search-cli index FOLDER -C NEW"
        ) from error
    if version == SCHEMA_VERSION:
        return False
    connection.execute(update(meta).where(meta.c.key == "schema_version").values(value=str(SCHEMA_VERSION)))
    return True


@lru_cache(maxsize=2)
def _creation(dialect: Dialect) -> tuple[str, ...]:
    """Return the statements that create the tables; to put them together takes longer than to execute them."""
    statements: list[str] = []

    def note(element: ExecutableDDLElement, *_parameters: object, **_options: object) -> None:
        statements.append(str(element.compile(dialect=dialect)))

    metadata.create_all(create_mock_engine(f"{dialect.name}://", note), checkfirst=False)
    return tuple(statements)


def _migrate(connection: Connection, version: int) -> None:
    for step in MIGRATIONS[version - 1 :]:
        for part in step:
            if isinstance(part, str):
                connection.execute(text(part))
            else:
                part(connection)


def _version(connection: Connection) -> int | None:
    value = connection.scalar(select(meta.c.value).where(meta.c.key == "schema_version"))
    return int(value) if value is not None and value.isdecimal() else None
