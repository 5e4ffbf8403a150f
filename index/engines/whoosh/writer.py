"""`IndexWriter` on Whoosh: batches to segments, deletions in bulk, merges that keep the segments few, one lock."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

import numpy as np

from index.engines.base import Capabilities, EngineLocation
from index.engines.lock import WriterLock
from index.engines.whoosh.capabilities import CAPABILITIES
from index.engines.whoosh.codec import ArrayIndex, ArraySegment, ArraySegmentWriter
from index.engines.whoosh.manifest import (
    EMPTY,
    MANIFEST,
    FileEntry,
    SegmentEntry,
    find_manifest,
    manifest_name,
    read_manifest,
    remove_leftovers,
    sync_folder,
    verify,
    write_manifest,
)
from index.engines.whoosh.segment import MAX_DOCUMENTS
from index.engines.whoosh.segment_file import SegmentFileWriter
from index.engines.whoosh.segment_store import open_segment
from index.errors import DiskFullError, EngineError, IndexDamagedError, is_disk_full
from index.model import Document

__all__ = ["WhooshWriter"]

# A segment with fewer live documents than this is merged with others of its kind.
_SMALL = MAX_DOCUMENTS * 3 // 4
# So many small segments are left alone: merging at each commit would write everything again and again.
_MAX_SMALL = 8
# After adding so many documents at once, one merge more costs little and makes all searches faster.
_BULK = 5_000
# Looking up fewer ids than this one by one is faster than decoding all ids of a segment.
_FEW = 500


class WhooshWriter:
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
            self._begin(is_fresh=is_fresh, generation=generation)
            self._index = ArrayIndex(folder, self._open_segments())
        except BaseException:
            self._lock.release()
            raise
        self._writer = ArraySegmentWriter(self._index)
        self._deleted: set[str] = set()
        self._added = 0

    @classmethod
    def verify(cls, location: EngineLocation, *, generation: str | None = None) -> tuple[str, ...]:
        """See the protocol."""
        return verify(location.local_folder(), generation)

    def _begin(self, *, is_fresh: bool, generation: str | None) -> None:
        """Find the commit to continue, and remove the leftovers of writers that died."""
        folder = self._folder
        is_new = is_fresh or (generation is None and not (folder / MANIFEST).exists())
        self._manifest = EMPTY if is_new else read_manifest(folder, generation)
        # A reader may use this commit while the next one is made.
        self._used = find_manifest(folder, generation) if is_new else self._manifest
        self._published = find_manifest(folder)
        self._continued = self._used
        self._is_changed = is_new
        if is_fresh:
            return
        kept = [manifest for manifest in (self._used, self._published) if manifest is not None]
        kept += [before for manifest in kept if (before := find_manifest(folder, manifest.previous)) is not None]
        with _disk_errors(folder):
            remove_leftovers(folder, kept)
            for manifest in kept:
                # An index of version 0.1 has `manifest.json` alone, which the next publication replaces.
                if not (folder / manifest_name(manifest.generation)).exists():
                    write_manifest(folder, manifest, manifest_name(manifest.generation))

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
        self._merge(1 if self._added >= _BULK else _MAX_SMALL)
        self._added = 0
        if self._is_changed:
            with _disk_errors(self._folder):
                entries = tuple(self._written_entry(segment) for segment in self._index.segments)
                sync_folder(self._folder)
                manifest = self._manifest.next(entries, previous="" if self._used is None else self._used.generation)
                write_manifest(self._folder, manifest, manifest_name(manifest.generation))
            self._manifest = manifest
            self._is_changed = False
        return self._manifest.generation

    def publish(self) -> None:
        """See the protocol."""
        before, manifest = self._published, self._manifest
        if manifest is EMPTY or (before is not None and before.generation == manifest.generation):
            return
        with _disk_errors(self._folder):
            write_manifest(self._folder, manifest, MANIFEST)
            self._published = manifest
            kept = (manifest, before, self._used, self._continued)
            remove_leftovers(self._folder, [one for one in kept if one is not None])
        self._used = manifest

    def commit(self) -> str:
        """See the protocol."""
        generation = self.prepare()
        self.publish()
        return generation

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            # A commit that failed may have closed it: whoosh3 does, Whoosh 2.7.4 does not.
            if not self._writer.is_closed:
                self._writer.cancel()
            self._lock.release()

    def _open_segments(self) -> list[ArraySegment]:
        try:
            return [
                ArraySegment(self._folder, entry, open_segment(self._folder, entry))
                for entry in self._manifest.segments
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
        with _disk_errors(self._folder):
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
        while chosen := _choose(self._index.segments, max_small):
            self._is_changed = True
            with _disk_errors(self._folder):
                ArraySegmentWriter(self._index).commit(mergetype=partial(_replace, chosen))

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


def _choose(segments: list[ArraySegment], max_small: int) -> list[ArraySegment]:
    """Return the segments to be merged into one next, none when all is well."""
    for segment in segments:
        if segment.arrays.live_count * 2 <= segment.arrays.size:
            return [segment]
    small = sorted(
        (segment for segment in segments if segment.arrays.live_count < _SMALL),
        key=lambda segment: segment.arrays.live_count,
    )
    if len(small) <= max_small:
        return []
    chosen: list[ArraySegment] = []
    total = 0
    for segment in small:
        total += segment.arrays.live_count
        if total > MAX_DOCUMENTS:
            break
        chosen.append(segment)
    return chosen if len(chosen) > 1 else []


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        kind = DiskFullError if is_disk_full(error) else EngineError
        raise kind(
            f"The index in {folder} cannot be written: {error.strerror}. What was committed before is unharmed; free "
            "some space or mend the folder's permissions, and run the command again."
        ) from error
