"""Several processes read into one archive on a real PostgreSQL server; some of them are killed."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.backups import back_up
from index.catalog.check import check_catalog
from index.catalog.postgres.locks import LockName
from index.catalog.postgres.work import WorkTable
from index.catalog.records import QueuedSource
from index.catalog.store import open_catalog
from index.deciding import Decider
from index.identity.records import Rename
from index.ingest.indexer import Indexer, make_options
from index.ingest.run.sharing import SET_ASIDE_REASON
from index.ingest.shared.payloads import pack_source
from index.ingest.shared.queue import hash_stages
from index.ingest.versions.stage_texts import StageTexts
from index.ingest.working import Helper
from index.readers.base import Source
from index.settings import Settings
from search.archive_api import open_archive
from tests.servers.workers import articles, ask, end, holders, make_articles, settings_at, start, started, until
from tests.unit.index.catalog.contents import contents

MANY = 300
LEASE = 3.0


@pytest.fixture(autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    while started:
        end(started.pop(), kills=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two folders of articles in it."""
    folder = tmp_path_factory.mktemp("many")
    make_articles(folder / "news", MANY)
    make_articles(folder / "more", 20)
    return folder


@pytest.fixture(scope="module")
def alone(folder: Path) -> Settings:
    """An archive that one process made of both folders, in a file."""
    settings = Settings(index=folder / "alone", workers=1, model="none", meaning="none")
    Indexer(settings, pool="local").index([str(folder / "news"), str(folder / "more")])
    return settings


def answers(settings: Settings) -> list[object]:
    """Return hits and facets of a few queries."""
    with open_archive(settings.index, catalog=settings.catalog_url or None) as archive:
        found = [archive.search(query) for query in ("Patriot cost", "place:Ankara", "", "S-400 OR Demir")]
        facets = [archive.facets(name).values for name in ("people", "places", "systems", "currencies")]
        return [[(hit.id, hit.title) for hit in result.hits] for result in found] + [
            [result.total for result in found],
            facets,
        ]


def counts_of(output: str) -> dict[str, int]:
    names = ("read", "added", "changed", "unchanged", "failed", "others")
    return dict(zip(names, map(int, output.split()), strict=True))


@pytest.mark.parametrize("helpers", [0, 1])
def test_several_processes_make_the_archive_of_one(
    folder: Path, alone: Settings, postgres_url: str, helpers: int
) -> None:
    both = [str(folder / "news"), str(folder / "more")]
    runs = [start("index", folder, postgres_url, *both), start("index", folder, postgres_url, both[0])]
    until(lambda: bool(ask_if_there(postgres_url, "SELECT 1 FROM work WHERE worker IS NOT NULL")))
    runs += [start("work", folder, postgres_url) for _ in range(helpers)]
    counts = [counts_of(run.communicate()[0]) for run in runs]
    assert [count["read"] for count in counts[:2]] == [MANY + 20, MANY]
    assert sum(count["added"] for count in counts) == MANY + 20
    assert sum(count["changed"] + count["unchanged"] + count["failed"] for count in counts) == 0
    assert min(count["added"] for count in counts[:2]) > 0
    settings = settings_at(folder, postgres_url)
    assert contents(settings.index, url=postgres_url) == contents(alone.index)
    assert answers(settings) == answers(alone)
    assert list(check_catalog(settings.index, url=postgres_url)) == []


def ask_if_there(url: str, statement: str) -> list[tuple[object, ...]]:
    """Return the rows of a statement about a table that may not be there yet."""
    if not ask(url, "SELECT 1 WHERE to_regclass('work') IS NOT NULL"):
        return []
    return ask(url, statement)


