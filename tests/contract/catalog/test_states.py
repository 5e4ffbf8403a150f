"""States of the catalog that readers see: snapshots, versions, runs and decisions, and that both databases agree."""

import os
import tarfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from index.backups import move_catalog
from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.catalog.records import RunCounts
from index.catalog.store import Catalog, open_catalog
from index.identity.records import MadeDecision, Reject, Rename, Split
from index.identity.versions import VersionMark
from index.model import Failure, Kind
from index.settings import Settings
from tests.unit.index.catalog.archive import (
    ANKARA,
    resolve,
    store_resolution,
)

FIXTURES = Path(__file__).parents[2] / "fixtures"


def test_a_reader_sees_what_was_committed_after_it_was_opened(filled: Catalog, reader: CatalogReader) -> None:
    store_resolution(filled, resolve(filled.names(), moscow="russia"), fingerprint="r2")
    assert reader.entity("russia").kind is Kind.PLACES
    assert reader.current_id("moscow") == "russia"


def test_a_snapshot_sees_one_state(filled: Catalog, reader: CatalogReader) -> None:
    with reader.snapshot() as snapshot:
        before = snapshot.state()
        store_resolution(filled, resolve(filled.names(), moscow="russia"), fingerprint="r2")
        filled.remove(["ankara"])
        assert snapshot.state() == before
        assert snapshot.current_id("moscow") == "moscow"
        assert list(snapshot.article_ids()) == ["ankara", "moscow", "quiet"]
        with snapshot.snapshot() as inner:
            assert inner.article("ankara") == ANKARA
    assert reader.state().changes == before.changes + 2
    assert list(reader.article_ids()) == ["moscow", "quiet"]


def test_the_state_names_the_archive_and_the_commit_of_the_engine(filled: Catalog, reader: CatalogReader) -> None:
    before = reader.state()
    assert (len(before.archive), before.engine, before.generation) == (16, "", "")
    filled.write_engine_commit("whoosh", "g1")
    after = reader.state()
    assert (after.archive, after.changes, after.engine, after.generation) == (
        before.archive,
        before.changes,
        "whoosh",
        "g1",
    )


def test_a_failure_a_run_and_decisions_come_back(filled: Catalog, reader: CatalogReader) -> None:
    failure = Failure("b.pdf", "damaged", "no pages", "Repair it.")
    run = filled.begin_run()
    filled.store([], extraction="v1", failures=[("b.pdf", failure)], run=run)
    filled.finish_run(run, RunCounts(read=3, failed=1), is_complete=True)
    assert [row.failure for row in reader.failures()] == [failure]
    assert reader.failures(limit=0) == ()
    (row,) = reader.runs()
    assert (row.id, row.read, row.failed, row.relinked, row.finished is None) == (run, 3, 1, 0, False)
    rename = Rename("moscow", "Москва")
    (first,) = filled.add_decisions([rename], decided="2021-01-01T00:00:00", decided_by="ada")
    (second,) = filled.add_decisions([Reject("ankara")])
    undone = filled.undo_decision(first.id, undone="2021-02-01T00:00:00", undone_by="bob")
    newest, oldest = reader.decisions()
    assert newest == second == MadeDecision(second.id, Reject("ankara"), second.decided_at)
    times = "2021-01-01T00:00:00", "2021-02-01T00:00:00"
    assert oldest == undone == MadeDecision(first.id, rename, times[0], "ada", times[1], "bob")
    assert reader.decisions(limit=1) == (newest,)


def test_a_version_follows_names_and_splits_and_counts_decisions(filled: Catalog, reader: CatalogReader) -> None:
    ids = ["ismail-demir", "moscow", "nobody"]
    before = reader.versions(ids)
    assert {version.entity: version.mark for version in before.values()} == {"ismail-demir": (0, 0), "moscow": (0, 0)}
    own = (Kind.PEOPLE, "demir@~1")
    split = Split("ismail-demir", "Demir", "moscow", names=((Kind.PEOPLE, "ismail demir"),), own=own)
    filled.add_decisions([Reject("ankara"), split])
    filled.begin_resolution(filled.decisions())
    after = reader.versions(ids)
    assert {version.mark for version in after.values()} == {(2, 0)}
    assert after["ismail-demir"].digest != before["ismail-demir"].digest
    assert after["moscow"].digest == before["moscow"].digest
    filled.undo_decision(2)
    assert reader.versions(ids)["ismail-demir"] == before["ismail-demir"]._replace(mark=VersionMark(2, 1))
    assert reader.versions([]) == {}


