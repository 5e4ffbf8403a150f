"""Files that a writer leaves on disk: commits by name, kills, full disks, leftovers."""

import os
import re
import signal
import subprocess
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.engines.manifest import MANIFEST, manifest_name, read_manifest, verify
from index.engines.registry import open_writer
from index.errors import IndexMissingError
from index.model import Document
from search.engines.registry import open_searcher
from tests.contract.conftest import DOCUMENTS
from tests.contract.engines import abandon
from tests.unit.index.engines.folders import generations, ids, write

_WRITER = """
    import os, signal, sys
    from pathlib import Path
    from index.engines import commit_chain
    from index.engines.arrays import segment_file
    from index.engines.whoosh import writer as whoosh_writer
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
            commit_chain.sync_folder = die
        elif point == "manifest":
            commit_chain.write_manifest = die
        elif point == "naming":
            Path.replace = die
        elif point == "publication":
            whoosh_writer.WhooshWriter.publish = die
        elif point == "replacement":
            Path.replace = dying_at(2, Path.replace)
        elif point == "leftovers":
            commit_chain.remove_leftovers = die
"""
_OLD, _NEW, _NONE = "abcd", "bcdnew", ""


def _killed(folder: Path, point: str) -> None:
    command = [sys.executable, "-c", textwrap.dedent(_WRITER), str(folder), point]
    result = subprocess.run(command, check=False, capture_output=True)
    assert result.returncode == (0 if point == "never" else -signal.SIGKILL), result.stderr.decode()


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
    old = generations(folder)
    _killed(folder, point)
    assert ids(folder) == published
    assert [ids(folder, generation) for generation in generations(folder) - old] == [prepared] * (prepared != _NONE)
    assert [ids(folder, generation) for generation in old] == [_OLD]
    assert {verify(folder, generation, engine="whoosh") for generation in (None, *generations(folder))} == {()}
    write(folder, Document(id="z", title="", body="after"))
    assert ids(folder) == published + "z"
    assert len(generations(folder)) == 2, "the published commit and the one before it"
    assert _unknown_files(folder) == set()
    assert verify(folder, engine="whoosh") == ()


def _unknown_files(folder: Path) -> set[str]:
    """Names in the folder that no manifest in it names."""
    known = {"writer.lock", MANIFEST}
    for generation in generations(folder):
        known.add(manifest_name(generation))
        known.update(file.name for file in read_manifest(folder, generation, engine="whoosh").files())
    return {path.name for path in folder.iterdir()} - known


@pytest.mark.parametrize("point", ["publication", "replacement"])
def test_a_writer_goes_on_from_a_prepared_commit_that_the_catalog_names(folder: Path, point: str) -> None:
    (old,) = generations(folder)
    _killed(folder, point)
    (prepared,) = generations(folder) - {old}
    with open_writer("whoosh", folder, lock_seconds=0, generation=prepared) as writer:
        writer.put([Document(id="z", title="", body="after")])
        assert (ids(folder), ids(folder, prepared)) == (_OLD, _NEW)
    assert ids(folder) == _NEW + "z"
    assert (ids(folder, prepared), ids(folder, old)) == (_NEW, _OLD)
    with open_writer("whoosh", folder, lock_seconds=0):
        pass
    assert (ids(folder, prepared), old in generations(folder)) == (_NEW, False)


def test_a_prepared_commit_that_nobody_names_goes_with_the_next_writer(folder: Path) -> None:
    (old,) = generations(folder)
    _killed(folder, "publication")
    (prepared,) = generations(folder) - {old}
    with open_writer("whoosh", folder, lock_seconds=0, generation=old):
        pass
    assert (ids(folder), generations(folder)) == (_OLD, {old})
    with pytest.raises(IndexMissingError, match=prepared):
        open_searcher("whoosh", folder, generation=prepared)


@pytest.mark.parametrize("gone", ["manifest.json", "manifest-*.json"])
def test_one_of_both_manifests_of_a_commit_is_enough_to_go_on(folder: Path, gone: str) -> None:
    (old,) = generations(folder)
    next(folder.glob(gone)).unlink()
    assert ids(folder, old) == _OLD
    with open_writer("whoosh", folder, lock_seconds=0, generation=old) as writer:
        writer.put([Document(id="z", title="", body="after")])
    assert (ids(folder), ids(folder, old)) == (_OLD + "z", _OLD)


def test_a_fresh_index_that_nobody_named_leaves_the_old_one_alone(folder: Path) -> None:
    (old,) = generations(folder)
    writer = open_writer("whoosh", folder, lock_seconds=0, is_fresh=True)
    writer.put(DOCUMENTS[:1])
    writer.prepare()
    abandon(writer)
    with open_writer("whoosh", folder, lock_seconds=0, generation=old):
        pass
    assert (ids(folder), generations(folder), verify(folder, engine="whoosh")) == (_OLD, {old}, ())


def test_a_fresh_writer_removes_nothing_before_it_publishes(folder: Path) -> None:
    (old,) = generations(folder)
    _killed(folder, "publication")
    (prepared,) = generations(folder) - {old}
    writer = open_writer("whoosh", folder, lock_seconds=0, is_fresh=True)
    writer.put(DOCUMENTS[:1])
    writer.prepare()
    abandon(writer)
    assert (ids(folder), ids(folder, prepared)) == (_OLD, _NEW)


