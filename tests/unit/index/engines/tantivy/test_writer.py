"""The files of the engine on tantivy: kills, full disks, damage, folders that cannot be written."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import pytest
import tantivy

from index.engines.manifest import MANIFEST, commit_folder, manifest_name, read_manifest
from index.engines.registry import open_writer, verify
from index.engines.tantivy.library import library_errors
from index.errors import DiskFullError, EngineError, IndexDamagedError, IndexOutdatedError
from index.model import Document
from search.engines.base import FacetRequest
from search.engines.registry import open_searcher
from search.query.ast import Everything, Term
from tests.contract.conftest import DOCUMENTS
from tests.unit.index.engines.folders import generations

_AFTER = Document(id="z", title="", body="after")


def _write(folder: Path, *documents: Document) -> None:
    with open_writer("tantivy", folder, lock_seconds=0) as writer:
        writer.put(documents)


def _ids(folder: Path, generation: str | None = None) -> str:
    searcher = open_searcher("tantivy", folder, generation=generation)
    assert searcher.search(Term("body", "the")).total <= searcher.document_count
    return "".join(searcher.scan(Everything()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of four documents, written in one commit."""
    _write(tmp_path, *DOCUMENTS)
    return tmp_path


_WRITER = """
    import os, signal, sys
    from pathlib import Path
    from index.engines import commit_chain
    from index.engines.arrays import segment_file
    from index.engines.tantivy import work_index, writer as tantivy_writer
    from index.engines.registry import open_writer
    from index.model import Document

    def die(*_arguments, **_options):
        os.kill(os.getpid(), signal.SIGKILL)

    point = sys.argv[2]
    with open_writer("tantivy", Path(sys.argv[1]), lock_seconds=0) as writer:
        writer.put([Document(id="new", title="", body="new text " * 50)])
        writer.delete(["a"])
        if point == "adding":
            die()
        elif point == "part":
            segment_file.SegmentFileWriter.close = die
        elif point == "library":
            work_index.WorkIndex.add = die
        elif point == "linking":
            work_index.file_entry = die
        elif point == "deletions":
            tantivy_writer.TantivyWriter._written_entry = die
        elif point == "manifest":
            commit_chain.write_manifest = die
        elif point == "publication":
            tantivy_writer.TantivyWriter.publish = die
        elif point == "leftovers":
            commit_chain.remove_leftovers = die
        elif point == "closing":
            work_index.WorkIndex.close = die
"""


def _killed(folder: Path, point: str) -> None:
    command = [sys.executable, "-c", textwrap.dedent(_WRITER), str(folder), point]
    result = subprocess.run(command, check=False, capture_output=True)
    assert result.returncode == -signal.SIGKILL, result.stderr.decode()


@pytest.mark.parametrize(
    ("point", "published", "prepared"),
    [
        ("adding", "abcd", ""),
        ("part", "abcd", ""),
        ("library", "abcd", ""),
        ("linking", "abcd", ""),
        ("deletions", "abcd", ""),
        ("manifest", "abcd", ""),
        ("publication", "abcd", "bcdnew"),
        ("leftovers", "bcdnew", "bcdnew"),
        ("closing", "bcdnew", "bcdnew"),
    ],
)
def test_a_kill_leaves_the_commit_before_or_after(folder: Path, point: str, published: str, prepared: str) -> None:
    old = generations(folder)
    _killed(folder, point)
    assert _ids(folder) == published
    assert [_ids(folder, generation) for generation in generations(folder) - old] == [prepared] * bool(prepared)
    assert {verify("tantivy", folder, generation=name) for name in (None, *generations(folder))} == {()}
    _write(folder, _AFTER)
    assert _ids(folder) == published + "z"
    assert len(generations(folder)) == 2, "the published commit and the one before it"
    assert _unknown_names(folder) == set()
    assert verify("tantivy", folder) == ()


def _unknown_names(folder: Path) -> set[str]:
    """Names in the folder that no manifest in it names."""
    known = {"writer.lock", MANIFEST}
    for generation in generations(folder):
        known |= {manifest_name(generation), commit_folder(generation)}
        manifest = read_manifest(folder, generation, engine="tantivy")
        known.update(file.name for file in manifest.files())
    return {path.name for path in folder.iterdir()} - known


def test_a_full_disk_loses_nothing_that_was_committed(folder: Path) -> None:
    code = """
        import resource, signal, sys
        from pathlib import Path
        from index.engines.registry import open_writer
        from index.errors import DiskFullError
        from index.model import Document

        limit, words = int(sys.argv[2]), int(sys.argv[3])
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            with open_writer("tantivy", Path(sys.argv[1]), lock_seconds=0) as writer:
                writer.put(Document(id=str(n), title="", body=f"word{n % words} " * 40) for n in range(2000))
        except DiskFullError as error:
            print(error)
    """
    for limit, words in ((20_000, 2000), (400_000, 2000)):
        command = [sys.executable, "-c", textwrap.dedent(code), str(folder), str(limit), str(words)]
        result = subprocess.run(command, check=True, capture_output=True, text=True)
        assert "cannot be written" in result.stdout, (limit, result.stderr)
        assert _ids(folder) == "abcd"
    _write(folder, _AFTER)
    assert _ids(folder) == "abcdz"
    assert _unknown_names(folder) == set()


