"""A small archive in a catalog, and its reader: of a file, of a file through SQLAlchemy, and of PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.catalog.reading.reader import SqlReader
from index.catalog.rows import CATALOG_FILE
from index.catalog.sqlite.database import SqliteDatabase
from index.catalog.store import Catalog, open_catalog
from tests.unit.index.catalog.archive import (
    ARCHIVE,
    resolve,
    store_resolution,
)


def open_sql_reader(folder: Path) -> CatalogReader:
    database = SqliteDatabase(folder / CATALOG_FILE, lock_seconds=1)
    return SqlReader(database.read, close=database.close)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture(
    params=["file", "file through SQLAlchemy", pytest.param("PostgreSQL", marks=pytest.mark.server)],
)
def kept(request: pytest.FixtureRequest) -> str:
    """Place of the catalog, and the way it is read."""
    return str(request.param)


@pytest.fixture
def url(kept: str, request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("postgres_url")) if kept == "PostgreSQL" else ""


@pytest.fixture
def filled(folder: Path, url: str) -> Iterator[Catalog]:
    """A catalog of the small archive, resolved."""
    with open_catalog(folder, url=url) as catalog:
        catalog.store(ARCHIVE, extraction="v1", run=1)
        store_resolution(catalog, resolve(catalog.names()), fingerprint="r1")
        yield catalog


@pytest.fixture
def reader(filled: Catalog, folder: Path, kept: str, url: str) -> Iterator[CatalogReader]:
    is_through = kept == "file through SQLAlchemy"
    with closing(open_sql_reader(folder) if is_through else open_reader(folder, url=url)) as reader:
        yield reader
