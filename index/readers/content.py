"""The bytes of a source, decompressed where needed and bounded in size."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from index.errors import ReadError
from index.model import Failure
from index.readers.base import Draft, ReadOptions, Source
from index.readers.decoding import decode_with_encoding

__all__ = ["SAMPLE_BYTES", "Content", "InnerReader", "open_content"]

SAMPLE_BYTES = 1 << 16
InnerReader = Callable[[Source, ReadOptions], Iterator[Draft | Failure]]
# Text compresses 3 to 50 times, endless repetition more than 1,000 times.
_LARGEST_RATIO = 200
_GZIP_MAGIC = b"\x1f\x8b\x08"


class Content:
    """An open source: `sample` holds its first 64 KiB; `read_all` and `stream` give everything, from the start.

    `guessed_encoding` is set when something was decoded and only statistics told how. `read_inner` reads a file that is
    inside this one, such as an attachment, with the reader of its own format; it yields what that reader yields and a
    `Failure` for everything that goes wrong.
    """

    __slots__ = ("guessed_encoding", "locator", "max_bytes", "name", "read_inner", "sample", "stream")

    def __init__(self, stream: io.BufferedReader, *, locator: str, name: str, max_bytes: int) -> None:
        self.stream = stream
        self.locator = locator
        self.name = name
        self.max_bytes = max_bytes
        self.guessed_encoding: str | None = None
        self.sample = stream.peek(SAMPLE_BYTES)[:SAMPLE_BYTES]
        self.read_inner: InnerReader = _read_nothing

    def read_all(self) -> bytes:
        """Return all bytes. Raises `ReadError` ("too-large") beyond `max_bytes`."""
        data = self.stream.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:
            raise ReadError(
                f"larger than {self.max_bytes:,} bytes",
                reason="too-large",
                hint="Split it, or allow larger files.",
            )
        return data

    def decode(self, data: bytes, options: ReadOptions, *, declared: str | None = None) -> str:
        """Decode the text `data` of this source; see `index.readers.decoding.decode`. The text is not normalized."""
        decoded = decode_with_encoding(data, encoding=options.encoding, declared=declared)
        if decoded.is_guessed:
            self.guessed_encoding = decoded.encoding
        return decoded.text


def _read_nothing(source: Source, options: ReadOptions) -> Iterator[Draft | Failure]:
    yield Failure(source.locator, "unsupported", "files inside other files are not read here")


class _Decompressed(io.RawIOBase):
    """A gzip stream with limits on size and compression ratio. Raises `ReadError` beyond them."""

    def __init__(self, packed: BinaryIO, *, limit: int) -> None:
        self._unpacked = gzip.GzipFile(fileobj=packed)
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        # RawIOBase declares any writable buffer; the buffered reader above gives memoryviews.
        view = cast("memoryview", buffer)
        try:
            data = self._unpacked.read(len(view))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ReadError(
                f"damaged gzip data: {error}", reason="damaged", hint="Fetch or compress the file again."
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(
                "unpacks to far more than text ever does",
                reason="compressed-bomb",
                hint="Unpack it by hand if you trust it.",
            )
        view[: len(data)] = data
        return len(data)


@contextmanager
def open_content(source: Source, options: ReadOptions) -> Iterator[Content]:
    """Open `source` for reading; gzip data is unpacked, whatever the name of the file.

    `Content.name` is the file name without ".gz". Raises `OSError` when the file cannot be opened, `ReadError` when its
    compressed data is damaged.
    """
    name = source.path.name if source.path is not None else source.locator
    with _open_raw(source) as raw:
        start = raw.read(len(_GZIP_MAGIC))
        raw.seek(0)
        if start == _GZIP_MAGIC:
            packed_size = raw.seek(0, io.SEEK_END)
            raw.seek(0)
            limit = max(options.max_bytes + SAMPLE_BYTES + 1, _LARGEST_RATIO * packed_size)
            raw = _Decompressed(cast("BinaryIO", raw), limit=limit)
            name = name.removesuffix(".gz").removesuffix(".GZ")
        # A local name without its parameter: typeshed's own parameter of the class is private.
        stream: io.BufferedReader = io.BufferedReader(raw, SAMPLE_BYTES)
        yield Content(stream, locator=source.locator, name=name, max_bytes=options.max_bytes)


def _open_raw(source: Source) -> io.RawIOBase:
    if source.path is not None:
        return source.path.open("rb", buffering=0)
    # Bytes in memory can do everything that a buffered reader asks of its source.
    return cast("io.RawIOBase", io.BytesIO(source.data or b""))
