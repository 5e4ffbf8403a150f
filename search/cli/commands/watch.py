"""`search-cli watch`: print the articles of a search that are new, as other commands add them."""

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from index.errors import CatalogError, EngineError, UsageError
from search.archive import open_archive
from search.cli.filters import filter_options, request_from_options
from search.cli.state import State, with_state
from search.cli.watcher import Watcher
from search.output.cleaning import clean
from search.output.formats import Format, rows_as_text
from search.output.hit_rows import HIT_COLUMNS, chosen_columns, hit_row
from search.request import SearchRequest
from search.views import FeedEntry

__all__ = ["watch_command"]

_FORMS = (Format.TSV, Format.JSONL)
_COLUMNS = {"added": "when it came to the archive", "changed": "when it changed last", **HIT_COLUMNS}
_DEFAULT_COLUMNS = ("added", "id", "date", "title", "locator")
_PAUSE_AFTER_ERROR = 10.0
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@click.command("watch", epilog='Example: search-cli watch "Patriot" --system s-400 --once --state patriot.json --nl')
@filter_options
@click.option("--since", metavar="TIME", help="Also articles that came since a day, a time (UTC), or 30m, 12h, 7d ago.")
@click.option("--changed", "with_changed", is_flag=True, help="Also articles that change, each time they do.")
@click.option("--once", is_flag=True, help="Print what is new now, and end.")
@click.option(
    "--state",
    "state_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep in FILE what was printed, and go on from there the next time.",
)
@click.option("--pause", type=click.FloatRange(0.1), default=2.0, show_default=True, help="Seconds between two checks.")
@click.option("--nl", "output", flag_value="jsonl", help="The same as -o jsonl.")
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Choice([form.value for form in _FORMS]),
    default="tsv",
    show_default=True,
    help="Output format.",
)
@click.option("--fields", metavar="NAMES", help=f"Comma-separated columns: {', '.join(_COLUMNS)}.")
@with_state
def watch_command(state: State, /, **options: Any) -> int:  # Any: click passes what each option holds
    """Print each new article that contains all the WORDS, as soon as another command has added it.

    Nothing is printed twice and nothing is missed, with --once and --state over many runs as well: the first one
    begins with what is new from then on, or with --since. Articles that were in the archive before and changed are
    printed with --changed alone.

    Exit code with --once: 0 when anything is new, 1 when nothing is. Ctrl-C ends it.
    """
    since, with_changed, once = options.pop("since"), options.pop("with_changed"), options.pop("once")
    file, pause = options.pop("state_file"), options.pop("pause")
    form, fields = Format(options.pop("output")), options.pop("fields")
    columns = chosen_columns(fields, tuple(_COLUMNS) if form is Format.JSONL else _DEFAULT_COLUMNS, known=_COLUMNS)
    if once and file is None and since is None:
        raise UsageError("--once needs --state FILE, or --since TIME: else nothing is new.")
    started = None if since is None else _moment(since, now=datetime.now(UTC))
    typed = json.dumps({name: value for name, value in sorted(options.items()) if value}, ensure_ascii=False)
    found = 0
    with open_archive(state.settings()) as archive, suppress(KeyboardInterrupt):
        with archive.view() as view:
            request = request_from_options(view.service, options, page=1, size=SearchRequest().size)
        watcher = Watcher(archive, request, typed=typed, file=file, started=started, with_changed=with_changed)
        while True:
            for entry in _entries(watcher, is_patient=not once):
                found += 1
                if not state.is_quiet:
                    row = {"added": entry.added, "changed": entry.changed, **hit_row(entry.hit)}
                    for piece in rows_as_text([row], output_format=form, columns=columns, has_header=False):
                        click.echo(piece, nl=False)
            if once:
                return 0 if found else 1
            time.sleep(pause)
    return 0


def _entries(watcher: Watcher, *, is_patient: bool) -> Iterator[FeedEntry]:
    """Yield what is new; where the archive cannot be read now, a patient command says so and waits."""
    try:
        yield from watcher.new()
    except (CatalogError, EngineError) as error:
        if not is_patient:
            raise
        click.echo(clean(f"error: {error} Trying again.", is_one_line=True), err=True)
        time.sleep(_PAUSE_AFTER_ERROR)


def _moment(text: str, *, now: datetime) -> str:
    """Return a time as the catalog writes it; raises `UsageError` for a text that is none.

    >>> now = datetime(2026, 12, 1, tzinfo=UTC)
    >>> _moment("2026-11-30", now=now), _moment("12h", now=now)
    ('2026-11-30T00:00:00+00:00', '2026-11-30T12:00:00+00:00')
    """
    number, unit = text[:-1], text[-1:]
    try:
        if number.isascii() and number.isdecimal() and unit in _UNITS:
            moment = now - timedelta(**{_UNITS[unit]: int(number)})
        else:
            moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"--since {text}: this is not a time. Write 2026-11-30, 2026-11-30T08:00 (UTC), or 30m, 12h, 7d, 2w ago."
        ) from error
    in_utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return in_utc.isoformat(timespec="seconds")
