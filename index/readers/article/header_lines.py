"""Read the lines between headline and story: date of publication, author, publisher; and datelines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.model import DateInterval, DatePrecision
from index.normalize.sentence_ends import ends_sentence
from index.readers.article.layout import Line, is_prose, is_wrapped
from index.readers.article.tables import agency_names, read_table
from index.readers.article.whole_dates import date_pattern, day_pattern, find_whole_date

__all__ = ["Header", "header_paragraphs", "is_header_line", "read_header", "strip_dateline"]

_LINES_TO_READ = 8
_LONGEST_HEADER_LINE = 160
_LONGEST_ACRONYM = 5
_SEGMENT = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+|\s*;\s+")
_CAPITALIZED = r"[^\W\d_a-z][\w.’'&-]*"
_PARTICLE = r"(?:de|del|da|di|van|von|der|den|al|el|bin|la|le|of|the|and|&)"
_NAME = re.compile(rf"{_CAPITALIZED}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITALIZED}){{0,4}}")
_PERSONS = re.compile(
    rf"{_CAPITALIZED}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITALIZED}){{1,3}}"
    rf"(?:(?:,| and| &| und| et| y| ve) {_CAPITALIZED}(?: {_CAPITALIZED}){{1,3}}){{0,3}}"
)
_DATE_LAST = re.compile(r"(?:^|[.!?…|–—-][\"'”’)]*)\s+(?P<dated>\S.{5,90})$")
_PLACE = r"[^\W\d_a-z][\w.’'-]*(?:[ ,/] ?(?:(?:of|de|del|la|el|and) )?[^\W\d_a-z][\w.’'-]*){0,5}"


# Of years in two digits, those in between may be of either century.
_LAST_OF_2000S, _FIRST_OF_1900S = 29, 50
# What a translator or editor says of the text: "[Text]", "[Excerpts]".
_NOTES = r"(?:\[[^\]\[\n]{2,40}\]\s*)*"


@dataclass(frozen=True, slots=True)
class Header:
    """Values found in header lines; a publication date always comes with its origin."""

    published: DateInterval | None = None
    published_origin: str | None = None
    source: str | None = None
    byline: str | None = None


def header_paragraphs(lines: Sequence[Line]) -> Sequence[str]:
    r"""Return the texts in which to look for a header: single lines, but wrapped paragraphs joined.

    Otherwise the last words of a sentence ("... due\\nOct 15, 1992") would be taken for a line of their own.
    """
    is_text_wrapped = is_wrapped(lines)
    texts: list[str] = []
    for place, line in enumerate(lines[: _LINES_TO_READ * 4]):
        previous = lines[place - 1] if place else None
        goes_on = previous is not None and not line.after_blank and not is_header_line(previous.text)
        is_announced = not is_text_wrapped and line.text[0].isupper() and _role_of(line.text) is not None
        is_unfinished = previous is not None and not ends_sentence(previous.text)
        if goes_on and not is_announced and (is_text_wrapped or is_unfinished):
            texts[-1] = f"{texts[-1]} {line.text}"
        else:
            texts.append(line.text)
    return texts


def read_header(texts: Sequence[str]) -> Header:
    """Read the lines after the headline, without boilerplate, and the beginning and end of the first line of prose.

    >>> read_header(["Friday, January 4, 2019", "A building collapsed."]).published.value
    '2019-01-04'
    """
    header = Header()
    for text in texts[:_LINES_TO_READ]:
        found = _read_line(text) if len(text) <= _LONGEST_HEADER_LINE else None
        if found is None:
            found = _read_dateline(text)
        if found is None:
            found = _read_end(text)
        if found is not None:
            header = _complete(header, found)
        if is_prose(text):
            break
    return header


def is_header_line(text: str) -> bool:
    """True for a line that holds only a date, an author or both: it is not a headline."""
    return len(text) <= _LONGEST_HEADER_LINE and _read_line(text) is not None


def strip_dateline(text: str) -> str:
    """Return `text` without the place, date and agency before its first sentence.

    >>> strip_dateline("ANKARA (Reuters) - Turkey said no.")
    'Turkey said no.'
    >>> strip_dateline("ANKARA, 4 DEC 89 (AA) -- [TEXT] TURKEY SAID NO.")
    'TURKEY SAID NO.'
    """
    match = _dateline().match(text) or _undated_dateline().match(text)
    return text[match.end() :] if match is not None else text


def _complete(known: Header, found: Header) -> Header:
    """Merge two headers; values of the first one win."""
    if known.published is None and found.published is not None:
        known = replace(known, published=found.published, published_origin=found.published_origin)
    return replace(known, source=known.source or found.source, byline=known.byline or found.byline)


def _read_line(text: str) -> Header | None:
    """Read a line made up only of dates, authors, agencies and the words that introduce them."""
    header = Header()
    for segment in _SEGMENT.split(text.strip(" |•·–—-")):
        found = _read_segment(segment)
        if found is None:
            return None
        header = _complete(header, found)
    has_anything = header != Header() or _role_of(text) is not None
    is_only_source = header.published is None and header.byline is None and header.source is not None
    return header if has_anything and not is_only_source else None


def _read_segment(segment: str) -> Header | None:
    role = _role_of(segment)
    rest = segment
    if role is not None:
        rest = segment[role[1] :].lstrip(" :")
    kind = role[0] if role is not None else None
    if kind == "byline":
        return _read_byline(rest)
    found = find_whole_date(rest)
    if found is None:
        return Header(source=segment) if role is None and segment in agency_names() else None
    if found.published.precision is not DatePrecision.DAY:
        return None
    if kind == "updated":
        return Header()
    source = found.rest.lstrip(",/ ")
    if source and not _NAME.fullmatch(source):
        # "Published 4 January 2019, last updated 5 January 2019"
        if _role_of(source) is None:
            return None
        source = ""
    origin = "line with its date of publication" if kind == "published" else "line with a date"
    return Header(found.published, origin, source or None)


def _read_byline(rest: str) -> Header | None:
    author, _, remainder = rest.partition(", ")
    if _PERSONS.fullmatch(rest):
        return Header(byline=rest)
    if not _PERSONS.fullmatch(author):
        return None
    if remainder in agency_names():
        return Header(byline=author, source=remainder)
    found = find_whole_date(remainder)
    if found is not None and not found.rest:
        return Header(found.published, "line with author and date", byline=author)
    return Header(byline=author) if _NAME.fullmatch(remainder) else None


def _read_dateline(text: str) -> Header | None:
    """Read place, date and agency before the first sentence: "BEIJING, Jan. 4, 2019 (Xinhua) -- "."""
    match = _dateline().match(text)
    if match is None:
        return None
    agency = match["agency"]
    is_known = agency is not None and (agency in agency_names() or _is_signature(agency, match["place"]))
    day = match["date"] or _with_century(match["short"] or "")
    found = find_whole_date(day) if day else None
    source = agency if is_known else None
    if found is None:
        return Header(source=source)
    return Header(found.published, "dateline", source)


def _with_century(day: str) -> str:
    """Return a day with its year in four digits, "" when its century is not sure."""
    year = int(day[-2:]) if day else _LAST_OF_2000S + 1
    if year <= _LAST_OF_2000S:
        return f"{day[:-2]}20{day[-2:]}"
    return f"{day[:-2]}19{day[-2:]}" if year >= _FIRST_OF_1900S else ""


def _is_signature(agency: str, place: str) -> bool:
    """True for the name of an unknown publisher, as in "NEW YORK (MarketWatch) -"."""
    is_acronym = agency.isupper() and len(agency) <= _LONGEST_ACRONYM
    is_name = _NAME.fullmatch(agency) is not None and not agency.isupper()
    return place.isupper() and (is_acronym or is_name)


def _read_end(text: str) -> Header | None:
    """Read date and publisher at the end of the lead: "... was signed. 25.09.2021, Name"."""
    for match in _DATE_LAST.finditer(text[-_LONGEST_HEADER_LINE:]):
        found = find_whole_date(match["dated"])
        if found is not None and found.rest.startswith(",") and _NAME.fullmatch(found.rest[1:].strip()):
            return Header(found.published, "date and publisher after the lead", found.rest[1:].strip())
    return None


@lru_cache(maxsize=1)
def _dateline() -> re.Pattern[str]:
    # The year may have two digits here, where nothing but a year can follow a month.
    short = rf"{day_pattern()}\s+\d\d(?=\s*[(/]|\s*(?:--|[—–-])\s+\D)"
    return re.compile(
        rf"(?P<place>{_PLACE})(?:\s\([^\W\d_a-z][\w.’' -]{{1,30}}\)(?=,\s))?"
        rf"(?=,?\s+(?:{date_pattern()}\b|{short}|[(/]))"  # A place alone is not enough.
        rf"(?:,?\s+(?:(?P<date>{date_pattern()})|(?P<short>{short})))?"
        r"(?:,?\s*[(/](?P<agency>[^\W\d_][\w.’' -]{1,30})[)/])?"
        rf"\s*(?:--|[—–-])\s+{_NOTES}"
    )


@lru_cache(maxsize=1)
def _undated_dateline() -> re.Pattern[str]:
    """Find a place with a day but no year: "SALVADOR, Feb 26 -"."""
    return re.compile(rf"{_PLACE},?\s+{day_pattern()}\s+(?:--|[—–-])\s+{_NOTES}")


@lru_cache(maxsize=1)
def _roles() -> Mapping[str, str]:
    return {word: row["role"] for row in read_table("header_words") for word in row["words"].split("|")}


@lru_cache(maxsize=1)
def _role_words() -> re.Pattern[str]:
    # Longest words first: "published on" before "published".
    words = "|".join(re.escape(word) for word in sorted(_roles(), key=len, reverse=True))
    return re.compile(rf"(?:{words})(?=\s|:)", re.IGNORECASE)


def _role_of(text: str) -> tuple[str, int] | None:
    """Return the role that the first words of a header line announce, and the end of these words."""
    match = _role_words().match(text)
    role = _roles().get(match[0].lower()) if match is not None else None
    return (role, match.end()) if match is not None and role is not None else None
