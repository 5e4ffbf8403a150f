"""Leave out dates that are names of groups and people: the group November 17, Theresa May."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from index.normalize.alternatives import one_of
from index.normalize.dates.calendar import Unit
from index.normalize.dates.expressions import Named
from index.normalize.dates.grammar.rules import Reading
from index.normalize.dates.grammar.surroundings import words_of

__all__ = ["without_names"]

_REACH = 40
# Where a name of a month or a day follows, the date is meant, not the person or group of that name.
_DATE_BEFORE = re.compile(
    r"\b(?:on|in|since|until|till|during|last|this|next|late|early|mid|each|every|through|throughout)[\s-]+(?:the\s+)?$",
    re.IGNORECASE,
)
_FIRST_NAME = re.compile(r"(?<![.!?]\s)(?<!\w)[A-Z][a-z]+$")  # Not at the beginning of a sentence.
_DAY_BEFORE = re.compile(r"\b(?:on|since|until|till|by|dated|effective|after|before)\s+(?:the\s+)?$", re.IGNORECASE)


def without_names(text: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings without those that are names.

    A day of a month beside a word such as "group" is the name of one ("the November 17 group"), and then the same day
    stands for it elsewhere, except after "on" and the like. A month is a person where the text has it
    after a first name or a title ("Mrs May"), except after "in" and the like.
    """
    named = [reading for reading in readings if isinstance(reading.expression, Named)]
    groups = {day for reading in named if (day := _day_of(reading)) and _names_a_group(text, reading)}
    people = _people(text, [reading for reading in named if _is_lone_month(text, reading)])
    if not groups and not people:
        return list(readings)
    return [reading for reading in readings if not _is_name(text, reading, groups, people)]


def _is_name(text: str, reading: Reading, groups: set[tuple[int, int]], people: set[str]) -> bool:
    left = text[max(0, reading.start - _REACH) : reading.start]
    if _day_of(reading) in groups:
        return _names_a_group(text, reading) or _DAY_BEFORE.search(left) is None
    if people and _is_lone_month(text, reading):
        return text[reading.start : reading.end] in people and _DATE_BEFORE.search(left) is None
    return False


def _day_of(reading: Reading) -> tuple[int, int] | None:
    named = reading.expression
    if not isinstance(named, Named) or named.day is None or named.year is not None or named.step is not None:
        return None
    return named.number, named.day


def _is_lone_month(text: str, reading: Reading) -> bool:
    named = reading.expression
    if not isinstance(named, Named) or named.unit is not Unit.MONTH:
        return False
    return text[reading.start : reading.end].istitle()


def _names_a_group(text: str, reading: Reading) -> bool:
    left = text[max(0, reading.start - _REACH) : reading.start]
    return bool(_group_after().match(text, reading.end) or _group_before().search(left))


def _people(text: str, readings: Iterable[Reading]) -> set[str]:
    """Return the months that are surnames in the text."""
    months = {text[reading.start : reading.end] for reading in readings}
    return {month for month in months if month.lower() in words_of("first_name") and _is_surname(month, text)}


def _is_surname(month: str, text: str) -> bool:
    """True when the text has the month after a first name or a title."""
    for found in re.finditer(rf" {month}(?!\s+\d|[\w-])", text):
        left = text[max(0, found.start() - _REACH) : found.start()]
        before = _FIRST_NAME.search(left)
        word = left.rsplit(None, 1)[-1].lower() if left.strip() else ""
        is_named = before is not None and word not in words_of("opener")
        if word in words_of("title") or is_named:
            return True
    return False


@lru_cache(maxsize=1)
def _group_after() -> re.Pattern[str]:
    adjectives = one_of(words_of("grouping"))
    capitals = one_of(word.capitalize() for word in words_of("place"))
    words = one_of([*words_of("group"), *(word.capitalize() for word in words_of("group"))])
    return re.compile(rf"[\"'”’]?[\s-](?:(?:{adjectives})\s)?(?:{words}|(?:[A-Z][a-z]+\s)?(?:{capitals}))(?![\w-])")


@lru_cache(maxsize=1)
def _group_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(word.capitalize() for word in words_of('grouped'))})\s[\"'“‘]?$")
