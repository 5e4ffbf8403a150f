"""Files of an index on disk: durable names, checksums, atomic replacement, and errors that say what to do."""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from index.errors import DiskFullError, EngineError, IndexDamagedError, is_disk_full

__all__ = [
    "REBUILD",
    "FileEntry",
    "altered",
    "check_size",
    "disk_errors",
    "disk_full",
    "file_entry",
    "remove_folder",
    "replace_json",
    "sync_folder",
]

REBUILD = "Run `search-cli rebuild` to make it anew from the catalog."


class FileEntry(Struct, frozen=True):
    """A file of the index: its name in the folder, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


def file_entry(folder: Path, name: str) -> FileEntry:
    """Make a file durable, and return its entry."""
    with (folder / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        os.fsync(file.fileno())
    return FileEntry(name, size, digest)


def check_size(folder: Path, file: FileEntry) -> Path:
    """Return the path of a file of the index, after checking its size.

    Raises `FileNotFoundError` when it is gone (a commit may have removed it) and `IndexDamagedError`.
    """
    path = folder / file.name
    size = path.stat().st_size
    if size != file.size:
        raise IndexDamagedError(f"{path} has {size} bytes instead of {file.size}. {REBUILD}")
    return path


def remove_folder(path: Path) -> None:
    """Remove a folder and all in it, also while a thread of a library still writes its last file there.

    Tries for a second; what cannot be removed then is left, without an error.
    """
    for _ in range(20):
        shutil.rmtree(path, ignore_errors=True)
        if not path.exists():
            return
        time.sleep(0.05)


def altered(folder: Path, files: Iterable[FileEntry]) -> Iterator[str]:
    """Read files and compare checksums; yield one line for each that cannot be read or differs."""
    for file in files:
        path = folder / file.name
        try:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            yield f"{path} cannot be read: {error.strerror}. {REBUILD}"
            continue
        if digest != file.sha256:
            yield f"{path} was altered since it was written. {REBUILD}"


def replace_json(path: Path, content: object) -> None:
    """Write JSON to a file, replacing one that is there in one step. Durable when this returns."""
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Systems that cannot open folders do so by themselves."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Turn errors of the disk into `DiskFullError` or `EngineError` with advice."""
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise disk_full(folder, str(error.strerror)) from error
        raise EngineError(_advice(folder, str(error.strerror))) from error


def disk_full(folder: Path, reason: str) -> DiskFullError:
    """Return the error for a folder that cannot take more."""
    return DiskFullError(_advice(folder, reason))


def _advice(folder: Path, reason: str) -> str:
    return (
        f"The index in {folder} cannot be written: {reason}. What was committed before is unharmed; free "
        "some space or mend the folder's permissions, and run the command again."
    )
