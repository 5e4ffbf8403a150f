"""Rules for dates that name their place in the calendar: days, months, years, decades, quarters, seasons."""

import re
from datetime import date

from index.normalize.dates.calendar import Part, Period, Unit, day_period, month_period, year_period
from index.normalize.dates.expressions import Basis, Expression, Fixed, Named, PartOf, Range, Step
from index.normalize.dates.rules import Builder, Parse, Rule
from index.normalize.dates.words import GUARDED_MONTHS

__all__ = ["PART", "RULES", "part_of", "year_of"]

# "early", "the late", "mid-", "the end of", "the beginning of the"
PART = "(?:(?:the)? (?:early|mid|late|start|end) (?:hyphen|of)? (?:the)?)?"
# "1998", "of 1998", "of fiscal 1998", "last year", "of the following year"
_YEAR = "(?:(?:of|in)? the? fiscal? yearno|(?:of|in)? the? (?:this|last|next|that|prior|following) unit)"
_DAY = "(?:dayno|ordinal)"
_COUNTED_AFTER = re.compile(
    r"\s+(?!(?:and|or|to|in|on|at|by|when|as|with|was|were|is|are|had|has|the|a|that|he|she|it|they|but|after|before|until|under|for|from|of|between|during|there|where|which|who|because|since|while|although|if|his|her|its|their|this|onwards?|through|against|over|season|edition|[a-z]+ly)\b)[a-z]+s\b"
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
    """The expression, or the part of it that the words name."""
    part = parse.value("early", "mid", "late", "start", "end")
    return PartOf(part, expression) if expression is not None and isinstance(part, Part) else expression


def year_of(parse: Parse) -> Expression | None:
    """The year that the words name for a month or quarter: a number, or "this year"; None when there is none."""
    number = parse.number("yearno")
    if number is not None:
        return Fixed(year_period(number))
    step = parse.number("this", "last", "next")
    if parse.has("unit") and step is not None:
        return Step(Unit.YEAR, step, Basis.DOCUMENT)
    step = parse.number("that", "prior", "following")
    return Step(Unit.YEAR, step, Basis.TEXT) if parse.has("unit") and step is not None else None


def _month_day(parse: Parse) -> Expression | None:
    month, day = parse.number("month"), parse.number("dayno", "ordinal")
    if month is None or day is None or not 1 <= day <= 31:
        return None
    year = parse.number("yearno")
    if year is None:
        return part_of(parse, Named(Unit.DAY, month, day, year=year_of(parse))) if day <= 31 else None
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
        is_guarded = word.lower().rstrip(".") in GUARDED_MONTHS or len(word) == 3
        if is_guarded and not _LONE_MONTH_BEFORE.search(parse.left):
            return None
    return part_of(parse, Named(Unit.MONTH, month, step=step, year=year))


def _month_range(parse: Parse) -> Expression | None:
    low, high = parse.numbers("month")
    year = parse.number("yearno")
    if year is None:
        return Range(Named(Unit.MONTH, low), Named(Unit.MONTH, high))
    first_year = year if low <= high else year - 1
    return Range(Fixed(month_period(first_year, low)), Fixed(month_period(year, high)))


def _day_range(parse: Parse) -> Expression | None:
    month, days = parse.number("month"), parse.numbers("dayno", "ordinal")
    if month is None or len(days) != 2 or days[0] >= days[1]:
        return None
    year = parse.number("yearno")
    if year is None:
        return Range(Named(Unit.DAY, month, days[0]), Named(Unit.DAY, month, days[1]))
    low, high = _day(year, month, days[0]), _day(year, month, days[1])
    return Range(Fixed(low), Fixed(high)) if low and high else None


def _iso_date(parse: Parse) -> Expression | None:
    year, month, day = (int(part) for part in str(parse.value("isodate")).split("-"))
    made = _day(year, month, day) if year else None
    return Fixed(made) if made else None


def _numeric_date(parse: Parse) -> Expression | None:
    """Day first with dots or when the month is impossible, else month first as in the United States."""
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
    """A year spelt out: "nineteen ninety-six", "the year two thousand"."""
    numbers = parse.numbers("number")
    if parse.has("unit") and numbers[:2] == [2, 1000]:
        rest = sum(numbers[2:])
        return Fixed(year_period(2000 + rest)) if rest < 100 else None
    if parse.has("unit") or not 10 <= numbers[0] <= 20 or not 2 <= len(numbers) <= 3:
        return None
    low = numbers[1:]
    if low[0] < 10 or low[0] == 100 or (len(low) == 2 and (low[0] < 20 or low[1] > 9)):
        return None
    return Fixed(year_period(numbers[0] * 100 + sum(low)))


def _short_year_range(parse: Parse) -> Expression | None:
    """Years with the century said once: "1980-88", "2019/20"."""
    year, rest = parse.number("yearno"), parse.texts("dayno", "digits")
    if year is None or not re.fullmatch(r"\d\d", rest[0]):
        return None
    high = year - year % 100 + int(rest[0])
    tight = parse.tokens[-1].end - parse.tokens[0].start == 7
    return Range(Fixed(year_period(year)), Fixed(year_period(high))) if year < high and tight else None


def _decade(parse: Parse) -> Expression | None:
    number = parse.number("decade")
    return part_of(parse, Fixed(Period(Unit.DECADE, number))) if number is not None else None


def _short_decade(parse: Parse) -> Expression | None:
    number = parse.number("shortdecade")
    if number is None or (parse.texts("shortdecade")[0][0].isdigit() and not parse.has("the")):
        return None
    return part_of(parse, Fixed(Period(Unit.DECADE, (1900 + number if number >= 20 else 2000 + number) // 10)))


def _century(parse: Parse) -> Expression | None:
    number = parse.number("ordinal")
    if parse.value("unit") is not Unit.CENTURY or number is None:
        return None
    index = -number if parse.has("bc") else number - 1
    return part_of(parse, Fixed(Period(Unit.CENTURY, index)))


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


def _quarter(parse: Parse) -> Expression | None:
    number = parse.number("ordinal", "quartercode")
    if number is None or not 1 <= number <= 4:
        return None
    year = year_of(parse)
    if isinstance(year, Fixed):
        return part_of(parse, Fixed(Period(Unit.QUARTER, year.period.year * 4 + number - 1)))
    return part_of(parse, Named(Unit.QUARTER, number - 1, year=year))


def _half(parse: Parse) -> Expression | None:
    number = parse.number("ordinal")
    if number is None:
        number = 2 if parse.has("last") else None
    if number not in {1, 2}:
        return None
    year = year_of(parse)
    if isinstance(year, Fixed):
        return Fixed(Period(Unit.HALF, year.period.year * 2 + number - 1))
    return Named(Unit.HALF, number - 1, year=year) if year is not None or parse.has("unit") else None


def _season(parse: Parse) -> Expression | None:
    number, year = parse.number("season"), year_of(parse)
    if number is None:
        return None
    if isinstance(year, Fixed):
        return part_of(parse, Fixed(Period(Unit.SEASON, year.period.year * 4 + number)))
    step = None if year is not None else parse.number("this", "last", "next")
    word = parse.texts("season")[0].lower()
    said = year is not None or step is not None or parse.has("the", "early", "mid", "late", "end", "start", "that")
    if not said and (word in {"fall", "spring"} or not re.search(r"\b(?:in|by|since|until|during)\s$", parse.left)):
        return None
    if (
        word in {"fall", "spring"}
        and step is None
        and year is None
        and re.match(r"\s+(?:in|of|from|to)\b", parse.right)
    ):
        return None
    return part_of(parse, Named(Unit.SEASON, number, step=step, year=year))


def _day(year: int, month: int, day: int) -> Period | None:
    try:
        return day_period(date(year, month, day))
    except ValueError:
        return None


def _rule(name: str, pattern: str, build: Builder) -> Rule:
    return Rule(name, pattern, build)


_WEEKDAY = "(?:weekday comma?)?"
RULES = (
    _rule("ISO date", "isodate", _iso_date),
    _rule("date in figures", f"{_WEEKDAY} numericdate", _numeric_date),
    _rule(
        "month, day and year", f"{_WEEKDAY} {PART} (?:the)? month (?:the)? {_DAY} (?:comma|of|in)? {_YEAR}", _month_day
    ),
    _rule("day, month and year", f"{_WEEKDAY} (?:the)? {_DAY} (?:of)? month (?:comma|of)? {_YEAR}", _month_day),
    _rule("month and day", f"{_WEEKDAY} {PART} month (?:the)? {_DAY}", _month_day),
    _rule("day and month", f"{_WEEKDAY} (?:the)? {_DAY} (?:of)? month", _month_day),
    _rule("days of a month", f"month {_DAY} (?:hyphen|to|and) {_DAY} (?:comma? yearno)?", _day_range),
    _rule("days of a month", f"{_DAY} (?:hyphen|to|and) {_DAY} (?:of)? month (?:comma? yearno)?", _day_range),
    _rule("months", "month (?:hyphen|to) month comma? yearno", _month_range),
    _rule("months", "month hyphen month", _month_range),
    _rule("month and year", f"{PART} month comma? {_YEAR}", _month),
    _rule("month", f"{PART} (?:this|last|next)? month", _month),
    _rule("year", f"{PART} (?:the unit)? yearno", _year),
    _rule("fiscal year", f"{PART} (?:the)? fiscal (?:unit)? yearno", _year),
    _rule("spoken year", "number hyphen? number (?:hyphen? number)?", _spoken_year),
    _rule("spoken year", "the unit number number (?:and? number (?:hyphen? number)?)?", _spoken_year),
    _rule("years", "yearno (?:hyphen|slash) (?:digits|dayno)", _short_year_range),
    _rule("decade", f"{PART} (?:the)? decade", _decade),
    _rule("decade", f"{PART} (?:the)? shortdecade", _short_decade),
    _rule("century", f"{PART} (?:the)? ordinal hyphen? unit bc?", _century),
    _rule("year before Christ", f"{PART} (?:yearno|digits|dayno) bc", _before_christ),
    _rule("year of our era", f"{PART} (?:(?:yearno|digits|dayno) ad|ad (?:yearno|digits|dayno))", _of_our_era),
    _rule(
        "quarter",
        f"{PART} (?:the|its)? (?:this|last|next|prior|following)? unit? possessive? fiscal? yearno? fiscal? hyphen?"
        f" ordinal hyphen? quarter (?:comma? {_YEAR})?",
        _quarter,
    ),
    _rule("quarter", "quartercode (?:comma|of|hyphen)? (?:yearno)?|yearno hyphen? quartercode", _quarter),
    _rule("half year", f"(?:the)? (?:ordinal|last) hyphen? half (?:comma? {_YEAR}|of the unit)", _half),
    _rule("season", f"{PART} (?:the)? (?:this|last|next|that)? season (?:comma? {_YEAR})?", _season),
)
