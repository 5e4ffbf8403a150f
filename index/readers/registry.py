"""Read a source: the table of readers, and the one place that catches every error of a reader."""

import logging
from collections.abc import Iterator
from importlib import import_module
from tempfile import gettempdir

from index.errors import DiskFullError, ReadError, is_disk_full
from index.model import Article, Failure
from index.readers.article.building import build_article
from index.readers.base import Draft, Reader, ReadOptions, Source
from index.readers.content import open_content
from index.readers.decoding import decode
from index.readers.sniffing import Format, sniff_format

__all__ = ["READERS", "read_source"]

logger = logging.getLogger(__name__)

# Imported when a file of the format comes up: the libraries behind web pages alone take half a second.
READERS = {
    Format.TEXT: "index.readers.formats.plain_text:read_plain_text",
    Format.MARKDOWN: "index.readers.formats.markdown:read_markdown",
    Format.HTML: "index.readers.formats.web_page:read_web_page",
    Format.JSON: "index.readers.formats.json_rows:read_json",
    Format.JSON_LINES: "index.readers.formats.json_rows:read_json_lines",
    Format.CSV: "index.readers.formats.csv_rows:read_csv",
    Format.PDF: "index.readers.formats.pdf:read_pdf",
    Format.MESSAGE: "index.readers.formats.mail:read_message",
    Format.MBOX: "index.readers.formats.mail:read_mbox",
}


def read_source(source: Source, options: ReadOptions | None = None) -> Iterator[Article | Failure]:
    """Yield the articles of `source` in order, and a `Failure` for each one that cannot be read.

    The format is detected from content and suffix; gzip data is unpacked. Articles of a file with many have the locator
    `locator#id` when their row has an id of its own (so that they keep it when rows are added), else `locator#row`,
    rows counted from 1. A `Failure` has `locator#row`, or `locator` when the rest of the file cannot be read. Never
    raises because of the content of a file; `DiskFullError` when there is no space for temporary files.
    """
    try:
        yield from _read(source, options or ReadOptions())
    except ReadError as error:
        yield Failure(source.locator, error.reason, str(error), error.hint)
    except OSError as error:
        if is_disk_full(error):
            # Not of this file: a library could not write a temporary one, and will not for the next file either.
            raise DiskFullError(
                f"A temporary file in {gettempdir()} cannot be written: {error.strerror}. Free some space and run the "
                "same command again; what was committed is kept."
            ) from error
        yield Failure(source.locator, "unreadable", error.strerror or str(error), "Check the file and its permissions.")
    except Exception as error:  # The outermost edge: one broken file must not end a run over a million.
        logger.exception("reader failed on %s", source.locator)
        message = f"{type(error).__name__}: {error}"[:300]
        yield Failure(source.locator, "reader-error", message, "Please report this, with the file if you can.")


def _read(source: Source, options: ReadOptions) -> Iterator[Article | Failure]:
    if options.encoding is not None:
        decode(b"", encoding=options.encoding)  # An encoding that does not exist is reported before anything is read.
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
