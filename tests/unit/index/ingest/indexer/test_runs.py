"""Whole runs of the indexer on small folders, in one process."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.engines.lock import WriterLock
from index.errors import IndexLockedError, PackError, UsageError
from index.ingest.indexer import Indexer
from index.ingest.report import Report
from index.model import Kind
from index.progress import Progress
from index.readers.base import ReadOptions
from index.settings import Settings
from tests.unit.index.catalog.contents import contents
from tests.unit.index.ingest.indexer.archive import age, counts, locators


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


def test_one_writer_at_a_time(run: Callable[..., Report], settings: Settings) -> None:
    run()
    lock = WriterLock(settings.index, seconds=0)
    with pytest.raises(IndexLockedError, match=f"Process {os.getpid()} on "):
        run()
    lock.release()
    assert counts(run()) == (0, 0, 4, 0, 0)


def test_stopping_keeps_what_was_read(run: Callable[..., Report], news: Path, settings: Settings) -> None:
    (news / "zz.jsonl").write_text("".join(f'{{"body": "Rome {n}"}}\n' for n in range(600)), encoding="utf-8")
    report = run(progress=stop_at("reading articles"))
    assert report.is_interrupted
    assert 0 < report.added < 604
    assert report.written == report.added
    reader = open_reader(settings.index)
    assert reader.runs()[0].finished is None
    reader.close()
    assert counts(run()) == (604 - report.added, 0, report.added, 0, 0)


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
        "resolving names",
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
        Indexer(replace(settings, **change), pool="local").index([str(news)])  # type: ignore[arg-type]  # the parameters of the table


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


def test_guessed_encodings_are_counted(run: Callable[..., Report], news: Path) -> None:
    turkish = "İzmir limanında çalışan işçiler dün sabah greve başladı. Sendika başkanı Çağrı Gündoğdu konuştu."
    for name in ("one.txt", "two.txt"):
        (news / name).write_text(turkish, encoding="cp1254")
    (news / "three.txt").write_text("Рабочие порта вчера утром начали забастовку, сказал председатель.", "cp1251")
    assert dict(run(dry_run=True).guessed_encodings) == {"cp1254": 2, "cp1251": 1}
    assert dict(run().guessed_encodings) == {"cp1254": 2, "cp1251": 1}


def test_another_encoding_reads_files_again(run: Callable[..., Report], news: Path, settings: Settings) -> None:
    file = news / "one.txt"
    file.write_bytes(b"The sign for alpha is \xe0 here, and nothing else is said of it.")
    age(file)
    run(file)
    forced = run(file, read_options=ReadOptions(encoding="Windows-1253"))
    again = Indexer(replace(settings, encoding="cp1253")).index([str(file)])
    assert (counts(forced), dict(forced.guessed_encodings)) == ((0, 1, 0, 0, 0), {})
    assert counts(again) == (0, 0, 1, 0, 0)
    reader = open_reader(settings.index)
    assert "ΰ" in next(iter(reader.articles(list(reader.article_ids())).values())).body
    reader.close()


def test_an_unknown_encoding_is_an_error_before_anything_is_read(settings: Settings, news: Path) -> None:
    with pytest.raises(UsageError, match=r"unknown encoding 'utf-99'\. Use a name such as"):
        Indexer(replace(settings, encoding="utf-99")).index([str(news)])
    assert not settings.index.exists()


def test_a_file_of_many_parts_counts_once(run: Callable[..., Report], news: Path) -> None:
    rows = "".join(f"{number};Şırnak’ta çalışan işçiler {number} gün grev yaptı.\n" for number in range(150))
    (news / "rows.csv").write_text(f"id;text\n{rows}", encoding="cp1254")
    assert dict(run(news / "rows.csv").guessed_encodings) == {"cp1254": 1}


def test_notices_are_reported_and_nothing_failed(run: Callable[..., Report], news: Path) -> None:
    for name in ("b.md", "a.md"):
        (news / name).write_text("---\ntitle: Own\ndate: soon\n---\nThe harbour is full.", encoding="utf-8")
    report = run()
    assert [(notice.locator, notice.reason) for notice in report.notices] == [
        ("news/a.md", "bad-front-matter"),
        ("news/b.md", "bad-front-matter"),
    ]
    assert (report.failed, report.added) == (0, 6)
    assert [notice.locator for notice in run(dry_run=True).notices] == ["news/a.md", "news/b.md"]


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("names", [["nwes"], ["nwes", "old"], ["nwes/moscow.txt"]])
def test_an_archive_of_nothing_but_typos_is_not_begun(
    run: Callable[..., Report], news: Path, settings: Settings, names: list[str], dry_run: bool
) -> None:
    with pytest.raises(UsageError, match=r"nwes.*: no such file or folder\. Check the name"):
        run(*(news.parent / name for name in names), dry_run=dry_run)
    assert not settings.index.exists()


def test_one_path_of_several_may_be_missing(run: Callable[..., Report], news: Path) -> None:
    report = run(news.parent / "nwes", news)
    assert (report.added, [failure.reason for failure in report.failures]) == (4, ["not-found"])
    assert run(news.parent / "nwes").failures == report.failures
