"""Runs of the driver over small folders and a catalog in memory."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from index import article_ids, stages
from index.ingest.run import driver
from index.ingest.run.driver import IngestRun
from index.ingest.run.pruning import Pruning
from index.ingest.workers.limits import Limits
from index.progress import Progress, ProgressMeter
from index.readers.base import ReadOptions
from index.readers.sources import find_sources
from tests.unit.index.ingest.sinks import OPTIONS, MemorySink, ingest
from tests.unit.index.ingest.workers.workers import KILL, LONG, SLEEP

WRITTEN = 1_600_000_000.0
ONE_ID = replace(OPTIONS, reader="tests.unit.index.ingest.workers.workers:read_with_one_id")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(3):
        write(tmp_path / f"{number}.txt", f"Talks in Ankara, day {number}.\n")
    write(tmp_path / "rows.jsonl", '{"body": "Paris."}\n{"body": "Rome."}\n')
    return tmp_path


def write(path: Path, text: str) -> None:
    """Write a file that is old enough to be trusted to look different when it changes."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (WRITTEN, WRITTEN))


def counts(run: IngestRun) -> tuple[int, int, int, int]:
    return run.added, run.changed, run.unchanged, run.failed


def reasons(run: IngestRun) -> list[tuple[str, str]]:
    return [(failure.locator, failure.reason) for failure in run.failures]


def locators(sink: MemorySink) -> list[str]:
    return sorted(item.article.locator for item in sink.stored.values())


EVERYTHING = ["0.txt", "1.txt", "2.txt", "rows.jsonl#1", "rows.jsonl#2"]


@pytest.mark.parametrize("workers", [1, 2])
def test_everything_is_read_once(folder: Path, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "_WORTH_PROCESSES", 0)
    sink = MemorySink()
    assert counts(ingest(sink, folder, workers=workers)) == (5, 0, 0, 0)
    assert locators(sink) == EVERYTHING
    assert sorted(sink.files) == ["0.txt", "1.txt", "2.txt", "rows.jsonl"]
    assert counts(ingest(sink, folder, workers=workers)) == (0, 0, 5, 0)


def test_the_catalog_is_asked_once_for_many_articles(folder: Path) -> None:
    sink = MemorySink()
    write(folder / "rows.jsonl", "".join(f'{{"body": "Rome {number}."}}\n' for number in range(300)))
    ingest(sink, folder, only=["rows.jsonl"])
    assert sink.questions == 5


def test_files_that_look_the_same_need_no_worker(folder: Path) -> None:
    sink = MemorySink()
    ingest(sink, folder)
    impossible = replace(OPTIONS, extractor="nothing:nothing", reader="nothing:nothing")
    assert counts(ingest(sink, folder, options=impossible)) == (0, 0, 5, 0)


def test_only_what_changed_is_extracted(folder: Path) -> None:
    sink = MemorySink()
    ingest(sink, folder)
    write(folder / "1.txt", "Talks in Paris, at last.\n")
    write(folder / "rows.jsonl", '{"body": "Paris."}\n{"body": "Berlin."}\n')
    assert counts(ingest(sink, folder)) == (0, 2, 3, 0)


def test_other_options_of_reading_read_again(folder: Path) -> None:
    sink = MemorySink()
    ingest(sink, folder)
    write(folder / "rows.jsonl", '{"body": "Paris!", "text": "Paris."}\n{"body": "Rome.", "text": "Rome."}\n')
    os.utime(folder / "rows.jsonl", (WRITTEN, WRITTEN))
    options = replace(OPTIONS, read_options=ReadOptions(mapping={"body": "text"}))
    assert counts(ingest(sink, folder, options=options)) == (0, 0, 5, 0)


