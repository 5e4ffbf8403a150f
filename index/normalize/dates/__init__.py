"""Dates in a text and where they lie in the calendar; pure functions that know no spaCy and no clock."""

from index.normalize.dates.find import DateMatch, find_dates
from index.normalize.dates.timexes import Timex, TimexType, find_timexes

__all__ = ["DateMatch", "Timex", "TimexType", "find_dates", "find_timexes"]
