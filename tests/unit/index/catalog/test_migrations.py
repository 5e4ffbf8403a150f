"""Catalogs of older programs are brought up to date; those of newer ones are left alone.

`version_1.sql` and `version_3.sql` are what programs of these versions wrote for the archive of `archive.py`.
"""

import sqlite3
from pathlib import Path

import pytest
from msgspec import structs

from index.article_ids import article_id
from index.catalog.migrations.steps import MIGRATIONS
from index.catalog.open import open_reader
from index.catalog.rows import CATALOG_FILE
from index.catalog.store import Catalog, open_catalog
from index.catalog.version import SCHEMA_VERSION
from index.errors import CatalogError
from tests.unit.index.catalog.archive import ANKARA, ARCHIVE, MOSCOW, QUIET


def tables(folder: Path) -> dict[str, str]:
    """The definition of every table and index, without what blanks and quotes may differ in."""
    connection = sqlite3.connect(folder / CATALOG_FILE)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {name: "".join(sql.split()).replace('"', "") for name, sql in rows if not name.startswith("sqlite_")}


@pytest.fixture(params=["version_1.sql", "version_3.sql"])
def old_folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path / "old"
    folder.mkdir()
    connection = sqlite3.connect(folder / CATALOG_FILE)
    connection.executescript(Path(__file__).with_name(request.param).read_text(encoding="utf-8"))
    connection.close()
    return folder


def test_there_is_a_step_for_every_version() -> None:
    assert len(MIGRATIONS) == SCHEMA_VERSION - 1


def test_an_old_catalog_gets_the_tables_of_a_new_one(old_folder: Path, folder: Path, catalog: Catalog) -> None:
    open_catalog(old_folder).close()
    assert tables(old_folder) == tables(folder)


def test_an_old_catalog_keeps_what_it_holds(old_folder: Path) -> None:
    open_catalog(old_folder).close()
    reader = open_reader(old_folder)
    kept = [structs.replace(article, id=article_id(article.locator)) for article in (ANKARA, MOSCOW, QUIET)]
    assert list(reader.articles([article.id for article in kept]).values()) == kept
    assert dict(reader.mentions([kept[0].id])) == {kept[0].id: ARCHIVE[0].mentions}
    assert reader.entity("ismail-demir").documents == 2
    reader.close()


def test_articles_of_an_old_catalog_arrived_in_the_order_of_their_numbers(old_folder: Path) -> None:
    with open_catalog(old_folder) as catalog:
        found = catalog.reader().arrived_after(0, limit=10)
        kept = [article_id(article.locator) for article in (ANKARA, MOSCOW, QUIET)]
        assert [arrival.id for arrival in found] == kept
        assert {arrival.added[:2] for arrival in found} <= {"19", "20"}
        catalog.store([ARCHIVE[0]], extraction="v1", run=9)
        assert catalog.reader().last_changed(limit=1)[0].change == found[-1].change + 1


def test_identity_is_decided_again_over_an_old_catalog(old_folder: Path) -> None:
    with open_catalog(old_folder) as catalog:
        assert catalog.read_meta("resolution") is None


@pytest.mark.parametrize("old_folder", ["version_3.sql"], indirect=True)
def test_an_old_catalog_keeps_its_runs(old_folder: Path) -> None:
    open_catalog(old_folder).close()
    reader = open_reader(old_folder)
    assert [(run.id, run.read, run.added, run.failed, run.relinked) for run in reader.runs()] == [(1, 3, 3, 0, 0)]
    reader.close()


def test_an_old_catalog_is_not_read_before_it_is_brought_up_to_date(old_folder: Path) -> None:
    with pytest.raises(CatalogError, match="older program - run: search-cli index FOLDER"):
        open_reader(old_folder)


def test_a_newer_catalog_is_left_alone(folder: Path, catalog: Catalog) -> None:
    catalog.write_meta("schema_version", "99")
    before = tables(folder)
    with pytest.raises(CatalogError, match=f"version 99, newer than version {SCHEMA_VERSION}"):
        open_catalog(folder)
    assert tables(folder) == before


def test_a_database_of_another_program_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    connection = sqlite3.connect(folder / CATALOG_FILE)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(CatalogError, match="not a catalog of this program"):
        open_catalog(folder)
    assert set(tables(folder)) == {"recipes"}


def test_opening_again_changes_nothing(folder: Path, filled: Catalog) -> None:
    before = tables(folder)
    open_catalog(folder).close()
    assert tables(folder) == before
