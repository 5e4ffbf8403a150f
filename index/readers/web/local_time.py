"""The day that a moment in UTC had where a page was published."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from index.readers.article.tables import read_table

__all__ = ["LocalTime", "is_local_day"]

_STATED_OFFSET = re.compile(
    r"(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?|\s\d{4} \d\d:\d\d:\d\d)\s?([+-])(0\d|1[0-4]):?([0-5]\d)(?!\d)"
)
_FARTHEST_BEHIND, _FARTHEST_AHEAD = timedelta(hours=-12), timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class LocalTime:
    """Possible differences from UTC at the place of a page, and where they are known from; none when unknown."""

    offsets: Collection[timedelta] = ()
    origin: str = ""

    @classmethod
    def of(cls, markup: str, address: str | None) -> "LocalTime":
        """Return the zones that other dates of the page state, else those of the country of its address."""
        found = {_offset(*match.groups()) for match in _STATED_OFFSET.finditer(markup)} - {timedelta(0)}
        if found:
            return cls(frozenset(found), "in the time zone of the page")
        try:
            domain = (urlsplit(address or "").hostname or "").rpartition(".")[2]
        except ValueError:
            domain = ""
        return cls(_country_times().get(domain, ()), "in the time of its country")

    def day_of(self, moment: datetime) -> date | None:
        """Return the day that all offsets give for `moment`; None when they give none or several.

        >>> from datetime import UTC
        >>> LocalTime.of("", "https://example.it/").day_of(datetime(2020, 12, 5, 23, 15, tzinfo=UTC)).isoformat()
        '2020-12-06'
        """
        days = {(moment + offset).date() for offset in self.offsets}
        return days.pop() if len(days) == 1 else None


def is_local_day(moment: datetime, day: date) -> bool:
    """Return True when some place on earth has `day` at `moment`.

    >>> from datetime import UTC
    >>> is_local_day(datetime(2023, 11, 9, 2, 15, tzinfo=UTC), date(2023, 11, 8))
    True
    """
    return (moment + _FARTHEST_BEHIND).date() <= day <= (moment + _FARTHEST_AHEAD).date()


def _offset(sign: str, hours: str, minutes: str) -> timedelta:
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return -ahead if sign == "-" else ahead


@lru_cache(maxsize=1)
def _country_times() -> Mapping[str, Collection[timedelta]]:
    return {
        row["domain"]: (timedelta(minutes=int(row["least"])), timedelta(minutes=int(row["most"])))
        for row in read_table("country_times")
    }
