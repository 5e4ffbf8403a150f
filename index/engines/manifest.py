"""Manifests: the files of a commit, their checksums, and the versions that wrote them. JSON, replaced atomically.

Each commit has a manifest of its own, `manifest-<generation>.json`, from the moment it is prepared. `manifest.json` is
a copy of the manifest of the commit that was published last, for readers that name none. A file that no manifest names
does not belong to the index: a writer that was killed leaves such files behind, and the next writer removes them.
"""

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, to_builtins

from index.analyzer import ANALYZER_FINGERPRINT
from index.engines.files import REBUILD, FileEntry, altered, replace_json
from index.errors import IndexDamagedError, IndexMissingError, IndexOutdatedError, IndexUntrustedError
from index.keywords.values import SCHEMA_FINGERPRINT

__all__ = [
    "EMPTY",
    "MANIFEST",
    "Manifest",
    "SegmentEntry",
    "commit_folder",
    "find_manifest",
    "manifest_name",
    "read_manifest",
    "remove_leftovers",
    "remove_work_folders",
    "verify",
    "write_manifest",
]

MANIFEST = "manifest.json"
"""The manifest of the commit that was published last."""

CODEC_VERSION = 1
"""The layout of segments and manifests; a change that older programs cannot read raises it."""

_GENERATION = re.compile(r"[0-9a-f]{32}")
_FILE_NAME = re.compile(r"s[0-9a-f]{32}\.(?:segment|[0-9a-f]{8,32}\.deleted)")
_LIBRARY_NAME = re.compile(r"commit-[0-9a-f]{32}/(?:meta\.json|[0-9a-f]{32}\.(?:[0-9]+\.)?[a-z]+)")
_COMMIT_FOLDER = re.compile(r"commit-[0-9a-f]{32}")
_WORK_FOLDER = re.compile(r"work-[0-9a-f]{32}")
_MANIFEST_NAME = re.compile(r"manifest-[0-9a-f]{32}\.json")
_TEMPORARY_NAME = re.compile(r"manifest(?:-[0-9a-f]{32})?\.json\.new")


class SegmentEntry(Struct, frozen=True):
    """A segment: its file, its number of documents, and the file that lists the deleted ones, if any."""

    file: FileEntry
    documents: int
    deletions: FileEntry | None = None


class Manifest(Struct, frozen=True):
    """One commit. `number` counts commits; `generation` is unique among the commits of all indexes.

    `previous` is the generation of the commit that readers used when this one was made, "" when there was none.
    `library` are the files of an engine's library, in the folder of the commit (`commit_folder`); `next_number` is the
    first number that the commit has not given to a document, for engines that number them over all segments.
    """

    number: int
    generation: str
    segments: tuple[SegmentEntry, ...]
    codec: int = CODEC_VERSION
    analyzer: str = ANALYZER_FINGERPRINT
    schema: str = SCHEMA_FINGERPRINT
    previous: str = ""
    engine: str = "whoosh"
    library: tuple[FileEntry, ...] = ()
    next_number: int = 0

    def files(self) -> Iterator[FileEntry]:
        """Yield all files that the manifest names."""
        for segment in self.segments:
            yield segment.file
            if segment.deletions is not None:
                yield segment.deletions
        yield from self.library


EMPTY = Manifest(0, "empty", ())
"""The state of an index before its first commit. No file on disk says so."""


# -- Reading -----------------------------------------------------------------------------------------------------


def manifest_name(generation: str) -> str:
    """Return the name of the manifest of one commit.

    >>> manifest_name("0" * 32)
    'manifest-00000000000000000000000000000000.json'
    """
    return f"manifest-{generation}.json"


def commit_folder(generation: str) -> str:
    """Return the name of the folder with the library's files of one commit.

    >>> commit_folder("0" * 32)
    'commit-00000000000000000000000000000000'
    """
    return f"commit-{generation}"


