"""Rules for the larger and smaller units around the year: decades, centuries, quarters, halves, seasons."""

import re

from index.normalize.dates.calendar import Part, Period, Unit, year_period
from index.normalize.dates.expressions import Expression, Fixed, Named, PartOf, Range, Stretch
from index.normalize.dates.grammar.figures import code_year
from index.normalize.dates.grammar.rules import Parse, Rule
from index.normalize.dates.grammar.surroundings import comes_before_event, comes_before_name, is_capitalized_name
from index.normalize.dates.grammar.years import PART, YEAR, part_of, year_of

__all__ = ["RULES"]

_DECADE_BEFORE = re.compile(
    r"(\d{2})\d0s(?:\s*(?:,|and|or|to|through|[-–/&])\s*(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?:['’]?\d0s)?)+\s*$"
)
_SEASON_BEFORE = re.compile(r"\b(?:in|by|since|until|during)\s$")
_AGE_BEFORE = re.compile(r"\b(?:his|her|their|my|our|your)\s(?:early|late|mid-?)?\s?$", re.IGNORECASE)
_DEGREES_BEFORE = re.compile(r"\b(?:temperatures?|thermometers?|highs?|lows?)\b[^.;]{0,30}$", re.IGNORECASE)
_FIRST_LONE_DECADE = 190
_LAST_CENTURY_DECADES = 20  # "The 20s" and later decades are of the last century, "the 10s" of this one.


