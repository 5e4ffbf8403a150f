"""Opening the catalog for reading, without importing SQLAlchemy."""

from pathlib import Path

from index.catalog.reader import CatalogReader
from index.catalog.sqlite.connections import ConnectionPool
from index.catalog.sqlite.reader import SqliteReader
from index.catalog.version import SCHEMA_VERSION
from index.errors import CatalogError

__all__ = ["open_reader"]


def open_reader(folder: Path) -> CatalogReader:
    """Open the catalog of an index folder for reading.

    Raises `IndexMissingError` when there is none, `CatalogError` when it is damaged or of another version.
    """
    pool = ConnectionPool(folder)
    try:
        version = pool.schema_version()
        if version is None:
            raise CatalogError(f"{folder}: the index was never finished - run: search-cli index FOLDER")
        if version > SCHEMA_VERSION:
            raise CatalogError(f"{folder}: the index was made by a newer program. Update this one.")
        if version < SCHEMA_VERSION:
            raise CatalogError(f"{folder}: the index was made by an older program - run: search-cli index FOLDER")
    except BaseException:
        pool.close()
        raise
    return SqliteReader(pool)
