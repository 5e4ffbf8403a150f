"""What a run would do: everything is read, nothing is extracted or kept."""

import time
from collections.abc import Iterable

from index.catalog.states import CatalogStates
from index.ingest.pruning import Pruning
from index.ingest.reading import MAX_FAILURES
from index.ingest.report import ProgressMeter, Report
from index.ingest.work import ReadingOptions
from index.ingest.worker import Worker
from index.model import Failure
from index.readers.base import Source

__all__ = ["try_run"]


def try_run(
    found: Iterable[Source | Failure], options: ReadingOptions, *, pruning: Pruning | None, meter: ProgressMeter
) -> Report:
    """The report of a run that keeps nothing; `pruning` is given when it would forget what is gone."""
    started = time.monotonic()
    worker = Worker(options)
    states = None if options.folder is None else CatalogStates(options.folder)
    added = changed = unchanged = failed = removed = 0
    failures: list[Failure] = []
    for item in found:
        parts = worker.reader.read_many(item) if isinstance(item, Source) else ()
        failed += isinstance(item, Failure)
        failures.extend([item] if isinstance(item, Failure) else [])
        for part in parts:
            ids = [article.id for _, article in part.articles]
            known = {} if states is None else states.articles(ids)
            changed += len(known)
            added += len(ids) - len(known)
            unchanged += part.unchanged
            failed += len(part.failures)
            failures.extend(failure for _, failure in part.failures)
            if pruning is not None:
                pruning.note_seen(part.seen)
                for file, failure in part.failures:
                    pruning.note_failure(file, failure)
            meter.update(added + changed + unchanged, failed=failed)
    if states is not None:
        removed = 0 if pruning is None else pruning.count(states)
        states.close()
    worker.close()
    return Report(
        read=added + changed + unchanged,
        added=added,
        changed=changed,
        unchanged=unchanged,
        removed=removed,
        failed=failed,
        seconds=time.monotonic() - started,
        failures=tuple(failures[:MAX_FAILURES]),
    )
