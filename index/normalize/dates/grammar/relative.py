"""Rules for dates that need another date: yesterday, last week, Tuesday, two years ago, the following day."""

import re

from index.normalize.dates.calendar import Part, Unit, year_period
from index.normalize.dates.expressions import Basis, Clock, Expression, Fixed, Length, Named, PartOf, Shift, Step, Vague
from index.normalize.dates.grammar.rules import Parse, Rule
from index.normalize.dates.grammar.surroundings import is_in_weekday_name
from index.normalize.dates.grammar.years import PART, part_of

__all__ = ["APPROXIMATE", "QUANTITY", "RULES"]

# "nearly", "more than", "at least", "up to", "no more than"
APPROXIMATE = "(?:nearly|no? (?:more|less) than|at least|up to)?"
# "two", "twenty-five", "2 1/2", "several", "a couple of", "20 more"
QUANTITY = (
    "(?:number (?:hyphen? number){0,6} (?:and number){0,2}"
    "|(?:dayno|digits) (?:dayno slash dayno)?"
    "|the? a? several of?) more?"
)
_UNIT = "(?:unit|weekend|quarter)"
_ENDED_AFTER = re.compile(
    r"\s+(?:ended|ending|to)\s+(?:on\s+)?(?:[A-Z]|tomorrow|yesterday)"
)  # "the year ended March 31"
_FOR_BEFORE = re.compile(r"\b(?:for|of)\s$", re.IGNORECASE)
_AT_CLAUSE_END = re.compile(r"\s*(?:[,.;:!?)\]\"”]|$)")
# Before "a year" that is a length of time, not a rate ("$5 million a year").
_LENGTH_BEFORE = re.compile(
    r"\b(?:for|in|within|than|nearly|almost|least|after|over|about|during|took|takes?|last(?:s|ed|ing)?|spen[dt]|"
    r"only|just|through|wait(?:ed|ing)?|barely|under|around|every|once|until)\s$",
    re.IGNORECASE,
)
_NEWSPAPER = re.compile(r"\b[A-Z]\w+ $")  # "USA Today"
_FUTURE_BEFORE = re.compile(r"\b(?:in|into|for|of)\s$", re.IGNORECASE)


def _today(parse: Parse) -> Expression | None:
    step = parse.number("today", "tonight")
    if step is None:
        return None
    if _NEWSPAPER.search(parse.left) and parse.tokens[0].text == "Today":
        return None
    day = Step(Unit.DAY, step, Basis.DOCUMENT)
    part = "NI" if parse.has("tonight") else parse.value("daypart")
    return Clock(day, f"T{part}") if part else day


def _next_but_one(parse: Parse) -> Expression | None:
    """Read "the day before yesterday", "the week after next", "the year before last"."""
    unit, sign = parse.value("unit", "daypart"), parse.number("before", "after")
    if sign is None:
        return None
    if parse.has("today"):
        return Step(Unit.DAY, 2 * sign, Basis.DOCUMENT) if unit is Unit.DAY and parse.number("today") == sign else None
    if parse.number("last", "next") != sign or unit is Unit.DAY:
        return None
    if parse.has("daypart"):
        is_night = unit == "NI" and sign < 0
        return Clock(Step(Unit.DAY, 2 * sign, Basis.DOCUMENT), "TNI") if is_night else None
    return Step(unit, 2 * sign, Basis.DOCUMENT) if isinstance(unit, Unit) and not _is_plural(parse) else None


def _fortnight(parse: Parse) -> Expression | None:
    """Read "a fortnight ago", which is two weeks ago."""
    sign = parse.number("ago", "earlier", "later")
    count = parse.quantity()
    if sign is None or count is None or count % 1 or count > 99:
        return None
    return Shift(2 * sign * int(count), Unit.WEEK, Basis.DOCUMENT if parse.has("ago") else Basis.TEXT)


def _this_daypart(parse: Parse) -> Expression | None:
    part, step = parse.value("daypart"), parse.number("this", "last")
    if step is None or part is None or parse.texts("daypart")[0].lower().endswith("s"):
        return None
    return Clock(Step(Unit.DAY, step, Basis.DOCUMENT), f"T{part}")


def weekday(parse: Parse) -> Expression | None:
    """Read a day of the week, with "last", "this" or "next" when written."""
    number = parse.number("weekday")
    word = parse.texts("weekday")[0]
    is_loose = len(word) <= 3 or word.lower() in {"sun.", "sat."}
    if is_in_weekday_name(parse.left, parse.right) and not parse.has("last", "this", "next", "prior", "following"):
        return None
    if number is None or is_loose or word.lower().endswith("days"):
        return None
    step = parse.number("prior", "following")
    if step is not None:
        return Named(Unit.DAY, number, step=step, basis=Basis.TEXT)
    return Named(Unit.DAY, number, step=parse.number("this", "last", "next"))


def _weekday(parse: Parse) -> Expression | None:
    expression, part = weekday(parse), parse.value("daypart")
    return Clock(expression, f"T{part}") if expression and part else expression


def _step(parse: Parse) -> Expression | None:
    unit = parse.value("unit", "weekend", "quarter")
    if not isinstance(unit, Unit) or _is_plural(parse):
        return None
    if parse.has("prior", "following", "that"):
        return part_of(parse, Step(unit, parse.number("prior", "following", "that") or 0, Basis.TEXT))
    step = parse.number("this", "last", "next", "latest")
    if step is None or [word.lower() for word in parse.texts("the", "last")] == ["the", "past"]:
        return None  # "the past year" is a length.
    is_the = parse.has("the") or re.search(r"\bthe\s$", parse.left, re.IGNORECASE)
    if parse.has("last", "next") and is_the and re.match(r"\s+of\b", parse.right):
        return None  # "the last week of August"
    if unit is Unit.DAY and parse.has("last"):
        return None  # "on the last day"
    if parse.has("latest") and unit is Unit.QUARTER:
        return Step(unit, 0, Basis.TEXT)
    if parse.has("next") and parse.has("the") and unit in {Unit.DAY, Unit.MONTH, Unit.YEAR}:
        return part_of(parse, Step(unit, step, Basis.TEXT))
    return part_of(parse, Step(unit, step, Basis.DOCUMENT))


