"""Read web pages: the story without the page around it. No network access, whatever the page links to."""

import re
from collections.abc import Iterator

import lxml.html
import trafilatura
from lxml.etree import ParserError
from trafilatura.settings import Document

from index.errors import ReadError
from index.model import DateInterval
from index.readers.article.publication import parse_stated_date
from index.readers.base import Draft, ReadOptions
from index.readers.content import Content
from index.readers.decoding import decode, normalize_text
from index.readers.formats.markup_text import markup_to_text
from index.readers.formats.web_metadata import read_web_metadata

__all__ = ["read_page", "read_web_page"]

_DECLARATION = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I
)
_DATE_SEARCH = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}


def read_web_page(content: Content, options: ReadOptions) -> Iterator[Draft]:
    """Yield one draft: title, story, source, author and date of the page, with the origin of the date.

    When the story cannot be separated from the page, the draft has all of its text. Raises `ReadError` ("empty") for a
    page without visible text.
    """
    yield read_page(content.read_all(), encoding=options.encoding)


def read_page(data: bytes, *, encoding: str | None = None, address: str | None = None) -> Draft:
    """Return the draft of one page: for web archives, feeds and mail, which hold pages too.

    `address` is the URL that the page was fetched from, where it is known; a canonical address in the page comes first.
    Raises as `read_web_page` does.
    """
    declared = _DECLARATION.search(data, 0, 4096)
    text = normalize_text(
        decode(data, encoding=encoding, declared=declared[1].decode("ascii") if declared else None)
    )
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode(), parser=parser)
    except ParserError as error:
        raise ReadError("the page shows no text", reason="empty") from error
    metadata = read_web_metadata(tree, address=address)
    found = trafilatura.bare_extraction(
        text, include_comments=False, with_metadata=True, date_extraction_params=_DATE_SEARCH, deduplicate=False
    )
    story = found if isinstance(found, Document) else Document()
    published, origin = metadata.published, metadata.published_origin
    if published is None:
        published, origin = _guessed_date(story.date)
    return Draft(
        story.text or markup_to_text(text),
        title=metadata.title or story.title,
        source=metadata.source or story.sitename,
        byline=metadata.byline or story.author,
        language=metadata.language,
        url=metadata.url or story.url or address,
        published=published,
        published_origin=origin,
    )


def _guessed_date(text: str | None) -> tuple[DateInterval | None, str | None]:
    published = parse_stated_date(text)
    return published, "markup of the page" if published is not None else None
