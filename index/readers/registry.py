"""From a source to its articles: the table of readers, and the one place where whatever they do wrong ends."""

import logging
from collections.abc import Iterator
from importlib import import_module

from index.errors import ReadError
from index.model import Article, Failure
from index.readers.articles import build_article
from index.readers.base import Draft, Reader, ReadOptions, Source
from index.readers.content import open_content
from index.readers.decoding import decode
from index.readers.sniffing import Format, sniff_format

__all__ = ["READERS", "read_source"]

logger = logging.getLogger(__name__)

# Imported when a file of the format comes up: the libraries behind web pages alone take half a second.
READERS = {
    Format.TEXT: "index.readers.plain_text:read_plain_text",
    Format.MARKDOWN: "index.readers.markdown:read_markdown",
    Format.HTML: "index.readers.web_page:read_web_page",
    Format.JSON: "index.readers.json_rows:read_json",
    Format.JSON_LINES: "index.readers.json_rows:read_json_lines",
    Format.CSV: "index.readers.csv_rows:read_csv",
    Format.PDF: "index.readers.pdf:read_pdf",
    Format.MESSAGE: "index.readers.mail:read_message",
    Format.MBOX: "index.readers.mail:read_mbox",
}


def read_source(source: Source, options: ReadOptions | None = None) -> Iterator[Article | Failure]:
    """The articles of `source` in their order, one after the other, and a `Failure` for each that cannot be read.

    The format is told by content and suffix; gzip data is unpacked. Articles of a file with many are known as
    `locator#id` where their row has an id of its own (so that they keep it when rows are added), else as
    `locator#row`, rows counted from 1. A `Failure` says `locator#row`, or `locator` when the rest of the file cannot
    be read. Never raises for what a file contains.
    """
    try:
        yield from _read(source, options or ReadOptions())
    except ReadError as error:
        yield Failure(source.locator, error.reason, str(error), error.hint)
    except OSError as error:
        yield Failure(source.locator, "unreadable", error.strerror or str(error), "Check the file and its permissions.")
    except Exception as error:  # the outermost edge: one broken file must not end a run over a million
        logger.exception("reader failed on %s", source.locator)
        message = f"{type(error).__name__}: {error}"[:300]
        yield Failure(source.locator, "reader-error", message, "Please report this, with the file if you can.")


def _read(source: Source, options: ReadOptions) -> Iterator[Article | Failure]:
    if options.encoding is not None:
        decode(b"", encoding=options.encoding)  # an encoding that does not exist is said before anything is read
    locators: set[str] = set()
    with open_content(source, options) as content:
        reader = _load(sniff_format(content))
        is_empty = True
        for draft in reader(content, options):
            is_empty = False
            yield draft if isinstance(draft, Failure) else _finish(draft, source.locator, locators)
        if is_empty:
            raise ReadError("there is no article in it", reason="empty", hint="Leave it out with .searchignore.")


def _finish(draft: Draft, locator: str, taken: set[str]) -> Article | Failure:
    if draft.row:
        row = f"{locator}#{draft.row}"
        own = f"{locator}#{draft.row_id}" if draft.row_id else row
        # An id that two rows claim is the first one's.
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
