"""Terms of office and years of life as packs give them: "2000-2008, 2012-", "1924-2018"."""

import re
from functools import lru_cache

__all__ = ["was_grown_up", "years_before_office", "years_from_office", "years_since_death"]

_GROWN_UP = 16
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


def was_grown_up(life: str, year: int) -> bool:
    """Return False when a person was certainly younger than sixteen in a year, or not born; True when nobody knows.

    >>> was_grown_up("1946-", 1960), was_grown_up("1946-", 1970), was_grown_up("", 1960)
    (False, True, True)
    """
    return all(year - first >= _GROWN_UP for first, _ in _periods(life)[:1])


def years_since_death(life: str, year: int) -> int:
    """Return how many years a person has been dead in a year; 0 for the living, and when nobody knows.

    >>> years_since_death("1924-2018", 2025), years_since_death("1946-", 2025), years_since_death("", 2025)
    (7, 0, 0)
    """
    return max([0, *(year - last for _, last in _periods(life)[:1])])


@lru_cache(maxsize=4096)
def _periods(term: str) -> tuple[tuple[int, int], ...]:
    found = []
    for first, span, last in _PERIOD.findall(term):
        end = int(last) if last else 9999 if span else int(first)
        found.append((int(first), end))
    return tuple(found)
