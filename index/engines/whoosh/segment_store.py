"""Opening the segments that a manifest names."""

from collections.abc import Mapping
from pathlib import Path

from index.engines.whoosh.manifest import Manifest, SegmentEntry, check_size, read_manifest
from index.engines.whoosh.segment import Segment
from index.engines.whoosh.segment_file import SegmentFile
from index.errors import IndexDamagedError

__all__ = ["open_commit", "open_segment"]

# Commits may remove files between reading the manifest and opening them; the next manifest is there by then.
_MAX_TRIES = 20


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
    what `read_manifest` raises, and `IndexDamagedError` when a file is missing or cut short.
    """
    known = reuse or {}
    manifest = read_manifest(folder, generation)
    for _ in range(_MAX_TRIES):
        try:
            return manifest, {entry: known.get(entry) or open_segment(folder, entry) for entry in manifest.segments}
        except FileNotFoundError as error:
            # Raises `IndexMissingError` when the commit that was asked for has been removed in the meantime.
            newer = read_manifest(folder, generation)
            if newer.generation == manifest.generation:
                raise IndexDamagedError(
                    f"{error.filename} is missing. Run `search-cli rebuild` to make the index anew."
                ) from error
            manifest = newer
    raise IndexDamagedError(f"The index in {folder} changes faster than it can be opened. Try again.")
