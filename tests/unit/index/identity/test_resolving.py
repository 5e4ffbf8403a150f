"""Resolving an archive in an open transaction."""

import gc
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from index.catalog.store import Catalog, open_catalog
from index.errors import CatalogError
from index.identity.incremental.view import Knowledge
from index.identity.records import Name
from index.identity.resolving import resolve


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with open_catalog(tmp_path) as catalog:
        yield catalog


@pytest.mark.parametrize("is_complete", [True, False])
def test_the_garbage_collector_runs_again_after_a_resolution(catalog: Catalog, is_complete: bool) -> None:
    with catalog.transaction():
        resolve(catalog, Knowledge.of_packs(()), is_complete=is_complete)
    assert gc.isenabled()


def test_the_garbage_collector_runs_again_after_a_resolution_that_failed(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Iterable[Name]:
        assert not gc.isenabled()
        raise CatalogError("The disk is full.")

    monkeypatch.setattr(catalog, "names", fail)
    with pytest.raises(CatalogError), catalog.transaction():
        resolve(catalog, Knowledge.of_packs(()))
    assert gc.isenabled()
