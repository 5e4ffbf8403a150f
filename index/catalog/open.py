"""Opening the catalog for reading; one in a file without importing SQLAlchemy."""

from pathlib import Path

from index.catalog.reader import CatalogReader
from index.catalog.sqlite.connections import ConnectionPool
from index.catalog.version import SCHEMA_VERSION
from index.errors import CatalogError

__all__ = ["open_reader"]


def open_reader(folder: Path, *, url: str = "") -> CatalogReader:
    """Open the catalog of an index folder for reading, or with a `url` the one in that database.

    Raises `IndexMissingError` when there is none, `CatalogError` when it is damaged or of another version.
    """
    if url:
        return _server_reader(url)
    pool = ConnectionPool(folder)
    try:
        _check(pool.schema_version(), where=str(folder))
    except BaseException:
        pool.close()
        raise
    return CatalogReader(pool)


def _server_reader(url: str) -> CatalogReader:
    # Readers of a file do not pay for SQLAlchemy.
    from index.catalog.postgres.database import PostgresDatabase

    database = PostgresDatabase(url)
    try:
        _check(database.schema_version(), where=database.where)
    except BaseException:
        database.close()
        raise
    return database.open_reader()


def _check(version: int | None, *, where: str) -> None:
    if version is None:
        raise CatalogError(f"{where}: the index was never finished - run: search-cli index FOLDER")
    if version > SCHEMA_VERSION:
        raise CatalogError(f"{where}: the index was made by a newer program. Update this one.")
    if version < SCHEMA_VERSION:
        raise CatalogError(f"{where}: the index was made by an older program - run: search-cli index FOLDER")
