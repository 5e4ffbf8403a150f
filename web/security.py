"""Request checks and response headers for every page."""

import re
from functools import partial

from flask import Flask, Response, request
from werkzeug.exceptions import MethodNotAllowed, RequestURITooLarge, SecurityError

__all__ = ["DEFAULT_HOSTS", "HEADERS", "is_trusted", "protect"]

# Names of this machine only. Any other name in the Host header means that a foreign site has pointed its name here
# ("DNS rebinding") to read the archive.
DEFAULT_HOSTS = ("localhost", "127.0.0.1", "[::1]")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # The address holds the words of a search, which no other site may see.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}

_HOST = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.ASCII)

# Nothing is sent to the server: pages are read with GET, and their whole state is in the address.
_MAX_BODY = 1024
# A thousand letters of any script are nine thousand characters of an address; the filters need room as well.
_MAX_ADDRESS = 16_384
_METHODS = ("GET", "HEAD")


def protect(app: Flask, *, trusted_hosts: tuple[str, ...]) -> None:
    """Make the application refuse foreign hosts, methods that change things and overlong addresses."""
    app.config["MAX_CONTENT_LENGTH"] = _MAX_BODY
    app.before_request(partial(_check_request, trusted_hosts))
    app.after_request(_add_headers)


def is_trusted(host: str, trusted_hosts: tuple[str, ...]) -> bool:
    """True when a Host header names one of the hosts, with any port; a leading "." stands for all names below a domain.

    Flask's own `TRUSTED_HOSTS` takes no IPv6 addresses.

    >>> is_trusted("localhost:8000", ("localhost",)), is_trusted("localhost.evil.example", ("localhost",))
    (True, False)
    """
    found = _HOST.fullmatch(host.lower())
    if found is None:
        return False
    name = found["name"]
    return any(name == known or (known.startswith(".") and name.endswith(known)) for known in trusted_hosts)


def _check_request(trusted_hosts: tuple[str, ...]) -> None:
    if not is_trusted(request.host, trusted_hosts):
        raise SecurityError("Unknown host name. Add it with --trust-host.")
    if request.method not in _METHODS:
        raise MethodNotAllowed(valid_methods=_METHODS, description="This server only answers GET and HEAD requests.")
    if len(request.query_string) + len(request.path) > _MAX_ADDRESS:
        raise RequestURITooLarge(f"The address is longer than {_MAX_ADDRESS:,} characters. Shorten the search.")


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
