"""Results of others: published figures, and libraries measured in the same run when installed.

The libraries are in the extra `bench`. They give their own kinds of values, which are turned into TIMEX3 here; of
several readings of an expression the latest that is not after the day of publication counts.
"""

import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

from index.model import Amount
from tests.evaluation.scores.timexes import Marked

__all__ = ["HEIDELTIME", "dateparser_dates", "find_missing", "recognizers_amounts", "recognizers_dates"]

# Strict, relaxed and value F1, from https://github.com/HeidelTime/heideltime/wiki/Evaluation-Results (2016). WikiWars
# was measured there on all of its 22 documents, here on the 11 that we tune on.
HEIDELTIME: dict[str, tuple[float, float, float]] = {
    "aquaint": (81.3, 92.5, 73.1),
    "wikiwars_even": (85.5, 91.9, 82.7),
}
_MODULES = {
    "dateparser": "dateparser",
    "recognizers_date_time": "recognizers-text-date-time",
    "recognizers_number_with_unit": "recognizers-text-number-with-unit",
}


def find_missing() -> dict[str, str]:
    """The modules of peers that cannot be imported, each with the package that has it."""
    return {module: package for module, package in _MODULES.items() if find_spec(module) is None}


def dateparser_dates(text: str, published: date) -> list[Marked]:
    """Return the dates that dateparser finds in English, counted from the publication and with past preference."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its patterns are older than our Python
        from dateparser.date import DateDataParser
        from dateparser.search import search_dates

        settings = {"RELATIVE_BASE": datetime.combine(published, time()), "PREFER_DATES_FROM": "past"}
        parser = DateDataParser(languages=["en"], settings=settings)
        found: list[Marked] = []
        position = 0
        for surface, moment in search_dates(text, languages=["en"], settings=settings) or ():
            start = text.find(surface, position)
            if start >= 0:
                position = start + len(surface)
                period = parser.get_date_data(surface).period
                found.append(Marked(start, position, _timex(moment.date(), period)))
    return found


def _timex(day: date, period: str) -> str:
    match period:
        case "year":
            return f"{day:%Y}"
        case "month":
            return f"{day:%Y-%m}"
        case "week":
            return f"{day:%G-W%V}"
        case _:
            return day.isoformat()


def recognizers_dates(text: str, published: date) -> list[Marked]:
    """Return the dates that recognizers-text finds; ranges of days that are a month or year become one."""
    from recognizers_date_time import recognize_datetime

    results = recognize_datetime(text, "en-us", reference=datetime.combine(published, time()))
    return [Marked(each.start, each.end + 1, _best_value(each.resolution, published)) for each in results]


def _best_value(resolution: Any, published: date) -> str | None:  # Any: the library has no types
    readings = (resolution or {}).get("values") or []
    dated = [reading for reading in readings if reading.get("value") or reading.get("start")]
    past = [reading for reading in dated if str(reading.get("value") or reading["start"]) <= published.isoformat()]
    best = (past or dated or readings or [{}])[-1]
    timex = str(best.get("timex") or "")
    if timex and "X" not in timex and not timex.startswith("("):
        return timex
    start = best.get("value") or best.get("start")
    return str(start)[: 7 if timex.count("-") == 1 and "W" not in timex else 10] if start else None


def recognizers_amounts(text: str) -> Sequence[tuple[str, Amount]]:
    """Return the amounts that recognizers-text finds; a dollar of no country counts as American."""
    from recognizers_number_with_unit import recognize_currency

    return list(_amounts(recognize_currency(text, "en-us")))


def _amounts(results: Any) -> Iterator[tuple[str, Amount]]:  # Any: the library has no types
    for each in results:
        resolution = each.resolution or {}
        value = resolution.get("value")
        if value is not None:
            code = resolution.get("isoCurrency") or ("USD" if resolution.get("unit") == "Dollar" else None)
            yield each.text, Amount(code, Decimal(str(value)))
