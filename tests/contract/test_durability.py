"""Engines on disk: locks, kills, full disks, damage, and untrusted files."""

import os
import pickle
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from index.engines.registry import open_writer
from index.engines.whoosh.manifest import MANIFEST, manifest_name, read_manifest, verify
from index.errors import (
    EngineError,
    IndexDamagedError,
    IndexLockedError,
    IndexMissingError,
    IndexOutdatedError,
    IndexUntrustedError,
    UsageError,
)
from index.model import Document
from search.engines.registry import open_searcher
from search.query.ast import Everything, Term
from tests.contract.conftest import DOCUMENTS
from tests.contract.engines import abandon

_ENGINE = "whoosh"


def _write(folder: Path, *documents: Document) -> None:
    with open_writer(_ENGINE, folder, lock_seconds=0) as writer:
        writer.put(documents)


def _ids(folder: Path, generation: str | None = None) -> str:
    return "".join(open_searcher(_ENGINE, folder, generation=generation).scan(Everything()))


def _segment(folder: Path) -> Path:
    return next(folder.glob("*.segment"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    _write(tmp_path, *DOCUMENTS)
    return tmp_path


def test_a_second_writer_is_told_who_holds_the_lock(folder: Path) -> None:
    with (
        open_writer(_ENGINE, folder, lock_seconds=0),
        pytest.raises(IndexLockedError, match=f"Process {os.getpid()} on"),
    ):
        open_writer(_ENGINE, folder, lock_seconds=0.1)
    _write(folder)


_WRITER = """
    import os, signal, sys
    from pathlib import Path
    from index.engines.whoosh import manifest, segment_file, writer as whoosh_writer
    from index.engines.registry import open_writer
    from index.model import Document

    def die(*_arguments, **_options):
        os.kill(os.getpid(), signal.SIGKILL)

    def dying_at(number, function):
        calls = []

        def called(*arguments, **options):
            calls.append(None)
            return die() if len(calls) == number else function(*arguments, **options)

        return called

    point = sys.argv[2]
    with open_writer("whoosh", Path(sys.argv[1]), lock_seconds=0) as writer:
        writer.put([Document(id="new", title="", body="new text " * 50)])
        writer.delete(["a"])
        if point == "adding":
            die()
        elif point == "segment":
            segment_file.SegmentFileWriter.close = die
        elif point == "deletions":
            whoosh_writer.WhooshWriter._written_entry = die
        elif point == "sync":
            whoosh_writer.sync_folder = die
        elif point == "manifest":
            whoosh_writer.write_manifest = die
        elif point == "naming":
            Path.replace = die
        elif point == "publication":
            whoosh_writer.WhooshWriter.publish = die
        elif point == "replacement":
            Path.replace = dying_at(2, Path.replace)
        elif point == "leftovers":
            whoosh_writer.remove_leftovers = die
"""
_OLD, _NEW, _NONE = "abcd", "bcdnew", ""


def _killed(folder: Path, point: str) -> None:
    command = [sys.executable, "-c", textwrap.dedent(_WRITER), str(folder), point]
    result = subprocess.run(command, check=False, capture_output=True)
    assert result.returncode == (0 if point == "never" else -signal.SIGKILL), result.stderr.decode()


def _generations(folder: Path) -> set[str]:
    return {path.stem.removeprefix("manifest-") for path in folder.glob("manifest-*.json")}


@pytest.mark.parametrize(
    ("point", "published", "prepared"),
    [
        ("adding", _OLD, _NONE),
        ("segment", _OLD, _NONE),
        ("deletions", _OLD, _NONE),
        ("sync", _OLD, _NONE),
        ("manifest", _OLD, _NONE),
        ("naming", _OLD, _NONE),
        ("publication", _OLD, _NEW),
        ("replacement", _OLD, _NEW),
        ("leftovers", _NEW, _NEW),
        ("never", _NEW, _NEW),
    ],
)
def test_a_kill_leaves_the_commit_before_or_after(folder: Path, point: str, published: str, prepared: str) -> None:
    old = _generations(folder)
    _killed(folder, point)
    assert _ids(folder) == published
    assert [_ids(folder, generation) for generation in _generations(folder) - old] == [prepared] * (prepared != _NONE)
    assert [_ids(folder, generation) for generation in old] == [_OLD]
    assert {verify(folder, generation) for generation in (None, *_generations(folder))} == {()}
    _write(folder, Document(id="z", title="", body="after"))
    assert _ids(folder) == published + "z"
    assert len(_generations(folder)) == 2, "the published commit and the one before it"
    assert _unknown_files(folder) == set()
    assert verify(folder) == ()


def _unknown_files(folder: Path) -> set[str]:
    """Names in the folder that no manifest in it names."""
    known = {"writer.lock", MANIFEST}
    for generation in _generations(folder):
        known.add(manifest_name(generation))
        known.update(file.name for file in read_manifest(folder, generation).files())
    return {path.name for path in folder.iterdir()} - known


@pytest.mark.parametrize("point", ["publication", "replacement"])
def test_a_writer_goes_on_from_a_prepared_commit_that_the_catalog_names(folder: Path, point: str) -> None:
    (old,) = _generations(folder)
    _killed(folder, point)
    (prepared,) = _generations(folder) - {old}
    with open_writer(_ENGINE, folder, lock_seconds=0, generation=prepared) as writer:
        writer.put([Document(id="z", title="", body="after")])
        assert (_ids(folder), _ids(folder, prepared)) == (_OLD, _NEW)
    assert _ids(folder) == _NEW + "z"
    assert (_ids(folder, prepared), _ids(folder, old)) == (_NEW, _OLD)
    with open_writer(_ENGINE, folder, lock_seconds=0):
        pass
    assert (_ids(folder, prepared), old in _generations(folder)) == (_NEW, False)


def test_a_prepared_commit_that_nobody_names_goes_with_the_next_writer(folder: Path) -> None:
    (old,) = _generations(folder)
    _killed(folder, "publication")
    (prepared,) = _generations(folder) - {old}
    with open_writer(_ENGINE, folder, lock_seconds=0, generation=old):
        pass
    assert (_ids(folder), _generations(folder)) == (_OLD, {old})
    with pytest.raises(IndexMissingError, match=prepared):
        open_searcher(_ENGINE, folder, generation=prepared)


@pytest.mark.parametrize("gone", ["manifest.json", "manifest-*.json"])
def test_one_of_both_manifests_of_a_commit_is_enough_to_go_on(folder: Path, gone: str) -> None:
    (old,) = _generations(folder)
    next(folder.glob(gone)).unlink()
    assert _ids(folder, old) == _OLD
    with open_writer(_ENGINE, folder, lock_seconds=0, generation=old) as writer:
        writer.put([Document(id="z", title="", body="after")])
    assert (_ids(folder), _ids(folder, old)) == (_OLD + "z", _OLD)


def test_the_first_commit_of_an_index_can_be_read_by_name_before_it_is_published(tmp_path: Path) -> None:
    with open_writer(_ENGINE, tmp_path, lock_seconds=0) as writer:
        writer.put(DOCUMENTS)
        generation = writer.prepare()
        with pytest.raises(IndexMissingError):
            open_searcher(_ENGINE, tmp_path)
        assert _ids(tmp_path, generation) == _OLD
        writer.publish()
        assert _ids(tmp_path) == _OLD


def test_a_fresh_index_that_nobody_named_leaves_the_old_one_alone(folder: Path) -> None:
    (old,) = _generations(folder)
    writer = open_writer(_ENGINE, folder, lock_seconds=0, is_fresh=True)
    writer.put(DOCUMENTS[:1])
    writer.prepare()
    abandon(writer)
    with open_writer(_ENGINE, folder, lock_seconds=0, generation=old):
        pass
    assert (_ids(folder), _generations(folder), verify(folder)) == (_OLD, {old}, ())


def test_readers_of_the_index_before_a_fresh_one_are_not_cut_off(folder: Path) -> None:
    (old,) = _generations(folder)
    with open_writer(_ENGINE, folder, lock_seconds=0, is_fresh=True) as writer:
        writer.put(DOCUMENTS[:1])
    assert (_ids(folder), _ids(folder, old)) == ("a", _OLD)
    with open_writer(_ENGINE, folder, lock_seconds=0):
        pass
    assert (_ids(folder), _ids(folder, old)) == ("a", _OLD)


def test_deletions_of_a_commit_that_was_given_up_do_not_mix_with_later_ones(folder: Path) -> None:
    (old,) = _generations(folder)
    for document in "ab":
        with open_writer(_ENGINE, folder, lock_seconds=0, generation=old) as writer:
            writer.delete([document])
    assert sorted(_ids(folder, generation) for generation in _generations(folder)) == ["abcd", "acd", "bcd"]
    assert {verify(folder, generation) for generation in _generations(folder)} == {()}
    assert _ids(folder) == "acd"


def test_a_server_outlives_the_replacement_of_its_folder(tmp_path: Path) -> None:
    folder, other = tmp_path / "engine", tmp_path / "other"
    _write(folder, *DOCUMENTS)
    _write(other, Document(id="z", title="", body="missiles elsewhere"))
    searcher = open_searcher(_ENGINE, folder)
    pinned = searcher.at(searcher.generation)
    (generation,) = _generations(other)
    folder.rename(tmp_path / "old")
    with pytest.raises(IndexMissingError):
        searcher.refresh()
    other.rename(folder)
    assert list(searcher.at(generation).scan(Term("body", "missil"))) == ["z"]
    assert list(pinned.scan(Term("body", "missil"))) == ["d", "b", "c"]
    assert searcher.refresh()
    assert list(searcher.scan(Everything())) == ["z"]


def test_a_full_disk_loses_nothing_that_was_committed(folder: Path) -> None:
    code = """
        import resource, signal, sys
        from pathlib import Path
        from index.engines.registry import open_writer
        from index.errors import EngineError
        from index.model import Document

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        try:
            with open_writer("whoosh", Path(sys.argv[1]), lock_seconds=0) as writer:
                writer.put(Document(id=str(n), title="", body=f"word{n} " * 40) for n in range(2000))
        except EngineError as error:
            print(error)
    """
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(folder)], check=True, capture_output=True, text=True
    )
    assert "cannot be written" in result.stdout
    assert _ids(folder) == "abcd"
    _write(folder, Document(id="z", title="", body="after"))
    assert _ids(folder) == "abcdz"
    assert len(list(folder.glob("*.segment"))) == 2


