"""One file of named arrays: the container of everything that a segment of the embedded engine holds.

Layout: the magic, then each array at a multiple of 8 bytes, then a directory in JSON, then its offset, its length
and the magic again. Arrays are little-endian. Reading maps the file into memory and copies nothing; nothing in it
is executable, so an untrusted file can be invalid, which raises `IndexDamagedError`, but never execute code.
"""

import hashlib
import json
import mmap
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from index.errors import IndexDamagedError

__all__ = ["Array", "SegmentFile", "SegmentFileWriter"]

# NumPy's own types for "an array of some integer or float type", which its stubs cannot narrow further here.
Array = np.ndarray[Any, np.dtype[Any]]

_MAGIC = b"DOSSIERS"
_FOOTER = struct.Struct("<QQ8s")
_TYPES = {"u1": np.uint8, "u2": np.uint16, "u4": np.uint32, "u8": np.uint64, "i4": np.int32, "f4": np.float32}


class SegmentFileWriter:
    """Writes arrays one after another to a new file; `close` finishes it, syncs it to disk and gives its checksum."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._hash = hashlib.sha256()
        self._position = 0
        self._directory: dict[str, tuple[str, int, int]] = {}
        self._write(_MAGIC)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, name: str, array: Array) -> None:
        """Add one array under a new name. Its type must be one of the unsigned ones, i4 or f4."""
        self.start(name, array.dtype)
        self.extend(array)

    def start(self, name: str, dtype: np.dtype[Any]) -> None:
        """Begin an array that `extend` will fill piece by piece."""
        self._write(b"\0" * (-self._position % 8))
        self._directory[name] = (dtype.newbyteorder("<").str[1:], self._position, 0)
        self._last = name

    def extend(self, array: Array) -> None:
        """Append to the array begun last, which has the same type."""
        code, offset, count = self._directory[self._last]
        self._write(np.ascontiguousarray(array, dtype="<" + code).data.cast("B") if len(array) else b"")
        self._directory[self._last] = (code, offset, count + len(array))

    def close(self, facts: Mapping[str, float]) -> tuple[int, str]:
        """Write the directory and the facts (numbers by name); returns the file's size and SHA-256."""
        directory = json.dumps({"arrays": self._directory, "facts": dict(facts)}).encode()
        offset = self._position
        self._write(directory)
        self._write(_FOOTER.pack(offset, len(directory), _MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return self._position, self._hash.hexdigest()

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._position += len(data)


class SegmentFile:
    """The arrays of one file, mapped into memory. Raises `IndexDamagedError` when it is not a whole segment file.

    `facts` holds the numbers given to `SegmentFileWriter.close`. Safe for many threads.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:
                raise self._damage("it is empty") from error
        try:
            offset, length, magic = _FOOTER.unpack(self._map[-_FOOTER.size :])
            if (
                magic != _MAGIC
                or self._map[: len(_MAGIC)] != _MAGIC
                or offset + length + _FOOTER.size != len(self._map)
            ):
                raise self._damage("it is truncated or not a segment")
            directory = json.loads(self._map[offset : offset + length])
            self._directory: dict[str, tuple[str, int, int]] = {
                str(name): (str(code), int(start), int(count))
                for name, (code, start, count) in directory["arrays"].items()
            }
            self.facts: dict[str, float] = {str(name): float(value) for name, value in directory["facts"].items()}
        except (struct.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._damage("its directory cannot be read") from error
        for name, (code, start, count) in self._directory.items():
            if code not in _TYPES or start < 0 or count < 0 or start + count * int(code[1]) > offset:
                raise self._damage(f"its array {name} reaches beyond its end")

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def names(self) -> tuple[str, ...]:
        """Return the names of all arrays, in the order they were written."""
        return tuple(self._directory)

    def array(self, name: str) -> Array:
        """Return an array by name, read-only, without copying it."""
        try:
            code, offset, count = self._directory[name]
        except KeyError as error:
            raise self._damage(f"it has no array {name}") from error
        return np.frombuffer(self._map, dtype="<" + code, count=count, offset=offset)

    def _damage(self, what: str) -> IndexDamagedError:
        return IndexDamagedError(f"{self._path}: {what}. Run `search-cli rebuild` to make the index anew.")
