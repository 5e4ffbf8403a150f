"""Opens an archive: the only module that knows where its catalog and its engine's files are.

Nothing here imports SQLAlchemy, NumPy or an engine until the part that needs them is opened.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.engines.base import EngineLocation
from index.engines.lock import WriterLock
from index.engines.registry import ENGINES, find_engine
from index.errors import IndexMissingError, UsageError
from index.settings import INDEX_FOLDER, Settings

if TYPE_CHECKING:
    from index.catalog.postgres.locks import ServerLock
    from index.catalog.postgres.work import WorkTable
    from index.catalog.store import Catalog

__all__ = ["Archive", "ArchiveState", "index_folder_at"]

_CATALOG_FILE = "catalog.sqlite3"
_ENGINE_FOLDER = "engine"
_VECTORS_FILE = "vectors.i8"


class ArchiveState(Struct, frozen=True):
    """One committed state of an archive. Equal states give equal answers; ETags and caches use nothing else.

    `archive` is the id that the archive got when it was made, `changes` counts the catalog's transactions that readers
    can see, `generation` is the engine commit that belongs to them.
    """

    archive: str
    changes: int
    generation: str

    @property
    def tag(self) -> str:
        """The state and the version of the program as one line of text."""
        return f"{self.archive} {self.changes} {self.generation} {_program_version()}"


@cache
def _program_version() -> str:
    # Importing it takes 20 ms, which only a server can afford.
    from importlib.metadata import version

    return version("dossier-search")


class Archive:
    """An archive by its settings; opens nothing by itself.

    Raises `UsageError` for settings that this version cannot use.
    """

    def __init__(self, settings: Settings, *, lock_seconds: float | None = None) -> None:
        """`lock_seconds` is how long to wait for other writers of the catalog; None is as long as the settings say."""
        self.settings = settings
        self._lock_seconds = settings.lock_seconds if lock_seconds is None else lock_seconds
        self.folder = settings.index.absolute()
        _check_usable(settings)

    @property
    def base(self) -> Path:
        """The folder to which locators are relative: the one that holds the index, so that both can move together."""
        return self.folder.parent

    @property
    def where(self) -> str:
        """The place of the catalog in messages, without a password."""
        url = self.settings.catalog_url
        password = urlsplit(url).password if url else None
        return url.replace(f":{password}@", ":***@", 1) if password else url or str(self.folder)

    @property
    def engine_location(self) -> EngineLocation:
        """The place of the index of the settings' engine."""
        return self.locate_engine(self.settings.engine)

    def locate_engine(self, engine: str) -> EngineLocation:
        """Return the place of the index of an engine; one on a server has an address and options."""
        folder = self.folder / _ENGINE_FOLDER
        if not find_engine(engine).is_server:
            return EngineLocation(folder)
        return EngineLocation(folder, self.settings.engine_url, self.settings.engine_options)

    @property
    def vectors_file(self) -> Path:
        """The file of the vectors of all articles, see `index.recognizer.encoder.matrix`."""
        return self.folder / _VECTORS_FILE

    def exists(self) -> bool:
        """Return whether there is a catalog. Raises `CatalogError` for a server that cannot be asked."""
        if self.settings.catalog_url:
            return _has_catalog(self.settings.catalog_url)
        return (self.folder / _CATALOG_FILE).is_file()

    def require(self) -> None:
        """Raise `IndexMissingError` when there is no catalog."""
        if not self.exists():
            raise IndexMissingError(f"There is no index in {self.where} - run: search-cli index FOLDER")

    def has_engine(self, engine: str) -> bool:
        """Return whether an engine may have an index; where it has none, everything must be written anew."""
        return find_engine(engine).is_server or (self.folder / _ENGINE_FOLDER).is_dir()

    def identity(self) -> tuple[int, int] | None:
        """Return the device and inode of the catalog, which change when its folder is replaced; None without one.

        A catalog on a server is not replaced under its readers: two zeros.
        """
        if self.settings.catalog_url:
            return 0, 0
        try:
            found = (self.folder / _CATALOG_FILE).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def open_reader(self) -> CatalogReader:
        """Open the catalog for reading. Raises `IndexMissingError`, or `CatalogError` for another version or damage."""
        return open_reader(self.folder, url=self.settings.catalog_url)

    def open_catalog(self, *, creates: bool = False) -> "Catalog":
        """Open the catalog for writing; brings older ones up to date.

        Raises `IndexMissingError` when there is none and `creates` is False, and `CatalogError`.
        """
        # A search must not pay for importing SQLAlchemy.
        from index.catalog.store import open_catalog

        if not creates:
            self.require()
        return open_catalog(self.folder, url=self.settings.catalog_url, lock_seconds=self._lock_seconds)

    @property
    def has_many_workers(self) -> bool:
        """True where several processes, on several machines, may read articles at a time: on a server."""
        return bool(self.settings.catalog_url)

    def open_work(self, *, lease_seconds: float | None = None) -> "WorkTable":
        """Open the table of work of an archive that has many workers; `lease_seconds` None is the usual lease."""
        from index.catalog.postgres.work import LEASE_SECONDS, WorkTable

        return WorkTable(self.settings.catalog_url, lease_seconds=lease_seconds or LEASE_SECONDS)

    def publisher_lock(self) -> "ServerLock":
        """Return the lock of the worker that publishes for all, of an archive that has many workers."""
        from index.catalog.postgres.locks import LockName, ServerLock

        return ServerLock(self.settings.catalog_url, LockName.PUBLISHER)

    @contextmanager
    def write_lock(self) -> Iterator[None]:
        """Let one process at a time publish or decide. Held for the length of one transaction.

        Raises `IndexLockedError` after waiting as long as the settings say; it names the holder of a file.
        """
        with self._lock("writer.lock"):
            yield

    @contextmanager
    def ingest_lock(self, *, is_shared: bool = False) -> Iterator[None]:
        """Let one process at a time read articles. Held for a whole run; decisions do not need it.

        With `is_shared`, all that share it may read together, where an archive has many workers.
        """
        with self._lock("ingest.lock", is_shared=is_shared):
            yield

    @contextmanager
    def _lock(self, name: str, *, is_shared: bool = False) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        seconds = self._lock_seconds
        if self.has_many_workers:
            with self._server_lock(name, is_shared=is_shared, seconds=seconds):
                yield
            return
        lock = WriterLock(self.folder, name=name, seconds=seconds)
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _server_lock(self, name: str, *, is_shared: bool, seconds: float) -> Iterator[None]:
        from index.catalog.postgres.locks import LockName, ServerLock

        kind = LockName.PUBLICATION if name == "writer.lock" else LockName.INGEST
        lock = ServerLock(self.settings.catalog_url, kind, is_shared=is_shared)
        try:
            lock.acquire(seconds=seconds)
            yield
        finally:
            lock.close()


