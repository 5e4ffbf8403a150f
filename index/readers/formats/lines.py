"""Read text files as a stream of lines, for formats that hold one article a row."""

import io
import re
from collections.abc import Iterator

from index.readers.base import ReadOptions
from index.readers.content.decoding import Decoded, decode
from index.readers.content.source_bytes import Content
from index.readers.encodings.detection import detect, is_utf8
from index.readers.encodings.twice import EncodedTwice, find_second_encoding, read_once

__all__ = ["open_text", "read_lines"]

_END_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+\Z")


def open_text(content: Content, options: ReadOptions) -> io.TextIOWrapper:
    """Open `content` as a stream of text with its line ends kept; bytes that are not UTF-8 become lone surrogates."""
    encoding = options.encoding or _encoding_of_rows(content)
    content.encoding = encoding
    errors = "surrogateescape" if encoding in ("utf-8", "utf-8-sig") else "replace"
    return io.TextIOWrapper(content.stream, encoding=encoding, errors=errors, newline="")


def read_lines(content: Content, options: ReadOptions) -> Iterator[str | None]:
    """Yield the lines of `content`, each with its line end; None in place of a line longer than `options.max_bytes`.

    In a UTF-8 file, a line that is not UTF-8 is decoded separately. Where the beginning of the file proves that it was
    encoded twice, so are the lines that can have been. At most one line is in memory. The last line of
    packed data that is cut off is left out unless it has a line end.
    """
    stream = open_text(content, options)
    twice = _second_encoding(content, options)
    try:
        while line := stream.readline(options.max_bytes):
            if len(line) == options.max_bytes and not line.endswith(("\n", "\r")):
                while (rest := stream.readline(options.max_bytes)) and not rest.endswith(("\n", "\r")):
                    pass
                yield None
            elif not (content.is_cut and not line.endswith(("\n", "\r"))):
                line = _repair(line)
                yield line if twice is None else read_once(line, twice.read_as, times=twice.times)
    finally:
        # The caller that opened the file closes it.
        stream.detach()


def _encoding_of_rows(content: Content) -> str:
    """Return UTF-8 when any row of the sample is UTF-8 (`_repair` decodes the others), else the detected encoding."""
    found = detect(content.sample)
    rows = (row for row in content.sample.split(b"\n") if not row.isascii())
    if b"\0" not in content.sample and any(is_utf8(row) for row in rows):
        return "utf-8"
    if found.is_guessed:
        content.guessed_encoding = found.encoding
    return found.encoding


def _second_encoding(content: Content, options: ReadOptions) -> EncodedTwice | None:
    if options.encoding is not None or not is_utf8(content.sample):
        return None
    # It may end inside a character.
    sample = _END_BEYOND_ASCII.sub("", content.sample.decode("utf-8", errors="ignore"))
    twice = find_second_encoding(sample)
    if twice is not None:
        content.note_encoding(Decoded("", twice.encoding, is_guessed=True))
    return twice


def _repair(line: str) -> str:
    if line.isascii():
        return line
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return decode(line.encode("utf-8", errors="surrogateescape"))
    return line
