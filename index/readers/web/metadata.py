"""Metadata of a web page: title, source, author, language, address and date of publication."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.model import DateInterval
from index.readers.article.language import normalize_language
from index.readers.article.whole_dates import NumberOrder, number_order
from index.readers.web.addresses import date_in_address, page_address
from index.readers.web.headline import SiteNames, choose_headline
from index.readers.web.json_ld import LinkedData, read_linked_data, string_of
from index.readers.web.lines import PageLines, RegionKind, read_lines
from index.readers.web.local_time import LocalTime
from index.readers.web.parsing import Element
from index.readers.web.publication import PageEvidence, find_publication
from index.readers.web.wording import clean

__all__ = ["WebMetadata", "read_web_metadata"]

_TITLE_NAMES = ("og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title", "citation_title", "title")
_SOURCE_NAMES = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "citation_journal_title")
_BYLINE_NAMES = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "byline")
# English is written with both orders, and pages of all countries say "en-US".
_DAY_FIRST_REGIONS = frozenset(("gb", "ie", "au", "nz", "in", "za", "pk", "ng", "ke", "sg", "mt"))
_LONGEST = 2000
_MOST_HEADINGS = 20


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


def read_web_metadata(
    tree: Element, *, markup: str, address: str | None = None, dated: DateInterval | None = None
) -> WebMetadata:
    """Read the metadata of a page, parsed and as text.

    `address` is the URL of the page where it is known, `dated` the day in the name of its file.
    """
    metas = _metas(tree)
    url = page_address(tree, metas, known=address)
    document_title = _first(["".join(title.itertext()) for title in tree.xpath("//title[not(ancestor::svg)]")[:1]])
    titles = [metas[name] for name in _TITLE_NAMES if name in metas]
    page = read_lines(tree)
    known = [*titles, *([document_title] if document_title else []), *_headings(page)]
    linked = read_linked_data(tree, titles=known, address=url)
    source = linked.publisher or _first([*(metas.get(name) for name in _SOURCE_NAMES), *linked.sites])
    sites = SiteNames.of(_site_names(linked, metas, titles), url)
    headline = choose_headline(
        page,
        stated=[*filter(None, [string_of(linked.article.get("headline"))]), *titles],
        document_title=document_title,
        sites=sites,
    )
    language = _language(tree, metas, linked)
    publication = find_publication(
        PageEvidence(
            linked,
            metas,
            page,
            headline.line,
            addressed=date_in_address(url) or date_in_address(address) or dated,
            pictured=date_in_address(metas.get("og:image")),
            language=normalize_language(language),
            order=_order(page, language),
            local_time=LocalTime.of(markup, url),
        )
    )
    byline = linked.author or _first([metas.get(name) for name in _BYLINE_NAMES])
    return WebMetadata(
        title=headline.text,
        source=clean(source) if source else None,
        byline=clean(byline) if byline is not None and "://" not in byline else None,
        language=language,
        url=url,
        published=publication.published if publication is not None else None,
        published_origin=publication.origin if publication is not None else None,
    )


def _metas(tree: Element) -> Mapping[str, str]:
    """Return the `<meta>` values of a page by name in lower case; of equal names the first with a value.

    Those with `itemprop` only from the head, as "itemprop datePublished": others may belong to a cited work.
    """
    found: dict[str, str] = {}
    for attribute in ("property", "name", "http-equiv"):
        for meta in tree.xpath(f"//meta[@{attribute} and @content]"):
            value = " ".join(meta.get("content")[:_LONGEST].split())
            if value:
                found.setdefault(meta.get(attribute).strip().lower()[:_LONGEST], value)
    for value in tree.xpath("//head/meta[@itemprop='datePublished']/@content")[:1]:
        found["itemprop datePublished"] = value[:_LONGEST]
    return found


def _headings(page: PageLines) -> Sequence[str]:
    """Return the headings of the first level that are no part of the head or a side box of the page."""
    headings = [line for line in page.lines if line.level == 1 and line.text][:_MOST_HEADINGS]
    return [line.text for line in headings if line.region < 0 or page.regions[line.region].kind is RegionKind.ARTICLE]


def _site_names(linked: LinkedData, metas: Mapping[str, str], titles: Sequence[str]) -> Sequence[str]:
    """Return the names of the site. Some pages state their title as one: that is none."""
    names = [*linked.sites, *filter(None, (metas.get(name) for name in _SOURCE_NAMES))]
    if linked.publisher:
        names.append(linked.publisher)
    return [name for name in names if name not in titles]


def _language(tree: Element, metas: Mapping[str, str], linked: LinkedData) -> str | None:
    return (
        string_of(linked.article.get("inLanguage"))
        or _first(tree.xpath("/html/@lang")[:1])
        or metas.get("og:locale")
        or metas.get("content-language")
    )


def _order(page: PageLines, language: str | None) -> NumberOrder | None:
    """Return the order of numbers in dates: as other dates of the page have it, else as its language has."""
    order = number_order(line.text for line in page.lines)
    if order is not None or language is None:
        return order
    code, _, region = language.lower().replace("_", "-").partition("-")
    if code != "en" or region in _DAY_FIRST_REGIONS:
        return NumberOrder.DAY_FIRST
    return None


def _first(values: Sequence[str | None]) -> str | None:
    return next((value.strip() for value in values if value and value.strip()), None)
