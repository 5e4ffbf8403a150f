"""Read web pages: the story without the page around it. No network access, whatever the page links to."""

import re
from collections.abc import Iterator

from trafilatura.metadata import extract_author

from index.readers.base import Draft, ReadOptions
from index.readers.content.decoding import normalize_text
from index.readers.content.source_bytes import Content
from index.readers.web.addresses import address_of_file, date_in_file_name, saved_address
from index.readers.web.metadata import read_web_metadata
from index.readers.web.parsing import parse_page
from index.readers.web.story import read_story

__all__ = ["read_page", "read_web_page"]

_DECLARATION = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I
)


def read_web_page(content: Content, options: ReadOptions) -> Iterator[Draft]:
    """Yield one draft: title, story, source, author and date of the page, with the origin of the date.

    When the story cannot be separated from the page, the draft has all of its text. Raises `ReadError`: "empty" for a
    page without visible text, "too-deep" for one that the parser cannot hold.
    """
    yield read_page(content, options, address=address_of_file(content.locator), name=content.name)


def read_page(content: Content, options: ReadOptions, *, address: str | None = None, name: str = "") -> Draft:
    """Return the draft of one page: for web archives, which hold pages too.

    `address` is the URL that the page was fetched from, where it is known; a canonical address in the page comes first.
    `name` is the name of its file: a date that it begins with is one of publication. Raises as `read_web_page` does.
    """
    data = content.read_all()
    text = normalize_text(content.decode(data, options, declared=_declared(data)))
    tree = parse_page(text)
    metadata = read_web_metadata(
        tree, markup=text, address=address or saved_address(text), dated=date_in_file_name(name)
    )
    byline = metadata.byline or extract_author(tree)
    return Draft(
        read_story(tree),
        title=metadata.title,
        source=metadata.source,
        byline=byline,
        language=metadata.language,
        url=metadata.url,
        published=metadata.published,
        published_origin=metadata.published_origin,
    )


def _declared(data: bytes) -> str | None:
    declared = _DECLARATION.search(data, 0, 4096)
    return declared[1].decode("ascii") if declared else None
