"""Rules for times of day, alone or with their day: "10 p.m. Wednesday", "the night of April 18, 1775"."""

import re

from index.normalize.dates.expressions import Clock, Expression
from index.normalize.dates.grammar.absolute import month_day
from index.normalize.dates.grammar.relative import weekday
from index.normalize.dates.grammar.rules import Parse, Rule

__all__ = ["RULES"]

_CLOCK_FIGURES = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d")
_CLOCK_BEFORE = re.compile(r"\b(?:at|by|from|to|until|till|around|about|before|after|since|between)\s$", re.IGNORECASE)
_BARE_CLOCK_BEFORE = re.compile(r"\b(?:at|by|until|around|about|before|after)\s$", re.IGNORECASE)
_HOURS = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}


def _clock_time(parse: Parse) -> str | None:
    """Return the TIMEX3 form of a time on the clock, or None."""
    for word in parse.texts("daypart"):
        if word.lower() in _HOURS:
            return _HOURS[word.lower()]
    written = parse.texts("clock") or parse.texts("dayno")
    hour, _, minutes = written[0].partition(":")
    number = int(hour)
    meridiem = parse.value("meridiem")
    if number > 24 or minutes[:2] > "59" or (meridiem is None and not minutes):
        return None
    if meridiem is not None:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if meridiem == "pm" else 0)
    return f"T{number:02d}:{minutes[:2] or '00'}"


def _time(parse: Parse) -> Expression | None:
    suffix = _clock_time(parse)
    bare = not parse.has("meridiem") and not parse.has("zone") and parse.value("clockunit") != "H"
    if suffix is None or (bare and not _BARE_CLOCK_BEFORE.search(parse.left)):
        return None
    return Clock(None, suffix)


def _clock_number(parse: Parse) -> Expression | None:
    """Read a time in four figures: "1530 EST", "0930 hours", "from 1000 to 1030 GMT"."""
    figures = parse.texts("yearno", "digits")
    if any(not _CLOCK_FIGURES.fullmatch(text) for text in figures):
        return None
    is_hours = parse.value("clockunit") == "H"
    is_counted = is_hours and not figures[0].startswith("0") and not _CLOCK_BEFORE.search(parse.left)
    if not parse.has("zone") and (not is_hours or is_counted or parse.right.startswith(" of ")):
        return None
    return Clock(None, f"T{figures[0][:2]}:{figures[0][2:]}")


def _time_of_day(parse: Parse) -> Expression | None:
    """Read a time and its day; the words from the weekday or month on name the day."""
    day = parse.starting_at("weekday", "month", "dayno") if parse.has("of") else parse.starting_at("weekday", "month")
    inner = weekday(day) if day.has("weekday") and not day.has("month") else month_day(day)
    part = parse.value("daypart")
    is_part = part is not None and str(parse.texts("daypart")[0]).lower() not in _HOURS
    suffix = f"T{part}" if is_part else _clock_time(parse)
    return Clock(inner, suffix) if inner and suffix else None


_CLOCK = "(?:(?:clock|dayno) meridiem? zone?|daypart zone?)"
_DAY = "(?:weekday|(?:weekday comma?)? month dayno (?:comma? yearno)?)"
_DAY_OF = "(?:the? dayno of? month (?:comma? yearno)?)"
RULES = (
    Rule("time of day", "(?:clock|dayno) meridiem zone?|clock (?:zone|clockunit)?", _time),
    Rule("time in figures", "(?:yearno|digits) (?:zone|clockunit)", _clock_number),
    Rule(
        "time in figures",
        "(?:yearno|digits) zone? (?:to|hyphen|and|slash|or) (?:yearno|digits) (?:zone|clockunit)",
        _clock_number,
    ),
    Rule("time and day", f"{_CLOCK} comma? {_DAY}", _time_of_day),
    Rule("part of a day", f"(?:the? (?:early|late)?) daypart of (?:{_DAY}|{_DAY_OF})", _time_of_day),
)