def index_folder_at(folder: Path) -> Path:
    """Return the index folder that a user means by `folder`: the index folder itself, or one that holds it or will.

    >>> index_folder_at(Path("news")).as_posix(), index_folder_at(Path("news/.dossier")).as_posix()
    ('news/.dossier', 'news/.dossier')
    """
    is_index = folder.name == INDEX_FOLDER or (folder / _CATALOG_FILE).is_file()
    return folder if is_index else folder / INDEX_FOLDER


def _has_catalog(url: str) -> bool:
    from index.catalog.postgres.database import PostgresDatabase

    database = PostgresDatabase(url)
    try:
        return database.has_catalog()
    finally:
        database.close()


def _check_usable(settings: Settings) -> None:
    """Refuse settings that are valid but would be ignored, and an engine without the address that it needs."""
    if settings.catalog_url.startswith("sqlite"):
        raise UsageError("A catalog in SQLite is a file in the index folder. Remove `url` from [catalog].")
    has_place = bool(settings.engine_url or settings.engine_options)
    if not has_place and settings.engine not in ENGINES:
        # Who is found through the metadata of packages costs 14 ms, and says itself what is missing.
        return
    is_server = find_engine(settings.engine).is_server
    if is_server and not settings.engine_url:
        raise UsageError(
            f"The engine {settings.engine!r} needs the address of a server. Write `url` in [engine]: https://HOST:PORT."
        )
    if has_place and not is_server:
        given = ["url"] * bool(settings.engine_url) + sorted(settings.engine_options)
        raise UsageError(f"The engine {settings.engine!r} has no {', '.join(given)}. Remove it from [engine].")
