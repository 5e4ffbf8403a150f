"""`search-cli backup`: the archive as one file."""

from pathlib import Path

import click

from index.backups import back_up
from search.cli.progress import show_progress
from search.cli.state import State, with_state
from search.output.cleaning import clean
from search.output.wording import count_in_words

__all__ = ["backup_command"]


@click.command("backup", epilog="Example: search-cli backup news-2026-11-30.backup")
@click.argument("file", type=click.Path(path_type=Path))
@with_state
def backup_command(state: State, /, *, file: Path) -> int:
    """Write the whole archive into one new FILE: articles, names, decisions and their history.

    Others may index and decide meanwhile; the file has what was committed when the command began. Read it back with
    search-cli restore.
    """
    with show_progress(is_quiet=state.is_quiet) as progress:
        count = back_up(state.settings(), file, progress=progress)
    if not state.is_quiet:
        click.echo(clean(f"{count_in_words(count, 'article')} written to {file}", is_one_line=True), err=True)
    return 0
