"""Rules for halves of months, decades and centuries, weeks by number, and listed days; not for English."""

from collections.abc import Callable
from datetime import date

from index.normalize.dates.calendar import Part, Period, Unit, month_period
from index.normalize.dates.expressions import Expression, Fixed, Named, PartOf
from index.normalize.dates.grammar.listed_days import listed_days
from index.normalize.dates.grammar.rules import Parse, Rule
from index.normalize.dates.grammar.years import part_of

__all__ = ["make_part_rules"]

_THIRDS = (Part.EARLY, Part.MID, Part.LATE)
_PLURALS = frozenset(("los", "els", "gli"))
Builder = Callable[[Parse], Expression | None]
_OF = "(?:of|the)*"
_DAY = "(?:dayno|ordinal) dot?"
_YEAR = "(?:comma|of|the)* (?:yearword the?)? yearno (?:yearword|eraword)?"
_ANY_DECADE = "(?:decadeword|number|dayno|digits|codedyear|decade|shortdecade|yearno)"
_PART = "(?:early|mid|late)"
_HALF = f"ordinal (?:half|mid) {_OF}"


def make_part_rules(decade: Builder, century: Builder) -> tuple[Rule, ...]:
    """Return the rules; `decade` and `century` build what a half is taken of."""

    def half_decade(parse: Parse) -> Expression | None:
        return _half_of(parse, decade(parse.after("half", "mid")))

    def half_century(parse: Parse) -> Expression | None:
        return _half_of(parse, century(parse.after("half", "mid")))

    def suffixed_decade(parse: Parse) -> Expression | None:
        """Read "1990'ların sonunda", whose word for the part stands behind it."""
        return decade(parse) if "'" in parse.tokens[0].text.replace("’", "'") else None

    return (
        Rule("decade", f"(?:decade|shortdecade) eraword? {_PART}", suffixed_decade),
        Rule("decade", f"{_PART} {_OF} yearno", _plural_decade),
        Rule("half of a month", f"{_HALF} month (?:{_YEAR})?", _half_month),
        Rule("half of a month", f"ordinal half (?:{_YEAR})?", _half_named_month),
        Rule("part of a month", f"ordinal decadename {_OF} month (?:{_YEAR})?", _third_of_month),
        Rule("half of a month", "month yearno suffix? ordinal half", _half_month),
        Rule(
            "half of a decade",
            f"{_HALF} (?:eraword|decadename) {_OF} {_ANY_DECADE}",
            half_decade,
        ),
        Rule("half of a decade", f"{_HALF} (?:decadeword|decade|shortdecade) eraword?", half_decade),
        Rule("half of a century", f"{_HALF} century (?:(?:roman|dayno) dot?|ordinal)", half_century),
        Rule("half of a century", f"{_HALF} (?:(?:roman|dayno) dot?|ordinal) century", half_century),
        Rule("week", "unit (?:dayno|digits) (?:slash|comma|of|the)* yearno", _week),
        Rule("week", "(?:dayno|digits) dot unit (?:slash|comma|of|the)* yearno", _week),
        Rule(
            "listed days",
            f"the? {_DAY} (?:comma the? {_DAY})+ comma? (?:and|or) the? {_DAY} {_OF} month (?:{_YEAR})?",
            listed_days,
        ),
    )


def _half_of(parse: Parse, inner: Expression | None, *, is_month: bool = False) -> Expression | None:
    number = parse.number("ordinal")
    if inner is None or number not in {1, 2} or (parse.value("half") and not is_month):
        return None
    return PartOf(Part.FIRST_HALF if number == 1 else Part.SECOND_HALF, inner)


def _plural_decade(parse: Parse) -> Expression | None:
    """Read "principios de los 1990"."""
    year, words = parse.number("yearno"), parse.texts("of", "the")
    if year is None or year % 10 or not words or words[-1].lower().split()[-1] not in _PLURALS:
        return None
    return part_of(parse, Fixed(Period(Unit.DECADE, year // 10)))


def _half_month(parse: Parse) -> Expression | None:
    """Read "erste Hälfte des März 2020", "segunda quincena de marzo"."""
    inner = _month_of(parse, parse.number("month"))
    return _half_of(parse, inner, is_month=True)


def _half_named_month(parse: Parse) -> Expression | None:
    """Read "erste Märzhälfte 2020"."""
    return _half_of(parse, _month_of(parse, parse.number("half")), is_month=True)


def _third_of_month(parse: Parse) -> Expression | None:
    """Read "первая декада марта": ten days."""
    number, inner = parse.number("ordinal"), _month_of(parse, parse.number("month"))
    if inner is None or number is None or not 1 <= number <= len(_THIRDS):
        return None
    return PartOf(_THIRDS[number - 1], inner)


def _month_of(parse: Parse, month: int | None) -> Expression | None:
    year = parse.number("yearno")
    if month is None:
        return None
    return Fixed(month_period(year, month)) if year is not None else Named(Unit.MONTH, month)


def _week(parse: Parse) -> Expression | None:
    """Read the number of a week, as ISO 8601 counts them: "KW 9/2024", "semaine 9 de 2024"."""
    number, year = parse.texts("dayno", "digits")[0], parse.number("yearno")
    if parse.value("unit") is not Unit.WEEK or year is None or not number.isdecimal():
        return None
    try:
        monday = date.fromisocalendar(year, int(number), 1)
    except ValueError:
        return None
    return Fixed(Period(Unit.WEEK, (monday.toordinal() - 1) // 7))
