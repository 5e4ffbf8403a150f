"""Three nodes, of which one is killed while articles are written and while they are searched."""

import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from index.engines.base import EngineLocation
from index.engines.lock import WriterLock
from index.engines.registry import open_writer, verify
from index.errors import EngineTimeoutError, EngineUnavailableError
from index.model import Document
from search.engines.base import FacetRequest, Searcher
from search.engines.registry import open_searcher
from search.query.ast import Everything, Term
from tests.servers.opensearch.nodes import MISSING, Cluster, find_line, running_cluster
from tests.servers.opensearch.places import ENGINE, found, missing_copies, nodes_that_give_nothing, small
from tests.support.sharing import shared_folder

# An answer that has to wait for other nodes to take over.
_SECONDS = 15.0
# For a minute the server waits for a lost node before it makes another copy.
_COPY_SECONDS = 180.0


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    line = find_line()
    if line is None:
        pytest.skip(MISSING)
    # Three nodes take two gigabytes, so processes of one run take turns.
    lock = WriterLock(shared_folder(tmp_path_factory), seconds=1_200, name="cluster.lock")
    try:
        with running_cluster(line, 3) as cluster:
            yield cluster
    finally:
        lock.release()


@pytest.fixture
def place(cluster: Cluster, tmp_path: Path) -> Iterator[EngineLocation]:
    """An index in three parts, each on two nodes, while all nodes are there."""
    for number in range(3):
        if number not in cluster.processes:
            cluster.start(number)
    cluster.wait(3)
    yield EngineLocation(tmp_path, url=cluster.url, options={"shards": "3", "timeout": "10"})
    # What one test left half done keeps no other waiting for its copies.
    OpenSearch(cluster.urls, timeout=60).indices.delete(index="dossier-*,-dossier-state")


def wait_for_copies(cluster: Cluster) -> None:
    """Wait until each shard has its copy; say what stands in the way when that does not happen.

    A node that was left alone in the middle of a request may never give its data to those that come back. It is started
    again then, as whoever runs a cluster does.
    """
    client = OpenSearch(cluster.urls, timeout=60)
    deadline = time.monotonic() + _COPY_SECONDS
    while client.cluster.health()["status"] != "green":
        if time.monotonic() > deadline:
            pytest.fail(f"After {_COPY_SECONDS:.0f} seconds copies are missing:\n{missing_copies(client)}")
        if stalled := nodes_that_give_nothing(client):
            for name in stalled:
                cluster.kill(int(name.removeprefix("os")))
                cluster.start(int(name.removeprefix("os")))
            cluster.wait(3)
        # A copy that could not be made five times is tried again.
        client.cluster.reroute(params={"retry_failed": "true"})
        time.sleep(0.5)


def documents(count: int) -> Iterator[Document]:
    for number in range(count):
        yield Document(
            id=f"{number:05}", title="", body=f"word{number % 10} here", people=(f"p{number % 3}",), language="en"
        )


def holder_of(cluster: Cluster, place: EngineLocation) -> int:
    """The number of a node that holds a first copy of a part of the index and does not lead the cluster."""
    client = OpenSearch(cluster.urls, timeout=60)
    leader = client.cat.cluster_manager(format="json")[0]["node"]
    shards = client.cat.shards(index="dossier-*", format="json")
    names = [shard["node"] for shard in shards if shard["prirep"] == "p" and shard["node"] != leader]
    return int(names[0].removeprefix("os"))


def test_a_node_killed_while_articles_are_written_loses_none(cluster: Cluster, place: EngineLocation) -> None:
    with open_writer(ENGINE, place, lock_seconds=0) as writer:
        writer.put(documents(1_000))
        wait_for_copies(cluster)
        killer = threading.Timer(0.5, cluster.kill, [holder_of(cluster, place)])
        killer.start()
        for round_ in range(8):
            writer.put(
                Document(id=f"{round_}-{document.id}", title="", body=document.body) for document in documents(500)
            )
        killer.join()
        writer.delete(["00000"])
        started = time.monotonic()
        generation = writer.commit()
        assert time.monotonic() - started < _SECONDS
    searcher = open_searcher(ENGINE, place, generation=generation)
    assert searcher.document_count == 1_000 + 8 * 500 - 1
    assert len(set(searcher.scan(Everything()))) == searcher.document_count
    assert verify(ENGINE, place) == ()


