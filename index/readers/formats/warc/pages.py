"""Read web archives (WARC, ARC): one article for each page or text that was fetched."""

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from index.errors import ReadError
from index.model import SKIPPED, Failure, Notice
from index.readers.article.publication import parse_stated_date
from index.readers.base import Draft, ReadOptions
from index.readers.content.decoding import is_binary
from index.readers.content.source_bytes import SAMPLE_BYTES, Content
from index.readers.formats.plain_text import read_plain_text
from index.readers.formats.warc.http_response import LONGEST_HEAD, parse_content_type, parse_head, unpack_body
from index.readers.formats.warc.records import WebRecord, read_records
from index.readers.formats.web_page import read_page
from index.readers.guarding import guarded

__all__ = ["read_warc"]

_OTHER = "files of other types in web archives"
_NO_PAGE = "redirects, errors and empty answers in web archives"
_REPEATED = "repeated captures in web archives"
_PAGES = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"
# Older crawlers write these for an answer that states no type.
_NO_TYPE = ("", "unk", "unknown", "no-type")
_KINDS = ("response", "resource", "conversion")
# Others are notes of the crawler: "metadata://", "dns:", "urn:pageinfo:".
_SCHEMES = ("http", "https", "ftp", "file")
_PAGE_START = re.compile(rb"\s*(?:<!--.{0,1000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.DOTALL)
# Sent as plain text by many servers.
_NO_TEXT_NAMES = re.compile(r".*(?:/robots\.txt|/ads\.txt|\.(?:css|m?js|json|map|xml|svg|csv|tsv|ics|vtt|srt))", re.I)
_NO_TEXT_START = re.compile(rb"\s*(?:[{\[]|<\?xml|<rss|<svg)", re.I)
_LONGEST_ID = 200


def read_warc(content: Content, options: ReadOptions) -> Iterator[Draft | Failure | Notice]:
    """Yield a draft for each page (HTML) and each plain text that a server gave; its address is that of the record.

    What a crawler fetches besides (pictures, redirects, errors, the same content of an address again) is skipped. The
    day of a capture is not the publication date; a page that states a later date is undated.
    """
    seen: set[int] = set()
    for record in read_records(content):
        if isinstance(record, Failure):
            yield record
        else:
            yield from guarded(_read(record, seen, content, options), f"{content.locator}#{record.number}")


def _read(
    record: WebRecord, seen: set[int], content: Content, options: ReadOptions
) -> Iterator[Draft | Failure | Notice]:
    if record.kind == "revisit":
        yield Notice(content.locator, SKIPPED, _REPEATED)
    elif record.kind in _KINDS:
        answer = _answer(record, content, options)
        if isinstance(answer, Notice):
            yield answer
            return
        key = hash((record.address, record.digest or hashlib.sha256(answer.body).digest()))
        if key in seen:
            yield Notice(content.locator, SKIPPED, _REPEATED)
            return
        seen.add(key)
        yield _finished(_draft(answer, record.address, content, options), record)


class _Answer:
    """A page or a text that was fetched."""

    __slots__ = ("body", "charset", "is_page")

    def __init__(self, body: bytes, *, is_page: bool, charset: str | None) -> None:
        self.body = body
        self.is_page = is_page
        self.charset = charset


def _answer(record: WebRecord, content: Content, options: ReadOptions) -> _Answer | Notice:
    """Read what a record holds. Raises `ReadError`: "bad-record", "damaged", "too-large", and as `unpack_body`."""
    if _scheme(record.address) not in _SCHEMES:
        return Notice(content.locator, SKIPPED, _OTHER)
    start = record.block.read(LONGEST_HEAD)
    head = parse_head(start) if record.kind == "response" else None
    if head is None and record.content_type.lower().startswith("application/http"):
        hint = "Fetch the page again."
        raise ReadError("an answer without the headers of a web server", reason="bad-record", hint=hint)
    if head is not None and head.status != 200:
        return Notice(content.locator, SKIPPED, _NO_PAGE)
    kind, charset = parse_content_type(record.content_type if head is None else head.content_type)
    if kind not in (*_PAGES, _TEXT, *_NO_TYPE):
        return Notice(content.locator, SKIPPED, _OTHER)
    most = options.max_bytes
    body = (start if head is None else start[head.length :]) + record.block.read(most + 1)
    if record.block.is_cut:
        raise ReadError("the file is cut off in this record", reason="damaged", hint="Fetch the file again.")
    if len(body) > most:
        raise ReadError(f"a page of more than {most:,} bytes", reason="too-large", hint="Allow larger files.")
    body = body if head is None else unpack_body(head, body, most=most)
    if not body.strip():
        return Notice(content.locator, SKIPPED, _NO_PAGE)
    is_page = kind in _PAGES or _PAGE_START.match(body) is not None
    is_text = kind == _TEXT and (record.kind == "conversion" or not _is_data(record.address, body))
    if is_binary(body[:SAMPLE_BYTES]) or not (is_page or is_text):
        return Notice(content.locator, SKIPPED, _OTHER)
    return _Answer(body, is_page=is_page, charset=charset)


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme
    except ValueError:
        return ""


def _is_data(address: str, body: bytes) -> bool:
    """True for what is sent as text and is none: scripts, data, rules for crawlers."""
    path = address.partition("?")[0].partition("#")[0]
    return _NO_TEXT_NAMES.fullmatch(path) is not None or _NO_TEXT_START.match(body) is not None


def _draft(answer: _Answer, address: str, content: Content, options: ReadOptions) -> Draft:
    """Read a page or text as if it were a file at `address`."""
    data = answer.body
    if answer.charset is not None and options.encoding is None:
        # As browsers do: the encoding that the server states counts more than the one in the page.
        data = content.decode(data, options, declared=answer.charset).encode("utf-8", errors="replace")
        options = replace(options, encoding="utf-8")
    stream: io.BufferedReader = io.BufferedReader(io.BytesIO(data))
    page = Content(stream, locator=content.locator, name="", max_bytes=max(len(data), options.max_bytes))
    draft = read_page(page, options, address=address) if answer.is_page else next(iter(read_plain_text(page, options)))
    content.guessed_encoding = page.guessed_encoding or content.guessed_encoding
    return draft


def _finished(draft: Draft, record: WebRecord) -> Draft:
    """Return the draft with its place in the archive and its address."""
    captured = parse_stated_date(record.captured)
    published = draft.published
    if published is not None and captured is not None and published.start is not None and captured.start is not None:
        # A day more, for other time zones. Such a date is of something that the page announces.
        published = published if published.start <= captured.start + timedelta(days=1) else None
    is_short = len(record.address) <= _LONGEST_ID and record.address.isprintable()
    return replace(
        draft,
        row=record.number,
        row_id=record.address if is_short else "",
        url=record.address,
        published=published,
        published_origin=draft.published_origin if published is not None else None,
    )
