"""Progress of long work: a bar on a terminal, a line every ten percent elsewhere, on standard error."""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

import click

from index.progress import Progress
from search.cli.logs import log_event
from search.output.cleaning import clean
from search.output.wording import count_in_words, rate_in_words

__all__ = ["show_progress"]

_LOG = logging.getLogger(__name__)

_SECONDS_BETWEEN_LINES = 30.0


@contextmanager
def show_progress(*, is_quiet: bool, is_json: bool = False) -> Iterator[Callable[[Progress], None] | None]:
    """Yield the callback for each step of the work, or None when nothing is shown.

    With `is_json`, progress is logged, see `search.cli.logs`.
    """
    if is_quiet:
        yield None
    elif is_json:
        yield _log_reporter()
    elif sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield _line_reporter()


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    # Only long work shows a bar, so only long work imports it.
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,}/{task.total:,} · {task.fields[rate]}/s · {task.fields[failed]} failed ·"),
        TextColumn("{task.fields[article]}", markup=False),
        TimeRemainingColumn(compact=True),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, object] = {}

        def report(progress: Progress) -> None:
            if progress.stage not in tasks:
                tasks[progress.stage] = bar.add_task(
                    progress.stage, total=progress.total or 0, rate="0", failed=0, article=""
                )
            bar.update(
                tasks[progress.stage],  # type: ignore[arg-type]  # a TaskID, named only under the import above
                completed=progress.done,
                total=progress.total or progress.done,
                rate=rate_in_words(progress.rate),
                failed=progress.failed,
                article=" · ".join(filter(None, (_others(progress), _long_article(progress)))),
            )

        yield report


def _others(progress: Progress) -> str:
    """Return how many others work, in words; "" when nobody does."""
    return count_in_words(progress.others, "other worker") if progress.others else ""


def _long_article(progress: Progress) -> str:
    """Return how much of a long article is done, in words; "" without one."""
    if progress.long_article is None:
        return ""
    return clean(f"{progress.share:.0%} of {progress.long_article}", is_one_line=True)


def _log_reporter() -> Callable[[Progress], None]:
    last: dict[str, float] = {}

    def report(progress: Progress) -> None:
        now = time.monotonic()
        if now - last.get(progress.stage, -_SECONDS_BETWEEN_LINES) >= _SECONDS_BETWEEN_LINES:
            last[progress.stage] = now
            # What is unknown is left out.
            fields = {name: value for name, value in asdict(progress).items() if value is not None}
            log_event(_LOG, "progress", {**fields, "rate": round(progress.rate, 1)})

    return report


def _line_reporter() -> Callable[[Progress], None]:
    shown: dict[str, int] = {}
    begun: set[str] = set()
    last = time.monotonic()

    def report(progress: Progress) -> None:
        nonlocal last
        tenth = progress.done * 10 // progress.total if progress.total else -1
        is_late = time.monotonic() - last >= _SECONDS_BETWEEN_LINES
        is_next = bool(progress.total and progress.total >= 100 and tenth > shown.get(progress.stage, 0))
        is_new = progress.long_article is not None and progress.long_article not in begun
        if is_next or is_new or is_late:
            shown[progress.stage] = tenth
            begun.update((progress.long_article,) if progress.long_article else ())
            last = time.monotonic()
            total = f"/{progress.total:,}" if progress.total else ""
            parts = (
                f"{progress.stage} {progress.done:,}{total}",
                f"{rate_in_words(progress.rate)}/s",
                f"{progress.failed} failed",
                _others(progress),
                _long_article(progress),
            )
            click.echo(" · ".join(filter(None, parts)), err=True)

    return report
