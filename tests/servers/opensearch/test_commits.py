"""Commits on a node: branches, versions that are removed, the lease of the writer, and damage."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.engines.base import EngineLocation
from index.engines.opensearch import lease as lease_module
from index.engines.opensearch import state as state_module
from index.engines.opensearch import writer as writer_module
from index.engines.opensearch.options import read_options
from index.engines.opensearch.server import Server
from index.engines.opensearch.state import STATE_INDEX, StateStore
from index.engines.registry import open_writer, verify
from index.errors import (
    DiskFullError,
    DocumentRejectedError,
    EngineError,
    IndexDamagedError,
    IndexLockedError,
    IndexMissingError,
    IndexOutdatedError,
    UsageError,
)
from index.model import Document
from search.engines.opensearch import commits as commits_module
from search.engines.registry import open_searcher
from search.query.ast import Everything, Keyword
from tests.contract.engines import abandon
from tests.servers.opensearch.places import ENGINE, client_of, found, locations, small, stored, write


@pytest.fixture
def place(opensearch_server: str, tmp_path: Path) -> EngineLocation:
    return next(locations(opensearch_server, tmp_path))


def name_of(place: EngineLocation) -> str:
    return read_options(place).name


def index_of(place: EngineLocation) -> str:
    """The index of the commit published last."""
    return StateStore(Server(place)).read().require(None, name="").index


def indexes_of(place: EngineLocation) -> list[str]:
    return sorted(client_of(place).indices.get(index=f"{name_of(place)}-*"))


def test_a_writer_may_go_back_to_the_commit_before_the_published_one(place: EngineLocation) -> None:
    first = write(place, small("a", "b"))
    second = write(place, small("c"))
    with open_writer(ENGINE, place, lock_seconds=0, generation=first) as writer:
        writer.put(small("d"))
        writer.delete(["a"])
        third = writer.prepare()
        assert found(place) == ["a", "b", "c"]
    assert [found(place, name) for name in (first, second, third)] == [["a", "b"], ["a", "b", "c"], ["b", "d"]]
    assert verify(ENGINE, place) == ()
    write(place, small("e"))
    assert found(place) == ["b", "d", "e"]


def test_versions_that_no_commit_shows_are_removed(place: EngineLocation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state_module, "GRACE_SECONDS", 0.0)
    for number in range(4):
        write(place, small("a", "b", body=f"version {number}"))
    with open_writer(ENGINE, place, lock_seconds=0) as writer:
        writer.delete(["b"])
    # What the published commit and the one before it show.
    assert [row["id"] for row in stored(place, index_of(place))] == ["a", "b"]
    assert found(place) == ["a"]


def test_what_a_writer_left_that_died_is_removed(place: EngineLocation) -> None:
    write(place, small("a", "b"))
    for is_fresh in (True, False):
        writer = open_writer(ENGINE, place, lock_seconds=0, is_fresh=is_fresh)
        writer.put(small("a", "c"))
        writer.delete(["b"])
        writer.prepare()
        abandon(writer)
    with open_writer(ENGINE, place, lock_seconds=0):
        pass
    assert [index_of(place)] == indexes_of(place)
    assert [(row["id"], row["from"], row["to"] > 2**60) for row in stored(place, index_of(place))] == [
        ("a", 1, True),
        ("b", 1, True),
    ]


def test_a_commit_that_is_gone_is_said_instead_of_half_of_it(
    place: EngineLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state_module, "GRACE_SECONDS", 0.0)
    monkeypatch.setattr(commits_module, "_SURE_SECONDS", 0.0)
    searcher = open_searcher(ENGINE, place, generation=write(place, small("a", "b")))
    write(place, small("a"))
    assert list(searcher.scan(Everything())) == ["a", "b"]
    write(place, small("b"))
    for ask in (
        lambda: searcher.search(Everything()),
        lambda: list(searcher.scan(Everything())),
        lambda: searcher.terms("body"),
        lambda: searcher.explain(Everything(), "a"),
    ):
        with pytest.raises(IndexMissingError):
            ask()


def test_rebuilding_leaves_no_gap_for_others_that_search_by_name(place: EngineLocation) -> None:
    write(place, small("a", "b"))
    client, name = client_of(place), name_of(place)
    counts: set[int] = set()
    is_done = threading.Event()

    def watch() -> None:
        while not is_done.is_set():
            counts.add(client.count(index=name)["count"])

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for _ in range(3):
            write(place, small("a", "b", "c"), is_fresh=True)
    finally:
        is_done.set()
        watcher.join()
    assert counts <= {2, 3}
    assert client.count(index=name)["count"] == 3
    assert list(client.indices.get_alias(name=name)) == [index_of(place)]


def test_an_index_of_somebody_else_is_left_alone(opensearch_server: str, tmp_path: Path) -> None:
    place = EngineLocation(tmp_path, url=opensearch_server, options={"index": "somebodys"})
    client = client_of(place)
    client.indices.create(index="somebodys")
    client.indices.create(index="somebodys-0123456789ab")
    try:
        with pytest.raises(UsageError, match="an index somebodys on OpenSearch that is not ours"):
            write(place, small("a"))
        assert indexes_of(place) == ["somebodys-0123456789ab"]
    finally:
        client.indices.delete(index="somebodys*")


# -- Refusals ----------------------------------------------------------------------------------------------------


def unfit(name: str) -> Document:
    """A document with a keyword that is longer than the server takes."""
    return Document(id=name, title="", body="", source="x" * 40_000)


@pytest.mark.parametrize("at_once", [1, 2, 3, 500])
def test_a_document_that_is_refused_does_not_stop_others(
    place: EngineLocation, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(writer_module, "_AT_ONCE", at_once)
    with open_writer(ENGINE, place, lock_seconds=0) as writer:
        writer.put([*small("a"), unfit("long"), *small("b"), unfit("longer"), *small("c")])
        with pytest.raises(DocumentRejectedError, match=r"2 articles.*long: .*immense term") as error:
            writer.prepare()
        assert sorted(error.value.reasons) == ["long", "longer"]
    assert found(place) == ["a", "b", "c"]


def test_no_version_of_a_document_that_is_refused_stays(place: EngineLocation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "_AT_ONCE", 1)
    write(place, small("a", "b", "c"))
    with open_writer(ENGINE, place, lock_seconds=0) as writer:
        # One of an earlier commit, one of this commit, and one that is mended and one that is deleted after all.
        writer.put([unfit("a"), *small("d"), unfit("d"), unfit("b"), *small("b"), unfit("c")])
        writer.delete(["c"])
        with pytest.raises(DocumentRejectedError) as error:
            writer.prepare()
        assert sorted(error.value.reasons) == ["a", "d"]
    assert found(place) == ["b"]
    assert verify(ENGINE, place) == ()


@pytest.mark.parametrize(
    ("block", "kind", "said"),
    [("write", EngineError, "may not be written"), ("read_only_allow_delete", DiskFullError, "disk of an OpenSearch")],
)
def test_an_index_that_may_not_be_written_is_said_and_goes_on_later(
    place: EngineLocation, block: str, kind: type[EngineError], said: str
) -> None:
    write(place, small("a"))
    client, index = client_of(place), index_of(place)
    client.indices.put_settings(index=index, body={f"index.blocks.{block}": True})
    with pytest.raises(kind, match=said):
        write(place, small("b"))
    assert found(place) == ["a"]
    client.indices.put_settings(index=index, body={f"index.blocks.{block}": None})
    write(place, small("c"))
    assert found(place) == ["a", "c"]


# -- The lease ---------------------------------------------------------------------------------------------------


def hold(place: EngineLocation, *, seconds: float) -> None:
    """Hold the lease as a process of another machine does."""
    content = {"process": 7, "host": "elsewhere", "machine": "m", "owner": "o", "until": time.time() + seconds}
    client_of(place).index(index=STATE_INDEX, id=f"writer of {name_of(place)}", body=content)


def test_a_writer_on_another_machine_is_named_until_its_lease_runs_out(place: EngineLocation) -> None:
    write(place, small("a"))
    hold(place, seconds=60)
    with pytest.raises(IndexLockedError, match="Process 7 on elsewhere is writing"):
        write(place, small("b"))
    hold(place, seconds=1)
    with open_writer(ENGINE, place, lock_seconds=10) as writer:
        writer.put(small("c"))
    assert found(place) == ["a", "c"]


def test_a_writer_that_was_away_for_too_long_commits_nothing(
    place: EngineLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As after a pause of the whole machine: the lease must be renewed first.
    monkeypatch.setattr(lease_module, "_MARGIN_SECONDS", 1e9)
    write(place, small("a"))
    writer = open_writer(ENGINE, place, lock_seconds=0)
    writer.put(small("b"))
    hold(place, seconds=60)
    with pytest.raises(IndexLockedError, match=r"process 7 on elsewhere is writing to .* now"), writer:
        writer.commit()
    hold(place, seconds=-1)
    assert found(place) == ["a"]


def test_a_lease_is_renewed(place: EngineLocation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease_module, "_RENEW_SECONDS", 0.05)
    with open_writer(ENGINE, place, lock_seconds=0):
        client, key = client_of(place), f"writer of {name_of(place)}"
        first = client.get(index=STATE_INDEX, id=key)["_source"]["until"]
        deadline = time.monotonic() + 20
        while client.get(index=STATE_INDEX, id=key)["_source"]["until"] == first and time.monotonic() < deadline:
            time.sleep(0.05)
        assert client.get(index=STATE_INDEX, id=key)["_source"]["until"] > first
    assert not client.exists(index=STATE_INDEX, id=key)


# -- Damage ------------------------------------------------------------------------------------------------------


def test_an_index_of_another_version_is_written_anew(place: EngineLocation, monkeypatch: pytest.MonkeyPatch) -> None:
    write(place, small("a"))
    store = StateStore(Server(place))
    state = store.read()
    store.write(type(state)(state.last_number, state.published, tuple(old(commit) for commit in state.commits)))
    for open_ in (lambda: open_searcher(ENGINE, place), lambda: open_writer(ENGINE, place, lock_seconds=0)):
        with pytest.raises(IndexOutdatedError, match="search-cli rebuild"):
            open_()
    write(place, small("b"), is_fresh=True)
    assert found(place) == ["b"]


def old(commit: state_module.Commit) -> state_module.Commit:
    return state_module.replace(commit, fingerprint="0;of another time")


def test_a_list_of_commits_that_cannot_be_read_is_said_and_written_anew(place: EngineLocation) -> None:
    write(place, small("a"))
    client_of(place).index(index=STATE_INDEX, id=name_of(place), body={"commits": "none"})
    for open_ in (lambda: open_searcher(ENGINE, place), lambda: open_writer(ENGINE, place, lock_seconds=0)):
        with pytest.raises(IndexDamagedError, match=r"cannot be read.*search-cli rebuild"):
            open_()
    write(place, small("b"), is_fresh=True)
    assert found(place) == ["b"]


def test_verifying_reads_every_document(place: EngineLocation) -> None:
    write(place, small("a", "b", "c"))
    client, index = client_of(place), index_of(place)
    client.update(index=index, id="b#1", body={"doc": {"sources": ["another"]}}, params={"refresh": "true"})
    (problem,) = verify(ENGINE, place)
    assert problem == f"1 documents in {index} are not as they were written, such as b."
    client.delete(index=index, id="c#1", params={"refresh": "true"})
    assert any("has 2 documents, and 3 were written" in problem for problem in verify(ENGINE, place))


def test_an_index_that_was_deleted_is_missing(place: EngineLocation) -> None:
    write(place, small("a"))
    searcher = open_searcher(ENGINE, place)
    client_of(place).indices.delete(index=index_of(place))
    with pytest.raises(IndexMissingError, match="search-cli rebuild"):
        searcher.search(Keyword("people", ("a",)))


@pytest.fixture(autouse=True)
def _removed(place: EngineLocation) -> Iterator[None]:
    """Leave no index on the node that other tests share."""
    yield
    client = client_of(place)
    for index in client.indices.get(index=f"{name_of(place)}-*"):
        client.indices.delete(index=index)
