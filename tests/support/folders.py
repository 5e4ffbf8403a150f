"""Folders of examples that a test makes by the hundred."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.engines.files import remove_folder


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a folder, and remove it afterwards, though threads of a library may still be writing there."""
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        remove_folder(folder)
