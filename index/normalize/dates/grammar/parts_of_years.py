"""Rules for the larger and smaller units around the year: decades, centuries, quarters, halves, seasons."""

import re

from index.normalize.dates.calendar import Period, Unit
from index.normalize.dates.expressions import Expression, Fixed, Named
from index.normalize.dates.grammar.absolute import PART, YEAR, part_of, year_of
from index.normalize.dates.grammar.rules import Parse, Rule

__all__ = ["RULES"]


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
    is_of_year = year is not None or parse.value("unit") is Unit.YEAR
    return Named(Unit.HALF, number - 1, year=year) if is_of_year else None


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


RULES = (
    Rule("decade", f"{PART} the? decade", _decade),
    Rule("decade", f"{PART} the? shortdecade", _short_decade),
    Rule("century", f"{PART} the? ordinal hyphen? unit bc?", _century),
    Rule(
        "quarter",
        f"{PART} the? (?:(?:this|last|next|prior|following) unit? possessive?)? fiscal? yearno? fiscal?"
        f" ordinal quarter (?:comma? {YEAR})?",
        _quarter,
    ),
    Rule("quarter", f"fiscal? hyphen? ordinal hyphen quarter (?:comma? {YEAR})?", _quarter),
    Rule("quarter", "quartercode (?:comma|of|hyphen)? (?:yearno)?|yearno hyphen? quartercode", _quarter),
    Rule("half year", f"the? (?:ordinal|last) hyphen? half (?:comma? {YEAR}|of the unit)", _half),
    Rule("season", f"{PART} the? (?:this last?|last|next|that)? season (?:comma? {YEAR})?", _season),
)
