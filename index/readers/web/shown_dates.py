"""Dates that a page shows to its readers: beside the headline, and with the word "published" further on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile

from index.model import DateInterval, DatePrecision
from index.readers.article.calendars import ascii_digits
from index.readers.article.tables import read_table
from index.readers.article.whole_dates import NumberOrder, find_days, has_year
from index.readers.web.lines import PageLine, PageLines, TimeMark
from index.readers.web.stamps import read_stamp

__all__ = ["Role", "ShownDate", "shown_dates"]

_LINES_BEFORE, _LINES_AFTER = 8, 40
_MOST_PROSE = 2
_LONG_LINE = 140
_LONG_DENSE_LINE = 60
_LONGEST_DATE_LINE = 300
_LONGEST_PLAIN = 100
_MOST_OTHER_LETTERS, _MOST_LINKED_LETTERS = 24, 12
_MOST_PIECES, _LONGEST_PIECE, _MOST_PIECED_LETTERS = 3, 20, 4
_DATE_NAMES = re.compile(
    r"date|time|publi|posted|byline|creat|meta|info|fecha|tarih|datum|zeit|autor|author|dt(?=$|[\s_-])"
)
_CHANGE_NAMES = re.compile(r"updat|modif|edited|lastmod|revis|aktualis|güncel")
_FIRST_NAMES = re.compile(r"publi|posted|creat")
_PART_ENDS = re.compile(r"\s*[|•·]|\s+[–—-]\s")
_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Role(StrEnum):
    """Meaning that a page gives a date."""

    PUBLISHED = "published"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date that a page shows.

    `is_marked` says that the markup calls it a date; `moment` is set when it is given to programs, as a moment in UTC.
    """

    published: DateInterval
    origin: str
    role: Role
    is_marked: bool
    is_before: bool
    is_beside_headline: bool
    moment: datetime | None = None


def shown_dates(
    page: PageLines, headline: int | None, *, language: str | None, order: NumberOrder | None
) -> Iterator[ShownDate]:
    """Yield the dates of the lines after the headline, then before it, then those further on called published."""
    outside = page.outside(headline)
    after: range = range(0)
    if headline is not None:
        after = _after(page.lines, headline, outside)
        inside = [page.lines[place] for place in after if not outside[place]]
        for place, line in enumerate(inside):
            yield from _dates(line, language, order, is_before=False)
            yield from _pieced(inside[place : place + _MOST_PIECES], language, order)
        for place in _before(page.lines, headline):
            if not outside[place]:
                yield from _dates(page.lines[place], language, order, is_before=True)
    for place, line in enumerate(page.lines):
        if (
            outside[place]
            or place in after
            or len(line.text) > _LONGEST_DATE_LINE
            or not _role_words().search(line.text)
        ):
            continue
        for date in _dates(line, language, order, is_before=False):
            if date.role is Role.PUBLISHED and not date.is_marked:
                yield ShownDate(
                    date.published, date.origin, date.role, is_marked=False, is_before=False, is_beside_headline=False
                )


def _after(lines: Sequence[PageLine], headline: int, outside: Sequence[bool]) -> range:
    """Return the places of the lines after the headline, to the second paragraph of prose or the next heading."""
    prose = 0
    last = min(len(lines), headline + 1 + _LINES_AFTER)
    for place in range(headline + 1, last):
        if outside[place]:
            continue
        line = lines[place]
        if line.level and line.level <= max(2, lines[headline].level) and prose:
            return range(headline + 1, place)
        prose += _is_prose(line)
        if prose == _MOST_PROSE:
            return range(headline + 1, place)
    return range(headline + 1, last)


def _before(lines: Sequence[PageLine], headline: int) -> Iterator[int]:
    """Yield the places of the lines before the headline, nearest first, to another heading or prose."""
    for place in range(headline - 1, max(-1, headline - 1 - _LINES_BEFORE), -1):
        line = lines[place]
        if _is_prose(line) or (line.level and not _is_dated_heading(line)):
            return
        yield place


def _is_dated_heading(line: PageLine) -> bool:
    return any(_weight(found.before + found.after) <= _MOST_LINKED_LETTERS for found in find_days(line.text))


def _is_prose(line: PageLine) -> bool:
    length = len(line.text)
    if line.linked * 2 > length:
        return False
    return length >= _LONG_LINE or (length >= _LONG_DENSE_LINE and len(_DENSE.findall(line.text)) * 2 > length)


