"""Rules for absolute dates: days, months, and holidays."""

import re

from index.normalize.dates.calendar import Unit, day_period, month_period
from index.normalize.dates.expressions import Expression, Fixed, Named, Range
from index.normalize.dates.grammar.figures import code_year, day_of, day_of_figures
from index.normalize.dates.grammar.listed_days import listed_days
from index.normalize.dates.grammar.rules import Parse, Rule
from index.normalize.dates.grammar.surroundings import (
    is_capitalized_name,
    is_first_name,
    is_in_holiday_name,
    is_in_month_name,
)
from index.normalize.dates.grammar.words import GUARDED_MONTHS
from index.normalize.dates.grammar.years import PART, YEAR, part_of, year_of
from index.normalize.dates.holidays import holiday

__all__ = ["RULES", "month_day"]

_LEAP_YEAR = 2000
_LEAP_DAY = (2, 29)
_YEAR_AFTER = re.compile(r",?\s\d{4}\b")
_DAY = "(?:dayno|ordinal)"
_COMPACT_BEFORE = re.compile(
    r"(?:\b(?:on|since|until|till|by|from|to|before|after|dated?|of|between|and|published|updated|issued|as\s+of)|:|\()\s*$",
    re.IGNORECASE,
)
_VERSION_BEFORE = re.compile(r"\b(?:versions?|v\.?|release|build|firmware|kernel|driver)\s$", re.IGNORECASE)
_TWO_FIGURES_AFTER = re.compile(r"\s*(?:[,.;:)\]]|$|(?:and|or|to|until|at|in|by|was|is)\b)")
_DAY_AFTER = re.compile(r"\.?\s(29|3[01])(?!\d|[:.,]\d|\s?%|\s[a-z])")
_CLAUSE_END = re.compile(r"\s*(?:[.,;:)\]]|\n|$)")
_LONE_MONTH_BEFORE = re.compile(
    r"\b(?:in|by|since|until|till|from|to|through|during|before|after|of|for|last|this|next|late|early|mid|and|or|"
    r"between|on|each|every|around|the)[\s-]+$",
    re.IGNORECASE,
)


def month_day(parse: Parse) -> Expression | None:
    """Return a day of a month, with its year when written."""
    month, day = parse.number("month"), parse.number("dayno", "ordinal")
    if month is None or day is None or day_of(_LEAP_YEAR, month, day) is None:
        return None
    year = parse.number("yearno")
    if year is None and (month, day) == _LEAP_DAY and _YEAR_AFTER.match(parse.right):
        return None  # "29 February 2019" is no day.
    if year is None:
        step = parse.number("this", "last", "next") if not parse.has("unit") else None
        of_year = year_of(parse)
        if isinstance(of_year, Range):
            return None
        named = Named(Unit.DAY, month, day, step=step, year=of_year, weekday=parse.number("weekday"))
        return part_of(parse, named)
    made = day_of(year, month, day)
    return Fixed(made) if made else None


def _month(parse: Parse) -> Expression | None:
    month, year = parse.number("month"), year_of(parse)
    if month is None:
        return None
    if isinstance(year, Range):
        return None
    if isinstance(year, Fixed):
        return part_of(parse, Fixed(month_period(year.period.year, month)))
    if year is None and (day := _DAY_AFTER.match(parse.right)) and day_of(_LEAP_YEAR, month, int(day[1])) is None:
        return None  # "September 31"
    step = None if year is not None else parse.number("this", "last", "next")
    if year is None and step is None and not parse.has("early", "mid", "late", "start", "end"):
        word = parse.texts("month")[0]
        if len(word) == 3 and word.lower() != "may":
            return None
        if word.lower().rstrip(".") in GUARDED_MONTHS and not _LONE_MONTH_BEFORE.search(parse.left):
            return None
        if _is_name(word, parse):
            return None
    return part_of(parse, Named(Unit.MONTH, month, step=step, year=year))


def _is_name(month: str, parse: Parse) -> bool:
    left, right = parse.left, parse.right
    return is_in_month_name(month, left, right) or is_capitalized_name(left) or is_first_name(month, left, right)


def _holiday(parse: Parse) -> Expression | None:
    if is_in_holiday_name(parse.right):
        return None
    name, year = str(parse.value("holiday")), parse.number("yearno")
    day = holiday(name, year) if year else None
    if day is not None:
        return Fixed(day_period(day))
    return Named(Unit.DAY, 0, step=parse.number("this", "last", "next"), holiday=name)


def _month_range(parse: Parse) -> Expression | None:
    low, high = parse.numbers("month")
    year = parse.number("yearno")
    if year is None:
        return Range(Named(Unit.MONTH, low), Named(Unit.MONTH, high), parse.gap())
    first_year = year if low <= high else year - 1
    return Range(Fixed(month_period(first_year, low)), Fixed(month_period(year, high)), parse.gap())


