"""Connections of the writer: durable, and with errors told apart by their codes."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.pool import ConnectionPoolEntry

from index.catalog.sqlite.database import SqliteDatabase, _prepare_connection
from index.catalog.sqlite.errors import is_locked, make_error
from index.errors import CatalogError, DiskFullError, DossierError, IndexLockedError

FULL = 2


def test_every_commit_of_the_writer_reaches_the_disk(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "catalog.sqlite3", lock_seconds=1)
    with database.write() as connection:
        assert connection.scalar(text("PRAGMA synchronous")) == FULL
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    database.close()


def test_writing_through_does_not_depend_on_how_sqlite_was_built(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "catalog.sqlite3")
    connection.execute("PRAGMA synchronous = OFF")
    _prepare_connection(connection, ConnectionPoolEntry())  # type: ignore[arg-type]  # what SQLAlchemy hands over
    assert connection.execute("PRAGMA synchronous").fetchone() == (FULL,)
    connection.close()


def error_with(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("what happened")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind", "message"),
    [
        (sqlite3.SQLITE_BUSY, IndexLockedError, "Another process is writing to f. Wait"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, IndexLockedError, "Another process is writing"),
        (sqlite3.SQLITE_LOCKED, IndexLockedError, "Another process is writing"),
        (sqlite3.SQLITE_FULL, DiskFullError, "f: what happened. Free some space"),
        (sqlite3.SQLITE_IOERR_WRITE, DiskFullError, "Free some space"),
        (sqlite3.SQLITE_IOERR_READ, CatalogError, "Look whether its disk is there"),
        (sqlite3.SQLITE_CORRUPT, CatalogError, "f is damaged .* Index the articles anew"),
        (sqlite3.SQLITE_NOTADB, CatalogError, "f is damaged .* Index the articles anew"),
        (sqlite3.SQLITE_READONLY, CatalogError, "Check who may read and write"),
        (sqlite3.SQLITE_CANTOPEN, CatalogError, "Check who may read and write"),
        (sqlite3.SQLITE_CONSTRAINT, CatalogError, "Please report this"),
    ],
)
def test_errors_say_what_to_do(code: int, kind: type[DossierError], message: str) -> None:
    error = make_error(error_with(code), where="f")
    assert type(error) is kind
    with pytest.raises(kind, match=message):
        raise error


def test_words_of_a_message_decide_nothing() -> None:
    assert not is_locked(sqlite3.OperationalError("database is locked"))
    assert is_locked(error_with(sqlite3.SQLITE_BUSY))
    assert "report this" in str(make_error(sqlite3.ProgrammingError("disk is full of locked databases"), where="f"))
