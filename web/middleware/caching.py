"""ETags made of the archive's state, so that an unchanged answer is not made twice, and the time each answer took."""

import hashlib
from datetime import date
from time import perf_counter

from flask import Flask, Response, current_app, g, make_response, request

from index.errors import DossierError
from web.access import archive_view
from web.visitors.preferences import preferences
from web.visitors.signing_in import sign_in
from web.visitors.visitor import visitor

__all__ = ["NO_TAG", "add_caching", "note_search_time"]

NO_TAG = "X-No-Tag"
"""Header with which a view forbids caching of its answer; it is removed before the answer is sent."""


def add_caching(app: Flask) -> None:
    """Give answers an ETag and a Server-Timing header, and answer "not modified" before any work is done."""
    app.before_request(_start)
    app.after_request(_finish)


def note_search_time(milliseconds: float) -> None:
    """Tell how much of the time of this request was spent searching."""
    g.search_milliseconds = g.get("search_milliseconds", 0.0) + milliseconds


def _start() -> Response | None:
    g.started = perf_counter()
    if request.endpoint == "static" or request.endpoint is None:
        return None
    try:
        state = archive_view().state
    except DossierError:
        # Without an index there is nothing to tag; the view says what is wrong.
        return None
    made_with = sorted(current_app.extensions["dossier_files"].values())
    # Pages name their reader and carry the secrets of forms: those of one are never those of another. They also say on
    # paper on which day they were printed.
    reader = (visitor().mark, str(preferences()))
    parts = (state.tag, *made_with, *reader, request.host, request.full_path, str(date.today()))
    g.tag = hashlib.blake2s("\n".join(parts).encode(), digest_size=10).hexdigest()
    if request.if_none_match.contains_weak(g.tag):
        return make_response("", 304)
    return None


def _finish(response: Response) -> Response:
    tag = "" if response.headers.pop(NO_TAG, None) else g.get("tag", "")
    if tag and response.status_code in (200, 304):
        # Weak: two answers with one tag say the same, but not in the same number of milliseconds.
        response.set_etag(tag, weak=True)
        response.headers["Cache-Control"] = "private, no-cache"
        response.vary.add("Cookie")
    elif request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    if request.endpoint == "static":
        # Flask names the file for who saves it, and nobody asks how long a file took: a first visit has several.
        response.headers.pop("Content-Disposition", None)
        return response
    if sign_in().users is not None:
        response.vary.update(["Cookie", "Authorization"])
    total = (perf_counter() - g.get("started", perf_counter())) * 1000
    timings = [f"search;dur={g.search_milliseconds:.1f}"] if "search_milliseconds" in g else []
    response.headers["Server-Timing"] = ", ".join([*timings, f"total;dur={total:.1f}"])
    return response
