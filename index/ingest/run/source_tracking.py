"""Follows sources until all of them is stored, so that they need not be read again while they look the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.catalog.records import EndedSource, SourceState
from index.ingest.versions.stage_texts import StageTexts
from index.ingest.workers.limits import SET_ASIDE
from index.model import Failure
from index.readers.base import Source

__all__ = ["SETTLING_SECONDS", "SourceTracker"]

# A file written this recently may be written again without looking different.
SETTLING_SECONDS = 2.0


@dataclass(slots=True)
class _Progress:
    """A source that is being read. `waiting` counts articles that are not extracted yet."""

    source: Source
    started: float
    articles: int = 0
    failures: int = 0
    waiting: int = 0
    is_read: bool = False
    is_spoiled: bool = False
    is_set_aside: bool = False
    is_again: bool = False
    reason: str = ""


class SourceTracker:
    """Follows sources from the first task that reads them to the last of their articles.

    A source is remembered when all of it was read and all its articles are known to the catalog: not when reading
    broke off, when an article was lost to a worker, a fault of the extraction or an id that another one has. Rows that
    are unreadable in themselves do not count against it. What took more time or memory than it may does neither, but
    the source is remembered as one of which something was set aside.

    Sources whose articles are extracted again from the catalog are followed where somebody waits for their end.
    """

    def __init__(self, stages: StageTexts) -> None:
        self._stages = stages
        self._open: dict[str, _Progress] = {}
        self._ended: list[EndedSource] = []

    def take_ended(self) -> list[EndedSource]:
        """Return the sources that came to their end since the last call, with why they failed, if they did."""
        ended, self._ended = self._ended, []
        return ended

    def is_open(self, file: str) -> bool:
        """True while a source is followed."""
        return file in self._open

    def begin(self, source: Source, *, now: float) -> None:
        """A source is about to be read, from its start or from where the last result ended."""
        if source.locator not in self._open:
            self._open[source.locator] = _Progress(source, now)

    def begin_again(self, source: Source) -> None:
        """The articles of a source are about to be extracted again; it is not read."""
        self._open[source.locator] = _Progress(source, 0.0, is_again=True)

    def note_again(self, file: str, *, wanted: int) -> None:
        """Count articles of such a source; none of them says that there are no more."""
        progress = self._open.get(file)
        if progress is not None:
            progress.waiting += wanted
            progress.is_read = not wanted
            self._finish(progress)

    def note_part(
        self, file: str, *, articles: int, failures: Sequence[Failure], wanted: int, clashes: int, is_last: bool
    ) -> SourceState | None:
        """Count a part of a source; returns its state when nothing more is to come."""
        progress = self._open[file]
        progress.articles += articles
        progress.failures += len(failures)
        progress.waiting += wanted
        progress.is_read = is_last
        # A failure of the source itself, rather than of a row, says that the rest was not read.
        broken = [failure for failure in failures if failure.locator == file and failure.reason not in SET_ASIDE]
        if broken:
            progress.reason = broken[0].message
        progress.is_set_aside = progress.is_set_aside or any(failure.reason in SET_ASIDE for failure in failures)
        progress.is_spoiled = progress.is_spoiled or clashes > 0 or bool(broken)
        return self._finish(progress)

    def note_extracted(self, file: str, *, failure: Failure | None) -> SourceState | None:
        """Count an article that was extracted; returns the state of its source when it was the last."""
        progress = self._open.get(file)
        if progress is None:
            # Extracted again from the catalog, and nobody waits for its end.
            return None
        progress.waiting -= 1
        if failure is not None and failure.reason in SET_ASIDE:
            progress.is_set_aside = True
            progress.articles -= 1
            progress.failures += 1
        elif failure is not None:
            progress.is_spoiled = True
            progress.reason = f"{failure.locator}: {failure.message}"
        return self._finish(progress)

    def _finish(self, progress: _Progress) -> SourceState | None:
        if progress.waiting or not progress.is_read:
            return None
        source = progress.source
        del self._open[source.locator]
        self._ended.append(EndedSource(source.locator, progress.reason))
        if (
            progress.is_again
            or progress.is_spoiled
            or source.path is None
            or source.size is None
            or source.modified is None
        ):
            return None
        if progress.started - source.modified < SETTLING_SECONDS:
            return None
        reading = self._stages.reading_of(source, is_set_aside=progress.is_set_aside)
        return SourceState(source.locator, source.size, source.modified, reading, progress.articles, progress.failures)
