"""Opening the segments that a manifest names."""

from collections.abc import Mapping
from pathlib import Path

from index.engines import opening
from index.engines.arrays.segment_file import SegmentFile
from index.engines.files import check_size
from index.engines.manifest import Manifest, SegmentEntry
from index.engines.whoosh.capabilities import ENGINE
from index.engines.whoosh.segment import Segment
from index.errors import IndexDamagedError

__all__ = ["open_commit", "open_segment"]


def open_segment(folder: Path, entry: SegmentEntry) -> Segment:
    """Open one segment, after cheap checks. Raises `IndexDamagedError`, or `FileNotFoundError` when a file is gone."""
    deleted = None
    if entry.deletions is not None:
        deleted = SegmentFile(check_size(folder, entry.deletions)).array("deleted")
    segment = Segment(SegmentFile(check_size(folder, entry.file)), deleted)
    if segment.size != entry.documents:
        raise IndexDamagedError(f"{entry.file.name} is not the segment of the manifest. Run `search-cli rebuild`.")
    return segment


def open_commit(
    folder: Path, generation: str | None = None, *, reuse: Mapping[SegmentEntry, Segment] | None = None
) -> tuple[Manifest, dict[SegmentEntry, Segment]]:
    """Open a commit (None: the one published last) and its segments in order, taking open ones from `reuse`.

    A segment is reused when its name, size and checksum are the same, also after the whole folder was replaced. Raises
    what `index.engines.opening.open_commit` raises, and `IndexDamagedError` when a file is cut short.
    """
    known = reuse or {}

    def open_files(manifest: Manifest) -> dict[SegmentEntry, Segment]:
        return {entry: known.get(entry) or open_segment(folder, entry) for entry in manifest.segments}

    return opening.open_commit(folder, generation, open_files, engine=ENGINE)
