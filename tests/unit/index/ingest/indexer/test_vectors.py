"""Vectors of articles: made in a run, kept with the catalog and the file beside the engine, added where they lack."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.archive import Archive
from index.catalog.rows import CATALOG_FILE
from index.catalog.store import open_catalog
from index.errors import ModelError
from index.ingest.indexer import Indexer
from index.ingest.report import Report
from index.ingest.versions.outdated import StoredStages, find_outdated
from index.settings import Settings
from index.stages import Stage, meaning_stage
from tests.unit.index.catalog.contents import contents
from tests.unit.index.ingest.indexer.archive import age


def stored(settings: Settings) -> dict[str, bytes]:
    """The vectors by locator, and a check that the file beside the engine has each of them at its number."""
    archive = Archive(settings)
    reader = archive.open_reader()
    found: dict[str, bytes] = {}
    rows = archive.vectors_file.read_bytes() if archive.vectors_file.exists() else b""
    for number, article_id, vector in reader.vectors_after(0, limit=1000):
        assert number <= reader.vector_rows()
        assert rows[(number - 1) * 384 : number * 384] == vector
        found[reader.article(article_id).locator] = vector
    reader.close()
    return found


def test_every_article_gets_a_vector(run: Callable[..., Report], settings: Settings) -> None:
    run()
    found = stored(settings)
    assert sorted(found) == ["news/ankara.txt", "news/moscow.txt", "news/row.jsonl#1", "news/row.jsonl#2"]
    assert {len(vector) for vector in found.values()} == {384}


@pytest.mark.parametrize("workers", [1, 2])
def test_vectors_do_not_depend_on_workers_and_order(
    run: Callable[..., Report], settings: Settings, news: Path, tmp_path: Path, workers: int
) -> None:
    run()
    other = replace(settings, index=tmp_path / "other" / ".dossier", workers=workers)
    for name in ("row.jsonl", "moscow.txt", "ankara.txt"):
        Indexer(other, pool="processes").index([str(news / name)])
    assert sorted(stored(other).values()) == sorted(stored(settings).values())


def test_an_article_that_changed_gets_another_vector(
    run: Callable[..., Report], settings: Settings, news: Path
) -> None:
    run()
    before = stored(settings)
    (news / "ankara.txt").write_text("A whale in the harbour\n\nIt was led back to sea.\n", encoding="utf-8")
    run()
    after = stored(settings)
    assert {key for key in before if before[key] != after[key]} == {"news/ankara.txt"}


def test_an_article_that_is_gone_leaves_no_vector(run: Callable[..., Report], settings: Settings, news: Path) -> None:
    run()
    (news / "ankara.txt").unlink()
    run(prune=True)
    assert sorted(stored(settings)) == ["news/moscow.txt", "news/row.jsonl#1", "news/row.jsonl#2"]


def test_other_languages_get_none_and_are_not_tried_again(
    run: Callable[..., Report], settings: Settings, news: Path
) -> None:
    text = "Eine Straßenbrücke über den Fluss ist am Dienstag nach tagelangem Regen eingestürzt.\n"
    (news / "deutsch.txt").write_text(f"Die Brücke\n\n{text}", encoding="utf-8")
    run()
    assert "news/deutsch.txt" not in stored(settings)
    with open_catalog(settings.index) as catalog:
        assert catalog.count_vectors() == {meaning_stage("lead").text: 5}


def test_without_meaning_there_are_none(settings: Settings, news: Path) -> None:
    Indexer(replace(settings, meaning="none"), pool="local").index([str(news)])
    assert stored(settings) == {}
    assert not Archive(settings).vectors_file.exists()


def test_a_run_adds_what_is_missing_and_extracts_nothing(
    run: Callable[..., Report], settings: Settings, news: Path
) -> None:
    age(*news.iterdir())
    Indexer(replace(settings, meaning="none"), pool="local").index([str(news)])
    report = run()
    assert (report.unchanged, report.written) == (4, 0)
    assert len(stored(settings)) == 4


def test_rebuild_adds_what_is_missing_without_files(settings: Settings, news: Path) -> None:
    Indexer(replace(settings, meaning="none"), pool="local").index([str(news)])
    for file in news.iterdir():
        file.unlink()
    Indexer(settings).rebuild()
    assert stored(settings) == {}
    Indexer(settings).rebuild(meaning=True)
    assert len(stored(settings)) == 4


def test_added_vectors_are_those_of_a_run(run: Callable[..., Report], settings: Settings, news: Path) -> None:
    run()
    made = contents(settings.index)["vectors"]
    without = replace(settings, index=settings.index.parent / "without" / ".dossier", meaning="none")
    Indexer(without, pool="local").index([str(news)])
    Indexer(replace(without, meaning="lead")).rebuild(meaning=True)
    assert [row[1:] for row in contents(without.index)["vectors"]] == [row[1:] for row in made]


def test_a_lost_file_is_written_again(run: Callable[..., Report], settings: Settings, news: Path) -> None:
    run()
    Archive(settings).vectors_file.unlink()
    (news / "new.txt").write_text("A new article\n\nIt has some words.\n", encoding="utf-8")
    run()
    assert len(stored(settings)) == 5


def test_a_killed_publication_leaves_rows_that_the_next_one_replaces(
    run: Callable[..., Report], settings: Settings, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    before = stored(settings)
    (news / "ankara.txt").write_text("A whale in the harbour\n\nIt was led back.\n", encoding="utf-8")
    monkeypatch.setattr("index.publishing._write_pending", _die)
    with pytest.raises(KeyboardInterrupt):
        run()
    monkeypatch.undo()
    assert stored(settings) == before
    (news / "moscow.txt").write_text("A bridge fell\n\nIt fell into the river.\n", encoding="utf-8")
    run()
    assert len(stored(settings)) == 4


def _die(*_: object) -> int:
    raise KeyboardInterrupt


def test_a_new_version_makes_all_again(
    run: Callable[..., Report], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    with open_catalog(settings.index) as catalog:
        before = StoredStages.of(catalog)
        monkeypatch.setattr("index.stages.MEANING", 1000)
        (outdated,) = find_outdated(before, packs=settings.packs, model="none", meaning="lead")
        assert str(outdated) == "makes the vectors of 4 articles again, about 1 s: rules of meaning changed (1 -> 1000)"
        assert not find_outdated(before, packs=settings.packs, model="none")
    assert run().unchanged == 4
    with open_catalog(settings.index) as catalog:
        assert not find_outdated(StoredStages.of(catalog), packs=settings.packs, model="none", meaning="lead")
    assert len(stored(settings)) == 4


def test_missing_vectors_are_announced(settings: Settings, news: Path) -> None:
    Indexer(replace(settings, meaning="none"), pool="local").index([str(news)])
    with open_catalog(settings.index) as catalog:
        (outdated,) = find_outdated(StoredStages.of(catalog), packs=settings.packs, model="none", meaning="lead")
    assert (outdated.stage, outdated.articles, outdated.reasons) == (Stage.MEANING, 4, ("they have none",))


def test_an_archive_of_the_schema_before_gets_the_table(run: Callable[..., Report], settings: Settings) -> None:
    run()
    connection = sqlite3.connect(settings.index / CATALOG_FILE)
    connection.executescript(
        "DROP TABLE vectors; DROP TABLE arrivals; DROP TABLE work;"
        "DELETE FROM counters WHERE name = 'arrivals';"
        "UPDATE meta SET value = '9' WHERE key = 'schema_version';"
        "DELETE FROM meta WHERE key = 'vector_rows';"
    )
    connection.close()
    Indexer(settings).rebuild(meaning=True)
    assert len(stored(settings)) == 4


def test_a_damaged_encoder_stops_a_run_before_it_reads(
    settings: Settings, news: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("index.stages.read_encoder_folder", lambda: _missing(tmp_path))
    with pytest.raises(ModelError, match="No encoder in"):
        Indexer(settings, pool="local").index([str(news)])


def _missing(folder: Path) -> object:
    from index.recognizer.encoder.folder import read_folder

    return read_folder(folder)
