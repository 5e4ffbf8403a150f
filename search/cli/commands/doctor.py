"""`search-cli doctor`: check the archive for damage and outdated parts."""

import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec

import click

from index.archive import Archive
from index.catalog.check import Problem, check_catalog
from index.engines.registry import verify
from index.errors import DossierError, IndexMissingError
from index.ingest.versions.outdated import StoredStages, find_outdated
from index.ingest.versions.used_settings import used_model, used_packs
from index.model import REFUSED, Failure
from index.settings import Settings
from search.cli.state import State, with_state
from search.engines.registry import open_searcher
from search.output.wording import count_in_words

__all__ = ["doctor", "doctor_command"]

_EXIT_DAMAGED = 3
_SHOWN = 3
_EXTRAS = {"pypdf": ("PDF files", "pip install 'dossier-search[pdf]'")}
_REBUILD = "search-cli rebuild"
_INDEX = "search-cli index FOLDER"


@click.command("doctor")
@with_state
def doctor_command(state: State, /) -> int:
    """Check the catalog and the index for damage, reading every file. Exit code 3 when something is damaged.

    Names the command that mends each fault. Also lists unfinished work, and articles that were indexed by an older
    version, with other packs or another model.
    """
    settings = state.settings()
    problems = list(doctor(settings))
    if not state.is_quiet:
        click.echo(
            f"dossier-search {version('dossier-search')}, Python {sys.version.split()[0]}, index {settings.index}"
        )
        for module, (files, command) in _EXTRAS.items():
            click.echo(f"ok: {files} are read" if find_spec(module) else f"note: {files} are not read. Run: {command}")
        for problem in problems:
            word = "problem" if problem.is_damage else "note"
            # Messages of errors already say what to do.
            advice = "" if problem.command in problem.text else f" Run: {problem.command}"
            click.echo(f"{word}: {problem.text}{advice}")
        if not problems:
            click.echo("ok: the catalog and the index are intact and agree")
    return _EXIT_DAMAGED if any(problem.is_damage for problem in problems) else 0


def doctor(settings: Settings) -> Iterator[Problem]:
    """Yield problems of the archive that the settings name, each with the command that mends it."""
    archive = Archive(settings)
    if not archive.exists():
        raise IndexMissingError(f"There is no index in {archive.folder} - run: {_INDEX}")
    is_damaged = False
    for problem in check_catalog(archive.folder, url=archive.settings.catalog_url):
        is_damaged = is_damaged or problem.is_damage
        yield problem
    if is_damaged:
        # Further checks depend on this one.
        return
    try:
        yield from _check_engine(archive)
        yield from _check_stages(archive)
    except DossierError as error:
        yield Problem(str(error), _REBUILD)


def _check_engine(archive: Archive) -> Iterator[Problem]:
    """Check the engine commit that the catalog names, and compare the two."""
    name = archive.settings.engine
    reader = archive.open_reader()
    try:
        with reader.snapshot() as catalog:
            state, statistics = catalog.state(), catalog.statistics()
            failures = [row.failure for row in catalog.failures(limit=statistics.failures)]
    finally:
        reader.close()
    if not state.generation:
        yield Problem("The index was never written.", _REBUILD)
        return
    if state.engine != name:
        yield Problem(f"The index was written by the engine {state.engine!r}, not {name!r}.", _REBUILD)
        return
    found = [Problem(text, _REBUILD) for text in verify(name, archive.engine_location, generation=state.generation)]
    yield from found
    if not found:
        searcher = open_searcher(name, archive.engine_location, generation=state.generation)
        documents = searcher.document_count
        searcher.close()
        refused = [failure for failure in failures if failure.reason == REFUSED]
        if refused:
            yield Problem(_refused_in_words(refused), _REBUILD, is_damage=False)
        expected = statistics.articles - len(refused)
        if documents != expected:
            yield Problem(f"The catalog has {expected:,} articles and the index {documents:,}.", _REBUILD)


def _refused_in_words(refused: Sequence[Failure]) -> str:
    """Say which articles cannot be found, as the engine refused their documents.

    >>> _refused_in_words([Failure("a.txt", REFUSED, "too long")])
    '1 article cannot be found, as the engine refused it (a.txt: too long). Mend it or leave it out.'
    """
    shown = "; ".join(f"{failure.locator}: {failure.message}" for failure in refused[:_SHOWN])
    it = "it" if len(refused) == 1 else "them"
    articles = count_in_words(len(refused), "article")
    return f"{articles} cannot be found, as the engine refused {it} ({shown}). Mend {it} or leave {it} out."


def _check_stages(archive: Archive) -> Iterator[Problem]:
    """List what `index` would do again for articles that have not changed."""
    with archive.open_catalog() as catalog:
        stored = StoredStages.of(catalog)
        packs = used_packs(catalog, archive.settings.packs)
        model = used_model(catalog, archive.settings.model)
    for stage in find_outdated(stored, packs=packs, model=model):
        yield Problem(f"The next run {stage}.", _INDEX, is_damage=False)
