"""Rules for durations and sets of time, which have no position in the calendar: three years, daily, every Monday."""

import re
from decimal import Decimal

from index.normalize.dates.calendar import Unit
from index.normalize.dates.expressions import Basis, Expression, Length, Repeat, Shift, Vague
from index.normalize.dates.grammar.relative import APPROXIMATE, QUANTITY, is_length
from index.normalize.dates.grammar.rules import Parse, Rule

__all__ = ["RULES"]

_LETTERS = {
    Unit.DAY: "D", Unit.WEEKEND: "WE", Unit.WEEK: "W", Unit.MONTH: "M", Unit.QUARTER: "Q", Unit.YEAR: "Y",
    Unit.DECADE: "E", Unit.CENTURY: "C",
}  # fmt: skip
_LONG_UNITS = {Unit.DECADE: 10, Unit.CENTURY: 100}
_UNIT = "(?:unit|weekend|quarter|clockunit)"
_BARE_PLURAL_BEFORE = re.compile(r"\b(?:for|in|within)\s$", re.IGNORECASE)
_COMING = re.compile(r"\b(?:will|would|['’]ll|shall|going\s+to|due|expected)\b[^.;]*\sin\s$", re.IGNORECASE)
_AGE_AFTER = re.compile(r"[-\s]old\b")
_FRACTION_AFTER = re.compile(r"\s+of\s|-point|\s+points?\b")


def _length(parse: Parse) -> Expression | None:
    """Read a number of units: "three years", "two-year", "several weeks"; ages are left out."""
    if _AGE_AFTER.match(parse.right):
        return None
    unit = parse.value("unit", "weekend", "quarter")
    count = parse.quantity()
    if isinstance(unit, Unit) and count and count % 1 == 0 and _COMING.search(parse.left) and not parse.has("hyphen"):
        return Shift(int(count), unit, Basis.DOCUMENT)
    if unit is Unit.QUARTER and (_FRACTION_AFTER.match(parse.right) or not _is_plural(parse)):
        return None
    return _measured(parse, count, unit)


def _one_unit(parse: Parse) -> Expression | None:
    """Read one unit that is a length, not a rate: "for a year"."""
    unit = parse.value("unit", "weekend", "quarter")
    if unit is Unit.QUARTER or _AGE_AFTER.match(parse.right) or not (is_length(parse) or len(parse.tokens) > 2):
        return None
    half = Decimal("0.5") if parse.has("half") else Decimal(0)
    return _measured(parse, 1 + half, unit)


def _measured(parse: Parse, count: Decimal | None, unit: object) -> Expression | None:
    is_calendar = isinstance(unit, Unit)
    letter = _LETTERS[unit] if isinstance(unit, Unit) else parse.value("clockunit")
    prefix = "P" if is_calendar else "PT"
    if count is None:
        return Length(f"{prefix}X{letter}") if parse.has("several") else None
    if count == count.to_integral_value():
        years = _LONG_UNITS.get(unit) if isinstance(unit, Unit) else None
        return Length(f"P{years * int(count)}Y" if years else f"{prefix}{int(count)}{letter}")
    if count % 1 == Decimal("0.5") and (unit is Unit.YEAR or letter in {"H", "M"}):
        halved = {"Y": "6M", "H": "30M", "M": "30S"}[str(letter)]
        whole = f"{int(count)}{letter}" if count > 1 else ""
        return Length(f"{prefix}{whole}{halved}")
    return Length(f"{prefix}{count.normalize()}{letter}")


def _units_in_a_row(parse: Parse) -> Expression | None:
    """Read units up to now or from now: "the past three years", "the first nine months", "the past decade"."""
    count = parse.quantity()
    unit = parse.value("unit", "weekend", "quarter")
    if not isinstance(unit, Unit):
        return None
    if count is None and not parse.has("several"):
        if _is_plural(parse):
            return Length(f"PX{_LETTERS[unit]}")
        is_length = unit is not Unit.QUARTER and [word.lower() for word in parse.texts("last")] == ["past"]
        return _measured(parse, Decimal(1), unit) if is_length else None
    return _measured(parse, count, unit)


def _bare_plural(parse: Parse) -> Expression | None:
    """Read units without a number: "for years", "within weeks", "recent months"."""
    unit = parse.value("unit", "quarter")
    if not isinstance(unit, Unit) or not _is_plural(parse):
        return None
    if parse.has("recent", "next"):
        return Vague("PAST_REF" if parse.has("recent") else "FUTURE_REF")
    if not _BARE_PLURAL_BEFORE.search(parse.left):
        return None
    return Length(f"PX{_LETTERS[unit]}")


def _repeat(parse: Parse) -> Expression | None:
    known = parse.value("repeat")
    if known is not None:
        return Repeat(str(known))
    if parse.has("weekday") and not parse.has("each") and not parse.texts("weekday")[0].lower().endswith("days"):
        return None
    weekday, month, unit = parse.number("weekday"), parse.number("month"), parse.value("unit", "weekend", "quarter")
    if weekday is not None:
        return Repeat(f"XXXX-WXX-{weekday + 1}")
    if month is not None:
        return Repeat(f"XXXX-{month:02d}")
    return Repeat(f"P1{_LETTERS[unit]}") if isinstance(unit, Unit) else None


def _is_plural(parse: Parse) -> bool:
    return any(word.lower().endswith("s") for word in parse.texts("unit", "weekend", "quarter"))


RULES = (
    Rule("length of time", f"{APPROXIMATE} {QUANTITY} (?:hyphen? {_UNIT}) long?", _length),
    Rule("length of time", f"the {QUANTITY} unit", _length),
    Rule("length of time", f"{APPROXIMATE} (?:a|half a) (?:unit|weekend|quarter|clockunit) (?:and a half)?", _one_unit),
    Rule(
        "length up to now",
        f"the? (?:last|next|ordinal|following|prior|latest) {QUANTITY} (?:unit|weekend|quarter)",
        _units_in_a_row,
    ),
    Rule("length up to now", "the last (?:unit|quarter)", _units_in_a_row),
    Rule("unknown length", "(?:recent|next)? (?:unit|quarter)", _bare_plural),
    Rule("repeated time", f"each {_UNIT}|each weekday|each month|repeat|weekday", _repeat),
)
