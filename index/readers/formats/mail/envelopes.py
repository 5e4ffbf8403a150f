"""The line that begins a message in an mbox: "From", a sender and a date."""

import re

from index.model import DateInterval
from index.readers.article.publication import parse_stated_date

__all__ = ["envelope_date", "is_envelope"]

_LONGEST_LINE = 500
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_ZONE = r"(?:[+-]\d{4}|[A-Z][A-Za-z]{1,4})"
_MONTH_AND_DAY = rf"(?P<month>{_MONTHS})[a-z]*\s+(?P<day>\d{{1,2}})"
_DAY_AND_MONTH = rf"(?P<day2>\d{{1,2}})\s+(?P<month2>{_MONTHS})[a-z]*(?:\s+(?P<year2>\d{{4}}))?"
# Programs differ in the order, in seconds, zones and commas; a weekday, a month, a time and a year are in all of them.
_ENVELOPE = re.compile(
    rf"From\s+(?:\S.*?\s)?\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+(?:{_MONTH_AND_DAY}|{_DAY_AND_MONTH}),?\s+"
    rf"\d{{1,2}}:\d\d(?::\d\d)?(?:\s+{_ZONE})?(?:\s+(?P<year>\d{{4}}))?(?:\s+{_ZONE})?(?:\s+remote from \S+)?\s*",
    re.ASCII,
)
# Written where no date was known.
_NO_YEAR = 1970


def is_envelope(line: str) -> bool:
    """True for the first line of a message in an mbox.

    >>> is_envelope("From ana@example.org Tue Mar  3 10:00:00 2020"), is_envelope("From here we sail to Oslo in 2020.")
    (True, False)
    """
    return _parse(line) is not None


def envelope_date(line: str) -> DateInterval | None:
    """Return the date of the first line of a message in an mbox, None without a real one.

    >>> envelope_date("From ana@example.org Tue Mar  3 10:00:00 2020").value
    '2020-03-03'
    """
    match = _parse(line)
    if match is None:
        return None
    year = match["year"] or match["year2"]
    if int(year) <= _NO_YEAR:
        return None
    return parse_stated_date(f"{match['day'] or match['day2']} {match['month'] or match['month2']} {year}")


def _parse(line: str) -> re.Match[str] | None:
    if not line.startswith("From ") or len(line) > _LONGEST_LINE:
        return None
    match = _ENVELOPE.fullmatch(line)
    return match if match is not None and (match["year"] or match["year2"]) else None
