"""Named days of the year that newspapers use as dates, as kept in the United States and Europe."""

from datetime import date, timedelta

__all__ = ["HOLIDAYS", "holiday"]

_FIXED = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "boxing day": (12, 26),
    "halloween": (10, 31),
    "independence day": (7, 4),
    "veterans day": (11, 11),
    "armistice day": (11, 11),
    "valentine's day": (2, 14),
}
# Month, weekday from Monday = 0, and its number in the month (-1: the last).
_FLOATING = {
    "thanksgiving": (11, 3, 4),
    "thanksgiving day": (11, 3, 4),
    "labor day": (9, 0, 1),
    "memorial day": (5, 0, -1),
    "columbus day": (10, 0, 2),
}
_EASTER = {"easter": 0, "easter sunday": 0, "easter day": 0, "easter monday": 1, "good friday": -2}

HOLIDAYS = frozenset({*_FIXED, *_FLOATING, *_EASTER, "election day"})
"""The names that are dates in English texts."""

# Known by these names in the tables of other languages alone.
_ABROAD = {
    "epiphany": (1, 6),
    "may day": (5, 1),
    "assumption day": (8, 15),
    "all saints' day": (11, 1),
    "bastille day": (7, 14),
    "german unity day": (10, 3),
    "orthodox christmas": (1, 7),
}
_EASTER_ABROAD = {"ash wednesday": -46, "palm sunday": -7, "ascension day": 39, "whit sunday": 49, "whit monday": 50}


def holiday(name: str, year: int) -> date | None:
    """Return the date of a holiday in a year, or None for an unknown name.

    >>> holiday("thanksgiving", 1998), holiday("easter", 2000)
    (datetime.date(1998, 11, 26), datetime.date(2000, 4, 23))
    """
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _FLOATING:
        month, weekday, which = _FLOATING[name]
        return _nth_weekday(year, month, weekday, which)
    if name in _EASTER:
        return _easter(year) + timedelta(days=_EASTER[name])
    if name in _ABROAD:
        return date(year, *_ABROAD[name])
    if name in _EASTER_ABROAD:
        return _easter(year) + timedelta(days=_EASTER_ABROAD[name])
    if name == "orthodox easter":
        return _orthodox_easter(year)
    if name == "election day":  # The Tuesday after the first Monday in November.
        return _nth_weekday(year, 11, 0, 1) + timedelta(days=1)
    return None


def _nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    if which < 0:
        last = date(year, month, 31)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the method of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - correction + 15) % 30
    leap_years, year_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _orthodox_easter(year: int) -> date | None:
    """Return Easter Sunday of the Julian calendar as a day of the Gregorian, from 1901 to 2099 (by Meeus)."""
    if not 1901 <= year <= 2099:
        return None
    epact = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7
    month, day = divmod(epact + weekday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)
