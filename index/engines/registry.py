"""The engines there are, by name, on the write side."""

from importlib import import_module
from pathlib import Path
from typing import cast

from index.engines.base import IndexWriter
from index.errors import UsageError

__all__ = ["ENGINES", "open_writer"]

# Name of the engine -> "module:class". The module is imported when the engine is used.
ENGINES = {"whoosh": "index.engines.whoosh.writer:WhooshWriter"}


def open_writer(
    engine: str, folder: Path, *, lock_seconds: float, is_fresh: bool = False, generation: str | None = None
) -> IndexWriter:
    """Open a writer on the index in `folder`, which is made when it is not there.

    The writer continues the commit `generation`, published or only prepared; None is the one published last. Pass the
    generation that the catalog names: the commits that nobody names are removed. `is_fresh` begins with no documents,
    whatever the folder holds, also when that is damaged or outdated; readers see the old documents until the commit.

    Raises `UsageError` for an unknown engine, `IndexLockedError` after waiting `lock_seconds`, `IndexMissingError` when
    there is no commit `generation`, and what reading a damaged or outdated index raises.
    """
    try:
        module, name = ENGINES[engine].split(":")
    except KeyError as error:
        raise UsageError(f"There is no engine {engine!r}. Known: {', '.join(sorted(ENGINES))}.") from error
    # The table names classes that implement the protocol; the contract tests hold them to it.
    return cast(
        "IndexWriter",
        getattr(import_module(module), name)(
            folder, lock_seconds=lock_seconds, is_fresh=is_fresh, generation=generation
        ),
    )
