"""New articles of a search, each once: from look to look, and with a file from run to run."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from index.archive import ArchiveState
from index.errors import UsageError
from search.archive import ArchiveView, OpenArchive
from search.request import SearchRequest
from search.views import FeedEntry

__all__ = ["Watcher"]

_AGAIN = "To begin with what is new from now on, remove the file."


class _Kept(msgspec.Struct, frozen=True):
    """The content of the file: up to where a search was printed, in which archive, and how often that had changed."""

    search: str
    with_changed: bool
    archive: str
    changes: int
    after: int


class Watcher:
    """Looks at the state of an archive, and at what came since, when the state is another one."""

    def __init__(
        self,
        archive: OpenArchive,
        request: SearchRequest,
        *,
        typed: str,
        file: Path | None = None,
        started: str | None = None,
        with_changed: bool = False,
    ) -> None:
        """`typed` are the words and filters as they were given, `started` a time from which on articles are new.

        A `file` that is there wins over `started`. Raises `UsageError` for one of another search or archive.
        """
        self._archive = archive
        self._request = request
        self._typed = typed
        self._file = file
        self._with_changed = with_changed
        self._seen: ArchiveState | None = None
        kept = None if file is None else _read(file)
        if kept is not None and (kept.search, kept.with_changed) != (typed, with_changed):
            raise UsageError(f"{file} belongs to another search: {kept.search}. Name another file.")
        with archive.view() as view:
            if kept is None:
                number, change = view.service.catalog.last_arrival(before=started)
                kept = self._kept(view, change if with_changed else number)
            self._last = kept
            self._check(view.state)
            self._save(kept)

    def new(self) -> Iterator[FeedEntry]:
        """Yield the articles that are new. What was taken is remembered, in the file too, before the next is made."""
        with self._archive.view() as view:
            if view.state == self._seen:
                return
            self._check(view.state)
            following = view.service.following(self._request)
            for part in following.arrived(self._last.after, with_changed=self._with_changed):
                yield from part.entries
                # What is printed must be out before the file says so: killed in between, it is printed once more.
                sys.stdout.flush()
                self._save(self._kept(view, part.last))
            self._seen = view.state

    def _kept(self, view: ArchiveView, after: int) -> _Kept:
        return _Kept(self._typed, self._with_changed, view.state.archive, view.state.changes, after)

    def _check(self, state: ArchiveState) -> None:
        """Raise `UsageError` when numbers of articles do not mean what they did."""
        if state.archive != self._last.archive or state.changes < self._last.changes:
            where = f"{self._file}: the" if self._file else "The"
            raise UsageError(f"{where} archive is not the one of the last time: it was replaced or restored. {_AGAIN}")

    def _save(self, kept: _Kept) -> None:
        self._last = kept
        if self._file is None:
            return
        new = self._file.with_name(f".{self._file.name}.{os.getpid()}.new")
        try:
            new.write_bytes(msgspec.json.encode(kept) + b"\n")
            new.replace(self._file)
        except OSError as error:
            # There may be none yet; what is said is why it could not be written.
            with suppress(OSError):
                new.unlink()
            raise UsageError(f"--state {self._file}: {error.strerror}. Name a file that can be written.") from error


def _read(file: Path) -> _Kept | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=_Kept)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"--state {file}: {error.strerror}. Name a file that can be read.") from error
    except msgspec.DecodeError as error:
        raise UsageError(f"--state {file}: this is not a file of search-cli watch. {_AGAIN}") from error
