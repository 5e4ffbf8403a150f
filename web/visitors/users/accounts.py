"""Accounts of users: add, list, change and remove them, and check their passwords."""

import sqlite3

from index.errors import NotFoundError, UsageError
from web.visitors.users.file import UsersFile
from web.visitors.users.names import fold, read_name
from web.visitors.users.passwords import Passwords
from web.visitors.users.records import User, UserRole

__all__ = ["Accounts"]

_SELECT = "SELECT number, name, role, is_disabled, epoch, created, seen FROM users"


class Accounts:
    """The accounts of one archive. Raises `UsersError` as `UsersFile`; every change takes effect at once.

    Methods that name a user raise `NotFoundError` when there is none. A name is found however it is capitalized.
    """

    def __init__(self, file: UsersFile, passwords: Passwords) -> None:
        self._file = file
        self._passwords = passwords

    def add(self, name: str, password: str, *, role: UserRole) -> User:
        """Add a user. Raises `UsageError` for a name that is taken or not valid, or a password that is too weak."""
        name = read_name(name)
        hashed = self._passwords.hash(password, name=name)
        with self._file.writing() as connection:
            if _row(connection, name) is not None:
                raise UsageError(f"There is a user “{name}” already. Choose another name.")
            connection.execute(
                "INSERT INTO users (folded, name, role, password, created) VALUES (?, ?, ?, ?, ?)",
                (fold(name), name, role.value, hashed, self._file.now()),
            )
        return self.find(name)

    def find(self, name: str) -> User:
        """Return a user."""
        with self._file.reading() as connection:
            return _found(connection, name)

    def list(self) -> tuple[User, ...]:
        """Return all users by name."""
        if not self._file.exists():
            return ()
        with self._file.reading() as connection:
            rows = connection.execute(_SELECT + " ORDER BY folded")
            return tuple(map(_user, rows))

    def set_role(self, name: str, role: UserRole) -> User:
        """Give a user another role, for open sessions too."""
        return self._change(name, "UPDATE users SET role = ?1 WHERE number = ?2", role.value)

    def set_disabled(self, name: str, *, is_disabled: bool) -> User:
        """Shut a user out, which ends the sessions, or let the user in again."""
        return self._change(
            name, "UPDATE users SET is_disabled = ?1, epoch = epoch + ?1 WHERE number = ?2", int(is_disabled)
        )

    def set_password(self, name: str, password: str) -> User:
        """Give a user another password, which ends the sessions. Raises `UsageError` for one that is too weak."""
        hashed = self._passwords.hash(password, name=self.find(name).name)
        return self._change(name, "UPDATE users SET password = ?1, epoch = epoch + 1 WHERE number = ?2", hashed)

    def remove(self, name: str) -> User:
        """Remove a user with all sessions and tokens; what the user decided stays."""
        with self._file.writing() as connection:
            found = _found(connection, name)
            connection.execute("DELETE FROM users WHERE number = ?", (found.number,))
        return found

    def is_last_admin(self, name: str) -> bool:
        """True when no other user could manage users."""
        admins = [user for user in self.list() if user.role is UserRole.ADMIN and not user.is_disabled]
        return [fold(user.name) for user in admins] == [fold(name)]

    def check(self, name: str, password: str) -> User | None:
        """Return the user with this name and password; None for a wrong one and for a user who is shut out.

        The answer takes the same time whether there is such a user or not. Raises `PasswordsBusyError`.
        """
        with self._file.reading() as connection:
            row = _row(connection, name)
            user = None if row is None or row[3] else _user(row)
            stored = None if user is None else _password(connection, user.number)
        if not self._passwords.is_right(stored, password) or user is None or stored is None:
            return None
        hashed = self._passwords.renewed(password) if self._passwords.is_outdated(stored) else stored
        with self._file.writing() as connection:
            connection.execute(
                # Nothing when there is another password since.
                "UPDATE users SET seen = ?, password = ? WHERE number = ? AND password = ?",
                (self._file.now(), hashed, user.number, stored),
            )
        return user

    def _change(self, name: str, statement: str, value: str | int) -> User:
        with self._file.writing() as connection:
            connection.execute(statement, (value, _found(connection, name).number))
            return _found(connection, name)


# Any row of the table: number, name, role, is_disabled, epoch, created, seen.
_Row = tuple[int, str, str, int, int, int, int | None]


def _row(connection: sqlite3.Connection, name: str) -> _Row | None:
    found: _Row | None = connection.execute(_SELECT + " WHERE folded = ?", (fold(name),)).fetchone()
    return found


def _found(connection: sqlite3.Connection, name: str) -> User:
    row = _row(connection, name)
    if row is None:
        raise NotFoundError(f"There is no user “{name[:100]}”.")
    return _user(row)


def _password(connection: sqlite3.Connection, number: int) -> str:
    (stored,) = connection.execute("SELECT password FROM users WHERE number = ?", (number,)).fetchone()
    return str(stored)


def _user(row: _Row) -> User:
    number, name, role, is_disabled, epoch, created, seen = row
    return User(number, name, UserRole(role), bool(is_disabled), epoch, created, seen)
