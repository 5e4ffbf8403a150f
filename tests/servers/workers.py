"""Processes that read into one archive on a server, to be watched and killed; and articles for them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, text

from index.catalog.open import open_reader
from index.catalog.postgres.address import read_address
from index.catalog.postgres.locks import LockName
from index.ingest.indexer import Indexer
from index.ingest.working import Helper
from index.model import Article, Failure, Notice
from index.readers import registry
from index.readers.base import ReadOptions, Source
from index.settings import Settings
from tests.support.forked import ROOT

__all__ = ["articles", "ask", "end", "holders", "make_articles", "settings_at", "start", "started", "until"]

_read_source = registry.read_source

_PLACES = ("Ankara", "Moscow", "Washington", "Paris", "Berlin", "Rome")
_SYSTEMS = ("S-400", "F-35", "Patriot missile", "Bayraktar TB2")
_PEOPLE = ("Ismail Demir", "Mevlut Cavusoglu", "Recep Tayyip Erdogan")
# Those of the test that runs, whatever becomes of it.
started: list["subprocess.Popen[str]"] = []

# Long before any run, so that files count as settled.
_WRITTEN = 1_600_000_000


def make_articles(folder: Path, count: int) -> None:
    """Write small articles, each a file."""
    folder.mkdir(parents=True)
    for number in range(count):
        place, system, person = (each[number % len(each)] for each in (_PLACES, _SYSTEMS, _PEOPLE))
        body = f"Report {number} from {place}\n\n{person} said in {place} that the {system} cost ${number} million."
        file = folder / f"{number:04}.txt"
        file.write_text(body, encoding="utf-8")
        os.utime(file, (_WRITTEN, _WRITTEN))


def settings_at(folder: Path, url: str) -> Settings:
    return Settings(index=folder / ".dossier", workers=1, model="none", meaning="none", catalog_url=url)


def start(action: str, folder: Path, url: str, *paths: str, lease: float = 60.0) -> "subprocess.Popen[str]":
    """Start `index` of paths, `work` until nothing is left, or to `wait` for work, in a process of its own."""
    command = [sys.executable, "-P", "-m", __name__, action, str(folder), url, str(lease), *paths]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    started.append(process)
    return process


def end(process: "subprocess.Popen[str]", *, kills: bool = False) -> int:
    """Wait for the end of a process, which is killed if need be, and return its exit code."""
    if kills:
        process.kill()
    if process.stdout is not None and not process.stdout.closed:
        process.communicate()
    return process.returncode


def ask(url: str, statement: str) -> list[tuple[object, ...]]:
    """Return the rows of a statement."""
    address = read_address(url)
    engine = create_engine(address.url)
    try:
        with engine.connect() as connection:
            connection.execute(text(f'SET search_path TO "{address.schema}"'))
            return [tuple(row) for row in connection.execute(text(statement))]
    finally:
        engine.dispose()


def until(condition: Callable[[], bool], *, seconds: float = 300.0) -> None:
    """Wait until something is so; fail at once when it is not and no process is left to make it so."""
    end = time.monotonic() + seconds
    while True:
        are_over = bool(started) and all(process.poll() is not None for process in started)
        if condition():
            return
        assert not are_over, f"the processes ended with {[process.returncode for process in started]}"
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)


def articles(url: str) -> int:
    """Count the articles that can be found."""
    with closing(open_reader(Path(), url=url)) as reader:
        return reader.statistics().articles


def holders(url: str, lock: LockName) -> list[tuple[object, ...]]:
    """Return the server's processes that hold a lock of the archive."""
    return ask(
        url,
        f"SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = {lock.value} AND granted "
        "AND objid = (hashtext(current_schema())::bigint & 4294967295)",
    )


def _take(file: Path) -> bool:
    """Return True the first time."""
    marker = file.parent.parent / "taken"
    is_first = not marker.exists()
    marker.touch()
    return is_first


def _deadly(source: Source, options: ReadOptions) -> Iterator[Article | Failure | Notice]:
    """Read a source; one that is called deadly ends the process, one that is called once does so the first time."""
    is_first = source.path is not None and "once" in source.path.name and _take(source.path)
    if "deadly" in source.locator or is_first:
        os.kill(os.getpid(), signal.SIGKILL)
    yield from _read_source(source, options)


def _main(action: str, folder: str, url: str, lease: str, *paths: str) -> None:
    registry.read_source = _deadly
    settings = settings_at(Path(folder), url)
    if action == "index":
        report = Indexer(settings, pool="local", lease_seconds=float(lease)).index(list(paths))
    else:
        helper = Helper(settings, pool="local", lease_seconds=float(lease))
        report = helper.work(until_done=action == "work")
    print(report.read, report.added, report.changed, report.unchanged, report.failed, report.others, flush=True)


if __name__ == "__main__":
    _main(*sys.argv[1:])
