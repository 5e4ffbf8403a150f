from collections.abc import Iterator
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.catalog.store import Catalog, open_catalog
from tests.unit.index.catalog.archive import ARCHIVE, resolve, store_resolution


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def catalog(folder: Path) -> Iterator[Catalog]:
    """An empty catalog."""
    with open_catalog(folder) as catalog:
        yield catalog


@pytest.fixture
def filled(catalog: Catalog) -> Catalog:
    """A catalog of the small archive, resolved."""
    catalog.store(ARCHIVE, extraction="v1", run=1)
    store_resolution(catalog, resolve(catalog.names()), fingerprint="r1")
    return catalog


@pytest.fixture
def reader(filled: Catalog, folder: Path) -> Iterator[CatalogReader]:
    reader = open_reader(folder)
    yield reader
    reader.close()