def test_a_new_version_of_reading_reads_files_and_extracts_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = MemorySink()
    ingest(sink, folder)
    monkeypatch.setattr(stages, "READING", stages.READING + 1)
    options = replace(OPTIONS, extractor="nothing:nothing")
    assert counts(ingest(sink, folder, options=options)) == (0, 0, 5, 0)
    assert {state.reading for state in sink.files.values()} == {stages.reading_stage(ReadOptions()).text}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_new_version_of_extraction_extracts_from_the_catalog(
    folder: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    sink = MemorySink()
    write(folder / "rows.jsonl", "".join(f'{{"body": "Rome {number}."}}\n' for number in range(200)))
    ingest(sink, folder)
    monkeypatch.setattr(driver, "_WORTH_PROCESSES", 0)
    monkeypatch.setattr(stages, "EXTRACTION", stages.EXTRACTION + 1)
    # A function that fails when it is given a source.
    options = replace(OPTIONS, reader="operator:truediv")
    before = sink.files
    assert counts(ingest(sink, folder, options=options, workers=workers)) == (0, 203, 0, 0)
    assert set(sink.extractions.values()) == {stages.extraction_stage((), "none").text}
    assert sink.files == before
    assert counts(ingest(sink, folder)) == (0, 0, 203, 0)


def test_an_article_that_failed_is_tried_again(folder: Path) -> None:
    sink = MemorySink()
    write(folder / "1.txt", "Fail.\n")
    assert reasons(ingest(sink, folder)) == [("1.txt", "extraction-error")]
    assert "1.txt" not in sink.files
    assert reasons(ingest(sink, folder)) == [("1.txt", "extraction-error")]


def test_a_source_whose_article_killed_a_worker_is_not_remembered(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "_WORTH_PROCESSES", 0)
    sink = MemorySink()
    write(folder / "rows.jsonl", f'{{"body": "Paris."}}\n{{"body": "{KILL}"}}\n')
    run = ingest(sink, folder, workers=2)
    assert (counts(run), reasons(run)) == ((4, 0, 0, 1), [("rows.jsonl#2", "worker-died")])
    assert sorted(sink.files) == ["0.txt", "1.txt", "2.txt"]


def test_unreadable_rows_do_not_make_a_source_be_read_again(folder: Path) -> None:
    sink = MemorySink()
    write(folder / "rows.jsonl", '{"body": "Paris."}\nnot JSON\n')
    assert reasons(ingest(sink, folder)) == [("rows.jsonl#2", "bad-json")]
    assert (sink.files["rows.jsonl"].articles, sink.files["rows.jsonl"].failures) == (1, 1)
    assert reasons(ingest(sink, folder, options=replace(OPTIONS, reader="nothing:nothing"))) == [
        ("rows.jsonl#2", "bad-json")
    ]


@pytest.mark.parametrize(("seconds", "is_remembered"), [(0.0, False), (1.9, False), (2.0, True), (60.0, True)])
def test_a_file_that_changed_within_two_seconds_is_not_remembered(
    folder: Path, seconds: float, is_remembered: bool
) -> None:
    sink = MemorySink()
    ingest(sink, folder, now=WRITTEN + seconds)
    assert ("0.txt" in sink.files) is is_remembered
    # Written again, so quickly that it looks the same.
    write(folder / "0.txt", "Talks in Ankara, day 9.\n")
    assert counts(ingest(sink, folder, now=WRITTEN + 60)) == ((0, 0, 5, 0) if is_remembered else (0, 1, 4, 0))


def clash(run: IngestRun) -> list[str]:
    return [failure.message for failure in run.failures if failure.reason == "id-clash"]


def test_of_two_articles_with_one_id_in_a_batch_the_first_is_kept_and_the_other_said(folder: Path) -> None:
    sink = MemorySink()
    run = ingest(sink, folder, options=ONE_ID, only=["0.txt", "1.txt"])
    assert counts(run) == (1, 0, 0, 1)
    assert clash(run) == ["1.txt and 0.txt have one id, ankara"]
    assert run.failures[0].hint == "Rename 1.txt or 0.txt."
    assert locators(sink) == ["0.txt"]
    assert sorted(sink.files) == ["0.txt"]


def test_a_clash_with_an_earlier_batch_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "_ARTICLES_A_BATCH", 1)
    rows = "".join(f'{{"body": "Rome {number}."}}\n' for number in range(100))
    write(folder / "1.jsonl", rows + '{"body": "Ankara."}\n')
    sink = MemorySink()
    run = ingest(sink, folder, options=ONE_ID, only=["0.txt", "1.jsonl"])
    assert len(sink.batches) > 1
    assert clash(run) == ["1.jsonl#101 and 0.txt have one id, ankara"]
    assert (counts(run), sorted(sink.files)) == ((101, 0, 0, 1), ["0.txt"])


def test_a_clash_with_an_earlier_run_is_said_each_time(folder: Path) -> None:
    sink = MemorySink()
    ingest(sink, folder, options=ONE_ID, only=["0.txt"])
    for _ in range(2):
        run = ingest(sink, folder, options=ONE_ID, only=["0.txt", "1.txt"])
        assert (counts(run), clash(run)) == ((0, 0, 1, 1), ["1.txt and 0.txt have one id, ankara"])
    assert locators(sink) == ["0.txt"]


def test_a_clash_between_workers_loses_nothing_silently(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "_WORTH_PROCESSES", 0)
    for number in range(3, 80):
        write(folder / f"{number}.txt", f"Ankara {number}.\n")
    sink = MemorySink()
    run = ingest(sink, folder, options=ONE_ID, workers=2)
    assert counts(run) == (3, 0, 0, 79)
    assert len({failure.locator for failure in run.failures} | set(locators(sink))) == 82
    assert len(sink.files) == 2


