"""Expressions of time, before they are placed in the calendar."""

from dataclasses import dataclass
from enum import StrEnum

from index.normalize.dates.calendar import Part, Period, Unit

__all__ = [
    "Basis",
    "Clock",
    "Expression",
    "Fixed",
    "Length",
    "Listed",
    "Named",
    "OneOf",
    "PartOf",
    "Range",
    "Repeat",
    "Shift",
    "Step",
    "Stretch",
    "Vague",
]


class Basis(StrEnum):
    """The date from which a relative expression counts."""

    DOCUMENT = "the date of publication"
    TEXT = "the last date in the text"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A period that needs no context: "July 2019".

    `is_loose` says that it may begin and end some months elsewhere, as financial years do.
    """

    period: Period
    is_loose: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """A day in figures that can be read in two orders: "05/04/2021"."""

    day_first: Period
    month_first: Period


@dataclass(frozen=True, slots=True)
class Named:
    """A named part of some year: "December", "25 August", "Tuesday", "summer", "the third quarter".

    `unit` is MONTH, DAY (with `day` a day of the month `number`; without it `number` is a weekday from Monday = 0),
    WEEKEND (`number` is unused), SEASON, QUARTER or HALF, and `number` counts from 1 for months and from 0 for the
    others. `step` is -1 for "last", 0 for "this", 1 for "next", None without such a word; `year` is the year after
    "of". For a day with a name, such as Christmas, `holiday` is the name and `number` is unused; `weekday` is the
    weekday written before a day of a month.
    """

    unit: Unit
    number: int
    day: int | None = None
    step: int | None = None
    year: "Expression | None" = None
    basis: Basis = Basis.DOCUMENT
    holiday: str | None = None
    weekday: int | None = None

    @property
    def has_month(self) -> bool:
        """True for a month or a day of one, so that `number` is a month."""
        return self.unit is Unit.MONTH or self.day is not None


@dataclass(frozen=True, slots=True)
class Step:
    """A period next to the current one: "last week" (-1), "this year" (0), "the following day" (1)."""

    unit: Unit
    count: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Shift:
    """A number of units away: "two weeks ago", "five years later"; a count of None is unknown ("several years ago")."""

    count: int | None
    unit: Unit
    basis: Basis


@dataclass(frozen=True, slots=True)
class PartOf:
    """A part of a period: "late August", "the end of this year"."""

    part: Part
    inner: "Expression"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some units at the beginning or end of a longer period: "the first week of April", "the last two days of 2019".

    `which` counts from 1 for the first unit; -1 are the last ones. A week begins with the longer period, not on Monday.
    """

    unit: Unit
    count: int
    which: int
    inner: "Expression"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: "Tuesday night", "10 p.m. Wednesday"; `inner` is None when no day is named.

    `suffix` is the TIMEX3 form from the T on ("TNI").
    """

    inner: "Expression | None"
    suffix: str


@dataclass(frozen=True, slots=True)
class Range:
    """A range of periods, both included: "3-5 May 2019"; `gap` is the position of the word or dash between."""

    low: "Expression"
    high: "Expression"
    gap: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """Several days in one list, each with its position: "March 7, 8 and 9, 2020"."""

    items: tuple[tuple["Expression", int, int], ...]


@dataclass(frozen=True, slots=True)
class Length:
    """A duration, which has no position in the calendar: "three years" is "P3Y"."""

    value: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A set of times: "daily"."""

    value: str


@dataclass(frozen=True, slots=True)
class Vague:
    """Now, the past or the future: "recently" is "PAST_REF"."""

    value: str


Expression = Fixed | OneOf | Named | Step | Shift | PartOf | Stretch | Clock | Range | Listed | Length | Repeat | Vague
