"""The choices of a reader for one browser: theme, names on results, locked filters.

It is kept in a cookie, so that pages come as they shall look, without scripts too; never in an address, which others
may get. Keys and live updates are matters of scripts, and kept by them.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from urllib.parse import parse_qsl, urlencode

from flask import Response, g, request

from search.parameters import SELECTION_PARAMETERS

__all__ = [
    "COOKIE",
    "MAX_LOCKED",
    "THEMES",
    "Preferences",
    "asked_by_reader",
    "keep_preferences",
    "preferences",
    "read_preferences",
]

COOKIE = "dossier"
THEMES = {"": "as the system", "light": "light", "dark": "dark"}
"""The themes, with their labels; "" follows the system of the reader."""

MAX_LOCKED = 12
"""Filters that can be locked."""

_MAX_COOKIE = 3000
_MAX_VALUE = 200
_KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Preferences:
    """Choices of a reader. `locked` are filters as parameters, which new searches begin with."""

    theme: str = ""
    has_names: bool = True
    locked: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        pairs = [("theme", self.theme), ("names", "" if self.has_names else "off")]
        pairs += [("lock", f"{name}={value}") for name, value in self.locked]
        return urlencode([pair for pair in pairs if pair[1]])


def preferences() -> Preferences:
    """Return the choices of the reader who sent this request."""
    if "preferences" not in g:
        g.preferences = read_preferences(request.cookies.get(COOKIE, ""))
    return cast("Preferences", g.preferences)


def read_preferences(text: str) -> Preferences:
    """Return the choices in the text of a cookie; what cannot be read counts as not chosen.

    >>> read_preferences("theme=dark&lock=person%3Dx&lock=q%3Dx")
    Preferences(theme='dark', has_names=True, locked=(('person', 'x'),))
    """
    pairs = parse_qsl(text[:_MAX_COOKIE])
    single = dict(reversed(pairs))
    locked = dict.fromkeys(tuple(value.split("=", 1)) for name, value in pairs if name == "lock" and "=" in value)
    return Preferences(
        theme=single.get("theme", "") if single.get("theme") in THEMES else "",
        has_names=single.get("names") != "off",
        locked=tuple(
            (name, value)
            for name, value in locked
            if name in SELECTION_PARAMETERS and 0 < len(value.strip()) <= _MAX_VALUE
        )[:MAX_LOCKED],
    )


def keep_preferences(response: Response, chosen: Preferences) -> None:
    """Let the browser of the reader keep choices for a year."""
    response.set_cookie(COOKIE, str(chosen), max_age=_KEPT, httponly=True, samesite="Lax", secure=request.is_secure)


def asked_by_reader() -> bool:
    """True when a page of this server made the browser ask, or the reader typed the address; not for other sites.

    Browsers tell so only on this machine and over HTTPS; elsewhere they tell the page that a link was on.
    """
    if request.headers.get("Sec-Purpose", "").startswith("prefetch"):
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    return request.headers.get("Referer", "").startswith(request.host_url)
