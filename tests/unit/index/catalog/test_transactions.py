"""Transactions: joined, rolled back as a whole, counted when they change anything, and locked against other writers."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.catalog.records import ExtractedArticle, RunCounts, SourceState
from index.catalog.rows import CATALOG_FILE
from index.catalog.store import Catalog, open_catalog
from index.errors import CatalogError, DecisionError, IndexLockedError
from index.identity.records import Name, Reject
from index.model import Failure, Kind
from tests.unit.index.catalog.archive import ARCHIVE, extracted, make_article, resolve, rolled_back, store_resolution
from tests.unit.index.catalog.contents import contents

NEW = extracted(make_article("new", "Nothing new."))
FAILURE = ("b.pdf", Failure("b.pdf", "damaged", "no pages"))
REJECT = Reject("ankara")


def changes(catalog: Catalog) -> int:
    return catalog.reader().state().changes


def test_a_transaction_is_committed_as_a_whole(filled: Catalog, reader: CatalogReader) -> None:
    with filled.transaction():
        filled.store([NEW], extraction="v1", run=1)
        filled.write_engine_commit("whoosh", "g2")
        assert "new" not in reader.articles(["new"])
        assert reader.state().generation == ""
    assert "new" in reader.articles(["new"])
    assert reader.state().generation == "g2"


def test_an_exception_rolls_everything_back(filled: Catalog, folder: Path) -> None:
    before = contents(folder)
    state = filled.reader().state()
    with rolled_back(filled):
        filled.store([NEW], extraction="v1", run=1)
        filled.add_decisions([REJECT])
    assert contents(folder) == before
    assert filled.reader().state() == state


def test_a_transaction_inside_of_another_is_part_of_it(filled: Catalog, folder: Path) -> None:
    before = contents(folder)
    with rolled_back(filled), filled.transaction():
        filled.store([NEW], extraction="v1", run=1)
    assert contents(folder) == before


def test_a_failed_part_spoils_the_whole_also_when_it_is_caught(filled: Catalog, folder: Path) -> None:
    before = contents(folder)

    def go_on_after_a_failure() -> None:
        with filled.transaction():
            filled.store([NEW], extraction="v1", run=1)
            filled.add_decisions([REJECT])
            with pytest.raises(DecisionError, match="no decision 77"):
                filled.undo_decision(77)

    with pytest.raises(CatalogError, match="a part of the transaction failed"):
        go_on_after_a_failure()
    assert contents(folder) == before


def in_city(name: str) -> ExtractedArticle:
    return extracted(make_article(name, f"{name} is a city."), (name, Kind.PLACES, name.lower()))


def test_texts_that_were_rolled_back_are_not_remembered(filled: Catalog, folder: Path) -> None:
    with rolled_back(filled):
        filled.store([in_city("Berlin")], extraction="v8", run=1)
        assert filled.reader().mentions(["Berlin"])["Berlin"][0].text == "Berlin"
    # These get the numbers that those had.
    filled.store([in_city("London")], extraction="v9", run=1)
    assert filled.reader().mentions(["London"])["London"][0].text == "London"
    filled.store([in_city("Berlin")], extraction="v8", run=1)
    assert filled.reader().mentions(["Berlin"])["Berlin"][0].text == "Berlin"
    connection = sqlite3.connect(folder / CATALOG_FILE)
    rows = connection.execute("SELECT a.id, t.text FROM articles a JOIN texts t ON t.id = a.extraction ORDER BY a.id")
    assert rows.fetchall()[:2] == [("Berlin", "v8"), ("London", "v9")]
    connection.close()


def test_the_reader_of_a_catalog_sees_what_its_transaction_wrote(filled: Catalog) -> None:
    reader = filled.reader()
    with filled.transaction():
        filled.store([NEW], extraction="v1", run=1)
        store_resolution(filled, resolve(filled.names(), moscow="russia"), fingerprint="r2")
        assert reader.article("new") == NEW.article
        assert reader.current_id("moscow") == "russia"
        assert [link.entity_id for link in reader.links(["moscow"])["moscow"]] == ["russia", "s-400", "ismail-demir"]
        with reader.snapshot() as snapshot:
            assert list(snapshot.article_ids()) == ["ankara", "moscow", "new", "quiet"]
    assert reader.article("new") == NEW.article


@pytest.mark.parametrize(
    "change",
    [
        lambda catalog: catalog.store([NEW], extraction="v1", run=1),
        lambda catalog: catalog.store([], extraction="v1", failures=[FAILURE], run=1),
        lambda catalog: catalog.remove(["ankara"]),
        lambda catalog: catalog.remove_files(["news/ankara.txt"]),
        lambda catalog: catalog.relink(ARCHIVE[:1]),
        lambda catalog: store_resolution(catalog, resolve(catalog.names(), moscow="russia"), fingerprint="r2"),
        lambda catalog: catalog.add_decisions([REJECT]),
        lambda catalog: catalog.begin_run(),
        lambda catalog: catalog.finish_run(1, RunCounts(), is_complete=True),
    ],
)
def test_what_readers_can_see_counts_as_one_change(filled: Catalog, change: Callable[[Catalog], object]) -> None:
    before = changes(filled)
    change(filled)
    assert changes(filled) == before + 1


@pytest.mark.parametrize(
    "change",
    [
        lambda catalog: catalog.stage([NEW], extraction="v1", run=1),
        lambda catalog: catalog.store_staged(),
        lambda catalog: catalog.remove(["nothing"]),
        lambda catalog: catalog.remove_files(["nothing.txt"]),
        lambda catalog: catalog.forget_failures(["nothing.txt"]),
        lambda catalog: catalog.mark_all_pending(),
        lambda catalog: catalog.confirm(catalog.pending(limit=1)),
        lambda catalog: catalog.write_meta("packs", "{}"),
        lambda catalog: catalog.write_engine_commit("whoosh", "g2"),
        lambda catalog: catalog.optimize(),
        lambda catalog: catalog.prepare(),
    ],
)
def test_what_readers_cannot_see_counts_as_no_change(filled: Catalog, change: Callable[[Catalog], object]) -> None:
    before = changes(filled)
    change(filled)
    assert changes(filled) == before


def test_many_changes_in_a_transaction_count_as_one(filled: Catalog) -> None:
    before = changes(filled)
    with filled.transaction():
        filled.add_decisions([REJECT])
        filled.store([NEW], extraction="v1", run=1)
        filled.mark_all_pending()
    assert changes(filled) == before + 1


def test_the_state_names_the_archive_and_the_commit_of_the_engine(filled: Catalog, tmp_path: Path) -> None:
    filled.write_engine_commit("whoosh", "g1")
    state = filled.reader().state()
    assert (state.engine, state.generation) == ("whoosh", "g1")
    assert filled.engine_commit().generation == "g1"
    with open_catalog(tmp_path / "other") as other:
        assert len(state.archive) == len(other.reader().state().archive) == 16
        assert state.archive != other.reader().state().archive
        assert (other.engine_commit().engine, other.engine_commit().generation) == ("", "")


def test_another_writer_is_named_when_the_lock_is_not_had_in_time(filled: Catalog, folder: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom index.catalog.store import open_catalog\n"
        "with open_catalog(Path(sys.argv[1])) as catalog, catalog.transaction():\n"
        "    print('locked', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        with open_catalog(folder, lock_seconds=0.1) as catalog:
            with pytest.raises(IndexLockedError, match=rf"Process {other.pid} on .* is writing to .*sqlite3. Wait"):
                catalog.begin_run()
            # Reading goes on.
            assert catalog.count_pending() == 3
            assert len(catalog.decisions()) == 0
            assert catalog.reader().article("ankara") == ARCHIVE[0].article
        other.communicate("")
    assert filled.begin_run() == 1


def test_a_text_that_another_writer_added_is_not_added_again(catalog: Catalog, folder: Path) -> None:
    catalog.store([in_city("Berlin")], extraction="v1", run=1)
    with open_catalog(folder) as other:
        other.store([in_city("London")], extraction="v1", run=1)
    again = replace(in_city("London"), article=make_article("again", "London is a city."))
    catalog.store([again], extraction="v1", run=1)
    assert catalog.reader().mentions(["again"])["again"][0].text == "London"
    assert catalog.names() == (
        Name(Kind.PLACES, "berlin", "Berlin", None, 1, 1),
        Name(Kind.PLACES, "london", "London", None, 2, 2),
    )


def test_a_name_that_another_writer_deleted_is_added_again(filled: Catalog, folder: Path) -> None:
    before = contents(folder)
    # Now it knows the numbers of all names.
    filled.store(ARCHIVE, extraction="v1", run=1)
    with open_catalog(folder) as other:
        other.remove(["moscow"])
        store_resolution(other, resolve(other.names()), fingerprint="r2")
        assert "moscow" not in {name.key for name in other.names()}
    filled.store(ARCHIVE[1:2], extraction="v1", run=1)
    store_resolution(filled, resolve(filled.names()), fingerprint="r3")
    assert contents(folder) == before


def test_a_spelling_that_another_writer_deleted_is_added_again(catalog: Catalog, folder: Path) -> None:
    plain = in_city("Berlin")
    loud = replace(plain.links[0], name=Name(Kind.PLACES, "berlin", "BERLIN"))
    items = [plain, replace(plain, article=make_article("loud", plain.article.body), links=(loud,))]
    catalog.store(items, extraction="v1", run=1)
    before = catalog.names()
    with open_catalog(folder) as other:
        other.remove(["loud"])
        store_resolution(other, resolve(other.names()), fingerprint="r2")
        assert [name.text for name in other.names()] == ["Berlin"]
    catalog.store(items[1:], extraction="v1", run=1)
    assert catalog.names() == before
    assert [name.text for name in before] == ["BERLIN", "Berlin"]


def test_a_text_that_another_writer_renamed_is_added_again(catalog: Catalog, folder: Path) -> None:
    catalog.store([in_city("Berlin")], extraction="v1", run=1)
    with open_catalog(folder) as other:
        other.stages.rename_extraction("v1", "v2")
    catalog.store([in_city("London")], extraction="v1", run=1)
    assert catalog.stages.count_extractions() == {"v1": 1, "v2": 1}


def test_two_catalogs_of_one_archive_write_in_turn(filled: Catalog, folder: Path, tmp_path: Path) -> None:
    def writes(number: int) -> list[tuple[ExtractedArticle, str]]:
        body = f"Moscow paid and {number} Berlin."
        found = (("Moscow", Kind.PLACES, "moscow"), (f"{number} Berlin", Kind.PLACES, f"{number} berlin"))
        return [
            (extracted(make_article(f"{name}-{number}", body), *found), f"{name}-{number - 1}")
            for name in ("first", "second")
        ]

    with open_catalog(folder) as other, open_catalog(tmp_path / "once") as once:
        for number in range(4):
            for catalog, (item, old) in zip((filled, other), writes(number), strict=True):
                catalog.store([item], extraction="v1", run=1)
                catalog.remove([old])
                store_resolution(catalog, resolve(catalog.names()), fingerprint="r")
        once.store([*ARCHIVE, *(item for item, _ in writes(3))], extraction="v1", run=1)
        store_resolution(once, resolve(once.names()), fingerprint="r")
    assert contents(folder) == contents(tmp_path / "once")


def test_files_of_old_catalogs_are_opened_without_a_lock(filled: Catalog, folder: Path) -> None:
    with filled.transaction(), open_catalog(folder, lock_seconds=0.1) as other:
        assert other.names() == filled.names()
    open_reader(folder).close()


def test_a_source_that_was_stored_is_no_change_by_itself(filled: Catalog) -> None:
    state = SourceState("news/ankara.txt", 75, 1600000000.125, "reading", 1)
    before = changes(filled)
    filled.store([], extraction="v1", sources=[state], run=1)
    assert changes(filled) == before
