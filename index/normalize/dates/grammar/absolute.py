"""Rules for absolute dates: days, months, years, decades, quarters, seasons."""

import re
from collections.abc import Sequence
from datetime import date

from index.normalize.dates.calendar import Part, Period, Unit, day_period, month_period, year_period
from index.normalize.dates.expressions import Basis, Expression, Fixed, Named, PartOf, Range, Step
from index.normalize.dates.grammar.rules import Parse, Rule
from index.normalize.dates.grammar.words import GUARDED_MONTHS
from index.normalize.dates.holidays import holiday

__all__ = ["PART", "RULES", "SPOKEN_YEAR", "YEAR", "month_day", "part_of", "spoken_year", "year_of"]

# "early", "the late", "mid-", "the end of", "the beginning of the"
PART = "(?:the? (?:(?:early|mid|late) (?:hyphen|in|of)?|end hyphen?|(?:start|end) of) the?)?"
SPOKEN_YEAR = "(?:the unit)? number hyphen? number (?:and? hyphen? number)?"
# "1998", "of 1998", "of fiscal 1998", "last year", "of the following year"
YEAR = (
    f"(?:(?:of|in)? the? fiscal? (?:yearno|{SPOKEN_YEAR})|(?:of|in)? the? (?:this|last|next|that|prior|following) unit)"
)
_LEAP_YEAR = 2000
_DAY = "(?:dayno|ordinal)"
# A plural after a bare number makes it a count ("2000 troops"), unless the word is one that a date goes before.
_COUNTED_AFTER = re.compile(
    r"\s+(?!(?:and|or|to|in|on|at|by|when|as|with|was|were|is|are|had|has|the|a|that|he|she|it|they|but|after|before|"
    r"until|under|for|from|of|between|during|there|where|which|who|because|since|while|although|if|his|her|its|"
    r"their|this|against|over|onwards|season|edition|elections?|sanctions|talks|protests|games|finals|[a-z]+ly)\b)"
    r"(?:[a-z]+s|people|men|women|children|personnel|staff|police|percent)\b"
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|to|of|between|and|during|before|after|through|throughout|around|about|circa|"
    r"for|late|early|mid|year|or|the|than|on|at|back\s+in|late-|early-|mid-|c\.)\s*$",
    re.IGNORECASE,
)
_QUANTITY_BEFORE = re.compile(
    r"(?:[$€£¥#№]|\b(?:no|nos|number|flight|room|page|route|highway|about|some|than|over|nearly|almost|least|model|psalm|"
    r"apollo|boeing|airbus|channel|section|article|resolution|order|act|bill)\.?)\s*$",
    re.IGNORECASE,
)
_LONE_MONTH_BEFORE = re.compile(
    r"\b(?:in|by|since|until|till|from|to|through|during|before|after|of|for|last|this|next|late|early|mid|and|or|"
    r"between|on|each|every|around|the)[\s-]+$",
    re.IGNORECASE,
)


def part_of(parse: Parse, expression: Expression | None) -> Expression | None:
    """Return the expression, or the part of it that the words name."""
    part = parse.value("early", "mid", "late", "start", "end")
    return PartOf(part, expression) if expression is not None and isinstance(part, Part) else expression


def year_of(parse: Parse) -> Expression | None:
    """Return the year that the words give a month or quarter: a number, or "this year"; None without one."""
    number = parse.number("yearno") or spoken_year(parse.numbers("number"), is_said=parse.has("unit"))
    if number is not None:
        return Fixed(year_period(number))
    step = parse.number("this", "last", "next")
    if parse.has("unit") and step is not None:
        return Step(Unit.YEAR, step, Basis.DOCUMENT)
    step = parse.number("that", "prior", "following")
    return Step(Unit.YEAR, step, Basis.TEXT) if parse.has("unit") and step is not None else None


def spoken_year(numbers: Sequence[int], *, is_said: bool) -> int | None:
    """Return the year that number words make ("nineteen", "ninety", "six"), or None.

    "Two thousand six" is a year only when the word year says so (`is_said`).
    """
    if is_said and list(numbers[:2]) == [2, 1000]:
        rest = sum(numbers[2:])
        return 2000 + rest if rest < 100 else None
    if is_said or not 2 <= len(numbers) <= 3 or not 10 <= numbers[0] <= 20:
        return None
    low = numbers[1:]
    if not 10 <= low[0] < 100 or (len(low) == 2 and (low[0] < 20 or low[1] > 9)):
        return None
    return numbers[0] * 100 + sum(low)


def month_day(parse: Parse) -> Expression | None:
    """Return a day of a month, with its year when written."""
    month, day = parse.number("month"), parse.number("dayno", "ordinal")
    if month is None or day is None or _day(_LEAP_YEAR, month, day) is None:
        return None
    year = parse.number("yearno")
    if year is None:
        step = parse.number("this", "last", "next") if not parse.has("unit") else None
        named = Named(Unit.DAY, month, day, step=step, year=year_of(parse), weekday=parse.number("weekday"))
        return part_of(parse, named)
    made = _day(year, month, day)
    return Fixed(made) if made else None


def _month(parse: Parse) -> Expression | None:
    month, year = parse.number("month"), year_of(parse)
    if month is None:
        return None
    if isinstance(year, Fixed):
        return part_of(parse, Fixed(month_period(year.period.year, month)))
    step = None if year is not None else parse.number("this", "last", "next")
    if year is None and step is None and not parse.has("early", "mid", "late", "start", "end"):
        word = parse.texts("month")[0]
        if len(word) == 3 and word.lower() != "may":
            return None
        if word.lower().rstrip(".") in GUARDED_MONTHS and not _LONE_MONTH_BEFORE.search(parse.left):
            return None
    return part_of(parse, Named(Unit.MONTH, month, step=step, year=year))


