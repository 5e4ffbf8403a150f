"""Damage that SQLite finds itself: pages that are not whole, and rows that refer to missing rows."""

import sqlite3

__all__ = ["broken_pages", "broken_references"]


def broken_pages(connection: sqlite3.Connection, *, limit: int) -> tuple[str, ...]:
    """Return what is wrong with the pages and indexes of the file, in the words of SQLite."""
    found = connection.execute(f"PRAGMA integrity_check({int(limit)})").fetchall()
    return tuple(str(line) for (line,) in found if line != "ok")


def broken_references(connection: sqlite3.Connection, *, limit: int) -> tuple[tuple[str, str], ...]:
    """Return the table of each row that refers to a missing row, and the table of that."""
    found = connection.execute("PRAGMA foreign_key_check").fetchmany(limit)
    return tuple((str(table), str(parent)) for table, _, parent, _ in found)
