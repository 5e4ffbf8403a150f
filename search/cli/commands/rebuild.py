"""`search-cli rebuild`: write the engine's files again from the catalog."""

import click

from index.errors import UsageError
from index.ingest.indexer import Indexer
from index.stages import NO_MEANING
from search.cli.progress import show_progress
from search.cli.state import State, with_state
from search.cli.watching import print_failures
from search.output.wording import count_in_words

__all__ = ["rebuild_command"]

_EXIT_PARTIAL = 4


@click.command("rebuild")
@click.option("--meaning", is_flag=True, help="First make the vectors of meaning that articles lack.")
@with_state
def rebuild_command(state: State, /, *, meaning: bool) -> int:
    """Rebuild the index from the catalog, without reading a file or looking for names again.

    For a damaged or outdated index, or to change the engine. With --meaning, also for an archive of an older program.
    Exit code 4: the engine cannot store some articles.
    """
    settings = state.settings()
    if meaning and settings.meaning == NO_MEANING:
        raise UsageError('The settings say `meaning = "none"`: remove it, then rebuild with --meaning.')
    with show_progress(is_quiet=state.is_quiet) as progress:
        report = Indexer(settings).rebuild(meaning=meaning, progress=progress)
    if not state.is_quiet:
        written = report.read - report.failed
        click.echo(f"{count_in_words(written, 'article')} written in {report.seconds:.1f} s", err=True)
        print_failures(report.failures)
    return _EXIT_PARTIAL if report.failed else 0
