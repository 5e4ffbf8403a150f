"""The home page: the search box, and the most frequent entities of the archive."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from index.model import ENTITY_KINDS, Kind
from search.output.wording import count_in_words
from search.parameters import PARAMETERS, from_parameters
from search.request import SearchRequest
from search.results import Facet, SearchResult
from search.views import Timeline
from web.access import search_service
from web.addresses.urls import browse_url, entity_search_url, entity_url, search_url
from web.frame.rendering import frame, show
from web.middleware.caching import note_search_time
from web.middleware.errors import empty_page
from web.parts.histogram import draw_histogram
from web.parts.records import EntityGroup, EntityItem, Frame, HistogramPart, Link

__all__ = ["HomePage", "blueprint"]

blueprint = Blueprint("home", __name__)

_SHOWN_ENTITIES = 8
_EXAMPLE_KINDS = (Kind.SYSTEMS, Kind.PEOPLE, Kind.ORGANIZATIONS)


@dataclass(frozen=True, slots=True)
class HomePage:
    """The home page: the search box, and the most frequent entities of the archive."""

    template: ClassVar[str] = "home.html"

    frame: Annotated[Frame, "The frame of the page"]
    summary: Annotated[str, "Size of the archive in one sentence"]
    examples: Annotated[tuple[Link, ...], "Searches to try that give something in this archive"]
    groups: Annotated[tuple[EntityGroup, ...], "The most frequent entities of each kind"]
    histogram: Annotated[HistogramPart | None, "The years the archive speaks of; None when it mentions none"]


@blueprint.get("/")
def show_home() -> Response:
    """Show the home page; an address with a search in it redirects to the results."""
    if any(name in PARAMETERS for name in request.args):
        return redirect(search_url(from_parameters(request.args.items(multi=True))[0]))
    facets = tuple(kind.value for kind in ENTITY_KINDS)
    service = search_service()
    result = service.search(SearchRequest(size=0), facets=facets, facet_limit=_SHOWN_ENTITIES)
    note_search_time(result.milliseconds)
    if not result.total:
        return empty_page("The index has no articles yet.", status=200)
    return show(_context(result, service.timeline(SearchRequest())))


def _context(result: SearchResult, timeline: Timeline) -> HomePage:
    by_field = {facet.field: facet for facet in result.facets}
    return HomePage(
        frame=frame("Search", has_search=False, styles=("home.css",)),
        summary=_summary(result),
        examples=tuple(
            Link(facet.values[0].label, entity_search_url(kind, facet.values[0].value))
            for kind in _EXAMPLE_KINDS
            if (facet := by_field[kind.value]).values
        ),
        groups=tuple(_group(kind, by_field[kind.value]) for kind in ENTITY_KINDS if by_field[kind.value].values),
        histogram=draw_histogram(SearchRequest(), timeline) if timeline.bars else None,
    )


def _summary(result: SearchResult) -> str:
    count = count_in_words(result.total, "article")
    if not result.undated:
        return f"{count}."
    return f"{count}, {result.undated:,} without a date of publication."


def _group(kind: Kind, facet: Facet) -> EntityGroup:
    return EntityGroup(
        label=facet.label,
        css=kind.value,
        items=tuple(EntityItem(value.label, f"{value.count:,}", entity_url(value.value)) for value in facet.values),
        all_url=browse_url(kind),
    )
