"""Killed with -9 between any two steps that write, a run or an import of decisions is made whole by the next."""

import json
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.catalog.store import open_catalog
from index.deciding import Decider
from index.ingest.indexer import Indexer
from index.settings import Settings
from search.engines.base import EngineResult, FacetRequest
from search.engines.registry import open_searcher
from search.query.ast import Everything
from tests.conftest import SEEDS
from tests.unit.index.catalog.contents import contents

TEXTS = {
    "a": "Defence minister Ismail Demir spoke in Ankara on Monday. Demir said the talks went well.",
    "b": "Mr Demir arrived in Moscow. Mr Demir said he would stay.",
    "c": "President Selim Kaya visited Rome. Kaya praised the Ministry of Defence.",
    "d": "Paris was quiet, and so was Ankara.",
}
# From now on, "Demir" alone may be either of two: a suggestion comes, and an article is linked anew.
NAMESAKE = "Interior minister Hasan Demir spoke in Izmir. Hasan Demir laughed."
DECISIONS = {
    "import": (
        {"action": "merge", "arguments": {"entity": "paris", "into": "rome"}},
        {"action": "apart", "arguments": {"entity": "ankara", "other": "moscow"}},
        {"action": "reject", "arguments": {"entity": "ministry-of-defence"}},
    ),
    # "Demir" was linked within an article, which is linked anew.
    "split": ({"action": "split", "arguments": {"entity": "ismail-demir", "name": "Demir"}},),
}

# Counts the points between two steps that change something on disk; at the one with the number that is given, it ends.
PROGRAM = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from index.engines.whoosh.writer import WhooshWriter
from tests.integration.test_kill_deciding import do

index, work, path, last = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
changes = {"seen": 0, "points": 0}

def point():
    changes["points"] += 1
    if changes["points"] == last:
        os.kill(os.getpid(), signal.SIGKILL)

@event.listens_for(Engine, "commit")
def count(connection):
    total = connection.connection.dbapi_connection.total_changes
    if total > changes["seen"]:
        changes["seen"] = total
        point()

def between(method):
    def call(self):
        point()
        result = method(self)
        point()
        return result
    return call

WhooshWriter.prepare = between(WhooshWriter.prepare)
WhooshWriter.publish = between(WhooshWriter.publish)

do(work, index, path)
print(changes["points"])
"""


def do(work: str, index: Path, path: Path) -> None:
    settings = Settings(index=index, workers=1, packs=("core",), model="none")
    if work == "index":
        Indexer(settings, pool="local").index([str(path)])
    else:
        Decider(settings).import_decisions(path.read_text(encoding="utf-8").splitlines())


@dataclass(frozen=True)
class Work:
    """Something to do to an index, and what an undisturbed process leaves after so many points."""

    start: Path
    name: str
    path: Path
    contents: dict[str, list[tuple[object, ...]]]
    answer: EngineResult
    points: int


def run(index: Path, name: str, path: Path, *, last: int = 0) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(index), name, str(path), str(last)],
        capture_output=True,
        text=True,
        check=False,
        cwd=SEEDS.parent,
    )


def answer(index: Path) -> EngineResult:
    reader = open_reader(index)
    searcher = open_searcher("whoosh", index / "engine", generation=reader.state().generation)
    reader.close()
    facets = [FacetRequest(field, limit=100) for field in ("people", "organizations", "places")]
    found = searcher.search(Everything(), facets=facets, limit=100)
    searcher.close()
    return found


@pytest.fixture(scope="module", params=["index", *DECISIONS])
def work(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Work:
    folder = tmp_path_factory.mktemp(request.param)
    news = folder / "news"
    news.mkdir()
    for name, text in TEXTS.items():
        (news / f"{name}.txt").write_text(text, encoding="utf-8")
    Indexer(Settings(index=folder / "start", workers=1, packs=("core",), model="none")).index([str(news)])
    (news / "z.txt").write_text(NAMESAKE, encoding="utf-8")
    decisions = folder / "decisions.jsonl"
    rows = DECISIONS.get(request.param, ())
    decisions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    path = news if request.param == "index" else decisions
    shutil.copytree(folder / "start", folder / "undisturbed")
    done = run(folder / "undisturbed", request.param, path)
    assert done.returncode == 0, done.stderr
    index = folder / "undisturbed"
    return Work(folder / "start", request.param, path, contents(index), answer(index), int(done.stdout))


def test_the_work_changes_something(work: Work) -> None:
    assert work.contents != contents(work.start)
    assert work.answer != answer(work.start)
    assert 4 <= work.points <= 20


@pytest.mark.parametrize("last", range(1, 12))
def test_killed_between_two_steps_and_done_again_is_as_if_undisturbed(work: Work, last: int) -> None:
    # Beside the other, as locators are relative to the folder that holds the index.
    index = work.start.with_name(f"killed-{last}")
    shutil.copytree(work.start, index)
    killed = run(index, work.name, work.path, last=last)
    assert killed.returncode == (-signal.SIGKILL if last <= work.points else 0)
    do(work.name, index, work.path)
    assert contents(index) == work.contents
    assert answer(index) == work.answer
    with open_catalog(index) as catalog:
        assert catalog.count_pending() == 0