def read_manifest(folder: Path, generation: str | None = None, *, engine: str) -> Manifest:
    """Read the manifest of a commit, None for the one published last.

    Raises `IndexMissingError` when there is no such commit, `IndexOutdatedError` (other codec, analyzer, fields or
    engine), `IndexDamagedError`, or `IndexUntrustedError` when it names files outside of the folder.
    """
    manifest = _find(folder, generation)
    if manifest.engine != engine:
        raise IndexOutdatedError(f"The index in {folder} was written by the engine {manifest.engine!r}. {REBUILD}")
    return manifest


def find_manifest(folder: Path, generation: str | None = None) -> Manifest | None:
    """Read the manifest of a commit of any engine, or return None when it is missing or cannot be used."""
    try:
        return _find(folder, generation)
    except (IndexMissingError, IndexOutdatedError, IndexDamagedError, IndexUntrustedError):
        return None


def _find(folder: Path, generation: str | None) -> Manifest:
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


def _read(folder: Path, name: str) -> Manifest | None:
    """Read one manifest file, None when there is none of this name."""
    path = folder / name
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(f"{path} cannot be read: {error}. {REBUILD}") from error
    try:
        manifest = _parse(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamagedError(f"{path} is not a manifest. {REBUILD}") from error
    made_with = (manifest.codec, manifest.analyzer, manifest.schema)
    if made_with != (CODEC_VERSION, ANALYZER_FINGERPRINT, SCHEMA_FINGERPRINT):
        raise IndexOutdatedError(f"The index in {folder} was written by another version of Dossier. {REBUILD}")
    for file in manifest.files():
        if not (_FILE_NAME.fullmatch(file.name) or _LIBRARY_NAME.fullmatch(file.name)):
            raise IndexUntrustedError(f"{path} names {file.name!r}, which is not a file of an index. {REBUILD}")
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
        engine=str(data.get("engine", "whoosh")),  # nor did version 0.2 write this and what follows
        library=tuple(map(file, data.get("library", ()))),  # type: ignore[call-overload]  # as above
        next_number=int(str(data.get("next_number", 0))),
    )


# -- Writing -----------------------------------------------------------------------------------------------------


def write_manifest(folder: Path, manifest: Manifest, name: str) -> None:
    """Write a manifest under a name, replacing one that is there in one step. Durable when this returns.

    The files that it names must be durable already.
    """
    replace_json(folder / name, to_builtins(manifest))


def remove_leftovers(folder: Path, kept: Iterable[Manifest]) -> None:
    """Delete the files that none of these commits needs; only names that an index gives are touched.

    Manifests go first, so that a reader which misses a file can tell that its commit is gone. Files that another
    process holds open on a system that minds are left to the next writer.
    """
    known = {MANIFEST}
    for manifest in kept:
        known.add(manifest_name(manifest.generation))
        known.add(commit_folder(manifest.generation))
        known.update(file.name for file in manifest.files())
    paths = [path for path in folder.iterdir() if path.name not in known]
    for pattern in (_MANIFEST_NAME, _TEMPORARY_NAME, _FILE_NAME):
        for path in paths:
            if pattern.fullmatch(path.name):
                try:
                    path.unlink(missing_ok=True)
                except PermissionError:
                    continue
    _remove_folders(paths, _COMMIT_FOLDER)


def remove_work_folders(folder: Path) -> None:
    """Delete what writers of the library's files left behind; only the writer that holds the lock may do so."""
    _remove_folders(folder.iterdir(), _WORK_FOLDER)


def _remove_folders(paths: Iterable[Path], pattern: re.Pattern[str]) -> None:
    for path in paths:
        if pattern.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)


# -- Checking ----------------------------------------------------------------------------------------------------


def verify(folder: Path, generation: str | None = None, *, engine: str) -> tuple[str, ...]:
    """Read every file of a commit and compare checksums; return one line for each problem.

    Raises what `read_manifest` raises.
    """
    return tuple(altered(folder, read_manifest(folder, generation, engine=engine).files()))
