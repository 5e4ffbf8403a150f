"""`search-cli work`: help to read what others queued."""

import signal
from types import FrameType
from typing import Any

import click

from index.ingest.working import Helper
from index.readers.base import ReadOptions
from search.cli.commands.index import parse_mapping
from search.cli.logs import LOG_FORMATS, use_json_logs
from search.cli.progress import show_progress
from search.cli.state import State, with_state
from search.output.cleaning import clean
from search.output.wording import count_in_words, with_hint

__all__ = ["work_command"]

_EXIT_PARTIAL = 4
_EXIT_ELSEWHERE = 3
_SHOWN_FAILURES = 10


@click.command("work", epilog="Example: search-cli work --catalog postgresql://desk@db.example.org/news")
@click.option("--until-done", is_flag=True, help="End when nothing is left to do.")
@click.option("-j", "--workers", type=click.IntRange(0), help="Processes that read and extract; 0 for all cores.")
@click.option("--field", "mapping", multiple=True, metavar="OURS=THEIRS", help="As given to index; may be repeated.")
@click.option("--encoding", metavar="NAME", help="As given to index.")
@click.option("--log", "log_format", type=click.Choice(LOG_FORMATS), default="text", help="Format of the messages.")
@with_state
def work_command(state: State, /, *, until_done: bool, log_format: str, **options: Any) -> int:
    """Help "search-cli index" on other machines: read and extract what it found.

    For an archive whose catalog is on PostgreSQL. The articles, and the folder of the index (-C), must be on this
    machine as well: at the same place, or with the articles in the folder that holds the index. Use the same version
    and the same search.toml.

    It waits for work until it is stopped (Ctrl-C, or SIGTERM); what it has not finished is then left to others.

    Exit code 4: some files could not be indexed. Exit code 3: the folder of some files is not on this machine.
    """
    mapping, encoding = options.pop("mapping"), options.pop("encoding")
    settings = state.settings(**options)
    helper = Helper(settings)
    is_json = log_format == "json"
    if is_json:
        use_json_logs()
    signal.signal(signal.SIGTERM, _interrupt)
    read_options = ReadOptions(mapping=parse_mapping(mapping), encoding=encoding)
    with show_progress(is_quiet=state.is_quiet, is_json=is_json) as progress:
        report = helper.work(read_options=read_options, until_done=until_done, progress=progress)
    if not state.is_quiet:
        click.echo(
            f"{count_in_words(report.read, 'article')} read: {report.added:,} added, {report.changed:,} changed, "
            f"{report.unchanged:,} unchanged, {report.failed:,} failed.",
            err=True,
        )
        for failure in report.failures[:_SHOWN_FAILURES]:
            advice = with_hint(failure.message, failure.hint)
            click.echo(clean(f"failed: {failure.locator}: {advice}", is_one_line=True), err=True)
        if helper.other_stages:
            files = count_in_words(helper.other_stages, "file")
            click.echo(f"Left to others: {files} queued with other options, settings or another version.", err=True)
    for root in sorted(helper.unreachable):
        text = f"{root or settings.index.parent} is not on this machine. Put it at the same place, or work elsewhere."
        click.echo(clean(text, is_one_line=True), err=True)
    if helper.unreachable:
        return _EXIT_ELSEWHERE
    return _EXIT_PARTIAL if report.failed else 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
