"""The results page."""

from flask import Blueprint, redirect, request
from msgspec.structs import replace
from werkzeug.wrappers import Response

from search.answer.facets import HISTOGRAM_FIELDS
from search.parameters import from_parameters
from search.query.values import parse_date_side
from search.request import SearchRequest
from web.access import search_service
from web.addresses.reading import MAX_FIELD, is_canonical
from web.addresses.urls import search_url
from web.frame.locks import lock_parts
from web.frame.rendering import show
from web.middleware.caching import note_search_time
from web.middleware.errors import empty_page
from web.pages.search.builder import CHECK_BOX_FACETS, context_of
from web.pages.search.ways_out import ways_out
from web.parts.facets import SHOWN_VALUES, labels_of
from web.parts.histogram import shown_axis
from web.visitors.preferences import preferences

__all__ = ["blueprint"]

blueprint = Blueprint("search", __name__)

_AMOUNT_FACETS = ("currencies", "amount_sizes")


@blueprint.get("/search")
def show_results() -> Response:
    """Show the results of the search in the address; unreadable parameters are left out with a notice."""
    given = tuple(request.args.items(multi=True))
    wanted, notices = from_parameters(given)
    if not notices and not is_canonical(given, wanted):
        # A form sends empty fields, and two fields that make one parameter: each search has one address.
        return redirect(search_url(wanted))
    service = search_service()
    wanted = replace(wanted, size=wanted.size or SearchRequest().size)
    # Chosen years and months are counted for their names.
    times = HISTOGRAM_FIELDS.intersection(selection.field for selection in wanted.selections).difference(_AMOUNT_FACETS)
    facets = (*CHECK_BOX_FACETS, *_AMOUNT_FACETS, *sorted(times))
    result = service.search(wanted, facets=facets, facet_limit=SHOWN_VALUES)
    axis = shown_axis(wanted, total=result.total, undated=result.undated)
    note_search_time(result.milliseconds)
    if result.request.selections != wanted.selections:
        # An id that was merged away leads to the one that took it in, for good.
        return redirect(search_url(result.request), code=301)
    if not result.total and (wanted == SearchRequest() or not service.count(SearchRequest())):
        return empty_page("The index has no articles yet.", status=200)
    if result.request.page != wanted.page:
        # Pages beyond the last one.
        return redirect(search_url(result.request))
    labels = labels_of(result.facets)
    others = () if result.total else ways_out(service, wanted, labels)
    texts = {
        name: value[:MAX_FIELD].strip()
        for name in ("from", "to")
        if (value := request.args.get(name, "")) and parse_date_side(value) is None
    }
    return show(
        context_of(
            result,
            notices=notices,
            labels=labels,
            ways_out=others,
            timeline=service.timeline(replace(result.request, axis=axis)),
            texts=texts,
            locks=lock_parts(preferences().locked),
        )
    )