def test_verify_finds_a_flipped_byte_anywhere(folder: Path) -> None:
    assert verify(folder) == ()
    path = _segment(folder)
    data = bytearray(path.read_bytes())
    for place in (9, len(data) // 2, len(data) - 1):
        flipped = data.copy()
        flipped[place] ^= 1
        path.write_bytes(flipped)
        (problem,) = verify(folder)
        assert path.name in problem
        assert "search-cli rebuild" in problem


def test_verify_finds_a_missing_file(folder: Path) -> None:
    _segment(folder).unlink()
    (problem,) = verify(folder)
    assert "cannot be read" in problem


@pytest.mark.parametrize("keep", [0, 7, 30, -1], ids=["empty", "magic only", "a piece", "one byte less"])
@pytest.mark.parametrize("which", ["segment", "deleted"])
def test_a_truncated_file_is_named(folder: Path, which: str, keep: int) -> None:
    with open_writer(_ENGINE, folder, lock_seconds=0) as writer:
        writer.delete(["a"])
    path = next(folder.glob(f"*.{which}"))
    path.write_bytes(path.read_bytes()[:keep])
    for open_ in (lambda: open_searcher(_ENGINE, folder), lambda: open_writer(_ENGINE, folder, lock_seconds=0)):
        with pytest.raises(IndexDamagedError, match=path.name):
            open_()


def test_a_missing_segment_is_named(folder: Path) -> None:
    path = _segment(folder)
    path.unlink()
    for open_ in (lambda: open_searcher(_ENGINE, folder), lambda: open_writer(_ENGINE, folder, lock_seconds=0)):
        with pytest.raises(IndexDamagedError, match=path.name):
            open_()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"number": "x"}', "null", '{"segments": 5}'])
