"""One file out of a catalog and the log beside it, to be copied and sent."""

import os
import sqlite3
from pathlib import Path

__all__ = ["make_one_file"]


def make_one_file(file: Path) -> None:
    """Write what the log beside an SQLite file holds into it, remove the log, and wait until the disk has all."""
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    with file.open("r+b") as stream:
        os.fsync(stream.fileno())
