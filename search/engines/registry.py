"""The engines there are, by name, on the read side."""

from importlib import import_module
from pathlib import Path
from typing import cast

from index.errors import UsageError
from search.engines.base import Searcher

__all__ = ["SEARCHERS", "open_searcher"]

# Name of the engine -> "module:class". The module is imported when the engine is used.
SEARCHERS = {"whoosh": "search.engines.whoosh.searcher:WhooshSearcher"}


def open_searcher(engine: str, folder: Path, *, generation: str | None = None) -> Searcher:
    """Open a searcher on a commit of the index in `folder`, None for the one published last.

    With a generation it is pinned, as by `Searcher.at`; an index whose first commit was prepared but not published yet
    can be opened only so. Raises `UsageError` for an unknown engine, `IndexMissingError`, `IndexOutdatedError`,
    `IndexDamagedError` or `IndexUntrustedError`.
    """
    try:
        module, name = SEARCHERS[engine].split(":")
    except KeyError as error:
        raise UsageError(f"There is no engine {engine!r}. Known: {', '.join(sorted(SEARCHERS))}.") from error
    # The table names classes that implement the protocol; the contract tests hold them to it.
    return cast("Searcher", getattr(import_module(module), name)(folder, generation=generation))
