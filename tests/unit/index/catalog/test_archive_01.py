"""An archive that version 0.1 made of the five seed articles, with six decisions, is kept whole."""

import json
import sqlite3
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.article_ids import article_id
from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.catalog.rows import CATALOG_FILE
from index.catalog.store import Catalog, open_catalog
from index.errors import CatalogError
from index.identity.applied.mention_splits import mention_splits_of
from index.identity.decision_json import action_of, arguments_of, read_decision
from index.identity.records import Split
from index.model import Kind

FIXTURES = Path(__file__).parents[3] / "fixtures"
SPLIT_OLD = "004-b89b2a5f651bcea6-3cf82b1e"
SPLIT_LOCATOR = "news/004_b89b2a5f651bcea6.txt"


@pytest.fixture
def old(tmp_path: Path) -> sqlite3.Connection:
    """The catalog as version 0.1 left it."""
    with tarfile.open(FIXTURES / "archive-0.1.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / CATALOG_FILE).write_bytes((tmp_path / ".dossier" / CATALOG_FILE).read_bytes())
    return sqlite3.connect(tmp_path / "old" / CATALOG_FILE)


@pytest.fixture
def folder(old: sqlite3.Connection, tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / ".dossier"
    old.close()


@pytest.fixture
def migrated(folder: Path) -> Iterator[Catalog]:
    with open_catalog(folder) as catalog:
        yield catalog


@pytest.fixture
def reader(migrated: Catalog, folder: Path) -> Iterator[CatalogReader]:
    reader = open_reader(folder)
    yield reader
    reader.close()


def with_lists(arguments: dict[str, str]) -> dict[str, object]:
    """Return arguments of version 0.1 with their names as lists of kind and key."""
    names = {name: arguments[name].split("|") for name in ("names", "into_names", "other_names") if name in arguments}
    return {**arguments, **{name: [packed.split("/") for packed in texts] for name, texts in names.items()}}


def test_articles_have_the_ids_that_readers_give_them_now(old: sqlite3.Connection, reader: CatalogReader) -> None:
    locators = [locator for (locator,) in old.execute("SELECT locator FROM articles ORDER BY locator")]
    assert list(reader.article_ids()) == sorted(article_id(locator) for locator in locators)
    found = reader.contents([article_id(locator) for locator in locators])
    bodies = [body for (body,) in old.execute("SELECT body FROM articles ORDER BY locator")]
    assert [content.article.body for content in found.values()] == bodies
    (mentions,) = old.execute("SELECT count(*) FROM mentions").fetchone()
    assert sum(len(content.mentions) for content in found.values()) == mentions == 350


def test_old_ids_lead_to_their_articles(old: sqlite3.Connection, reader: CatalogReader) -> None:
    ids = {locator: old_id for old_id, locator in old.execute("SELECT id, locator FROM articles")}
    assert {locator: reader.resolve_article_id(old_id) for locator, old_id in ids.items()} == {
        locator: article_id(locator) for locator in ids
    }
    assert not set(ids.values()) & set(reader.article_ids())


def test_nothing_is_extracted_again(old: sqlite3.Connection, migrated: Catalog) -> None:
    wanted = old.execute(
        "SELECT a.locator, a.content_hash, t.text FROM articles a JOIN texts t ON t.id = a.extraction"
    ).fetchall()
    found = migrated.known.article_states([article_id(locator) for locator, _, _ in wanted])
    assert {(state.locator, state.content_hash, state.extraction) for state in found.values()} == set(wanted)
    assert "news/000_bec802fe98b319b9.txt" in migrated.known.source_states(["news/000_bec802fe98b319b9.txt"])
    assert migrated.read_meta("migrated_from") == "4"


def test_entities_are_those_that_version_0_1_listed(reader: CatalogReader) -> None:
    lines = (FIXTURES / "archive-0.1-people.jsonl").read_text(encoding="utf-8").splitlines()
    expected = [json.loads(line) for line in lines]
    people = reader.list_entities(Kind.PEOPLE, order="name", limit=1000)
    assert len(people) == len(expected) == 12
    assert sorted((entity.id, entity.name, entity.documents, entity.mentions) for entity in people) == sorted(
        (row["id"], row["name"], row["documents"], row["mentions"]) for row in expected
    )
    assert reader.current_id("ssb") == "presidency-of-defense-industries"


def test_decisions_keep_their_numbers_and_know_that_they_were_undone(
    old: sqlite3.Connection, migrated: Catalog, reader: CatalogReader
) -> None:
    rows = reader.decisions()
    assert [(row.id, action_of(row.decision), row.undone_at) for row in rows] == [
        (6, "reject", "2026-11-30T08:28:04+00:00"),
        (5, "retype", "2026-11-30T08:28:00+00:00"),
        (4, "apart", None),
        (3, "split", None),
        (2, "merge", None),
        (1, "rename", None),
    ]
    assert {(row.decided_by, row.undone_by) for row in rows} == {("", None), ("", "")}
    kept = {row.id: arguments_of(row.decision) for row in rows if not isinstance(row.decision, Split)}
    assert kept == {
        number: with_lists(json.loads(arguments))
        for number, action, arguments in old.execute("SELECT id, action, arguments FROM decisions")
        if action not in ("split", "undo")
    }
    assert [made.id for made in migrated.decisions() if made.undone_at is None] == [1, 2, 3, 4]


def test_a_split_of_one_article_names_it_by_its_new_id(migrated: Catalog) -> None:
    (split,) = [made.decision for made in migrated.decisions() if isinstance(made.decision, Split)]
    assert [found.article for found in mention_splits_of([split])] == [article_id(SPLIT_LOCATOR)]
    # Nothing is to be linked again.
    (remembered,) = json.loads(migrated.read_meta("separations") or "")
    assert isinstance(remembered["names"], str)
    assert read_decision("split", remembered) == split


def test_names_in_decisions_are_lists_that_say_the_same(
    old: sqlite3.Connection, migrated: Catalog, folder: Path
) -> None:
    statement = "SELECT arguments FROM decisions WHERE action NOT IN ('undo', 'split') ORDER BY id"
    before = [json.loads(arguments) for (arguments,) in old.execute(statement)]
    with sqlite3.connect(folder / CATALOG_FILE) as connection:
        after = [json.loads(arguments) for (arguments,) in connection.execute(statement)]
    assert after == list(map(with_lists, before))
    assert after != before


def test_the_engine_writes_all_documents_and_deletes_the_old_ids(old: sqlite3.Connection, migrated: Catalog) -> None:
    ids = set(old.execute("SELECT id, locator FROM articles"))
    pending = [document.id for document in migrated.pending(limit=100)]
    assert set(pending) == {old_id for old_id, _ in ids} | {article_id(locator) for _, locator in ids}
    assert len(pending) == 10
    assert (migrated.engine_commit().engine, migrated.engine_commit().generation) == ("whoosh", "")


def test_new_numbers_come_after_the_old_ones(migrated: Catalog, reader: CatalogReader) -> None:
    assert migrated.begin_run() == 3
    (again,) = migrated.add_decisions([migrated.decisions()[0].decision])
    # Numbers 7 and 8 were those of the undoing.
    assert again.id == 9
    assert [run.id for run in reader.runs()] == [3, 2, 1]


def test_the_archive_has_an_id_and_a_counter(migrated: Catalog, folder: Path) -> None:
    state = migrated.reader().state()
    assert (len(state.archive), state.changes) == (16, 1)
    with open_catalog(folder) as again:
        assert again.reader().state() == state


def test_foreign_keys_and_pages_are_whole(migrated: Catalog, folder: Path) -> None:
    connection = sqlite3.connect(folder / CATALOG_FILE)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_rows_that_cannot_be_read_leave_the_archive_as_it_was(folder: Path) -> None:
    connection = sqlite3.connect(folder / CATALOG_FILE)
    with connection:
        connection.execute("UPDATE decisions SET arguments = '[' WHERE id = 2")
    before = list(connection.iterdump())
    with pytest.raises(CatalogError, match=r"Index the articles anew: search-cli index FOLDER -C NEW"):
        open_catalog(folder)
    assert list(connection.iterdump()) == before
    connection.close()
