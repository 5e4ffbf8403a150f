"""Manifests: the files of a commit, their checksums, and the versions that wrote them. JSON, replaced atomically.

Each commit has a manifest of its own, `manifest-<generation>.json`, from the moment it is prepared. `manifest.json` is
a copy of the manifest of the commit that was published last, for readers that name none. A file that no manifest names
does not belong to the index: a writer that was killed leaves such files behind, and the next writer removes them.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, to_builtins

from index.analyzer import ANALYZER_FINGERPRINT
from index.errors import IndexDamagedError, IndexMissingError, IndexOutdatedError, IndexUntrustedError
from index.keywords.values import SCHEMA_FINGERPRINT

__all__ = [
    "EMPTY",
    "MANIFEST",
    "FileEntry",
    "Manifest",
    "SegmentEntry",
    "check_size",
    "find_manifest",
    "manifest_name",
    "read_manifest",
    "remove_leftovers",
    "sync_folder",
    "verify",
    "write_manifest",
]

MANIFEST = "manifest.json"
"""The manifest of the commit that was published last."""

CODEC_VERSION = 1
"""The layout of segments and manifests; a change that older programs cannot read raises it."""

_GENERATION = re.compile(r"[0-9a-f]{32}")
_FILE_NAME = re.compile(r"s[0-9a-f]{32}\.(?:segment|[0-9a-f]{8,32}\.deleted)")
_MANIFEST_NAME = re.compile(r"manifest-[0-9a-f]{32}\.json")
_TEMPORARY_NAME = re.compile(r"manifest(?:-[0-9a-f]{32})?\.json\.new")
_REBUILD = "Run `search-cli rebuild` to make it anew from the catalog."


class FileEntry(Struct, frozen=True):
    """A file of the index: its name in the folder, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


class SegmentEntry(Struct, frozen=True):
    """A segment: its file, its number of documents, and the file that lists the deleted ones, if any."""

    file: FileEntry
    documents: int
    deletions: FileEntry | None = None


class Manifest(Struct, frozen=True):
    """One commit. `number` counts commits; `generation` is unique among the commits of all indexes.

    `previous` is the generation of the commit that readers used when this one was made, "" when there was none.
    """

    number: int
    generation: str
    segments: tuple[SegmentEntry, ...]
    codec: int = CODEC_VERSION
    analyzer: str = ANALYZER_FINGERPRINT
    schema: str = SCHEMA_FINGERPRINT
    previous: str = ""

    def next(self, segments: tuple[SegmentEntry, ...], *, previous: str) -> "Manifest":
        """Return the manifest of the commit after this one."""
        return Manifest(self.number + 1, os.urandom(16).hex(), segments, previous=previous)

    def files(self) -> Iterator[FileEntry]:
        """Yield all files that the manifest names."""
        for segment in self.segments:
            yield segment.file
            if segment.deletions is not None:
                yield segment.deletions


EMPTY = Manifest(0, "empty", ())
"""The state of an index before its first commit. No file on disk says so."""


# -- Reading -----------------------------------------------------------------------------------------------------


def manifest_name(generation: str) -> str:
    """Return the name of the manifest of one commit.

    >>> manifest_name("0" * 32)
    'manifest-00000000000000000000000000000000.json'
    """
    return f"manifest-{generation}.json"


def read_manifest(folder: Path, generation: str | None = None) -> Manifest:
    """Read the manifest of a commit, None for the one published last.

    Raises `IndexMissingError` when there is no such commit, `IndexOutdatedError` (other codec, analyzer or fields),
    `IndexDamagedError`, or `IndexUntrustedError` when it names files outside of the folder.
    """
    if generation is None:
        manifest = _read(folder, MANIFEST)
        if manifest is None:
            raise IndexMissingError(f"There is no index in {folder}. Run `search-cli index` to make one.")
        return manifest
    if _GENERATION.fullmatch(generation):
        for name in (manifest_name(generation), MANIFEST):
            manifest = _read(folder, name)
            if manifest is not None and manifest.generation == generation:
                return manifest
    raise IndexMissingError(
        f"The index in {folder} has no commit {generation!r}. Try again, as a newer one may have replaced it; if it "
        "stays away, run `search-cli rebuild`."
    )


def find_manifest(folder: Path, generation: str | None = None) -> Manifest | None:
    """Read a manifest as `read_manifest` does, or return None when it is missing or cannot be used."""
    try:
        return read_manifest(folder, generation)
    except (IndexMissingError, IndexOutdatedError, IndexDamagedError, IndexUntrustedError):
        return None


def _read(folder: Path, name: str) -> Manifest | None:
    """Read one manifest file, None when there is none of this name."""
    path = folder / name
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
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
        previous=str(data.get("previous", "")),  # version 0.1 did not write it
    )


# -- Writing -----------------------------------------------------------------------------------------------------


def write_manifest(folder: Path, manifest: Manifest, name: str) -> None:
    """Write a manifest under a name, replacing one that is there in one step. Durable when this returns.

    The files that it names must be durable already.
    """
    temporary = folder / f"{name}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(to_builtins(manifest), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / name)
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


def remove_leftovers(folder: Path, kept: Iterable[Manifest]) -> None:
    """Delete the files that none of these commits needs; only names that an index gives are touched.

    Manifests go first, so that a reader which misses a file can tell that its commit is gone. Files that another
    process holds open on a system that minds are left to the next writer.
    """
    known = {MANIFEST}
    for manifest in kept:
        known.add(manifest_name(manifest.generation))
        known.update(file.name for file in manifest.files())
    paths = [path for path in folder.iterdir() if path.name not in known]
    for pattern in (_MANIFEST_NAME, _TEMPORARY_NAME, _FILE_NAME):
        for path in paths:
            if pattern.fullmatch(path.name):
                try:
                    path.unlink(missing_ok=True)
                except PermissionError:
                    continue


# -- Checking ----------------------------------------------------------------------------------------------------


def check_size(folder: Path, file: FileEntry) -> Path:
    """Return the path of a file of the index, after checking its size.

    Raises `FileNotFoundError` when it is gone (a commit may have removed it) and `IndexDamagedError`.
    """
    path = folder / file.name
    size = path.stat().st_size
    if size != file.size:
        raise IndexDamagedError(f"{path} has {size} bytes instead of {file.size}. {_REBUILD}")
    return path


def verify(folder: Path, generation: str | None = None) -> tuple[str, ...]:
    """Read every file of a commit and compare checksums; return one line for each problem.

    Raises what `read_manifest` raises.
    """
    problems = []
    for file in read_manifest(folder, generation).files():
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
