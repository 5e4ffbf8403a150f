"""Open the users of an archive."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from web.visitors.users.accounts import Accounts
from web.visitors.users.attempts import Attempts
from web.visitors.users.file import UsersFile
from web.visitors.users.passwords import Passwords
from web.visitors.users.sessions import Sessions
from web.visitors.users.tokens import Tokens

__all__ = ["Users", "has_users", "open_users"]


@dataclass(frozen=True, slots=True)
class Users:
    """The users of an archive with their sessions, tokens and attempts to log in. Safe to use from many threads."""

    file: UsersFile
    passwords: Passwords
    accounts: Accounts
    sessions: Sessions
    tokens: Tokens
    attempts: Attempts


def open_users(folder: Path, *, passwords: Passwords | None = None, now: Callable[[], float] = time.time) -> Users:
    """Return the users of the archive in an index folder. The file is made by the first change.

    Raises `UsageError` when argon2-cffi is not installed.
    """
    file, passwords = UsersFile(folder, now=now), passwords or Passwords()
    return Users(file, passwords, Accounts(file, passwords), Sessions(file), Tokens(file), Attempts(file))


def has_users(folder: Path) -> bool:
    """Return whether the archive in an index folder has users; needs no package for it."""
    file = UsersFile(folder)
    if not file.exists():
        return False
    with file.reading() as connection:
        return connection.execute("SELECT 1 FROM users").fetchone() is not None
