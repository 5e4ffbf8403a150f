"""The endpoints of the JSON API. Strict: a parameter that is unknown or cannot be read is an error."""

import json
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from index.errors import NotFoundError, UsageError
from index.model import ENTITY_KINDS, Kind
from search.answer.facets import SIDEBAR_FIELDS, facet_fields
from search.entities.companions import ORDERS
from search.entities.graph import MAX_NODES, MAX_TIES
from search.filters import mention_choice
from search.output.serialization import to_json
from search.request import SearchRequest
from web.access import search_service, strictly_wanted
from web.addresses.reading import (
    BROWSE_ORDERS,
    ENTITY_ORDERS,
    FACET_ORDERS,
    MAX_FIND,
    MAX_PREFIX,
    MAX_QUERY,
    bounded_number,
    facet_field,
    reject_unknown,
)
from web.addresses.urls import article_url, entity_search_url, entity_url
from web.api.answers import (
    ArticleAnswer,
    CompanionsAnswer,
    CompletionsAnswer,
    EntitiesAnswer,
    EntityAnswer,
    FacetAnswer,
    GraphAnswer,
    MentionsAnswer,
    SearchAnswer,
    SimilarAnswer,
    SuggestionsAnswer,
)
from web.api.openapi import Endpoint, describe_api
from web.api.parameters import SEARCH_PARAMETERS, Parameter, facet_parameters
from web.api.records import (
    completion_record,
    entities_answer,
    facet_answer,
    graph_answer,
    mentions_answer,
    search_answer,
    suggestions_answer,
)
from web.middleware.caching import note_search_time
from web.visitors.signing_in import sign_in

__all__ = ["ENDPOINTS", "blueprint"]

blueprint = Blueprint("api", __name__)

_MAX_LIMIT = 1000
_MAX_OFFSET = 1_000_000
_MAX_SIMILAR = 100
_MAX_LIKE = 2_000
_MAX_COMPLETIONS = 20
_LIMIT = Parameter("limit", f"How many, {_MAX_LIMIT:,} at most", is_number=True)
_OFFSET = Parameter("offset", "How many to pass over", is_number=True)

ENDPOINTS = (
    Endpoint(
        "/api/v1/search",
        "search",
        "Articles that match a query and filters, with facets",
        SearchAnswer,
        (
            *SEARCH_PARAMETERS,
            Parameter("facets", f"Facets to count, separated by commas, or all: {', '.join(facet_parameters())}"),
            Parameter("facet_limit", "Values of each facet", is_number=True),
        ),
        "/api/v1/search?q=Patriot+withdrawal&facets=person,system",
    ),
    Endpoint(
        "/api/v1/facets/{parameter}",
        "facet",
        "The values of one facet over the articles of a search",
        FacetAnswer,
        (
            Parameter("parameter", "The facet", facet_parameters(), is_path=True),
            # "order" is that of the values here: the order of articles changes nothing.
            *(parameter for parameter in SEARCH_PARAMETERS if parameter.name != "order"),
            Parameter("find", "Only values one of whose names has a word that begins like this"),
            Parameter("order", "Order of the values", tuple(FACET_ORDERS)),
            _LIMIT,
            _OFFSET,
        ),
        "/api/v1/facets/person?q=S-400",
    ),
    Endpoint(
        "/api/v1/mentions",
        "mentions",
        "The mentions in the articles of a search, a page of articles at a time, each with its sentence and value",
        MentionsAnswer,
        (
            *SEARCH_PARAMETERS,
            Parameter("kind", "Only mentions of this kind", tuple(kind.value for kind in Kind), is_list=True),
            Parameter("beside", "Only from sentences that also name this entity: its id or a name", is_list=True),
        ),
        "/api/v1/mentions?amount=%3E1bn",
    ),
    Endpoint(
        "/api/v1/graph",
        "graph",
        "Who stands with whom in the articles of a search: entities, and ties between them",
        GraphAnswer,
        (
            *SEARCH_PARAMETERS,
            Parameter("kind", "Only entities of this kind", tuple(kind.value for kind in ENTITY_KINDS), is_list=True),
            Parameter("entities", f"How many entities, {MAX_NODES} at most", is_number=True),
            Parameter("ties", f"How many ties, {MAX_TIES} at most", is_number=True),
        ),
        "/api/v1/graph?q=S-400&kind=people",
    ),
    Endpoint(
        "/api/v1/articles/{id}",
        "article",
        "One article with its paragraphs, sentences, entities, amounts and dates, and why each mention is one",
        ArticleAnswer,
        (
            Parameter(
                "id", "Id of the article, the beginning of one, or the path or address it came from", is_path=True
            ),
            Parameter("q", "A query whose words are to be highlighted"),
        ),
    ),
    Endpoint(
        "/api/v1/similar",
        "similar",
        "The articles nearest in meaning to one, or to the first lines of a text, with reasons",
        SimilarAnswer,
        (
            Parameter("article", "Id of the article, the beginning of one, or the path or address it came from"),
            Parameter("like", "A text instead of an article; query and filters narrow what is found"),
            Parameter("limit", f"How many, {_MAX_SIMILAR} at most", is_number=True),
            *SEARCH_PARAMETERS,
        ),
        "/api/v1/similar?like=missiles+for+Turkey&limit=3",
    ),
    Endpoint(
        "/api/v1/entities",
        "entities",
        "The entities of one kind",
        EntitiesAnswer,
        (
            Parameter("kind", "Their kind", tuple(kind.value for kind in ENTITY_KINDS), is_required=True),
            Parameter("prefix", "What a word of one of their names begins with"),
            Parameter("order", "Order", tuple(BROWSE_ORDERS)),
            _LIMIT,
            _OFFSET,
        ),
        "/api/v1/entities?kind=systems",
    ),
    Endpoint(
        "/api/v1/entities/{id}",
        "entity",
        "One entity: names, years, whom and what it is mentioned with, articles with sentences",
        EntityAnswer,
        (
            Parameter("id", "Id of the entity; one that was merged away gives the one it became", is_path=True),
            Parameter("order", "Order of its articles", tuple(ENTITY_ORDERS)),
        ),
    ),
    Endpoint(
        "/api/v1/entities/{id}/with",
        "companions",
        "Entities that appear with one: articles and sentences in common, lift, and months of publication",
        CompanionsAnswer,
        (
            Parameter("id", "Id of the entity", is_path=True),
            Parameter("kind", "Only of this kind", tuple(kind.value for kind in ENTITY_KINDS), is_list=True),
            Parameter("order", "Order, the greatest first", tuple(ORDERS)),
            _LIMIT,
        ),
        "/api/v1/entities/s-400/with?kind=people&order=lift",
    ),
    Endpoint(
        "/api/v1/suggestions",
        "suggestions",
        "Possible duplicates, with the evidence and sentences that mention them",
        SuggestionsAnswer,
        (Parameter("kind", "Only of this kind", tuple(kind.value for kind in ENTITY_KINDS)), _LIMIT, _OFFSET),
        "/api/v1/suggestions?kind=people",
    ),
    Endpoint(
        "/api/v1/suggest",
        "suggest",
        "What the text in the search box may go on to",
        CompletionsAnswer,
        (Parameter("q", "The text, two letters at least"), Parameter("limit", "How many", is_number=True)),
        "/api/v1/suggest?q=erdo",
    ),
)
"""All endpoints, in the order in which they are described."""


