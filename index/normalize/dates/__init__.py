"""Find dates in a text and place them in the calendar. Pure functions without spaCy and without a clock."""

from index.normalize.dates.find import DateMatch, find_dates
from index.normalize.dates.orders import DateOrder, order_in_countries
from index.normalize.dates.timexes import Timex, TimexType, find_timexes

__all__ = ["DateMatch", "DateOrder", "Timex", "TimexType", "find_dates", "find_timexes", "order_in_countries"]
