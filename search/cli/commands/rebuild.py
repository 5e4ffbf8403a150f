"""`search-cli rebuild`: write the engine's files again from the catalog."""

import click

from index.ingest.indexer import Indexer
from search.cli.progress import show_progress
from search.cli.state import State, with_state
from search.output.wording import count_in_words

__all__ = ["rebuild_command"]


@click.command("rebuild")
@click.option("--engine", metavar="NAME", help="Engine to build for; searching uses the setting `engine`.")
@with_state
def rebuild_command(state: State, /, *, engine: str | None) -> int:
    """Rebuild the index from the catalog, without reading a file or running a model.

    For a damaged or outdated index, or to change the engine.
    """
    settings = state.settings(engine=engine)
    with show_progress(is_quiet=state.is_quiet) as progress:
        report = Indexer(settings).rebuild(progress=progress)
    if not state.is_quiet:
        click.echo(f"{count_in_words(report.read, 'article')} written in {report.seconds:.1f} s", err=True)
    return 0
