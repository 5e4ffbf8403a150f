"""Find dates in a text and place them in the calendar. Pure functions without spaCy and without a clock."""

from index.normalize.dates.find import DateMatch, find_dates
from index.normalize.dates.timexes import Timex, TimexType, find_timexes

__all__ = ["DateMatch", "Timex", "TimexType", "find_dates", "find_timexes"]
