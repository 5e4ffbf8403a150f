"""TLS of connections to PostgreSQL, with the settings and words of its own tools: `sslmode` and `sslrootcert`.

The modes are those of https://www.postgresql.org/docs/current/libpq-ssl.html; without one it is `prefer`.
"""

import os
import ssl
from collections.abc import Mapping

from index.errors import CatalogError, UsageError

__all__ = ["MODE", "ROOT", "Tls", "connection_error", "read_tls"]

MODE = "sslmode"
ROOT = "sslrootcert"

Tls = ssl.SSLContext | bool | None
"""False for none, None for encrypted where the server can, True for always, and a context that checks certificates."""

_SYSTEM = "system"
_UNCHECKED: Mapping[str, Tls] = {"disable": False, "prefer": None, "require": True}
_CHECKED = ("verify-ca", "verify-full")
_MODES = (*_UNCHECKED, *_CHECKED)


def read_tls(settings: Mapping[str, str], where: str) -> Tls:
    """Return how connections are encrypted; what `settings` lack comes from `PGSSLMODE` and `PGSSLROOTCERT`.

    `sslrootcert` is a file with the certificates of the authorities that are trusted, or "system", the default, for
    those of this machine. Raises `UsageError`, which names the database `where`.
    """
    said = settings.get(ROOT, "")
    mode = settings.get(MODE) or os.environ.get("PGSSLMODE") or ("verify-full" if said else "prefer")
    if mode not in _MODES:
        raise UsageError(f"{where}: {MODE} cannot be {mode!r}. Write one of: {', '.join(_MODES)}.")
    if mode in _UNCHECKED:
        if said:
            raise UsageError(
                f"{where}: with {MODE}={mode} no certificate is checked, so {ROOT} does nothing. Write "
                f"{MODE}=verify-full, or leave {ROOT} out."
            )
        return _UNCHECKED[mode]
    root = said or os.environ.get("PGSSLROOTCERT") or _SYSTEM
    try:
        context = ssl.create_default_context(cafile=None if root == _SYSTEM else root)
    except OSError as error:  # An `ssl.SSLError` too.
        raise UsageError(f"{where}: {ROOT} {root} holds no certificates that can be read ({error}).") from error
    context.check_hostname = mode == "verify-full"
    return context


def connection_error(error: Exception, where: str) -> CatalogError | None:
    """Return the error to raise for one of a connection that could not be encrypted; None for another error."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return CatalogError(
            f"{where}: the certificate of the server is not trusted ({error.verify_message}). Name the file of its "
            f"authority: ?{MODE}=verify-full&{ROOT}=FILE. Nothing was sent."
        )
    if isinstance(error, ssl.SSLError):
        return CatalogError(f"{where}: the connection cannot be encrypted ({error.reason or error}). Nothing was sent.")
    if "refuses SSL" in str(error):
        return CatalogError(
            f"{where}: the server does not encrypt. Turn it on there (ssl = on), or write {MODE}=disable for a network "
            "that is yours alone."
        )
    return None
