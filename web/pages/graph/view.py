"""The page "Who with whom"."""

from flask import Blueprint, redirect, request
from msgspec.structs import replace
from werkzeug.wrappers import Response

from index.model import ENTITY_KINDS
from search.parameters import from_parameters
from search.request import SearchRequest
from web.access import search_service
from web.addresses.reading import is_canonical
from web.addresses.urls import graph_url
from web.frame.rendering import show
from web.pages.graph.builder import ORDERS, context_of
from web.pages.search.notices import field_errors, readable_notices, turned_round
from web.parts.facets import labels_of

__all__ = ["blueprint"]

blueprint = Blueprint("graph", __name__)

_OWN = ("kind", "by")


@blueprint.get("/graph")
def show_graph() -> Response:
    """Show who stands with whom in the articles of a search; unreadable parameters are left out with a notice."""
    given = tuple(pair for pair in request.args.items(multi=True) if pair[0] not in _OWN)
    wanted, notices = from_parameters(given)
    named = set(request.args.getlist("kind"))
    kinds = tuple(kind for kind in ENTITY_KINDS if kind.value in named)
    by = request.args.get("by", "")
    order = by if by in ORDERS else next(iter(ORDERS))
    wanted = replace(wanted, page=1, size=SearchRequest().size)
    if not notices and not is_canonical(given, wanted):
        return redirect(graph_url(wanted, kinds=kinds, by=order))
    service = search_service()
    # The selected values of every facet, for the chips: they come whatever the limit.
    chosen = tuple(selection.field for selection in wanted.selections)
    result = service.search(replace(wanted, size=0), facets=chosen, facet_limit=1)
    if result.request.selections != wanted.selections:
        current = replace(wanted, selections=result.request.selections)
        return redirect(graph_url(current, kinds=kinds, by=order), code=301)
    messages = [notice.message for notice in (*notices, *result.notices)]
    return show(
        context_of(
            service.graph(wanted, kinds=kinds),
            wanted,
            kinds=kinds,
            order=order,
            notices=(*readable_notices(messages), *turned_round(wanted)),
            amount_error=field_errors(messages).get("amount", ""),
            labels=labels_of(result.facets),
        )
    )
