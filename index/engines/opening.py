"""Opening a commit that a folder names, while a writer may replace it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from index.engines.manifest import Manifest, read_manifest
from index.errors import IndexDamagedError

__all__ = ["open_commit"]

# Commits may remove files between reading the manifest and opening them; the next manifest is there by then.
_MAX_TRIES = 20

Opened = TypeVar("Opened")


def open_commit(
    folder: Path, generation: str | None, open_files: Callable[[Manifest], Opened], *, engine: str
) -> tuple[Manifest, Opened]:
    """Open a commit (None: the one published last); returns its manifest and what `open_files` makes of it.

    `open_files` raises `FileNotFoundError` when a file is gone. Raises what `read_manifest` raises, and
    `IndexDamagedError` when a file is missing though the commit is there.
    """
    manifest = read_manifest(folder, generation, engine=engine)
    for _ in range(_MAX_TRIES):
        try:
            return manifest, open_files(manifest)
        except FileNotFoundError as error:
            # Raises `IndexMissingError` when the commit that was asked for has been removed in the meantime.
            newer = read_manifest(folder, generation, engine=engine)
            if newer.generation == manifest.generation:
                raise IndexDamagedError(
                    f"{error.filename} is missing. Run `search-cli rebuild` to make the index anew."
                ) from error
            manifest = newer
    raise IndexDamagedError(f"The index in {folder} changes faster than it can be opened. Try again.")
