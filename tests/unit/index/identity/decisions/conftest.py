from collections.abc import Iterator
from pathlib import Path

import pytest

from index.catalog.store import Catalog, open_catalog
from tests.unit.index.identity.decisions.people import NAMED, store


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """A catalog of the people, resolved."""
    with open_catalog(tmp_path) as catalog:
        store(catalog, NAMED)
        yield catalog
