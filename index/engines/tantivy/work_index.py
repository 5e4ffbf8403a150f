"""The library's index while it is written: a folder of its own, which begins as a commit and is linked into the next.

Files of the library never change once they are written, but for `meta.json`, which is replaced. A commit is therefore a
folder of hard links to them, and a writer works in another, so that nothing it does can touch what readers use.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import tantivy

from index.engines.files import FileEntry, check_size, disk_errors, file_entry, sync_folder
from index.engines.manifest import commit_folder
from index.engines.tantivy.library import library_errors, make_schema
from index.errors import DiskFullError, EngineError, IndexDamagedError

__all__ = ["WorkIndex"]

# What the library may keep in memory before it writes a segment.
_HEAP_BYTES = 128_000_000
_META = "meta.json"


class WorkIndex:
    """The library's index of one writer. One thread adds, so that one segment is written at a time."""

    def __init__(self, folder: Path, library: Sequence[FileEntry]) -> None:
        self._folder = folder
        self._path = folder / f"work-{os.urandom(16).hex()}"
        self._known = {Path(entry.name).name: entry for entry in library}
        self._writer: tantivy.IndexWriter | None = None
        with disk_errors(folder):
            self._path.mkdir()
            for entry in library:
                _link(_checked(folder, entry), self._path / Path(entry.name).name)
        if not library:
            with library_errors(folder):
                tantivy.Index(make_schema(), path=str(self._path))

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            # Opened anew each time: a handle that outlives a commit of another one leaves files that nobody removes.
            self._writer = tantivy.Index.open(str(self._path)).writer(_HEAP_BYTES, num_threads=1)
        return self._writer

    def delete(self, numbers: Iterable[int]) -> None:
        """Remove the documents with these numbers that were added before."""
        with library_errors(self._folder):
            for number in numbers:
                self._open_writer().delete_documents_by_term("number", number)

    def add(self, documents: Iterable[Mapping[str, Any]]) -> None:
        """Add documents, whose fields are as `library.make_schema` says."""
        with library_errors(self._folder):
            for fields in documents:
                self._open_writer().add_document(tantivy.Document(**fields))

    def link(self, generation: str) -> list[FileEntry]:
        """Commit, and make the folder of a commit from it, durable; returns its files."""
        with library_errors(self._folder):
            if self._writer is not None:
                writer, self._writer = self._writer, None
                writer.commit()
                writer.wait_merging_threads()
        with disk_errors(self._folder):
            folder = self._folder / commit_folder(generation)
            folder.mkdir()
            names = _names(self._path)
            for name in names:
                _link(self._path / name, folder / name)
            entries = [self._entry(folder, name) for name in names]
            sync_folder(folder)
        prefix = commit_folder(generation)
        self._known = {entry.name: entry for entry in entries}
        return [FileEntry(f"{prefix}/{entry.name}", entry.size, entry.sha256) for entry in entries]

    def _entry(self, folder: Path, name: str) -> FileEntry:
        known = self._known.get(name)
        if known is None or name == _META:
            return file_entry(folder, name)
        return FileEntry(name, known.size, known.sha256)

    def close(self) -> None:
        """Give up what was not committed, and remove the folder."""
        writer, self._writer = self._writer, None
        if writer is not None:
            # Its threads end before the folder goes. A writer that failed may say so again, which is no news.
            with suppress(EngineError, DiskFullError, IndexDamagedError), library_errors(self._folder):
                writer.rollback()
        shutil.rmtree(self._path, ignore_errors=True)


def _names(path: Path) -> list[str]:
    """Return the files of the last commit of the library in a folder."""
    segments = json.loads((path / _META).read_text(encoding="utf-8"))["segments"]
    names = {_META}
    for segment in segments:
        name = segment["segment_id"].replace("-", "")
        deletes = segment["deletes"]
        deleted = "" if deletes is None else f"{name}.{deletes['opstamp']}.del"
        for file in path.glob(f"{name}.*"):
            if not file.name.endswith(".del") or file.name == deleted:
                names.add(file.name)
    return sorted(names)


def _checked(folder: Path, entry: FileEntry) -> Path:
    try:
        return check_size(folder, entry)
    except FileNotFoundError as error:
        raise IndexDamagedError(f"{error.filename} is missing. Run `search-cli rebuild`.") from error


def _link(source: Path, target: Path) -> None:
    """Give a file another name; a copy where the disk has no such links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
