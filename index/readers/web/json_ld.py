"""JSON-LD of a page: the node that describes its own article, and no other's."""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from index.readers.web.parsing import Element
from index.readers.web.wording import fold, share_of_words

__all__ = ["LinkedData", "Node", "read_linked_data", "string_of"]

Node = Mapping[str, object]

_ARTICLE = re.compile(r"(?:\w*Article|\w*BlogPosting|Report|\w*Review|\w*NewsItem|PressRelease|\w+Posting|Question)")
_PAGE = re.compile(r"\w*Page|CreativeWork|VideoObject|AudioObject|PodcastEpisode|Recipe|Book|Dataset|Thesis")
_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")
_BROKEN_DATE = re.compile(r"\"datePublished\"\s*:\s*\"([^\"\\]{4,60})\"")
# The share of words that the headline of a node must have in common with a title of the page; the greater one for a
# node that names another address.
_LEAST_SHARE, _LEAST_SHARE_ELSEWHERE = 0.34, 0.7
_MOST_NODES = 1000
_DEEPER = ("@graph", "mainEntity", "mainEntityOfPage")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """JSON-LD of a page.

    `article` describes the page's own article, empty without one; `pages` are nodes about the page as a whole. `broken`
    are dates of publication in JSON-LD that cannot be parsed. `sites` are the names of the site. `author` and
    `publisher` are those of the article.
    """

    article: Node
    pages: Sequence[Node]
    broken: Sequence[str]
    sites: Sequence[str]
    author: str | None = None
    publisher: str | None = None


def read_linked_data(tree: Element, *, titles: Sequence[str], address: str | None) -> LinkedData:
    """Read the JSON-LD of a page with the given titles (from elsewhere in it) and address."""
    nodes: list[Node] = []
    broken: list[str] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]/text()"):
        value = _parse(script)
        if value is None:
            broken += dict.fromkeys(_BROKEN_DATE.findall(script))
        else:
            nodes += _nodes(value)
    articles = [node for node in nodes if _is(node, _ARTICLE)]
    pages = [node for node in nodes if _is(node, _PAGE)]
    sites = [name for node in nodes if _is_site(node) and (name := string_of(node.get("name")))]
    own = _own(articles, titles, address)
    named = {key: node for node in nodes if (key := string_of(node.get("@id"))) and "name" in node}
    return LinkedData(
        own,
        [page for page in pages if _agreement(page, titles, address) >= 0],
        broken,
        sites,
        author=_name(own.get("author"), named) or _name(own.get("creator"), named),
        publisher=_name(own.get("publisher"), named),
    )


def _name(value: object, named: Mapping[str, Node]) -> str | None:
    """Return the name of a person or organization: a string, an object, a reference to one, or several of them."""
    if isinstance(value, list):
        names = [name for item in cast("list[object]", value)[:20] if (name := _name(item, named))]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, Mapping):
        node = cast("Node", value)
        if "name" not in node:
            node = named.get(string_of(node.get("@id")) or "", node)
        return string_of(node.get("name"))
    return string_of(value)


def string_of(value: object) -> str | None:
    """Return a string without surrounding whitespace; None for anything else and for an empty one."""
    return value.strip() or None if isinstance(value, str) else None


def _parse(script: str) -> object:
    for text in (script, _WRAPPING.sub("", script).strip().rstrip(";")):
        try:
            return cast("object", json.loads(text, strict=False))
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object) -> Iterator[Node]:
    """Yield the objects that stand for the page or a part of it, outer ones first; not those that they cite."""
    queue = deque([value])
    for _ in range(_MOST_NODES):
        if not queue:
            return
        node = queue.popleft()
        if isinstance(node, list):
            queue.extend(cast("list[object]", node)[:_MOST_NODES])
        elif isinstance(node, Mapping):
            fields = cast("Node", node)
            yield fields
            queue.extend(fields[name] for name in _DEEPER if name in fields)


def _is(node: Node, kind: re.Pattern[str]) -> bool:
    return any(kind.fullmatch(name) is not None for name in _types(node))


def _is_site(node: Node) -> bool:
    return not {"WebSite", "Organization", "NewsMediaOrganization"}.isdisjoint(_types(node))


def _types(node: Node) -> Sequence[str]:
    types = node.get("@type")
    names = cast("list[object]", types) if isinstance(types, list) else [types]
    return [name.rpartition("/")[2] for name in names[:10] if isinstance(name, str)]


def _own(articles: Sequence[Node], titles: Sequence[str], address: str | None) -> Node:
    """Return the node of the page's own article: the first of those that agree best with its title and address."""
    ranked = sorted(articles[:200], key=lambda node: -_agreement(node, titles, address))
    if not ranked or _agreement(ranked[0], titles, address) < 0:
        return {}
    return ranked[0]


def _agreement(node: Node, titles: Sequence[str], address: str | None) -> float:
    """Return how far a node is about the page: 2 by its address, up to 1 by its title, below 0 when it is not."""
    addresses = [found for name in ("url", "@id", "mainEntityOfPage") if (found := _address(node.get(name)))]
    if address is not None and any(_same_address(address, found) for found in addresses):
        return 2.0
    headline = string_of(node.get("headline")) or string_of(node.get("name"))
    if headline is None or not titles:
        return 0.0
    share = max(share_of_words(headline, title) for title in titles)
    least = _LEAST_SHARE_ELSEWHERE if addresses and address is not None else _LEAST_SHARE
    if share >= least or any(fold(headline) in fold(title) for title in titles):
        return max(share, 0.5)
    return -1.0


def _address(value: object) -> str | None:
    if isinstance(value, Mapping):
        node = cast("Node", value)
        return string_of(node.get("@id")) or string_of(node.get("url"))
    return string_of(value)


def _same_address(one: str, other: str) -> bool:
    return _bare_address(one) == _bare_address(other)


def _bare_address(address: str) -> str:
    bare = re.sub(r"^https?://(?:www\.|m\.|amp\.)?", "", address.strip().lower()[:2000])
    return bare.partition("#")[0].partition("?")[0].rstrip("/")
