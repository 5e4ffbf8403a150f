"""Progress of long work: the names of its stages, how far it is, and a meter that reports a few times a second."""

import time
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Progress", "ProgressMeter", "Stage"]

# Seconds between two reports; more often is only flicker.
_PAUSE = 0.1


class Stage:
    """Names of the stages, as a user reads them."""

    ARTICLES = "reading articles"
    IDENTITY = "resolving names"
    ENGINE = "writing the index"


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a stage. `total` is None while it is unknown; `rate` is articles a second, `eta` seconds to go."""

    stage: str
    done: int
    total: int | None = None
    rate: float = 0.0
    failed: int = 0
    eta: float | None = None


class ProgressMeter:
    """Calls `show` with the progress of one stage, a few times a second."""

    def __init__(self, show: Callable[[Progress], None] | None, stage: str, *, total: int | None = None) -> None:
        self._show = show
        self._stage = stage
        self._started = time.monotonic()
        self._last = 0.0
        self.total = total

    def update(self, done: int, *, failed: int = 0, is_last: bool = False) -> None:
        """Report that `done` are done."""
        now = time.monotonic()
        if self._show is None or (now - self._last < _PAUSE and not is_last):
            return
        self._last = now
        seconds = now - self._started
        rate = done / seconds if seconds else 0.0
        left = None if self.total is None else max(0, self.total - done)
        eta = left / rate if left is not None and rate else None
        self._show(Progress(self._stage, done, self.total, rate, failed, eta))
