"""Request for a run of the indexer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from index.ingest.finding.places import Places
from index.ingest.finding.seen import Seen
from index.ingest.run.pruning import Pruning
from index.ingest.versions.outdated import OutdatedStage
from index.ingest.workers.tasks import WorkerOptions
from index.model import Failure
from index.progress import Progress, ProgressMeter
from index.readers.base import Source

__all__ = ["RunRequest", "TellOutdated"]

TellOutdated: TypeAlias = Callable[[tuple[OutdatedStage, ...]], None]
"""Is told, before anything is read, which stages are done again."""


@dataclass(frozen=True, slots=True)
class RunRequest:
    """Request for a run: places, options of the workers, listeners; see `index.ingest.indexer.Indexer.index`.

    `pruning` is None when articles whose file is gone stay. With `seen`, only the files that a watch saw are read.
    """

    places: Places
    options: WorkerOptions
    meter: ProgressMeter
    pruning: Pruning | None = None
    prune_many: bool = False
    retry: bool = False
    seen: Seen | None = None
    show: Callable[[Progress], None] | None = None
    tell: TellOutdated | None = None

    @property
    def is_whole(self) -> bool:
        """True when all places are looked at, not only what a watch saw change."""
        return self.seen is None or self.seen.is_first

    def find(self) -> Iterator[Source | Failure]:
        """Yield the files to read, anew at each call."""
        return self.places.find() if self.seen is None else iter(self.seen.found)

    def count(self) -> int:
        """Return the number of files to read."""
        return self.places.count() if self.seen is None else len(self.seen.found)
