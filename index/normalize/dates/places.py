"""Where an expression of time lies in the calendar."""

from dataclasses import dataclass

from index.model import DatePrecision
from index.normalize.dates.calendar import PRECISIONS, Part, Period, Unit

__all__ = ["Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression lies. `period` is None when it cannot be told; then `unit` still says how exact it was.

    `anchor` is the date it was counted from, None for dates that need none. `part` is the part of the period meant.
    """

    unit: Unit
    period: Period | None
    anchor: str | None = None
    part: Part | None = None

    @property
    def precision(self) -> DatePrecision:
        """The precision in which the date was given, known also when the date is not."""
        return PRECISIONS[self.unit]
