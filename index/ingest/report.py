"""What a run says while it goes on, and at its end."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from index.model import Failure

__all__ = ["Progress", "ProgressMeter", "Report", "Stage"]

# Seconds between two reports; more often is only flicker.
_PAUSE = 0.1


class Stage:
    """The names of the stages, as a user reads them."""

    ARTICLES = "reading articles"
    IDENTITY = "deciding who is who"
    ENGINE = "writing the index"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is. `total` is None while nobody knows; `rate` is articles a second, `eta` seconds to go."""

    stage: str
    done: int
    total: int | None = None
    rate: float = 0.0
    failed: int = 0
    eta: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. `failed` counts what could not be indexed, `failures` are the first thousand of it.

    `written` counts the documents that were given to the engine, `relinked` those of them whose article had not
    changed but names other entities than before; `rate` is articles read a second.
    `changed_packs` says what is different about the packs since the last run, for which articles were read again.
    `is_interrupted` is true when the user stopped it: what was read until then is kept and can be found.
    """

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0
    written: int = 0
    relinked: int = 0
    seconds: float = 0.0
    failures: tuple[Failure, ...] = ()
    is_interrupted: bool = False
    changed_packs: tuple[str, ...] = ()

    @property
    def rate(self) -> float:
        """Articles read a second."""
        return self.read / self.seconds if self.seconds else 0.0


class ProgressMeter:
    """Calls `show` with the progress of one stage, a few times a second."""

    def __init__(self, show: Callable[[Progress], None] | None, stage: str, *, total: int | None = None) -> None:
        self._show = show
        self._stage = stage
        self._started = time.monotonic()
        self._last = 0.0
        self.total = total

    def update(self, done: int, *, failed: int = 0, is_last: bool = False) -> None:
        """Say that `done` are done."""
        now = time.monotonic()
        if self._show is None or (now - self._last < _PAUSE and not is_last):
            return
        self._last = now
        seconds = now - self._started
        rate = done / seconds if seconds else 0.0
        left = None if self.total is None else max(0, self.total - done)
        eta = left / rate if left is not None and rate else None
        self._show(Progress(self._stage, done, self.total, rate, failed, eta))
