"""Read RSS, Atom and RDF feeds: one article for each entry.

(Own code, not the library feedparser: a file of 560 KB with many unclosed comments takes it 19 seconds, growing with
the square, and it holds the whole feed in memory.)
"""

import io
import re
from collections.abc import Iterator

from index.errors import ReadError
from index.model import Failure, Notice
from index.readers.base import Draft, ReadOptions
from index.readers.content.source_bytes import Content
from index.readers.formats.feeds.entry import FeedFacts, attribute_of_xml, entry_draft, link_address, plain_text
from index.readers.formats.prolog import decode_xml
from index.readers.formats.safe_xml import Node, local_name, namespace, parse_events

__all__ = ["read_feed"]

_ENTRIES = ("item", "entry")
_FEEDS = ("rss", "RDF", "channel", "feed")
# Tags of HTML without an end, in feeds that do not escape their HTML.
_VOID_TAG = re.compile(r"<(br|hr|wbr|img)\b[^<>]{0,1000}>", re.IGNORECASE)


def read_feed(content: Content, options: ReadOptions) -> Iterator[Draft | Failure | Notice]:
    """Yield a draft for each entry, numbered from 1: its full text where the feed has it, else its summary or title.

    Faults of the XML are passed over. An entry in which the file is cut off is a `Failure`.
    """
    text = _VOID_TAG.sub(r"<\1/>", decode_xml(content, options))
    is_cut = _is_cut(text)
    held: Draft | Failure | None = None
    for item in _entries(io.BytesIO(text.encode("utf-8")), content.locator):
        if held is not None:
            yield held
        held = item
    if held is not None and is_cut:
        number = held.row if isinstance(held, Draft) else held.locator.rpartition("#")[2]
        locator = f"{content.locator}#{number}"
        held = Failure(locator, "damaged", "the feed is cut off in this entry", "Fetch it again.")
    if held is not None:
        yield held


def _entries(stream: io.BytesIO, locator: str) -> Iterator[Draft | Failure]:
    facts = FeedFacts()
    path: list[Node] = []
    number = 0
    for event, node in parse_events(stream, is_lenient=True):
        name = local_name(node)
        if event == "start":
            path.append(node)
            if name in _FEEDS:
                facts.language = facts.language or attribute_of_xml(node, "lang")
                facts.base = attribute_of_xml(node, "base") or facts.base
            continue
        path.pop()
        outer = next((node for node in path if local_name(node) in _ENTRIES), None)
        # One inside another follows one that was never closed.
        if name in _ENTRIES and (outer is None or node.tag == outer.tag):
            number += 1
            try:
                yield entry_draft(node, facts, number=number)
            except ReadError as error:
                yield Failure(f"{locator}#{number}", error.reason, str(error), error.hint)
            node.clear()
        elif path and local_name(path[-1]) in _FEEDS and outer is None:
            _note(node, path[-1], facts)


def _note(node: Node, feed: Node, facts: FeedFacts) -> None:
    """Note what a feed says about all its entries."""
    name = local_name(node)
    if name == "language":
        facts.language = plain_text(node)
    elif namespace(node) != namespace(feed):
        return
    elif name == "title":
        facts.title = facts.title or plain_text(node)
    elif name == "link":
        facts.link = facts.link or link_address(node)


def _is_cut(text: str) -> bool:
    """True when the last entry has no end."""
    last_start = max(text.rfind(f"<{name}") for name in _ENTRIES)
    return last_start > max(text.rfind(f"</{name}") for name in _ENTRIES)
