"""Rules for years: bare ones and the words before them, ranges of years, years before Christ, years in words."""

import re
from collections.abc import Sequence

from index.normalize.dates.calendar import Part, Unit, month_period, year_period
from index.normalize.dates.expressions import Basis, Expression, Fixed, PartOf, Range, Step
from index.normalize.dates.grammar.figures import code_year
from index.normalize.dates.grammar.rules import Parse, Rule
from index.normalize.dates.grammar.surroundings import is_no_year

__all__ = ["PART", "RULES", "SPOKEN_YEAR", "YEAR", "fiscal_year", "part_of", "spoken_year", "year_of"]

# "early", "the late", "mid-", "the end of", "the beginning of the"
PART = "(?:the? (?:(?:early|mid|late) (?:hyphen|in|of)?|end hyphen?|(?:start|end) of) the?)?"
SPOKEN_YEAR = "(?:the unit)? number hyphen? number (?:and? hyphen? number)?"
# "1998", "of 1998", "of fiscal 1998", "FY19", "last year", "of the following year"
YEAR = (
    f"(?:(?:of|in)? the? fiscal? (?:yearno|{SPOKEN_YEAR})|(?:of|in)? the? (?:this|last|next|that|prior|following) unit"
    "|(?:of|in)? the? (?:fiscalcode yearno?|fiscal unit yearno))"
)
_CODED_BEFORE = re.compile(
    r"\b(?:in|since|until|by|from|to|before|after|class\s+of|back\s+in|during)\s$", re.IGNORECASE
)
_YEAR_NUMBERS = ("dayno", "digits", "yearno")


def part_of(parse: Parse, expression: Expression | None) -> Expression | None:
    """Return the expression, or the part of it that the words name."""
    part = parse.value("early", "mid", "late", "start", "end")
    return PartOf(part, expression) if expression is not None and isinstance(part, Part) else expression


def year_of(parse: Parse) -> Expression | None:
    """Return the year that the words give a month or quarter: a number, or "this year"; None without one."""
    is_fiscal = parse.has("fiscal", "fiscalcode")
    if is_fiscal and parse.has("fiscalcode"):
        return fiscal_year(parse)
    number = parse.number("yearno")
    if number is None and parse.has("number"):
        number = spoken_year(parse.numbers("number"), is_said=parse.has("unit"))
    if number is not None:
        return Fixed(year_period(number), is_loose=is_fiscal)
    if not parse.has("unit"):
        return None
    step = parse.number("this", "last", "next")
    if step is not None:
        return Step(Unit.YEAR, step, Basis.DOCUMENT)
    step = parse.number("that", "prior", "following")
    return Step(Unit.YEAR, step, Basis.TEXT) if step is not None else None


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


def fiscal_year(parse: Parse) -> Expression | None:
    """Read a financial year: "FY19", "FY 2019", "FY2018/19"; of two years the whole of both."""
    written = [part for part in re.split("[/–-]", str(parse.value("fiscalcode"))) if part]
    written += [str(number) for number in parse.numbers("yearno")]
    years = [year for part in written if (year := code_year(part)) is not None]
    if not years or len(years) > 2 or (len(years) == 2 and years[1] != years[0] + 1):
        return None
    low, high = Fixed(year_period(years[0]), is_loose=True), Fixed(year_period(years[-1]), is_loose=True)
    return low if len(years) == 1 else Range(low, high, parse.gap_in("fiscalcode"))


def _year(parse: Parse) -> Expression | None:
    number = parse.number("yearno")
    if number is None or (len(parse.tokens) == 1 and is_no_year(number, parse.left, parse.right)):
        return None
    return part_of(parse, Fixed(year_period(number), is_loose=parse.has("fiscal")))


def _coded_year(parse: Parse) -> Expression | None:
    """Read "in '89" and "the class of '05"."""
    number = parse.number("codedyear")
    if number is None or not _CODED_BEFORE.search(parse.left):
        return None
    year = code_year(f"{number:02d}")
    return Fixed(year_period(year)) if year else None


def _spoken_year(parse: Parse) -> Expression | None:
    """Read a year in words: "nineteen ninety-six", "the year two thousand"."""
    number = spoken_year(parse.numbers("number"), is_said=parse.has("unit"))
    return Fixed(year_period(number)) if number else None


