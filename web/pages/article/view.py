"""The page of an article."""

from flask import Blueprint, redirect, request
from msgspec.structs import replace
from werkzeug.wrappers import Response

from search.parameters import from_parameters
from search.request import SearchRequest
from web.access import search_service
from web.addresses.reading import MAX_QUERY
from web.addresses.urls import article_url
from web.frame.rendering import show
from web.pages.article.builder import Step, article_page
from web.pages.article.stepping import NAME_MODES

__all__ = ["blueprint"]

blueprint = Blueprint("article", __name__)

_SIMILAR = 5


@blueprint.get("/article/<path:article_id>")
def show_article(article_id: str) -> Response:
    """Show the article with this id; a path, a web address or the beginning of an id lead to it as well.

    The other parameters are those of the search that found it. They are read as a search, and the link back is built
    from the result: it can lead only to results of this site.
    """
    wanted, _ = from_parameters(request.args.items(multi=True))
    wanted = replace(wanted, q=wanted.q[:MAX_QUERY])
    service = search_service()
    view = service.article(article_id, wanted.q)
    if view.article.id != article_id:
        return redirect(article_url(view.article.id, wanted))
    place = service.place(article_id, wanted) if wanted != SearchRequest() else None
    similar = service.similar(article_id, limit=_SIMILAR, has_sentences=False)
    return show(article_page(view, service.why(article_id), wanted, place, similar, step=_step()))


def _step() -> Step:
    """Return the place in the article that the address names; what cannot be read is as if it were not there."""
    name, at, names = (request.args.get(key, "") for key in ("name", "at", "names"))
    # Nine digits at most: longer ones are out of range anyway.
    is_number = at.isascii() and at.isdecimal() and len(at) <= 9
    return Step(name[:MAX_QUERY], int(at) if is_number else 0, names if names in NAME_MODES else "all")
