"""Compressed answers: pages and JSON as they are made, streams piece by piece, static files once."""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from flask import Flask, Response, request

__all__ = ["add_compression"]

_TYPES = frozenset({
    "application/json", "application/opensearchdescription+xml", "text/css", "text/csv", "text/html",
    "text/javascript", "text/plain",
})  # fmt: skip
# Below, the header of gzip and the work are more than what is saved.
_LEAST = 600
# Comments, indentation, and in style sheets the other blanks that no browser needs. A text in quotes keeps its own.
_NEEDLESS = {
    ".css": re.compile(rb'("[^"\n]*")|/\*.*?\*/\s*|\s*\n\s*|(?<=[:;,{}]) | (?={)|;(?=\s*})', re.DOTALL),
    ".js": re.compile(rb"^()[ \t]*(?://.*\n)?", re.MULTILINE),
}
# Level 5 makes a page of results 3 % smaller than level 4 and takes a fifth longer; level 6 hardly saves more.
_LEVEL = 5
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


def add_compression(app: Flask, static_files: Iterable[Path]) -> None:
    """Compress what clients accept compressed with gzip.

    `static_files` are compressed now, as small as they get: without comments and indentation.
    """
    static = {file.name: gzip.compress(_bare(file), 9, mtime=0) for file in static_files}

    def compress(response: Response) -> Response:
        if response.mimetype in _TYPES:
            response.vary.add("Accept-Encoding")
            if request.accept_encodings["gzip"] > 0 and response.status_code == 200:
                _compress(response, static)
        return response

    app.after_request(compress)


def _bare(file: Path) -> bytes:
    """Return a style sheet or script without needless blanks and comments; in scripts, those on their own lines."""
    needless = _NEEDLESS.get(file.suffix)
    return file.read_bytes() if needless is None else needless.sub(lambda found: found[1] or b"", file.read_bytes())


def _compress(response: Response, static: Mapping[str, bytes]) -> None:
    if "Content-Encoding" in response.headers:
        return
    if request.endpoint == "static":
        name = (request.view_args or {}).get("filename", "")
        if name not in static:
            return
        response.direct_passthrough = False
        response.close()
        response.set_data(static[name])
    elif response.is_streamed:
        response.response = _compressed_stream(response.response)
        response.headers.pop("Content-Length", None)
    else:
        body = response.get_data()
        if len(body) < _LEAST:
            return
        response.set_data(_Packer().all_of(body))
    response.headers["Content-Encoding"] = "gzip"
    tag, _ = response.get_etag()
    if tag:
        # The bytes differ from those of the same answer without compression.
        response.set_etag(tag, weak=True)


class _Packer:
    """One stream in the format of gzip."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)

    def all_of(self, body: bytes) -> bytes:
        return self._packer.compress(body) + self._packer.flush()

    def some_of(self, piece: bytes) -> bytes:
        return self._packer.compress(piece)

    def rest(self) -> bytes:
        return self._packer.flush()


def _compressed_stream(pieces: Iterable[bytes | str]) -> Iterator[bytes]:
    """Yield a stream compressed, whenever a few kilobytes are ready; closing it closes `pieces`."""
    packer = _Packer()
    try:
        for piece in pieces:
            packed = packer.some_of(piece.encode() if isinstance(piece, str) else piece)
            if packed:
                yield packed
        yield packer.rest()
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()
