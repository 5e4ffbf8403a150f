"""Our segments as segments of Whoosh: the only module that uses more than the documented API of Whoosh.

Whoosh lets an index choose its *codec*, which decides how postings and documents lie on disk. This one keeps them as
arrays (see `index.engines.whoosh.segment`), which changes three things at once: nothing is pickled, a posting list is
read without a loop in Python, and files are mapped rather than copied into memory. Whoosh's segment writer makes the
segments, its commit settles which there are, and its stock searcher can query them (`ArrayIndex.searcher()`).

What is used beyond the documentation, in Whoosh 2.7.4 and whoosh3 alike: `FileIndex._read_toc`,
`SegmentWriter._added`, `SegmentWriter._commit_toc`.
"""

import os
from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields, formats
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC, FileIndex
from whoosh.writing import SegmentWriter

from index.engines.arrays.segment_file import Array
from index.engines.files import FileEntry
from index.engines.manifest import SegmentEntry
from index.engines.whoosh.readers import ArrayPerDocumentReader, ArrayTermsReader
from index.engines.whoosh.segment import Segment
from index.engines.whoosh.segment_builder import SegmentBuilder
from index.engines.whoosh.segment_merge import merge_segments
from index.engines.whoosh.segment_store import open_segment
from index.fields import FIELDS, FieldKind
from index.model import Document

__all__ = ["ArrayIndex", "ArraySegment", "ArraySegmentWriter"]

# Whoosh has no type hints, so that everything it gives or takes is `Any` to mypy.
_SegmentList = list["ArraySegment"]