def _bare_step(parse: Parse) -> Expression | None:
    """Read the current unit: "the quarter", "the end of the year"."""
    unit = parse.value("unit", "weekend", "quarter")
    if not isinstance(unit, Unit) or _is_plural(parse) or unit in {Unit.DECADE, Unit.CENTURY}:
        return None
    if parse.has("early", "mid", "late", "start", "end", "earlier", "later"):
        return part_of(parse, Step(unit, 0, Basis.DOCUMENT)) if unit is not Unit.DAY else None
    if unit is Unit.YEAR:
        if _ENDED_AFTER.match(parse.right):
            return Length("P1Y")
        is_ours = parse.has("full") or (_FOR_BEFORE.search(parse.left) and _AT_CLAUSE_END.match(parse.right))
        return Step(unit, 0, Basis.DOCUMENT) if is_ours else None
    if unit is Unit.QUARTER:
        return Step(unit, 0, Basis.TEXT) if not re.match(r"-|\s+of\s+(?:a|an|the)\b", parse.right) else None
    return Named(Unit.WEEKEND, 0) if unit is Unit.WEEKEND else None


def _unit_end(parse: Parse) -> Expression | None:
    """Read "year-end" and "the month's end"."""
    unit, year = parse.value("unit"), parse.number("yearno")
    if unit is Unit.YEAR and year is not None:
        return PartOf(Part.END, Fixed(year_period(year)))
    if unit is Unit.YEAR or (unit is Unit.MONTH and year is None and parse.has("possessive")):
        return PartOf(Part.END, Step(unit, 0, Basis.DOCUMENT))
    return None


def _shift(parse: Parse) -> Expression | None:
    unit = parse.value("unit", "quarter")
    sign = parse.number("ago", "earlier", "later", "before")
    if not isinstance(unit, Unit) or sign is None:
        return None
    if parse.has("before") and not _AT_CLAUSE_END.match(parse.right):
        return None
    basis = Basis.DOCUMENT if parse.has("ago") else Basis.TEXT
    count = parse.quantity()
    if count is None or count != count.to_integral_value() or abs(count) > 9999:
        return Shift(None, unit, basis) if parse.has("several") or count is not None else None
    return Shift(sign * int(count), unit, basis)


def _unit_before(parse: Parse) -> Expression | None:
    """Read a unit beside the last date: "the day before", "the year after"."""
    unit, sign = parse.value("unit"), parse.number("before", "after", "earlier", "later")
    if not isinstance(unit, Unit) or sign is None or _is_plural(parse) or not _AT_CLAUSE_END.match(parse.right):
        return None
    return Step(unit, sign, Basis.TEXT)


def _year_ago_period(parse: Parse) -> Expression | None:
    """Read a year before the current period: "year-earlier", "the year-ago quarter"."""
    return Shift(-1, Unit.YEAR, Basis.TEXT) if parse.value("unit") is Unit.YEAR else None


def _latest(_: Parse) -> Expression | None:
    return Step(Unit.QUARTER, 0, Basis.TEXT)


def _vague(parse: Parse) -> Expression | None:
    if parse.has("reference") and not _FUTURE_BEFORE.search(parse.left):
        return None
    return Vague(str(parse.value("vague", "reference")))


def _is_plural(parse: Parse) -> bool:
    return any(word.lower().endswith("s") for word in parse.texts("unit", "weekend", "quarter"))


def is_length(parse: Parse) -> bool:
    """True when the words before "a year" make it a length of time, not a rate."""
    return _LENGTH_BEFORE.search(parse.left) is not None


_WHEN = "(?:early|late|earlier|later)?"
RULES = (
    Rule("day by today", f"{_WHEN} today daypart?|later? tonight", _today),
    Rule("day by today", "the? (?:unit|daypart) (?:before|after) (?:today|last|next)", _next_but_one),
    Rule("time ago", "(?:a|number|dayno) fortnight (?:ago|earlier|later)", _fortnight),
    Rule("part of today", f"{_WHEN} (?:this|last) daypart", _this_daypart),
    Rule(
        "weekday",
        f"{_WHEN} (?:this next|this|last|next|the? (?:prior|following))? weekday"
        " (?:possessive? (?:early|late)? daypart)?",
        _weekday,
    ),
    Rule(
        "period next to ours",
        f"(?:earlier|later|{PART}) the? fiscal? (?:this|last|next|latest|prior|following|that that?) fiscal? {_UNIT}",
        _step,
    ),
    Rule("period we are in", f"(?:earlier in|later in|{PART})? the (?:full|fiscal)? {_UNIT}", _bare_step),
    Rule("end of the year", "the? unit (?:possessive|hyphen)? end yearno?", _unit_end),
    Rule("time ago", f"{APPROXIMATE} (?:{QUANTITY}|a) {_UNIT} (?:ago|earlier|later|before)", _shift),
    Rule("period before", "the? unit (?:before|after|earlier|later)", _unit_before),
    Rule(
        "a year ago",
        "(?:the unit hyphen (?:earlier|ago) (?:ordinal? quarter|period)|unit hyphen (?:earlier|ago) quarter?)",
        _year_ago_period,
    ),
    Rule("latest quarter", "the? latest period", _latest),
    Rule("vague time", "vague|the reference", _vague),
)