def test_the_work_of_a_killed_worker_is_done_by_another(tmp_path: Path, postgres_url: str) -> None:
    make_articles(tmp_path / "news", MANY)
    # Its worker dies there, when the first articles are staged and it holds others.
    (tmp_path / "news" / "0290.txt").rename(tmp_path / "news" / "0290-once.txt")
    news = str(tmp_path / "news")
    assert end(start("index", tmp_path, postgres_url, news, lease=LEASE)) == -signal.SIGKILL
    assert ask(postgres_url, "SELECT 1 FROM work WHERE worker IS NOT NULL")
    assert ask(postgres_url, "SELECT 1 FROM staged")
    output = start("work", tmp_path, postgres_url, lease=LEASE).communicate()[0]
    assert ask(postgres_url, "SELECT * FROM work") == []
    report = Indexer(settings_at(tmp_path, postgres_url), pool="local").index([news])
    assert (report.read, report.added, report.changed) == (MANY, 0, 0)
    assert 0 < counts_of(output)["added"] < MANY
    assert articles(postgres_url) == MANY


def test_another_publishes_when_the_publisher_dies_in_its_publication(folder: Path, postgres_url: str) -> None:
    run = start("index", folder, postgres_url, str(folder / "news"), lease=LEASE)
    until(lambda: bool(ask_if_there(postgres_url, "SELECT 1 FROM staged")))
    with open_catalog(folder / ".dossier", url=postgres_url, lock_seconds=60) as catalog, catalog.transaction():
        # Its publication waits for this transaction, with the lock in hand.
        until(lambda: bool(holders(postgres_url, LockName.PUBLICATION)))
        end(run, kills=True)
        until(lambda: not holders(postgres_url, LockName.PUBLICATION), seconds=60)
    assert articles(postgres_url) < MANY
    report = Indexer(settings_at(folder, postgres_url), pool="local").index([str(folder / "news")])
    assert (report.read, report.failed, articles(postgres_url)) == (MANY, 0, MANY)


def test_another_becomes_the_publisher_within_a_minute(folder: Path, postgres_url: str) -> None:
    Indexer(settings_at(folder, postgres_url), pool="local").index([str(folder / "more")])
    first = start("wait", folder, postgres_url)
    until(lambda: bool(holders(postgres_url, LockName.PUBLISHER)))
    before = holders(postgres_url, LockName.PUBLISHER)
    second = start("wait", folder, postgres_url)
    until(lambda: len(holders(postgres_url, LockName.INGEST)) == 2)
    end(first, kills=True)
    until(lambda: bool(set(holders(postgres_url, LockName.PUBLISHER)) - set(before)), seconds=60)
    end(second, kills=True)


def test_a_file_that_kills_its_worker_three_times_is_set_aside(tmp_path: Path, postgres_url: str) -> None:
    make_articles(tmp_path / "news", 3)
    (tmp_path / "news" / "deadly.txt").write_text("Deadly\n\nIt is.", encoding="utf-8")
    news = str(tmp_path / "news")
    for _ in range(3):
        assert end(start("index", tmp_path, postgres_url, news, lease=1.0)) == -signal.SIGKILL
    # Beside it, the others were lost as well; the third time each was tried alone.
    last = start("index", tmp_path, postgres_url, news, lease=1.0)
    assert counts_of(last.communicate()[0]) | {"unchanged": 0, "added": 0} == counts_of("3 0 0 0 1 0")
    settings = settings_at(tmp_path, postgres_url)
    said = [problem.text for problem in check_catalog(settings.index, url=postgres_url)]
    assert said == ["news/deadly.txt is set aside after three tries: each time its worker died"]
    report = Indexer(settings, pool="local").index([news], retry=True)
    assert (report.read, report.added, report.failed) == (4, 1, 0)
    assert list(check_catalog(settings.index, url=postgres_url)) == []


