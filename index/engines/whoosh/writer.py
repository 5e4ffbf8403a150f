"""`IndexWriter` on Whoosh: batches to segments, deletions in bulk, merges that keep the segments few, one lock."""

import os
from collections.abc import Iterable
from functools import partial
from typing import ClassVar

import numpy as np

from index.engines.arrays.keyword_column import MAX_DOCUMENTS
from index.engines.arrays.merge_policy import choose_merge, max_small_after
from index.engines.arrays.segment_file import SegmentFileWriter
from index.engines.base import Capabilities, EngineLocation
from index.engines.commit_chain import CommitChain
from index.engines.files import FileEntry, disk_errors
from index.engines.lock import WriterLock
from index.engines.manifest import SegmentEntry, verify
from index.engines.session import WritingSession
from index.engines.whoosh.capabilities import CAPABILITIES, ENGINE
from index.engines.whoosh.codec import ArrayIndex, ArraySegment, ArraySegmentWriter
from index.engines.whoosh.segment_store import open_segment
from index.errors import IndexDamagedError
from index.model import Document

__all__ = ["WhooshWriter"]

# A segment with fewer live documents than this is merged with others of its kind.
_SMALL = MAX_DOCUMENTS * 3 // 4
# So many small segments are left alone: merging at each commit would write everything again and again.
_MAX_SMALL = 8
# Looking up fewer ids than this one by one is faster than decoding all ids of a segment.
_FEW = 500


class WhooshWriter(WritingSession):
    """See `index.engines.base.IndexWriter`. `is_fresh` starts from nothing; the old commits stay until the publication.

    A publication keeps the files of the commit that readers used before it, and of the commit that this writer
    continued: whatever the catalog names when the program is killed is there.
    """

    capabilities: ClassVar[Capabilities] = CAPABILITIES

    def __init__(
        self, location: EngineLocation, *, lock_seconds: float, is_fresh: bool = False, generation: str | None = None
    ) -> None:
        self._folder = folder = location.local_folder()
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = WriterLock(folder, seconds=lock_seconds)
        try:
            self._chain = CommitChain(folder, ENGINE, is_fresh=is_fresh, generation=generation)
            self._index = ArrayIndex(folder, self._open_segments())
        except BaseException:
            self._lock.release()
            raise
        self._writer = ArraySegmentWriter(self._index)
        self._deleted: set[str] = set()
        self._added = 0
        self._is_changed = self._chain.is_new

    @classmethod
    def verify(cls, location: EngineLocation, *, generation: str | None = None) -> tuple[str, ...]:
        """See the protocol."""
        return verify(location.local_folder(), generation, engine=ENGINE)

    def put(self, documents: Iterable[Document]) -> None:
        """See the protocol."""
        for document in documents:
            self._writer.add(document)
            self._deleted.discard(document.id)
            if self._writer.builder.is_full:
                self._flush()

    def delete(self, ids: Iterable[str]) -> None:
        """See the protocol."""
        for document_id in ids:
            self._writer.discard(document_id)
            self._deleted.add(document_id)

    def prepare(self) -> str:
        """See the protocol."""
        self._flush()
        self._merge(max_small_after(self._added))
        self._added = 0
        if self._is_changed:
            with disk_errors(self._folder):
                entries = [self._written_entry(segment) for segment in self._index.segments]
            self._chain.prepare(self._chain.new_generation(), entries)
            self._is_changed = False
        return self._chain.manifest.generation

    def publish(self) -> None:
        """See the protocol."""
        self._chain.publish()

    def _end(self) -> None:
        # A commit that failed may have closed it: whoosh3 does, Whoosh 2.7.4 does not.
        if not self._writer.is_closed:
            self._writer.cancel()
        self._lock.release()

    def _open_segments(self) -> list[ArraySegment]:
        try:
            return [
                ArraySegment(self._folder, entry, open_segment(self._folder, entry))
                for entry in self._chain.manifest.segments
            ]
        except FileNotFoundError as error:
            raise IndexDamagedError(f"{error.filename} is missing. Run `search-cli rebuild`.") from error

    def _flush(self) -> None:
        """Write the collected documents as a segment, and delete from the others those that they replace."""
        builder = self._writer.builder
        replaced = self._deleted | builder.ids()
        if not replaced:
            return
        for segment in self._index.segments:
            self._delete_from(segment, replaced)
        self._deleted = set()
        if not len(builder):
            return
        self._added += len(builder)
        self._is_changed = True
        with disk_errors(self._folder):
            self._writer.commit(mergetype=_keep)
        self._writer = ArraySegmentWriter(self._index)

    def _delete_from(self, segment: ArraySegment, ids: set[str]) -> None:
        names = segment.arrays.ids
        if len(ids) < _FEW:
            found = [number for number in map(names.find, ids) if number is not None]
        else:
            found = [number for number, name in enumerate(names) if name in ids]
        live = segment.arrays.live
        numbers = np.array([number for number in found if live is None or live[number]], np.int64)
        if len(numbers):
            segment.delete(numbers)
            self._is_changed = True

    def _merge(self, max_small: int) -> None:
        """Rewrite segments that are half deleted, and merge the smallest while there are more than `max_small`."""
        while chosen := choose_merge(self._index.segments, _live_size, max_small=max_small):
            self._is_changed = True
            with disk_errors(self._folder):
                ArraySegmentWriter(self._index).commit(mergetype=partial(_replace, chosen))
            # A writer keeps the segments that it began with, so that this one would keep the files that were merged in
            # memory. It has nothing to write, as all was flushed before.
            self._writer.cancel()
            self._writer = ArraySegmentWriter(self._index)

    def _written_entry(self, segment: ArraySegment) -> SegmentEntry:
        """Return the manifest's entry of a segment, after writing its deletions when there are new ones."""
        assert segment.entry is not None
        if segment.has_new_deletions:
            # A random name, as a commit with the same number may have been prepared before.
            name = f"{segment.entry.file.name.removesuffix('.segment')}.{os.urandom(16).hex()}.deleted"
            with SegmentFileWriter(self._folder / name) as writer:
                writer.add("deleted", segment.arrays.deleted().astype(np.uint32))
                size, checksum = writer.close({})
            segment.entry = SegmentEntry(segment.entry.file, segment.entry.documents, FileEntry(name, size, checksum))
            segment.has_new_deletions = False
        return segment.entry


def _live_size(segment: ArraySegment) -> tuple[int, int]:
    return segment.arrays.live_count, segment.arrays.size


def _keep(_writer: ArraySegmentWriter, segments: list[ArraySegment]) -> list[ArraySegment]:
    """Merge nothing: the merge policy of a flush, as merging comes after it."""
    return segments


def _replace(
    chosen: list[ArraySegment], _writer: ArraySegmentWriter, segments: list[ArraySegment]
) -> list[ArraySegment]:
    """Put one segment in the place of several: a merge policy."""
    kept = [segment for segment in segments if segment not in chosen]
    is_empty = not any(segment.arrays.live_count for segment in chosen)
    return kept if is_empty else [*kept, ArraySegment.merged(chosen)]
