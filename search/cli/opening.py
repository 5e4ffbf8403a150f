"""Open the archive for commands that search it; a separate module, so that other commands do not load the engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from search.answer.service import SearchService
from search.archive import open_archive
from search.cli.state import State

__all__ = ["open_service"]


@contextmanager
def open_service(state: State) -> Iterator[SearchService]:
    """Yield the service on the newest state of the archive that the settings name."""
    with open_archive(state.settings()) as archive, archive.view() as view:
        yield view.service
