"""`search-cli index` is bounded and careful: links, pruning, standard input, files that stall, full disks."""

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.commands import PROGRAM, Run, run_command

ROOT = Path(__file__).parents[2]
WRITTEN = 1_600_000_000.0


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    (folder / "deep").mkdir(parents=True)
    for number in range(5):
        write(folder / f"{number}.txt", f"Talks in Ankara, day {number}.\n")
    write(folder / "deep" / "rome.txt", "Talks in Rome.\n")
    return folder


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (WRITTEN, WRITTEN))


def piped(text: bytes, *arguments: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SEARCH_CLI_MODEL": "none"}
    return subprocess.run(
        [*PROGRAM, *arguments], input=text, cwd=folder, env=environment, capture_output=True, check=False
    )


def test_links_out_of_the_folder_are_said_and_followed_when_asked(in_process: Run, news: Path, tmp_path: Path) -> None:
    write(tmp_path / "secret.txt", "Paris.\n")
    (news / "link.txt").symlink_to(tmp_path / "secret.txt")
    first = in_process("index", "news")
    assert "6 added" in first.stderr
    assert "1 link leads out of the folder, such as news/link.txt: not followed. --follow-links" in first.stderr
    second = in_process("index", "news", "--follow-links")
    assert ("1 added" in second.stderr, "link leads" in second.stderr) == (True, False)


def test_pruning_much_needs_yes(in_process: Run, news: Path) -> None:
    in_process("index", "news")
    (news / "0.txt").unlink()
    refused = in_process("index", "news", "--prune")
    assert refused.returncode == 2
    assert "1 of 6 articles would be forgotten" in refused.stderr
    assert "--yes" in refused.stderr
    assert "1 removed" in in_process("index", "news", "--prune", "--yes").stderr


@pytest.mark.parametrize(("answer", "removed", "code"), [(b"y\n", "1 removed", 0), (b"n\n", "0 removed", 2)])
def test_pruning_much_asks_on_a_terminal(in_process: Run, news: Path, answer: bytes, removed: str, code: int) -> None:
    in_process("index", "news")
    (news / "0.txt").unlink()
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SEARCH_CLI_MODEL": "none", "TERM": "dumb"}
    process = subprocess.Popen(
        [*PROGRAM, "index", "news", "--prune"],
        cwd=news.parent,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown, is_answered = b"", False
    while block := read_terminal(ours):
        shown += block
        if b"[y/N]" in shown and not is_answered:
            os.write(ours, answer)
            is_answered = True
    assert b"1 of 6 articles are gone from their files. Remove them from the archive?" in shown
    assert removed in shown.decode()
    assert process.wait() == code


def read_terminal(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # The other side is closed.
        return b""


@pytest.mark.parametrize("is_emptied", [False, True])
def test_pruning_a_missing_or_empty_folder_forgets_nothing(
    in_process: Run, news: Path, tmp_path: Path, is_emptied: bool
) -> None:
    in_process("index", "news")
    news.rename(tmp_path / "away")
    if is_emptied:
        news.mkdir()
    refused = in_process("index", "news", "--prune", "--yes")
    assert refused.returncode == 2
    assert "news holds no files" in refused.stderr or "news is not there" in refused.stderr
    assert len(in_process("export").stdout.splitlines()) == 6


def test_a_second_text_from_standard_input_replaces_no_first(in_process: Run, tmp_path: Path) -> None:
    for text in (b"Talks in Ankara.", b"Talks in Rome."):
        assert piped(text, "index", "-", folder=tmp_path).returncode == 0
    assert len(in_process("export").stdout.splitlines()) == 2
    for text in (b"Talks in Paris.", b"Talks in Oslo."):
        piped(text, "index", "-", "--name", "wire", folder=tmp_path)
    assert in_process("show", "stdin:wire", "--text").stdout.strip() == "Talks in Oslo."
    assert len(in_process("export").stdout.splitlines()) == 3


def test_pruning_the_whole_folder_keeps_standard_input(in_process: Run, news: Path, tmp_path: Path) -> None:
    piped(b"Talks in Oslo.", "index", "-", folder=tmp_path)
    in_process("index", ".", "--prune", "--yes")
    assert in_process("Oslo").returncode == 0


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        (".", "news/deep/rome.txt"),
        (".", "./news/deep/rome.txt"),
        (".", "news/deep/../deep/rome.txt"),
        ("news", "deep/rome.txt"),
        ("news", "news/deep/rome.txt"),
        ("news/deep", "rome.txt"),
        ("news/deep", "./rome.txt"),
        ("news/deep", "../deep/rome.txt"),
        ("elsewhere", "../link/rome.txt"),
        (".", "{base}/news/deep/rome.txt"),
    ],
)
def test_show_takes_paths_from_here_and_as_the_archive_shows_them(
    in_process: Run, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, path: str
) -> None:
    in_process("index", "news")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(news / "deep")
    monkeypatch.chdir(tmp_path / folder)
    shown = in_process("show", path.format(base=tmp_path), "--text", "-C", str(tmp_path))
    assert (shown.stdout.strip(), shown.returncode) == ("Talks in Rome.", 0)


def test_of_two_files_with_one_name_show_takes_the_one_that_is_here(
    in_process: Run, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(news / "deep" / "0.txt", "Talks in Oslo.\n")
    in_process("index", "news", "-C", "news")
    monkeypatch.chdir(news / "deep")
    assert in_process("show", "0.txt", "--text").stdout.strip() == "Talks in Oslo."
    assert in_process("show", "1.txt", "--text").stdout.strip() == "Talks in Ankara, day 1."


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_file_that_stalls_is_set_aside_and_said(in_process: Run, news: Path, workers: str) -> None:
    os.mkfifo(news.parent / "never")
    # A module of the program that stalls on one file, as a fault of a library would.
    stalling = news.parent / "stalling.py"
    stalling.write_text(
        "import time\n"
        "from index.readers.registry import read_source as read\n"
        "def read_source(source, options):\n"
        "    if source.locator.endswith('2.txt'):\n"
        "        time.sleep(600)\n"
        "    yield from read(source, options)\n"
    )
    script = (
        "import index.ingest.indexer as indexer, functools; from search.cli.main import main; "
        "indexer.WorkerOptions = functools.partial(indexer.WorkerOptions, reader='stalling:read_source'); main()"
    )
    started = time.monotonic()
    result = subprocess.run(
        [sys.executable, "-c", script, "index", "news", "-j", workers, "--file-seconds", "2"],
        cwd=news.parent,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{news.parent}", "SEARCH_CLI_MODEL": "none"},
        capture_output=True,
        check=False,
    )
    said = result.stderr.decode()
    assert (result.returncode, "5 added" in said, "1 failed" in said) == (4, True, True)
    assert "failed: news/2.txt: took longer than 2 s: skipped. Raise --file-seconds" in said
    assert time.monotonic() - started < 120
    again = in_process("index", "news", "--file-seconds", "2")
    assert ("5 unchanged" in again.stderr, "took longer than 2 s" in again.stderr) == (True, True)
    assert "1 added" in in_process("index", "news", "--file-seconds", "3").stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "arguments", [("Ankara",), ("Ankara", "--json"), ("export",), ("show", "news/0.txt"), ("stats",), ("--help",)]
)
def test_a_full_output_is_said(in_process: Run, news: Path, arguments: tuple[str, ...]) -> None:
    in_process("index", "news")
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [*PROGRAM, *arguments],
            cwd=news.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    advice = "Free some space, or write somewhere else, and try again."
    assert (result.returncode, result.stderr.decode()) == (5, f"error: No space left on device. {advice}\n")


@pytest.mark.kill
@pytest.mark.parametrize("kibibytes", [8, 100, 260, 400])
def test_a_full_disk_loses_nothing_that_was_committed(in_process: Run, news: Path, kibibytes: int) -> None:
    in_process("index", "news")
    for number in range(5, 30):
        write(news / f"{number}.txt", f"Talks in Paris, day {number}. {'Words of many kinds. ' * 200}\n")
    # A limit on the size of files: writes beyond it fail as they do on a full disk.
    limit = ("bash", "-c", f'ulimit -f {kibibytes}; exec "$@"', "limited")
    result = run_command("index", "news", folder=news.parent, environment={"SEARCH_CLI_MODEL": "none"}, prefix=limit)
    assert result.returncode in (0, 5), result.stderr
    assert result.returncode == 0 or result.stderr.splitlines()[-1].startswith("error: ")
    assert in_process("doctor").returncode == 0
    assert len(in_process("Ankara", "-n", "100").stdout.splitlines()) == 5
    assert in_process("index", "news").returncode == 0
    assert len(in_process("export").stdout.splitlines()) == 31