def test_a_broken_manifest_says_so(folder: Path, text: str) -> None:
    (folder / MANIFEST).write_text(text)
    with pytest.raises(IndexDamagedError, match="search-cli rebuild"):
        open_searcher(_ENGINE, folder)


@pytest.mark.parametrize("name", ["codec", "analyzer", "schema"])
def test_an_index_of_another_version_says_so(folder: Path, name: str) -> None:
    path = folder / MANIFEST
    path.write_text(path.read_text().replace(f'"{name}": ', f'"{name}": 0, "was": ', 1))
    for open_ in (lambda: open_searcher(_ENGINE, folder), lambda: open_writer(_ENGINE, folder, lock_seconds=0)):
        with pytest.raises(IndexOutdatedError, match="search-cli rebuild"):
            open_()


def test_there_is_no_index_in_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="search-cli index"):
        open_searcher(_ENGINE, tmp_path)
    with pytest.raises(IndexMissingError):
        open_searcher(_ENGINE, tmp_path / "nowhere")


def test_a_damaged_index_can_be_made_anew(folder: Path) -> None:
    (folder / MANIFEST).write_text("damaged")
    with open_writer(_ENGINE, folder, lock_seconds=0, is_fresh=True) as writer:
        writer.put(DOCUMENTS[:2])
    assert _ids(folder) == "ab"
    assert verify(folder) == ()


