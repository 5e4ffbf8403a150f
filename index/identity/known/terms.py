"""Terms of office as packs give them: "2000-2008, 2012-"."""

import re
from functools import lru_cache

__all__ = ["years_before_office", "years_from_office"]

_PERIOD = re.compile(r"(\d{4})(\s*-\s*(\d{4})?)?")


def years_from_office(term: str, year: int) -> int | None:
    """Return how many years lie between a year and the nearest year in office; None when no term is known.

    >>> years_from_office("2000-2008, 2012-", 2005), years_from_office("2000-2008, 2012-", 2010)
    (0, 2)
    >>> years_from_office("1989-1993", 1987), years_from_office("1989-1993", 2001), years_from_office("", 2001)
    (2, 8, None)
    """
    return min((max(0, first - year, year - last) for first, last in _periods(term)), default=None)


def years_before_office(term: str, year: int) -> int:
    """Return how many years a year lies before the first term; 0 when it does not, or when no term is known.

    >>> years_before_office("2001-2009", 1987), years_before_office("2001-2009", 2020), years_before_office("", 1987)
    (14, 0, 0)
    """
    return max(0, min((first for first, _ in _periods(term)), default=year) - year)


@lru_cache(maxsize=4096)
def _periods(term: str) -> tuple[tuple[int, int], ...]:
    found = []
    for first, span, last in _PERIOD.findall(term):
        end = int(last) if last else 9999 if span else int(first)
        found.append((int(first), end))
    return tuple(found)