def answer(searcher: Searcher) -> object:
    result = searcher.search(Term("body", "word3"), facets=[FacetRequest("people")])
    return result.total, result.hits, result.facets[0].buckets


def test_a_node_killed_while_articles_are_searched_changes_no_answer(cluster: Cluster, place: EngineLocation) -> None:
    with open_writer(ENGINE, place, lock_seconds=0) as writer:
        writer.put(documents(900))
    wait_for_copies(cluster)
    searcher = open_searcher(ENGINE, place)
    expected = answer(searcher)
    assert expected[0] == 90  # type: ignore[index]
    times, answers = [], []

    def ask() -> None:
        started = time.monotonic()
        answers.append(answer(searcher))
        times.append(time.monotonic() - started)

    for number in range(60):
        if number == 10:
            cluster.kill(holder_of(cluster, place))
        ask()
    assert answers == [expected] * 60
    assert max(times) < _SECONDS
    assert sorted(times)[50] < 1


def test_the_leader_is_killed_and_the_next_commit_is_made(cluster: Cluster, place: EngineLocation) -> None:
    with open_writer(ENGINE, place, lock_seconds=0) as writer:
        writer.put(small("a", "b"))
    wait_for_copies(cluster)
    leader = OpenSearch(cluster.urls).cat.cluster_manager(format="json")[0]["node"]
    cluster.kill(int(leader.removeprefix("os")))
    started = time.monotonic()
    with open_writer(ENGINE, place, lock_seconds=5) as writer:
        writer.put(small("c"))
        writer.delete(["a"])
    assert found(place) == ["b", "c"]
    assert time.monotonic() - started < 4 * _SECONDS


def test_without_most_nodes_nothing_is_written_and_all_is_there_afterwards(
    cluster: Cluster, place: EngineLocation
) -> None:
    with open_writer(ENGINE, place, lock_seconds=0) as writer:
        writer.put(small("a", "b"))
    wait_for_copies(cluster)
    for number in (1, 2):
        cluster.kill(number)
    impatient = EngineLocation(place.folder, url=place.url, options={**place.options, "timeout": "3", "patience": "1"})
    # It depends on what the node that is left has noticed by then.
    with pytest.raises((EngineUnavailableError, EngineTimeoutError), match=r"refuses to work now|did not answer"):
        open_writer(ENGINE, impatient, lock_seconds=0)
    for number in (1, 2):
        cluster.start(number)
    cluster.wait(3)
    wait_for_copies(cluster)
    assert found(place) == ["a", "b"]
    with open_writer(ENGINE, place, lock_seconds=30) as writer:
        writer.put(small("c"))
    assert found(place) == ["a", "b", "c"]
    assert open_searcher(ENGINE, place).search(Everything(), facets=[FacetRequest("people")]).facets[0].buckets == ()


def test_nodes_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    line = find_line()
    if line is None:
        pytest.skip(MISSING)
    code = """
        import os, signal, sys
        from pathlib import Path
        from tests.servers.opensearch.nodes import find_line, shared_node

        with shared_node(find_line(), Path(sys.argv[1])) as url:
            os.kill(os.getpid(), signal.SIGKILL)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code), str(tmp_path)], check=False, timeout=180)
    url = (tmp_path / "address").read_text(encoding="utf-8")
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and _is_there(url):
        time.sleep(0.2)
    assert not _is_there(url)


def _is_there(url: str) -> bool:
    return bool(OpenSearch(url, max_retries=0).ping())
