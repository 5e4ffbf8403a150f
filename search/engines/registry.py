"""Opening the read side of an engine by name."""

from pathlib import Path
from typing import cast

from index.engines.base import Capabilities, EngineLocation
from index.engines.registry import find_engine, load_class, locate
from search.engines.base import Searcher

__all__ = ["engine_capabilities", "open_searcher"]


def open_searcher(engine: str, place: EngineLocation | Path, *, generation: str | None = None) -> Searcher:
    """Open a searcher on a commit of the index at a location or in a folder, None for the commit published last.

    With a generation it is pinned, as by `Searcher.at`; an index whose first commit was prepared but not published yet
    can be opened only so. Raises `UsageError` for an unknown engine, `IndexMissingError`, `IndexOutdatedError`,
    `IndexDamagedError` or `IndexUntrustedError`, and `EngineUnavailableError` or `EngineTimeoutError` where an engine
    has a server.
    """
    return _searcher_class(engine)(locate(place), generation=generation)


def engine_capabilities(engine: str) -> Capabilities:
    """Return the capabilities that an engine declares; raises `UsageError` for an unknown one."""
    return _searcher_class(engine).capabilities


def _searcher_class(engine: str) -> type[Searcher]:
    entry = find_engine(engine)
    # The entry names classes that implement the protocol; the contract tests hold ours to it.
    return cast("type[Searcher]", load_class(engine, entry, entry.searcher))
