"""Address of a page, and the date in it."""

import re
from collections.abc import Mapping
from urllib.parse import unquote, urljoin, urlsplit

from index.model import DateInterval
from index.readers.article.publication import parse_stated_date
from index.readers.web.parsing import Element

__all__ = ["address_of_file", "date_in_address", "date_in_file_name", "page_address", "saved_address"]

_YEAR, _MONTH, _DAY = r"(?:19[6-9]|20[0-4])\d", r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
# "/2020/03/05/", "/2020-03-05-", "/2020-03/05/", "/2020/0305/", "/20200305/", "-20200305.html"
_TWO_MONTH, _TWO_DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_END = r"(?=[/_.?&-]|$)"
# A part of the path of its own counts more than a date in the words of a title.
_DAYS = (
    re.compile(rf"(?<=/)({_YEAR})([/_-])({_MONTH})\2({_DAY}){_END}"),
    re.compile(rf"(?<=/)({_YEAR})([/-]?){_TWO_MONTH}[/-]?{_TWO_DAY}{_END}"),
    re.compile(rf"(?<=/)({_YEAR})(/)([a-z]{{3}})/({_DAY})(?=/|$)"),
    re.compile(rf"(?<=/t)({_YEAR})(){_TWO_MONTH}{_TWO_DAY}(?=_)"),
    re.compile(rf"(?<=[_=-])({_YEAR})([/_-]?){_TWO_MONTH}\2{_TWO_DAY}{_END}"),
)
_ONE_MONTH = re.compile(rf"(?<=/)({_YEAR})/(0[1-9]|1[0-2])(?=/)")
_FILE_DAY = re.compile(rf"({_YEAR})[-_](0[1-9]|1[0-2])[-_](0[1-9]|[12]\d|3[01])[-_](?=[^\W\d_])")
_WEB_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/", re.IGNORECASE)
_SAVED = (
    re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]+)", re.IGNORECASE),
    re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(https?://[^\s<>]+)", re.IGNORECASE),
    re.compile(r"<!--\s*Mirrored from ([^\s<>]+) by HTTrack", re.IGNORECASE),
)
_SEARCHED = 10_000
_LONGEST = 2000
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)


def page_address(tree: Element, metas: Mapping[str, str], *, known: str | None) -> str | None:
    """Return the address that a page gives for itself, else `known`; absolute, without that of a web archive."""
    links = tree.xpath("//link[@rel='canonical']/@href")[:1]
    bases = [*tree.xpath("//base/@href")[:1], known, metas.get("og:url")]
    base = next((value for value in bases if value and value.startswith(("http://", "https://"))), None)
    for value in (*links, metas.get("og:url"), metas.get("twitter:url"), metas.get("parsely-link"), known):
        if not value or not value.strip():
            continue
        address = _absolute(value.strip()[:_LONGEST], base)
        if address is not None:
            return _WEB_ARCHIVE.sub("", address)
    return None


def saved_address(text: str) -> str | None:
    """Return the address that a browser or a mirroring program wrote into a page when it saved it."""
    for pattern in _SAVED:
        match = pattern.search(text, 0, _SEARCHED)
        if match is not None:
            return match[1] if "://" in match[1] else f"http://{match[1]}"
    return None


def address_of_file(locator: str) -> str | None:
    """Return the address of a page in a mirrored site, whose folders begin with the name of the host."""
    parts = locator.replace("\\", "/").split("/")
    for place, part in enumerate(parts[:-1]):
        if _HOST.fullmatch(part) and not part.lower().endswith((".html", ".htm", ".zip", ".d")):
            return f"http://{part}/{'/'.join(parts[place + 1 :])}"
    return None


def date_in_address(address: str | None) -> DateInterval | None:
    """Return the day in the path of an address, else the month; None without one, and when it has several.

    >>> date_in_address("https://example.org/2020/03/05/title").value
    '2020-03-05'
    """
    if not address:
        return None
    try:
        parts = urlsplit(_WEB_ARCHIVE.sub("", address)[:_LONGEST])
    except ValueError:
        return None
    path = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
    for pattern in _DAYS:
        days = {f"{match[1]}-{match[3]}-{match[4]}" for match in pattern.finditer(path.lower())}
        found = {day.value: day for text in days if (day := _day(text)) is not None}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    months = {f"{match[1]}-{match[2]}" for match in _ONE_MONTH.finditer(path)}
    return parse_stated_date(months.pop()) if len(months) == 1 else None


def date_in_file_name(name: str) -> DateInterval | None:
    """Return the day that the name of a file begins with, as in "2020-03-05-title.html".

    >>> date_in_file_name("2020-03-05-title.html").value
    '2020-03-05'
    """
    match = _FILE_DAY.match(name)
    return parse_stated_date("-".join(match.groups())) if match is not None else None


def _day(text: str) -> DateInterval | None:
    year, month, day = text.split("-")
    if month.isdigit():
        return parse_stated_date(text)
    return parse_stated_date(f"{day} {month} {year}")


def _absolute(value: str, base: str | None) -> str | None:
    try:
        address = urljoin(base, value) if base else value
        if address.startswith("//"):
            address = f"https:{address}"
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) and host else None
