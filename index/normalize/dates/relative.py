"""Rules for dates that need another date: yesterday, last week, Tuesday, two years ago, the following day."""

import re

from index.normalize.dates.absolute import PART, part_of
from index.normalize.dates.calendar import Unit
from index.normalize.dates.expressions import Basis, Clock, Expression, Named, Shift, Step, Vague
from index.normalize.dates.rules import Parse, Rule

__all__ = ["QUANTITY", "RULES"]

# "two", "twenty-five", "2", "a", "several", "a couple of"
QUANTITY = (
    "(?:(?:a|about|least|at|more|than|less|up|to|no)* "
    "(?:number (?:hyphen? number)* (?:and number)*|(?:dayno|digits) (?:dayno slash dayno)?|a? several of?|a) more?)"
)
_UNIT = "(?:unit|weekend|quarter)"


def _today(parse: Parse) -> Expression | None:
    step = parse.number("today", "tonight")
    if step is None:
        return None
    day = Step(Unit.DAY, step, Basis.DOCUMENT)
    suffix = "TNI" if parse.has("tonight") else parse.value("daypart")
    if suffix:
        return Clock(day, f"T{str(suffix).removeprefix('T')}")
    return day


def _this_daypart(parse: Parse) -> Expression | None:
    part, step = parse.value("daypart"), parse.number("this", "last")
    if step is None or part is None:
        return None
    return Clock(Step(Unit.DAY, step, Basis.DOCUMENT), f"T{part}")


def _weekday(parse: Parse) -> Expression | None:
    number = parse.number("weekday")
    word = parse.texts("weekday")[0]
    if number is None or (len(word) <= 3 and not word.endswith(".")):
        return None
    if word.lower().endswith("days"):
        return None
    expression: Expression = Named(Unit.DAY, number, step=parse.number("this", "last", "next"))
    part = parse.value("daypart")
    return Clock(expression, f"T{part}") if part else expression


def _step(parse: Parse) -> Expression | None:
    unit = parse.value("unit", "weekend", "quarter")
    if not isinstance(unit, Unit) or _is_plural(parse):
        return None
    if parse.has("prior", "following", "that"):
        return part_of(parse, Step(unit, parse.number("prior", "following", "that") or 0, Basis.TEXT))
    step = parse.number("this", "last", "next", "latest")
    if step is None:
        return None
    if parse.has("last") and parse.has("the") and unit is not Unit.WEEKEND and parse.texts("last")[0].lower() == "past":
        return None  # "the past year" is a duration
    if parse.has("next") and parse.has("the") and unit in {Unit.DAY, Unit.MONTH}:
        return part_of(parse, Step(unit, step, Basis.TEXT))
    return part_of(parse, Step(unit, step, Basis.DOCUMENT))


def _bare_step(parse: Parse) -> Expression | None:
    """The one we are in: "the quarter", "the end of the year"."""
    unit = parse.value("unit", "weekend", "quarter")
    if not isinstance(unit, Unit) or _is_plural(parse) or unit in {Unit.DECADE, Unit.CENTURY}:
        return None
    if parse.has("early", "mid", "late", "start", "end"):
        return part_of(parse, Step(unit, 0, Basis.DOCUMENT))
    if unit in {Unit.QUARTER, Unit.WEEKEND}:
        return Step(unit, 0, Basis.TEXT if unit is Unit.QUARTER else Basis.DOCUMENT)
    return None


def _shift(parse: Parse) -> Expression | None:
    unit = parse.value("unit", "quarter")
    sign = parse.number("ago", "earlier", "later", "before", "after")
    if not isinstance(unit, Unit) or sign is None:
        return None
    basis = Basis.DOCUMENT if parse.has("ago") else Basis.TEXT
    count = parse.quantity()
    if count is None or count != count.to_integral_value() or abs(count) > 9999:
        return Shift(None, unit, basis) if parse.has("several") or count is not None else None
    return Shift(sign * int(count), unit, basis)


def _unit_before(parse: Parse) -> Expression | None:
    """Beside the last date: "the day before", "the year after"."""
    unit, sign = parse.value("unit"), parse.number("before", "after", "earlier", "later")
    follows = re.match(r"\s+(?:the|a|an|he|she|it|they|his|her|its|their|[A-Z])\b", parse.right)
    if not isinstance(unit, Unit) or sign is None or _is_plural(parse) or follows:
        return None
    return Step(unit, sign, Basis.TEXT)


def _year_ago_period(parse: Parse) -> Expression | None:
    """A year before the last date: "year-earlier", "the year-ago quarter"."""
    if parse.value("unit") is not Unit.YEAR:
        return None
    if parse.has("quarter"):
        return Shift(-4, Unit.QUARTER, Basis.TEXT)
    return Shift(-1, Unit.YEAR, Basis.TEXT)


def _latest(parse: Parse) -> Expression | None:
    if parse.has("quarter"):
        return Step(Unit.QUARTER, 0, Basis.TEXT)
    return None


def _vague(parse: Parse) -> Expression | None:
    return Vague(str(parse.value("vague", "reference")))


def _is_plural(parse: Parse) -> bool:
    return any(word.lower().endswith("s") for word in parse.texts("unit", "weekend", "quarter"))


RULES = (
    Rule("day by today", "(?:early|late|earlier|later)? today (?:daypart)?|(?:late|later)? tonight", _today),
    Rule("part of today", "(?:early|late|earlier|later)? (?:this|last) daypart", _this_daypart),
    Rule(
        "weekday",
        "(?:early|late|earlier|later)? (?:on? (?:this|last|next))? weekday (?:possessive? (?:early|late)? daypart)?",
        _weekday,
    ),
    Rule(
        "period next to ours",
        f"(?:earlier|later|{PART}) the? fiscal? (?:this|last|next|latest|prior|following|that) fiscal? {_UNIT}",
        _step,
    ),
    Rule("period we are in", f"(?:earlier in|later in|{PART})? the {_UNIT}", _bare_step),
    Rule("time ago", f"{QUANTITY} {_UNIT} (?:ago|earlier|later|before|after)", _shift),
    Rule("period before", "the? unit (?:before|after|earlier|later)", _unit_before),
    Rule("a year ago", "(?:a|the)? unit hyphen? (?:earlier|ago) (?:quarter|period|unit)?", _year_ago_period),
    Rule("latest quarter", "the? latest (?:quarter|period)", _latest),
    Rule("vague time", "vague|the? reference", _vague),
)