def test_a_flipped_byte_in_any_file_is_found_and_mended(folder: Path) -> None:
    _write(folder, _AFTER)
    with open_writer("tantivy", folder, lock_seconds=0) as writer:
        writer.delete(["b"])
    manifest = read_manifest(folder, engine="tantivy")
    names = [file.name for file in manifest.files()]
    assert {Path(name).suffix for name in names} >= {".segment", ".deleted", ".json", ".idx", ".term", ".fast", ".del"}
    for name in names:
        path = folder / name
        saved = path.read_bytes()
        damaged = bytearray(saved)
        damaged[len(damaged) // 2] ^= 1
        _replaced(path, bytes(damaged))
        (problem,) = verify("tantivy", folder)
        assert name in problem
        assert "search-cli rebuild" in problem
        _searched(folder)
        _replaced(path, saved)
    assert verify("tantivy", folder) == ()


def _replaced(path: Path, content: bytes) -> None:
    """Write a file that other commits have under other names."""
    path.unlink()
    path.write_bytes(content)


def _searched(folder: Path) -> None:
    """Search a damaged index, which answers or raises an error of ours."""
    try:
        searcher = open_searcher("tantivy", folder)
        searcher.search(Term("body", "missil"), facets=[FacetRequest("people")])
    except EngineError:
        return


def test_a_file_cut_short_or_missing_is_said_when_it_is_opened(folder: Path) -> None:
    for name in [file.name for file in read_manifest(folder, engine="tantivy").library]:
        path = folder / name
        saved = path.read_bytes()
        _replaced(path, saved[:-1])
        for open_ in (lambda: open_searcher("tantivy", folder), lambda: open_writer("tantivy", folder, lock_seconds=0)):
            with pytest.raises(IndexDamagedError, match="search-cli rebuild"):
                open_()
        path.unlink()
        for open_ in (lambda: open_searcher("tantivy", folder), lambda: open_writer("tantivy", folder, lock_seconds=0)):
            with pytest.raises(IndexDamagedError, match=r"missing.*search-cli rebuild"):
                open_()
        path.write_bytes(saved)
    with open_writer("tantivy", folder, lock_seconds=0, is_fresh=True) as writer:
        writer.put(DOCUMENTS[:2])
    assert (_ids(folder), verify("tantivy", folder)) == ("ab", ())


def test_panics_of_the_library_are_errors_of_ours(folder: Path) -> None:
    index = tantivy.Index.open(str(folder / commit_folder(read_manifest(folder, engine="tantivy").generation)))
    with pytest.raises(IndexDamagedError, match="search-cli rebuild"), library_errors(folder):
        index.searcher().search(tantivy.Query.all_query(), 0)
    with pytest.raises(KeyboardInterrupt), library_errors(folder):
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("An error occurred in a thread: 'No space left on device (os error 28)'", DiskFullError),
        ("Os { code: 27, kind: FileTooLarge, message: 'File too large' }", DiskFullError),
        ("Permission denied (os error 13)", EngineError),
        ("something else", EngineError),
    ],
)
def test_errors_of_the_library_say_what_to_do(tmp_path: Path, message: str, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=r"free some space|search-cli rebuild") as caught, library_errors(tmp_path):
        raise ValueError(message)
    assert type(caught.value) is kind


@pytest.mark.parametrize(("free", "kind"), [(1_000, DiskFullError), (10**12, EngineError)])
def test_a_thread_of_the_library_that_ends_may_mean_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, kind: type[Exception]
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    with pytest.raises(kind), library_errors(tmp_path):
        raise ValueError("An error occurred in a thread: 'An index writer was killed..'")


def test_an_index_of_another_engine_is_told_and_stays_until_it_is_replaced(folder: Path) -> None:
    for open_ in (lambda: open_searcher("whoosh", folder), lambda: open_writer("whoosh", folder, lock_seconds=0)):
        with pytest.raises(IndexOutdatedError, match=r"engine 'tantivy'.*search-cli rebuild"):
            open_()
    (old,) = generations(folder)
    with open_writer("whoosh", folder, lock_seconds=0, is_fresh=True) as writer:
        writer.put(DOCUMENTS[:1])
    assert "".join(open_searcher("whoosh", folder).scan(Everything())) == "a"
    assert _ids(folder, old) == "abcd"
    for _ in range(2):
        with open_writer("whoosh", folder, lock_seconds=0) as writer:
            writer.put([_AFTER])
            writer.delete(["a"])
    assert not (folder / commit_folder(old)).exists()


def test_a_folder_that_cannot_be_written_can_be_searched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_index = tantivy.Index.open

    class ReadOnly:
        """The library on a disk that cannot be written."""

        @staticmethod
        def open(path: str) -> tantivy.Index:
            if path.startswith(str(folder)):
                raise ValueError(
                    "Failed to acquire Lockfile: IoError(Os { code: 30, message: 'Read-only file system' })"
                )
            return open_index(path)

    monkeypatch.setattr("index.engines.tantivy.part_store.tantivy.Index", ReadOnly)
    assert _ids(folder) == "abcd"


def test_commits_of_single_documents_do_not_pile_up_files(tmp_path: Path) -> None:
    for number in range(30):
        _write(tmp_path, Document(id=f"{number:02}", title="", body="text"))
    manifest = read_manifest(tmp_path, engine="tantivy")
    assert len(manifest.segments) <= 9
    assert len(manifest.library) <= 9 * 8
    assert len(list(tmp_path.glob("*.segment"))) <= 18
    assert open_searcher("tantivy", tmp_path).document_count == 30


def test_files_of_the_library_are_shared_by_commits(folder: Path) -> None:
    _write(folder, _AFTER)
    files = {path.stat().st_ino for path in folder.glob("commit-*/*.idx")}
    assert (len(files), len(list(folder.glob("commit-*/*.idx")))) == (2, 3)
    assert not list(folder.glob("work-*"))
