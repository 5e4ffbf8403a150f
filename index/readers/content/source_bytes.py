"""The bytes of a source, decompressed where needed and bounded in size."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from index.errors import ReadError
from index.model import Failure
from index.readers.base import Draft, ReadOptions, Source
from index.readers.content.compression import BoundedStream, Budget, decompressed
from index.readers.content.decoding import Decoded, decode_with_encoding, without_partial_character

__all__ = ["SAMPLE_BYTES", "Content", "InnerReader", "make_content", "open_content"]

SAMPLE_BYTES = 1 << 16
_MOST_COMPRESSIONS = 2
InnerReader = Callable[[Source, ReadOptions], Iterator[Draft | Failure]]
_SHORT_SUFFIXES = {".tgz": ".tar", ".tbz2": ".tar", ".tbz": ".tar", ".txz": ".tar"}


class Content:
    """An open source: `sample` holds its first 64 KiB; `read_all` and `stream` give everything, from the start.

    `budgets` are charged with all that is unpacked from it. `encoding` is that of what was decoded last;
    `guessed_encoding` is one that only statistics told. `read_inner` reads a file that is inside this one, such as an
    attachment, with the reader of its own format; it yields what that reader yields and a `Failure` for everything that
    goes wrong.

    Of packed data that is cut off, everything before the cut is its content; `fault` says so as soon as the end was
    read.
    """

    __slots__ = (
        "_unpacked",
        "_whole",
        "budgets",
        "encoding",
        "guessed_encoding",
        "locator",
        "max_bytes",
        "name",
        "read_inner",
        "sample",
        "stream",
    )

    def __init__(
        self,
        stream: io.BufferedReader,
        *,
        locator: str,
        name: str,
        max_bytes: int,
        budgets: tuple[Budget, ...] = (),
        unpacked: tuple[BoundedStream, ...] = (),
    ) -> None:
        """`unpacked` are the streams of unpacked bytes that `stream` reads."""
        self.stream = stream
        self._unpacked = unpacked
        self.locator = locator
        self.name = name
        self.max_bytes = max_bytes
        self.budgets = budgets
        self.encoding: str | None = None
        self.guessed_encoding: str | None = None
        self.sample = stream.peek(SAMPLE_BYTES)[:SAMPLE_BYTES]
        self.read_inner: InnerReader = _read_nothing
        self._whole: BinaryIO | None = None

    @property
    def fault(self) -> str:
        """A fault of the packed data behind which nothing could be read, "" for none so far."""
        return next((stream.fault for stream in self._unpacked if stream.fault), "")

    @property
    def is_cut(self) -> bool:
        """True when the packed data was cut off at the end that was read."""
        return any(stream.is_cut for stream in self._unpacked)

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
        """Decode the text `data` of this source (`index.readers.content.decoding.decode`); it is not normalized."""
        if self.is_cut:
            data = without_partial_character(data)
        decoded = decode_with_encoding(data, encoding=options.encoding, declared=declared)
        self.note_encoding(decoded)
        return decoded.text

    def note_encoding(self, decoded: Decoded) -> None:
        """Remember how a text of this source was decoded."""
        self.encoding = decoded.encoding
        if decoded.is_guessed:
            self.guessed_encoding = decoded.encoding

    def seekable(self) -> BinaryIO:
        """Return the content as a stream that can be read from anywhere.

        What was unpacked is read into memory: raises `ReadError` ("too-large") beyond `max_bytes`.
        """
        if self._whole is None:
            self._whole = self.stream if self.stream.seekable() else io.BytesIO(self.read_all())
        return self._whole


def _read_nothing(source: Source, options: ReadOptions) -> Iterator[Draft | Failure]:
    yield Failure(source.locator, "unsupported", "files inside other files are not read here")


@contextmanager
def open_content(source: Source, options: ReadOptions, *, budgets: tuple[Budget, ...] = ()) -> Iterator[Content]:
    """Open `source` for reading; gzip, bzip2 and xz data is unpacked, whatever the name of the file.

    `budgets` are charged with what is unpacked. `Content.name` is the file name without ".gz". Raises `OSError` when
    the file cannot be opened, `ReadError` when its compressed data is damaged.
    """
    name = source.path.name if source.path is not None else source.locator
    with _open_raw(source) as raw:
        packed_size = raw.seek(0, io.SEEK_END)
        raw.seek(0)
        yield make_content(
            raw, locator=source.locator, name=name, packed_size=packed_size, options=options, budgets=budgets
        )


def make_content(
    raw: io.RawIOBase,
    *,
    locator: str,
    name: str,
    packed_size: int,
    options: ReadOptions,
    budgets: tuple[Budget, ...] = (),
) -> Content:
    """Return the content of a raw stream of `packed_size` bytes, decompressed where needed.

    `budgets` are charged with what is unpacked, besides the one of the content's own. Raises `ReadError` when its
    compressed data is damaged.
    """
    # A local name without its parameter: typeshed's own parameter of the class is private.
    packed: io.BufferedReader = io.BufferedReader(raw, SAMPLE_BYTES)
    own = Budget(packed_size=packed_size, least=options.max_bytes + SAMPLE_BYTES + 1)
    unpacked = (raw,) if isinstance(raw, BoundedStream) else ()
    # Some programs compress what a server has compressed already.
    for _ in range(_MOST_COMPRESSIONS):
        stream, suffix = decompressed(packed, budgets=(*budgets, own))
        if stream is None:
            break
        packed = io.BufferedReader(stream, SAMPLE_BYTES)
        unpacked = (*unpacked, stream)
        budgets = (*budgets, own)
        name = name[: -len(suffix)] if name.lower().endswith(suffix) else name
        stem, dot, last = name.rpartition(".")
        name = stem + _SHORT_SUFFIXES.get(dot + last.lower(), dot + last)
    return Content(packed, locator=locator, name=name, max_bytes=options.max_bytes, budgets=budgets, unpacked=unpacked)


def _open_raw(source: Source) -> io.RawIOBase:
    if source.path is not None:
        return source.path.open("rb", buffering=0)
    # Bytes in memory can do everything that a buffered reader asks of its source.
    return cast("io.RawIOBase", io.BytesIO(source.data or b""))
