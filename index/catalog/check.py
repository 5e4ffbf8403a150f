"""Looking for damage in a catalog file, without SQLAlchemy."""

import sqlite3
from pathlib import Path

from index.catalog.rows import CATALOG_FILE

__all__ = ["check_catalog"]

_MAX_PROBLEMS = 20
_ADVICE = "Restore the file from a backup, or index the articles again into a new folder."


def check_catalog(folder: Path) -> tuple[str, ...]:
    """What is wrong with the catalog of an index folder, a line each; nothing when all is well. Reads all of it."""
    file = folder / CATALOG_FILE
    try:
        connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        try:
            found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MAX_PROBLEMS})")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchmany(_MAX_PROBLEMS)
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        return (f"{file}: {error}. {_ADVICE}",)
    problems = [f"{file}: {line}. {_ADVICE}" for line in found if line != "ok"]
    problems += [
        f"{file}: a row of {table} refers to a missing row of {parent}. {_ADVICE}" for table, _, parent, _ in broken
    ]
    return tuple(problems)
