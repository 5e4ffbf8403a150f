"""Rules for lengths and sets of time, which have no place in the calendar: three years, daily, every Monday."""

from decimal import Decimal

from index.normalize.dates.calendar import Unit
from index.normalize.dates.expressions import Expression, Length, Repeat
from index.normalize.dates.relative import QUANTITY
from index.normalize.dates.rules import Parse, Rule

__all__ = ["RULES"]

_LETTERS = {
    Unit.DAY: "D", Unit.WEEKEND: "WE", Unit.WEEK: "W", Unit.MONTH: "M", Unit.QUARTER: "Q", Unit.YEAR: "Y",
    Unit.DECADE: "E", Unit.CENTURY: "C",
}  # fmt: skip
_SETS = {
    Unit.DAY: "XXXX-XX-XX", Unit.WEEK: "XXXX-WXX", Unit.WEEKEND: "XXXX-WXX-WE", Unit.MONTH: "XXXX-XX",
    Unit.QUARTER: "XXXX-QX", Unit.YEAR: "XXXX",
}  # fmt: skip
_UNIT = "(?:unit|weekend|quarter|clockunit)"


def _length(parse: Parse) -> Expression | None:
    count = parse.quantity()
    clock = parse.value("clockunit")
    unit = parse.value("unit", "weekend", "quarter")
    letter = _LETTERS[unit] if isinstance(unit, Unit) else f"{clock}"
    prefix = "P" if isinstance(unit, Unit) else "PT"
    if count is None:
        return Length(f"{prefix}X{letter}") if parse.has("several") else None
    if count != count.to_integral_value():
        return _half_length(count, unit)
    if parse.has("of") and unit is None:
        return None
    return Length(f"{prefix}{int(count)}{letter}")


def _half_length(count: Decimal, unit: object) -> Expression | None:
    if count % 1 == Decimal("0.5") and unit is Unit.YEAR:
        return Length(f"P{int(count)}Y6M" if count > 1 else "P6M")
    letter = _LETTERS.get(unit) if isinstance(unit, Unit) else None
    return Length(f"P{count.normalize()}{letter}") if letter else None


def _span_of_units(parse: Parse) -> Expression | None:
    """Some units in a row: "the past three years", "the first nine months"."""
    count = parse.quantity()
    unit = parse.value("unit", "weekend", "quarter")
    if not isinstance(unit, Unit):
        return None
    letter = _LETTERS[unit]
    if count is None:
        if parse.texts(unit.value):
            return None
        return Length(f"PX{letter}")
    return Length(f"P{int(count)}{letter}") if count == count.to_integral_value() else None


def _repeat(parse: Parse) -> Expression | None:
    known = parse.value("repeat")
    if known is not None:
        return Repeat(str(known))
    weekday, month, unit = parse.number("weekday"), parse.number("month"), parse.value("unit", "weekend", "quarter")
    if weekday is not None:
        return Repeat(f"XXXX-WXX-{weekday + 1}")
    if month is not None:
        return Repeat(f"XXXX-{month:02d}")
    return Repeat(_SETS[unit]) if isinstance(unit, Unit) and unit in _SETS else None


RULES = (
    Rule("length of time", f"{QUANTITY} hyphen? {_UNIT} (?:hyphen? (?:old|long))?", _length),
    Rule(
        "length up to now",
        f"the? (?:last|next|ordinal|following|prior|latest) {QUANTITY} (?:unit|weekend|quarter)",
        _span_of_units,
    ),
    Rule("repeated time", f"each {_UNIT}|each weekday|each month|repeat", _repeat),
)
