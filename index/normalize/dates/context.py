"""What a text says about the time it speaks of: the last date, the tense of a sentence, the kind of text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.normalize.dates.calendar import Period, Unit, day_period
from index.normalize.dates.expressions import Fixed, PartOf
from index.normalize.dates.rules import Reading

__all__ = ["Context", "is_history", "tells_future"]

_FUTURE = re.compile(
    r"\b(?:will|won't|shall|would|'ll|’ll|scheduled|slated|due|expect(?:s|ed|ing)?|plan(?:s|ned|ning)?|intends?|"
    r"is\s+to|are\s+to|going\s+to|set\s+to|effective|upcoming|payable|forecasts?|predict(?:s|ed)?|hopes?|until|by|"
    r"could|may|proposed)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|said|since|ended|closed|fell|rose|began|started|took|made|came|went|announced|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+(?=[A-Z\"“‘'])|\n\s*\n")
_REACH = 160
_HISTORY_YEARS = 5  # fixed dates that far before publication, most of them, make a text a history


@dataclass(slots=True)
class Context:
    """The state while a text is read from front to back. `last` is the last date with a place in the calendar."""

    anchor: date | None
    is_history: bool
    last: Period | None = None

    @property
    def today(self) -> Period | None:
        """The day of publication as a period."""
        return day_period(self.anchor) if self.anchor else None


def is_history(readings: Sequence[Reading], anchor: date | None) -> bool:
    """Whether a text tells of times long before its publication, so that "in March" follows the date before it.

    True when eight or more dates have a year and three in four of those lie more than five years back.
    """
    years = [year for reading in readings if (year := _year_of(reading)) is not None]
    if anchor is None or len(years) < 8:
        return False
    old = sum(year < anchor.year - _HISTORY_YEARS for year in years)
    return old >= 0.75 * len(years)


def tells_future(text: str, start: int, end: int) -> bool:
    """Whether the sentence around a date speaks of what is to come, judged by the verbs before it and close after it."""
    before = text[max(0, start - _REACH) : start]
    cuts = [match.end() for match in _SENTENCE_END.finditer(before)]
    before = before[cuts[-1] :] if cuts else before
    future = [match.start() for match in _FUTURE.finditer(before)]
    past = [match.start() for match in _PAST.finditer(before)]
    if future:
        return not past or future[-1] > past[-1] or len(before) - future[-1] < 40
    after = text[end : end + 60]
    stop = _SENTENCE_END.search(after)
    after = after[: stop.start()] if stop else after
    return not past and re.search(r"\b(?:will|shall)\b", after) is not None


def _year_of(reading: Reading) -> int | None:
    expression = reading.expression
    inner = expression.inner if isinstance(expression, PartOf) else expression
    return inner.period.year if isinstance(inner, Fixed) and inner.period.unit is not Unit.CENTURY else None
