"""Answers while others write: every answer is of one state, whatever is decided, indexed, pruned or rebuilt meanwhile.

In each answer, the total is the number of its hits, every facet value gives as many articles as it shows, each of them
names it, and every entity has its name. Violations are counted, and there must be none.
"""

import shutil
import subprocess
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from index.ingest.indexer import Indexer
from index.model import ENTITY_KINDS
from index.settings import Settings
from search.answer.service import SearchService
from search.archive import OpenArchive, open_archive
from search.engines.base import Selection
from search.request import SearchRequest

PEOPLE = ("Ismail Demir", "Vladimir Putin", "Hulusi Akar", "Alexander Mikheev", "Recep Tayyip Erdogan")
CITIES = ("Ankara", "Moscow", "Istanbul", "Washington", "Izmir")
ARTICLES = 60
# Each writer goes through so many, and on until the reader has seen enough.
ROUNDS = 6
STATES = 20
SECONDS = 120.0
FIELDS = tuple(kind.value for kind in ENTITY_KINDS)

# Changes an archive again and again; each kind of change in a process of its own, as people and timers do it.
WRITER = """
import sys
from itertools import count
from pathlib import Path
from index.deciding import Decider
from index.identity.decisions import Merge, Reject, Rename, Retype
from index.ingest.indexer import Indexer
from index.model import Kind
from index.settings import Settings

folder, kind, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
settings = Settings(index=folder / ".dossier", workers=1, packs=("core",), model="none", lock_seconds=60)


def decide():
    for decision in (
        Merge("ankara", "moscow"),
        Rename("ismail-demir", "Demir of Ankara"),
        Reject("hulusi-akar"),
        Retype("izmir", Kind.ORGANIZATIONS),
    ):
        made = Decider(settings).decide(decision).decisions[0]
        Decider(settings).undo(made.id)


def index(number):
    news = folder / "news"
    (news / f"new{number}.txt").write_text(f"Vladimir Putin spoke in Izmir. Hulusi Akar, round {number}, did not.")
    changed = news / "a1.txt"
    changed.write_text(f"Recep Tayyip Erdogan went to Washington {number} times. Hulusi Akar stayed in Ankara.")
    gone = news / f"a{40 + number}.txt"
    gone.unlink(missing_ok=True)
    Indexer(settings, pool="local").index([str(news)], prune=True, prune_many=True)


for number in count():
    if number >= rounds and (folder / "enough").exists():
        break
    match kind:
        case "decide":
            decide()
        case "index":
            index(number)
        case "rebuild":
            Indexer(settings).rebuild()
print("done")
"""


