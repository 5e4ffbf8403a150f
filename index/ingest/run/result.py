"""Results of a run: its counts in the catalog, and its report."""

from dataclasses import dataclass, field

from index.catalog.records import RunCounts
from index.ingest.publisher import Publisher
from index.ingest.report import MAX_REPORTED, Report
from index.ingest.run.driver import IngestRun
from index.ingest.run.sharing import Outcome
from index.model import Failure

__all__ = ["Ending", "run_counts", "run_report"]


@dataclass(frozen=True, slots=True)
class Ending:
    """Results of the end of a run, when all was read; empty for a run that was interrupted.

    `aside` are files that failed too often, `theirs` is what other workers did. `removed` counts articles, and `gone`
    those of all `total` that are gone and were not removed, as they are too many.
    """

    aside: tuple[Failure, ...] = ()
    theirs: Outcome = field(default_factory=Outcome)
    removed: int = 0
    gone: int = 0
    total: int = 0


def run_counts(reading: IngestRun, ending: Ending, publisher: Publisher) -> RunCounts:
    """Return the counts that the catalog keeps of a run."""
    return RunCounts(
        read=reading.read,
        added=reading.added,
        changed=reading.changed,
        unchanged=reading.unchanged,
        removed=ending.removed,
        failed=reading.failed + len(ending.aside) + len(publisher.refused),
        relinked=publisher.relinked,
    )


def run_report(reading: IngestRun, ending: Ending, publisher: Publisher, *, seconds: float, is_shipped: bool) -> Report:
    """Return the report of a run that took some seconds; `is_shipped` when it was made with the recognizer."""
    theirs = ending.theirs
    known = {failure.locator for failure in theirs.failures}
    refused = [failure for failure in publisher.refused if failure.locator not in known]
    return Report(
        read=reading.read + theirs.articles,
        added=reading.added,
        changed=reading.changed,
        unchanged=reading.unchanged,
        removed=ending.removed,
        failed=reading.failed + len(ending.aside) + len(theirs.failures) + len(refused),
        written=publisher.written,
        relinked=publisher.relinked,
        seconds=seconds,
        failures=(*reading.failures, *ending.aside, *theirs.failures, *refused)[:MAX_REPORTED],
        guessed_encodings=reading.log.guessed_encodings,
        skipped=reading.log.skipped,
        notices=tuple(reading.log.notices),
        packs_only=reading.packs_only if is_shipped else {},
        is_interrupted=reading.is_interrupted,
        gone=ending.gone,
        total=ending.total,
        others=theirs.articles,
    )
