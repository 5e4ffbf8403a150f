"""Read news as agencies and archives exchange it: NITF, NewsML-G2, NewsML 1 and the files of Reuters' RCV1.

One article for each item, by the names that these formats give to headline, text, date, source and author; see
https://iptc.org/standards/ for the first three. Captions and other media are left out.
"""

import io
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from index.errors import ReadError
from index.model import SKIPPED, DateInterval, Failure, Notice
from index.readers.article.publication import parse_stated_date
from index.readers.base import Draft, ReadOptions
from index.readers.content.source_bytes import Content
from index.readers.formats.markup_text import looks_like_markup, markup_to_text
from index.readers.formats.prolog import decode_xml
from index.readers.formats.safe_xml import Node, is_element, local_name, parse_events, walk
from index.readers.web.page_text import BLOCKS, NOT_SHOWN

__all__ = ["read_news_xml"]

_ITEMS = ("newsItem", "NewsItem", "newsitem", "nitf")
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_XML: Final = "{http://www.w3.org/XML/1998/namespace}lang"

# Names of elements, those that are trusted most first. "name@attribute" is the value of an attribute.
_TITLES = ("hl1", "headline", "HeadLine", "hedline", "title")
_DATES = (
    *("story.date@norm", "dc.date.published", "date.release@norm", "date.issue@norm", "pubdata@date.publication"),
    *("contentCreated", "firstCreated", "FirstCreated", "DateId", "newsitem@date", "versionCreated"),
    "ThisRevisionCreated",
)
_SOURCES = (
    *("pubdata@name", "infoSource@literal", "infoSource", "provider@literal", "provider", "Provider", "ProviderId"),
    *("dc.publisher", "distributor", "doc.copyright@holder", "creditline", "CreditLine", "copyrightHolder@literal"),
)
_BYLINES = ("byline", "ByLine", "by", "dc.creator")
_IDS = ("doc-id@id-string", "newsitem@itemid", "newsItem@guid", "PublicIdentifier", "NewsItemId")
_ADDRESSES = ("pubdata@ex-ref", "remoteContent@href")
_LANGUAGES = ("language@tag", "Language@FormalName")
_WANTED = frozenset((*_TITLES, *_DATES, *_SOURCES, *_BYLINES, *_IDS, *_ADDRESSES, *_LANGUAGES))
# What holds the text, and of several in one item: the New York Times repeats the beginning in a block of its own.
_CONTENT = ("body.content", "inlineXML", "inlineData", "DataContent", "text")
_FULL: Final = "full_text"
_LEFT_OUT = NOT_SHOWN | {"media", "figure", "nitf-table-metadata", "tagline"}
_PARAGRAPHS = BLOCKS | {"block", "hl2", "bq", "nitf-table", "fn"}
_BY = re.compile(r"(?:by|von|par|por|di|door)\s+", re.IGNORECASE)
_LONGEST_ID = 200
# No statement is longer, or in more pieces.
_LONGEST_STATEMENT = 2_000
_MOST_PIECES = 50


def read_news_xml(content: Content, options: ReadOptions) -> Iterator[Draft | Failure | Notice]:
    """Yield a draft for each item of news, numbered from 1 unless the file is one, and a `Notice` for the others.

    An item without text is its headline; one with neither, of a picture for example, is no article. Raises `ReadError`,
    also for a file that is one of these.
    """
    # The type names a file that is not to be fetched.
    text = _DOCTYPE.sub("", decode_xml(content, options), count=1)
    number = left_out = 0
    path: list[Node] = []
    for event, node in parse_events(io.BytesIO(text.encode("utf-8"))):
        if event == "start":
            path.append(node)
            continue
        path.pop()
        if local_name(node) not in _ITEMS or any(local_name(outer) in _ITEMS for outer in path):
            continue
        number += 1
        draft = _draft(node, number if path else 0)
        if draft is None:
            left_out += 1
        else:
            yield draft
        node.clear()
    if left_out and left_out == number == 1:
        hint = "Leave it out with .searchignore."
        raise ReadError("an item of news without text", reason="no-text", hint=hint)
    if left_out:
        yield Notice(content.locator, SKIPPED, "items of news without text")


