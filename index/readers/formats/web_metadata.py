"""Read the metadata of a web page: JSON-LD, Open Graph and the many names of `<meta>`; each date with its origin."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from index.model import DateInterval
from index.readers.article.publication import parse_stated_date

__all__ = ["Element", "WebMetadata", "read_web_metadata"]

_ARTICLE_TYPES = re.compile(r"(?:\w*Article|\w*BlogPosting|Report|Review|\w*NewsItem|PressRelease)")
_DATE_NAMES = (
    *("article:published_time", "article:published", "og:article:published_time", "og:published_time", "og:pubdate"),
    *("datepublished", "date.published", "pubdate", "publishdate", "publish_date", "publish-date", "publication_date"),
    *("publication-date", "published", "published_time", "published-date", "published_at", "parsely-pub-date"),
    *("sailthru.date", "cxenseparse:recs:publishtime", "article_date_original", "originalpublicationdate"),
    *("citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date"),
    *("dcterms.date", "dc.date.created", "displaydate", "rnews:datepublished", "article.published", "ptime", "date"),
)
_TITLE_NAMES = ("og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title", "citation_title", "title")
_SOURCE_NAMES = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "citation_journal_title")
_BYLINE_NAMES = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "byline")
_ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=[/_-])")
_TITLE_SEPARATOR = re.compile(r"\s+[|–—»·:•-]+\s+")
_MOST_NODES = 1000


class Element(Protocol):
    """The part of lxml's element interface that is used here (lxml has no types of its own)."""

    def xpath(self, path: str) -> Sequence[str]:
        """Return the strings that an XPath expression selects."""
        ...


@dataclass(frozen=True, slots=True)
class WebMetadata:
    """Metadata found in a page, None for missing values; a date always comes with its origin."""

    title: str | None = None
    source: str | None = None
    byline: str | None = None
    language: str | None = None
    url: str | None = None
    published: DateInterval | None = None
    published_origin: str | None = None


def read_web_metadata(tree: Element, *, address: str | None = None) -> WebMetadata:
    """Read the metadata of a parsed page. JSON-LD counts more than `<meta>`, and that more than markup in the text.

    `address` is the URL that the page was fetched from, where it is known.
    """
    nodes = list(_json_ld(tree))
    article = next((node for node in nodes if _is_article(node)), {})
    metas = _metas(tree)
    url = _first(tree.xpath("//link[@rel='canonical']/@href")) or metas.get("og:url")
    published, origin = _published(tree, nodes, article, metas, url or address)
    source = _name(article.get("publisher")) or _first_of(metas, _SOURCE_NAMES)
    headings = [" ".join(text.split()) for text in tree.xpath("//h1/text()[normalize-space()]")]
    title = _string(article.get("headline")) or _first_of(metas, _TITLE_NAMES) or _first(tree.xpath("//title/text()"))
    byline = _name(article.get("author")) or _first_of(metas, _BYLINE_NAMES)
    return WebMetadata(
        title=_bare_title(title, headings, source),
        source=source,
        byline=byline if byline is not None and "://" not in byline else None,
        language=_string(article.get("inLanguage")) or _first(tree.xpath("/html/@lang")) or metas.get("og:locale"),
        url=url if url is not None and url.startswith(("http://", "https://")) else None,
        published=published,
        published_origin=origin,
    )


def _published(
    tree: Element,
    nodes: Sequence[Mapping[str, object]],
    article: Mapping[str, object],
    metas: Mapping[str, str],
    url: str | None,
) -> tuple[DateInterval | None, str | None]:
    candidates: list[tuple[object, str]] = [(article.get("datePublished"), "json-ld datePublished")]
    candidates += [(metas.get(name), f"meta {name}") for name in _DATE_NAMES[:1]]
    candidates += [(node.get("datePublished"), "json-ld datePublished") for node in nodes]
    for attribute in ("@content", "@datetime", "text()"):
        for value in tree.xpath(f"//*[@itemprop='datePublished']/{attribute}"):
            candidates.append((value, "itemprop datePublished"))
    candidates += [(metas.get(name), f"meta {name}") for name in _DATE_NAMES[1:]]
    marked = "@pubdate or contains(@class, 'publish') or contains(@class, 'entry-date') or contains(@class, 'posted')"
    candidates += [(value, "time element") for value in tree.xpath(f"//time[{marked}]/@datetime")]
    alone = set(tree.xpath("//article//time/@datetime"))
    candidates += [(value, "time element") for value in alone if len(alone) == 1]
    if match := _ADDRESS_DATE.search(url or ""):
        candidates.append(("-".join(match.groups()), "address of the page"))
    for candidate, origin in candidates:
        published = parse_stated_date(candidate)
        if published is not None:
            return published, origin
    return None, None


def _json_ld(tree: Element) -> Iterator[Mapping[str, object]]:
    """Return all objects in the JSON-LD of a page, outer ones first."""
    queue: list[object] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]/text()"):
        try:
            queue.append(json.loads(script, strict=False))
        except (ValueError, RecursionError):
            continue
    for _ in range(_MOST_NODES):
        if not queue:
            return
        node = queue.pop(0)
        if isinstance(node, list):
            queue.extend(cast("list[object]", node))
        elif isinstance(node, Mapping):
            fields = cast("Mapping[str, object]", node)
            yield fields
            queue.extend(fields[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in fields)


def _is_article(node: Mapping[str, object]) -> bool:
    types = node.get("@type")
    names = cast("list[object]", types) if isinstance(types, list) else [types]
    return any(isinstance(name, str) and _ARTICLE_TYPES.fullmatch(name) is not None for name in names)


def _metas(tree: Element) -> dict[str, str]:
    """Return the `<meta>` values of a page by name in lower case; of equal names the first with a value."""
    found: dict[str, str] = {}
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        names = tree.xpath(f"//meta[@{attribute} and @content]/@{attribute}")
        values = tree.xpath(f"//meta[@{attribute} and @content]/@content")
        for name, value in zip(names, values, strict=True):
            if value.strip():
                found.setdefault(name.strip().lower(), " ".join(value.split()))
    return found


def _bare_title(title: str | None, headings: Sequence[str], source: str | None) -> str | None:
    """Return a title without the name of the site that many pages put before or after it."""
    if not title:
        return headings[0] if len(headings) == 1 else None
    title = " ".join(title.split())
    for heading in headings:
        if len(heading) > 10 and heading in title:
            return heading
    parts = _TITLE_SEPARATOR.split(title)
    site = (source or "").casefold()
    if len(parts) > 1 and parts[-1].casefold() == site:
        return title[: title.rindex(parts[-1])].rstrip(" |–—»·:•-")
    if len(parts) > 1 and parts[0].casefold() == site:
        return title[len(parts[0]) :].lstrip(" |–—»·:•-")
    return title


def _name(value: object) -> str | None:
    """Return the name of a person or organization in JSON-LD: a string, an object, or several of them."""
    if isinstance(value, list):
        names = [name for item in cast("list[object]", value)[:20] if (name := _name(item))]
        return ", ".join(names) or None
    return _string(cast("Mapping[str, object]", value).get("name")) if isinstance(value, Mapping) else _string(value)


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _first(values: Sequence[str]) -> str | None:
    return next((value.strip() for value in values if value.strip()), None)


def _first_of(metas: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)
