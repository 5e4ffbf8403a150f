"""Position of an expression of time in the calendar."""

from dataclasses import dataclass

from index.model import DatePrecision
from index.normalize.dates.calendar import PRECISIONS, Part, Period, Unit

__all__ = ["Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """Position of an expression in the calendar. `period` is None when unknown; then `unit` still gives its precision.

    `anchor` is the date it was counted from, None for dates that need none. `part` is the part of the period meant, as
    is `stretch`: a unit, a number of them, and the first one of them, as in `Stretch`. `other` is the later day that is
    meant when day and month may be in another order. `is_loose` is true for financial years.
    """

    unit: Unit
    period: Period | None
    anchor: str | None = None
    part: Part | None = None
    stretch: tuple[Unit, int, int] | None = None
    other: Period | None = None
    is_loose: bool = False

    @property
    def precision(self) -> DatePrecision:
        """The precision of the date as written, known even when the date is not."""
        return PRECISIONS[self.unit]
