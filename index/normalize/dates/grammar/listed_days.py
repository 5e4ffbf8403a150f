"""Days of one month in a list: "March 7, 8 and 9, 2020", "7., 8. und 9. März"."""

from itertools import pairwise

from index.normalize.dates.calendar import Unit
from index.normalize.dates.expressions import Expression, Fixed, Listed, Named
from index.normalize.dates.grammar.figures import day_of
from index.normalize.dates.grammar.rules import Parse

__all__ = ["listed_days"]

_LEAP_YEAR = 2000
_FEWEST = 3


def listed_days(parse: Parse) -> Expression | None:
    """Return three or more days of a month in their order; the last has the month and year that stand behind it."""
    month, year = parse.number("month"), parse.number("yearno")
    tokens = parse.of_classes("dayno", "ordinal")
    days = [token.value for token in tokens if isinstance(token.value, int)]
    if month is None or len(days) < _FEWEST or any(low >= high for low, high in pairwise(days)):
        return None
    made = [day_of(year or _LEAP_YEAR, month, day) for day in days]
    expressions: list[Expression] = [Fixed(day) for day in made if day is not None]
    if len(expressions) != len(tokens):
        return None
    if year is None:
        expressions = [Named(Unit.DAY, month, day) for day in days]
    starts = [min(tokens[0].start, parse.of_classes("month")[0].start), *(token.start for token in tokens[1:])]
    ends = [*(token.end for token in tokens[:-1]), parse.tokens[-1].end]
    return Listed(tuple(zip(expressions, starts, ends, strict=True)))