def _day_range(parse: Parse) -> Expression | None:
    month, days = parse.number("month"), parse.numbers("dayno", "ordinal")
    if month is None or len(days) != 2 or days[0] >= days[1]:
        return None
    year = parse.number("yearno")
    if year is None:
        return Range(Named(Unit.DAY, month, days[0]), Named(Unit.DAY, month, days[1]), parse.gap())
    low, high = day_of(year, month, days[0]), day_of(year, month, days[1])
    return Range(Fixed(low), Fixed(high), parse.gap()) if low and high else None


def _listed_days(parse: Parse) -> Expression | None:
    is_counted = parse.number("yearno") is None and parse.tokens[0].text == parse.texts("month")[0]
    # "On March 7, 8 and 9 people died."
    return None if is_counted and not _CLAUSE_END.match(parse.right) else listed_days(parse)


def _figures(parse: Parse) -> Expression | None:
    if _VERSION_BEFORE.search(parse.left):
        return None
    return day_of_figures(str(parse.value("isodate", "numericdate", "nameddate")))


def _compact(parse: Parse) -> Expression | None:
    """Read eight figures after a word that a date follows: "on 20120914"."""
    return day_of_figures(str(parse.value("compactdate"))) if _COMPACT_BEFORE.search(parse.left) else None


def _short_year(parse: Parse) -> Expression | None:
    """Read a year of two figures after a short month, where nothing is counted by it: "12 Sep 12"."""
    day, month = parse.number("dayno"), parse.number("month")
    figures = parse.tokens[-1].text.lstrip("'’")
    if not parse.has("codedyear"):
        is_short = len(parse.texts("month")[0].rstrip(".")) <= len("sept")
        if len(figures) != 2 or not is_short or not _TWO_FIGURES_AFTER.match(parse.right):
            return None
    year = code_year(figures)
    if month is None or year is None:
        return None
    if len(parse.texts("month", "codedyear")) == len(parse.tokens):
        return Fixed(month_period(year, month))
    made = day_of(year, month, day) if day else None
    return Fixed(made) if made else None


def _foreign(parse: Parse) -> Expression | None:
    """Read a whole date with the month in another language: "13 décembre 2023"."""
    day, month, year = parse.number("dayno", "ordinal"), parse.number("foreignmonth"), parse.number("yearno")
    made = day_of(year, month, day) if year and month and day else None
    return Fixed(made) if made else None


_WEEKDAY = "(?:weekday comma?)?"
_LISTED = f"(?:comma the? {_DAY})+ comma? and the? {_DAY}"
RULES = (
    Rule("date in figures", f"{_WEEKDAY} (?:isodate|numericdate|nameddate)", _figures),
    Rule("date in figures", "compactdate", _compact),
    Rule("date with a short year", f"{_WEEKDAY} dayno month (?:dayno|digits|codedyear)", _short_year),
    Rule("month with a short year", "month codedyear", _short_year),
    Rule("date in another language", f"{_DAY} dot? of? foreignmonth of? yearno", _foreign),
    Rule("month, day and year", f"{_WEEKDAY} {PART} month the? {_DAY} (?:comma|of|in)? {YEAR}", month_day),
    Rule(
        "day, month and year", f"{_WEEKDAY} the? {_DAY} dot? of? (?:the unit of)? month (?:comma|of)* {YEAR}", month_day
    ),
    Rule("year, month and day", "yearno comma? month dayno", month_day),
    Rule("month and day", f"{_WEEKDAY} {PART} (?:this|last|next)? month the? {_DAY}", month_day),
    Rule("day and month", f"{_WEEKDAY} the? {_DAY} of? (?:the unit of)? month", month_day),
    Rule("days of a month", f"month the? {_DAY} (?:hyphen|slash|to|and) the? {_DAY} (?:comma? yearno)?", _day_range),
    Rule(
        "days of a month", f"the? {_DAY} (?:hyphen|slash|to|and) the? {_DAY} of? month (?:comma? yearno)?", _day_range
    ),
    Rule("listed days", f"month the? {_DAY} {_LISTED} (?:comma? yearno)?", _listed_days),
    Rule("listed days", f"the? {_DAY} {_LISTED} of? month (?:comma? yearno)?", _listed_days),
    Rule("months", "month (?:hyphen|to) month comma? yearno", _month_range),
    Rule("months", "month hyphen month", _month_range),
    Rule("month and year", f"{PART} month comma? {YEAR}", _month),
    Rule("month", f"{PART} (?:this|last|next)? month", _month),
    Rule("holiday", f"{PART} (?:this|last|next)? holiday (?:comma? yearno)?", _holiday),
)
