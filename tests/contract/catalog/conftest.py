"""A small archive in a catalog, and its reader: of a file, and of PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.catalog.store import Catalog, open_catalog
from tests.unit.index.catalog.archive import (
    ARCHIVE,
    resolve,
    store_resolution,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture(params=["file", pytest.param("PostgreSQL", marks=pytest.mark.server)])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("postgres_url")) if request.param == "PostgreSQL" else ""


@pytest.fixture
def filled(folder: Path, url: str) -> Iterator[Catalog]:
    """A catalog of the small archive, resolved."""
    with open_catalog(folder, url=url) as catalog:
        catalog.store(ARCHIVE, extraction="v1", run=1)
        store_resolution(catalog, resolve(catalog.names()), fingerprint="r1")
        yield catalog


@pytest.fixture
def reader(filled: Catalog, folder: Path, url: str) -> Iterator[CatalogReader]:
    with closing(open_reader(folder, url=url)) as reader:
        yield reader
