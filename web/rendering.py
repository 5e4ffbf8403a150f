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
from web.done import done_part
from web.editing import editing
from web.locks import lock_parts
from web.parts.records import EditingPart, Frame, Link
from web.preferences import preferences
from web.urls import browse_url, decisions_url, static_url, without_done

__all__ = ["Page", "frame", "shortened", "show"]

_MOST_WORDS = 120


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
) -> Frame:
    """Return the frame of a page.

    `current` is the address of the page, marked in the navigation; `styles` and `scripts` are its own files.
    Without `has_locks` its search box adds no locked filter: the page shows which it has. Without
    `has_address` the page says on paper nothing of where it comes from: it may be a name that is not ours.
    """
    links = [(kind.value.capitalize(), browse_url(kind)) for kind in ENTITY_KINDS]
    links += [("Help", "/help"), ("Settings", "/settings")]
    chosen = preferences()
    if editing() is not None:
        links.insert(-2, ("Decisions", decisions_url()))
    return Frame(
        title=title,
        q=q,
        navigation=tuple(Link(text, url, is_current=url == current) for text, url in links),
        styles=tuple(static_url(name) for name in ("site.css", *styles)),
        scripts=tuple(static_url(name) for name in ("site.js", *scripts)),
        archive=current_app.extensions["dossier_name"],
        printed=_printed() if has_address else "",
        editing=_editing_part(),
        theme=chosen.theme,
        has_names=chosen.has_names,
        locks=lock_parts(chosen.locked) if has_locks else (),
        has_search=has_search,
        previous_url=previous_url,
        next_url=next_url,
    )


def _printed() -> str:
    return f"{without_done(request.full_path.rstrip('?'))} at {request.host_url.rstrip('/')}, {date.today()}"


def _editing_part() -> EditingPart | None:
    """Return the part of the frame that is there while editing is switched on."""
    wanted = editing()
    if wanted is None:
        return None
    return EditingPart(
        css_url=static_url("deciding.css"),
        js_url=static_url("deciding.js"),
        token=wanted.token,
        back=without_done(request.full_path.rstrip("?")) if request.method == "GET" else "",
        done=done_part(request.args.get("done", ""), request.args.get("undone", "")),
    )


def shortened(q: str) -> str:
    """Return the words of a search, shortened to fit.

    >>> shortened("Patriot withdrawal"), len(shortened("Patriot " * 100))
    ('Patriot withdrawal', 120)
    """
    text = " ".join(q.split())
    return text if len(text) <= _MOST_WORDS else text[: _MOST_WORDS - 1].rstrip() + "…"


def show(page: Page, *, status: int = 200) -> Response:
    """Render the page as HTML."""
    return make_response(render_template(page.template, page=page), status)
