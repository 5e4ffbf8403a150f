"""Tokens: secrets with which programs use the API in the name of a user."""

import re
from contextlib import suppress

from index.errors import NotFoundError, UsageError, UsersError
from web.visitors.users.file import UsersFile
from web.visitors.users.names import fold, read_name
from web.visitors.users.records import Token, UserRole
from web.visitors.users.secrets import digest, new_secret

__all__ = ["LONGEST_DAYS", "TOKEN", "Tokens"]

TOKEN = re.compile(r"dossier_[A-Za-z0-9_-]{43}")
"""The form of a token, by which one in an address or a file is recognized."""

LONGEST_DAYS = 3_650
"""Days for which a token can be made."""

_DAY = 24 * 60 * 60
_NOTED_EVERY = 5 * 60
_MOST_OF_A_USER = 50
_COLUMNS = (
    "SELECT tokens.number, users.name, tokens.name, tokens.role, users.role, tokens.created, tokens.expires, "
    "tokens.used FROM tokens JOIN users ON users.number = tokens.user"
)


class Tokens:
    """The tokens of one archive."""

    def __init__(self, file: UsersFile) -> None:
        self._file = file

    def add(self, user: str, name: str, *, role: UserRole, days: int | None) -> str:
        """Make a token and return its secret, which is not stored and cannot be shown again.

        It is valid for `days`, or until it is revoked. Raises `NotFoundError` without such a user and `UsageError` for
        a role above that of the user, and when the user has very many.
        """
        name = read_name(name)
        if days is not None and not 1 <= days <= LONGEST_DAYS:
            raise UsageError(f"A token is valid for 1 to {LONGEST_DAYS:,} days.")
        if role is UserRole.ADMIN:
            raise UsageError("A token reads or edits; no program manages users. Choose viewer or editor.")
        secret, now = f"dossier_{new_secret()}", self._file.now()
        with self._file.writing() as connection:
            row = connection.execute("SELECT number, role FROM users WHERE folded = ?", (fold(user),)).fetchone()
            if row is None:
                raise NotFoundError(f"There is no user “{user[:100]}”.")
            if not UserRole(row[1]).includes(role):
                raise UsageError(f"A token cannot do more than its user, who is a {row[1]}.")
            (count,) = connection.execute("SELECT count(*) FROM tokens WHERE user = ?", (row[0],)).fetchone()
            if count >= _MOST_OF_A_USER:
                raise UsageError(f"A user has at most {_MOST_OF_A_USER} tokens. Revoke some first.")
            connection.execute(
                "INSERT INTO tokens (digest, user, name, role, created, expires) VALUES (?, ?, ?, ?, ?, ?)",
                (digest(secret), row[0], name, role.value, now, None if days is None else now + days * _DAY),
            )
        return secret

    def list(self, user: str = "") -> tuple[Token, ...]:
        """Return the tokens of a user, or all, the newest first; those that expired too."""
        if not self._file.exists():
            return ()
        with self._file.reading() as connection:
            rows = connection.execute(
                f"{_COLUMNS} WHERE ? = '' OR users.folded = ? ORDER BY tokens.number DESC", (user, fold(user))
            )
            return tuple(map(_token, rows))

    def find(self, secret: str) -> Token | None:
        """Return a token and note that it is used; None when it is not valid, or its user is shut out."""
        if not self._file.exists() or TOKEN.fullmatch(secret) is None:
            return None
        now = self._file.now()
        with self._file.reading() as connection:
            row = connection.execute(
                f"{_COLUMNS} WHERE digest = ? AND NOT users.is_disabled AND (expires IS NULL OR expires > ?)",
                (digest(secret), now),
            ).fetchone()
        if row is None:
            return None
        found = _token(row)
        if found.used is None or found.used + _NOTED_EVERY <= now:
            # A disk that is full does not shut anybody out.
            with suppress(UsersError), self._file.writing() as connection:
                connection.execute("UPDATE tokens SET used = ? WHERE number = ?", (now, found.number))
        return found

    def revoke(self, number: int, *, user: str = "") -> Token:
        """Revoke a token, with `user` only one of that user. Raises `NotFoundError` when there is none."""
        found = next((token for token in self.list(user) if token.number == number), None)
        if found is None:
            raise NotFoundError(f"There is no token {number}.")
        with self._file.writing() as connection:
            connection.execute("DELETE FROM tokens WHERE number = ?", (number,))
        return found


def _token(row: tuple[int, str, str, str, str, int, int | None, int | None]) -> Token:
    number, user, name, role, of_user, created, expires, used = row
    made_for, now = UserRole(role), UserRole(of_user)
    rights = made_for if now.includes(made_for) else now
    return Token(number, user, name, made_for, rights, created, expires, used)
