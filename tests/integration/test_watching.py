"""`index --watch` as a process: it stays, lets others decide, ends with Ctrl-C, and loses nothing when it is killed."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.deciding import Decider
from index.errors import DossierError
from index.identity.records import Rename
from index.ingest.indexer import Indexer
from index.settings import Settings
from search.cli.commands.doctor import doctor
from tests.support.commands import Run, environment_with
from tests.support.forked_commands import Command

SECONDS = 120.0


@contextmanager
def watching(folder: Path, *options: str) -> Iterator[Command]:
    arguments = ("index", "news", "--watch", "--model", "none", "--meaning", "none", *options)
    process = Command(*arguments, folder=folder, environment=environment_with({}))
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def locators(folder: Path) -> set[str]:
    try:
        reader = open_reader(folder / ".dossier")
    except DossierError:
        return set()
    found = {article.locator for article in reader.articles(list(reader.article_ids())).values()}
    reader.close()
    return found


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    write(tmp_path, "ankara")
    # It has lain there for a while: the first run need not wait until it is written.
    os.utime(tmp_path / "news" / "ankara.txt", (1_500_000_000, 1_500_000_000))
    return tmp_path


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / "news" / f"{name}.txt").write_text(f"{name} is a town in Turkey.\n", encoding="utf-8")


def paths(*names: str) -> set[str]:
    return {f"news/{name}.txt" for name in names}


def test_it_stays_and_ends_with_ctrl_c(folder: Path) -> None:
    with watching(folder, "--prune", "--yes") as process:
        wait_until(lambda: locators(folder) == paths("ankara"))
        write(folder, "izmir")
        wait_until(lambda: locators(folder) == paths("ankara", "izmir"))
        # Nobody holds a lock between two runs.
        settings = Settings(index=folder / ".dossier", lock_seconds=30)
        Decider(settings).decide(Rename("turkey", "Türkiye"), decided_by="ada")
        (folder / "news" / "ankara.txt").unlink()
        wait_until(lambda: locators(folder) == paths("izmir"))
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert "1 article read: 1 added" in said
    assert "Watching 1 file – press Ctrl-C to stop." in said
    assert "1 added, 0 changed, 0 unchanged, 0 removed, 0 failed." in said
    assert "0 added, 0 changed, 0 unchanged, 1 removed, 0 failed." in said
    assert said.endswith("Stopped watching.\n")


@pytest.mark.kill
@pytest.mark.parametrize("after", [0.5, 2.0, 3.0, 4.0, 5.0])
def test_killed_at_any_moment_nothing_is_lost(folder: Path, after: float) -> None:
    names = [f"town{number}" for number in range(300)]
    with watching(folder) as process:
        wait_until(lambda: bool(locators(folder)))
        write(folder, *names)
        time.sleep(after)
        process.kill()
        process.wait()
    report = Indexer(Settings(index=folder / ".dossier", workers=1, model="none", meaning="none")).index(
        [str(folder / "news")]
    )
    assert (report.read, report.failed) == (301, 0)
    assert locators(folder) == paths("ankara", *names)


@pytest.mark.kill
@pytest.mark.parametrize("after", [0.5, 1.5, 3.0])
def test_killed_while_files_change_and_go_the_next_run_has_them_as_they_are(folder: Path, after: float) -> None:
    names = [f"town{number}" for number in range(60)]
    write(folder, *names)
    for name in names:
        os.utime(folder / "news" / f"{name}.txt", (1_500_000_000, 1_500_000_000))
    with watching(folder, "--prune", "--yes") as process:
        wait_until(lambda: len(locators(folder)) == 61)
        for name in names[:20]:
            (folder / "news" / f"{name}.txt").write_text(f"{name} has changed.\n", encoding="utf-8")
        for name in names[20:40]:
            (folder / "news" / f"{name}.txt").unlink()
        write(folder, "new")
        time.sleep(after)
        process.kill()
        process.wait()
    settings = Settings(index=folder / ".dossier", workers=1, model="none", meaning="none")
    report = Indexer(settings).index([str(folder / "news")], prune=True, prune_many=True)
    assert (report.read, report.failed) == (42, 0)
    assert locators(folder) == paths("ankara", "new", *names[:20], *names[40:])
    with closing(open_reader(folder / ".dossier")) as reader:
        bodies = [article.body for article in reader.articles(list(reader.article_ids())).values()]
    assert sum("has changed" in body for body in bodies) == 20
    assert [problem for problem in doctor(settings) if problem.is_damage] == []


@pytest.mark.parametrize(("arguments", "said"), [(["-"], "Standard input"), (["news", "--dry-run"], "--dry-run")])
def test_what_cannot_be_watched_is_said(in_process: Run, arguments: list[str], said: str) -> None:
    done = in_process("index", "--watch", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
