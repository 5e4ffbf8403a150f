"""Connections of the server that are bounded in time and number, and that answer errors of HTTP with pages of ours."""

import time
from html import escape
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask
from waitress.utilities import Error, RequestHeaderFieldsTooLarge

from web.middleware.security import HEADERS

__all__ = ["CONNECTIONS", "HEADER_SECONDS", "MAX_HEADER", "BoundedChannel"]

CONNECTIONS = 500
"""Connections that are open at once."""

HEADER_SECONDS = 10
"""Seconds in which a request has to arrive, and after which an idle connection is closed."""

MAX_HEADER = 64 * 1024
"""Bytes of a request with its headers. Addresses have a smaller limit, which the application checks."""

# So many bytes of a request that is too long are read at most.
_MOST_DROPPED = 1024 * 1024

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{heading} · Dossier</title>
</head>
<body>
<main>
<h1>{heading}</h1>
<p>{advice}</p>
<p><a href="/">Home</a></p>
</main>
</body>
</html>
"""
_TEXTS = {
    400: ("This request is not valid", "This server does not understand it as HTTP. Start again on the first page."),
    414: ("This address is too long", "Use fewer words or filters."),
    431: ("This request is too large", "Its headers are too long. Delete the cookies of this site, and try again."),
    501: ("This request is not understood", "This server only answers GET and HEAD requests."),
}


class _AddressTooLongError(Error):  # type: ignore[misc] # waitress has no types
    code = 414
    reason = "URI Too Long"


class _Parser(HTTPRequestParser):  # type: ignore[misc] # waitress has no types
    """Tells a long address from long headers, and reads what is too long to its end before it is answered.

    An answer to a client that still sends is lost: closing the connection then resets it.
    """

    error: Error | None
    _read = 0
    _end = b""
    _is_too_long = False

    def received(self, data: bytes) -> int:
        """Read more of a request, and return how many bytes were used."""
        self._read += len(data)
        if self._is_too_long:
            self._drop(data)
            return len(data)
        used: int = super().received(data)
        if isinstance(self.error, RequestHeaderFieldsTooLarge):
            if b"\n" not in self.header_plus:
                self.error = _AddressTooLongError("the first line is too long")
            self._is_too_long = True
            self._drop(data)
            return len(data)
        return used

    def _drop(self, data: bytes) -> None:
        """Look for the end of the headers, and keep nothing."""
        seen = self._end + data
        self.completed = b"\r\n\r\n" in seen or self._read > _MOST_DROPPED
        self._end = seen[-3:]


class _PageTask(ErrorTask):  # type: ignore[misc] # waitress has no types
    """Answers an error of HTTP with a page."""

    def execute(self) -> None:
        """Write the page."""
        error = self.request.error
        heading, advice = _TEXTS.get(error.code, (error.reason, "Start again on the first page."))
        body = _PAGE.format(heading=escape(heading), advice=escape(advice)).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [("Content-Type", "text/html; charset=utf-8"), *HEADERS.items()]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class BoundedChannel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """A connection whose requests have to arrive in time, however slowly their bytes come.

    Waitress closes a connection some time after its last byte: one byte now and then would keep it open for good.
    """

    parser_class = _Parser
    error_task_class = _PageTask

    _last = 0.0
    _waiting_since: float | None = None

    def __init__(self, server: Any, *arguments: Any, **options: Any) -> None:  # Any: waitress has no types
        """Take a new connection; where there are many, the one that has kept silent longest is closed for it."""
        silent = [other for other in server.active_channels.values() if not other.requests and not other.will_close]
        if silent and len(server.active_channels) >= server.adj.connection_limit * 4 // 5:
            min(silent, key=lambda other: other.last_activity).will_close = True
        self._waiting_since = time.time()
        super().__init__(server, *arguments, **options)

    @property
    def last_activity(self) -> float:
        """The last byte; while a request is on its way, the time since when it is."""
        return self._last if self._waiting_since is None else self._waiting_since

    @last_activity.setter
    def last_activity(self, moment: float) -> None:
        self._last = moment

    def received(self, data: bytes) -> bool:
        """Take bytes of a request; the clock runs from the first one to the last one."""
        is_open: bool = super().received(data)
        if self.request is None:
            self._waiting_since = None
        elif self._waiting_since is None:
            self._waiting_since = time.time()
        return is_open
