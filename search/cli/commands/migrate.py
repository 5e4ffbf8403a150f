"""`search-cli migrate`: the catalog in another database."""

import click

from index.backups import move_catalog
from search.cli.progress import show_progress
from search.cli.state import State, with_state
from search.output.wording import count_in_words

__all__ = ["migrate_command"]


@click.command("migrate", epilog="Example: search-cli migrate --to postgresql://desk@db.example.org/news")
@click.option("--to", "target", required=True, metavar="URL", help='postgresql://USER@HOST/DATABASE, or "file".')
@with_state
def migrate_command(state: State, /, *, target: str) -> int:
    """Copy the catalog into another database: articles, names, decisions and their history.

    "file" is the usual file in the folder of the index. Nothing can be written meanwhile; the old catalog stays
    as it is. Then name the new one in search.toml, or by --catalog.
    """
    url = "" if target == "file" else target
    with show_progress(is_quiet=state.is_quiet) as progress:
        count = move_catalog(state.settings(), url, progress=progress)
    if not state.is_quiet:
        advice = "Set url of [catalog] in search.toml to use it." if url else "Remove url of [catalog] to use it."
        click.echo(f"{count_in_words(count, 'article')} copied. {advice}", err=True)
    return 0
