"""The file of users: an SQLite database in the folder of the index that only its owner can read."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import UsersError

__all__ = ["USERS_FILE", "UsersFile"]

USERS_FILE = "users.sqlite3"

_VERSION = 1
_OWNER_ONLY = 0o600
_WAIT_SECONDS = 5.0
_SCHEMA = """
CREATE TABLE users (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    is_disabled INTEGER NOT NULL DEFAULT 0,
    epoch INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL,
    seen INTEGER
);
CREATE TABLE sessions (
    digest TEXT PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users (number) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    created INTEGER NOT NULL,
    used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_user ON sessions (user);
CREATE TABLE tokens (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL UNIQUE,
    user INTEGER NOT NULL REFERENCES users (number) ON DELETE CASCADE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER,
    used INTEGER
);
CREATE INDEX tokens_user ON tokens (user);
CREATE TABLE attempts (
    key TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    last INTEGER NOT NULL
) WITHOUT ROWID;
"""


class UsersFile:
    """The database of users of one archive. Every use opens it anew, so that several processes can share it.

    `now` gives the time in seconds since 1970. Methods raise `UsersError` when the file cannot be read or written.
    """

    def __init__(self, folder: Path, *, now: Callable[[], float] = time.time) -> None:
        self.path = folder / USERS_FILE
        self._now = now

    def now(self) -> int:
        """Return the time in whole seconds since 1970."""
        return int(self._now())

    def exists(self) -> bool:
        """Return whether the archive ever had users."""
        return self.path.exists()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection that only reads."""
        with self._connection() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection whose changes are kept together, or not at all when the block raises."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection: sqlite3.Connection | None = None
        try:
            self._guard()
            connection = sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
            connection.execute("PRAGMA foreign_keys = ON")
            self._prepare(connection)
            yield connection
        except (sqlite3.Error, OSError) as error:
            raise UsersError(
                f"The file of users {self.path} cannot be used ({error}). Check its rights and the free space."
            ) from error
        finally:
            if connection is not None:
                connection.close()

    def _guard(self) -> None:
        """Make the file when it is not there, and take the rights of all others away."""
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWNER_ONLY))
        except FileExistsError:
            if self.path.stat().st_mode & 0o077:
                self.path.chmod(_OWNER_ONLY)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > _VERSION:
            raise UsersError(f"{self.path} was made by a newer program. Update this one.")
        if version < _VERSION:
            # Of two processes that see a new file, one makes the tables.
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("PRAGMA user_version").fetchone() == (0,):
                for statement in _SCHEMA.split(";")[:-1]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.execute("COMMIT")
