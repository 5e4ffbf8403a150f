"""References of an article as files."""

from flask import Blueprint, Response, abort

from search.output.citations import CITATION_FORMATS
from web.access import search_service

__all__ = ["blueprint"]

blueprint = Blueprint("cite", __name__)


@blueprint.get("/cite/<name>/<path:article_id>")
def cite_article(name: str, article_id: str) -> Response:
    """Return the reference of an article in one of the formats, as a file."""
    if name not in CITATION_FORMATS:
        abort(404)
    _, mimetype, ending, write = CITATION_FORMATS[name]
    article = search_service().article(article_id).article
    answer = Response(write(article), mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="reference.{ending}"'
    return answer
