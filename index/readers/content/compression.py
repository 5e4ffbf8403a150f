"""Unpack gzip, bzip2 and xz streams, bounded in size, so that a small file cannot fill memory or disk."""

import bz2
import errno
import gzip
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import Protocol, cast

from index.errors import ReadError

__all__ = ["BoundedStream", "Budget", "decompressed"]

# Text compresses 3 to 50 times, endless repetition more than 1,000 times.
_LARGEST_RATIO = 200
# xz at its highest setting needs 65 MB to unpack; a hostile file may ask for gigabytes.
_MOST_XZ_MEMORY = 128 << 20
_BLOCK_BYTES = 1 << 16
_BROKEN = (
    *(EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError),
    # Raised by bz2 and by zipfile for values that make no sense; `NotImplementedError` is one of the second.
    *(ValueError, RuntimeError, OverflowError, struct.error),
)


class Packed(Protocol):
    """A binary stream: an open file, or anything that can be read like one."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes, none at the end."""
        ...


class Budget:
    """Bytes that may still be unpacked from a file."""

    __slots__ = ("_left",)

    def __init__(self, *, packed_size: int, least: int) -> None:
        """Allow 200 times `packed_size`, and at least `least` bytes."""
        self._left = max(least, _LARGEST_RATIO * packed_size)

    @property
    def is_spent(self) -> bool:
        """True when more was unpacked than is allowed."""
        return self._left < 0

    def spend(self, count: int) -> None:
        """Take `count` bytes. Raises `ReadError` ("compressed-bomb") when there are not so many left."""
        self._left -= count
        if self._left < 0:
            raise ReadError(
                "unpacks to far more than text ever does",
                reason="compressed-bomb",
                hint="Unpack it by hand if you trust it.",
            )


class BoundedStream(io.RawIOBase):
    """A stream of unpacked bytes that takes what it reads from budgets.

    Raises `ReadError`: "compressed-bomb", and "damaged" when the packed data is broken. `kind` names the data in
    messages ("gzip data").
    """

    def __init__(self, unpacked: Packed, *, budgets: Sequence[Budget], kind: str) -> None:
        self._unpacked = unpacked
        self._budgets = budgets
        self._kind = kind

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: object, /) -> int:
        """Fill `buffer` as far as the stream goes and return the number of bytes, 0 at the end."""
        # RawIOBase declares any writable buffer; the buffered reader above gives memoryviews.
        view = cast("memoryview", buffer)
        count = 0
        while count < len(view) and (data := self._read(len(view) - count)):
            view[count : count + len(data)] = data
            count += len(data)
        return count

    def _read(self, size: int) -> bytes:
        try:
            data = self._unpacked.read(size)
        except _BROKEN as error:
            raise self._damaged(error) from error
        except OSError as error:
            # A broken bzip2 stream is an OSError without a number, a place before the file an invalid argument.
            if error.errno not in (None, errno.EINVAL):
                raise
            raise self._damaged(error) from error
        for budget in self._budgets:
            budget.spend(len(data))
        return data

    def _damaged(self, error: Exception) -> ReadError:
        message = f"damaged {self._kind}: {error}"[:300]
        return ReadError(message, reason="damaged", hint="Fetch or compress the file again.")


def decompressed(packed: io.BufferedReader, *, budgets: Sequence[Budget]) -> tuple[io.BufferedReader, str]:
    """Return a stream of what is packed in `packed`, and the suffix that says so (".gz").

    Data that is not compressed comes back as it is, with the suffix "".
    """
    start = packed.peek(_SIGNATURE_BYTES)
    for signature, suffix, kind, opening in _COMPRESSIONS:
        if signature.match(start):
            unpacked: io.RawIOBase = BoundedStream(opening(packed), budgets=budgets, kind=kind)
            return io.BufferedReader(unpacked, _BLOCK_BYTES), suffix
    return packed, ""


class _XzFile:
    """The unpacked bytes of an xz file of one or more streams, in bounded memory."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._decompressor = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_MOST_XZ_MEMORY)
        self._is_first = True

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes. Raises `LZMAError` and `EOFError` for broken data."""
        while True:
            if self._decompressor.eof:
                rest = (self._decompressor.unused_data or self._packed.read(_BLOCK_BYTES)).lstrip(b"\0")
                if not rest:
                    return b""
                self._decompressor = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_MOST_XZ_MEMORY)
            elif self._decompressor.needs_input:
                rest = self._packed.read(_BLOCK_BYTES)
                if not rest:
                    raise EOFError("it ends too early")
            else:
                rest = b""
            data = self._decompressor.decompress(rest, size)
            if data:
                return data


def _open_gzip(packed: io.BufferedReader) -> Packed:
    return gzip.GzipFile(fileobj=packed)


_SIGNATURE_BYTES = 10
# A text may begin with "BZh", not with the first block of such a file, or the end of an empty one.
_COMPRESSIONS: tuple[tuple[re.Pattern[bytes], str, str, Callable[[io.BufferedReader], Packed]], ...] = (
    (re.compile(rb"\x1f\x8b\x08"), ".gz", "gzip data", _open_gzip),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), ".bz2", "bzip2 data", bz2.BZ2File),
    (re.compile(rb"\xfd7zXZ\x00"), ".xz", "xz data", _XzFile),
)
