"""Whole runs of the indexer on small folders, in one process."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.engines.lock import WriterLock
from index.errors import DecisionError, IndexLockedError, IndexMissingError, PackError, UsageError
from index.indexer import Indexer, Progress, Report
from index.model import Kind
from index.readers.base import ReadOptions
from index.resolve.records import Decision, DecisionAction
from index.settings import Settings
from tests.unit.index.catalog.contents import contents

TEXTS = {
    "ankara.txt": "Talks in Ankara\n\nThe talks were held in Ankara on Monday. Turkey paid $2.5 billion.\n",
    "moscow.txt": "Sale in Moscow\n\nMoscow, the capital of Russia, sold them in 2019.\n",
    "row.jsonl": '{"title": "One", "body": "Paris is in France."}\n{"title": "Two", "body": "Berlin is in Germany."}\n',
}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / ".dossier", workers=1, packs=("core",), lock_seconds=0, model="none")


@pytest.fixture
def run(settings: Settings, news: Path) -> Callable[..., Report]:
    """Index the folder, or what is given."""

    def run(*paths: Path, **options: object) -> Report:
        chosen = [str(path) for path in paths or (news,)]
        return Indexer(settings).index(chosen, **options)  # type: ignore[arg-type]  # the tests give what it takes

    return run


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return (report.added, report.changed, report.unchanged, report.removed, report.failed)


def age(*files: Path) -> None:
    """Make files old enough to be trusted to look different when they change."""
    for file in files:
        os.utime(file, (1_600_000_000, 1_600_000_000))


def locators(settings: Settings) -> list[str]:
    reader = open_reader(settings.index)
    found = sorted(article.locator for article in reader.articles(list(reader.article_ids())).values())
    reader.close()
    return found


def test_a_first_run_adds_everything(run: Callable[..., Report], settings: Settings) -> None:
    report = run()
    assert (counts(report), report.read, report.written) == ((4, 0, 0, 0, 0), 4, 4)
    assert locators(settings) == ["news/ankara.txt", "news/moscow.txt", "news/row.jsonl#1", "news/row.jsonl#2"]
    reader = open_reader(settings.index)
    assert [entity.name for entity in reader.find_entities("Ankara", kind=Kind.PLACES)] == ["Ankara"]
    assert reader.runs()[0].finished is not None
    reader.close()


def test_a_second_run_does_nothing(run: Callable[..., Report], settings: Settings) -> None:
    run()
    before = contents(settings.index)
    report = run()
    assert (counts(report), report.written) == ((0, 0, 4, 0, 0), 0)
    assert contents(settings.index) == before


def test_only_what_changed_is_done_again(run: Callable[..., Report], news: Path, settings: Settings) -> None:
    run()
    (news / "ankara.txt").write_text("Talks in Izmir\n\nThey were held in Izmir, Turkey.\n", encoding="utf-8")
    report = run()
    assert (counts(report), report.written) == ((0, 1, 3, 0, 0), 1)
    reader = open_reader(settings.index)
    assert reader.find_entities("Ankara") == ()
    reader.close()


def test_an_index_that_was_changed_is_like_one_that_was_made_anew(
    run: Callable[..., Report], news: Path, settings: Settings, tmp_path: Path
) -> None:
    changed = (news / "ankara.txt").read_text(encoding="utf-8")
    (news / "ankara.txt").write_text("Berlin, Moscow and Izmir.\n", encoding="utf-8")
    run()
    (news / "ankara.txt").write_text(changed, encoding="utf-8")
    run()
    again = contents(settings.index)
    (tmp_path / ".dossier").rename(tmp_path / "old")
    run()
    assert again == contents(settings.index)


def test_a_file_that_looks_the_same_is_not_read_again(run: Callable[..., Report], news: Path) -> None:
    age(*news.iterdir())
    run()
    row = news / "row.jsonl"
    row.write_text(row.read_text(encoding="utf-8").replace("Paris", "Milan"), encoding="utf-8")
    age(row)
    assert counts(run()) == (0, 0, 4, 0, 0)
    assert counts(run(prune=True)) == (0, 0, 4, 0, 0)
    row.touch()
    assert counts(run()) == (0, 1, 3, 0, 0)


def test_bad_rows_of_a_file_that_looks_the_same_are_still_reported(
    run: Callable[..., Report], news: Path, settings: Settings
) -> None:
    with (news / "row.jsonl").open("a", encoding="utf-8") as rows:
        rows.write("not JSON\n")
    (news / "empty.txt").touch()
    age(*news.iterdir())
    first = run()
    assert (first.failed, [failure.locator for failure in first.failures]) == (
        2,
        ["news/empty.txt", "news/row.jsonl#3"],
    )
    second = run()
    assert (second.failures, second.unchanged) == (first.failures, 4)
    reader = open_reader(settings.index)
    assert len(reader.failures()) == 2
    reader.close()


def test_reading_otherwise_reads_again(run: Callable[..., Report], news: Path) -> None:
    age(*news.iterdir())
    run()
    options = ReadOptions(mapping={"title": "body"})
    assert counts(run(read_options=options)) == (0, 2, 2, 0, 0)


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


def test_one_writer_at_a_time(run: Callable[..., Report], settings: Settings) -> None:
    run()
    lock = WriterLock(settings.index, seconds=0)
    with pytest.raises(IndexLockedError, match=f"Process {os.getpid()} on "):
        run()
    lock.release()
    assert counts(run()) == (0, 0, 4, 0, 0)


def test_stopping_keeps_what_was_read(run: Callable[..., Report], news: Path, settings: Settings) -> None:
    (news / "zz.jsonl").write_text("".join(f'{{"body": "Rome {n}"}}\n' for n in range(100)), encoding="utf-8")
    report = run(progress=stop_at("reading articles"))
    assert report.is_interrupted
    assert (report.added, report.written) == (4, 4)
    reader = open_reader(settings.index)
    assert reader.runs()[0].finished is None
    reader.close()
    assert counts(run()) == (100, 0, 4, 0, 0)


def test_stopping_while_the_engine_is_written_loses_nothing(run: Callable[..., Report], settings: Settings) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(progress=stop_at("writing the index"))
    report = run()
    assert (counts(report), report.written) == ((0, 0, 4, 0, 0), 4)


def stop_at(stage: str) -> Callable[[Progress], None]:
    """Ctrl-C at the first sign of progress in a stage."""

    def stop(progress: Progress) -> None:
        if progress.stage == stage and progress.done:
            raise KeyboardInterrupt

    return stop


def test_progress_tells_the_stages_and_how_much_there_is(run: Callable[..., Report], news: Path) -> None:
    (news / "row.jsonl").unlink()
    seen: list[Progress] = []
    run(progress=seen.append)
    assert list(dict.fromkeys(progress.stage for progress in seen)) == [
        "reading articles",
        "deciding who is who",
        "writing the index",
    ]
    last = [progress for progress in seen if progress.stage == "reading articles"][-1]
    assert (last.done, last.total, last.failed, last.eta) == (2, 2, 0, 0.0)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [({"engine": "paper"}, UsageError, "no engine 'paper'"), ({"packs": ("fairies",)}, PackError, "No pack 'fairies'")],
)
def test_settings_that_cannot_be_used_are_said(
    settings: Settings, news: Path, change: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        Indexer(replace(settings, **change)).index([str(news)])  # type: ignore[arg-type]  # the parameters of the table


def test_an_engine_that_was_deleted_is_written_by_the_next_run(run: Callable[..., Report], settings: Settings) -> None:
    run()
    for file in (settings.index / "engine").iterdir():
        file.unlink()
    (settings.index / "engine").rmdir()
    assert run().written == 4


def test_rebuilding_needs_no_files(run: Callable[..., Report], news: Path, settings: Settings) -> None:
    run()
    before = contents(settings.index)
    for file in news.iterdir():
        file.unlink()
    for file in (settings.index / "engine").iterdir():
        file.write_bytes(b"damaged")
    assert Indexer(settings).rebuild().written == 4
    assert contents(settings.index) == before


@pytest.mark.parametrize(
    "method",
    [
        lambda indexer: indexer.rebuild(),
        lambda indexer: indexer.undo(1),
        lambda indexer: indexer.export_decisions(),
        lambda indexer: indexer.import_decisions([]),
    ],
)
def test_without_an_index_there_is_nothing_to_change(settings: Settings, method: Callable[[Indexer], object]) -> None:
    with pytest.raises(IndexMissingError, match="search-cli index FOLDER"):
        method(Indexer(settings))
    assert not settings.index.exists()


REJECT = Decision(DecisionAction.REJECT, {"entity": "ankara"})


def test_a_decision_writes_only_the_documents_it_concerns(run: Callable[..., Report], settings: Settings) -> None:
    run()
    report = Indexer(settings).decide(REJECT)
    assert (report.changes.removed, report.changes.documents, report.written) == (("ankara",), 1, 1)
    assert report.description == "rejected “Ankara” as not an entity"
    reader = open_reader(settings.index)
    assert reader.find_entities("Ankara") == ()
    assert [row.action for row in reader.decisions()] == ["reject"]
    reader.close()


def test_undoing_leaves_everything_as_it_was_but_the_log(run: Callable[..., Report], settings: Settings) -> None:
    run()
    before = contents(settings.index)
    number = Indexer(settings).decide(REJECT).decisions[0].id
    assert number is not None
    assert Indexer(settings).undo(number).written == 1
    after = contents(settings.index)
    assert len(after.pop("decisions")) == 2
    before.pop("decisions")
    assert after == before
    with pytest.raises(DecisionError, match="undone already"):
        Indexer(settings).undo(number)


def test_decisions_survive_indexing_again(run: Callable[..., Report], news: Path, settings: Settings) -> None:
    run()
    Indexer(settings).decide(REJECT)
    (news / "new.txt").write_text("Ankara once more.\n", encoding="utf-8")
    assert counts(run()) == (1, 0, 4, 0, 0)
    reader = open_reader(settings.index)
    assert reader.find_entities("Ankara") == ()
    reader.close()


def test_undoing_a_split_within_articles_leaves_everything_as_it_was(
    run: Callable[..., Report], news: Path, settings: Settings
) -> None:
    (news / "a.txt").write_text("Ismail Demir spoke in Ankara. Mr Demir left.\n", encoding="utf-8")
    (news / "b.txt").write_text("Ismail Demir came to Moscow, and Demir stayed.\n", encoding="utf-8")
    run()
    before = contents(settings.index)
    report = Indexer(settings).decide(Decision(DecisionAction.SPLIT, {"entity": "ismail-demir", "name": "Demir"}))
    assert (report.changes.added, report.written) == (("demir",), 2)
    assert run().relinked == 0
    split = contents(settings.index)
    assert Indexer(settings).decide(REJECT).written == 2
    Indexer(settings).undo(2)
    assert {**contents(settings.index), "decisions": []} == {**split, "decisions": []}
    assert Indexer(settings).undo(1).written == 2
    assert {**contents(settings.index), "decisions": []} == before


def test_what_was_split_within_articles_is_the_same_when_all_is_read_again(
    run: Callable[..., Report], news: Path, settings: Settings, tmp_path: Path
) -> None:
    (news / "a.txt").write_text("Ismail Demir spoke in Ankara. Mr Demir left.\n", encoding="utf-8")
    run()
    Indexer(settings).decide(Decision(DecisionAction.SPLIT, {"entity": "ismail-demir", "name": "Demir"}))
    (news / "b.txt").write_text("Ismail Demir came to Moscow, and Demir stayed.\n", encoding="utf-8")
    run()
    made, lines = contents(settings.index), Indexer(settings).export_decisions()
    settings.index.rename(tmp_path / "old")
    run(news / "b.txt")
    Indexer(settings).import_decisions(lines)
    run()
    assert contents(settings.index) == made


def test_decisions_go_to_another_archive(run: Callable[..., Report], settings: Settings, tmp_path: Path) -> None:
    run()
    Indexer(settings).decide(REJECT)
    lines = Indexer(settings).export_decisions()
    assert [json.loads(line)["action"] for line in lines] == ["reject"]
    settings.index.rename(tmp_path / "old")
    run()
    report = Indexer(settings).import_decisions([*lines, ""])
    assert (report.changes.removed, report.written) == (("ankara",), 1)
    assert Indexer(settings).import_decisions(lines).decisions == ()
    assert Indexer(settings).export_decisions() == lines
    with pytest.raises(DecisionError, match="before, and holds"):
        Indexer(settings).decide(Decision(DecisionAction.REJECT, json.loads(lines[0])["arguments"]))


@pytest.mark.parametrize("line", ["nonsense", "{}", '{"action": "sing", "arguments": {}}', "[]"])
def test_a_line_that_is_no_decision_is_named_and_nothing_is_kept(
    run: Callable[..., Report], settings: Settings, line: str
) -> None:
    run()
    good = json.dumps({"action": "reject", "arguments": {"entity": "ankara"}})
    with pytest.raises(DecisionError, match="Line 2"):
        Indexer(settings).import_decisions([good, line])
    assert Indexer(settings).export_decisions() == ()
