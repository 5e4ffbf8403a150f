"""Killed with -9 between any two steps that write, a run or an import of decisions is made whole by the next."""

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from index.catalog.open import open_reader
from index.catalog.store import open_catalog
from index.deciding import Decider
from index.engines.whoosh.writer import WhooshWriter
from index.ingest.indexer import Indexer
from index.settings import Settings
from search.engines.base import EngineResult, FacetRequest
from search.engines.registry import open_searcher
from search.query.ast import Everything
from tests.support.forked import Forks
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


def run(index: str, name: str, path: str, last: int) -> int:
    """Do the work, and end at the point with this number; return how many points there are (0: none is the last).

    A point is a moment between two steps that change something on disk.
    """
    seen = points = 0

    def point() -> None:
        nonlocal points
        points += 1
        if points == last:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(Engine, "commit")
    def count(connection: Connection) -> None:
        nonlocal seen
        assert connection.connection.dbapi_connection is not None
        total = connection.connection.dbapi_connection.total_changes
        if total > seen:
            seen = total
            point()

    def between(method: Callable[[WhooshWriter], object]) -> Callable[[WhooshWriter], object]:
        def call(writer: WhooshWriter) -> object:
            point()
            result = method(writer)
            point()
            return result

        return call

    for step in ("prepare", "publish"):
        setattr(WhooshWriter, step, between(getattr(WhooshWriter, step)))
    do(name, Path(index), Path(path))
    return points


def warm_up(folder: str) -> None:
    """Load what any of the works loads: packs, languages, the tables of names."""
    news = Path(folder, "news")
    news.mkdir()
    for name, text in {**TEXTS, "z": NAMESAKE}.items():
        (news / f"{name}.txt").write_text(text, encoding="utf-8")
    do("index", Path(folder, "index"), news)


@pytest.fixture(scope="module")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    """Processes that have loaded everything, each to be killed."""
    with Forks(__name__, "warm_up", str(tmp_path_factory.mktemp("warm"))) as forks:
        yield forks


def answer(index: Path) -> EngineResult:
    reader = open_reader(index)
    searcher = open_searcher("whoosh", index / "engine", generation=reader.state().generation)
    reader.close()
    facets = [FacetRequest(field, limit=100) for field in ("people", "organizations", "places")]
    found = searcher.search(Everything(), facets=facets, limit=100)
    searcher.close()
    return found


@pytest.fixture(scope="module", params=["index", *DECISIONS])
def work(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, forks: Forks) -> Work:
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
    index = folder / "undisturbed"
    code, points = forks.call("run", str(index), request.param, str(path), 0)
    assert code == 0
    return Work(folder / "start", request.param, path, contents(index), answer(index), cast("int", points))


def test_the_work_changes_something(work: Work) -> None:
    assert work.contents != contents(work.start)
    assert work.answer != answer(work.start)
    assert 4 <= work.points <= 20


@pytest.mark.parametrize("last", range(1, 12))
def test_killed_between_two_steps_and_done_again_is_as_if_undisturbed(forks: Forks, work: Work, last: int) -> None:
    # Beside the other, as locators are relative to the folder that holds the index.
    index = work.start.with_name(f"killed-{last}")
    shutil.copytree(work.start, index)
    code, _ = forks.call("run", str(index), work.name, str(work.path), last)
    assert code == (-signal.SIGKILL if last <= work.points else 0)
    do(work.name, index, work.path)
    assert contents(index) == work.contents
    assert answer(index) == work.answer
    with open_catalog(index) as catalog:
        assert catalog.count_pending() == 0
