"""Periods of time to count dates by, each at its own precision: a decade, year, month or day, as keywords for dates.

A date counts in a period when all of it lies there: "July 2019" counts in July, in 2019 and in the 2010s, "2019" in the
year and the decade alone, "2014 to 2016" in the 2010s alone. Dates that lie in a period and in no single part of it are
counted by themselves, and written as EDTF writes what is not known: "2019-XX" is 2019 without a single month, "201X"
the decade without a single year, "XXXX" what lies in no single decade.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from msgspec import Struct

from index.keywords.dates import LONGER

__all__ = ["Level", "Period", "parse_period", "whole_periods"]

_DAY = len("2019-07-05")
_SHAPE = re.compile(r"(\d{3})0s|(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_WHOLE = re.compile(r"XXXX|(\d{3})X|(\d{4})-XX|(\d{4}-\d\d)-XX", re.ASCII)


class Level(IntEnum):
    """Size of a period: the number of characters of its node in the tree of dates (see `index.keywords.dates`)."""

    DECADE = len("201")
    YEAR = len("2019")
    MONTH = len("2019-07")
    DAY = _DAY


class Period(Struct, frozen=True):
    """A node of the tree of dates ("201", "2019", "2019-07"). `is_whole`: only dates that lie in no part of it."""

    node: str
    is_whole: bool = False

    def __str__(self) -> str:
        """Return the text that `parse_period` reads.

        >>> str(Period("201")), str(Period("2019", is_whole=True)), str(Period("", is_whole=True))
        ('2010s', '2019-XX', 'XXXX')
        """
        if not self.is_whole:
            return f"{self.node}0s" if len(self.node) == Level.DECADE else self.node
        return f"{self.node}-XX" if len(self.node) >= Level.YEAR else f"{self.node:X<4}"

    @property
    def values(self) -> tuple[str, ...]:
        """The keywords of `dates` or `published` of which a document in this period has at least one.

        >>> Period("2019").values, Period("2019", is_whole=True).values, Period("2019-07-05").values
        (('=2019', '~2019', '<2019'), ('=2019', '~2019'), ('=2019-07-05',))
        """
        if not self.node:
            return (LONGER,)
        if len(self.node) == Level.DAY:
            return ("=" + self.node,)
        whole = "=" + self.node, "~" + self.node
        return whole if self.is_whole else (*whole, "<" + self.node)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day.

        >>> [day.isoformat() for day in Period("201").days]
        ['2010-01-01', '2019-12-31']
        """
        node = self.node
        if len(node) <= Level.YEAR:
            first, last = int(f"{node:0<4}") or 1, int(f"{node:9<4}")
            return date(first, 1, 1), date(last, 12, 31)
        year, month = int(node[:4]), int(node[5:7])
        if len(node) == Level.MONTH:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date.fromisoformat(node), date.fromisoformat(node)

    @property
    def parent(self) -> "Period | None":
        """The period around it, of which a chart shows the parts; None around a decade.

        >>> str(Period("2019-07").parent), str(Period("2019").parent), Period("201").parent
        ('2019', '2010s', None)
        """
        if len(self.node) <= Level.DECADE:
            return None
        return Period(self.node[:-3] if len(self.node) > Level.YEAR else self.node[:-1])

    @property
    def parts(self) -> "tuple[Period, ...]":
        """The periods one step smaller, in order; none of a day.

        >>> [str(part) for part in Period("2019").parts[:2]], len(Period("2020-02").parts), len(Period("201").parts)
        (['2019-01', '2019-02'], 29, 10)
        """
        match len(self.node):
            case Level.DECADE:
                return tuple(Period(f"{self.node}{year}") for year in range(10) if self.node != "000" or year)
            case Level.YEAR:
                return tuple(Period(f"{self.node}-{month:02}") for month in range(1, 13))
            case Level.MONTH:
                last = self.days[1].day
                return tuple(Period(f"{self.node}-{day:02}") for day in range(1, last + 1))
            case _:
                return ()


def parse_period(text: str) -> Period | None:
    """Return the period of a text such as "2010s", "2019", "2019-07", "2019-07-05", "201X" or "2019-XX"; else None.

    >>> parse_period("2010s"), parse_period("2019-13"), parse_period("XXXX")
    (Period(node='201', is_whole=False), None, Period(node='', is_whole=True))
    """
    if (whole := _WHOLE.fullmatch(text)) is not None:
        node = whole[1] or whole[2] or whole[3] or ""
        return Period(node, is_whole=True) if len(node) < Level.YEAR or _is_real(node) else None
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    node = found[1] or text
    return Period(node) if found[1] or _is_real(node) else None


def whole_periods(parts: Iterable[Period]) -> tuple[Period, ...]:
    """Return all time and the periods around some, each as a whole, the largest first.

    >>> [str(period) for period in whole_periods([Period("2019"), Period("2020")])]
    ['XXXX', '201X', '202X']
    """
    nodes = {""}
    for part in parts:
        around = part.parent
        while around is not None:
            nodes.add(around.node)
            around = around.parent
    return tuple(Period(node, is_whole=True) for node in sorted(nodes, key=lambda node: (len(node), node)))


def _is_real(node: str) -> bool:
    """True for a year, month or day of the calendar."""
    try:
        date.fromisoformat(f"{node}{'0001-01-01'[len(node) :]}" if len(node) > Level.YEAR else f"{node}-01-01")
    except ValueError:
        return False
    return True
