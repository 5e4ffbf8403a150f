"""Articles whose files are gone, and dry runs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.ingest.report import Report
from index.settings import Settings
from tests.unit.index.catalog.contents import contents
from tests.unit.index.ingest.indexer.archive import age, counts, locators


def test_what_is_gone_stays_until_it_is_pruned(run: Callable[..., Report], news: Path, settings: Settings) -> None:
    run()
    (news / "moscow.txt").unlink()
    assert counts(run()) == (0, 0, 3, 0, 0)
    assert "news/moscow.txt" in locators(settings)
    report = run(prune=True)
    assert (counts(report), report.written) == ((0, 0, 3, 1, 0), 1)
    assert "news/moscow.txt" not in locators(settings)


@pytest.mark.parametrize("aged", [0, 1])
def test_rows_that_are_gone_are_pruned(run: Callable[..., Report], news: Path, settings: Settings, aged: int) -> None:
    run()
    (news / "row.jsonl").write_text('{"title": "One", "body": "Paris is in France."}\n', encoding="utf-8")
    age(*list(news.iterdir())[: 3 * aged])
    run()
    assert counts(run(prune=True)) == (0, 0, 3, 1, 0)
    assert locators(settings) == ["news/ankara.txt", "news/moscow.txt", "news/row.jsonl#1"]


def test_pruning_keeps_to_the_paths_given(run: Callable[..., Report], news: Path, settings: Settings) -> None:
    other = news.parent / "newsroom"
    other.mkdir()
    (other / "a.txt").write_text("Rome is in Italy.\n", encoding="utf-8")
    run(news, other)
    (other / "a.txt").unlink()
    assert counts(run(news, prune=True)) == (0, 0, 4, 0, 0)
    assert counts(run(other, prune=True)) == (0, 0, 0, 1, 0)
    assert len(locators(settings)) == 4


def test_a_named_file_that_is_gone_is_pruned_and_said_to_be_missing(run: Callable[..., Report], news: Path) -> None:
    run()
    (news / "moscow.txt").unlink()
    report = run(news / "moscow.txt", prune=True)
    assert counts(report) == (0, 0, 0, 1, 1)
    assert report.failures[0].reason == "not-found"


def test_a_file_that_cannot_be_read_any_more_is_not_pruned(run: Callable[..., Report], news: Path) -> None:
    run()
    (news / "ankara.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    report = run(prune=True)
    assert counts(report) == (0, 0, 3, 0, 1)


def test_failures_are_kept_until_the_file_is_mended_or_gone(
    run: Callable[..., Report], news: Path, settings: Settings
) -> None:
    (news / "empty.txt").touch()
    (news / "gone.txt").touch()
    report = run()
    assert report.failed == 2
    assert [failure.locator for failure in report.failures] == ["news/empty.txt", "news/gone.txt"]
    (news / "empty.txt").write_text("Rome is in Italy.\n", encoding="utf-8")
    (news / "gone.txt").unlink()
    assert counts(run()) == (1, 0, 4, 0, 0)
    reader = open_reader(settings.index)
    assert reader.failures() == ()
    reader.close()


def test_a_dry_run_counts_and_keeps_nothing(run: Callable[..., Report], news: Path, settings: Settings) -> None:
    assert counts(run(dry_run=True)) == (4, 0, 0, 0, 0)
    assert not settings.index.exists()
    run()
    before = contents(settings.index)
    (news / "ankara.txt").write_text("Izmir.\n", encoding="utf-8")
    (news / "moscow.txt").unlink()
    (news / "new.txt").write_text("Rome.\n", encoding="utf-8")
    assert counts(run(dry_run=True, prune=True)) == (1, 1, 2, 1, 0)
    assert contents(settings.index) == before
