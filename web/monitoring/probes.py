"""Answers of `/health` and `/ready`, given before the application: no log-in, host name, limit or count applies.

They are for balancers and orchestrators, which know none of these. They tell nothing that a stranger may not know.
"""

import logging
import time
from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING, Final

from index.errors import (
    DossierError,
    EngineError,
    EngineTimeoutError,
    EngineUnavailableError,
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
)
from web.access import ArchiveAccess

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["HEALTH", "READY", "Probes"]

HEALTH: Final = "/health"
READY: Final = "/ready"

_LOG = logging.getLogger(__name__)

# Strangers can ask as often as they like: the archive is looked at once in so many seconds.
_SECONDS: Final = 1.0
# Messages of errors can hold paths and addresses, which are for the log.
_REASONS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (IndexMissingError, "there is no index yet"),
    (IndexOutdatedError, "the index was written by another version or engine"),
    (IndexDamagedError, "the index is damaged"),
    (EngineUnavailableError, "the engine does not answer"),
    (EngineTimeoutError, "the engine does not answer in time"),
    (EngineError, "the engine cannot be used"),
    (DossierError, "the archive cannot be opened"),
)
_ANSWERS: Final = {200: "200 OK", 405: "405 Method Not Allowed", 503: "503 Service Unavailable"}


class Probes:
    """A WSGI application before another one: it answers two paths and passes on all others."""

    def __init__(
        self, application: "WSGIApplication", archive: ArchiveAccess, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._application = application
        self._archive = archive
        self._clock = clock
        self._lock = Lock()
        self._looked_at: float | None = None
        self._reason = ""

    def __call__(self, environment: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        path = environment.get("PATH_INFO", "")
        if path not in (HEALTH, READY):
            return self._application(environment, start)
        if environment["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _answer(environment, start, 405, "This address only answers GET and HEAD requests.")
        if path == HEALTH:
            return _answer(environment, start, 200, "ok")
        reason = self._find_reason()
        return _answer(environment, start, 503 if reason else 200, f"not ready: {reason}" if reason else "ready")

    def _find_reason(self) -> str:
        """Return why the archive cannot be searched now; "" when it can."""
        with self._lock:
            now = self._clock()
            if self._looked_at is None or now - self._looked_at >= _SECONDS:
                self._reason = self._look()
                self._looked_at = now
            return self._reason

    def _look(self) -> str:
        try:
            with self._archive.get().view() as view:
                # A question that the engine itself has to answer, whatever it has kept.
                view.service.searcher.document_frequencies([("body", "the")])
        except DossierError as error:
            _LOG.warning("not ready: %s", error)
            return next(reason for kind, reason in _REASONS if isinstance(error, kind))
        except Exception:  # noqa: BLE001 - the outermost edge: a balancer must be told that this server is of no use
            _LOG.exception("not ready")
            return "there was an unexpected error, which the log of the server tells"
        return ""


def _answer(environment: "WSGIEnvironment", start: "StartResponse", status: int, text: str) -> Iterable[bytes]:
    body = f"{text}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if status == 405:
        headers.append(("Allow", "GET, HEAD"))
    start(_ANSWERS[status], headers)
    return [] if environment["REQUEST_METHOD"] == "HEAD" else [body]
