"""An archive opened for reading: gives each answer a catalog snapshot and the engine commit that belongs to it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Self

from index.archive import Archive, ArchiveState
from index.catalog.reader import CatalogReader
from index.errors import DossierError, IndexMissingError, IndexOutdatedError
from index.settings import Settings
from search.answer.service import SearchService
from search.engines.base import Searcher
from search.engines.registry import open_searcher
from search.hits.prepared import PreparedArticles, PreparedCache
from search.request import Order

__all__ = ["ArchiveView", "OpenArchive", "open_archive"]

# A writer publishes right after it committed; a reader that comes in between looks again.
_TRIES = 50
_PAUSE_SECONDS = 0.02
# A folder that is replaced is missing for a moment. Until then, answers come from the files that are still open.
_GRACE_SECONDS = 10.0


class ArchiveView:
    """One committed state of an archive, for one answer: the service that answers from it, and the state itself."""

    def __init__(self, service: SearchService, state: ArchiveState) -> None:
        self.service = service
        self.state = state


class _Opened:
    """The open files of one archive folder, as it was found at `identity`."""

    def __init__(self, archive: Archive) -> None:
        self.identity = archive.identity()
        self.reader: CatalogReader = archive.open_reader()
        try:
            with self.reader.snapshot() as catalog:
                found = catalog.state()
            if not found.generation:
                raise IndexMissingError(
                    f"Nothing is published in {archive.folder} yet - run: search-cli index FOLDER, or wait for it"
                )
            if found.engine != archive.settings.engine:
                raise IndexOutdatedError(
                    f"The index in {archive.folder} was written by the engine {found.engine!r}, and the settings name "
                    f"{archive.settings.engine!r} - name {found.engine!r} in search.toml, or run: search-cli rebuild"
                )
            self.searcher: Searcher = open_searcher(
                archive.settings.engine, archive.engine_location, generation=found.generation
            )
        except BaseException:
            self.reader.close()
            raise

    def close(self) -> None:
        self.searcher.close()
        self.reader.close()


class OpenArchive:
    """Answers from the newest committed state. Safe to use from many threads; a context manager that closes it.

    A folder that is replaced or restored meanwhile is noticed: answers come from the old one or the new one, never from
    both. Raises what opening raises: `IndexMissingError`, `IndexOutdatedError`, `IndexDamagedError`, `CatalogError`.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._archive = Archive(settings)
        self._lock = Lock()
        self._prepared = PreparedCache()
        self._opened: _Opened | None = None
        self._missing_since: float | None = None
        self._current()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the files. Views that are still open stay usable until they are left."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    @contextmanager
    def view(self) -> Iterator[ArchiveView]:
        """Yield the newest committed state; everything that its service answers is of this state."""
        for attempt in range(_TRIES):
            opened = self._current()
            with opened.reader.snapshot() as catalog:
                found = catalog.state()
                searcher = _searcher_at(opened, found.generation, is_last_try=attempt + 1 == _TRIES)
                if searcher is not None:
                    state = ArchiveState(found.archive, found.changes, found.generation)
                    prepared = self._prepared.at((found.archive, found.changes))
                    yield ArchiveView(self._service(catalog, searcher, prepared), state)
                    return
            time.sleep(_PAUSE_SECONDS)

    def _service(self, catalog: CatalogReader, searcher: Searcher, prepared: PreparedArticles) -> SearchService:
        return SearchService(
            catalog,
            searcher,
            packs=self.settings.packs,
            order=Order(self.settings.order),
            vectors_file=self._archive.vectors_file,
            prepared=prepared,
        )

    def _current(self) -> _Opened:
        """Return the open files, opened anew when the folder is another one than before."""
        with self._lock:
            identity = self._archive.identity()
            if self._opened is not None and identity == self._opened.identity:
                self._missing_since = None
                return self._opened
            try:
                opened = _Opened(self._archive)
            except DossierError:
                if self._opened is None or self._is_missing_for_good():
                    raise
                return self._opened
            # Files that others still read stay open until the last of them is done.
            self._opened, self._missing_since = opened, None
            return opened

    def _is_missing_for_good(self) -> bool:
        now = time.monotonic()
        if self._missing_since is None:
            self._missing_since = now
        return now - self._missing_since > _GRACE_SECONDS


def _searcher_at(opened: _Opened, generation: str, *, is_last_try: bool) -> Searcher | None:
    """Return the searcher of a commit; None when the engine has removed it meanwhile, because there is a newer one."""
    try:
        return opened.searcher.at(generation)
    except IndexMissingError:
        if is_last_try:
            raise
        return None


def open_archive(settings: Settings) -> OpenArchive:
    """Open the archive that the settings name; raises as `OpenArchive`."""
    return OpenArchive(settings)
