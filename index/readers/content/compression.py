"""Unpack gzip, bzip2 and xz streams, bounded in size, so that a small file cannot fill memory or disk."""

import bz2
import errno
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from index.errors import ReadError

__all__ = ["BoundedStream", "Budget", "TrailingDataError", "decompressed"]

# Text compresses 3 to 50 times, endless repetition more than 1,000 times.
_LARGEST_RATIO = 200
# xz at its highest setting needs 65 MB to unpack; a hostile file may ask for gigabytes.
_MOST_XZ_MEMORY = 128 << 20
_BLOCK_BYTES = 1 << 16
_BROKEN = (
    *(zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError),
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


class TrailingDataError(Exception):
    """Behind packed data that is whole stands something else."""


class BoundedStream(io.RawIOBase):
    """A stream of unpacked bytes that takes what it reads from budgets.

    Raises `ReadError`: "compressed-bomb", and "damaged" when the packed data is broken. Data that is cut off ends
    where it is cut: from then on, `is_cut` is true, and `fault` says so, as it does when something else follows the
    data. `kind` names the data in messages ("gzip data").
    """

    def __init__(self, unpacked: Packed, *, budgets: Sequence[Budget], kind: str) -> None:
        self._unpacked = unpacked
        self._budgets = budgets
        self._kind = kind
        self.fault = ""
        self.is_cut = False

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: object, /) -> int:
        """Fill `buffer` as far as the stream goes and return the number of bytes, 0 at the end."""
        # RawIOBase declares any writable buffer; the buffered reader above gives memoryviews.
        view = cast("memoryview", buffer)
        count = 0
        while count < len(view) and not self.fault and (data := self._read(len(view) - count)):
            view[count : count + len(data)] = data
            count += len(data)
        return count

    def _read(self, size: int) -> bytes:
        try:
            data = self._unpacked.read(size)
        except EOFError:
            self.is_cut = True
            self.fault = f"the {self._kind} is cut off"
            return b""
        except TrailingDataError:
            self.fault = f"something else follows the {self._kind}"
            return b""
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


def decompressed(packed: io.BufferedReader, *, budgets: Sequence[Budget]) -> tuple[BoundedStream | None, str]:
    """Return a stream of what is packed in `packed`, and the suffix that says so (".gz").

    None and "" for data that is not compressed.
    """
    start = packed.peek(_SIGNATURE_BYTES)
    for compression in _COMPRESSIONS:
        if compression.signature.match(start):
            unpacked = _Unpacked(packed, compression)
            return BoundedStream(unpacked, budgets=budgets, kind=compression.kind), compression.suffix
    return None, ""


class _Decompressor(Protocol):
    """A decompressor of one stream, as those of `bz2` and `lzma`."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    @property
    def needs_input(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _GzipDecompressor:
    """A decompressor of one gzip stream with the interface of those for bzip2 and xz; it checks the sum at the end."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(_GZIP_WINDOW)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


@dataclass(frozen=True, slots=True)
class _Compression:
    """A compression: the beginning of its streams, the shortest that tells it, its suffix and its name."""

    signature: re.Pattern[bytes]
    mark: bytes
    suffix: str
    kind: str
    start: Callable[[], _Decompressor]


class _Unpacked:
    """The unpacked bytes of a file of one or more streams of a compression, in bounded memory.

    (Own code, not the file objects of `gzip` and `bz2`: of data that is cut off they lose what they hold, and they fail
    on what may follow it, or leave it out without a word.)
    """

    def __init__(self, packed: Packed, compression: _Compression) -> None:
        self._packed = packed
        self._compression = compression
        self._decompressor = compression.start()

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes. Raises `EOFError` for data that is cut off, `TrailingDataError`."""
        while True:
            if self._decompressor.eof:
                rest = self._following()
                if not rest:
                    return b""
                self._decompressor = self._compression.start()
            else:
                rest = self._packed.read(_BLOCK_BYTES) if self._decompressor.needs_input else b""
            is_over = not rest and self._decompressor.needs_input
            data = self._decompressor.decompress(rest, size)
            if data:
                return data
            if is_over and not self._decompressor.eof:
                raise EOFError

    def _following(self) -> bytes:
        """Return the beginning of the stream that follows, without the zeros before it; empty at the end."""
        rest = self._decompressor.unused_data.lstrip(b"\0")
        while not rest and (block := self._packed.read(_BLOCK_BYTES)):
            rest = block.lstrip(b"\0")
        mark = self._compression.mark
        if rest and not rest.startswith(mark[: len(rest)]):
            raise TrailingDataError
        return rest


def _start_xz() -> _Decompressor:
    return lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_MOST_XZ_MEMORY)


_SIGNATURE_BYTES = 10
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
# A text may begin with "BZh", not with the first block of such a file, or the end of an empty one.
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_COMPRESSIONS = (
    _Compression(re.compile(rb"\x1f\x8b\x08"), b"\x1f\x8b\x08", ".gz", "gzip data", _GzipDecompressor),
    _Compression(_BZIP2, b"BZh", ".bz2", "bzip2 data", bz2.BZ2Decompressor),
    _Compression(re.compile(rb"\xfd7zXZ\x00"), b"\xfd7zXZ\x00", ".xz", "xz data", _start_xz),
)
