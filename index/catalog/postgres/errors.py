"""Kinds of PostgreSQL errors, told by their codes; see https://www.postgresql.org/docs/current/errcodes-appendix.html."""

from sqlalchemy.exc import DBAPIError

from index.errors import CatalogError, DiskFullError, DossierError, IndexLockedError

__all__ = ["LOST", "make_error"]

_KEPT = "What was committed is kept."
LOST = f"The connection to the server is lost. Run the same command again. {_KEPT}"

_LOCKED = ("55P03", "40P01", "40001")
_NO_SPACE = ("53100", "53000")
# Beginnings of codes: what is wrong, and what to do.
_CAUSES = {
    "08": "The server cannot be reached, or has no such database. Look whether it runs, and try again.",
    "28": "The server does not let this user in. Give the password in PGPASSWORD, or look at pg_hba.conf.",
    "3D": "The server has no such database. Make it first: createdb NAME",
    "42501": "This user may not do that there. Ask for the rights to create and use tables in the schema.",
    "53": "The server has too little memory or too many connections. Try again later.",
    "57": "The server was stopped. Start it, and run the same command again.",
    "25006": "The server only reads. Name the one that writes.",
    "XX": "The database is damaged. Restore it from a backup, or index the articles anew.",
}
_NO_CONNECTION = "08000"


def make_error(error: DBAPIError, *, where: str) -> DossierError:
    """Return the error to raise for one of the driver: what was wrong, in which database, and what to do."""
    code = _code(error)
    if code in _LOCKED:
        return IndexLockedError(f"Another process is writing to {where}. Wait for it to end, or stop it.")
    if code in _NO_SPACE:
        return DiskFullError(f"{where}: the disk of the server is full. {_KEPT}")
    for beginning, advice in _CAUSES.items():
        if code.startswith(beginning):
            return CatalogError(f"{where}: {advice} {_KEPT}")
    return CatalogError(f"{where}: {_message(error)}. What was committed before is kept. Please report this.")


def _code(error: DBAPIError) -> str:
    """Return the code of the server; that of a lost connection when there is no answer of one."""
    cause = error.orig
    for name in ("sqlstate", "pgcode"):
        value = getattr(cause, name, None)
        if isinstance(value, str):
            return value
    details = cause.args[0] if cause is not None and cause.args else None
    if isinstance(details, dict):
        return str(details.get("C", ""))
    is_lost = error.connection_invalidated or type(cause).__name__ in ("InterfaceError", "OperationalError")
    return _NO_CONNECTION if is_lost else ""


def _message(error: DBAPIError) -> str:
    cause = error.orig
    details = cause.args[0] if cause is not None and cause.args else cause
    return str(details.get("M", details)) if isinstance(details, dict) else str(details)
