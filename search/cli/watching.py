"""The part of `search-cli index --watch` that talks: what each run did, and which folders are waited for."""

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import click

from index.errors import DossierError
from index.ingest.finding.seen import Seen
from index.ingest.finding.watching import FolderWatch, watch
from index.ingest.report import Report
from index.model import Failure
from search.cli.logs import log_event
from search.output.cleaning import clean
from search.output.wording import count_in_words, with_hint

__all__ = ["EXIT_INTERRUPTED", "print_failures", "watch_folders"]

_LOG = logging.getLogger(__name__)

EXIT_INTERRUPTED = 130
_SHOWN_FAILURES = 10


def watch_folders(
    folders: FolderWatch,
    run: Callable[..., Report],
    *,
    print_first: Callable[[Report], None] | None,
    is_json: bool = False,
) -> int:
    """Watch until interrupted, and return the exit code: 0, or 130 when Ctrl-C came in the middle of a run.

    `run` is called with what was seen. `print_first` shows the report of the first run; None says nothing at all, and
    `is_json` logs instead.
    """
    talk = _Talk(folders, print_first, is_json=is_json)

    is_running = False

    def run_and_tell(seen: Seen) -> Report:
        nonlocal is_running
        is_running = True
        try:
            report = run(seen=seen)
        except Exception:
            is_running = False
            raise
        is_running = report.is_interrupted
        talk.tell_report(report)
        return report

    with suppress(KeyboardInterrupt):
        watch(folders, run_and_tell, on_wait=talk.tell_folders, on_error=talk.tell_error)
    if is_running:
        return EXIT_INTERRUPTED
    talk.say("Stopped watching.", {})
    return 0


def print_failures(failures: Sequence[Failure]) -> None:
    """Print the first failures of a run, and how all of them can be listed."""
    for failure in failures[:_SHOWN_FAILURES]:
        advice = with_hint(failure.message, failure.hint)
        click.echo(clean(f"failed: {failure.locator}: {advice}", is_one_line=True), err=True)
    if len(failures) > _SHOWN_FAILURES:
        click.echo("all of them: search-cli stats --failures", err=True)


class _Talk:
    """Says what is new, and nothing twice."""

    def __init__(self, folders: FolderWatch, print_first: Callable[[Report], None] | None, *, is_json: bool) -> None:
        self._folders = folders
        self._print_first = print_first
        self._is_json = is_json
        self._is_silent = print_first is None
        self._away: tuple[str, ...] = ()
        self._has_begun = False
        self._refused = 0

    def say(self, message: str, fields: dict[str, object]) -> None:
        if self._is_json:
            log_event(_LOG, message, fields)
        elif not self._is_silent:
            click.echo(clean(f"{time.strftime('%H:%M:%S')} {message}", is_one_line=True), err=True)

    def tell_report(self, report: Report) -> None:
        """Say what a run did. Runs are logged as JSON by the command itself."""
        if self._print_first is not None and (not self._has_begun or report.is_interrupted):
            self._print_first(report)
        elif not self._is_json and not self._is_silent:
            self.say(
                f"{report.added:,} added, {report.changed:,} changed, {report.unchanged:,} unchanged, "
                f"{report.removed:,} removed, {report.failed:,} failed. {report.seconds:.1f} s",
                {},
            )
            print_failures(report.failures)
        if report.gone and report.gone != self._refused:
            self.say(
                f"{report.gone:,} of {report.total:,} articles are gone from their files, too many to remove unasked. "
                "To remove them: search-cli index FOLDER --prune",
                {"gone": report.gone, "total": report.total},
            )
        self._refused = report.gone

    def tell_folders(self) -> None:
        """Say that the first run is over, and which folders went away or came back."""
        files = self._folders.files
        if not self._has_begun:
            self._has_begun = True
            self.say(f"Watching {count_in_words(files, 'file')} – press Ctrl-C to stop.", {"files": files})
        away = self._folders.away
        for root in away:
            if root not in self._away:
                where = root or "the folder"
                self.say(f"{where} is missing or empty. Waiting for it; nothing of it is removed.", {"folder": root})
        for root in self._away:
            if root not in away:
                self.say(f"{root or 'the folder'} is back.", {"folder": root})
        self._away = away

    def tell_error(self, error: Exception) -> None:
        """Say why a run failed; it is tried again."""
        text = str(error) if isinstance(error, DossierError) else f"{type(error).__name__}: {error}"
        if self._is_json or not self._is_silent:
            self.say(f"error: {text} Trying again.", {"error": text})
