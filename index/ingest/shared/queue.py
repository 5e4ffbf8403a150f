"""The table of work as one worker sees it: it queues what it found, claims, and stages what it holds."""

import hashlib
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from index.catalog.postgres.work import WorkTable
from index.catalog.records import EndedSource, ExtractedArticle, QueuedSource, Refused, SourceState
from index.catalog.store import Catalog
from index.errors import DossierError
from index.ingest.comparison.catalog_sink import CatalogArticles
from index.ingest.comparison.states import make_clash
from index.ingest.finding.roots import is_under
from index.ingest.shared.lease import LeaseKeeper
from index.ingest.shared.payloads import pack_source, unpack_source
from index.ingest.versions.stage_texts import StageTexts
from index.model import Failure
from index.readers.base import Source

__all__ = ["SharedQueue", "SharedSink", "hash_stages", "open_queue"]

# Sources claimed at once: about a second of work, so that the last ones are not all in one hand.
_SOURCES_A_CLAIM = 16
# Between two questions when there was nothing to claim, and between two looks at who else works.
_PAUSE_SECONDS = 0.5
_LOOK_SECONDS = 3.0


def hash_stages(stages: StageTexts) -> str:
    """Return a short text that is the same for workers that read and extract alike."""
    texts = (stages.reading, stages.extraction, stages.set_aside, stages.meaning)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


