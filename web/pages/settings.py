"""The settings of one browser, and the locks of filters.

All of it is asked for with GET: the server keeps nothing, and only what a page of this server or the reader asked for
is given back to the browser to keep.
"""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers import Response

from search.parameters import SELECTION_PARAMETERS
from web.addresses.urls import without_done
from web.frame.locks import lock_parts
from web.frame.rendering import frame, show
from web.middleware.caching import NO_TAG
from web.parts.records import Frame, Lock, Option
from web.visitors.preferences import MAX_LOCKED, THEMES, Preferences, asked_by_reader, keep_preferences, preferences

__all__ = ["SettingsPage", "blueprint"]

blueprint = Blueprint("settings", __name__)

_REFUSED = "A page of another site asked for this change. Nothing was changed."
_SAVED = "Saved in this browser."
_FULL = f"At most {MAX_LOCKED} filters can be locked. Unlock one of these first."


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The settings of this browser."""

    template: ClassVar[str] = "settings.html"

    frame: Annotated[Frame, "The frame of the page"]
    notice: Annotated[str, 'What was done, "" for nothing']
    themes: Annotated[tuple[Option, ...], "The themes"]
    has_names: Annotated[bool, "True when names are marked on results"]
    locks: Annotated[tuple[Lock, ...], "The locked filters"]


@blueprint.get("/settings")
def show_settings() -> Response:
    """Show the settings; with new ones in the address, keep these first."""
    if "save" not in request.args:
        return _page(_SAVED if "saved" in request.args else "")
    if not asked_by_reader():
        return _page(_REFUSED)
    theme = request.args.get("theme", "")
    chosen = replace(preferences(), theme=theme if theme in THEMES else "", has_names="names" in request.args)
    return _kept(chosen, "/settings?saved=yes")


@blueprint.get("/lock")
def lock_filter() -> Response:
    """Lock the filter in the address: new searches of this browser begin with it."""
    name, _, value = request.args.get("filter", "").partition("=")
    if not asked_by_reader():
        return _page(_REFUSED)
    known = preferences()
    if name not in SELECTION_PARAMETERS or not value.strip() or (name, value) in known.locked:
        return _kept(known, _back())
    if len(known.locked) >= MAX_LOCKED:
        return _page(_FULL)
    return _kept(replace(known, locked=(*known.locked, (name, value))), _back())


@blueprint.get("/unlock")
def unlock_filter() -> Response:
    """Unlock the filter in the address; without one, all of them."""
    name, _, value = request.args.get("filter", "").partition("=")
    if not asked_by_reader():
        return _page(_REFUSED)
    known = preferences()
    return _kept(replace(known, locked=tuple(pair for pair in known.locked if name and pair != (name, value))), _back())


def _page(notice: str) -> Response:
    chosen = preferences()
    response = show(
        SettingsPage(
            frame=frame("Settings", current="/settings", styles=("prose.css",), scripts=("settings.js",)),
            notice=notice,
            themes=tuple(Option(value, text, value == chosen.theme) for value, text in THEMES.items()),
            has_names=chosen.has_names,
            locks=lock_parts(chosen.locked),
        )
    )
    response.headers[NO_TAG] = "yes"
    return response


def _kept(chosen: Preferences, address: str) -> Response:
    response = make_response(redirect(address, code=303))
    keep_preferences(response, chosen)
    return response


def _back() -> str:
    """Return the page that the link was on, else the settings."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if f"{came_from.scheme}://{came_from.netloc}/" != request.host_url:
        return "/settings"
    return without_done(f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path)
