"""Opening the segments that a manifest names."""

from collections.abc import Mapping
from pathlib import Path

from index.engines.whoosh.manifest import Manifest, SegmentEntry, check_size, read_manifest
from index.engines.whoosh.segment import Segment
from index.engines.whoosh.segment_file import SegmentFile
from index.errors import IndexDamagedError

__all__ = ["open_commit", "open_segment"]

# A commit may remove files between reading the manifest and opening them; the next manifest is there by then.
_MAX_TRIES = 20


def open_segment(folder: Path, entry: SegmentEntry) -> Segment:
    """One segment, after cheap checks. Raises `IndexDamagedError`, or `FileNotFoundError` when a file is gone."""
    deleted = None
    if entry.deletions is not None:
        deleted = SegmentFile(check_size(folder, entry.deletions)).array("deleted")
    segment = Segment(SegmentFile(check_size(folder, entry.file)), deleted)
    if segment.size != entry.documents:
        raise IndexDamagedError(f"{entry.file.name} is not the segment of the manifest. Run `search-cli rebuild`.")
    return segment


def open_commit(
    folder: Path, reuse: Mapping[SegmentEntry, Segment] | None = None
) -> tuple[Manifest, dict[SegmentEntry, Segment]]:
    """The last commit of an index and its segments in order, taking from `reuse` those that are open already.

    Raises what `read_manifest` raises, and `IndexDamagedError` when a file is missing or cut short.
    """
    known = reuse or {}
    manifest = read_manifest(folder)
    for _ in range(_MAX_TRIES):
        try:
            return manifest, {entry: known.get(entry) or open_segment(folder, entry) for entry in manifest.segments}
        except FileNotFoundError as error:
            newer = read_manifest(folder)
            if newer.generation == manifest.generation:
                raise IndexDamagedError(
                    f"{error.filename} is missing. Run `search-cli rebuild` to make the index anew."
                ) from error
            manifest = newer
    raise IndexDamagedError(f"The index in {folder} changes faster than it can be opened. Try again.")