class SharedQueue:
    """A worker's part of the work that several processes share. Made by `open_queue`.

    `found` has the sources that this worker queued and did not read itself: others did, once the queue is done.
    `others` counts the other workers, as it was when somebody last looked.
    """

    def __init__(
        self, table: WorkTable, stages: StageTexts, *, worker: int, base: Path, roots: Sequence[str] | None
    ) -> None:
        """`worker` is the number of the run; `roots` are the paths to work on, None for all that is queued.

        A worker on all that is queued leaves out paths that its machine has not; see `unreachable`.
        """
        self._table = table
        self._stages = hash_stages(stages)
        self._worker = worker
        self._base = base.resolve()
        self._roots = roots
        self._held: set[str] = set()
        self._is_last_attempt = False
        self._next_claim = self._next_look = 0.0
        self._keeper = LeaseKeeper(table, worker)
        self.found: dict[str, None] = {}
        self.unreachable: set[str] = set()
        self.others = 0

    def stop(self) -> None:
        """Stop renewing the claims: they run out, unless they are given back."""
        self._keeper.stop()

    def give_back(self) -> None:
        """Give back what is held, as if it had not been claimed."""
        if self._held:
            self._table.release(self._worker)
            self._held.clear()

    def may_queue(self, source: Source) -> bool:
        """True for files that others can read as well, and that lie where this worker claims."""
        return source.path is not None and self._roots is not None and is_under(source.locator, self._roots)

    def add(self, sources: Sequence[Source]) -> None:
        """Queue files for all workers."""
        if not sources:
            return
        queued = [
            QueuedSource(
                source.locator,
                self._root_of(source.locator),
                source.size or 0,
                source.modified or 0.0,
                pack_source(source, base=self._base),
            )
            for source in sources
        ]
        self._table.add(queued, stages=self._stages, run=self._worker)
        self.found.update(dict.fromkeys(source.locator for source in sources))
        self._next_claim = 0.0

    def claim(self) -> list[Source]:
        """Claim a few files and return them as they are now; none when there is nothing to claim at the moment.

        One that two workers were lost with is claimed alone: when a third is lost, this file is to blame, and none that
        happened to be beside it.
        """
        now = time.monotonic()
        if now < self._next_claim or (self._is_last_attempt and self._held):
            return []
        self._is_last_attempt = False
        sources = [] if self._held else self._claim(limit=1, last_attempt=True)
        if sources:
            self._is_last_attempt = True
            return sources
        sources = self._claim(limit=_SOURCES_A_CLAIM)
        if not sources:
            self._next_claim = now + _PAUSE_SECONDS
        return sources

    def _claim(self, *, limit: int, last_attempt: bool = False) -> list[Source]:
        claims = self._table.claim(
            self._worker,
            stages=self._stages,
            roots=self._roots,
            limit=limit,
            last_attempt=last_attempt,
            without=self.unreachable,
        )
        again = [claim.locator for claim in claims if claim.locator in self._held]
        if again:
            # Its lease ran out, and results of the earlier claim are still to come.
            self._table.release(self._worker, again)
            claims = [claim for claim in claims if claim.locator not in self._held]
        self._held.update(claim.locator for claim in claims)
        sources: list[Source] = []
        gone: list[str] = []
        elsewhere: list[str] = []
        for claim in claims:
            try:
                sources.append(unpack_source(claim.locator, claim.payload, base=self._base))
            except (FileNotFoundError, NotADirectoryError):
                if self._roots is None and not (self._base / claim.root).exists():
                    self.unreachable.add(claim.root)
                    elsewhere.append(claim.locator)
                else:
                    gone.append(claim.locator)
        if elsewhere:
            self._table.release(self._worker, elsewhere)
            self._held.difference_update(elsewhere)
        self.drop(gone)
        return sources

    def drop(self, locators: Collection[str]) -> None:
        """End claims of files of which there is nothing to read: others did, or they are gone."""
        if locators:
            self._table.drop(self._worker, locators)
            self._held.difference_update(locators)

    def is_done(self) -> bool:
        """True when there is nothing left to claim, and nobody else reads what this worker waits for."""
        if self._held and time.monotonic() < self._next_look:
            return False
        left = self._table.look(self._worker, stages=self._stages, roots=self._roots, without=self.unreachable)
        self.others = left.others
        self._next_look = time.monotonic() + _LOOK_SECONDS
        is_waited_for = left.is_held and self._roots is not None
        return not (left.is_claimable or is_waited_for or self._held)

    def stage(
        self,
        extracted: Sequence[ExtractedArticle],
        *,
        extraction: str,
        failures: Sequence[tuple[str, Failure]],
        sources: Sequence[SourceState],
        ended: Sequence[EndedSource],
    ) -> Refused:
        """See `ArticleSink` and `WorkTable.stage`. Files that were never claimed are staged without a claim."""
        refused = self._table.stage(
            self._worker,
            extracted,
            extraction=extraction,
            failures=failures,
            sources=sources,
            ended=ended,
            # One that was lost stays in hand until its end, so that nothing of it is staged.
            claimed=self._held,
            run=self._worker,
            clash=make_clash,
        )
        for each in ended:
            self._held.discard(each.locator)
            if each.locator not in refused.lost:
                self.found.pop(each.locator, None)
        return refused

    def _root_of(self, locator: str) -> str:
        return next((root for root in self._roots or () if is_under(locator, [root])), "")


@contextmanager
def open_queue(
    table: WorkTable, stages: StageTexts, *, worker: int, base: Path, roots: Sequence[str] | None
) -> Iterator[SharedQueue]:
    """Yield a worker's part of the work, see `SharedQueue`; what it holds at the end it gives back.

    After a fault of the program it does not: who knows which source it was, so that each counts the attempt.
    """
    queue = SharedQueue(table, stages, worker=worker, base=base, roots=roots)
    try:
        yield queue
        queue.give_back()
    except (DossierError, KeyboardInterrupt):
        # The server may be what is gone.
        with suppress(DossierError):
            queue.give_back()
        raise
    finally:
        queue.stop()


class SharedSink(CatalogArticles):
    """An `ArticleSink` that stages what its worker holds."""

    def __init__(self, catalog: Catalog, queue: SharedQueue) -> None:
        super().__init__(catalog)
        self._queue = queue

    def stage(
        self,
        extracted: Sequence[ExtractedArticle],
        *,
        extraction: str,
        failures: Sequence[tuple[str, Failure]],
        sources: Sequence[SourceState],
        ended: Sequence[EndedSource],
    ) -> Refused:
        """See `ArticleSink`."""
        return self._queue.stage(extracted, extraction=extraction, failures=failures, sources=sources, ended=ended)
