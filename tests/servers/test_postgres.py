"""The catalog on a real PostgreSQL server: same contents, one writer at a time, clear errors."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from index.backups import back_up, move_catalog, restore
from index.catalog.open import open_reader
from index.catalog.postgres.address import read_address
from index.catalog.postgres.database import PostgresDatabase
from index.catalog.store import Catalog, open_catalog
from index.deciding import Decider
from index.errors import CatalogError, IndexLockedError, IndexMissingError, UsageError
from index.identity.records import KeepApart, Merge, Rename
from index.ingest.indexer import Indexer
from index.settings import Settings
from search.archive_api import open_archive
from search.cli.main import main
from tests.conftest import SEEDS
from tests.unit.index.catalog.archive import ARCHIVE
from tests.unit.index.catalog.contents import contents
from web.app import create_app

SOURCES = [str(path) for path in sorted(SEEDS.glob("*.txt"))]


def settings_at(folder: Path, url: str = "") -> Settings:
    return Settings(index=folder / ".dossier", workers=1, model="none", catalog_url=url)


def work(settings: Settings) -> None:
    """Index, decide, undo, index again: a day in the life of an archive."""
    Indexer(settings, pool="local").index(SOURCES[:3])
    decider = Decider(settings)
    decider.decide(Rename("turkey", "Türkiye"), decided_by="ada")
    decider.decide(Merge("ankara", "turkey"))
    made = decider.decide(KeepApart("russia", "moscow")).decisions[0]
    Indexer(settings, pool="local").index(SOURCES)
    decider.undo(made.id)
    Indexer(settings, pool="local").rebuild()


@pytest.fixture(scope="module")
def worked(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = settings_at(tmp_path_factory.mktemp("served"), f"{postgres_server}&schema=worked")
    work(settings)
    return settings


def test_the_contents_are_those_of_a_file(worked: Settings, tmp_path: Path) -> None:
    in_file = settings_at(tmp_path)
    work(in_file)
    assert contents(worked.index, url=worked.catalog_url) == contents(in_file.index)


def test_answers_are_those_of_a_file(worked: Settings, tmp_path: Path) -> None:
    in_file = settings_at(tmp_path)
    work(in_file)

    def answers(settings: Settings) -> list[object]:
        with open_archive(settings.index, catalog=settings.catalog_url or None) as archive:
            found = [archive.search(q) for q in ("Patriot withdrawal", "place:Türkiye", "", "S-400 OR nothing")]
            facets = archive.facets("people")
            return [[(hit.id, hit.title) for hit in result.hits] for result in found] + [facets.values]

    assert answers(worked) == answers(in_file)


def test_no_file_of_the_catalog_is_made(worked: Settings) -> None:
    assert not [path for path in worked.index.rglob("*") if "catalog" in path.name]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Patriot withdrawal"], "S-400"),
        (["stats"], "articles       5"),
        (["doctor"], "are intact and agree"),
        (["entities", "show", "turkey"], "Türkiye"),
        (["entities", "decisions"], "ada"),
        (["facets", "places"], "Türkiye"),
    ],
)
def test_every_command_reads_it(
    worked: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.setenv("SEARCH_CLI_CATALOG_URL", worked.catalog_url)
    monkeypatch.setattr("sys.argv", ["search-cli", *arguments, "-C", str(worked.index)])
    with pytest.raises(SystemExit) as ended:
        main()
    output = capsys.readouterr()
    assert (ended.value.code or 0) == 0, output
    assert said in output.out + output.err


def test_the_page_reads_it(worked: Settings) -> None:
    client = create_app(worked).test_client()
    assert "Türkiye" in client.get("/search?q=Patriot").get_data(as_text=True)
    assert client.get("/entity/ankara").status_code in (301, 308)


def test_a_writer_waits_for_another_and_readers_for_none(postgres_url: str, tmp_path: Path) -> None:
    with (
        open_catalog(tmp_path, url=postgres_url) as first,
        open_catalog(tmp_path, url=postgres_url, lock_seconds=0.2) as second,
    ):
        reader = open_reader(tmp_path, url=postgres_url)
        with first.transaction():
            first.store(ARCHIVE, extraction="v1", run=1)
            with pytest.raises(IndexLockedError, match="Another process is writing"):
                second.remove(["moscow"])
            assert list(reader.article_ids()) == []
        assert list(reader.article_ids()) == ["ankara", "moscow", "quiet"]
        assert second.remove(["moscow"]) == 1
        reader.close()


def test_writers_on_two_machines_come_one_after_the_other(postgres_url: str, tmp_path: Path) -> None:
    open_catalog(tmp_path, url=postgres_url).close()

    def add(name: str) -> None:
        with open_catalog(tmp_path, url=postgres_url) as catalog:
            for _ in range(10):
                catalog.begin_run()

    threads = [threading.Thread(target=add, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reader = open_reader(tmp_path, url=postgres_url)
    assert sorted(row.id for row in reader.runs(limit=100)) == list(range(1, 31))
    reader.close()


def test_a_writer_that_is_cut_off_leaves_nothing(postgres_url: str, tmp_path: Path) -> None:
    with open_catalog(tmp_path, url=postgres_url) as catalog:
        with pytest.raises(CatalogError, match="What was committed is kept"):
            store_but_cut_off(catalog, postgres_url)
        assert list(catalog.reader().article_ids()) == []
        catalog.store(ARCHIVE, extraction="v1", run=1)
        assert len(list(catalog.reader().article_ids())) == 3


def test_a_reader_survives_that_its_connections_are_cut_off(postgres_url: str, tmp_path: Path) -> None:
    with open_catalog(tmp_path, url=postgres_url) as catalog:
        catalog.store(ARCHIVE, extraction="v1", run=1)
    reader = open_reader(tmp_path, url=postgres_url)
    assert len(list(reader.article_ids())) == 3
    cut_off(postgres_url)
    assert len(list(reader.article_ids())) == 3
    reader.close()


def store_but_cut_off(catalog: Catalog, url: str) -> None:
    with catalog.transaction():
        catalog.store(ARCHIVE, extraction="v1", run=1)
        cut_off(url)
        catalog.remove(["moscow"])


def cut_off(url: str) -> None:
    """End every other connection to the server, and wait until they are gone."""
    engine = create_engine(read_address(url).url)
    others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"
    with engine.connect() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend(pid) {others}")).all()
        while connection.execute(text(f"SELECT pid {others}")).first() is not None:
            connection.rollback()
    engine.dispose()


def test_an_archive_that_is_not_there_is_said(postgres_url: str, tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="run: search-cli index FOLDER"):
        open_reader(tmp_path, url=postgres_url)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda url: url.replace("/postgres?", "/nothing?"), "has no such database"),
        (lambda url: re.sub(r"host=[^&]*", "host=/nowhere", url), "cannot be reached"),
        (lambda url: "postgresql://user:secret@127.0.0.1:1/news", "cannot be reached"),
    ],
)
def test_a_server_that_cannot_be_asked_is_said(
    postgres_url: str, tmp_path: Path, change: Callable[[str], str], said: str
) -> None:
    with pytest.raises(CatalogError, match=said) as raised:
        open_reader(tmp_path, url=change(postgres_url))
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("url", ["postgresql://host", "postgresql://[", "postgresql+nothing://host/news"])
def test_an_address_that_means_nothing_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        PostgresDatabase(url)


def test_a_catalog_moves_to_the_server_and_back(worked: Settings, postgres_url: str, tmp_path: Path) -> None:
    in_file = settings_at(tmp_path)
    work(in_file)
    served = settings_at(tmp_path, postgres_url)
    assert move_catalog(in_file, postgres_url) == 5
    assert contents(served.index, url=postgres_url) == contents(in_file.index)
    with open_archive(served.index, catalog=postgres_url) as archive:
        assert archive.count("Patriot") == archive.count("") == 5
    Decider(served).decide(Rename("russia", "Russian Federation"))
    with pytest.raises(CatalogError, match="There is an archive already"):
        move_catalog(served, "")
    (in_file.index / "catalog.sqlite3").unlink()
    assert move_catalog(served, "") == 5
    assert contents(in_file.index) == contents(served.index, url=postgres_url)


def test_a_backup_of_the_server_is_restored_into_a_file_and_into_another_schema(
    worked: Settings, postgres_url: str, tmp_path: Path
) -> None:
    backup = tmp_path / "news.backup"
    assert back_up(worked, backup) == 5
    in_file, served = settings_at(tmp_path / "a"), settings_at(tmp_path / "b", postgres_url)
    for settings in (in_file, served):
        assert restore(settings, backup) == 5
    assert contents(in_file.index) == contents(served.index, url=postgres_url)
    assert contents(in_file.index) == contents(worked.index, url=worked.catalog_url)


def test_a_schema_that_several_create_at_once_is_there_for_all(postgres_url: str) -> None:
    for attempt in range(10):
        databases = [PostgresDatabase(f"{postgres_url}_{attempt}") for _ in range(4)]
        everyone = threading.Barrier(len(databases))

        def create(database: PostgresDatabase, everyone: threading.Barrier = everyone) -> None:
            everyone.wait()
            database.make_schema()

        with ThreadPoolExecutor(len(databases)) as pool:
            list(pool.map(create, databases))
        for database in databases:
            database.close()
