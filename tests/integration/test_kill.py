"""`index` killed with -9 at twenty points: the next run leaves what a run that nobody disturbed leaves."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from index.catalog.open import open_reader
from index.catalog.store import open_catalog
from index.errors import CatalogError, IndexMissingError
from index.fields import FACET_FIELDS
from index.ingest.indexer import Indexer
from index.settings import Settings
from search.engines.base import EngineResult, FacetRequest
from search.engines.registry import open_searcher
from search.query.ast import Everything, Term
from tests.conftest import SEEDS
from tests.support.forked import Forks
from tests.support.forked_commands import share_fork_server
from tests.unit.index.catalog.contents import contents

POINTS = 20
ROWS = 100
ARTICLES = ROWS + 5
# Fixed, so that a failure comes back.
SEED = 20_190_712

PLACES = ("Ankara", "Moscow", "Washington", "Paris", "Berlin", "Rome")
SYSTEMS = ("S-400", "F-35", "Patriot missile", "Bayraktar TB2")
PEOPLE = ("Ismail Demir", "Mevlut Cavusoglu", "Recep Tayyip Erdogan")

PROGRAM = """
import sys
from pathlib import Path
from index.ingest.indexer import Indexer
from index.settings import Settings

if __name__ == "__main__":
    Indexer(Settings(index=Path(sys.argv[1]), workers=2, model="none")).index(sys.argv[2:])
"""


@dataclass(frozen=True)
class Archive:
    """A folder of articles, and what a run that nobody disturbed makes of it in how many seconds."""

    folder: Path
    seconds: float
    contents: dict[str, list[tuple[object, ...]]]
    answers: list[EngineResult]


def make_articles(folder: Path) -> None:
    shutil.copytree(SEEDS, folder)
    draw = random.Random(SEED)
    rows = []
    for number in range(ROWS):
        place, system, person = draw.choice(PLACES), draw.choice(SYSTEMS), draw.choice(PEOPLE)
        price, year = draw.randrange(1, 900), draw.randrange(1990, 2022)
        text = f"{person} said in {place} that the {system} would cost ${price} million in {year}."
        rows.append(f'{{"title": "Report {number} from {place}", "body": "{text}", "date": "{year}-05-01"}}\n')
    for number, row in enumerate(rows[: ROWS // 2]):
        (folder / f"{number:03}.json").write_text(row, encoding="utf-8")
    (folder / "rows.jsonl").write_text("".join(rows[ROWS // 2 :]), encoding="utf-8")


def start(index: Path, articles: Path) -> "subprocess.Popen[bytes]":
    """`index` in a process of its own, from the moment on at which it has made its folder."""
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(index), str(articles)])
    while not index.exists() and process.poll() is None:
        time.sleep(0.002)
    return process


def answers(index: Path) -> list[EngineResult]:
    """Return the answers to a few queries, with every value of every facet, from the commit that the catalog names."""
    with contextlib.closing(open_reader(index)) as reader:
        generation = reader.state().generation
    searcher = open_searcher("whoosh", index / "engine", generation=generation)
    facets = [FacetRequest(field, limit=1000) for field in FACET_FIELDS]
    queries = (Everything(), Term("body", "said"), Term("title", "ankara"))
    found = [searcher.search(query, facets=facets, limit=1000) for query in queries]
    searcher.close()
    return found


def run(index: str, articles: str, delay: float | None) -> float:
    """Index with two workers in this process, which is killed after so many seconds; return how long it took."""
    share_fork_server()
    started = time.monotonic()
    if delay is not None:
        threading.Timer(delay, os.kill, (os.getpid(), signal.SIGKILL)).start()
    Indexer(Settings(index=Path(index), workers=2, model="none")).index([articles])
    return time.monotonic() - started


def warm_up(folder: str) -> None:
    """Load what a run loads, in the process that others are forked from, and start the server of their workers."""
    settings = Settings(index=Path(folder, "index"), workers=1, model="none")
    Indexer(settings).index([str(SEEDS)])
    Indexer(settings, pool="local").index([str(SEEDS)])


@pytest.fixture(scope="module")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    """Processes that have loaded everything, each to be killed."""
    with Forks(__name__, "warm_up", str(tmp_path_factory.mktemp("warm"))) as forks:
        yield forks


@pytest.fixture(scope="module")
def archive(forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("archive")
    make_articles(folder / "articles")
    index = folder / ".dossier"
    code, seconds = forks.call("run", str(index), str(folder / "articles"), None)
    assert code == 0
    return Archive(folder, cast("float", seconds), contents(index), answers(index))


def test_the_archive_is_worth_killing_for(archive: Archive) -> None:
    assert len(archive.contents["articles"]) == ARTICLES
    assert archive.answers[0].total == ARTICLES
    assert len(archive.answers[0].hits) == ARTICLES
    assert archive.answers[2].total > 5


@pytest.mark.parametrize("point", range(POINTS))
def test_killed_and_run_again_is_as_if_undisturbed(forks: Forks, archive: Archive, point: int) -> None:
    index = archive.folder / f"killed-{point}"
    delay = archive.seconds * (point + random.Random(SEED + point).random()) / POINTS
    forks.call("run", str(index), str(archive.folder / "articles"), delay)
    Indexer(Settings(index=index, workers=1, model="none")).index([str(archive.folder / "articles")])
    assert contents(index) == archive.contents
    assert answers(index) == archive.answers
    with open_catalog(index) as catalog:
        assert catalog.count_pending() == 0


def test_a_killed_run_loses_no_committed_article(archive: Archive) -> None:
    index = archive.folder / "committed"
    process = start(index, archive.folder / "articles")
    committed: list[str] = []
    while len(committed) < ARTICLES // 4 and process.poll() is None:
        time.sleep(0.01)
        committed = committed_files(index)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len(committed) >= ARTICLES // 4
    report = Indexer(Settings(index=index, workers=1, model="none")).index([str(archive.folder / "articles")])
    assert report.changed == 0
    assert report.unchanged >= ARTICLES // 4
    assert report.added + report.unchanged == ARTICLES


def committed_files(index: Path) -> list[str]:
    """Files of articles that other processes can see already; none while the tables are being made."""
    with contextlib.suppress(IndexMissingError, CatalogError), contextlib.closing(open_reader(index)) as reader:
        return [article.locator for article in reader.articles(list(reader.article_ids())).values()]
    return []
