"""The file of vectors beside an engine: one row of 384 signed bytes for each number of a vector.

The catalog decides which rows are vectors of its state: rows of articles that changed stay, and rows beyond its state
are those of a transaction that was not committed. So a row of a committed state is never written again.

Needs no NumPy, so that a decision does not pay for it; `index.recognizer.encoder.matrix` searches the file.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from index.recognizer.encoder.shape import WIDTH

__all__ = ["count_rows", "write_rows"]


def count_rows(path: Path) -> int:
    """Return the number of rows of a file; 0 when there is none."""
    try:
        return path.stat().st_size // WIDTH
    except OSError:
        return 0


def write_rows(path: Path, rows: Iterable[tuple[int, bytes]]) -> None:
    """Write vectors at their numbers, which count from 1; durable when this returns."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b") as file:
        for number, vector in rows:
            file.seek((number - 1) * WIDTH)
            file.write(vector)
        file.flush()
        os.fsync(file.fileno())
