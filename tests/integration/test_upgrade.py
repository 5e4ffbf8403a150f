"""An archive that version 0.1 made is indexed again, with as little work as its stages say."""

import os
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

import search
from index.catalog.rows import CATALOG_FILE
from index.catalog.store import open_catalog
from index.engines.manifest import read_manifest
from index.errors import IndexOutdatedError
from index.ingest.indexer import Indexer
from index.ingest.report import Report
from index.ingest.versions.outdated import StoredStages, find_outdated
from index.settings import Settings
from index.stages import Stage, meaning_stage
from search.archive import open_archive
from search.request import SearchRequest
from tests.conftest import SEEDS

ARCHIVE = Path(__file__).parents[1] / "fixtures" / "archive-0.1.tar.gz"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder with the archive, and the five articles as they were when 0.1 read them."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(tmp_path, filter="data")
    (tmp_path / "news").mkdir()
    connection = sqlite3.connect(tmp_path / ".dossier" / CATALOG_FILE)
    for locator, modified in connection.execute("SELECT locator, modified FROM sources").fetchall():
        shutil.copy(SEEDS / Path(locator).name, tmp_path / locator)
        os.utime(tmp_path / locator, (modified, modified))
    connection.close()
    return tmp_path


@pytest.fixture
def index(folder: Path) -> Callable[..., Report]:
    """Index the articles, as 0.1 was told to."""

    def index(*, dry_run: bool = False, **settings: object) -> Report:
        chosen = Settings(index=folder / ".dossier", workers=1, **settings)  # type: ignore[arg-type]  # tests give what it takes
        return Indexer(chosen).index([str(folder / "news")], dry_run=dry_run)

    return index


def outdated(folder: Path) -> dict[Stage, int]:
    """Return the number of articles that the stages do again, with the settings of 0.1."""
    with open_catalog(folder / ".dossier") as catalog:
        stored = StoredStages.of(catalog)
    settings = Settings()
    return {stage.stage: stage.articles for stage in find_outdated(stored, packs=settings.packs, model=settings.model)}


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.failed


def test_only_outdated_stages_are_done_again(folder: Path, index: Callable[..., Report]) -> None:
    again = outdated(folder).get(Stage.EXTRACTION, 0)
    assert counts(index(dry_run=True)) == (0, again, 5 - again, 0)
    report = index()
    assert counts(report) == (0, again, 5 - again, 0)
    assert outdated(folder) == {}
    assert counts(index()) == (0, 0, 5, 0)


def test_files_that_were_touched_are_read_and_not_extracted(folder: Path, index: Callable[..., Report]) -> None:
    again = outdated(folder).get(Stage.EXTRACTION, 0)
    for file in (folder / "news").iterdir():
        os.utime(file, (1_700_000_000, 1_700_000_000))
    assert counts(index()) == (0, again, 5 - again, 0)


def test_another_model_extracts_everything_again(folder: Path, index: Callable[..., Report]) -> None:
    for file in (folder / "news").iterdir():
        # From the catalog: the files look the same and are not read.
        status = file.stat()
        file.write_bytes(b"x" * status.st_size)
        os.utime(file, (status.st_mtime, status.st_mtime))
    assert counts(index(model="none")) == (0, 5, 0, 0)
    assert counts(index(model="none")) == (0, 0, 5, 0)


def test_an_archive_of_0_1_gets_vectors_without_its_files(folder: Path) -> None:
    shutil.rmtree(folder / "news")
    settings = Settings(index=folder / ".dossier", workers=1)
    Indexer(settings).rebuild()
    with open_catalog(folder / ".dossier") as catalog:
        before = catalog.stages.count_extractions()
        assert catalog.count_vectors() == {"": 5}
    Indexer(settings).rebuild(meaning=True)
    with open_catalog(folder / ".dossier") as catalog:
        assert catalog.stages.count_extractions() == before
        assert catalog.count_vectors() == {meaning_stage("lead").text: 5}
    with search.open(folder) as archive:
        assert len(archive.similar(archive.search("Patriot").hits[0].id)) == 4


def test_an_engine_with_terms_of_another_version_is_written_again_from_the_catalog(
    folder: Path, index: Callable[..., Report]
) -> None:
    with pytest.raises(IndexOutdatedError):
        read_manifest(folder / ".dossier" / "engine", engine="whoosh")

    assert index().failed == 0
    assert searched(folder, "Patriot") > 0


def searched(folder: Path, q: str) -> int:
    """Return how many articles a search finds."""
    with open_archive(Settings(index=folder / ".dossier")) as archive, archive.view() as view:
        return view.service.search(SearchRequest(q=q)).total
