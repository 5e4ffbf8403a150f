import sqlite3
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.catalog.rows import CATALOG_FILE
from index.catalog.store import Catalog, open_catalog
from index.errors import CatalogError, IndexMissingError


def test_a_folder_without_an_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match=r"no index in .* - run: search-cli index FOLDER"):
        open_reader(tmp_path)


def test_a_damaged_catalog_says_what_to_do(folder: Path, filled: Catalog) -> None:
    filled.close()
    (folder / CATALOG_FILE).write_bytes(b"no database at all" * 400)
    with pytest.raises(CatalogError, match=r"is damaged .* search-cli index FOLDER"):
        open_reader(folder)
    with pytest.raises(CatalogError, match=r"is damaged .* Index the articles anew"):
        open_catalog(folder)


def test_an_empty_file_was_never_finished(folder: Path) -> None:
    folder.mkdir()
    (folder / CATALOG_FILE).touch()
    with pytest.raises(CatalogError, match="never finished"):
        open_reader(folder)


@pytest.mark.parametrize(("version", "message"), [(99, "newer program"), (0, "older program")])
def test_a_catalog_of_another_version_is_refused(folder: Path, filled: Catalog, version: int, message: str) -> None:
    filled.write_meta("schema_version", str(version))
    with pytest.raises(CatalogError, match=message):
        open_reader(folder)


def test_a_reader_cannot_write(folder: Path, filled: Catalog) -> None:
    reader = open_reader(folder)
    with reader._connections.snapshot() as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM articles")
    reader.close()


def test_read_only_media_are_read(folder: Path, filled: Catalog) -> None:
    filled.close()
    folder.chmod(0o500)
    reader = open_reader(folder)
    assert list(reader.article_ids()) == ["ankara", "moscow", "quiet"]
    reader.close()
    folder.chmod(0o700)
