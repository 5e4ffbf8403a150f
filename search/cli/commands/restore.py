"""`search-cli restore`: an archive from a backup."""

from pathlib import Path

import click

from index.backups import restore
from search.cli.progress import show_progress
from search.cli.state import State, with_state
from search.output.cleaning import clean
from search.output.wording import count_in_words

__all__ = ["restore_command"]


@click.command("restore", epilog="Example: search-cli restore news-2026-11-30.backup -C news")
@click.argument("file", type=click.Path(path_type=Path))
@with_state
def restore_command(state: State, /, *, file: Path) -> int:
    """Read the archive in FILE, written by search-cli backup, into a new index.

    The file is checked first. There must be no archive yet in the folder of the index, or in the database that
    --catalog names.
    """
    settings = state.settings()
    with show_progress(is_quiet=state.is_quiet) as progress:
        count = restore(settings, file, progress=progress)
    if not state.is_quiet:
        click.echo(
            clean(f"{count_in_words(count, 'article')} restored into {settings.index}", is_one_line=True), err=True
        )
    return 0