@pytest.fixture(scope="module")
def archive_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    news = folder / "news"
    news.mkdir()
    for number in range(ARTICLES):
        person, other = PEOPLE[number % 5], PEOPLE[(number // 5 + 1) % 5]
        city = CITIES[number % 4]
        text = f"{person} met {other} in {city} on Monday. {person} spoke about the S-400 and {CITIES[number % 5]}."
        (news / f"a{number}.txt").write_text(text, encoding="utf-8")
    settings = Settings(index=folder / ".dossier", workers=1, packs=("core",), model="none")
    assert Indexer(settings, pool="local").index([str(news)]).added == ARTICLES
    return folder


@pytest.fixture
def settings(archive_folder: Path, tmp_path: Path) -> Settings:
    shutil.copytree(archive_folder, tmp_path / "archive")
    return Settings(index=tmp_path / "archive" / ".dossier", workers=1, packs=("core",), model="none")


def violations(service: SearchService, request: SearchRequest) -> Iterator[str]:
    """Yield a word for everything in an answer that does not agree with the rest of the state it is from."""
    result = service.search(replace(request, size=100), facets=FIELDS, facet_limit=100)
    if result.total != len(result.hits):
        yield "total"
    for facet in result.facets:
        for value in facet.values:
            entity = service.catalog.entities([value.value]).get(value.value)
            if entity is None or entity.name != value.label:
                yield "name"
            chosen = replace(request, selections=(Selection(facet.field, (value.value,)),), size=100)
            hits = service.search(chosen, facets=()).hits
            if len(hits) != value.count:
                yield "count"
            named = sum(value.value in {entity.id for entity in getattr(hit, facet.field)} for hit in hits)
            if named != len(hits):
                yield "named"


def count_violations(archive: OpenArchive) -> Counter[str]:
    found: Counter[str] = Counter()
    for request in (SearchRequest(), SearchRequest(q="S-400 Monday"), SearchRequest(q="person:Demir OR Putin")):
        with archive.view() as view:
            found.update(violations(view.service, request))
            found["answers"] += 1
    return found


def start(kind: str, settings: Settings) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(settings.index.parent), kind, str(ROUNDS)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_every_answer_is_whole_while_others_write(settings: Settings) -> None:
    writers = [start(kind, settings) for kind in ("decide", "index", "rebuild")]
    found: Counter[str] = Counter()
    states: set[str] = set()
    end = time.monotonic() + SECONDS
    with open_archive(settings) as archive:
        while any(writer.poll() is None for writer in writers):
            found.update(count_violations(archive))
            with archive.view() as view:
                states.add(view.state.tag)
            if len(states) > STATES or time.monotonic() > end:
                (settings.index.parent / "enough").touch()
    outputs = [writer.communicate() for writer in writers]
    assert [output for output, _ in outputs] == ["done\n"] * 3, outputs
    answers = found.pop("answers")
    assert (answers > STATES, len(states) > STATES) == (True, True), (answers, len(states))
    assert found == Counter(), f"{found} in {answers} answers over {len(states)} states"


def test_each_view_sees_the_newest_commit(settings: Settings) -> None:
    news = settings.index.parent / "news"
    with open_archive(settings) as archive:
        for number in range(3):
            (news / f"more{number}.txt").write_text("Vladimir Putin again.", encoding="utf-8")
            Indexer(settings, pool="local").index([str(news)])
            with archive.view() as view:
                assert view.service.count(SearchRequest()) == ARTICLES + number + 1


def test_a_view_stays_as_it_was(settings: Settings) -> None:
    news = settings.index.parent / "news"
    with open_archive(settings) as archive, archive.view() as view:
        before = view.service.search(SearchRequest(), facets=FIELDS)
        (news / "more.txt").write_text("Vladimir Putin again.", encoding="utf-8")
        (news / "a1.txt").unlink()
        Indexer(settings, pool="local").index([str(news)], prune=True, prune_many=True)
        Indexer(settings).rebuild()
        after = view.service.search(SearchRequest(), facets=FIELDS)
        assert (after.total, after.hits, after.facets) == (before.total, before.hits, before.facets)


def test_a_folder_that_is_replaced_is_noticed(settings: Settings, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "news").mkdir(parents=True)
    (other / "news" / "one.txt").write_text("Alexander Mikheev alone.", encoding="utf-8")
    Indexer(replace_index(settings, other / ".dossier"), pool="local").index([str(other / "news")])
    with open_archive(settings) as archive:
        with archive.view() as view:
            assert view.service.count(SearchRequest()) == ARTICLES
            settings.index.rename(tmp_path / "old")
            # While there is nothing in its place, and in a view that was open before, the old files answer.
            assert view.service.count(SearchRequest()) == ARTICLES
        with archive.view() as view:
            assert view.service.count(SearchRequest()) == ARTICLES
        (other / ".dossier").rename(settings.index)
        with archive.view() as view:
            assert view.service.count(SearchRequest()) == 1


def test_a_folder_that_is_restored_bit_by_bit_is_answered_from_the_old_until_it_is_whole(
    settings: Settings, tmp_path: Path
) -> None:
    shutil.copytree(settings.index, tmp_path / "backup")
    with open_archive(settings) as archive:
        shutil.rmtree(settings.index)
        settings.index.mkdir()
        shutil.copy(tmp_path / "backup" / "catalog.sqlite3", settings.index)
        started = time.monotonic()
        with archive.view() as view:
            assert view.service.count(SearchRequest()) == ARTICLES
        assert time.monotonic() - started < 5
        shutil.copytree(tmp_path / "backup" / "engine", settings.index / "engine")
        with archive.view() as view:
            assert view.service.count(SearchRequest()) == ARTICLES


def replace_index(settings: Settings, folder: Path) -> Settings:
    return Settings(index=folder, workers=1, packs=settings.packs, model=settings.model)
