"""Measure decisions on the page in a large archive, and the readers beside them.

    python -m tests.benchmarks.changes FOLDER/.dossier --articles 100000 --names 25000
    search-cli -C FOLDER rebuild
    python -m tests.benchmarks.deciding FOLDER

Two people in about 1,000 articles each are renamed, merged and parted again, while two readers ask for pages. Every
decision is undone.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from threading import Event, Thread

from flask import Flask
from flask.testing import FlaskClient

from index.archive import Archive
from index.deciding import Decider
from index.model import Kind
from index.settings import Settings
from web.app import create_app
from web.visitors.editing import Editing

__all__ = ["main"]

_ARTICLES = 1_000
_TIMES = 5
_PAUSE_SECONDS = 0.05


def main(arguments: Sequence[str] | None = None) -> int:
    """Print seconds of each kind of decision, from the form to the page that it leads to, and of the pages read."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.deciding", description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    settings = Settings(index=options.folder / ".dossier", workers=1, model="none")
    people = Archive(settings).open_reader().list_entities(Kind.PEOPLE, limit=1_000)
    one, other = sorted(people, key=lambda entity: abs(entity.documents - _ARTICLES))[:2]
    print(f"{one.name} in {one.documents:,} articles, {other.name} in {other.documents:,}")
    changes = Editing(Decider(settings), decided_by="benchmark")
    app = create_app(settings, changes=changes)
    client = app.test_client()
    # The first decision of a server imports the side that writes.
    _undo(client, changes, _decide(client, changes, action="rename", entity=one.id, name="Somebody")[1])
    paths = [f"/entity/{one.id}", f"/search?q={other.name}", "/entities/people", "/"]
    _report("read, nothing else happens", _read_while(app, paths, lambda: time.sleep(3)))
    taken: dict[str, list[float]] = {"rename": [], "merge": [], "undo": []}

    def work() -> None:
        for number in range(_TIMES):
            seconds, done = _decide(client, changes, action="rename", entity=one.id, name=f"Somebody {number}")
            taken["rename"].append(seconds)
            _undo(client, changes, done)
            seconds, done = _decide(client, changes, action="same", entity=one.id, other=other.id)
            taken["merge"].append(seconds)
            taken["undo"].append(_undo(client, changes, done))

    during = _read_while(app, paths, work)
    for name, seconds in taken.items():
        _report(name, seconds)
    _report("read beside decisions", during)
    return 0


def _decide(client: FlaskClient, changes: Editing, **fields: str) -> tuple[float, str]:
    return _send(client, "/decide", {"token": changes.token, **fields})


def _undo(client: FlaskClient, changes: Editing, numbers: str) -> float:
    return _send(client, "/undo", {"token": changes.token, "numbers": numbers})[0]


def _send(client: FlaskClient, path: str, fields: dict[str, str]) -> tuple[float, str]:
    """Return the seconds until the page that a form leads to, and the numbers of the decisions."""
    started = time.perf_counter()
    location = client.post(path, data=fields).headers["Location"]
    assert client.get(location).status_code == 200
    return time.perf_counter() - started, re.sub(r".*done=", "", location)


def _read_while(app: Flask, paths: Sequence[str], work: Callable[[], None]) -> list[float]:
    seconds: list[float] = []
    is_over = Event()

    def read() -> None:
        client = app.test_client()
        while not is_over.is_set():
            for path in paths:
                started = time.perf_counter()
                assert client.get(path, follow_redirects=True).status_code == 200
                seconds.append(time.perf_counter() - started)
                time.sleep(_PAUSE_SECONDS)

    readers = [Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    work()
    is_over.set()
    for reader in readers:
        reader.join()
    return seconds


def _report(name: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    p95 = ordered[int(len(ordered) * 0.95)]
    print(f"{name:28} {len(ordered):4} times  median {median(ordered):.3f}  p95 {p95:.3f}  most {ordered[-1]:.3f} s")


if __name__ == "__main__":
    sys.exit(main())