def _decade(parse: Parse) -> Expression | None:
    number = parse.number("decade")
    if number is None:
        return None
    # "The 1800s" are a century; "the 1900s" and "the 2000s" are ten years.
    is_century = number % 10 == 0 and number < _FIRST_LONE_DECADE
    period = Period(Unit.CENTURY, number // 10) if is_century else Period(Unit.DECADE, number)
    return part_of(parse, Fixed(period))


def _short_decade(parse: Parse) -> Expression | None:
    number = parse.number("shortdecade")
    if number is None:
        return None
    before = _DECADE_BEFORE.search(parse.left)
    if before:
        return part_of(parse, Fixed(Period(Unit.DECADE, int(before[1]) * 10 + number // 10)))
    if parse.texts("shortdecade")[0][0].isdigit() and (not parse.has("the") or _DEGREES_BEFORE.search(parse.left)):
        return None
    return part_of(parse, Fixed(Period(Unit.DECADE, _decade_index(number))))


def _named_decade(parse: Parse) -> Expression | None:
    """Read "the Sixties", "the late sixties" and "nineteen-sixties"; "in the sixties" may be a temperature."""
    number, hundreds = parse.number("decadeword"), parse.number("number")
    if number is None or (hundreds is not None and not 10 <= hundreds <= 20):
        return None
    if hundreds is not None:
        return part_of(parse, Fixed(Period(Unit.DECADE, hundreds * 10 + number // 10)))
    is_said = parse.texts("decadeword")[0][0].isupper() or parse.has("early", "late")
    if not parse.has("the") or not is_said or _AGE_BEFORE.search(parse.left):
        return None
    return part_of(parse, Fixed(Period(Unit.DECADE, _decade_index(number))))


def _decade_index(number: int) -> int:
    return (1900 + number if number >= _LAST_CENTURY_DECADES else 2000 + number) // 10


def _century(parse: Parse) -> Expression | None:
    number = parse.number("ordinal", "roman")
    if parse.value("unit") is not Unit.CENTURY or number is None or not 1 <= number <= 30:
        return None
    return part_of(parse, Fixed(_century_period(number, is_before_christ=parse.has("bc"))))


def _centuries(parse: Parse) -> Expression | None:
    """Read two centuries: "the 18th and 19th centuries"."""
    numbers = parse.numbers("ordinal", "roman")
    if parse.value("unit") is not Unit.CENTURY or len(numbers) != 2:
        return None
    low, high = (_century_period(number, is_before_christ=parse.has("bc")) for number in numbers)
    return Range(Fixed(low), Fixed(high), parse.gap()) if low.index < high.index else None


def _century_period(number: int, *, is_before_christ: bool) -> Period:
    return Period(Unit.CENTURY, -number if is_before_christ else number - 1)


def _quarter(parse: Parse) -> Expression | None:
    year = year_of(parse)
    if isinstance(year, Range):
        return year
    code = str(parse.value("quartercode") or "")
    number = int(code[0]) if code else parse.number("ordinal")
    if number is None or not 1 <= number <= 4:
        return None
    if code[2:]:
        year = _of_code(code[2:])
    elif parse.has("codedyear"):
        year = _of_code(f"{parse.number('codedyear'):02d}")
    if isinstance(year, Fixed):
        return part_of(parse, Fixed(Period(Unit.QUARTER, year.period.year * 4 + number - 1), year.is_loose))
    return part_of(parse, Named(Unit.QUARTER, number - 1, year=year))


def _quarters(parse: Parse) -> Expression | None:
    """Read two quarters of one year: "Q2-Q3 2019", "the second and third quarters of 2019"."""
    numbers = [int(str(value)[0]) for value in parse.numbers("ordinal") or parse.values("quartercode")]
    year = year_of(parse)
    if len(numbers) != 2 or not 1 <= numbers[0] < numbers[1] <= 4:
        return None
    if isinstance(year, Fixed):
        low, high = (Fixed(Period(Unit.QUARTER, year.period.year * 4 + each - 1), year.is_loose) for each in numbers)
        return Range(low, high, parse.gap())
    if year is not None:
        return None
    return Range(Named(Unit.QUARTER, numbers[0] - 1), Named(Unit.QUARTER, numbers[1] - 1), parse.gap())


def _half(parse: Parse) -> Expression | None:
    number = parse.number("ordinal")
    if number is None:
        number = 2 if parse.has("last") else None
    if number not in {1, 2}:
        return None
    year = year_of(parse)
    if isinstance(year, Range):
        return year
    if isinstance(year, Fixed):
        return Fixed(Period(Unit.HALF, year.period.year * 2 + number - 1), year.is_loose)
    is_of_year = year is not None or parse.value("unit") is Unit.YEAR
    return Named(Unit.HALF, number - 1, year=year) if is_of_year else None


def _half_of(parse: Parse, inner: Expression | None) -> Expression | None:
    number = 2 if parse.has("last") else parse.number("ordinal")
    if inner is None or number not in {1, 2}:
        return None
    return PartOf(Part.FIRST_HALF if number == 1 else Part.SECOND_HALF, inner)


def _half_month(parse: Parse) -> Expression | None:
    """Read "the first half of March 2020"."""
    return _half_of(parse, _inner_period(parse))


def _half_decade(parse: Parse) -> Expression | None:
    """Read "the second half of the 1990s", "the first half of the '90s"."""
    rest = parse.after("half")
    return _half_of(parse, _decade(rest) or _short_decade(rest))


def _half_century(parse: Parse) -> Expression | None:
    """Read "the first half of the 19th century"."""
    return _half_of(parse, _century(parse.after("half")))


def _half_code(parse: Parse) -> Expression | None:
    """Read "H1 2020", "1H20" and "H2 FY19"; without a year it may be something else."""
    code = str(parse.value("halfcode"))
    year = _of_code(code[2:]) if len(code) > 2 else year_of(parse)
    if parse.has("codedyear"):
        year = _of_code(f"{parse.number('codedyear'):02d}")
    if isinstance(year, Range):
        return year
    if not isinstance(year, Fixed) or code[0] not in "12":
        return None
    return Fixed(Period(Unit.HALF, year.period.year * 2 + int(code[0]) - 1), year.is_loose)


def _of_code(figures: str) -> Fixed | None:
    year = code_year(figures)
    return Fixed(year_period(year)) if year is not None else None


def _season(parse: Parse) -> Expression | None:
    number, year = parse.number("season"), year_of(parse)
    if number is None or isinstance(year, Range):
        return None
    if year is None and parse.has("codedyear"):
        year = _of_code(f"{parse.number('codedyear'):02d}")
    if isinstance(year, Fixed):
        return part_of(parse, Fixed(Period(Unit.SEASON, year.period.year * 4 + number)))
    step = None if year is not None else parse.number("this", "last", "next")
    word = parse.texts("season")[0]
    is_event = comes_before_event(parse.right)
    said = year is not None or step is not None or parse.has("the", "early", "mid", "late", "end", "start", "that")
    if not is_event and not said and (word.lower() in {"fall", "spring"} or not _SEASON_BEFORE.search(parse.left)):
        return None
    if not is_event and year is None and word[0].isupper() and comes_before_name(parse.right):
        return None  # "Summer Jones", "the Winter Olympics"
    if len(parse.tokens) == 1 and word[0].isupper() and is_capitalized_name(parse.left):
        return None  # "Donna Summer", "the Arab Spring"
    if (
        word.lower() in {"fall", "spring"}
        and step is None
        and year is None
        and re.match(r"\s+(?:in|of|from|to)\b", parse.right)
    ):
        return None
    return part_of(parse, Named(Unit.SEASON, number, step=step, year=year))


def _season_over_years(parse: Parse) -> Expression | None:
    """Read "the winter of 2010-11": the winter that ends in the second year; other seasons lie in one year."""
    number, year = parse.number("season"), parse.number("yearno")
    years = parse.numbers("yearno")
    following = years[1] if len(years) > 1 else code_year(parse.texts("dayno", "digits")[0])
    if year is None or following is None or following % 100 != (year + 1) % 100:
        return None
    low, high = Fixed(year_period(year)), Fixed(year_period(year + 1))
    return Fixed(Period(Unit.SEASON, (year + 1) * 4)) if number == 0 else Range(low, high, parse.gap())


def _part_in_units(parse: Parse) -> Expression | None:
    """Read "the first week of April", "the last two weeks of 2019", "the first ten days of May 2020"."""
    unit, count = parse.value("unit", "quarter"), 1
    which, inner = parse.number("last", "ordinal"), _inner_period(parse)
    if not isinstance(unit, Unit) or inner is None or which is None or unit in {Unit.YEAR, Unit.DECADE, Unit.CENTURY}:
        return None
    if any(parse.has_before(counted, "unit", "quarter") for counted in ("number", "dayno")):
        count = parse.number("number", "dayno") or 1
    if which > 1 and count > 1:
        return None
    return Stretch(unit, count, which, inner)


def _inner_period(parse: Parse) -> Expression | None:
    month, year = parse.number("month"), year_of(parse.after("of", "in"))
    if month is not None:
        named = Named(Unit.MONTH, month, year=year)
        return Fixed(Period(Unit.MONTH, year.period.year * 12 + month - 1)) if isinstance(year, Fixed) else named
    return None if isinstance(year, Range) else year


_CODED_YEAR = f"(?:codedyear|hyphen? yearno|(?:comma|of|slash)? {YEAR})"
RULES = (
    Rule("decade", f"{PART} the? decade", _decade),
    Rule("decade", f"{PART} the? shortdecade", _short_decade),
    Rule("decade", f"{PART} the? (?:number hyphen?)? decadeword", _named_decade),
    Rule("century", f"{PART} the? (?:ordinal|roman) hyphen? unit bc?", _century),
    Rule(
        "centuries",
        "the? (?:ordinal|roman) (?:hyphen? unit)? (?:hyphen|to|and|or) the? (?:ordinal|roman) hyphen? unit bc?",
        _centuries,
    ),
    Rule(
        "quarter",
        f"{PART} the? (?:(?:this|last|next|prior|following) unit? possessive?)? fiscal? yearno? fiscal?"
        f" ordinal quarter (?:comma? {YEAR})?",
        _quarter,
    ),
    Rule("quarter", f"fiscal? hyphen? ordinal hyphen quarter (?:comma? {YEAR})?", _quarter),
    Rule("quarter", f"quartercode {_CODED_YEAR}?|(?:yearno|fiscalcode) hyphen? quartercode", _quarter),
    Rule("quarters", "quartercode (?:hyphen|to|and|slash) quartercode (?:of? yearno)?", _quarters),
    Rule("quarters", f"the? ordinal (?:hyphen|to|and|or) the? ordinal quarter (?:comma? {YEAR})?", _quarters),
    Rule("half year", f"the? (?:ordinal|last) hyphen? half (?:comma? {YEAR}|of the unit)", _half),
    Rule(
        "half of a month", f"the? (?:ordinal|last) hyphen? half (?:of|in) month (?:(?:comma|of)? {YEAR})?", _half_month
    ),
    Rule("half of a decade", "the? (?:ordinal|last) hyphen? half of the? (?:decade|shortdecade)", _half_decade),
    Rule(
        "half of a century",
        "the? (?:ordinal|last) hyphen? half of the? (?:ordinal|roman) hyphen? unit bc?",
        _half_century,
    ),
    Rule("half year", f"halfcode {_CODED_YEAR}?|(?:yearno|fiscalcode) hyphen? halfcode", _half_code),
    Rule("season", f"{PART} the? (?:this last?|last|next|that)? season (?:comma? {YEAR})?", _season),
    Rule("season", "the? yearno season|the? season of? codedyear", _season),
    Rule("season", "the? season (?:of|in)? yearno (?:hyphen|slash) (?:dayno|digits|yearno)", _season_over_years),
    Rule(
        "part in units",
        "the? (?:last|ordinal) (?:number|dayno)? (?:unit|quarter) (?:of|in)"
        f" (?:month (?:(?:comma|of)? {YEAR})?|{YEAR})",
        _part_in_units,
    ),
)
