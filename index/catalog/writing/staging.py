"""Articles that were extracted but not published: durable batch by batch, and never seen by readers.

A row holds one article, failure or finished source, encoded as MessagePack and compressed. Version numbers of rows say
how they were encoded: a row of another version is not guessed at, but reported as a failure, so that its source is
read again.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Row, delete, func, select

from index.catalog.records import ArticleState, ExtractedArticle, SourceState
from index.catalog.schema import staged
from index.catalog.writing.counters import STAGED, reserve
from index.catalog.writing.statements import chunks, insert_rows
from index.model import Failure

__all__ = ["STAGING_VERSION", "UNREADABLE", "StagedBatch", "count_staged", "read_staged", "stage", "staged_states"]

# To be raised when `ExtractedArticle`, `Failure`, `SourceState` or a record in them changes.
STAGING_VERSION = 3

# Reason of the failure for a row that cannot be decoded.
UNREADABLE = "staged-unreadable"

_HINT = "Run the same command again: its file is read once more."
# Fast: level 6 takes four times as long for a tenth less.
_COMPRESSION = 1
_ROWS_AT_ONCE = 128
_BYTES_AT_ONCE = 16_000_000

_encode = msgspec.msgpack.Encoder().encode
_ARTICLES = msgspec.msgpack.Decoder(ExtractedArticle)
_FAILURES = msgspec.msgpack.Decoder(Failure)
_SOURCES = msgspec.msgpack.Decoder(SourceState)

_T = TypeVar("_T")


@dataclass(slots=True)
class StagedBatch:
    """Staged rows of one run and extraction in the order in which they came.

    `unreadable` are failures of rows that could not be decoded, each with the locator of its source.
    """

    run: int
    extraction: str
    articles: list[ExtractedArticle] = field(default_factory=list)
    failures: list[tuple[str, Failure]] = field(default_factory=list)
    sources: list[SourceState] = field(default_factory=list)
    unreadable: list[tuple[str, Failure]] = field(default_factory=list)


def stage(
    connection: Connection,
    extracted: Sequence[ExtractedArticle],
    *,
    extraction: str,
    failures: Sequence[tuple[str, Failure]],
    sources: Sequence[SourceState],
    run: int,
) -> None:
    """Add rows; see `Catalog.stage`."""
    rows = [
        {
            **_row("article", item, locator=item.article.locator, file=item.file),
            "article": item.article.id,
            "content_hash": item.article.content_hash,
        }
        for item in extracted
    ]
    rows += [_row("failure", failure, locator=failure.locator, file=file) for file, failure in failures]
    rows += [_row("source", state, locator=state.locator, file=state.locator) for state in sources]
    first = reserve(connection, STAGED, len(rows))
    common = {"run": run, "version": STAGING_VERSION, "extraction": extraction}
    insert_rows(connection, staged, [{**row, **common, "number": first + index} for index, row in enumerate(rows)])


def count_staged(connection: Connection) -> int:
    """Return the number of staged rows."""
    return connection.scalar(select(func.count()).select_from(staged)) or 0


def staged_states(connection: Connection, ids: Sequence[str]) -> dict[str, ArticleState]:
    """Return the states of those of the articles that are staged; of two with one id, that of the later."""
    columns = (staged.c.article, staged.c.locator, staged.c.content_hash, staged.c.extraction, staged.c.file)
    found: dict[str, ArticleState] = {}
    for chunk in chunks(ids):
        statement = select(*columns).where(staged.c.article.in_(chunk)).order_by(staged.c.number)
        for article_id, *state in connection.execute(statement):
            found[article_id] = ArticleState(*state)
    return found


def read_staged(connection: Connection) -> Iterator[StagedBatch]:
    """Take all staged rows out, oldest first, in batches that fit into memory.

    What others stage meanwhile is left to the next publication. Numbers are given in the order of commits.
    """
    newest = connection.scalar(select(func.max(staged.c.number))) or 0
    sizes_upto = _SIZES.where(staged.c.number <= newest)
    while sizes := connection.execute(sizes_upto).all():
        last = sizes[0].number
        total = 0
        for row in sizes:
            total += row.size
            if total > _BYTES_AT_ONCE and row is not sizes[0]:
                break
            last = row.number
        taken = staged.c.number <= last
        rows = connection.execute(select(staged).where(taken).order_by(staged.c.number)).all()
        connection.execute(delete(staged).where(taken))
        yield from _batches(rows)


_SIZES = select(staged.c.number, staged.c.size).order_by(staged.c.number).limit(_ROWS_AT_ONCE)


# Rows come from a database: their values have the types of the columns, which no type checker can see.
def _batches(rows: Sequence[Row[Any]]) -> Iterator[StagedBatch]:
    batch: StagedBatch | None = None
    for row in rows:
        if batch is None or (batch.run, batch.extraction) != (row.run, row.extraction):
            if batch is not None:
                yield batch
            batch = StagedBatch(row.run, row.extraction)
        _add(batch, row)
    if batch is not None:
        yield batch


def _add(batch: StagedBatch, row: Row[Any]) -> None:
    try:
        if row.version != STAGING_VERSION:
            raise ValueError(f"it was staged by a program with version {row.version} of the encoding")
        match row.kind:
            case "article":
                batch.articles.append(_decode(_ARTICLES, row.payload))
            case "failure":
                batch.failures.append((row.file, _decode(_FAILURES, row.payload)))
            case "source":
                batch.sources.append(_decode(_SOURCES, row.payload))
            case kind:
                raise ValueError(f"its kind is {kind!r}")
    # A `msgspec.DecodeError` is a ValueError.
    except (ValueError, zlib.error) as error:
        message = f"what was extracted cannot be decoded: {error}"
        batch.unreadable.append((row.file, Failure(row.locator, UNREADABLE, message, _HINT)))


def _decode(decoder: "msgspec.msgpack.Decoder[_T]", payload: bytes) -> _T:
    return decoder.decode(zlib.decompress(payload))


def _row(kind: str, record: ExtractedArticle | Failure | SourceState, *, locator: str, file: str) -> dict[str, object]:
    encoded = _encode(record)
    return {
        "kind": kind,
        "locator": locator,
        "file": file,
        "article": None,
        "content_hash": None,
        "size": len(encoded),
        "payload": zlib.compress(encoded, _COMPRESSION),
    }