def test_readers_see_the_old_index_until_a_fresh_one_is_committed(folder: Path) -> None:
    searcher = open_searcher(_ENGINE, folder)
    with open_writer(_ENGINE, folder, lock_seconds=0, is_fresh=True) as writer:
        writer.put(DOCUMENTS[:1])
        assert _ids(folder) == "abcd"
    assert list(searcher.scan(Term("body", "missil"))) == ["d", "b", "c"]
    assert searcher.refresh()
    assert list(searcher.scan(Everything())) == ["a"]


class _Bomb:
    """Unpickling it makes a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return (_explode, (str(self._path),))


def _explode(path: str) -> None:
    Path(path).write_text("executed")


def test_pickles_planted_in_an_index_are_never_executed(folder: Path, tmp_path: Path) -> None:
    mark = tmp_path / "executed"
    bomb = pickle.dumps(_Bomb(mark))
    pickle.loads(bomb)
    assert mark.exists()
    mark.unlink()
    for name in ("_dossier_1.toc", "_MAIN_1.toc", "MAIN_WRITELOCK", "dossier_x.seg"):
        (folder / name).write_bytes(bomb)
    for path in [*folder.glob("*.segment"), folder / MANIFEST, folder / "writer.lock"]:
        saved = path.read_bytes()
        path.write_bytes(bomb)
        for open_ in (lambda: open_searcher(_ENGINE, folder), lambda: _write(folder, DOCUMENTS[0])):
            try:
                open_()
            except EngineError:
                continue
        path.write_bytes(saved)
    assert not mark.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "s.segment", ""])
def test_a_manifest_that_names_strange_files_is_not_trusted(folder: Path, name: str) -> None:
    path = folder / MANIFEST
    path.write_text(path.read_text().replace(_segment(folder).name, name))
    with pytest.raises(IndexUntrustedError, match="search-cli rebuild"):
        open_searcher(_ENGINE, folder)


def test_what_is_not_of_the_index_stays_in_its_folder(folder: Path) -> None:
    (folder / "notes.segment").write_text("mine")
    (folder / "sub").mkdir()
    _write(folder, Document(id="z", title="", body="more"))
    assert (folder / "notes.segment").read_text() == "mine"


def test_an_unknown_engine_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="lucene"):
        open_writer("lucene", tmp_path, lock_seconds=0)
    with pytest.raises(UsageError, match="lucene"):
        open_searcher("lucene", tmp_path)


def test_commits_of_single_documents_do_not_pile_up_segments(tmp_path: Path) -> None:
    for number in range(40):
        _write(tmp_path, Document(id=f"{number:02}", title="", body="text"))
    assert len(read_manifest(tmp_path).segments) <= 9
    assert len(list(tmp_path.glob("*.segment"))) <= 18
    assert open_searcher(_ENGINE, tmp_path).document_count == 40


def test_readers_open_while_another_process_commits(folder: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from index.engines.registry import open_writer
        from index.model import Document

        for number in range(60):
            with open_writer("whoosh", Path(sys.argv[1]), lock_seconds=5) as writer:
                writer.put([Document(id=f"n{number}", title="", body="text")])
                writer.delete([f"n{number - 2}"])
    """
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code), str(folder)])
    seen = set()
    while process.poll() is None:
        seen.add(len(_ids(folder).replace("n", "")) > 3)
    assert process.returncode == 0
    assert seen == {True}
    assert _ids(folder).startswith("abcd")
