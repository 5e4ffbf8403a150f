"""Addresses of PostgreSQL databases: which driver, which schema, where the password comes from, and encryption."""

import getpass
import os
from pathlib import Path

from msgspec import Struct
from sqlalchemy import URL, make_url

from index.catalog.postgres.encryption import MODE, ROOT, Tls, read_tls
from index.errors import UsageError

__all__ = ["Address", "read_address"]

_DRIVER = "postgresql+pg8000"
_PORT = 5432
_KNOWN = frozenset({"schema", "host", "unix_sock", "application_name", MODE, ROOT})


class Address(Struct, frozen=True):
    """Place of a catalog: the address for the driver, the schema ("" is the usual one), and its name in messages.

    `tls` is how our own driver encrypts; others have settings of their own in the address.
    """

    url: URL
    schema: str
    where: str
    tls: Tls = None


def read_address(text: str) -> Address:
    """Return where an address leads. Raises `UsageError` when it cannot be read.

    `?schema=NAME` keeps the tables in a schema of their own, so that one database holds several archives. `?host=/path`
    is a folder with a socket, as in the tools of PostgreSQL; `?sslmode=` and `&sslrootcert=` are as there, too. What is
    not said comes from `PGUSER`, `PGPASSWORD`, `PGSSLMODE` and `PGSSLROOTCERT`, or is the usual: this user, this
    machine. Messages never show a password.

    >>> read_address("postgresql://desk:secret@db.example.org/news?schema=wires").where
    'postgresql://desk:***@db.example.org/news?schema=wires'
    """
    try:
        url = make_url(text)
    except Exception as error:
        raise UsageError("The address of the catalog cannot be read. Write postgresql://USER@HOST/DATABASE.") from error
    where = url.render_as_string(hide_password=True)
    if not url.database:
        raise UsageError(f"{where}: no database is named. Write postgresql://USER@HOST/DATABASE.")
    if url.password and not url.username:
        raise UsageError(f"{where}: there is a password and no user. Write postgresql://USER@HOST/DATABASE.")
    schema = _only(url, "schema")
    if url.drivername == "postgresql":
        url = url.set(drivername=_DRIVER)
    tls: Tls = None
    if url.drivername == _DRIVER:
        url = _for_pg8000(url)
        tls = _tls(url, where)
        url = url.difference_update_query([MODE, ROOT])
    url = url.set(
        username=url.username or os.environ.get("PGUSER") or getpass.getuser(),
        password=url.password or os.environ.get("PGPASSWORD"),
    )
    return Address(url.difference_update_query(["schema"]), schema, where, tls)


def _for_pg8000(url: URL) -> URL:
    if unknown := sorted(set(url.query) - _KNOWN):
        where = url.set(drivername="postgresql").render_as_string(hide_password=True)
        raise UsageError(
            f"{where}: {unknown[0]} is not a setting of this driver. Known: {', '.join(sorted(_KNOWN))}. Others need "
            "another driver: pip install 'psycopg[binary]', and postgresql+psycopg://..."
        )
    folder = _only(url, "host")
    if folder:
        socket = Path(folder) / f".s.PGSQL.{url.port or _PORT}"
        url = url.difference_update_query(["host"]).update_query_dict({"unix_sock": str(socket)})
    elif not url.host and "unix_sock" not in url.query:
        url = url.set(host="localhost")
    return url


def _tls(url: URL, where: str) -> Tls:
    """Return how the driver encrypts: not at all on a socket of this machine, which nobody else can read."""
    settings = {key: _only(url, key) for key in (MODE, ROOT) if key in url.query}
    return False if "unix_sock" in url.query else read_tls(settings, where)


def _only(url: URL, key: str) -> str:
    found = url.query.get(key, "")
    return found if isinstance(found, str) else found[-1]
