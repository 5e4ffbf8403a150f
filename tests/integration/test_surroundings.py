"""Bad surroundings: rights that are missing, full disks, little memory, arguments that are no text."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import run_command
from tests.conftest import SEEDS

NOBODY = 65534
IS_ROOT = os.geteuid() == 0


@pytest.fixture
def archive(seed_index: Path) -> Iterator[Path]:
    """A folder that others may enter, with a copy of the index of the seeds and of the seeds themselves."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    shutil.copytree(seed_index, folder / ".dossier")
    (folder / "seeds").mkdir()
    for path in SEEDS.glob("*.txt"):
        shutil.copy(path, folder / "seeds")
    yield folder
    shutil.rmtree(folder)


def own(folder: Path, *, is_writable: bool) -> None:
    """Let a user without rights read everything below a folder, and write it as well or not."""
    for path in (folder, *folder.rglob("*")):
        if IS_ROOT:
            os.chown(path, NOBODY, NOBODY)
        mode = 0o755 if path.is_dir() else 0o644
        path.chmod(mode if is_writable else mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))


def run(*arguments: str, folder: Path) -> tuple[int, str]:
    """Exit code and standard error of a command, run by a user without rights."""
    home = {"HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    result = run_command(*arguments, folder=folder, environment=home, user=NOBODY if IS_ROOT else None)
    return result.returncode, result.stderr


def test_a_read_only_index_is_searched(archive: Path) -> None:
    own(archive, is_writable=False)
    assert run("Patriot withdrawal", folder=archive) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("index", "seeds", "--model", "none"),
        ("rebuild",),
        ("entities", "rename", "ismail-demir", "Ismail Demir"),
        ("entities", "undo"),
    ],
)
def test_writing_a_read_only_index_says_what_is_wrong(archive: Path, arguments: tuple[str, ...]) -> None:
    own(archive, is_writable=False)
    code, error = run(*arguments, folder=archive)
    assert code in (2, 3)
    assert error.startswith("error: ")
    assert "ermission denied" in error or "read-only" in error or "readonly" in error or "no decision" in error


@pytest.mark.parametrize("name", ["catalog.sqlite3", "engine", "."])
@pytest.mark.parametrize("arguments", [("Patriot",), ("stats",), ("doctor",), ("entities", "list", "people")])
def test_an_unreadable_index_says_what_is_wrong(archive: Path, name: str, arguments: tuple[str, ...]) -> None:
    own(archive, is_writable=True)
    (archive / ".dossier" / name).chmod(0)
    code, error = run(*arguments, folder=archive)
    (archive / ".dossier" / name).chmod(0o755)
    is_needed = name != "engine" or arguments[0] in ("Patriot", "doctor")
    assert code == (3 if is_needed else 0)
    assert error == "" if not is_needed else "ermission denied" in error or "unable to open" in error


@pytest.mark.skipif(not IS_ROOT, reason="only root leaves files behind that others may not write")
@pytest.mark.parametrize("name", ["writer.lock", "ingest.lock", "catalog.sqlite3-wal"])
def test_files_that_somebody_else_left_behind_are_named(archive: Path, name: str) -> None:
    own(archive, is_writable=True)
    left = archive / ".dossier" / name
    left.touch()
    os.chown(left, 0, 0)
    left.chmod(0o600)
    code, error = run("index", "seeds", "--model", "none", folder=archive)
    assert code == 3
    assert error.startswith("error: ")
    assert name in error or "unable to open" in error


@pytest.mark.parametrize(
    "arguments",
    [(b"\xff\xfe",), (b"show", b"\xff"), (b"entities", b"find", b"\xff"), (b"entities", b"rename", b"\xff", b"\xfe")],
)
def test_arguments_that_are_no_text(archive: Path, arguments: tuple[bytes, ...]) -> None:
    result = run_command(*arguments, folder=archive)
    assert result.returncode in (0, 1, 2)
    assert result.returncode != 2 or result.stderr.startswith("error: ")


def test_a_path_that_is_no_text_is_indexed_or_refused(archive: Path) -> None:
    name = os.fsencode(archive / "seeds") + b"/\xff.txt"
    Path(os.fsdecode(name)).write_text("Ismail Demir spoke in Ankara about the S-400.", encoding="utf-8")
    result = run_command("index", "seeds", "--model", "none", folder=archive)
    assert result.returncode in (0, 4)
    assert run_command("stats", folder=archive).returncode == 0


@pytest.mark.parametrize("kibibytes", [150_000, 300_000])
def test_too_little_memory_is_said(archive: Path, kibibytes: int) -> None:
    limit = ("bash", "-c", f'ulimit -v {kibibytes}; exec "$@"', "limited")
    result = run_command("Patriot withdrawal", folder=archive, prefix=limit)
    assert result.returncode in (0, 3)
    assert result.returncode == 0 or result.stderr.startswith("error: ")


def test_a_full_disk_is_said_and_nothing_is_lost(archive: Path) -> None:
    (archive / "seeds" / "new.txt").write_text("Vladimir Putin and the S-400. " * 20_000, encoding="utf-8")
    limit = ("bash", "-c", 'ulimit -f 300; exec "$@"', "limited")
    result = run_command("index", "seeds", "--model", "none", folder=archive, prefix=limit)
    assert (result.returncode, result.stderr.startswith("error: ")) == (3, True)
    assert "5 articles" in run_command("export", "-o", "csv", folder=archive).stderr
    assert run_command("index", "seeds", "--model", "none", folder=archive).returncode == 0
    assert "6 articles" in run_command("export", "-o", "csv", folder=archive).stderr
