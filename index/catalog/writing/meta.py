"""Values of the catalog as a whole, by key: the commit of the engine, and what the program remembers between runs."""

from sqlalchemy import Connection, delete, select

from index.catalog.records import EngineCommit
from index.catalog.schema import meta

__all__ = ["read", "read_engine_commit", "write"]


def read(connection: Connection, key: str) -> str | None:
    """Return the value of a key, None when there is none."""
    return connection.scalar(select(meta.c.value).where(meta.c.key == key))


def read_engine_commit(connection: Connection) -> EngineCommit:
    """Return the commit of the engine that belongs to this state of the catalog."""
    statement = select(meta.c.key, meta.c.value).where(meta.c.key.in_(["engine", "generation"]))
    return EngineCommit(**dict(connection.execute(statement).all()))


def write(connection: Connection, key: str, value: str) -> None:
    """Set the value of a key."""
    connection.execute(delete(meta).where(meta.c.key == key))
    connection.execute(meta.insert(), [{"key": key, "value": value}])