def _draft(item: Node, row: int) -> Draft | None:
    found = _found(item)
    title = _first(found, _TITLES)
    body = _body(item) or title
    if not body:
        return None
    published, origin = _published(found)
    byline = _first(found, _BYLINES)
    row_id = _first(found, _IDS)
    address = _first(found, _ADDRESSES)
    return Draft(
        body,
        title=title or None,
        row=row,
        row_id=row_id if row and len(row_id) <= _LONGEST_ID and row_id.isprintable() else "",
        source=_first(found, _SOURCES) or None,
        byline=_BY.sub("", byline, count=1) if byline else None,
        language=_language(item, found),
        url=address if address.startswith(("http://", "https://")) else None,
        published=published,
        published_origin=origin,
    )


def _found(item: Node) -> Mapping[str, str]:
    """Return the first value of each element and attribute by the names of the tables above."""
    found: dict[str, str] = {}
    inside = 0
    for event, node in walk(item):
        name = local_name(node)
        # What a text says is no statement about it.
        if name in _CONTENT:
            inside += 1 if event == "start" else -1
        if event == "end" or inside:
            continue
        for attribute, value in node.items():
            _note(found, f"{name}@{attribute.rpartition('}')[2]}", value)
        if name == "dc":
            _note(found, node.get("element") or "", node.get("value") or "")
        if name in _WANTED and name not in found:
            _note(found, name, "".join(islice(node.itertext(), _MOST_PIECES)))
    return found


def _note(found: dict[str, str], name: str, value: str) -> None:
    if name in _WANTED or name.endswith("@lang"):
        text = " ".join(value[:_LONGEST_STATEMENT].split())
        if text:
            found.setdefault(name, text)


def _first(found: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((found[name] for name in names if name in found), "")


def _published(found: Mapping[str, str]) -> tuple[DateInterval | None, str | None]:
    for name in _DATES:
        if name in found and (date := parse_stated_date(found[name])) is not None:
            return date, f"news {name}"
    return None, None


def _language(item: Node, found: Mapping[str, str]) -> str | None:
    stated = item.get(_XML) or _first(found, _LANGUAGES)
    return stated or next((value for name, value in found.items() if name.endswith("@lang")), None)


def _body(item: Node) -> str:
    """Return the text of an item, one paragraph for each block."""
    contents: list[Node] = []
    inside = 0
    for event, node in walk(item):
        if local_name(node) in _CONTENT:
            if event == "start" and not inside:
                contents.append(node)
            inside += 1 if event == "start" else -1
    parts = [_text(node) for content in contents for node in _full_blocks(content)]
    return "\n\n".join(part for part in parts if part)


def _full_blocks(content: Node) -> list[Node]:
    """Return the parts of a text that hold all of it."""
    full = [child for child in content if is_element(child) and child.get("class") == _FULL]
    return full or [content]


def _text(node: Node) -> str:
    """Return the text of an element; what is escaped in it is HTML."""
    if not any(map(is_element, node)):
        text = (node.text or "").strip()
        return markup_to_text(text) if looks_like_markup(text) else _paragraphs([text])
    pieces: list[str] = []
    hidden: Node | None = None
    for event, part in walk(node):
        name = local_name(part)
        if event == "start" and hidden is None and name in _LEFT_OUT:
            hidden = part
        if hidden is None and name in _PARAGRAPHS:
            pieces.append("\n")
        if event == "start" and hidden is None:
            pieces.append(" ".join((part.text or "").split("\n")))
        elif event == "end":
            hidden = None if part is hidden else hidden
            if hidden is None and part is not node:
                pieces.append(" ".join((part.tail or "").split("\n")))
    return _paragraphs(pieces)


def _paragraphs(pieces: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n\n".join(line for line in lines if line)
