"""A change becomes visible as a whole: the order of its steps, and what others see and may do meanwhile."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index import publishing
from index.archive import Archive
from index.catalog.open import open_reader
from index.catalog.records import ExtractedArticle
from index.deciding import Decider
from index.errors import DecisionError, IndexLockedError, IndexMissingError
from index.identity.decisions import Merge, Rename
from index.identity.linking import link_article
from index.ingest.indexer import Indexer
from index.progress import Progress, Stage
from index.settings import Settings
from search.archive import open_archive
from search.request import SearchRequest

TEXTS = {
    "a": "Ismail Demir spoke in Ankara on Monday.",
    "b": "Vladimir Putin received Ismail Demir in Moscow.",
    "c": "Hulusi Akar stayed in Ankara.",
}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def settings(news: Path) -> Settings:
    return Settings(index=news.parent / ".dossier", workers=1, packs=("core",), model="none", lock_seconds=0)


@pytest.fixture
def indexed(settings: Settings, news: Path) -> Settings:
    assert Indexer(settings, pool="local").index([str(news)]).added == len(TEXTS)
    return settings


class RecordingWriter:
    """Passes calls on and notes, at each step of a commit, which generation readers of the catalog see."""

    def __init__(self, writer: Any, folder: Path, steps: list[tuple[str, str]]) -> None:
        self._writer = writer
        self._folder = folder
        self._steps = steps

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)

    def __enter__(self) -> "RecordingWriter":
        self._writer.__enter__()
        return self

    def __exit__(self, *exception: Any) -> None:
        self._writer.__exit__(*exception)

    def prepare(self) -> str:
        self._note("before prepare")
        generation: str = self._writer.prepare()
        self._note("after prepare")
        self._steps.append(("prepared", generation))
        return generation

    def publish(self) -> None:
        self._note("before publish")
        self._writer.publish()

    def _note(self, step: str) -> None:
        reader = open_reader(self._folder)
        self._steps.append((step, reader.state().generation))
        reader.close()


@pytest.fixture
def steps(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    open_writer = publishing.open_writer

    def recording(*arguments: Any, **options: Any) -> RecordingWriter:
        return RecordingWriter(open_writer(*arguments, **options), settings.index, found)

    monkeypatch.setattr(publishing, "open_writer", recording)
    return found


def test_the_engine_is_durable_before_the_catalog_names_its_commit(
    indexed: Settings, steps: list[tuple[str, str]]
) -> None:
    reader = open_reader(indexed.index)
    old = reader.state().generation
    Decider(indexed).decide(Merge("vladimir-putin", "hulusi-akar"))
    new = reader.state().generation
    reader.close()
    assert steps == [("before prepare", old), ("after prepare", old), ("prepared", new), ("before publish", new)]
    assert old != new


def test_a_change_that_fails_leaves_nothing(indexed: Settings, steps: list[tuple[str, str]]) -> None:
    with open_archive(indexed) as archive:
        with archive.view() as view:
            before = (view.state, view.service.search(SearchRequest()).hits)
        with pytest.raises(DecisionError):
            Decider(indexed).decide(Merge("nobody", "hulusi-akar"))
        with archive.view() as view:
            assert (view.state, view.service.search(SearchRequest()).hits) == before
    assert steps == []


def test_a_commit_of_the_catalog_that_fails_takes_the_commit_of_the_engine_back(
    indexed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    reader = open_reader(indexed.index)
    before = reader.state()
    with monkeypatch.context() as patch:
        patch.setattr("index.catalog.store.Catalog.write_engine_commit", full)
        with pytest.raises(OSError, match="No space"):
            Decider(indexed).decide(Merge("vladimir-putin", "hulusi-akar"))
    assert reader.state() == before
    assert reader.decisions() == ()
    reader.close()
    report = Decider(indexed).decide(Merge("vladimir-putin", "hulusi-akar"))
    assert (report.written, report.is_already_so) == (1, False)


def test_a_decision_that_writes_no_document_changes_the_state_all_the_same(indexed: Settings) -> None:
    with open_archive(indexed) as archive:
        with archive.view() as view:
            before = view.state
        assert Decider(indexed).decide(Rename("ismail-demir", "Demir")).written == 0
        with archive.view() as view:
            assert (view.state.generation, view.state.changes > before.changes) == (before.generation, True)


def during_ingest(settings: Settings, paths: list[str], action: Callable[[], None]) -> None:
    """Do something once, while a run reads articles and holds its lock."""
    done = []

    def progress(seen: Progress) -> None:
        if seen.stage == Stage.ARTICLES and not done:
            done.append(True)
            action()

    Indexer(settings, pool="local").index(paths, progress=progress)
    assert done


def test_decisions_are_made_while_articles_are_read(indexed: Settings, news: Path) -> None:
    (news / "d.txt").write_text("Vladimir Putin again.", encoding="utf-8")

    def decide() -> None:
        Decider(indexed).decide(Merge("vladimir-putin", "hulusi-akar"))

    during_ingest(indexed, [str(news)], decide)
    reader = open_reader(indexed.index)
    assert [type(made.decision) for made in reader.decisions()] == [Merge]
    assert len(reader.article_ids_of("hulusi-akar")) == 3
    reader.close()


def test_one_run_reads_articles_at_a_time(indexed: Settings, news: Path) -> None:
    (news / "d.txt").write_text("Vladimir Putin again.", encoding="utf-8")

    def second_run() -> None:
        with pytest.raises(IndexLockedError, match="Process"):
            Indexer(indexed, pool="local").index([str(news)])

    during_ingest(indexed, [str(news)], second_run)


def test_articles_are_found_before_a_run_ends(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_PUBLISH_ARTICLES", 100)
    rows = "".join(json.dumps({"title": f"Story {number}", "body": "Ankara."}) + "\n" for number in range(600))
    (tmp_path / "rows.jsonl").write_text(rows, encoding="utf-8")
    seen: set[int] = set()

    def progress(_seen: Progress) -> None:
        try:
            with open_archive(settings) as archive, archive.view() as view:
                seen.add(view.service.count(SearchRequest()))
        except IndexMissingError:
            seen.add(0)

    Indexer(settings, pool="local").index([str(tmp_path / "rows.jsonl")], progress=progress)
    assert 0 in seen
    assert any(0 < count < 600 for count in seen)


@pytest.mark.parametrize(
    ("took", "staged", "seconds", "expected"),
    [
        (0.0, 0, 1000.0, False),
        (0.0, 1, 0.0, False),
        (0.0, 1, 29.0, False),
        (0.0, 1, 30.0, True),
        (0.0, 4_999, 1.0, False),
        (0.0, 5_000, 0.0, True),
        (9.0, 1, 30.0, True),
        (20.0, 1, 59.0, False),
        (20.0, 1, 60.0, True),
        (20.0, 5_000, 59.0, False),
        (20.0, 5_000, 60.0, True),
        (20.0, 49_999, 59.0, False),
        (20.0, 50_000, 0.0, True),
        (20.0, 0, 1000.0, False),
    ],
)
def test_articles_are_published_every_30_seconds_or_5000_for_a_quarter_of_the_time(
    monkeypatch: pytest.MonkeyPatch, took: float, staged: int, seconds: float, expected: bool
) -> None:
    now = [100.0]
    monkeypatch.setattr(publishing.time, "monotonic", lambda: now[0])
    clock = publishing.PublishClock()
    clock.reset(took=took)
    now[0] += seconds
    assert clock.is_due(staged) is expected


def test_what_a_killed_run_left_staged_is_published_by_the_next_decision(indexed: Settings, news: Path) -> None:
    other = Settings(index=news.parent / "other" / ".dossier", workers=1, packs=("core",), model="none")
    (news / "d.txt").write_text("Vladimir Putin again.", encoding="utf-8")
    Indexer(other, pool="local").index([str(news / "d.txt")])
    reader = open_reader(other.index)
    (content,) = reader.contents(list(reader.article_ids())).values()
    reader.close()
    with Archive(indexed).open_catalog() as catalog:
        links = link_article(content.article, content.mentions)
        extracted = ExtractedArticle(content.article, content.article.locator, content.mentions, *links)
        catalog.stage([extracted], extraction="test", run=1)
    with open_archive(indexed) as archive:
        with archive.view() as view:
            assert view.service.count(SearchRequest()) == len(TEXTS)
        Decider(indexed).decide(Rename("ismail-demir", "Demir"))
        with archive.view() as view:
            assert view.service.count(SearchRequest()) == len(TEXTS) + 1
