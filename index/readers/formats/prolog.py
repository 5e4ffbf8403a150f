"""The beginning of an XML file: its pattern, the encoding that it states, and entities that XML does not know."""

import re
from html.entities import html5
from typing import Final

from index.readers.base import ReadOptions
from index.readers.content.decoding import normalize_text
from index.readers.content.source_bytes import Content

__all__ = ["PROLOG", "decode_xml"]

PROLOG: Final = (
    r"(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*|<\?[^>]*>\s*|<!DOCTYPE\s[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*"
)
"""Pattern of all that may stand before the first element; needs `re.DOTALL`."""

_DECLARATION = re.compile(r"<\?xml[^>]*\?>", re.IGNORECASE)
_STATED_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})[\"']", re.IGNORECASE)
# Entities of HTML that XML does not know; feeds are full of them.
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))


def decode_xml(content: Content, options: ReadOptions) -> str:
    """Return the text of an XML file, without its declaration, whose encoding it no longer has."""
    data = content.read_all()
    stated = _STATED_ENCODING.search(data, 0, 1024)
    text = normalize_text(content.decode(data, options, declared=stated[1].decode("ascii") if stated else None))
    return _ENTITY.sub(_character, _DECLARATION.sub("", text, count=1).lstrip())


def _character(match: re.Match[str]) -> str:
    return match[0] if match[1] in _XML_ENTITIES else html5.get(f"{match[1]};", match[0])
