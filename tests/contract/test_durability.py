"""Engines that keep their index outlive their process: locks, kills, readers beside writers."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from index.engines.base import EngineLocation
from index.engines.registry import open_writer, verify
from index.errors import IndexLockedError, IndexMissingError
from index.model import Document
from search.engines.registry import open_searcher
from search.query.ast import Everything, Term
from tests.contract.conftest import DOCUMENTS
from tests.contract.engines import ENGINES, INSTALLED, URLS, parameters, running

_REGISTERED = [engine for engine in ENGINES if engine.name in INSTALLED]


@pytest.fixture(params=parameters(_REGISTERED))
def engine(request: pytest.FixtureRequest) -> str:
    """An engine by name, opened as the program does."""
    return running(request).name


@pytest.fixture(params=parameters(engine for engine in _REGISTERED if engine.capabilities.can_pin_commits))
def pinning(request: pytest.FixtureRequest) -> str:
    return running(request).name


def _at(engine: str, folder: Path) -> EngineLocation:
    return EngineLocation(folder, url=URLS.get(engine, ""))


def _write(engine: str, folder: Path, *documents: Document) -> None:
    with open_writer(engine, _at(engine, folder), lock_seconds=0) as writer:
        writer.put(documents)


def _ids(engine: str, folder: Path, generation: str | None = None) -> str:
    return "".join(open_searcher(engine, _at(engine, folder), generation=generation).scan(Everything()))


def test_a_second_writer_is_told_who_holds_the_lock(engine: str, tmp_path: Path) -> None:
    with (
        open_writer(engine, _at(engine, tmp_path), lock_seconds=0),
        pytest.raises(IndexLockedError, match=f"Process {os.getpid()} on"),
    ):
        open_writer(engine, _at(engine, tmp_path), lock_seconds=0.1)
    _write(engine, tmp_path)


_WRITER = """
    import os, signal, sys
    from pathlib import Path
    from index.engines.base import EngineLocation
    from index.engines.registry import open_writer
    from index.model import Document

    engine, folder, url, point = sys.argv[1:]
    with open_writer(engine, EngineLocation(Path(folder), url=url), lock_seconds=0) as writer:
        writer.put([Document(id="new", title="", body="new text " * 50)])
        writer.delete(["a"])
        if point != "put":
            print(writer.prepare(), flush=True)
        if point == "published":
            writer.publish()
        os.kill(os.getpid(), signal.SIGKILL)
"""


def _killed(engine: str, folder: Path, point: str) -> str:
    """Write in another process that is killed, and return the generation that it prepared."""
    command = [sys.executable, "-c", textwrap.dedent(_WRITER), engine, str(folder), URLS.get(engine, ""), point]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    assert result.returncode == -signal.SIGKILL, result.stderr
    return result.stdout.strip()


@pytest.mark.parametrize(("point", "ids"), [("put", "abcd"), ("prepared", "abcd"), ("published", "bcdnew")])
def test_a_kill_leaves_the_last_published_commit(engine: str, tmp_path: Path, point: str, ids: str) -> None:
    _write(engine, tmp_path, *DOCUMENTS)
    _killed(engine, tmp_path, point)
    assert _ids(engine, tmp_path) == ids
    assert verify(engine, _at(engine, tmp_path)) == ()
    _write(engine, tmp_path, Document(id="z", title="", body="after"))
    assert _ids(engine, tmp_path) == ids + "z"
    assert verify(engine, _at(engine, tmp_path)) == ()


def test_a_kill_leaves_what_was_prepared_to_those_that_name_it(pinning: str, tmp_path: Path) -> None:
    _write(pinning, tmp_path, *DOCUMENTS)
    prepared = _killed(pinning, tmp_path, "prepared")
    assert (_ids(pinning, tmp_path), _ids(pinning, tmp_path, prepared)) == ("abcd", "bcdnew")
    assert verify(pinning, _at(pinning, tmp_path), generation=prepared) == ()
    with open_writer(pinning, _at(pinning, tmp_path), lock_seconds=0, generation=prepared) as writer:
        writer.put([Document(id="z", title="", body="after")])
    assert _ids(pinning, tmp_path) == "bcdnewz"


def test_there_is_no_index_in_an_empty_folder(engine: str, tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="search-cli index"):
        open_searcher(engine, _at(engine, tmp_path))
    with pytest.raises(IndexMissingError):
        open_searcher(engine, _at(engine, tmp_path / "nowhere"))
    with pytest.raises(IndexMissingError):
        verify(engine, _at(engine, tmp_path))


def test_the_first_commit_can_be_read_by_name_before_it_is_published(pinning: str, tmp_path: Path) -> None:
    with open_writer(pinning, _at(pinning, tmp_path), lock_seconds=0) as writer:
        writer.put(DOCUMENTS)
        generation = writer.prepare()
        with pytest.raises(IndexMissingError):
            open_searcher(pinning, _at(pinning, tmp_path))
        assert _ids(pinning, tmp_path, generation) == "abcd"
        writer.publish()
        assert _ids(pinning, tmp_path) == "abcd"


def test_readers_see_the_old_index_until_a_fresh_one_is_committed(engine: str, tmp_path: Path) -> None:
    _write(engine, tmp_path, *DOCUMENTS)
    searcher = open_searcher(engine, _at(engine, tmp_path))
    with open_writer(engine, _at(engine, tmp_path), lock_seconds=0, is_fresh=True) as writer:
        writer.put(DOCUMENTS[:1])
        assert _ids(engine, tmp_path) == "abcd"
    assert sorted(searcher.scan(Term("body", "missil"))) == ["b", "c", "d"]
    assert searcher.refresh()
    assert list(searcher.scan(Everything())) == ["a"]


def test_readers_of_the_index_before_a_fresh_one_are_not_cut_off(pinning: str, tmp_path: Path) -> None:
    _write(pinning, tmp_path, *DOCUMENTS)
    old = open_searcher(pinning, _at(pinning, tmp_path)).generation
    with open_writer(pinning, _at(pinning, tmp_path), lock_seconds=0, is_fresh=True) as writer:
        writer.put(DOCUMENTS[:1])
    assert (_ids(pinning, tmp_path), _ids(pinning, tmp_path, old)) == ("a", "abcd")
    with open_writer(pinning, _at(pinning, tmp_path), lock_seconds=0):
        pass
    assert (_ids(pinning, tmp_path), _ids(pinning, tmp_path, old)) == ("a", "abcd")


def test_readers_open_while_another_process_commits(engine: str, tmp_path: Path) -> None:
    _write(engine, tmp_path, *DOCUMENTS)
    code = """
        import sys
        from pathlib import Path
        from index.engines.base import EngineLocation
        from index.engines.registry import open_writer
        from index.model import Document

        engine, folder, url = sys.argv[1:]
        for number in range(60):
            with open_writer(engine, EngineLocation(Path(folder), url=url), lock_seconds=5) as writer:
                writer.put([Document(id=f"n{number}", title="", body="text")])
                writer.delete([f"n{number - 2}"])
    """
    command = [sys.executable, "-c", textwrap.dedent(code), engine, str(tmp_path), URLS.get(engine, "")]
    process = subprocess.Popen(command)
    seen = set()
    while process.poll() is None:
        seen.add(len(_ids(engine, tmp_path).replace("n", "")) > 3)
    assert process.returncode == 0
    assert seen == {True}
    assert _ids(engine, tmp_path).startswith("abcd")
