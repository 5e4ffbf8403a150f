"""Runs of a folder that is watched: they read only what they are given, and forget only what is gone."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.errors import UsageError
from index.ingest.finding.watching import FolderWatch
from index.ingest.indexer import Indexer
from index.ingest.report import Report
from index.settings import Settings
from tests.unit.index.ingest.indexer.archive import age, counts, locators


class Watched:
    """A folder that is watched and indexed, with a clock that goes on by itself."""

    def __init__(self, run: Callable[..., Report], news: Path, settings: Settings, *, prune: bool = True) -> None:
        self._run = run
        self._prune = prune
        self._now = 0.0
        self.folders: FolderWatch = Indexer(settings, pool="local").watch([str(news)], prune=prune)
        self.folders.clock = self._time

    def _time(self) -> float:
        self._now += 2.0
        return self._now

    def settle(self, **options: object) -> list[Report]:
        """Look until nothing is left to do; returns what the runs did."""
        reports = []
        idle = 0
        while idle < 3:
            seen = self.folders.look()
            idle += 1
            if seen is not None:
                reports.append(self._run(prune=self._prune, seen=seen, **options))
                self.folders.done(seen, failures=reports[-1].failures)
                idle = 0
        return reports


@pytest.fixture
def watched(run: Callable[..., Report], news: Path, settings: Settings) -> Watched:
    age(*news.iterdir())
    return Watched(run, news, settings)


def test_what_is_added_changed_and_removed_is_indexed(watched: Watched, news: Path, settings: Settings) -> None:
    assert [counts(report) for report in watched.settle()] == [(4, 0, 0, 0, 0)]
    (news / "rome.txt").write_text("Rome is in Italy.\n", encoding="utf-8")
    (news / "ankara.txt").write_text("Talks in Ankara were short.\n", encoding="utf-8")
    (news / "row.jsonl").write_text('{"title": "One", "body": "Paris is in France."}\n', encoding="utf-8")
    (news / "moscow.txt").unlink()
    reports = watched.settle()
    assert [sum(column) for column in zip(*map(counts, reports), strict=True)][:4] == [1, 1, 1, 2]
    assert locators(settings) == ["news/ankara.txt", "news/rome.txt", "news/row.jsonl#1"]
    assert watched.settle() == []


def test_a_run_reads_nothing_but_what_it_is_given(watched: Watched, news: Path) -> None:
    watched.settle()
    (news / "rome.txt").write_text("Rome is in Italy.\n", encoding="utf-8")
    assert [counts(report) for report in watched.settle()] == [(1, 0, 0, 0, 0)]


def test_a_folder_that_vanishes_loses_nothing(watched: Watched, news: Path, settings: Settings) -> None:
    watched.settle()
    away = news.rename(news.parent / "away")
    assert watched.settle() == []
    news.mkdir()
    assert watched.settle() == []
    assert len(locators(settings)) == 4
    news.rmdir()
    away.rename(news)
    assert watched.settle() == []


def test_a_folder_that_vanishes_between_the_look_and_the_run_loses_nothing(
    watched: Watched, run: Callable[..., Report], news: Path, settings: Settings
) -> None:
    watched.settle()
    (news / "moscow.txt").unlink()
    while (seen := watched.folders.look()) is None:
        pass
    shutil.rmtree(news)
    assert counts(run(prune=True, seen=seen)) == (0, 0, 0, 1, 0)
    assert locators(settings) == ["news/ankara.txt", "news/row.jsonl#1", "news/row.jsonl#2"]


def test_failures_of_files_that_are_not_read_again_stay_known(watched: Watched, news: Path, settings: Settings) -> None:
    (news / "broken.jsonl").write_text("{\n", encoding="utf-8")
    age(news / "broken.jsonl")
    assert [report.failed for report in watched.settle()] == [1]
    (news / "rome.txt").write_text("Rome is in Italy.\n", encoding="utf-8")
    assert [report.failed for report in watched.settle()] == [0]
    assert failures_of(settings) == ["news/broken.jsonl"]
    (news / "broken.jsonl").unlink()
    watched.settle()
    assert failures_of(settings) == []


def failures_of(settings: Settings) -> list[str]:
    reader = open_reader(settings.index)
    found = [row.failure.locator for row in reader.failures()]
    reader.close()
    return found


def test_more_than_a_tenth_is_not_forgotten_unasked(watched: Watched, news: Path, settings: Settings) -> None:
    watched.settle()
    (news / "moscow.txt").unlink()
    (report,) = watched.settle(prune_many=False)
    assert (report.removed, report.gone, report.total) == (0, 1, 4)
    assert len(locators(settings)) == 4


def test_a_folder_that_is_missing_at_the_start_is_no_folder_to_prune(watched: Watched, news: Path) -> None:
    shutil.rmtree(news)
    with pytest.raises(UsageError, match="is not there"):
        watched.settle()


@pytest.mark.parametrize("seed", range(3))
def test_any_changes_lead_to_what_one_run_makes_of_the_folder(
    watched: Watched, run: Callable[..., Report], news: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    for step in range(12):
        name = f"{chance.randrange(8)}.{chance.choice(['txt', 'jsonl'])}"
        file = news / name
        match chance.randrange(4):
            case 0:
                file.unlink(missing_ok=True)
            case 1 if file.exists():
                file.rename(news / f"{step}-{name}")
            case _ if name.endswith("txt"):
                file.write_text(f"Rome and Paris, {step}.\n", encoding="utf-8")
            case _:
                file.write_text(f'{{"body": "Rome {step}."}}\n' * chance.randrange(1, 4), encoding="utf-8")
        for _ in range(chance.randrange(2)):
            watched.settle()
    watched.settle()
    fresh = Settings(index=tmp_path / "fresh" / ".dossier", workers=1, packs=("core",), lock_seconds=0, model="none")
    fresh.index.parent.mkdir()
    Indexer(fresh, pool="local").index([str(news)])
    assert texts_of(tmp_path / ".dossier") == texts_of(fresh.index)


def texts_of(index: Path) -> list[tuple[str, str]]:
    reader = open_reader(index)
    found = sorted(
        (article.locator.rpartition("/")[2], article.body)
        for article in reader.articles(list(reader.article_ids())).values()
    )
    reader.close()
    return found
