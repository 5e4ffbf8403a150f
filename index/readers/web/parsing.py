"""Parse web pages in time proportional to their size."""

import re
from typing import Any, cast

import lxml.html
from lxml.etree import ParserError

from index.errors import ReadError

__all__ = ["TOO_DEEP", "Element", "parse_page"]

TOO_DEEP = "too-deep"
"""The reason of the error for a page whose elements lie in each other too deep."""
# lxml has no types of its own.
Element = Any

# The parser compares each attribute of a tag with all before it. No tag in 300 news pages has more than 60.
_MOST_ATTRIBUTES = 1000
_LONG_TAG = 4 * _MOST_ATTRIBUTES
_ATTRIBUTE = r"[\s/]*+(?!>)[^\s>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]*+))?+"
_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE})*+")
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_NAME = re.compile(r"<[a-zA-Z][^\s/>]*+")
_FRAMESET = re.compile(r"<frameset[\s>]", re.IGNORECASE)
# What a page of frames shows without them is text for the parser, not elements.
_TAG_OF_FRAMES = re.compile(r"</?(?:frameset|frame|noframes)\b[^<>]{0,2000}>", re.IGNORECASE)
_DEPTH_ERROR = "Excessive depth"


def parse_page(text: str) -> Element:
    """Return the tree of a page, without comments; of a page of frames, what it shows without them.

    Of a tag with more than 1,000 attributes the first 1,000 count. Raises `ReadError`: "empty" for a page without
    elements, "too-deep" for one whose elements lie in each other more than 2,000 deep, of which the parser would lose
    the rest.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    if _FRAMESET.search(text) is not None:
        text = _TAG_OF_FRAMES.sub("", text)
    try:
        tree = lxml.html.document_fromstring(_without_surplus(text).encode("utf-8", "replace"), parser=parser)
    except ParserError as error:
        raise ReadError("the page shows no text", reason="empty", hint="Leave it out with .searchignore.") from error
    if any(_DEPTH_ERROR in cast("str", entry.message) for entry in parser.error_log):
        raise ReadError(
            "the elements of the page lie in each other more than 2,000 deep",
            reason=TOO_DEEP,
            hint="No browser writes such a page. Save its text if you need it.",
        )
    return tree


def _without_surplus(text: str) -> str:
    """Return a page without the attributes of a tag after the first 1,000."""
    pieces: list[str] = []
    end = 0
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() < _LONG_TAG:
            continue
        name = _NAME.match(text, tag.start())
        place = name.end() if name is not None else tag.end()
        for _ in range(_MOST_ATTRIBUTES):
            attribute = _ONE_ATTRIBUTE.match(text, place, tag.end())
            if attribute is None:
                break
            place = attribute.end()
        else:
            pieces.append(text[end:place])
            end = tag.end()
    return "".join((*pieces, text[end:])) if pieces else text