def _dates(line: PageLine, language: str | None, order: NumberOrder | None, *, is_before: bool) -> Iterator[ShownDate]:
    for mark in line.marks:
        yield from _marked(mark, language, order, is_before=is_before)
    if not line.text or len(line.text) > _LONGEST_DATE_LINE or _is_prose(line):
        return
    is_marked = _DATE_NAMES.search(line.names) is not None
    for found in find_days(line.text, order=order, language=language):
        role = _said_role(found.before)
        others = _weight(found.before + found.after)
        if role is Role.UNKNOWN and is_marked:
            role = _named_role(line.names)
        is_first = not found.before.strip() and _PART_ENDS.match(found.after) is not None
        is_bare = is_first or others <= (_MOST_LINKED_LETTERS if line.level else _MOST_OTHER_LETTERS)
        if _leads_elsewhere(line, found.written) or not (is_bare or is_marked or role is Role.PUBLISHED):
            continue
        if role is not Role.PUBLISHED and not is_marked and not is_first and len(line.text) > _LONGEST_PLAIN:
            continue
        origin = "line with its date of publication" if role is Role.PUBLISHED else "line with a date"
        yield ShownDate(found.published, origin, role, is_marked, is_before, is_beside_headline=True)


def _pieced(lines: Sequence[PageLine], language: str | None, order: NumberOrder | None) -> Iterator[ShownDate]:
    """Yield a date whose day, month and year stand in elements of their own, the first of them in the first line."""
    if not lines or not lines[0].text or len(lines[0].text) > _LONGEST_PIECE or has_year(lines[0].text):
        return
    pieces = list(takewhile(lambda line: 0 < len(line.text) <= _LONGEST_PIECE and not line.level, lines))
    for count in range(2, len(pieces) + 1):
        text = " ".join(piece.text for piece in pieces[:count])
        found = next(find_days(text, order=order, language=language), None)
        if found is not None and _weight(found.before + found.after) <= _MOST_PIECED_LETTERS:
            role = _named_role(lines[0].names)
            yield ShownDate(
                found.published,
                "line with a date",
                role,
                is_marked=_DATE_NAMES.search(lines[0].names) is not None,
                is_before=False,
                is_beside_headline=True,
            )
            return


def _leads_elsewhere(line: PageLine, written: str) -> bool:
    """Return True for a date in the words of a link: it belongs to what the link leads to."""
    links = (ascii_digits(link) for link in line.links)
    return any(written in link and _weight(link.replace(written, "")) > _MOST_LINKED_LETTERS for link in links)


def _weight(text: str) -> int:
    """Return the number of letters; one of a script that writes syllables or words counts as three."""
    return sum(3 if _DENSE.match(letter) else 1 for letter in text if letter.isalpha())


def _marked(mark: TimeMark, language: str | None, order: NumberOrder | None, *, is_before: bool) -> Iterator[ShownDate]:
    stamp = read_stamp(mark.value, order=order, language=language) if mark.value else None
    if stamp is not None and stamp.published.precision is DatePrecision.DAY:
        yield ShownDate(
            stamp.published,
            "time element",
            _named_role(mark.names),
            is_marked=True,
            is_before=is_before,
            is_beside_headline=True,
            moment=stamp.moment,
        )


def _named_role(names: str) -> Role:
    """Return the role of a date by the names in the markup around it; those of both roles tell nothing."""
    if _CHANGE_NAMES.search(names):
        return Role.UNKNOWN if _FIRST_NAMES.search(names) else Role.CHANGED
    return Role.PUBLISHED if _FIRST_NAMES.search(names) else Role.UNKNOWN


def _said_role(before: str) -> Role:
    """Return the role that the last words before a date give it."""
    last = Role.UNKNOWN
    for match in _role_words().finditer(before[-80:]):
        last = _roles()[match[0].lower()]
    return last


@lru_cache(maxsize=1)
def _roles() -> Mapping[str, Role]:
    roles = {"published": Role.PUBLISHED, "updated": Role.CHANGED}
    return {
        word: roles[row["role"]]
        for row in read_table("header_words")
        if row["role"] in roles
        for word in row["words"].split("|")
    }


@lru_cache(maxsize=1)
def _role_words() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_roles(), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