@blueprint.get("/api/v1/search")
def search() -> Response:
    """Return the articles that match a query and filters, with facets."""
    wanted = strictly_wanted(also=("facets", "facet_limit"))
    names = request.args.get("facets")
    fields = SIDEBAR_FIELDS if names is None else facet_fields(names)
    limit = bounded_number(request.args.get("facet_limit", ""), "facet_limit", default=10, most=_MAX_LIMIT)
    result = search_service().search(wanted, facets=fields, facet_limit=limit)
    note_search_time(result.milliseconds)
    if result.request.page != wanted.page:
        # Whoever counts pages up has to see the end; on the page, readers see the first page instead.
        raise NotFoundError(f"There is no page {wanted.page:,} of this search.")
    return _answer(search_answer(result))


@blueprint.get("/api/v1/facets/<parameter>")
def facet(parameter: str) -> Response:
    """Return the values of one facet over the articles of a search."""
    field = facet_field(parameter)
    wanted = strictly_wanted(also=("find", "order", "limit", "offset"))
    find, order = request.args.get("find", "")[:MAX_FIND], request.args.get("order", "")
    limit, offset = _slice(default=50)
    values = search_service().facet_values(field.name, wanted, contains=find, order=order, limit=limit, offset=offset)
    own = [(name, value) for name, value in (("find", find), ("order", request.args.get("order", ""))) if value]
    return _answer(facet_answer(values, wanted, own=own, limit=limit, offset=offset))


@blueprint.get("/api/v1/mentions")
def mentions() -> Response:
    """Return the mentions in the articles of one page of a search."""
    wanted = strictly_wanted(also=("kind", "beside"))
    service = search_service()
    choice = mention_choice(service, request.args.getlist("kind"), request.args.getlist("beside"))
    own = [(name, value) for name, value in _pairs() if name in ("kind", "beside")]
    return _answer(mentions_answer(service.mention_page(wanted, choice), wanted, own=own))


@blueprint.get("/api/v1/graph")
def graph() -> Response:
    """Return who stands with whom in the articles of a search."""
    wanted = strictly_wanted(also=("kind", "entities", "ties"))
    kinds = [_kind(name) for name in request.args.getlist("kind")]
    nodes = bounded_number(request.args.get("entities", ""), "entities", default=MAX_NODES, most=MAX_NODES)
    ties = bounded_number(request.args.get("ties", ""), "ties", default=MAX_TIES, most=MAX_TIES)
    return _answer(
        graph_answer(search_service().graph(wanted, kinds=kinds, nodes=nodes, ties=ties), wanted, kinds=kinds)
    )