def _short_year_range(parse: Parse) -> Expression | None:
    """Read years that share their century: "1980-88", "2019/20"; with "financial year" also "2018-2019".

    Figures that are no later year are a month: "2019-07".
    """
    numbers = parse.numbers("yearno")
    if not numbers:
        return None
    gap, rest = parse.gap(), parse.texts("dayno", "digits")
    if rest and (len(rest[0]) != 2 or not rest[0].isdecimal() or gap[1] - gap[0] != 1):
        return None
    if parse.has("slash") and parse.right.startswith("/"):
        return None  # "Directive 2004/38/EC"
    low, is_loose = numbers[0], parse.has("fiscal", "fiscalcode")
    high = int(rest[0]) + low - low % 100 + (100 if rest[0] == "00" else 0) if rest else numbers[1]
    if low >= high:
        is_month = rest and parse.has("hyphen") and 1 <= int(rest[0]) <= 12 and not is_loose
        return Fixed(month_period(low, int(rest[0]))) if is_month else None
    return Range(Fixed(year_period(low), is_loose), Fixed(year_period(high), is_loose), gap)


def _slashed_years(parse: Parse) -> Expression | None:
    """Read a year over two years, "2019/2020", which is no number of a law."""
    low, high = parse.numbers("yearno")
    if high != low + 1 or parse.right.startswith("/") or is_no_year(high, f"{parse.left}{low}/", ""):
        return None
    return Range(Fixed(year_period(low)), Fixed(year_period(high)), parse.gap())


def _said_years(parse: Parse) -> Expression | None:
    """Read "the years 1933 to 1945"."""
    low, high = parse.numbers("yearno")
    if low >= high or not parse.texts("unit")[0].lower().endswith("s"):
        return None
    return Range(Fixed(year_period(low)), Fixed(year_period(high)), parse.gap())


def _before_christ(parse: Parse) -> Expression | None:
    texts = parse.texts(*_YEAR_NUMBERS)
    if not texts[0].isdigit() or len(texts[0]) > 4:
        return None
    return part_of(parse, Fixed(year_period(-int(texts[0]))))


def _years_before_christ(parse: Parse) -> Expression | None:
    """Read years of which the first one is before Christ: "264-241 BC", "27 BC-14 AD"."""
    first, last = (int(text) if len(text) <= 4 and text.isdecimal() else 0 for text in parse.texts(*_YEAR_NUMBERS))
    low, high = -first, last if parse.has("ad") else -last
    if not first or not last or low >= high:
        return None
    return Range(Fixed(year_period(low)), Fixed(year_period(high)), parse.gap())


def _of_our_era(parse: Parse) -> Expression | None:
    texts = parse.texts(*_YEAR_NUMBERS)
    word = parse.texts("ad")[0]
    if not texts[0].isdigit() or not 1 <= int(texts[0]) <= 2100 or not word.isupper():
        return None
    return part_of(parse, Fixed(year_period(int(texts[0]))))


_NUMBER = "(?:yearno|digits|dayno)"
_BETWEEN = "(?:hyphen|to|slash|and)"
RULES = (
    Rule("year", f"{PART} (?:the unit)? yearno", _year),
    Rule("years", "the? unit yearno (?:hyphen|to) yearno", _said_years),
    Rule("fiscal year", f"{PART} the? fiscal unit? yearno", _year),
    Rule("fiscal year", "the? fiscalcode yearno?", fiscal_year),
    Rule("short year", "codedyear", _coded_year),
    Rule("spoken year", SPOKEN_YEAR, _spoken_year),
    Rule("years", "yearno (?:hyphen|slash) (?:digits|dayno)", _short_year_range),
    Rule("years", "yearno slash yearno", _slashed_years),
    Rule("fiscal years", "the? fiscal unit? yearno (?:hyphen|slash) (?:digits|dayno|yearno)", _short_year_range),
    Rule("fiscal years", "fiscalcode yearno (?:hyphen|slash) (?:digits|dayno|yearno)", _short_year_range),
    Rule("fiscal years", "the? yearno (?:hyphen|slash) (?:digits|dayno|yearno) fiscal unit?", _short_year_range),
    Rule("year before Christ", f"{PART} {_NUMBER} bc", _before_christ),
    Rule("years before Christ", f"{_NUMBER} bc? {_BETWEEN} {_NUMBER} bc", _years_before_christ),
    Rule("years before Christ", f"{_NUMBER} bc {_BETWEEN} (?:{_NUMBER} ad|ad {_NUMBER})", _years_before_christ),
    Rule("year of our era", f"{PART} (?:{_NUMBER} ad|ad {_NUMBER})", _of_our_era),
)
