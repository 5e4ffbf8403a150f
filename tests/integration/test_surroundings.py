"""Bad surroundings: rights that are missing, full disks, little memory, arguments that are no text."""

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.cli.main import main
from tests.conftest import SEEDS
from tests.support.commands import run_command

# Root may read and write everything; without these capabilities, the rights of files hold for it too.
WITHOUT_OVERRIDE = (
    ("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-dac_override,-dac_read_search")
    if os.geteuid() == 0
    else ()
)


@pytest.fixture
def archive(seed_index: Path, tmp_path: Path) -> Iterator[Path]:
    """A folder with a copy of the index of the seeds and of the seeds themselves."""
    folder = tmp_path / "archive"
    shutil.copytree(seed_index, folder / ".dossier")
    shutil.copytree(SEEDS, folder / "seeds", ignore=shutil.ignore_patterns("*.md"))
    yield folder
    allow(folder, is_writable=True)


def allow(folder: Path, *, is_writable: bool) -> None:
    """Let everything below a folder be read, and written as well or not."""
    folder.chmod(0o755)
    for path in (*folder.rglob("*"), folder):
        mode = 0o755 if path.is_dir() else 0o644
        path.chmod(mode if is_writable else mode & ~0o222)


def run(*arguments: str, folder: Path) -> tuple[int, str]:
    """Exit code and messages of a command to which the rights of files apply."""
    result = run_command(*arguments, folder=folder, prefix=WITHOUT_OVERRIDE)
    return result.returncode, result.stderr + (result.stdout if arguments[0] == "doctor" else "")


def test_a_read_only_index_is_searched(archive: Path) -> None:
    allow(archive, is_writable=False)
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
    allow(archive, is_writable=False)
    code, error = run(*arguments, folder=archive)
    assert code in (2, 3)
    assert error.startswith("error: ")
    assert "ermission denied" in error or "read-only" in error or "readonly" in error or "no decision" in error


@pytest.mark.parametrize("name", ["catalog.sqlite3", "engine", "."])
@pytest.mark.parametrize("arguments", [("Patriot",), ("stats",), ("doctor",), ("entities", "list", "people")])
def test_an_unreadable_index_says_what_is_wrong(archive: Path, name: str, arguments: tuple[str, ...]) -> None:
    allow(archive, is_writable=True)
    (archive / ".dossier" / name).chmod(0)
    code, error = run(*arguments, folder=archive)
    (archive / ".dossier" / name).chmod(0o755)
    is_needed = name != "engine" or arguments[0] in ("Patriot", "doctor")
    assert code == (3 if is_needed else 0)
    assert not is_needed or "ermission denied" in error or "unable to open" in error


@pytest.mark.parametrize("name", ["writer.lock", "ingest.lock", "catalog.sqlite3-wal"])
def test_files_that_somebody_else_left_behind_are_named(archive: Path, name: str) -> None:
    left = archive / ".dossier" / name
    left.touch()
    left.chmod(0)
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


def test_a_full_disk_is_said_and_nothing_is_lost(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def in_process(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["search-cli", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capfd.readouterr().err

    monkeypatch.chdir(archive)
    (archive / "seeds" / "new.txt").write_text("Vladimir Putin spoke about a withdrawal.", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        code, error = in_process("index", "seeds", "--model", "none", "-j", "1")
    assert (code, "error: " in error, "No space left" in error) == (5, True, True)
    assert "5 articles" in in_process("export", "-o", "csv")[1]
    # The six articles below "seeds" were staged; the next command publishes them.
    assert in_process("entities", "rename", "ismail-demir", "The Head of SSB")[0] == 0
    assert "11 articles" in in_process("export", "-o", "csv")[1]