QUESTIONS: list[Callable[[CatalogReader], object]] = [
    lambda reader: list(reader.article_ids()),
    lambda reader: reader.contents(list(reader.article_ids())),
    lambda reader: reader.shown(list(reader.article_ids())),
    lambda reader: reader.mentions(list(reader.article_ids())),
    lambda reader: reader.titles(list(reader.article_ids())),
    lambda reader: [reader.list_entities(kind, order="name", limit=500) for kind in Kind],
    lambda reader: [reader.list_entities(kind, order="mentions", limit=9, offset=3) for kind in Kind],
    lambda reader: [reader.count_entities(kind, prefix="m") for kind in Kind],
    lambda reader: [reader.complete_entities(letter, limit=50) for letter in "abcdefghijklmnopqrstuvwxyz45"],
    lambda reader: [reader.find_entities(name) for name in ("SSB", "Turkey", "Demir", "Patriot", "nobody")],
    lambda reader: [reader.similar_names(name) for name in ("erdogn", "Ankra", "turky", "s-40", "Putim")],
    lambda reader: reader.find_names(["SSB", "demir", "nobody"], ids=["us", "turkey", "nobody"]),
    lambda reader: (reader.complete_names(["s", "er"]), reader.similar_to(["Ankra", "turky"], limit=2)),
    lambda reader: reader.amounts_of("turkey"),
    lambda reader: [reader.article_ids_of("turkey", limit=2, offset=offset) for offset in range(4)],
    lambda reader: [reader.count_articles_of(key) for key in ("turkey", "s-400", "nobody")],
    lambda reader: reader.story_mentions(["turkey", "ilhan-omar", "nancy-pelosi", "nobody"]),
    lambda reader: reader.current_ids(["ssb", "us", "turkey", "nobody"]),
    lambda reader: reader.names(["turkey", "s-400", "ismail-demir", "demir"]),
    lambda reader: reader.versions(["turkey", "s-400", "ismail-demir", "nobody"]),
    lambda reader: reader.resolve_article_id("004-b89b2a5f651bcea6-3cf82b1e"),
    lambda reader: reader.statistics(),
    lambda reader: reader.count_by_language(),
    lambda reader: (reader.runs(), reader.decisions(), reader.failures(), reader.state().engine),
    lambda reader: [reader.decisions_about(key) for key in ("ssb", "turkey", "ismail-demir", "nobody")],
]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five seed articles as version 0.1 indexed them, with its decisions."""
    folder = tmp_path_factory.mktemp("seeds")
    with tarfile.open(FIXTURES / "archive-0.1.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    open_catalog(folder / ".dossier").close()
    return folder / ".dossier"


@pytest.fixture(scope="module")
def moved(seeds: Path, postgres_server: str) -> str:
    """The address of the same catalog on a server."""
    url = f"{postgres_server}&schema=both_agree_{os.getpid()}"
    move_catalog(Settings(index=seeds), url)
    return url


@pytest.mark.server
@pytest.mark.parametrize("question", QUESTIONS)
def test_both_databases_agree_on_real_articles(
    seeds: Path, moved: str, question: Callable[[CatalogReader], object]
) -> None:
    with closing(open_reader(seeds)) as file, closing(open_reader(seeds, url=moved)) as server:
        answer = question(file)
        assert answer == question(server)
        assert answer


def test_many_threads_read_at_once(reader: CatalogReader) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: reader.links(["ankara", "moscow"])["moscow"], range(200)))
    assert answers == {reader.links(["moscow"])["moscow"]}
