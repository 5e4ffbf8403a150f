"""An archive goes into one file and comes back whole, or is refused with the reason."""

import tarfile
from pathlib import Path

import pytest

from index.archive import Archive
from index.backups import back_up, move_catalog, restore
from index.catalog.rows import CATALOG_FILE
from index.catalog.store import open_catalog
from index.errors import CatalogError, IndexMissingError, UsageError
from index.identity.records import Reject
from index.progress import Progress
from index.settings import Settings
from search.archive_api import open_archive
from tests.unit.index.catalog.archive import extracted, make_article
from tests.unit.index.catalog.contents import contents

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The seeds with decisions, one of which was undone, and one article that is only staged."""
    folder = tmp_path / "news" / ".dossier"
    with tarfile.open(FIXTURES / "archive-0.1.tar.gz") as archive:
        archive.extractall(tmp_path / "news", filter="data")
    with open_catalog(folder) as catalog:
        made = catalog.add_decisions([Reject("moscow"), Reject("ankara")], decided_by="ada")
        catalog.undo_decision(made[0].id)
        catalog.stage([extracted(make_article("new", "Nothing new."))], extraction="v1", run=1)
    return Settings(index=folder, model="none", workers=1)


@pytest.fixture
def other(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "other" / ".dossier", model="none", workers=1)


def test_what_is_restored_is_what_was_backed_up(settings: Settings, other: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    seen: list[Progress] = []
    assert back_up(settings, file, progress=seen.append) == 5
    assert (seen[-1].done, seen[-1].total) == (seen[-1].total, seen[-1].done)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "news"]
    with open_catalog(settings.index) as catalog:
        staged, decisions = catalog.count_staged(), catalog.decisions()
    assert restore(other, file) == 5
    with open_catalog(other.index) as catalog:
        assert catalog.decisions() == decisions
    # What was read but not yet published is published by what comes next.
    with open_archive(other.index) as archive:
        assert archive.count("") == 5 + staged == 6


def test_a_backup_takes_no_word_of_the_archive(settings: Settings, tmp_path: Path) -> None:
    before = contents(settings.index)
    back_up(settings, tmp_path / "backup")
    assert contents(settings.index) == before


def test_a_backup_is_made_while_somebody_writes(settings: Settings, other: Settings, tmp_path: Path) -> None:
    with open_catalog(settings.index) as catalog, catalog.transaction():
        catalog.remove([next(iter(catalog.reader().article_ids()))])
        assert back_up(settings, tmp_path / "backup") == 5
    assert back_up(settings, tmp_path / "later") == 4


def test_archives_that_were_copied_are_told_apart(settings: Settings, other: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "backup")
    restore(other, tmp_path / "backup")
    states = []
    for place in (settings, other):
        reader = Archive(place).open_reader()
        states.append(reader.state().archive)
        reader.close()
    assert states[0] != states[1]


def test_no_file_is_written_over(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("precious", encoding="utf-8")
    with pytest.raises(UsageError, match="is there already"):
        back_up(settings, tmp_path / "backup")
    assert (tmp_path / "backup").read_text(encoding="utf-8") == "precious"


def test_nothing_is_left_of_a_backup_that_fails(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(file: Path) -> None:
        raise CatalogError("the disk is full")

    monkeypatch.setattr("index.backups.make_one_file", fail)
    with pytest.raises(CatalogError):
        back_up(settings, tmp_path / "backup")
    assert [path.name for path in tmp_path.iterdir()] == ["news"]


def test_an_archive_is_not_restored_over_another(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "backup")
    before = contents(settings.index)
    with pytest.raises(CatalogError, match=r"There is an archive in .* already"):
        restore(settings, tmp_path / "backup")
    assert contents(settings.index) == before


@pytest.mark.parametrize("data", [b"", b"no backup", b"SQLite format 3\0" + b"x" * 5000])
def test_a_file_that_is_no_backup_is_refused(other: Settings, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "backup").write_bytes(data)
    with pytest.raises(CatalogError):
        restore(other, tmp_path / "backup")
    assert not (other.index / CATALOG_FILE).exists()


def test_a_damaged_backup_is_refused_and_nothing_restored(settings: Settings, other: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    back_up(settings, file)
    data = file.read_bytes()
    at = data.index(b"Erdogan") if b"Erdogan" in data else data.index(b"Moscow")
    file.write_bytes(data[:at] + b"X" + data[at + 1 :])
    with pytest.raises(CatalogError, match="is damaged"):
        restore(other, file)
    assert not (other.index / CATALOG_FILE).exists()
    assert [path.name for path in other.index.iterdir()] == []


def test_what_is_not_there_is_said(other: Settings, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        back_up(other, tmp_path / "backup")
    with pytest.raises(UsageError, match="There is no file"):
        restore(other, tmp_path / "nothing")
    with pytest.raises(UsageError, match="There is no folder"):
        back_up(settings, tmp_path / "nowhere" / "backup")
    with pytest.raises(UsageError, match="there already"):
        move_catalog(settings, "")
