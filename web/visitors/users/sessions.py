"""Sessions: which browsers are logged in, kept on the server, and ended after some time."""

from contextlib import suppress

from index.errors import UsersError
from web.visitors.users.file import UsersFile
from web.visitors.users.records import Session, User, UserRole
from web.visitors.users.secrets import digest, new_secret

__all__ = ["IDLE_SECONDS", "LONGEST_SECONDS", "Sessions"]

IDLE_SECONDS = 12 * 60 * 60
"""Seconds without a request after which a session ends."""
LONGEST_SECONDS = 7 * 24 * 60 * 60
"""Seconds after which a session ends in any case."""

# A session that is used is not written at each request.
_NOTED_EVERY = 5 * 60
_MOST_OF_A_USER = 20


class Sessions:
    """The sessions of one archive. A session is known by its secret, which only the browser has."""

    def __init__(self, file: UsersFile) -> None:
        self._file = file

    def begin(self, user: User) -> str:
        """Begin a session of a user as `Accounts.check` returned it, and return its secret.

        Sessions that ended, and the oldest of very many, are removed.
        """
        secret, now = new_secret(), self._file.now()
        with self._file.writing() as connection:
            connection.execute(
                "DELETE FROM sessions WHERE used <= ? OR created <= ?", (now - IDLE_SECONDS, now - LONGEST_SECONDS)
            )
            connection.execute(
                "DELETE FROM sessions WHERE digest IN "
                "(SELECT digest FROM sessions WHERE user = ? ORDER BY used DESC LIMIT -1 OFFSET ?)",
                (user.number, _MOST_OF_A_USER - 1),
            )
            # None for a user who was removed since the password was checked.
            connection.execute(
                "INSERT INTO sessions SELECT ?, number, ?, ?, ? FROM users WHERE number = ?",
                (digest(secret), user.epoch, now, now, user.number),
            )
        return secret

    def find(self, secret: str) -> Session | None:
        """Return a session and note that it is used; None when it ended, or the user is shut out or removed."""
        if not self._file.exists():
            return None
        key, now = digest(secret), self._file.now()
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT users.name, users.role, sessions.created, sessions.used "
                "FROM sessions JOIN users ON users.number = sessions.user "
                "WHERE digest = ? AND NOT users.is_disabled AND sessions.epoch = users.epoch "
                "AND sessions.used > ? AND sessions.created > ?",
                (key, now - IDLE_SECONDS, now - LONGEST_SECONDS),
            ).fetchone()
        if row is None:
            return None
        name, role, created, used = row
        if used + _NOTED_EVERY <= now:
            # A disk that is full does not shut anybody out.
            with suppress(UsersError), self._file.writing() as connection:
                connection.execute("UPDATE sessions SET used = ? WHERE digest = ?", (now, key))
        return Session(name, UserRole(role), created)

    def end(self, secret: str) -> None:
        """End a session; one that ended already stays so."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE digest = ?", (digest(secret),))
