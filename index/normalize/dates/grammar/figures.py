"""Dates and numbers in figures, which most languages share: their patterns, their classes, and the days they name."""

import re
from datetime import date

from index.normalize.dates.calendar import Period, Unit, day_period
from index.normalize.dates.expressions import Expression, Fixed, OneOf
from index.normalize.dates.grammar.lexicon import Value

__all__ = ["FIGURES", "classify_figures", "code_year", "day_of", "day_of_figures"]

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_TIME = r"(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
# Part of a verbose pattern: the alternatives for words that begin with a digit, each more special one first.
FIGURES = rf"""
    | (?=\d)(?:
        \d{{1,4}}(?=\s[^\s年月])                                        # a plain number, the most frequent kind
      | \d{{4}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?[日号號]                # 2021年9月25日
      | (?<=-\d\d/)\d{{4}}-\d\d-\d\d(?![\d-])                          # the end of 2021-09-20/2021-09-25
      | (?<![\d./-])\d{{4}}(?P<iso>[-/])\d{{1,2}}(?P=iso)\d{{1,2}}{_TIME}(?!\d|(?P=iso)\d)   # 2021-09-25, 2021/9/25
      | (?<![\w.,/-])\d{{4}}-?W\d\d(?:-?[1-7])?(?![\w-])             # 2021-W38, 2021-W38-6
      | (?<![\w.,/-])\d{{4}}\.\d\d\.\d\d(?!\d|\.\d)                    # 2021.09.25
      | (?<![\w.,/-])(?:19|20)\d{{6}}(?![\w/-]|[.,]\d)                 # 20210925
      | (?<![\d.,/-])\d{{1,2}}(?P<mark>[./-])\d{{1,2}}(?P=mark)\d{{4}}(?!\d)(?!(?P=mark)\d)   # 25.09.2021
      | (?<![\d.,/-])\d{{1,2}}/\d{{1,2}}/\d\d(?![\d/])               # 10/26/89
      | (?<![\w.,/-])\d{{1,2}}(?P<dash>[./-]){_MONTH}(?P=dash)(?:\d{{4}}|\d\d)(?![\w/-])   # 25-Sep-2021, 25-SEP-21
      | (?<![\w.,/-])\d{{4}}(?P<line>[./-]){_MONTH}(?P=line)\d{{1,2}}(?![\w/-])   # 2021-Sep-25
      | (?<![\w.,/-])[1-4][QH](?:\d\d(?:\d\d)?)?(?!\w)                 # 3Q, 1H20
      | \d{{1,2}}:\d\d(?::\d\d)?(?!\d)                               # 7:15
      | \d{{4}}s\b | (?<!\d)\d0s\b                                   # 1980s, 80s
      | \d{{1,2}}(?:st|nd|rd|th|ST|ND|RD|TH)\b                       # 21st
      | \d++(?:[.,]\d++)*+
      )
"""
_NUMERIC = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{4}|\d{1,2}/\d{1,2}/\d\d")
_NAMED = re.compile(rf"\d+[./-]{_MONTH}[./-]\d+")
_YEAR_FIRST = re.compile(r"\d{4}(?:[-/]\d{1,2}[-/]\d{1,2}(?:T.*)?|\.\d\d\.\d\d|\s?年.*)")
_WEEK = re.compile(r"(\d{4})-?W(\d\d)-?([1-7])?")
_CODE = re.compile(r"([1-4])([QH])(\d*)")
_COMPACT_LENGTH = 8
_LAST_YEAR = 2100


def classify_figures(text: str) -> tuple[str, Value]:
    """Return the class and the value of a word in figures."""
    if text.isdecimal():
        return _classify_number(text)
    if ":" in text and "T" not in text:
        return "clock", text
    if text[0] in "'’":
        if not text[1:3].isdecimal():
            return "", None
        return ("shortdecade", int(text[1:3])) if text.endswith("s") else ("codedyear", int(text[1:3]))
    if _WEEK.fullmatch(text):
        return "isodate", text
    if code := _CODE.fullmatch(text):
        if code[2] == "H" and code[1] > "2":
            return "", None
        return ("quartercode" if code[2] == "Q" else "halfcode"), text
    if text.endswith("s"):
        return ("decade", int(text[:3])) if len(text) == len("1980s") else ("shortdecade", int(text[-3:-1]))
    if _YEAR_FIRST.fullmatch(text):
        return "isodate", text
    if _NAMED.fullmatch(text):
        return "nameddate", text
    if text[-1].isalpha() and text[:-2].isdecimal():
        return "ordinal", int(text[:-2])
    return ("numericdate", text) if _NUMERIC.fullmatch(text) else ("digits", text)


def _classify_number(text: str) -> tuple[str, Value]:
    number = int(text) if len(text) < 10 else 0
    if len(text) == 4 and 1000 <= number <= _LAST_YEAR:
        return "yearno", number
    if len(text) <= 2 and 1 <= number <= 31:
        return "dayno", number
    if len(text) == _COMPACT_LENGTH and text[:2] in {"19", "20"}:
        return "compactdate", text
    return "digits", text


def code_year(text: str) -> int | None:
    """Return the year of two or four figures, None for others; two figures are of 1950 to 2049.

    >>> code_year("19"), code_year("1987"), code_year("")
    (2019, 1987, None)
    """
    if len(text) not in {2, 4} or not text.isdecimal():
        return None
    number = int(text)
    return number if number > 99 else number + (2000 if number < 50 else 1900)


def day_of(year: int, month: int, day: int) -> Period | None:
    """Return a day as a period, or None when the calendar has no such day."""
    try:
        return day_period(date(year, month, day))
    except ValueError:
        return None


def day_of_figures(text: str) -> Expression | None:
    """Return the day that figures name, with the month in figures or in English; None when there is no such day.

    Dots have the day before the month. With slashes and hyphens both orders are in use: `OneOf` both, day first, when
    both are possible.

    >>> day_of_figures("12-SEP-12") == day_of_figures("2012/09/12") == day_of_figures("12.09.2012")
    True
    """
    if week := _WEEK.fullmatch(text):
        return _day_of_week(*week.groups())
    numbers = re.findall(r"\d+", text)
    if _NAMED.fullmatch(text):
        name = re.findall(r"[A-Za-z]+", text)[0]
        first, last = (numbers[1], numbers[0]) if len(numbers[0]) == 4 else numbers
        return _fixed(code_year(last), _MONTH_NAMES.index(name[:3].lower()) + 1, int(first))
    if text.isdecimal():
        return _fixed(int(text[:4]), int(text[4:6]), int(text[6:8]))
    first, middle, last = numbers[:3]
    if len(first) == 4:
        return _fixed(int(first), int(middle), int(last))
    year = code_year(last)
    day_first, month_first = _fixed(year, int(middle), int(first)), _fixed(year, int(first), int(middle))
    if "." in text or day_first is None or month_first is None or day_first == month_first:
        return day_first or month_first
    return OneOf(day_first.period, month_first.period)


def _day_of_week(year: str, week: str, day: str | None) -> Fixed | None:
    """Return the week "2021-W38", or its day "2021-W38-6", as ISO 8601 counts them."""
    try:
        period = day_period(date.fromisocalendar(int(year), int(week), int(day or 1)))
    except ValueError:
        return None
    return Fixed(period if day else period.to_unit(Unit.WEEK))


def _fixed(year: int | None, month: int, day: int) -> Fixed | None:
    made = day_of(year, month, day) if year is not None and 1000 <= year <= _LAST_YEAR else None
    return Fixed(made) if made else None
