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
    COPYING = "copying rows"
    MEANING = "making vectors"


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a stage. `total` is None while it is unknown; `rate` is articles a second, `eta` seconds to go.

    `waiting` counts the articles that are read and not yet extracted.
    `long_article` is the locator of a long article that is being worked on, if any, and `share` how much of it is done,
    from 0 to 1. `others` counts the other workers that read into the same archive.
    """

    stage: str
    done: int
    total: int | None = None
    rate: float = 0.0
    failed: int = 0
    eta: float | None = None
    long_article: str | None = None
    share: float = 0.0
    waiting: int = 0
    others: int = 0


class ProgressMeter:
    """Calls `show` with the progress of one stage, a few times a second."""

    def __init__(self, show: Callable[[Progress], None] | None, stage: str, *, total: int | None = None) -> None:
        self._show = show
        self._stage = stage
        self._started = time.monotonic()
        self._last = 0.0
        self.total = total
        self.waiting = 0
        self.others = 0
        self._done = self._failed = 0
        self._long: dict[str, float] = {}

    def update(self, done: int, *, failed: int = 0, is_last: bool = False) -> None:
        """Report that `done` are done, a few times a second; what `is_last` is always reported."""
        self._done, self._failed = done, failed
        if self.total is not None and done > self.total:
            # Files were counted, and some have several articles.
            self.total = None
        if self._show is None or (time.monotonic() - self._last < _PAUSE and not is_last):
            return
        self._report(self._show)

    def note_share(self, locator: str, share: float) -> None:
        """Report how much of a long article is done, that it is begun in any case."""
        is_new = locator not in self._long
        self._long[locator] = share
        self.update(self._done, failed=self._failed, is_last=is_new)

    def end_share(self, locator: str) -> None:
        """A long article, or any other, is no longer being worked on."""
        self._long.pop(locator, None)

    def _report(self, show: Callable[[Progress], None]) -> None:
        now = self._last = time.monotonic()
        done = self._done
        seconds = now - self._started
        rate = done / seconds if seconds else 0.0
        left = None if self.total is None else max(0, self.total - done)
        eta = left / rate if left is not None and rate else None
        # Of several, the one that was begun first.
        article, share = next(iter(self._long.items()), (None, 0.0))
        show(
            Progress(self._stage, done, self.total, rate, self._failed, eta, article, share, self.waiting, self.others)
        )
