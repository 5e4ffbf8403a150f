"""Read a source: the table of readers, and the one place that catches every error of a reader."""

import logging
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import TypeVar

from index.errors import ReadError
from index.model import GUESSED_ENCODING, Article, Failure, Notice
from index.readers.article.building import build_article
from index.readers.base import Draft, Reader, ReadOptions, Source
from index.readers.content import open_content
from index.readers.decoding import check_encoding
from index.readers.sniffing import Format, sniff_format

__all__ = ["READERS", "read_source"]

logger = logging.getLogger(__name__)

_Item = TypeVar("_Item")
# A message in a message that is attached as a file, or a document in an archive in one.
_DEEPEST_FILE = 4

# Imported when a file of the format comes up: the libraries behind web pages alone take half a second.
READERS = {
    Format.TEXT: "index.readers.formats.plain_text:read_plain_text",
    Format.MARKDOWN: "index.readers.formats.markdown:read_markdown",
    Format.HTML: "index.readers.formats.web_page:read_web_page",
    Format.JSON: "index.readers.formats.json_rows:read_json",
    Format.JSON_LINES: "index.readers.formats.json_rows:read_json_lines",
    Format.CSV: "index.readers.formats.csv_rows:read_csv",
    Format.PDF: "index.readers.formats.pdf:read_pdf",
    Format.MESSAGE: "index.readers.formats.mail.messages:read_message",
    Format.MBOX: "index.readers.formats.mail.mbox:read_mbox",
    Format.WEB_ARCHIVE: "index.readers.formats.mail.web_archive:read_web_archive",
}


def read_source(source: Source, options: ReadOptions | None = None) -> Iterator[Article | Failure | Notice]:
    """Yield the articles of `source` in order, and a `Failure` for each one that cannot be read.

    A `Notice` tells of what was read, but not as surely or completely as usual.

    The format is detected from content and suffix; gzip data is unpacked. Articles of a file with many have the locator
    `locator#id` when their row has an id of its own (so that they keep it when rows are added), else `locator#row`,
    rows counted from 1. A `Failure` has `locator#row`, or `locator` when the rest of the file cannot be read. Never
    raises because of the content of a file.
    """
    yield from _guarded(_read(source, options or ReadOptions()), source.locator)


def _read(source: Source, options: ReadOptions) -> Iterator[Article | Failure | Notice]:
    if options.encoding is not None:
        check_encoding(options.encoding)  # An encoding that does not exist is reported before anything is read.
    locators: set[str] = set()
    for item in _read_drafts(source, options, depth=0):
        yield _finish(item, source.locator, locators) if isinstance(item, Draft) else item


def _read_drafts(source: Source, options: ReadOptions, *, depth: int) -> Iterator[Draft | Failure | Notice]:
    """Yield what the reader of a source yields; `depth` counts the files that it is inside of."""
    with open_content(source, options) as content:
        content.read_inner = partial(_read_inner, depth=depth + 1)
        reader = _load(sniff_format(content))
        is_empty = True
        for item in reader(content, options):
            is_empty = False
            yield item
        if content.guessed_encoding is not None:
            yield Notice(source.locator, GUESSED_ENCODING, content.guessed_encoding)
        if is_empty:
            raise ReadError("there is no article in it", reason="empty", hint="Leave it out with .searchignore.")


def _read_inner(source: Source, options: ReadOptions, *, depth: int) -> Iterator[Draft | Failure]:
    if depth > _DEEPEST_FILE:
        yield Failure(source.locator, "too-deep", "a file in too many other files", "Save it as a file of its own.")
    else:
        found = _guarded(_read_drafts(source, options, depth=depth), source.locator)
        yield from (item for item in found if not isinstance(item, Notice))


def _guarded(items: Iterator[_Item], locator: str) -> Iterator[_Item | Failure]:
    """Yield `items`, and a failure for the error that ends them."""
    try:
        yield from items
    except ReadError as error:
        yield Failure(locator, error.reason, str(error), error.hint)
    except OSError as error:
        yield Failure(locator, "unreadable", error.strerror or str(error), "Check the file and its permissions.")
    except Exception as error:  # The outermost edge: one broken file must not end a run over a million.
        logger.exception("reader failed on %s", locator)
        message = f"{type(error).__name__}: {error}"[:300]
        yield Failure(locator, "reader-error", message, "Please report this, with the file if you can.")


def _finish(draft: Draft, locator: str, taken: set[str]) -> Article | Failure:
    if draft.row:
        row = f"{locator}#{draft.row}"
        own = f"{locator}#{draft.row_id}" if draft.row_id else row
        # The first of two rows with the same id keeps it.
        locator = own if own not in taken else f"{row}~"
        taken.add(locator)
    else:
        row = locator
    try:
        return build_article(draft, locator=locator)
    except ReadError as error:
        return Failure(row, error.reason, str(error), error.hint)


def _load(form: Format) -> Reader:
    module, _, name = READERS[form].partition(":")
    reader: Reader = getattr(import_module(module), name)
    return reader
