"""Weekdays that the words behind them place: "Monday next week", "lunedì 13", "the first Monday in October"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from index.model import Span
from index.normalize.dates.calendar import Period, Unit, day_period
from index.normalize.dates.language_tables import LANGUAGES, read_table
from index.normalize.dates.placing.places import Place
from index.normalize.dates.timexes import Timex, TimexType

__all__ = ["settle_weekdays"]

_RULE = "weekday"
_REACH = 24
_MOST_WEEKS = 5
# What stands between a weekday and its week: "Monday of next week", "el lunes de la próxima semana".
_OF = frozenset(
    [
        "",
        "of",
        "in",
        "on",
        "the",
        "of the",
        "de",
        "de la",
        "del",
        "della",
        "da",
        "der",
        "des",
        "in der",
        "van",
        "w",
        "на",
    ]
)
_IN = frozenset(
    ["", "in", "of", "of the", "de", "d'", "del", "di", "do", "em", "en", "im", "im monat", "van", "w", "в", "у"]
)
_BESIDE = re.compile(r"\s?[(,]?\s?")
_ENGLISH_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_LAST = re.compile(r"(?:the\s+)?last\s", re.IGNORECASE)
# "(13)", "(1º)", "(13.9.)", "dia 13", "the 13th": a day of the month and nothing else.
_DAY_AFTER = re.compile(
    r"\s?\((?P<enclosed>\d{1,2})(?:\.(?:(?P<month>\d{1,2})\.)?|[ºª°]|er)?\)"
    r"|,?\s(?:dia|día)\s(?P<named>\d{1,2})(?![\w%]|[.,:]\d)"
    r"|,?\sthe\s(?P<ordinal>\d{1,2})(?:st|nd|rd|th)\b"
)
# "lunedì 13", where a sentence goes on: a noun behind the number would be counted.
_BARE_DAY_AFTER = re.compile(r"\s(?P<bare>\d{1,2})(?:er|º|°)?(?=\s*(?:[,;)»”]|[.!?](?!\d)|$|\n)|\s[^\W\d_]{1,4}\s)")
_BARE = frozenset({"ca", "es", "fr", "it", "pt"})


def settle_weekdays(text: str, timexes: Sequence[Timex], *, language: str | None, anchor: date | None) -> list[Timex]:
    """Return the expressions with each weekday on the day that the words beside it say.

    A day of the month, a week, or a month with an ordinal belongs to the weekday before it, and both become one
    expression. A weekday that falls on no such day in the weeks around the publication is left out.
    """
    settled: list[Timex] = []
    for timex in timexes:
        last = settled[-1] if settled else None
        joined = _joined(text, last, timex, language) if last is not None else None
        if joined is not None:
            settled[-1] = joined
        elif (found := _with_day(text, timex, language, anchor)) is not None:
            settled.append(found)
    return settled


def _joined(text: str, first: Timex, second: Timex, language: str | None) -> Timex | None:
    """Join a weekday with the week, month or date beside it."""
    gap = text[first.span.end : second.span.start]
    words = " ".join(gap.split()).lower()
    if words in _OF and _is_week(second) and (day := _weekday(first)) is not None:
        return _on(first, second, _day_of_week(second, day))
    if words in _OF and _is_week(first) and (day := _weekday(second)) is not None:
        return _on(first, second, _day_of_week(first, day))
    dated = _dated(second)
    if words in _IN and dated is not None and first.place is not None and first.place.unit is Unit.WEEKEND:
        return replace(second, span=Span(first.span.start, second.span.end))  # "the weekend of 7-8 March"
    day = _weekday(first)
    if day is None:
        return None
    if dated is not None and dated.weekday() == day.weekday() and _BESIDE.fullmatch(gap) and second.rule != _RULE:
        return replace(second, span=Span(first.span.start, second.span.end))
    period = second.place.period if second.place else None
    if words in _IN and period is not None and period.unit is Unit.MONTH and period.is_dated:
        word = (text[max(0, first.span.start - _REACH) : first.span.start].split() or [""])[-1].lower()
        which = _ordinals(language).get(word) or (-1 if _LAST.match(text, first.span.start) else 0)
        if (found := _nth(period, day.weekday(), which)) is not None:
            return _on(first, second, found)
    return None


def _with_day(text: str, timex: Timex, language: str | None, anchor: date | None) -> Timex | None:
    """Place a weekday by the day of the month behind it; None where the two never meet."""
    day = _weekday(timex)
    if day is None:
        return timex
    after = _DAY_AFTER.match(text, timex.span.end)
    if after is None and language in _BARE:
        after = _BARE_DAY_AFTER.match(text, timex.span.end)
    if after is None:
        return timex
    groups = after.groupdict()
    number = int(next(groups[name] for name in ("enclosed", "named", "ordinal", "bare") if groups.get(name)))
    month = int(groups["month"]) if groups.get("month") else None
    near = sorted(
        (day + timedelta(weeks=weeks) for weeks in range(-_MOST_WEEKS, _MOST_WEEKS + 1)),
        key=lambda other: abs(other - (anchor or day)),
    )
    found = next((other for other in near if other.day == number and month in {None, other.month}), None)
    if found is None:
        return None if number <= 31 else timex
    return replace(_on(timex, timex, found), span=Span(timex.span.start, after.end()))


@lru_cache(maxsize=32)
def _ordinals(language: str | None) -> dict[str, int]:
    if language not in LANGUAGES:
        return _ENGLISH_ORDINALS
    rows = [(int(value), forms) for kind, value, forms in read_table(language) if kind == "ordinal"]
    return {form: number for number, forms in rows for form in forms if number <= _MOST_WEEKS}


def _weekday(timex: Timex) -> date | None:
    return _dated(timex) if timex.rule == _RULE and timex.type is TimexType.DATE else None


def _dated(timex: Timex) -> date | None:
    period = timex.place.period if timex.place else None
    is_day = period is not None and period.unit is Unit.DAY and period.is_dated
    return period.first_day() if period is not None and is_day else None


def _is_week(timex: Timex) -> bool:
    place = timex.place
    return place is not None and place.part is None and place.period is not None and place.period.unit is Unit.WEEK


def _day_of_week(week: Timex, day: date) -> date:
    assert week.place is not None
    assert week.place.period is not None
    return week.place.period.first_day() + timedelta(days=day.weekday())


def _nth(month: Period, weekday: int, which: int) -> date | None:
    """Return the first (1) to fifth or the last (-1) such weekday of a month."""
    first, last = month.first_day(), month.last_day()
    if which < 0:
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    found = first + timedelta(days=(weekday - first.weekday()) % 7, weeks=which - 1)
    return found if which and found <= last else None


def _on(first: Timex, second: Timex, day: date) -> Timex:
    period = day_period(day)
    anchors = [timex.place.anchor for timex in (first, second) if timex.place and timex.place.anchor]
    place = Place(Unit.DAY, period, anchors[0] if anchors else None)
    return replace(first, span=Span(first.span.start, second.span.end), value=period.value, place=place)
