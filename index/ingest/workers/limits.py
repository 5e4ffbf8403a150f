"""The time and the memory that one file or article may take before it is set aside."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["SET_ASIDE", "Cause", "Limits"]

_MEGABYTE: Final = 1_000_000
# A text of this size needs the memory of the setting; smaller ones need less, larger ones may take more.
_LARGE: Final = 50 * _MEGABYTE


class Cause(StrEnum):
    """Why a worker could not finish its task: the reason of the failure."""

    DIED = "worker-died"
    TOO_SLOW = "too-slow"
    TOO_LARGE = "too-much-memory"


SET_ASIDE: Final = frozenset({Cause.TOO_SLOW, Cause.TOO_LARGE})
"""Causes that remain as long as the file and the limits do: such a file is not tried again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what one file may take; both grow with its size.

    `seconds` to read it, and to find the names in it: for each megabyte, or begun one. `megabytes` of memory beyond
    that of a worker without work, for up to 50 MB of text; for larger ones in proportion.

    >>> limits = Limits(seconds=60, megabytes=1000)
    >>> limits.seconds_for(5_000), limits.seconds_for(3_000_000), limits.megabytes_for(5_000)
    (60.0, 180.0, 1000.0)
    """

    seconds: float = 300.0
    megabytes: float = 2_000.0

    def seconds_for(self, size: int) -> float:
        """Return the seconds for `size` bytes or characters."""
        return self.seconds * max(1.0, size / _MEGABYTE)

    def megabytes_for(self, size: int) -> float:
        """Return the megabytes for `size` bytes or characters."""
        return self.megabytes * max(1.0, size / _LARGE)

    def describe(self) -> str:
        """Return a text that is the same for equal limits, to be stored."""
        return f"{self.seconds:g} s, {self.megabytes:g} MB"
