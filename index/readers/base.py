"""Interface of the readers: source, options, draft of an article, and the `Reader` protocol."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.model import DateInterval, Failure, Notice
from index.readers.ignoring import IgnoreRule

if TYPE_CHECKING:
    from index.readers.content.source_bytes import Content

__all__ = ["DEFAULT_MAX_BYTES", "STANDARD_INPUT", "STANDARD_INPUT_PREFIX", "Draft", "ReadOptions", "Reader", "Source"]

DEFAULT_MAX_BYTES = 50_000_000
STANDARD_INPUT = "-"
STANDARD_INPUT_PREFIX = "stdin:"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or bytes that were already read.

    Exactly one of `path` and `data` is set. The articles of this source have `locator` as theirs. `size` is in bytes as
    stored, `modified` in seconds since 1970 (never used as a publication date); both are None when unknown. `rules` are
    those of `.searchignore` files above it, `inner` is its path from the folder that was named: what is in an archive
    is left out as if the archive were a folder.
    """

    locator: str
    path: Path | None = None
    data: bytes | None = None
    size: int | None = None
    modified: float | None = None
    rules: tuple[IgnoreRule, ...] = ()
    inner: str = ""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options for reading.

    `mapping` gives the field of a JSON or CSV row for each of our fields ("title", "body", "published", ...; see
    `record_fields.field_names`); dots lead into nested objects ("meta.date"). `encoding` overrides detection.
    `max_bytes` bounds one document after decompression: a whole file, but one row of JSONL or CSV, one message of an
    mbox, one page of a web archive and one file of a zip or tar archive.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    max_bytes: int = DEFAULT_MAX_BYTES


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its format gives it, before its text is examined.

    `body` may hold any characters; `title` is None when the format has none. `row` numbers the articles of a file from
    1 and is 0 for a file that is one article; `row_id` is the id in the row, "" without one. A publication date comes
    with its origin.
    """

    body: str
    title: str | None = None
    row: int = 0
    row_id: str = ""
    source: str | None = None
    byline: str | None = None
    language: str | None = None
    url: str | None = None
    published: DateInterval | None = None
    published_origin: str | None = None


class Reader(Protocol):
    """Reads one format.

    Yields drafts in the order of the file, a `Failure` for each row that cannot be read, and a `Notice` of what was
    left out of one that was, or is no article by its nature. Raises `ReadError` when the rest of the file cannot be
    read, `OSError` when the file itself fails.
    """

    def __call__(self, content: "Content", options: ReadOptions) -> Iterator[Draft | Failure | Notice]:
        """Yield the articles of `content`."""
        ...
