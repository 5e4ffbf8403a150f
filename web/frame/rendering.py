"""Render the context of a page with its template, inside the frame of every page.

A context is a frozen record for one template, every field with its help. The template gets it as `page` and nothing
else; it decides the layout, never the content. Texts are plain (`str`) or already safe (`Markup`, made only by
`web.parts.highlight`). An address is always relative to this site.
"""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Protocol

from flask import Response, current_app, make_response, render_template, request

from index.model import ENTITY_KINDS
from web.addresses.urls import (
    ACCOUNT_URL,
    LOGIN_URL,
    USERS_URL,
    browse_url,
    decisions_url,
    login_url,
    own_address,
    static_url,
    without_done,
)
from web.frame.done import done_part
from web.frame.locks import lock_parts
from web.parts.records import AccountPart, EditingPart, Frame, Link
from web.visitors.editing import editing
from web.visitors.preferences import preferences
from web.visitors.signing_in import sign_in
from web.visitors.users.records import UserRole
from web.visitors.users.secrets import mask
from web.visitors.visitor import Way, visitor

__all__ = ["Page", "frame", "show"]

_EDITING_SCRIPTS = {"article.show_article": ("wrong.js",), "suggestions.show_suggestions": ("queue.js",)}


class Page(Protocol):
    """The context of a page, which names its template."""

    template: ClassVar[str]


def frame(
    title: str,
    *,
    q: str = "",
    current: str = "",
    styles: Sequence[str] = (),
    scripts: Sequence[str] = (),
    has_locks: bool = True,
    has_address: bool = True,
    has_search: bool = True,
    previous_url: str = "",
    next_url: str = "",
    feed_url: str = "",
) -> Frame:
    """Return the frame of a page.

    `current` is the address of the page, marked in the navigation; `styles` and `scripts` are its own files.
    Without `has_locks` its search box adds no locked filter: the page shows which it has. Without
    `has_address` the page says on paper nothing of where it comes from: it may be a name that is not ours.
    """
    is_reader = sign_in().users is None or visitor().may(UserRole.VIEWER)
    chosen = preferences()
    return Frame(
        title=title,
        q=q,
        navigation=_navigation(current) if is_reader else (),
        styles=tuple(static_url(name) for name in ("site.css", *styles)),
        scripts=tuple(static_url(name) for name in ("site.js", *scripts, *_editing_scripts())),
        archive=current_app.extensions["dossier_name"],
        site=_site() if has_address else "",
        printed=_printed() if has_address else "",
        editing=_editing_part(),
        theme=chosen.theme,
        has_names=chosen.has_names,
        # Names of entities are for readers alone.
        locks=lock_parts(chosen.locked) if has_locks and is_reader else (),
        account=_account_part(current),
        has_search=has_search and is_reader,
        previous_url=previous_url,
        next_url=next_url,
        feed_url=feed_url,
    )


def _site() -> str:
    return request.host_url.rstrip("/")


def _printed() -> str:
    return f"{_site()}{without_done(request.full_path.rstrip('?'))}, {date.today()}"


def _navigation(current: str) -> tuple[Link, ...]:
    links = [(kind.value.capitalize(), browse_url(kind)) for kind in ENTITY_KINDS]
    links += [("Help", "/help"), ("Settings", "/settings")]
    if editing() is not None:
        links.insert(-2, ("Decisions", decisions_url()))
    return tuple(Link(text, url, is_current=url == current) for text, url in links)


def _account_part(current: str) -> AccountPart | None:
    """Return the part of the frame that says who is logged in; None on a server without users."""
    if sign_in().users is None:
        return None
    found = visitor()
    if found.way is not Way.SESSION:
        here = own_address(request.path, request.query_string) if request.method == "GET" else "/"
        links = [] if request.path == LOGIN_URL else [("Log in", login_url(without_done(here)))]
    else:
        links = [(found.name, ACCOUNT_URL), *([("Users", USERS_URL)] if found.may(UserRole.ADMIN) else [])]
    return AccountPart(
        css_url=static_url("users.css"),
        name=found.name,
        links=tuple(Link(text, url, is_current=url == current) for text, url in links),
        token=mask(found.form_token),
    )


def _editing_part() -> EditingPart | None:
    """Return the part of the frame that is there while editing is switched on."""
    if editing() is None:
        return None
    return EditingPart(
        css_url=static_url("deciding.css"),
        token=mask(visitor().form_token),
        back=without_done(request.full_path.rstrip("?")) if request.method == "GET" else "",
        done=done_part(request.args.get("done", ""), request.args.get("undone", "")),
    )


def _editing_scripts() -> tuple[str, ...]:
    """Return the scripts that this page has while editing is switched on."""
    return () if editing() is None else _EDITING_SCRIPTS.get(request.endpoint or "", ())


def show(page: Page, *, status: int = 200) -> Response:
    """Render the page as HTML."""
    return make_response(render_template(page.template, page=page), status)