def test_a_file_that_fails_three_times_is_set_aside_until_it_changes(tmp_path: Path, postgres_url: str) -> None:
    make_articles(tmp_path / "news", 2)
    broken = tmp_path / "news" / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 this is no archive")
    indexer = Indexer(settings_at(tmp_path, postgres_url), pool="local")
    reports = [indexer.index([str(tmp_path / "news")]) for _ in range(5)]
    assert [(report.read, report.failed) for report in reports] == [(2, 1)] * 5
    reasons = [report.failures[0].reason for report in reports]
    assert reasons[2] != SET_ASIDE_REASON
    assert reasons[3:] == [SET_ASIDE_REASON] * 2
    assert "set aside after three tries" in reports[3].failures[0].message
    again = indexer.index([str(tmp_path / "news")], retry=True)
    assert again.failures[0].reason == reasons[0]
    broken.write_bytes(b"PK\x03\x04 this is no archive either")
    assert indexer.index([str(tmp_path / "news")]).failures[0].reason == reasons[0]
    broken.unlink()
    assert indexer.index([str(tmp_path / "news")]).failed == 0
    assert ask(postgres_url, "SELECT * FROM work") == []


def test_people_decide_and_prune_and_rebuild_while_others_read(folder: Path, postgres_url: str) -> None:
    settings = settings_at(folder, postgres_url)
    Indexer(settings, pool="local").index([str(folder / "more")])
    run = start("index", folder, postgres_url, str(folder / "news"))
    until(lambda: bool(ask(postgres_url, "SELECT 1 FROM staged")))
    Decider(settings).decide(Rename("ankara", "Ancyra"))
    assert Indexer(settings, pool="local").rebuild().read > 20
    assert back_up(settings, folder / "many.backup") > 20
    assert Indexer(settings, pool="local").index([str(folder / "more")], prune=True).removed == 0
    assert counts_of(run.communicate()[0])["added"] == MANY
    with open_archive(settings.index, catalog=postgres_url) as archive:
        assert archive.count("place:Ancyra") == MANY // 6 + 4


def test_rows_that_are_gone_are_pruned_from_files_that_others_read(tmp_path: Path, postgres_url: str) -> None:
    make_articles(tmp_path / "news", 40)
    rows = tmp_path / "news" / "rows.jsonl"
    line = '{{"title": "Row {0}", "body": "Row {0} of a file with some words."}}\n'
    rows.write_text("".join(line.format(number) for number in range(9)), encoding="utf-8")
    settings = settings_at(tmp_path, postgres_url)
    Indexer(settings, pool="local").index([str(rows)])
    rows.write_text("".join(line.format(number) for number in range(5)), encoding="utf-8")
    other = start("index", tmp_path, postgres_url, str(rows))
    report = Indexer(settings, pool="local").index([str(tmp_path / "news")], prune=True, prune_many=True)
    other.communicate()
    assert report.removed == 4
    assert articles(postgres_url) == 45


def test_a_worker_leaves_what_was_queued_for_other_settings(tmp_path: Path, postgres_url: str) -> None:
    settings = settings_at(tmp_path, postgres_url)
    open_catalog(settings.index, url=postgres_url).close()
    table = WorkTable(postgres_url)
    table.add([QueuedSource("a.txt", "", 1, 1.0, b"")], stages="others", run=1)
    table.close()
    helper = Helper(settings, pool="local")
    assert helper.work(until_done=True).read == 0
    assert helper.other_stages == 1


def test_a_worker_without_the_folder_says_so(tmp_path: Path, postgres_url: str) -> None:
    make_articles(tmp_path / "here" / "news", 3)
    here, there = (settings_at(tmp_path / name, postgres_url) for name in ("here", "there"))
    Indexer(here, pool="local").index([])
    source = Source("news/0000.txt", tmp_path / "here" / "news" / "0000.txt", size=1, modified=1.0)
    table = WorkTable(postgres_url)
    stages = hash_stages(StageTexts.of(make_options(here, None)))
    payload = pack_source(source, base=tmp_path / "here")
    table.add([QueuedSource("news/0000.txt", "news", 1, 1.0, payload)], stages=stages, run=1)
    helper = Helper(there, pool="local")
    assert helper.work(until_done=True).read == 0
    assert helper.unreachable == {"news"}
    assert Helper(here, pool="local").work(until_done=True).added == 1
    table.close()
