"""Back up an archive into one file, restore it from there, and move its catalog to another database.

A backup is a catalog in an SQLite file: articles, names, decisions and their history, whatever database they are in.
What the engine holds is not part of it; it is made again from the catalog.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from index.archive import Archive
from index.catalog.check import check_catalog
from index.catalog.rows import CATALOG_FILE
from index.catalog.sqlite.connections import ConnectionPool
from index.catalog.sqlite.one_file import make_one_file
from index.catalog.store import Catalog, open_catalog
from index.errors import CatalogError, IndexMissingError, UsageError
from index.ingest.indexer import Indexer
from index.progress import Progress, ProgressMeter, Stage
from index.settings import Settings

__all__ = ["back_up", "move_catalog", "restore"]

_Show = Callable[[Progress], None] | None
_MAX_TOLD = 3


def back_up(settings: Settings, file: Path, *, progress: _Show = None) -> int:
    """Write the archive into a new file and return the number of articles.

    Others may index and decide meanwhile: the file has what was committed when this began. It is there whole, or not at
    all. Raises `UsageError` when there is a file already, `IndexMissingError` without an archive, and `CatalogError`.
    """
    if file.exists():
        raise UsageError(f"{file} is there already. Name another file, or remove it.")
    if not file.absolute().parent.is_dir():
        raise UsageError(f"There is no folder {file.absolute().parent}. Make it first.")
    with _folder_beside(file) as folder, Archive(settings).open_catalog() as source:
        with open_catalog(folder) as target:
            count = _copy(source, target, progress)
        make_one_file(folder / CATALOG_FILE)
        (folder / CATALOG_FILE).replace(file)
    _sync(file.absolute().parent)
    return count


def restore(settings: Settings, file: Path, *, progress: _Show = None) -> int:
    """Read the archive in a file into the place that the settings name, and return the number of articles.

    The file is checked first, and stays as it is. There must be no archive yet. Raises `UsageError` for a file that is
    not there, `CatalogError` for one that is no backup or is damaged, or when there is an archive already.
    """
    if not file.is_file():
        raise UsageError(f"There is no file {file}.")
    archive = Archive(settings)
    if archive.exists() and not _is_empty(archive):
        raise CatalogError(f"There is an archive in {archive.where} already. Restore into another folder: -C NEW")
    archive.folder.mkdir(parents=True, exist_ok=True)
    with _folder_beside(archive.folder / CATALOG_FILE) as folder:
        shutil.copyfile(file, folder / CATALOG_FILE)
        _require_backup(folder, file)
        with open_catalog(folder) as source:
            damage = [problem.text for problem in check_catalog(folder) if problem.is_damage]
            if damage:
                raise CatalogError(f"{file} is damaged: {' '.join(damage[:_MAX_TOLD])} Nothing was restored.")
            with archive.ingest_lock(), archive.open_catalog(creates=True) as target:
                count = _copy(source, target, progress)
    Indexer(settings).rebuild(progress=progress)
    return count


def move_catalog(settings: Settings, url: str, *, progress: _Show = None) -> int:
    """Copy the catalog into the database at `url`, "" for the file in the index folder; return how many articles.

    Nobody else writes meanwhile. The catalog of before stays as it is, and the files of the engine fit both. Raises
    `CatalogError` when there is an archive already.
    """
    archive, new = Archive(settings), Archive(replace(settings, catalog_url=url))
    if url == settings.catalog_url:
        raise UsageError("The catalog is there already. Name another place with --to.")
    archive.require()
    with archive.ingest_lock(), archive.write_lock(), archive.open_catalog() as source:
        existed = new.exists()
        try:
            with new.open_catalog(creates=True) as target:
                return _copy(source, target, progress)
        except BaseException:
            if not existed and not url:
                with suppress(OSError):
                    (new.folder / CATALOG_FILE).unlink()
            raise


def _copy(source: Catalog, target: Catalog, show: _Show) -> int:
    meter = ProgressMeter(show, Stage.COPYING)

    def tell(done: int, total: int) -> None:
        meter.total = total
        meter.update(done, is_last=done == total)

    return source.copy_into(target, on_copied=tell)


def _is_empty(archive: Archive) -> bool:
    try:
        reader = archive.open_reader()
    except IndexMissingError:
        return True
    try:
        return reader.statistics().articles == 0 and not reader.decisions()
    finally:
        reader.close()


def _require_backup(folder: Path, file: Path) -> None:
    """Refuse a file without our tables, which opening it for writing would add."""
    pool = ConnectionPool(folder)
    try:
        is_backup = pool.schema_version() is not None
    except CatalogError:
        is_backup = False
    finally:
        pool.close()
    if not is_backup:
        raise CatalogError(f"{file} is not a backup, or is damaged. Nothing was restored.")


@contextmanager
def _folder_beside(file: Path) -> Iterator[Path]:
    """Yield a new folder on the disk of a file; it is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=".backup-", dir=file.absolute().parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Make sure that the name of a new file survives a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
