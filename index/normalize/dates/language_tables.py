"""Reads the tables of words in `tables/`, as the README there describes them."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from index.normalize.dates.calendar import SEASON_NAMES, Part, Unit

__all__ = ["LANGUAGES", "UNDIVIDED", "TableRow", "foreign_months", "is_abbreviation", "read_table", "row_value"]

TableRow = tuple[str, str, tuple[str, ...]]
"""A kind, a value and the forms of a row."""
UNDIVIDED = ("ja", "th", "zh")
"""Languages with a table that are written without spaces."""
LANGUAGES = ("ar", "ca", "de", "el", "es", "fr", "he", "it", "nl", "pl", "pt", "ru", "tr", "uk")
"""Languages, besides English, whose words stand in a table and are divided by spaces."""
_SHORTEST_FOREIGN_MONTH = 4
_LONGEST_ABBREVIATION = 5
_ABBREVIATED = frozenset({"mrt", "mrz"})  # Short names of months that are no beginning of the name.


@cache
def read_table(name: str) -> tuple[TableRow, ...]:
    """Return the rows of a table in order; read once for each process."""
    text = files("index.normalize.dates.tables").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((kind, value, tuple(forms.split("|")) if forms else ()) for kind, value, forms in lines[1:])


def row_value(kind: str, value: str) -> int | str | Unit | Part | None:
    """Return the value of a word of this kind: a number, a unit, a part of a period, or the text itself.

    Weekdays count from Monday = 1 in the tables, and from 0 here.

    >>> row_value("weekday", "1"), row_value("unit", "week")
    (0, <Unit.WEEK: 'week'>)
    """
    match kind:
        case "early" | "mid" | "late" | "start" | "end":
            return Part(kind)
        case "unit" | "agounit":
            return Unit(value)
        case "yearword" | "eraword":
            return Unit.YEAR
        case "weekday":
            return int(value) - 1
        case "season" | "adverb":
            return SEASON_NAMES.index(value)
        case "last" | "ago":
            return -1
        case "this":
            return 0
        case "next" | "later":
            return 1
        case _:
            return int(value) if value.lstrip("-").isdecimal() else value or None


def is_abbreviation(form: str, forms: Sequence[str]) -> bool:
    """True for a short form of a month, which is the beginning of its name, the first of the forms.

    >>> is_abbreviation("okt", ("oktober", "okt")), is_abbreviation("мая", ("май", "мая"))
    (True, False)
    """
    is_beginning = len(form) <= _LONGEST_ABBREVIATION and forms[0][:-1].startswith(form) and form != forms[0][:-1]
    return form != forms[0] and (is_beginning or form in _ABBREVIATED)


@cache
def foreign_months() -> dict[str, int]:
    """Return the names of months of all languages with their numbers; those that two languages give two months fail.

    Short names and abbreviations are left out: they are words in other languages.

    >>> foreign_months()["марта"], foreign_months()["août"], "mar" in foreign_months()
    (3, 8, False)
    """
    found: dict[str, set[int]] = {}
    for form, number in _months():
        if len(form) >= _SHORTEST_FOREIGN_MONTH:
            found.setdefault(form, set()).add(number)
    return {form: numbers.pop() for form, numbers in found.items() if len(numbers) == 1}


def _months() -> Iterator[tuple[str, int]]:
    for language in LANGUAGES:
        for kind, value, forms in read_table(language):
            if kind == "month":
                yield from ((form, int(value)) for form in forms)
