"""Articles for benchmarks, written to a file once and read by every engine: made-up ones, or those of a real index."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from index.catalog.open import open_reader
from index.model import Document
from index.publishing import read_documents
from tests.benchmarks.corpus import make_documents

__all__ = ["read_archive", "write_archive"]

_BATCH = 500


def write_archive(path: Path, count: int, *, index: Path | None = None) -> int:
    """Write the first `count` made-up articles, or those of a finished index folder; return how many there were."""
    documents: Iterable[Document] = make_documents(count) if index is None else islice(_indexed(index), count)
    encoder = msgspec.json.Encoder()
    written = 0
    with path.open("wb") as file:
        for document in documents:
            file.write(encoder.encode(document) + b"\n")
            written += 1
    return written


def read_archive(path: Path, *, count: int | None = None, step: int = 1) -> Iterator[Document]:
    """Yield every `step`-th article of a file, at most `count` of them."""
    decoder = msgspec.json.Decoder(Document)
    with path.open("rb") as file:
        yield from map(decoder.decode, islice(file, 0, None if count is None else count * step, step))


def _indexed(folder: Path) -> Iterator[Document]:
    reader = open_reader(folder)
    ids = reader.article_ids()
    while batch := list(islice(ids, _BATCH)):
        yield from read_documents(reader, batch)