def test_deletions_of_a_commit_that_was_given_up_do_not_mix_with_later_ones(folder: Path) -> None:
    (old,) = generations(folder)
    for document in "ab":
        with open_writer("whoosh", folder, lock_seconds=0, generation=old) as writer:
            writer.delete([document])
    assert sorted(ids(folder, generation) for generation in generations(folder)) == ["abcd", "acd", "bcd"]
    assert {verify(folder, generation, engine="whoosh") for generation in generations(folder)} == {()}
    assert ids(folder) == "acd"


def test_a_full_disk_loses_nothing_that_was_committed(folder: Path) -> None:
    code = """
        import resource, signal, sys
        from pathlib import Path
        from index.engines.registry import open_writer
        from index.errors import DiskFullError
        from index.model import Document

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        try:
            with open_writer("whoosh", Path(sys.argv[1]), lock_seconds=0) as writer:
                writer.put(Document(id=str(n), title="", body=f"word{n} " * 40) for n in range(2000))
        except DiskFullError as error:
            print(error)
    """
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(folder)], check=True, capture_output=True, text=True
    )
    assert "cannot be written" in result.stdout
    assert ids(folder) == "abcd"
    write(folder, Document(id="z", title="", body="after"))
    assert ids(folder) == "abcdz"
    assert len(list(folder.glob("*.segment"))) == 2


def test_a_damaged_index_can_be_made_anew(folder: Path) -> None:
    (folder / MANIFEST).write_text("damaged")
    with open_writer("whoosh", folder, lock_seconds=0, is_fresh=True) as writer:
        writer.put(DOCUMENTS[:2])
    assert ids(folder) == "ab"
    assert verify(folder, engine="whoosh") == ()


def test_what_is_not_of_the_index_stays_in_its_folder(folder: Path) -> None:
    (folder / "notes.segment").write_text("mine")
    (folder / "sub").mkdir()
    write(folder, Document(id="z", title="", body="more"))
    assert (folder / "notes.segment").read_text() == "mine"


def test_commits_of_single_documents_do_not_pile_up_segments(tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path, Document(id=f"{number:02}", title="", body="text"))
    assert len(read_manifest(tmp_path, engine="whoosh").segments) <= 9
    assert len(list(tmp_path.glob("*.segment"))) <= 18
    assert open_searcher("whoosh", tmp_path).document_count == 40


@dataclass
class _Recorder:
    """The calls by which a writer makes names and content durable, in order."""

    folder: Path
    calls: list[tuple[str, int | str, int]] = field(default_factory=list)

    def named(self) -> list[str]:
        """The calls with the names that files have by now; "." is the folder. Syncing part of a file is said."""
        paths = [self.folder, *self.folder.iterdir()]
        files = {path.stat().st_ino: (path.name, path.stat().st_size) for path in paths}
        files[self.folder.stat().st_ino] = (".", 0)
        lines = []
        for call, file, size in self.calls:
            name, whole = (file, 0) if isinstance(file, str) else files[file]
            part = "a part of " if call == "sync" and name != "." and size != whole else ""
            lines.append(f"{call} {part}{re.sub(r'^s[0-9a-f.]+[.]', '*.', name)}")
        self.calls.clear()
        return lines


@pytest.fixture
def recorder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> _Recorder:
    """Records `os.fsync`, `os.replace` and `os.unlink` in the folder of an index."""
    recorder = _Recorder(folder)
    fsync, replace, unlink = os.fsync, os.replace, os.unlink

    def record_fsync(descriptor: int) -> None:
        fsync(descriptor)
        status = os.fstat(descriptor)
        recorder.calls.append(("sync", status.st_ino, status.st_size))

    def record_replace(source: Path, target: Path) -> None:
        replace(source, target)
        recorder.calls.append(("rename", f"{Path(source).name} to {Path(target).name}", 0))

    def record_unlink(path: Path) -> None:
        unlink(path)
        recorder.calls.append(("remove", Path(path).name, 0))

    monkeypatch.setattr(os, "fsync", record_fsync)
    monkeypatch.setattr(os, "replace", record_replace)
    monkeypatch.setattr(os, "unlink", record_unlink)
    return recorder


def test_files_are_durable_before_their_manifest_and_the_manifest_before_its_name(
    folder: Path, recorder: _Recorder
) -> None:
    with open_writer("whoosh", folder, lock_seconds=0) as writer:
        writer.put([Document(id="z", title="", body="text")])
        writer.delete(["a"])
        manifest = manifest_name(writer.prepare())
        assert recorder.named() == [
            "sync *.segment",
            "sync *.deleted",
            "sync .",
            f"sync {manifest}",
            f"rename {manifest}.new to {manifest}",
            "sync .",
        ]
        writer.publish()
        assert recorder.named() == [f"sync {MANIFEST}", f"rename {MANIFEST}.new to {MANIFEST}", "sync ."]


def test_files_are_removed_only_after_the_commit_that_does_without_them_is_durable(
    folder: Path, recorder: _Recorder
) -> None:
    (first,) = generations(folder)
    with open_writer("whoosh", folder, lock_seconds=0) as writer:
        writer.delete(["a"])
    with open_writer("whoosh", folder, lock_seconds=0) as writer:
        recorder.calls.clear()
        writer.delete(["b", "c"])
        writer.commit()
        *durable, removed = recorder.named()
    assert removed == f"remove {manifest_name(first)}"
    assert durable[-3:] == [f"sync {MANIFEST}", f"rename {MANIFEST}.new to {MANIFEST}", "sync ."]
    assert [call for call in durable if call.startswith("remove")] == []
