"""The page about the API, for people: its endpoints with their parameters, and examples of this archive."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from flask import Blueprint, request
from werkzeug.wrappers import Response

from index.errors import DossierError
from search.request import SearchRequest
from web.access import search_service
from web.addresses.urls import api_url
from web.api.endpoints import ENDPOINTS
from web.api.openapi import Endpoint
from web.api.parameters import SEARCH_PARAMETERS, Parameter
from web.frame.rendering import frame, show
from web.parts.records import Frame, Link, Row

__all__ = ["ApiPage", "EndpointPart", "blueprint"]

blueprint = Blueprint("api_page", __name__)

_SEARCHED = frozenset(parameter.name for parameter in SEARCH_PARAMETERS)


@dataclass(frozen=True, slots=True)
class EndpointPart:
    """An endpoint of the API for people."""

    identifier: Annotated[str, "Id of its section"]
    path: Annotated[str, "Its path with {placeholders}"]
    summary: Annotated[str, "What it answers"]
    example: Annotated[str, 'An address of this archive to try, "" for none']
    rows: Annotated[tuple[Row, ...], "Its own parameters"]
    takes_search: Annotated[bool, "True when it also takes the parameters of a search"]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """The JSON API for people."""

    template: ClassVar[str] = "api.html"

    frame: Annotated[Frame, "The frame of the page"]
    site: Annotated[str, "Address of this server"]
    endpoints: Annotated[tuple[EndpointPart, ...], "The endpoints"]
    search_rows: Annotated[tuple[Row, ...], "The parameters of a search, which several endpoints take"]
    exports: Annotated[tuple[Link, ...], "All results as a file"]


@blueprint.get("/api")
def show_api() -> Response:
    """Show the endpoints with their parameters."""
    examples = _examples()
    query = examples["search"].partition("?")[2]
    return show(
        ApiPage(
            frame("JSON API", styles=("prose.css",)),
            site=request.host_url.rstrip("/"),
            endpoints=tuple(_part(endpoint, examples.get(endpoint.name, endpoint.example)) for endpoint in ENDPOINTS),
            search_rows=_rows(SEARCH_PARAMETERS),
            exports=tuple(
                Link(path, f"{path}?{query}")
                for path in ("/search.csv", "/search.json", "/mentions.csv", "/mentions.json", "/search.atom")
            ),
        )
    )


def _part(endpoint: Endpoint, example: str) -> EndpointPart:
    names = {parameter.name for parameter in endpoint.parameters}
    takes_search = names >= _SEARCHED
    return EndpointPart(
        identifier=f"api-{endpoint.name}",
        path=endpoint.path,
        summary=f"{endpoint.summary}.",
        example=example,
        rows=_rows(
            tuple(parameter for parameter in endpoint.parameters if not takes_search or parameter.name not in _SEARCHED)
        ),
        takes_search=takes_search,
    )


def _rows(parameters: tuple[Parameter, ...]) -> tuple[Row, ...]:
    """Return parameters with what they mean; "x" and "x.op" share a line."""
    return tuple(
        Row(f"{parameter.name}, {parameter.name}.op" if _has_mode(parameter) else parameter.name, _help(parameter))
        for parameter in parameters
        if not parameter.name.endswith(".op")
    )


def _has_mode(parameter: Parameter) -> bool:
    return f"{parameter.name}.op" in _SEARCHED


def _help(parameter: Parameter) -> str:
    choices = f" ({', '.join(parameter.choices)})" if parameter.choices else ""
    needed = "; required" if parameter.is_required else ""
    return parameter.help + choices + needed + ("; may be given many times" if parameter.is_list else "")


def _examples() -> Mapping[str, str]:
    """Return an address for each endpoint that answers with something of this archive; by name."""
    kinds = {"people": "person", "systems": "system", "organizations": "org", "places": "place"}
    try:
        result = search_service().search(SearchRequest(size=1), facets=tuple(kinds), facet_limit=1)
    except DossierError:
        return {"search": api_url("search", [("q", "WORDS")])}
    named = [(facet.field, facet.values[0]) for facet in result.facets if facet.values]
    if not result.hits or not named:
        return {"search": api_url("search", [("q", "WORDS")])}
    (kind, value), hit = named[0], result.hits[0]
    chosen = [(kinds[kind], value.value)]
    other = next((field for field, _ in named[1:]), kind)
    return {
        "search": api_url("search", [*chosen, ("facets", "all")]),
        "facet": api_url(f"facets/{kinds[other]}", chosen),
        "mentions": api_url("mentions", [*chosen, ("kind", kind)]),
        "graph": api_url("graph", chosen),
        "article": api_url(f"articles/{hit.id}"),
        "similar": api_url("similar", [("article", hit.id), ("limit", "3")]),
        "entities": api_url("entities", [("kind", kind)]),
        "entity": api_url(f"entities/{value.value}"),
        "companions": api_url(f"entities/{value.value}/with", [("kind", other), ("order", "lift")]),
        "suggestions": api_url("suggestions", [("kind", kind)]),
        "suggest": api_url("suggest", [("q", value.label[:4].strip())]),
    }
