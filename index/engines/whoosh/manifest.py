"""The manifest: which files make up an index, of which version, and their checksums. JSON, replaced atomically.

Whatever the manifest does not name does not exist: a commit is the renaming of one file, readers see the one before
or the one after, and files left behind by a killed writer are nobody's until the next writer removes them.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, to_builtins

from index.analyzer import ANALYZER_FINGERPRINT
from index.engines.document_values import SCHEMA_FINGERPRINT
from index.errors import IndexDamagedError, IndexMissingError, IndexOutdatedError, IndexUntrustedError

__all__ = [
    "MANIFEST",
    "FileEntry",
    "Manifest",
    "SegmentEntry",
    "read_manifest",
    "sync_folder",
    "verify",
    "write_manifest",
]

MANIFEST = "manifest.json"
CODEC_VERSION = 1
_FILE_NAME = re.compile(r"s[0-9a-f]{32}\.(?:segment|[0-9a-f]{8}\.deleted)")
_REBUILD = "Run `search-cli rebuild` to make it anew from the catalog."


class FileEntry(Struct, frozen=True):
    """A file of the index: its name in the folder, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


class SegmentEntry(Struct, frozen=True):
    """A segment: its file, how many documents are in it, and the file that lists the deleted ones, if any."""

    file: FileEntry
    documents: int
    deletions: FileEntry | None = None


class Manifest(Struct, frozen=True):
    """One commit. `number` counts commits; `generation` is unlike that of any other commit of any index."""

    number: int
    generation: str
    segments: tuple[SegmentEntry, ...]
    codec: int = CODEC_VERSION
    analyzer: str = ANALYZER_FINGERPRINT
    schema: str = SCHEMA_FINGERPRINT

    def next(self, segments: tuple[SegmentEntry, ...]) -> "Manifest":
        """The manifest of the commit after this one."""
        return Manifest(self.number + 1, os.urandom(16).hex(), segments)

    def files(self) -> Iterator[FileEntry]:
        """All files that the manifest names."""
        for segment in self.segments:
            yield segment.file
            if segment.deletions is not None:
                yield segment.deletions


EMPTY = Manifest(0, "empty", ())
"""Before the first commit."""


def read_manifest(folder: Path) -> Manifest:
    """The last commit of the index in a folder.

    Raises `IndexMissingError`, `IndexOutdatedError` (other codec, analyzer or fields), `IndexDamagedError`, or
    `IndexUntrustedError` when it names files outside of the folder.
    """
    path = folder / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise IndexMissingError(f"There is no index in {folder}. Run `search-cli index` to make one.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(f"{path} cannot be read: {error}. {_REBUILD}") from error
    try:
        manifest = _parse(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamagedError(f"{path} is not a manifest. {_REBUILD}") from error
    made_with = (manifest.codec, manifest.analyzer, manifest.schema)
    if made_with != (CODEC_VERSION, ANALYZER_FINGERPRINT, SCHEMA_FINGERPRINT):
        raise IndexOutdatedError(f"The index in {folder} was written by another version of Dossier. {_REBUILD}")
    for file in manifest.files():
        if not _FILE_NAME.fullmatch(file.name):
            raise IndexUntrustedError(f"{path} names {file.name!r}, which is no file of an index. {_REBUILD}")
    return manifest


def _parse(data: dict[str, object]) -> Manifest:
    def file(entry: dict[str, object]) -> FileEntry:
        return FileEntry(str(entry["name"]), int(str(entry["size"])), str(entry["sha256"]))

    segments = []
    for entry in data["segments"]:  # type: ignore[attr-defined]  # anything else raises what the caller expects
        deletions = entry["deletions"]
        segments.append(
            SegmentEntry(file(entry["file"]), int(entry["documents"]), None if deletions is None else file(deletions))
        )
    return Manifest(
        number=int(str(data["number"])),
        generation=str(data["generation"]),
        segments=tuple(segments),
        codec=int(str(data["codec"])),
        analyzer=str(data["analyzer"]),
        schema=str(data["schema"]),
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make a commit: all files that it names are on disk already. Durable when this returns."""
    temporary = folder / f"{MANIFEST}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(to_builtins(manifest), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / MANIFEST)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Systems that cannot open folders do so by themselves."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check_size(folder: Path, file: FileEntry) -> Path:
    """The path of a file of the index, after checking that it is there and as long as it was.

    Raises `FileNotFoundError` when it is gone (a commit may have removed it) and `IndexDamagedError`.
    """
    path = folder / file.name
    size = path.stat().st_size
    if size != file.size:
        raise IndexDamagedError(f"{path} has {size} bytes instead of {file.size}. {_REBUILD}")
    return path


def verify(folder: Path) -> tuple[str, ...]:
    """Read every file of an index and compare checksums; returns a line for each that is wrong, none when all is well.

    Raises what `read_manifest` raises.
    """
    problems = []
    for file in read_manifest(folder).files():
        path = folder / file.name
        try:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            problems.append(f"{path} cannot be read: {error.strerror}. {_REBUILD}")
            continue
        if digest != file.sha256:
            problems.append(f"{path} was altered since it was written. {_REBUILD}")
    return tuple(problems)


def remove_leftovers(folder: Path, manifest: Manifest) -> None:
    """Delete the files of earlier commits and of writers that died; only names that an index gives are touched.

    Files that another process still holds open on a system that minds are left to the next writer.
    """
    known = {file.name for file in manifest.files()}
    for path in folder.iterdir():
        is_ours = _FILE_NAME.fullmatch(path.name) is not None or path.name == f"{MANIFEST}.new"
        if is_ours and path.name not in known:
            try:
                path.unlink(missing_ok=True)
            except PermissionError:
                continue
