"""Kinds of SQLite errors, told by their result codes; see https://www.sqlite.org/rescode.html."""

import sqlite3

from index.errors import CatalogError, DiskFullError, DossierError, IndexLockedError

__all__ = ["is_locked", "make_error"]

_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
# Writes that fail, for want of space or of a quota; SQLite does not say which.
_NO_SPACE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_DIR_FSYNC,
        sqlite3.SQLITE_IOERR_TRUNCATE,
        sqlite3.SQLITE_IOERR_SHMSIZE,
    }
)
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_FORBIDDEN = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})


def is_locked(error: BaseException | None) -> bool:
    """Return True when another connection held a lock for longer than the connection waits."""
    return _code(error) in _LOCKED


def make_error(error: BaseException | None, *, where: str, holder: str = "Another process") -> DossierError:
    """Return the error to raise for an error of SQLite: what was wrong, in which file, and what to do.

    `holder` names the process that writes, for `IndexLockedError`.
    """
    code = _code(error)
    if code in _LOCKED:
        return IndexLockedError(f"{holder} is writing to {where}. Wait for it to end, or stop it.")
    if code in _NO_SPACE or getattr(error, "sqlite_errorcode", None) in _NO_SPACE:
        return DiskFullError(
            f"{where}: {error}. Free some space and run the same command again; what was committed is kept."
        )
    if code == sqlite3.SQLITE_IOERR:
        return CatalogError(f"{where}: {error}. Look whether its disk is there and works; what was committed is kept.")
    if code in _DAMAGED:
        return CatalogError(f"{where} is damaged ({error}). Index the articles anew: search-cli index FOLDER -C NEW")
    if code in _FORBIDDEN:
        return CatalogError(f"{where}: {error}. Check who may read and write the file and its folder.")
    return CatalogError(f"{where}: {error}. What was committed before is kept. Please report this.")


def _code(error: BaseException | None) -> int | None:
    """Return the primary result code, without the details in its upper bits."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None
