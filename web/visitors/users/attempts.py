"""Attempts to log in: after some that failed, the next ones have to wait longer and longer."""

from web.visitors.users.file import UsersFile
from web.visitors.users.names import fold
from web.visitors.users.secrets import digest

__all__ = ["Attempts", "TooManyAttemptsError"]

# A person mistypes a few times; one address may have many people behind it.
_FREE_BY_USER = 5
_FREE_BY_ADDRESS = 20
_LONGEST_WAIT = 15 * 60
_FORGOTTEN_AFTER = 24 * 60 * 60


class TooManyAttemptsError(Exception):
    """The next attempt has to wait for `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait for {seconds} seconds")
        self.seconds = seconds


class Attempts:
    """The failed attempts of one archive by user and by address, names of users who do not exist included."""

    def __init__(self, file: UsersFile) -> None:
        self._file = file

    def begin(self, name: str, address: str) -> None:
        """Count an attempt as failed before it is made, so that many at once count as well.

        Raises `TooManyAttemptsError` when it comes too early; then it is not counted.
        """
        now = self._file.now()
        with self._file.writing() as connection:
            connection.execute("DELETE FROM attempts WHERE last <= ?", (now - _FORGOTTEN_AFTER,))
            rows = dict(_keys(name, address))
            waits = [0]
            for key, free in rows.items():
                row = connection.execute("SELECT failures, last FROM attempts WHERE key = ?", (key,)).fetchone()
                if row is not None:
                    waits.append(row[1] + _wait(row[0], free) - now)
            if max(waits) > 0:
                raise TooManyAttemptsError(max(waits))
            for key in rows:
                connection.execute(
                    "INSERT INTO attempts VALUES (?, 1, ?) "
                    "ON CONFLICT (key) DO UPDATE SET failures = failures + 1, last = excluded.last",
                    (key, now),
                )

    def succeed(self, name: str, address: str) -> None:
        """Forget the failures of a user who logged in; those of the address stay, less this attempt."""
        (of_user, _), (of_address, _) = _keys(name, address)
        with self._file.writing() as connection:
            connection.execute("DELETE FROM attempts WHERE key = ?", (of_user,))
            connection.execute("UPDATE attempts SET failures = failures - 1 WHERE key = ?", (of_address,))

    def forget(self, name: str) -> None:
        """Forget the failures of a user, so that the next attempt need not wait."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM attempts WHERE key = ?", (_keys(name, "")[0][0],))


def _keys(name: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
    """Return the keys of user and address with their free attempts. A password that was typed as a name is hidden."""
    return (f"user {digest(fold(name))}", _FREE_BY_USER), (f"address {address}", _FREE_BY_ADDRESS)


def _wait(failures: int, free: int) -> int:
    """Return the seconds from the last of some failures to the next attempt.

    >>> [_wait(failures, 5) for failures in (4, 5, 6, 7, 8, 30)]
    [0, 1, 2, 4, 8, 900]
    """
    return 0 if failures < free else min(2 ** min(failures - free, 20), _LONGEST_WAIT)
