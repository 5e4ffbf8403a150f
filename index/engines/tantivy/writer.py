"""`IndexWriter` on tantivy: batches go to a part of ours and to the library's index, and are committed together."""

import os
from collections.abc import Iterable
from typing import ClassVar

import numpy as np

from index.engines.arrays.merge_policy import choose_merge, max_small_after
from index.engines.arrays.segment_file import Array, SegmentFileWriter
from index.engines.base import Capabilities, EngineLocation
from index.engines.commit_chain import CommitChain
from index.engines.files import FileEntry, disk_errors
from index.engines.lock import WriterLock
from index.engines.manifest import SegmentEntry, verify
from index.engines.refusals import Refusals
from index.engines.session import WritingSession
from index.engines.tantivy.capabilities import CAPABILITIES, ENGINE
from index.engines.tantivy.library import unfit
from index.engines.tantivy.part import Part
from index.engines.tantivy.part_builder import PartBuilder
from index.engines.tantivy.part_merge import merge_parts
from index.engines.tantivy.part_store import open_part
from index.engines.tantivy.work_index import WorkIndex
from index.errors import IndexDamagedError
from index.model import Document

__all__ = ["TantivyWriter"]

# Looking up fewer ids than this one by one is faster than decoding all ids of a part.
_FEW = 500


class _Written:
    """A part with its entry in the next manifest."""

    def __init__(self, entry: SegmentEntry, part: Part) -> None:
        self.entry = entry
        self.part = part
        self.has_new_deletions = False

    @property
    def sizes(self) -> tuple[int, int]:
        return self.part.live_count, self.part.size


class TantivyWriter(WritingSession):
    """See `index.engines.base.IndexWriter`."""

    capabilities: ClassVar[Capabilities] = CAPABILITIES

    def __init__(
        self, location: EngineLocation, *, lock_seconds: float, is_fresh: bool = False, generation: str | None = None
    ) -> None:
        self._folder = folder = location.local_folder()
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = WriterLock(folder, seconds=lock_seconds)
        try:
            self._chain = CommitChain(folder, ENGINE, is_fresh=is_fresh, generation=generation)
            manifest = self._chain.manifest
            self._parts = [_Written(entry, self._open(entry)) for entry in manifest.segments]
            self._index = WorkIndex(folder, manifest.library)
        except BaseException:
            self._lock.release()
            raise
        self._builder = PartBuilder()
        self._deleted: set[str] = set()
        self._refusals = Refusals()
        self._added = 0
        self._next_number = manifest.next_number
        self._is_changed = self._chain.is_new

    @classmethod
    def verify(cls, location: EngineLocation, *, generation: str | None = None) -> tuple[str, ...]:
        """See the protocol."""
        return verify(location.local_folder(), generation, engine=ENGINE)

    def _open(self, entry: SegmentEntry) -> Part:
        try:
            return open_part(self._folder, entry)
        except FileNotFoundError as error:
            raise IndexDamagedError(f"{error.filename} is missing. Run `search-cli rebuild`.") from error

    def put(self, documents: Iterable[Document]) -> None:
        """See the protocol."""
        for document in documents:
            self._refusals.discard([document.id])
            if reason := unfit(document):
                self.delete([document.id])
                self._refusals.add({document.id: reason})
                continue
            self._builder.add(document)
            self._deleted.discard(document.id)
            if self._builder.is_full:
                self._flush()

    def delete(self, ids: Iterable[str]) -> None:
        """See the protocol."""
        for document_id in ids:
            self._builder.discard(document_id)
            self._refusals.discard([document_id])
            self._deleted.add(document_id)

    def prepare(self) -> str:
        """See the protocol."""
        self._refusals.tell()
        self._flush()
        self._merge(max_small_after(self._added))
        self._added = 0
        if self._is_changed:
            generation = self._chain.new_generation()
            library = self._index.link(generation)
            with disk_errors(self._folder):
                entries = [self._written_entry(written) for written in self._parts]
            self._chain.prepare(generation, entries, library=library, next_number=self._next_number)
            self._is_changed = False
        return self._chain.manifest.generation

    def publish(self) -> None:
        """See the protocol."""
        self._chain.publish()

    def _end(self) -> None:
        try:
            self._index.close()
        finally:
            self._lock.release()

    def _flush(self) -> None:
        """Write the collected documents as a part, and delete from the others those that they replace."""
        builder = self._builder
        replaced = self._deleted | builder.ids()
        if not replaced:
            return
        for written in self._parts:
            self._delete_from(written, replaced)
        self._deleted = set()
        if not len(builder):
            return
        self._added += len(builder)
        self._is_changed = True
        first, self._next_number = self._next_number, self._next_number + len(builder)
        name = _new_name()
        with disk_errors(self._folder):
            size, checksum = builder.write(self._folder / name, first)
        self._index.add(builder.library_fields(first))
        self._take(FileEntry(name, size, checksum), len(builder))
        self._builder = PartBuilder()

    def _take(self, file: FileEntry, documents: int) -> None:
        if documents:
            entry = SegmentEntry(file, documents)
            self._parts.append(_Written(entry, self._open(entry)))

    def _delete_from(self, written: _Written, ids: set[str]) -> None:
        rows = _rows(written.part, ids)
        if len(rows):
            self._index.delete(written.part.numbers[rows].tolist())
            written.part.delete(rows)
            written.has_new_deletions = self._is_changed = True

    def _merge(self, max_small: int) -> None:
        """Rewrite parts that are half deleted, and merge the smallest while there are more than `max_small`."""
        while chosen := choose_merge(self._parts, lambda written: written.sizes, max_small=max_small):
            self._is_changed = True
            name = _new_name()
            with disk_errors(self._folder):
                documents, size, checksum = merge_parts([written.part for written in chosen], self._folder / name)
            self._parts = [written for written in self._parts if written not in chosen]
            self._take(FileEntry(name, size, checksum), documents)

    def _written_entry(self, written: _Written) -> SegmentEntry:
        """Return the manifest's entry of a part, after writing its deletions when there are new ones."""
        if written.has_new_deletions:
            file = written.entry.file
            # A random name, as a commit with the same number may have been prepared before.
            name = f"{file.name.removesuffix('.segment')}.{os.urandom(16).hex()}.deleted"
            with SegmentFileWriter(self._folder / name) as writer:
                writer.add("deleted", written.part.deleted().astype(np.uint32))
                size, checksum = writer.close({})
            written.entry = SegmentEntry(file, written.entry.documents, FileEntry(name, size, checksum))
            written.has_new_deletions = False
        return written.entry


def _new_name() -> str:
    return f"s{os.urandom(16).hex()}.segment"


def _rows(part: Part, ids: set[str]) -> Array:
    """Return the rows of the live documents of a part with any of these ids."""
    if len(ids) < _FEW:
        found = [row for row in map(part.ids.find, ids) if row is not None]
    else:
        found = [row for row, name in enumerate(part.ids) if name in ids]
    return np.array([row for row in found if part.live is None or part.live[row]], np.int64)
