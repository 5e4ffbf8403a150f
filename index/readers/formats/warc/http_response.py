"""Read archived answers of web servers: status, type and body, without the encodings of the transfer."""

import io
import re
import zlib
from dataclasses import dataclass
from typing import Final

from index.errors import ReadError
from index.readers.content.compression import Budget, decompressed
from index.readers.content.decoding import is_binary

__all__ = ["LONGEST_HEAD", "ResponseHead", "parse_content_type", "parse_head", "unpack_body"]

LONGEST_HEAD: Final = 1 << 16
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(r"HTTP/\d(?:\.\d)?\s+(\d{3})")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


@dataclass(frozen=True, slots=True)
class ResponseHead:
    """Status and headers of an answer. `length` is in bytes, with the empty line after the headers."""

    status: int
    content_type: str
    transfer_encoding: str
    content_encoding: str
    length: int


def parse_head(start: bytes) -> ResponseHead | None:
    """Return the head of an answer that begins with `start`, None when it is no answer of a web server.

    >>> head = parse_head(b"HTTP/1.1 200 OK" + bytes([13, 10]) + b"Content-Type: text/html" + bytes([13, 10, 13, 10]))
    >>> head.status, head.content_type
    (200, 'text/html')
    """
    end = _HEAD_END.search(start, 0, LONGEST_HEAD)
    head = start[: end.start() if end else LONGEST_HEAD].decode("latin-1")
    status_line, _, rest = head.partition("\n")
    status = _STATUS.match(status_line)
    if status is None:
        return None
    headers: dict[str, str] = {}
    for line in rest.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return ResponseHead(
        int(status[1]),
        headers.get("content-type", ""),
        headers.get("transfer-encoding", "").lower(),
        headers.get("content-encoding", "").lower(),
        end.end() if end else len(start),
    )


def parse_content_type(text: str) -> tuple[str, str | None]:
    """Return the type in lower case and the charset of a Content-Type.

    >>> parse_content_type('text/HTML; charset="windows-1251"'), parse_content_type("")
    (('text/html', 'windows-1251'), ('', None))
    """
    kind = text.partition(";")[0].strip().lower()
    match = re.search(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", text, re.IGNORECASE)
    return kind, match[1] if match else None


def unpack_body(head: ResponseHead, body: bytes, *, most: int) -> bytes:
    """Return a body without chunks and compression; one that another program has unpacked already stays as it is.

    Raises `ReadError`: "too-large" beyond `most` bytes, "damaged", "needs-extra", "unsupported".
    """
    if "chunked" in head.transfer_encoding:
        body = _joined_chunks(body)
    for encoding in reversed(head.content_encoding.split(",")):
        match encoding.strip():
            case "gzip" | "x-gzip":
                body = _unpack_gzip(body, most)
            case "deflate":
                body = _unpack_deflate(body, most)
            case "br":
                body = _unpack_brotli(body, most)
            case "" | "identity" | "none" | "utf-8":
                pass
            case other if is_binary(body[:LONGEST_HEAD]):
                message, hint = f"a page compressed with {other}", "Fetch it again without this compression."
                raise ReadError(message[:200], reason="unsupported", hint=hint)
    return body


def _joined_chunks(body: bytes) -> bytes:
    chunks: list[bytes] = []
    at = 0
    while (size := _CHUNK_SIZE.match(body, at)) is not None:
        start, length = size.end(), int(size[1], 16)
        if length == 0:
            return b"".join(chunks)
        chunks.append(body[start : start + length])
        at = start + length
        at += 2 if body.startswith(b"\r\n", at) else int(body.startswith(b"\n", at))
    # Without its last chunk: cut off, which the record says, or never in chunks.
    return b"".join(chunks) if chunks and at >= len(body) else body


def _unpack_gzip(body: bytes, most: int) -> bytes:
    packed: io.BufferedReader = io.BufferedReader(io.BytesIO(body))
    stream, _ = decompressed(packed, budgets=[Budget(packed_size=len(body), least=most + 1)])
    if stream is None:
        return _bounded(body, most)
    unpacked = io.BufferedReader(stream).read(most + 1)
    if stream.fault:
        raise ReadError(stream.fault, reason="damaged", hint="Fetch the page again.")
    return _bounded(unpacked, most)


def _unpack_deflate(body: bytes, most: int) -> bytes:
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return _bounded(zlib.decompressobj(window).decompress(body, most + 1), most)
        except zlib.error:
            continue
    return body


def _unpack_brotli(body: bytes, most: int) -> bytes:
    if not is_binary(body[:LONGEST_HEAD]):
        return body
    try:
        import brotli
    except ImportError as error:
        hint = 'Install it with: pip install "dossier-search[warc]"'
        message = "a page compressed with Brotli needs the library brotli"
        raise ReadError(message, reason="needs-extra", hint=hint) from error
    decompressor = brotli.Decompressor()
    pieces: list[bytes] = []
    packed, size = body, 0
    try:
        while size <= most and not decompressor.is_finished():
            pieces.append(decompressor.process(packed, output_buffer_limit=most + 1))
            if not pieces[-1]:
                raise _damaged_brotli()
            packed, size = b"", size + len(pieces[-1])
    except brotli.error as error:
        raise _damaged_brotli() from error
    return _bounded(b"".join(pieces), most)


def _damaged_brotli() -> ReadError:
    return ReadError("damaged Brotli data", reason="damaged", hint="Fetch the page again.")


def _bounded(data: bytes, most: int) -> bytes:
    if len(data) > most:
        raise ReadError(f"larger than {most:,} bytes", reason="too-large", hint="Allow larger files.")
    return data
