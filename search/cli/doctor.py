"""`search-cli doctor`: is everything where it should be, and whole?"""

import sys
from importlib.metadata import version
from importlib.util import find_spec

import click

from index.archive import Archive
from index.catalog.check import check_catalog
from index.catalog.open import open_reader
from index.engines.registry import verify
from index.errors import DossierError
from index.settings import Settings
from search.cli.state import State, with_state
from search.engines.registry import open_searcher

__all__ = ["doctor_command"]

_EXIT_DAMAGED = 3
_EXTRAS = {"pypdf": "PDF files: pip install 'dossier-search[pdf]'"}


@click.command("doctor")
@with_state
def doctor_command(state: State, /) -> int:
    """Check the catalog and the index for damage, reading every file. Exit code 3 when something is wrong."""
    settings = state.settings()
    problems = doctor(settings)
    if not state.is_quiet:
        click.echo(
            f"dossier-search {version('dossier-search')}, Python {sys.version.split()[0]}, index {settings.index}"
        )
        for module, purpose in _EXTRAS.items():
            click.echo(f"{'ok' if find_spec(module) else 'not installed'}: {purpose}")
        for problem in problems:
            click.echo(f"problem: {problem}")
        if not problems:
            click.echo("ok: the catalog and the index are whole and agree")
    return _EXIT_DAMAGED if problems else 0


def doctor(settings: Settings) -> tuple[str, ...]:
    """What is wrong with the index that the settings name, a line each with what to do; nothing when all is well."""
    problems = list(check_catalog(settings.index))
    if problems:
        return tuple(problems)
    try:
        articles = open_reader(settings.index).statistics().articles
        folder = Archive(settings).engine_location
        problems += verify(settings.engine, folder)
        if not problems:
            documents = open_searcher(settings.engine, folder).document_count
            if documents != articles:
                problems.append(
                    f"the catalog has {articles:,} articles and the index {documents:,}. Run: search-cli rebuild"
                )
    except DossierError as error:
        problems.append(str(error))
    return tuple(problems)