def _holiday(parse: Parse) -> Expression | None:
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
    low, high = _day(year, month, days[0]), _day(year, month, days[1])
    return Range(Fixed(low), Fixed(high), parse.gap()) if low and high else None


def _iso_date(parse: Parse) -> Expression | None:
    year, month, day = (int(part) for part in str(parse.value("isodate")).split("-"))
    made = _day(year, month, day) if year else None
    return Fixed(made) if made else None


def _numeric_date(parse: Parse) -> Expression | None:
    """Read day first with dots or when the month is impossible, else month first as in the United States."""
    text = str(parse.value("numericdate"))
    mark = next(character for character in text if not character.isdigit())
    first, second, year = (int(part) for part in text.split(mark))
    if year < 100:
        year += 2000 if year < 50 else 1900
    day, month = (first, second) if mark == "." or first > 12 else (second, first)
    if mark == "." and month > 12:
        day, month = month, day
    made = _day(year, month, day) if 1000 <= year <= 2100 else None
    return Fixed(made) if made else None


def _year(parse: Parse) -> Expression | None:
    number = parse.number("yearno")
    if number is None:
        return None
    bare = len(parse.tokens) == 1
    if bare and (_QUANTITY_BEFORE.search(parse.left) or _COUNTED_AFTER.match(parse.right)):
        return None
    if bare and parse.left[-1:] in {"-", "$", "€", "£", "/", "."} and not parse.left[-2:-1].isdigit():
        return None
    if bare and not 1500 <= number <= 2049 and not _YEAR_BEFORE.search(parse.left):
        return None
    if bare and re.match(
        r"\s?(?:%|percent|per\s+cent|km|miles|m\b|kg|mph|feet|ft|dollars|dlrs|mln|million|billion)|[./]\d|-\w+-",
        parse.right,
    ):
        return None
    return part_of(parse, Fixed(year_period(number)))


def _spoken_year(parse: Parse) -> Expression | None:
    """Read a year in words: "nineteen ninety-six", "the year two thousand"."""
    number = spoken_year(parse.numbers("number"), is_said=parse.has("unit"))
    return Fixed(year_period(number)) if number else None


def _short_year_range(parse: Parse) -> Expression | None:
    """Read years that share their century: "1980-88", "2019/20"."""
    year, rest = parse.number("yearno"), parse.texts("dayno", "digits")
    if year is None or not re.fullmatch(r"\d\d", rest[0]):
        return None
    high = year - year % 100 + int(rest[0])
    tight = parse.tokens[-1].end - parse.tokens[0].start == 7
    if year >= high or not tight:
        return None
    return Range(Fixed(year_period(year)), Fixed(year_period(high)), parse.gap())


def _before_christ(parse: Parse) -> Expression | None:
    texts = parse.texts("dayno", "digits", "yearno")
    if not texts[0].isdigit() or len(texts[0]) > 4:
        return None
    return part_of(parse, Fixed(year_period(-int(texts[0]))))


def _of_our_era(parse: Parse) -> Expression | None:
    texts = parse.texts("dayno", "digits", "yearno")
    word = parse.texts("ad")[0]
    if not texts[0].isdigit() or not 1 <= int(texts[0]) <= 2100 or not word.isupper():
        return None
    return part_of(parse, Fixed(year_period(int(texts[0]))))


def _day(year: int, month: int, day: int) -> Period | None:
    try:
        return day_period(date(year, month, day))
    except ValueError:
        return None


_WEEKDAY = "(?:weekday comma?)?"
RULES = (
    Rule("ISO date", "isodate", _iso_date),
    Rule("date in figures", f"{_WEEKDAY} numericdate", _numeric_date),
    Rule("month, day and year", f"{_WEEKDAY} {PART} month the? {_DAY} (?:comma|of|in)? {YEAR}", month_day),
    Rule("day, month and year", f"{_WEEKDAY} the? {_DAY} of? month (?:comma|of)? {YEAR}", month_day),
    Rule("month and day", f"{_WEEKDAY} {PART} (?:this|last|next)? month the? {_DAY}", month_day),
    Rule("day and month", f"{_WEEKDAY} the? {_DAY} of? month", month_day),
    Rule("days of a month", f"month {_DAY} (?:hyphen|to|and) {_DAY} (?:comma? yearno)?", _day_range),
    Rule("days of a month", f"{_DAY} (?:hyphen|to|and) {_DAY} of? month (?:comma? yearno)?", _day_range),
    Rule("months", "month (?:hyphen|to) month comma? yearno", _month_range),
    Rule("months", "month hyphen month", _month_range),
    Rule("month and year", f"{PART} month comma? {YEAR}", _month),
    Rule("month", f"{PART} (?:this|last|next)? month", _month),
    Rule("holiday", f"{PART} (?:this|last|next)? holiday (?:comma? yearno)?", _holiday),
    Rule("year", f"{PART} (?:the unit)? yearno", _year),
    Rule("fiscal year", f"{PART} the? fiscal unit? yearno", _year),
    Rule("spoken year", SPOKEN_YEAR, _spoken_year),
    Rule("years", "yearno (?:hyphen|slash) (?:digits|dayno)", _short_year_range),
    Rule("year before Christ", f"{PART} (?:yearno|digits|dayno) bc", _before_christ),
    Rule("year of our era", f"{PART} (?:(?:yearno|digits|dayno) ad|ad (?:yearno|digits|dayno))", _of_our_era),
)
