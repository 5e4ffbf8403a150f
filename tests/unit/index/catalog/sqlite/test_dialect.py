from pathlib import Path

from index.catalog.sqlite.dialect import COMPILED
from index.catalog.store import open_catalog
from tests.unit.index.catalog.archive import ARCHIVE


def fill(folder: Path) -> None:
    with open_catalog(folder) as catalog:
        catalog.store(ARCHIVE, extraction="v1", run=1)
        catalog.remove(["a"])


def test_what_was_compiled_for_one_file_serves_the_next(tmp_path: Path) -> None:
    fill(tmp_path / "first")
    compiled = dict(COMPILED)
    fill(tmp_path / "second")
    assert compiled
    assert set(COMPILED) == set(compiled)
