"""States of the articles and files in the catalog, for a run that indexes.

Reads with the standard library, beside the one process that writes.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index.catalog.records import ArticleState, SourceState
from index.catalog.sqlite_connections import ConnectionPool
from index.model import Failure

__all__ = ["CatalogStates"]

# SQLite before 3.32 takes 999 parameters in a statement.
_VALUES_AT_ONCE = 400
_OUTDATED = "FROM articles WHERE file = ? AND extraction NOT IN (SELECT id FROM texts WHERE text = ?)"


class CatalogStates:
    """The states of articles and files; raises `IndexMissingError` where there is no catalog."""

    def __init__(self, folder: Path) -> None:
        self._pool = ConnectionPool(folder)

    def articles(self, ids: Sequence[str]) -> dict[str, ArticleState]:
        """Return the states of those of the articles that the catalog holds."""
        statement = (
            "SELECT a.id, a.locator, a.content_hash, t.text, a.file "
            "FROM articles a JOIN texts t ON t.id = a.extraction WHERE a.id IN ({})"
        )
        return {row[0]: ArticleState(*row[1:]) for row in self._rows(statement, ids)}

    def ids_at(self, locators: Sequence[str]) -> dict[str, str]:
        """Return the ids of those of the articles that the catalog holds at these locators."""
        return dict(self._rows("SELECT locator, id FROM articles WHERE locator IN ({})", locators))

    def sources(self, locators: Sequence[str]) -> dict[str, SourceState]:
        """Return the states of those of the files that were read whole."""
        statement = "SELECT locator, size, modified, reading, articles, failures FROM sources WHERE locator IN ({})"
        return {row[0]: SourceState(*row) for row in self._rows(statement, locators)}

    # Rows come from a database: their values have the types of the columns, which no type checker can see.
    def _rows(self, statement: str, values: Sequence[str]) -> list[Any]:
        """Return the rows of a statement with a list of values in it, asked for in parts from one state."""
        found: list[Any] = []
        with self._pool.snapshot() as connection:
            for start in range(0, len(values), _VALUES_AT_ONCE):
                some = values[start : start + _VALUES_AT_ONCE]
                found += connection.execute(statement.format(", ".join("?" * len(some))), some).fetchall()
        return found

    def count_outdated_of(self, file: str, extraction: str) -> int:
        """Count the articles of a file that were not extracted by `extraction`."""
        with self._pool.snapshot() as connection:
            (count,) = connection.execute(f"SELECT count(*) {_OUTDATED}", (file, extraction)).fetchone()
            return int(count)

    def outdated_of(self, file: str, extraction: str, *, after: str, limit: int) -> tuple[str, ...]:
        """Return the next `limit` ids of those articles after an id, in code point order."""
        statement = f"SELECT id {_OUTDATED} AND id > ? ORDER BY id LIMIT ?"
        with self._pool.snapshot() as connection:
            return tuple(row[0] for row in connection.execute(statement, (file, extraction, after, limit)))

    def failures_of(self, file: str) -> tuple[Failure, ...]:
        """Return the failures of a file, by locator."""
        statement = "SELECT locator, reason, message, hint FROM failures WHERE file = ? ORDER BY locator"
        with self._pool.snapshot() as connection:
            return tuple(Failure(*row) for row in connection.execute(statement, (file,)))

    def files(self) -> Iterator[str]:
        """Yield the locators of all files that articles are from, in code point order."""
        last = ""
        statement = "SELECT DISTINCT file FROM articles WHERE file > ? ORDER BY file LIMIT 10000"
        while True:
            with self._pool.snapshot() as connection:
                files = [file for (file,) in connection.execute(statement, (last,))]
            if not files:
                return
            yield from files
            last = files[-1]

    def articles_of(self, file: str) -> tuple[str, ...]:
        """Return the ids of the articles of a file."""
        with self._pool.snapshot() as connection:
            return tuple(row[0] for row in connection.execute("SELECT id FROM articles WHERE file = ?", (file,)))

    def count_articles_of(self, file: str) -> int:
        """Return the number of articles of a file."""
        with self._pool.snapshot() as connection:
            (count,) = connection.execute("SELECT count(*) FROM articles WHERE file = ?", (file,)).fetchone()
            return int(count)

    def close(self) -> None:
        """Release the connections."""
        self._pool.close()
