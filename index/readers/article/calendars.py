"""Names of months in many languages, and the years of the calendars of Iran and Thailand, as days."""

import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from index.readers.article.tables import read_table

__all__ = ["ascii_digits", "day_of", "month_names", "month_number", "names_of"]

_BUDDHIST_YEARS = range(2400, 2700)
_BUDDHIST_OFFSET = 543
_PERSIAN_YEARS = range(1250, 1500)
# Of 33 Persian years these, counted from 1, have a 366th day; holds for the years 1178 to 1633 (1799 to 2255).
_PERSIAN_LEAPS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_PERSIAN_EPOCH = date(1921, 3, 21)
_PERSIAN_EPOCH_YEAR = 1300


@lru_cache(maxsize=8)
def names_of(kind: str) -> dict[str, int]:
    """Return the numbers of the names of a kind of the table ("month", "weekday")."""
    return {
        unicodedata.normalize("NFC", name): int(row["number"])
        for row in read_table("calendar")
        if row["kind"] == kind
        for name in row["names"].split("|")
    }


def month_number(name: str, *, language: str | None = None) -> tuple[int, bool]:
    """Return the number of a month, and True when it is one of the Persian calendar.

    The number is 0 for letters that only a case-insensitive pattern takes for others ("ı" and "i").

    >>> month_number("März"), month_number("listopada"), month_number("listopada", language="hr")
    ((3, False), (11, False), (10, False))
    """
    name = name.lower()
    number = names_of(f"month {language}").get(name, 0) if language else 0
    number = number or names_of("month").get(name, 0) or names_of("other month").get(name, 0)
    return (number, False) if number else (names_of("persian month").get(name, 0), True)


@lru_cache(maxsize=1)
def month_names() -> frozenset[str]:
    """Return the names of months in all languages and calendars."""
    return frozenset((*names_of("month"), *names_of("other month"), *names_of("persian month")))


def day_of(year: int, month: int, day: int, *, is_persian: bool = False) -> date | None:
    """Return a day of the common calendar; None for one that does not exist.

    Years from 2400 to 2699 are counted as in Thailand. `is_persian` says that month and day are those of Iran; its
    years are known for 1250 to 1499.

    >>> day_of(1399, 4, 12, is_persian=True).isoformat(), day_of(2563, 3, 5).isoformat()
    ('2020-07-02', '2020-03-05')
    """
    if is_persian:
        return _persian_day(year, month, day)
    try:
        return date(year - _BUDDHIST_OFFSET if year in _BUDDHIST_YEARS else year, month, day)
    except ValueError:
        return None


def ascii_digits(text: str) -> str:
    """Return `text` composed (NFC), with the digits of all scripts as 0 to 9. Its length may change.

    >>> ascii_digits("২০২০")
    '2020'
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def _persian_day(year: int, month: int, day: int) -> date | None:
    if year not in _PERSIAN_YEARS or not 1 <= month <= 12:
        return None
    is_leap = _is_persian_leap(year)
    length = 31 if month <= 6 else 30 if month <= 11 or is_leap else 29
    if not 1 <= day <= length:
        return None
    step = 1 if year >= _PERSIAN_EPOCH_YEAR else -1
    years = range(_PERSIAN_EPOCH_YEAR, year) if step > 0 else range(year, _PERSIAN_EPOCH_YEAR)
    days = step * sum(366 if _is_persian_leap(passed) else 365 for passed in years)
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return _PERSIAN_EPOCH + timedelta(days + before + day - 1)


def _is_persian_leap(year: int) -> bool:
    return year % 33 in _PERSIAN_LEAPS
