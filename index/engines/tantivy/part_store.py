"""Opening the parts and the library's index that a manifest names."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import tantivy
from msgspec import Struct

from index.engines import opening
from index.engines.arrays.segment_file import SegmentFile
from index.engines.files import check_size, remove_folder
from index.engines.manifest import Manifest, SegmentEntry, commit_folder
from index.engines.tantivy.capabilities import ENGINE
from index.engines.tantivy.library import library_errors
from index.engines.tantivy.part import Part
from index.errors import EngineError, IndexDamagedError

__all__ = ["OpenFiles", "open_commit", "open_part"]


class OpenFiles(Struct, frozen=True):
    """The open files of a commit: parts by their entry in the manifest, and the library's view of its index."""

    parts: dict[SegmentEntry, Part]
    searcher: tantivy.Searcher
    schema: tantivy.Schema


def open_part(folder: Path, entry: SegmentEntry) -> Part:
    """Open one part, after cheap checks. Raises `IndexDamagedError`, or `FileNotFoundError` when a file is gone."""
    deleted = None
    if entry.deletions is not None:
        deleted = SegmentFile(check_size(folder, entry.deletions)).array("deleted")
    part = Part(SegmentFile(check_size(folder, entry.file)), deleted)
    if part.size != entry.documents:
        raise IndexDamagedError(f"{entry.file.name} is not the part of the manifest. Run `search-cli rebuild`.")
    return part


def open_commit(
    folder: Path, generation: str | None = None, *, reuse: Mapping[SegmentEntry, Part] | None = None
) -> tuple[Manifest, OpenFiles]:
    """Open a commit (None: the one published last), taking open parts from `reuse`.

    A part is reused when its name, size and checksum are the same. Raises what `index.engines.opening.open_commit`
    raises, and `IndexDamagedError` when a file is cut short.
    """
    known = reuse or {}

    def open_files(manifest: Manifest) -> OpenFiles:
        parts = {entry: known.get(entry) or open_part(folder, entry) for entry in manifest.segments}
        index = _open_library(folder, manifest)
        return OpenFiles(parts, index.searcher(), index.schema)

    return opening.open_commit(folder, generation, open_files, engine=ENGINE)


def _open_library(folder: Path, manifest: Manifest) -> tantivy.Index:
    """Open the library's index. Raises `FileNotFoundError` when a file of it is gone, and `IndexDamagedError`."""
    paths = [check_size(folder, entry) for entry in manifest.library]
    try:
        return _open_folder(folder / commit_folder(manifest.generation))
    except EngineError:
        for entry in manifest.library:
            check_size(folder, entry)
    # The library locks a file while it opens an index. Where it may not write, it gets a folder of links.
    links = Path(tempfile.mkdtemp(prefix="dossier-"))
    try:
        for path in paths:
            (links / path.name).symlink_to(path.absolute())
        return _open_folder(links)
    finally:
        remove_folder(links)


def _open_folder(path: Path) -> tantivy.Index:
    with library_errors(path):
        index = tantivy.Index.open(str(path))
        # A commit never changes: nothing needs to watch for newer ones. The thread that did may lock a file once more.
        index.config_reader("manual")
        index.reload()
        return index
