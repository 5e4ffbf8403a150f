"""Read one entry of a feed, in the words of RSS, Atom, RDF and their common extensions."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from index.errors import ReadError
from index.readers.article.publication import parse_stated_date
from index.readers.base import Draft
from index.readers.formats.markup_text import looks_like_markup, markup_to_text
from index.readers.formats.safe_xml import Node, is_element, local_name, namespace

__all__ = ["FeedFacts", "attribute_of_xml", "entry_draft", "link_address", "plain_text"]

_XML: Final = "http://www.w3.org/XML/1998/namespace"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# Elements of these namespaces mean the same in all feeds; others count when they are of the entry's own.
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
}
_BODIES = ("content:encoded", "content", "body", "description", "summary", "dc:description", "tagline")
_TITLES = ("title", "dc:title")
_LINKS = ("feedburner:origLink", "link", "guid", "about")
_AUTHORS = ("author", "dc:creator", "dc:author")
# In the order in which they are trusted: the last ones are those of the latest change.
_DATES = (
    *("pubDate", "published", "issued", "dc:date", "dc:issued", "created", "dc:created", "date"),
    *("updated", "modified", "dc:modified"),
)
_ESCAPED = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]+);", re.IGNORECASE)
_MAIL_AUTHOR = re.compile(r"\S+@\S+\s*\((.+)\)")
_LONGEST_ID = 200


@dataclass(slots=True)
class FeedFacts:
    """Facts that a feed states once for all its entries, "" when it does not."""

    title: str = ""
    language: str = ""
    link: str = ""
    base: str = ""


def entry_draft(entry: Node, feed: FeedFacts, *, number: int) -> Draft:
    """Build the draft of entry `number`. Raises `ReadError` ("no-text") for an entry without any text."""
    found: dict[str, Node] = {}
    for name, child in _named_children(entry):
        # Of several links, the first that is the address of the entry.
        if child is not None and (name != "link" or link_address(child)):
            found.setdefault(name, child)
    title = " ".join(_first_text(found, _TITLES).split())
    body = _first_text(found, _BODIES) or title
    if not body:
        raise ReadError("an entry without text", reason="no-text", hint="Leave the feed out with .searchignore.")
    address = _address(entry, found, feed)
    date_name, published = next(
        ((name, date) for name in _DATES if name in found and (date := parse_stated_date(plain_text(found[name])))),
        ("", None),
    )
    return Draft(
        body,
        title=title or None,
        row=number,
        row_id=_row_id(plain_text(found["id"] if "id" in found else found.get("guid")) or address or ""),
        source=_source(found.get("source")) or feed.title or None,
        byline=_author(found) or None,
        language=plain_text(found.get("dc:language")) or attribute_of_xml(entry, "lang") or feed.language or None,
        url=address,
        published=published,
        published_origin=f"feed {date_name}" if published is not None else None,
    )


def plain_text(node: Node | None) -> str:
    """Return the text of an element on one line, "" for None."""
    return " ".join(_inner_text(node).split()) if node is not None else ""


def link_address(node: Node) -> str:
    """Return the address that a link leads to, "" when it is not that of the page: of comments, or of the feed."""
    if (node.get("rel") or "alternate") != "alternate":
        return ""
    return (node.get("href") or plain_text(node)).strip()


def attribute_of_xml(node: Node, name: str) -> str:
    """Return `xml:lang` or `xml:base` of an element, "" without it."""
    return (node.get(f"{{{_XML}}}{name}") or "").strip()


def _named_children(entry: Node) -> Iterator[tuple[str, Node]]:
    """Yield the children of an entry with the names of the tables above."""
    own = namespace(entry)
    for child in entry:
        if not is_element(child):
            continue
        space, name = namespace(child), local_name(child)
        if space in _PREFIXES:
            yield _PREFIXES[space] + name, child
        elif space == own or (name in ("body", "div") and space.endswith("/xhtml")):
            yield name, child


def _first_text(found: dict[str, Node], names: tuple[str, ...]) -> str:
    """Return the text of the first of the elements that has any."""
    return next((text for name in names if name in found and (text := _text(found[name]))), "")


def _text(node: Node) -> str:
    """Return the text of an element without markup, whether that is escaped, in a CDATA section or XML."""
    kind = (node.get("type") or "").lower()
    if node.get("src") or ("/" in kind and not kind.startswith("text/") and "xhtml" not in kind):
        return ""  # A picture or a recording.
    if any(map(is_element, node)):
        return markup_to_text(etree.tostring(node, encoding="unicode", with_tail=False))
    text = _inner_text(node).strip()
    is_plain = kind in ("text", "text/plain") or ("atom" in namespace(node).lower() and not kind)
    if looks_like_markup(text) or (not is_plain and "<" in text):
        return markup_to_text(text)
    return text if is_plain or _ESCAPED.search(text) is None else html.unescape(text)


def _inner_text(node: Node) -> str:
    """Return all text in an element; references to unknown entities stay as they are written."""
    return (node.text or "") + "".join((child.text or "") + (child.tail or "") for child in node)


def _address(entry: Node, found: dict[str, Node], feed: FeedFacts) -> str | None:
    guid = found.get("guid")
    candidates = {
        "feedburner:origLink": plain_text(found.get("feedburner:origLink")),
        "link": link_address(found["link"]) if "link" in found else "",
        "guid": plain_text(guid) if guid is not None and guid.get("isPermaLink") != "false" else "",
        "about": entry.get(f"{{{_RDF}}}about") or "",
    }
    base = attribute_of_xml(entry, "base") or feed.base or feed.link
    for name in _LINKS:
        try:
            address = urljoin(base, candidates[name]) if candidates[name] else ""
        except ValueError:
            continue
        if address.startswith(("http://", "https://")):
            return address
    return None


def _author(found: dict[str, Node]) -> str:
    for name in _AUTHORS:
        if name in found:
            inner = next((child for child in found[name] if local_name(child) == "name"), None)
            text = plain_text(inner if inner is not None else found[name])
            mail = _MAIL_AUTHOR.fullmatch(text)
            if text:
                return mail[1] if mail else text
    return ""


def _source(node: Node | None) -> str:
    """Return the publisher of an entry that was taken over from another feed."""
    if node is None:
        return ""
    title = next((child for child in node if local_name(child) == "title"), None)
    return plain_text(title) if title is not None else (node.text or "").strip()


def _row_id(text: str) -> str:
    return text if len(text) <= _LONGEST_ID and text.isprintable() else ""