def test_ids_of_few_digits_clash_and_are_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_ids, "ID_DIGITS", 0)
    (folder / "deep").mkdir()
    write(folder / "deep" / "0.txt", "Paris.\n")
    sink = MemorySink()
    run = ingest(sink, folder)
    assert (counts(run), clash(run)) == ((5, 0, 0, 1), ["deep/0.txt and 0.txt have one id, 0-"])


def test_two_files_whose_articles_have_one_locator_clash(folder: Path) -> None:
    write(folder / "rows.jsonl#1", "Berlin.\n")
    sink = MemorySink()
    run = ingest(sink, folder)
    assert counts(run) == (5, 0, 0, 1)
    assert clash(run) == ["articles of rows.jsonl#1 and of rows.jsonl are both called rows.jsonl#1"]


def test_the_hook_is_called_after_each_batch(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "_ARTICLES_A_BATCH", 1)
    sink = MemorySink()
    stored: list[int] = []
    ingest(sink, folder, on_batch=lambda: stored.append(len(sink.stored)))
    assert (stored[-1], len(stored)) == (5, len(sink.batches))


def test_stopping_keeps_what_was_extracted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "_ARTICLES_A_BATCH", 1)
    write(folder / "rows.jsonl", "".join(f'{{"body": "Rome {number}."}}\n' for number in range(300)))
    sink = MemorySink()

    def stop() -> None:
        raise KeyboardInterrupt

    run = ingest(sink, folder, on_batch=stop)
    assert run.is_interrupted
    assert 0 < run.added == len(sink.stored) < 303
    assert counts(ingest(sink, folder))[0] == 303 - run.added


def read_again(sink: MemorySink, folder: Path, limits: Limits) -> bool:
    """True when a run with these limits reads the file of the slow article again."""
    try:
        ingest(sink, folder, options=replace(OPTIONS, reader="nothing:nothing", limits=limits))
    except ModuleNotFoundError:
        return True
    return False


def test_what_took_too_long_is_tried_again_when_the_file_or_the_limits_change(folder: Path) -> None:
    sink, limits = MemorySink(), Limits(seconds=2)
    write(folder / "rows.jsonl", f'{{"body": "Paris."}}\n{{"body": "{SLEEP}"}}\n')
    run = ingest(sink, folder, options=replace(OPTIONS, limits=limits), workers=2)
    assert (counts(run), reasons(run)) == ((4, 0, 0, 1), [("rows.jsonl#2", "too-slow")])
    again = ingest(sink, folder, options=replace(OPTIONS, reader="nothing:nothing", limits=limits))
    assert (counts(again), reasons(again)) == ((0, 0, 4, 1), [("rows.jsonl#2", "too-slow")])
    assert read_again(sink, folder, replace(limits, seconds=3))
    assert read_again(sink, folder, replace(limits, megabytes=100))
    write(folder / "rows.jsonl", '{"body": "Paris."}\n{"body": "Rome, again."}\n')
    assert read_again(sink, folder, limits)
    assert counts(ingest(sink, folder, options=replace(OPTIONS, limits=limits))) == (1, 0, 4, 0)


def test_a_file_that_took_too_long_to_read_is_not_read_again(folder: Path) -> None:
    sink = MemorySink()
    options = replace(OPTIONS, reader="tests.unit.index.ingest.workers.workers:read_fatally", limits=Limits(seconds=2))
    write(folder / "1.txt", SLEEP)
    assert reasons(ingest(sink, folder, options=options, workers=2)) == [("1.txt", "too-slow")]
    assert not read_again(sink, folder, options.limits)
    assert read_again(sink, folder, Limits(seconds=3))


def test_pruning_does_not_read_again_what_took_too_long(folder: Path) -> None:
    sink, options = MemorySink(), replace(OPTIONS, limits=Limits(seconds=2))
    write(folder / "rows.jsonl", f'{{"body": "Paris."}}\n{{"body": "{SLEEP}"}}\n')
    ingest(sink, folder, options=options, workers=2)
    impossible = replace(options, reader="nothing:nothing")
    assert counts(ingest(sink, folder, options=impossible, pruning=Pruning([""]))) == (0, 0, 4, 1)


def test_progress_of_a_long_article_is_shown(folder: Path) -> None:
    write(folder / "1.txt", f"{LONG}\n")
    shown: list[Progress] = []
    meter = ProgressMeter(shown.append, "reading")
    run = IngestRun(MemorySink(), OPTIONS, workers=1, meter=meter, pool="local")
    run.read_all(find_sources([str(folder / "1.txt")], base=folder))
    assert ("1.txt", 0.25) in [(progress.long_article, progress.share) for progress in shown]
    assert shown[-1].long_article is None