class _ArrayPositions(formats.Positions):  # type: ignore[misc]
    """Positions as 32-bit numbers, without pickling."""

    def encode(self, poslist: Iterable[int]) -> bytes:
        return array("I", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        return list(array("I", valuestring))

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // array("I").itemsize

    def decode_weight(self, valuestring: bytes) -> float:
        return float(self.decode_frequency(valuestring))


def _schema() -> Any:
    schema = fields.Schema()
    for field in FIELDS:
        schema.add(field.name, fields.ID(stored=field.kind is FieldKind.ID))
        if field.kind is FieldKind.TEXT:
            schema[field.name].format = _ArrayPositions()
            schema[field.name].scorable = True
    return schema


class ArraySegment(base.Segment):  # type: ignore[misc]
    """A segment of Whoosh whose file is ours. Deletions are kept in memory until the manifest is written."""

    def __init__(self, folder: Path, entry: SegmentEntry | None = None, segment: Segment | None = None) -> None:
        super().__init__("dossier")
        self.folder = folder
        self.entry = entry
        self.builder = SegmentBuilder()
        self.has_new_deletions = False
        self._segment = segment

    @property
    def arrays(self) -> Segment:
        """The segment's arrays; it has been written."""
        assert self._segment is not None
        return self._segment

    def write(self, build: Callable[[Path], tuple[int, int, str]]) -> None:
        """Make the segment's file with `build`, which returns the number of documents, the size and the checksum."""
        name = f"s{os.urandom(16).hex()}.segment"
        documents, size, checksum = build(self.folder / name)
        self.entry = SegmentEntry(FileEntry(name, size, checksum), documents)
        self._segment = open_segment(self.folder, self.entry)
        # What was collected is on disk now.
        self.builder = SegmentBuilder()

    def delete(self, numbers: Array) -> None:
        """Mark several documents as deleted."""
        live = np.ones(self.arrays.size, np.bool_) if self.arrays.live is None else self.arrays.live.copy()
        live[numbers] = False
        self.arrays.live, self.arrays.live_count = live, int(np.count_nonzero(live))
        self.has_new_deletions = True

    @classmethod
    def merged(cls, segments: "Sequence[ArraySegment]") -> "ArraySegment":
        """Return a new segment with the live documents of several."""
        merged = cls(segments[0].folder)
        merged.write(lambda path: merge_segments([segment.arrays for segment in segments], path))
        return merged

    # What Whoosh asks of a segment.

    def codec(self) -> "_ArrayCodec":
        """Return the codec that reads it."""
        return _ArrayCodec()

    def should_assemble(self) -> bool:
        """Return false: a segment is one file already."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        """Do nothing: the builder and the file count their documents."""

    def doc_count_all(self) -> int:
        """Return the number of all documents, deleted ones included."""
        return self.arrays.size

    def deleted_count(self) -> int:
        """Return the number of deleted documents."""
        return self.arrays.size - self.arrays.live_count

    def deleted_docs(self) -> list[int]:
        """Return the numbers of the deleted documents, ascending."""
        return [int(number) for number in self.arrays.deleted()]

    def is_deleted(self, docnum: int) -> bool:
        """Return true for a deleted document."""
        return self.arrays.live is not None and not self.arrays.live[docnum]

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete one document."""
        if not delete:
            raise ValueError("A deleted document cannot be restored; add it again.")
        self.delete(np.array([docnum]))


class _PerDocumentWriter(base.PerDocumentWriter):  # type: ignore[misc]
    """Writes nothing, as the builder holds all about a document."""

    is_closed = False

    def close(self) -> None:
        self.is_closed = True


class _FieldWriter(base.FieldWriter):  # type: ignore[misc]
    """Writes the segment when Whoosh flushes it."""

    is_closed = False

    def __init__(self, segment: ArraySegment) -> None:
        self._segment = segment

    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        """Write the collected documents; `items`, Whoosh's own pool, is empty."""
        builder = self._segment.builder
        self._segment.write(lambda path: (len(builder), *builder.write(path)))

    def close(self) -> None:
        self.is_closed = True


class _ArrayCodec(base.Codec):  # type: ignore[misc]
    """The codec by which Whoosh writes and reads segments."""

    length_stats = False

    def per_document_writer(self, storage: Any, segment: ArraySegment) -> _PerDocumentWriter:
        return _PerDocumentWriter()

    def field_writer(self, storage: Any, segment: ArraySegment) -> _FieldWriter:
        return _FieldWriter(segment)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(segment.arrays)

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayPerDocumentReader:
        return ArrayPerDocumentReader(segment.arrays)

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        return ArraySegment(Path(storage.folder))


class _Storage(FileStorage):  # type: ignore[misc]
    """A folder without temporary files."""

    def temp_storage(self, name: str | None = None) -> RamStorage:
        return RamStorage()


class ArrayIndex(FileIndex):  # type: ignore[misc]
    """An index of Whoosh whose table of contents is a list of segments in memory instead of a pickle on disk."""

    def __init__(self, folder: Path, segments: Sequence[ArraySegment]) -> None:
        self.storage = _Storage(str(folder))
        self.indexname = "dossier"
        self.segments: _SegmentList = list(segments)
        self._schema = _schema()

    def latest_generation(self) -> int:
        """Return 0: there is only the one commit in memory."""
        return 0

    def _read_toc(self) -> TOC:
        return TOC(self._schema, list(self.segments), 0)


class ArraySegmentWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer of one segment, fed with documents. `commit` puts the segment into the index in memory."""

    def __init__(self, index: ArrayIndex) -> None:
        self._index = index
        super().__init__(index, codec=_ArrayCodec(), compound=False, _lk=False)

    def add(self, document: Document) -> None:
        """Add a document, or replace one that this writer was given before."""
        self.newsegment.builder.add(document)
        self._added = True

    def discard(self, document_id: str) -> None:
        """Forget a document that this writer was given, if it was."""
        self.newsegment.builder.discard(document_id)
        self._added = len(self.newsegment.builder) > 0

    @property
    def builder(self) -> SegmentBuilder:
        """The documents added so far."""
        builder: SegmentBuilder = self.newsegment.builder
        return builder

    def _commit_toc(self, segments: _SegmentList) -> None:
        self._index.segments = list(segments)
