"""The table of work on a real PostgreSQL server: every statement, and what two workers see of each other."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.catalog.postgres.locks import LockName, ServerLock
from index.catalog.postgres.work import WorkTable
from index.catalog.records import (
    ArticleState,
    EndedSource,
    ExtractedArticle,
    QueuedSource,
    Refused,
    SetAside,
    SourceState,
    WorkLeft,
)
from index.catalog.store import Catalog, open_catalog
from index.errors import IndexLockedError
from index.model import Failure
from tests.servers.workers import ask
from tests.unit.index.catalog.archive import ARCHIVE


@pytest.fixture
def catalog(tmp_path: Path, postgres_url: str) -> Iterator[Catalog]:
    with open_catalog(tmp_path, url=postgres_url) as catalog:
        yield catalog


@pytest.fixture
def table(catalog: Catalog, postgres_url: str) -> Iterator[WorkTable]:
    table = WorkTable(postgres_url)
    yield table
    table.close()


def queue(table: WorkTable, *locators: str, size: int = 1, stages: str = "v1", run: int = 1) -> None:
    table.add(
        [QueuedSource(locator, locator.split("/")[0], size, 2.0, b"") for locator in locators], stages=stages, run=run
    )


def claim(
    table: WorkTable, worker: int = 1, *, roots: list[str] | None = None, last: bool = False, limit: int = 10
) -> list[str]:
    claims = table.claim(worker, stages="v1", roots=roots, limit=limit, last_attempt=last)
    return [claim.locator for claim in claims]


def stage(table: WorkTable, worker: int, *ended: EndedSource, extracted: tuple[ExtractedArticle, ...] = ()) -> Refused:
    def clash(item: ExtractedArticle, state: ArticleState) -> Failure:
        return Failure(item.article.locator, "id-clash", state.locator)

    states = [SourceState(each.locator, 1, 2.0, "v1", 1) for each in ended if not each.reason]
    return table.stage(
        worker,
        extracted,
        extraction="v1",
        failures=[],
        sources=states,
        ended=ended,
        claimed={each.locator for each in ended} | {item.file for item in extracted},
        run=worker,
        clash=clash,
    )


def test_a_source_is_claimed_once_and_in_order(table: WorkTable) -> None:
    queue(table, "b/2", "a/1", "b/1")
    assert claim(table, limit=2) == ["a/1", "b/1"]
    assert claim(table, 2) == ["b/2"]
    assert claim(table, 3) == []


def test_workers_at_the_same_time_never_claim_the_same(table: WorkTable) -> None:
    queue(table, *(f"a/{number:03}" for number in range(100)))
    with ThreadPoolExecutor(4) as threads:
        claimed = list(threads.map(lambda worker: claim(table, worker, limit=7), range(1, 17)))
    every = [locator for some in claimed for locator in some]
    assert len(every) == len(set(every)) == 100


@pytest.mark.parametrize(
    ("roots", "found"),
    [
        (None, ["/tmp/x", "a", "a/1", "a0", "ab/1"]),
        (["a"], ["a", "a/1"]),
        (["a/"], ["a/1"]),
        ([""], ["a", "a/1", "a0", "ab/1"]),
        (["/tmp", "ab"], ["/tmp/x", "ab/1"]),
        ([], []),
    ],
)
def test_roots_choose_as_paths_do(table: WorkTable, roots: list[str] | None, found: list[str]) -> None:
    queue(table, "a", "a/1", "ab/1", "a0", "/tmp/x")
    assert claim(table, roots=roots) == found


def test_other_stages_are_left_to_others(table: WorkTable) -> None:
    queue(table, "a", stages="v2")
    assert claim(table) == []
    assert (table.count_other_stages("v1"), table.count_other_stages("v2")) == (1, 0)


def test_a_lease_runs_out_unless_it_is_renewed(table: WorkTable) -> None:
    queue(table, "a", "b")
    assert claim(table, 1, limit=1) == ["a"]
    assert claim(table, 2, limit=1) == ["b"]
    let_leases_run_out(table)
    table.renew(1)
    assert claim(table, 3) == ["b"]


def test_what_is_given_back_counts_no_attempt(table: WorkTable) -> None:
    queue(table, "a", "b")
    claim(table)
    table.release(1, ["a"])
    assert claim(table, 2) == ["a"]
    table.release(1)
    assert ask_attempts(table) == {"a": 1, "b": 0}


def let_leases_run_out(table: WorkTable) -> None:
    with table._database.share() as connection:
        connection.exec_driver_sql("UPDATE work SET until = until - 3600")


def ask_attempts(table: WorkTable) -> dict[str, int]:
    with table._database.share() as connection:
        return {row[0]: row[1] for row in connection.exec_driver_sql("SELECT locator, attempts FROM work")}


def test_one_that_was_lost_twice_is_claimed_alone(table: WorkTable) -> None:
    queue(table, "a")
    for _ in range(2):
        assert claim(table) == ["a"]
        let_leases_run_out(table)
    queue(table, "b")
    assert claim(table) == ["b"]
    assert claim(table, last=True, limit=1) == ["a"]


def test_one_that_was_lost_three_times_is_set_aside_until_it_is_tried_again(table: WorkTable) -> None:
    queue(table, "a")
    for is_last in (False, False, True):
        assert claim(table, last=is_last) == ["a"]
        let_leases_run_out(table)
    assert table.set_aside(None) == [SetAside("a", "each time its worker died")]
    queue(table, "a", run=2)
    assert claim(table) + claim(table, last=True) == []
    assert table.look(1, stages="v1", roots=None) == WorkLeft(is_claimable=False, is_held=False, others=0)
    table.retry(["b"])
    assert claim(table) == []
    table.retry(["a"])
    assert claim(table) == ["a"]


@pytest.mark.parametrize(("size", "stages"), [(2, "v1"), (1, "v2")])
def test_a_file_or_stage_that_changed_is_tried_anew(table: WorkTable, size: int, stages: str) -> None:
    queue(table, "a")
    for is_last in (False, False, True):
        claim(table, last=is_last)
        let_leases_run_out(table)
    queue(table, "a", size=size, stages=stages)
    assert table.set_aside(None) == []
    assert [each.attempts for each in table.claim(1, stages=stages, roots=None, limit=1)] == [1]


def test_one_that_fails_waits_for_the_next_run(table: WorkTable) -> None:
    for attempt in (1, 2, 3):
        queue(table, "a", run=attempt)
        assert claim(table, last=attempt == 3) == ["a"]
        stage(table, 1, EndedSource("a", "it is broken"))
        assert claim(table) + claim(table, last=True) == []
    assert table.set_aside(["a"]) == [SetAside("a", "it is broken")]
    table.forget(["a"], before_run=3)
    assert table.set_aside(["a"]) != []
    table.forget(["a"], before_run=4)
    assert table.set_aside(["a"]) == []


def test_what_was_lost_is_not_staged(table: WorkTable, catalog: Catalog) -> None:
    file = ARCHIVE[0].file
    queue(table, file, "kept")
    assert len(claim(table)) == 2
    let_leases_run_out(table)
    assert claim(table, 2, roots=[file]) == [file]
    refused = stage(table, 1, EndedSource(file), EndedSource("kept"), extracted=ARCHIVE[:1])
    assert refused.lost == {file}
    assert refused.articles == {ARCHIVE[0].article.id}
    assert catalog.staged_states([ARCHIVE[0].article.id]) == {}
    assert ask_attempts(table) == {file: 2}
    assert stage(table, 2, EndedSource(file), extracted=ARCHIVE[:1]).lost == frozenset()
    assert ask_attempts(table) == {}
    assert catalog.store_staged().added == 1
    assert set(catalog.known.source_states([file, "kept"])) == {file, "kept"}


def test_an_id_that_another_file_has_meanwhile_is_a_failure(table: WorkTable, catalog: Catalog) -> None:
    mine = ARCHIVE[0]
    theirs = ExtractedArticle(mine.article, "other.txt", mine.mentions, mine.links, mine.definitions)
    queue(table, mine.file, "other.txt")
    claim(table)
    stage(table, 1, EndedSource(mine.file), extracted=(mine,))
    refused = stage(table, 1, EndedSource("other.txt"), extracted=(theirs,))
    assert refused.articles == {mine.article.id}
    catalog.store_staged()
    assert [failure.reason for failure in catalog.known.failures_of("other.txt")] == ["id-clash"]
    assert catalog.known.source_states(["other.txt"]) == {}


def test_workers_stage_while_one_publishes(table: WorkTable, catalog: Catalog, postgres_url: str) -> None:
    queue(table, "a", "b")
    claim(table)
    with catalog.transaction():
        stage(table, 1, EndedSource("a"))
        catalog.store_staged()
        stage(table, 1, EndedSource("b"))
        queue(table, "c")
        assert claim(table) == ["c"]
    assert catalog.count_staged() == 1


def test_a_worker_sees_what_others_do(table: WorkTable) -> None:
    queue(table, "a/1", "a/2", "b/1")
    claim(table, 7, limit=1)
    claim(table, 5, roots=["b"])
    assert table.look(7, stages="v1", roots=["a"]) == WorkLeft(is_claimable=True, is_held=False, others=1)
    assert table.look(1, stages="v1", roots=["b"]) == WorkLeft(is_claimable=False, is_held=True, others=2)
    assert table.first_worker() == 5
    table.drop(5, ["a/1", "b/1"])
    assert ask_attempts(table) == {"a/1": 1, "a/2": 0}


def test_a_lock_goes_with_its_connection(catalog: Catalog, postgres_url: str) -> None:
    first, second = (ServerLock(postgres_url, LockName.PUBLISHER) for _ in range(2))
    other = ServerLock(postgres_url, LockName.PUBLICATION)
    assert first.try_acquire()
    assert other.try_acquire()
    assert not second.try_acquire()
    with pytest.raises(IndexLockedError):
        second.acquire(seconds=0.1)
    ask(postgres_url, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
    assert not first.is_held()
    second.acquire(seconds=30)
    assert second.is_held()
    for lock in (first, second, other):
        lock.close()


def test_those_that_share_a_lock_exclude_one_that_is_alone(catalog: Catalog, postgres_url: str) -> None:
    first, second = (ServerLock(postgres_url, LockName.INGEST, is_shared=True) for _ in range(2))
    alone = ServerLock(postgres_url, LockName.INGEST)
    assert first.try_acquire()
    assert second.try_acquire()
    assert not alone.try_acquire()
    first.release()
    second.release()
    assert alone.try_acquire()
    assert not first.try_acquire()
    for lock in (first, second, alone):
        lock.close()


def test_the_server_asks_whether_a_silent_machine_lives(table: WorkTable) -> None:
    with table._database.share() as connection:
        # A socket of this machine needs no such question; over a network, the values are those that were set.
        assert connection.exec_driver_sql("SELECT current_setting('tcp_keepalives_idle')").scalar() in ("0", "20")


def test_a_catalog_of_the_version_before_gets_the_table(tmp_path: Path, catalog: Catalog, postgres_url: str) -> None:
    columns = "SELECT column_name, data_type, is_nullable, collation_name FROM information_schema.columns "
    columns += "WHERE table_name = 'work' AND table_schema = current_schema() ORDER BY ordinal_position"
    made = ask(postgres_url, columns)
    with catalog.transaction(), catalog._write() as connection:
        connection.exec_driver_sql("DROP TABLE work")
        connection.exec_driver_sql("UPDATE meta SET value = '11' WHERE key = 'schema_version'")
    open_catalog(tmp_path, url=postgres_url).close()
    assert ask(postgres_url, columns) == made != []
