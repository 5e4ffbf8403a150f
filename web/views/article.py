"""The page of an article."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from web.access import search_service
from web.reader import article_page
from web.rendering import show
from web.urls import article_url

__all__ = ["MAX_QUERY", "blueprint"]

blueprint = Blueprint("article", __name__)

MAX_QUERY = 1000


@blueprint.get("/article/<path:article_id>")
def show_article(article_id: str) -> Response:
    """The article with this id; a path, a web address or the beginning of an id lead to it as well."""
    q = request.args.get("q", "").strip()[:MAX_QUERY]
    service = search_service()
    view = service.article(article_id, q)
    if view.article.id != article_id:
        return redirect(article_url(view.article.id, q=q))
    return show(article_page(view, service.why(view.article.id), q=q))
