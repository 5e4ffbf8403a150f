"""Rules for times of day, alone or with their day: "10 p.m. Wednesday", "the night of April 18, 1775"."""

import re

from index.normalize.dates.expressions import Clock, Expression
from index.normalize.dates.grammar.absolute import month_day
from index.normalize.dates.grammar.relative import weekday
from index.normalize.dates.grammar.rules import Parse, Rule

__all__ = ["RULES"]

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
    bare = not parse.has("meridiem") and not parse.has("zone")
    if suffix is None or (bare and not re.search(r"\b(?:at|by|until|around|about|before|after)\s$", parse.left)):
        return None
    return Clock(None, suffix)


def _time_of_day(parse: Parse) -> Expression | None:
    """Read a time and its day; the words from the weekday or month on name the day."""
    day = parse.starting_at("weekday", "month")
    inner = weekday(day) if day.has("weekday") and not day.has("month") else month_day(day)
    part = parse.value("daypart")
    is_part = part is not None and str(parse.texts("daypart")[0]).lower() not in _HOURS
    suffix = f"T{part}" if is_part else _clock_time(parse)
    return Clock(inner, suffix) if inner and suffix else None


_CLOCK = "(?:(?:clock|dayno) meridiem? zone?|daypart zone?)"
_DAY = "(?:weekday|(?:weekday comma?)? month dayno (?:comma? yearno)?)"
RULES = (
    Rule("time of day", "(?:clock|dayno) meridiem zone?|clock zone?", _time),
    Rule("time and day", f"{_CLOCK} comma? {_DAY}", _time_of_day),
    Rule("part of a day", f"(?:the? (?:early|late)?) daypart of {_DAY}", _time_of_day),
)