@blueprint.get("/api/v1/articles/<path:article_id>")
def article(article_id: str) -> Response:
    """Return one article with its paragraphs, sentences, entities, amounts and dates."""
    reject_unknown(request.args, ("q",))
    q = request.args.get("q", "")[:MAX_QUERY]
    service = search_service()
    view = service.article(article_id, q)
    html_url = article_url(view.article.id, SearchRequest(q=q))
    return _answer(ArticleAnswer(True, view, service.why(view.article.id), html_url))


@blueprint.get("/api/v1/similar")
def similar() -> Response:
    """Return the articles nearest in meaning to an article or a text."""
    wanted = strictly_wanted(also=("article", "like", "limit"))
    limit = bounded_number(request.args.get("limit", ""), "limit", default=10, most=_MAX_SIMILAR)
    article_id, text = request.args.get("article", ""), request.args.get("like", "")[:_MAX_LIKE]
    if bool(article_id) == bool(text.strip()):
        raise UsageError("similar needs either article, the id of one, or like, a text.")
    if article_id:
        reject_unknown(request.args, ("article", "limit"))
        return _answer(SimilarAnswer(True, search_service().similar(article_id, limit=limit)))
    return _answer(SimilarAnswer(True, search_service().like(text, wanted, limit=limit)))


@blueprint.get("/api/v1/entities")
def entities() -> Response:
    """Return the entities of one kind."""
    reject_unknown(request.args, ("kind", "prefix", "order", "limit", "offset"))
    limit, offset = _slice(default=50)
    view = search_service().browse(
        _kind(request.args.get("kind", "")),
        prefix=request.args.get("prefix", "")[:MAX_PREFIX],
        order=request.args.get("order") or "documents",
        limit=limit,
        offset=offset,
    )
    return _answer(entities_answer(view))


@blueprint.get("/api/v1/entities/<entity_id>")
def entity(entity_id: str) -> Response:
    """Return one entity with its surroundings."""
    reject_unknown(request.args, ("order",))
    order = request.args.get("order") or "mentions"
    if order not in ENTITY_ORDERS:
        raise UsageError(f"order must be one of {', '.join(ENTITY_ORDERS)}, not {order[:40]!r}.")
    view = search_service().entity(entity_id, is_newest_first=order == "newest")
    return _answer(
        EntityAnswer(True, view, entity_url(view.entity.id), entity_search_url(view.entity.kind, view.entity.id))
    )


@blueprint.get("/api/v1/entities/<entity_id>/with")
def companions(entity_id: str) -> Response:
    """Return the entities that appear with one."""
    reject_unknown(request.args, ("kind", "order", "limit"))
    limit = bounded_number(request.args.get("limit", ""), "limit", default=50, most=_MAX_LIMIT)
    kinds = [_kind(name) for name in request.args.getlist("kind")]
    found = search_service().companions(
        entity_id, kinds=kinds, order=request.args.get("order") or "documents", limit=limit
    )
    return _answer(CompanionsAnswer(True, found, entity_url(entity_id)))


@blueprint.get("/api/v1/suggestions")
def suggestions() -> Response:
    """Return the possible duplicates."""
    reject_unknown(request.args, ("kind", "limit", "offset"))
    kind = _kind(request.args["kind"]) if "kind" in request.args else None
    limit, offset = _slice(default=20)
    service = search_service()
    found = service.suggestions(kind=kind, limit=limit, offset=offset)
    total = service.catalog.count_suggestions(kind=kind)
    return _answer(suggestions_answer(found, total=total, kind=kind, limit=limit, offset=offset))


@blueprint.get("/api/v1/suggest")
def suggest() -> Response:
    """Return completions of the text in the search box."""
    reject_unknown(request.args, ("q", "limit"))
    limit = bounded_number(request.args.get("limit", ""), "limit", default=8, most=_MAX_COMPLETIONS)
    found = search_service().complete(request.args.get("q", "")[:MAX_QUERY], limit)
    return _answer(CompletionsAnswer(True, tuple(completion_record(completion) for completion in found)))


@blueprint.get("/api/openapi.json")
def openapi() -> Response:
    """Return the OpenAPI description of this API."""
    here = sign_in()
    return _json(describe_api(ENDPOINTS, cookie=here.cookie, is_open=here.users is None or here.is_public))


def _pairs() -> list[tuple[str, str]]:
    return list(request.args.items(multi=True))


def _kind(name: str) -> Kind:
    if name not in ENTITY_KINDS:
        raise UsageError(f"kind must be one of {', '.join(ENTITY_KINDS)}, not {name[:40]!r}.")
    return Kind(name)


def _slice(*, default: int) -> tuple[int, int]:
    """Return the limit and offset of the request."""
    limit = bounded_number(request.args.get("limit", ""), "limit", default=default, most=_MAX_LIMIT)
    offset = bounded_number(request.args.get("offset", ""), "offset", default=0, most=_MAX_OFFSET, least=0)
    return limit, offset


def _answer(record: object) -> Response:
    return _json(to_json(record))


def _json(value: Any) -> Response:  # Any: any JSON value
    return Response(json.dumps(value, ensure_ascii=False), mimetype="application/json")
