"""Articles whose files are gone, and dry runs."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.errors import UsageError
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
    (other / "b.txt").write_text("Rome.\n", encoding="utf-8")
    run(news, other)
    (other / "a.txt").unlink()
    assert counts(run(news, prune=True)) == (0, 0, 4, 0, 0)
    assert counts(run(other, prune=True)) == (0, 0, 1, 1, 0)
    assert len(locators(settings)) == 5


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


@pytest.mark.parametrize(("gone", "is_much"), [(1, False), (2, False), (3, True), (20, True)])
def test_more_than_a_tenth_is_forgotten_only_when_confirmed(
    run: Callable[..., Report], tmp_path: Path, settings: Settings, gone: int, is_much: bool
) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(20):
        (many / f"{number}.txt").write_text(f"Talks in Ankara, day {number}.\n", encoding="utf-8")
    (many / "stays.txt").write_text("Rome.\n", encoding="utf-8")
    run(many)
    for number in range(gone):
        (many / f"{number}.txt").unlink()
    report = run(many, prune=True, prune_many=False)
    assert (report.removed, report.gone) == ((0, gone) if is_much else (gone, 0))
    assert report.total == 21
    assert len(locators(settings)) == (21 if is_much else 21 - gone)
    assert run(many, prune=True, prune_many=True).removed == (gone if is_much else 0)


def test_what_was_read_is_kept_when_pruning_is_refused(
    run: Callable[..., Report], news: Path, settings: Settings
) -> None:
    run()
    (news / "moscow.txt").unlink()
    (news / "rome.txt").write_text("Rome.\n", encoding="utf-8")
    report = run(prune=True, prune_many=False)
    assert (report.added, report.removed, report.gone) == (1, 0, 1)
    assert {"news/moscow.txt", "news/rome.txt"} <= set(locators(settings))


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("state", ["missing", "empty", "hidden files only", "no folder"])
@pytest.mark.parametrize("is_indexed", [True, False])
def test_nothing_is_forgotten_where_a_folder_is_missing_or_empty(
    run: Callable[..., Report], news: Path, settings: Settings, state: str, is_indexed: bool, dry_run: bool
) -> None:
    if is_indexed:
        run()
    before = locators(settings) if is_indexed else []
    shutil.rmtree(news)
    match state:
        case "empty":
            news.mkdir()
        case "hidden files only":
            news.mkdir()
            (news / ".hidden").write_text("text")
        case "no folder":
            news.symlink_to(news.parent / "nowhere")
    with pytest.raises(UsageError, match="--prune forgets nothing"):
        run(prune=True, dry_run=dry_run)
    assert (locators(settings) if settings.index.exists() else []) == before


def test_nothing_is_forgotten_where_a_folder_cannot_be_read(
    run: Callable[..., Report], news: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    before = locators(settings)
    scandir = os.scandir

    def scan(path: str | os.PathLike[str]) -> object:
        if Path(path) == news:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    # Rights are taken away in this way, as root may read everything.
    monkeypatch.setattr("index.readers.sources.os.scandir", scan)
    with pytest.raises(UsageError, match="cannot be read"):
        run(prune=True)
    assert locators(settings) == before


def test_one_missing_folder_of_several_forgets_nothing_of_the_others(
    run: Callable[..., Report], news: Path, settings: Settings
) -> None:
    run()
    (news / "moscow.txt").unlink()
    with pytest.raises(UsageError, match="nowhere is not there"):
        run(news, news.parent / "nowhere", prune=True)
    assert len(locators(settings)) == 4


def test_links_that_lead_out_of_the_folder_are_counted(
    run: Callable[..., Report], news: Path, settings: Settings
) -> None:
    (news.parent / "secret.txt").write_text("Paris.\n", encoding="utf-8")
    (news / "link.txt").symlink_to(news.parent / "secret.txt")
    report = run()
    assert (report.added, report.links, report.link) == (4, 1, "news/link.txt")
    assert run(dry_run=True).links == 1
