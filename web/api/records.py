"""Convert answers of the service to answers of the API: the same facts, with links to the next requests."""

from collections.abc import Sequence

from index.model import Entity, Kind
from search.engines.base import MatchMode
from search.entities.explanations import SuggestionView
from search.graph_views import GraphView
from search.output.wording import count_in_words, kind_in_words
from search.parameters import to_parameters
from search.request import SearchRequest
from search.results import Facet, FacetValue, SearchResult
from search.views import BrowseView, Completion, MentionPage
from web.addresses.neighbors import at_page, with_value, without_value
from web.addresses.urls import (
    api_facet_url,
    api_search_url,
    api_url,
    browse_url,
    entity_search_url,
    entity_url,
    facet_url,
    graph_url,
    query_url,
    search_url,
    suggestions_url,
)
from web.api.answers import (
    CompletionRecord,
    EntitiesAnswer,
    FacetAnswer,
    FacetRecord,
    FacetValueRecord,
    GraphAnswer,
    GraphEntityRecord,
    GraphTieRecord,
    MentionsAnswer,
    SearchAnswer,
    SuggestionsAnswer,
)
from web.parts.pager import page_count

__all__ = [
    "completion_record",
    "entities_answer",
    "facet_answer",
    "graph_answer",
    "mentions_answer",
    "search_answer",
    "suggestions_answer",
]


def graph_answer(graph: GraphView, request: SearchRequest, *, kinds: Sequence[Kind]) -> GraphAnswer:
    """Return who stands with whom."""
    return GraphAnswer(
        ok=True,
        total=graph.total,
        entities=tuple(
            GraphEntityRecord(
                node.entity.id,
                node.entity.kind,
                node.entity.name,
                node.documents,
                node.ties,
                node.x,
                node.y,
                entity_url(node.entity.id),
            )
            for node in graph.nodes
        ),
        ties=tuple(GraphTieRecord(tie.first.id, tie.second.id, tie.documents, tie.lift) for tie in graph.ties),
        constant=tuple(entity.id for entity in graph.constant),
        all_entities=graph.entities,
        all_ties=graph.pairs,
        html_url=graph_url(request, kinds=kinds),
    )


def search_answer(result: SearchResult) -> SearchAnswer:
    """Return the answer to a search."""
    request = result.request
    pages = page_count(result.total, request.size or 1)
    return SearchAnswer(
        ok=True,
        query=request.q,
        interpretation=result.interpretation,
        total=result.total,
        total_all=result.total_all,
        total_any=result.total_any,
        is_any=result.is_any,
        undated=result.undated,
        page=request.page,
        pages=pages,
        size=request.size,
        hits=result.hits,
        partial=result.partial,
        closest=result.closest,
        facets=tuple(_facet(facet, request) for facet in result.facets),
        notices=result.notices,
        entity_notes=result.entity_notes,
        suggestions=result.suggestions,
        html_url=search_url(request),
        next_url=api_search_url(at_page(request, request.page + 1)) if request.page < pages else None,
        previous_url=api_search_url(at_page(request, request.page - 1)) if request.page > 1 else None,
        milliseconds=round(result.milliseconds, 2),
    )


def facet_answer(
    facet: Facet, request: SearchRequest, *, own: list[tuple[str, str]], limit: int, offset: int
) -> FacetAnswer:
    """Return a page of the values of a facet; `own` are the parameters of the endpoint itself."""
    has_more = offset + limit < facet.distinct
    following = [*own, ("limit", str(limit)), ("offset", str(offset + limit))]
    return FacetAnswer(
        ok=True,
        facet=_facet(facet, request),
        html_url=facet_url(facet.parameter, request),
        next_url=api_facet_url(facet.parameter, request, extra=following) if has_more else None,
    )


def mentions_answer(found: MentionPage, request: SearchRequest, *, own: list[tuple[str, str]]) -> MentionsAnswer:
    """Return the mentions in a page of articles; `own` are the parameters of the endpoint itself."""
    pages = page_count(found.total, request.size or 1)
    following = [*to_parameters(at_page(request, request.page + 1)), *own]
    return MentionsAnswer(
        ok=True,
        total=found.total,
        page=request.page,
        pages=pages,
        size=request.size,
        mentions=found.mentions,
        html_url=search_url(request),
        next_url=api_url("mentions", following) if request.page < pages else None,
    )


def entities_answer(view: BrowseView) -> EntitiesAnswer:
    """Return a page of the entities of a kind."""
    has_more = view.offset + view.limit < view.total
    following = [
        ("kind", view.kind.value),
        ("prefix", view.prefix),
        ("order", view.order),
        ("limit", str(view.limit)),
        ("offset", str(view.offset + view.limit)),
    ]
    return EntitiesAnswer(
        ok=True,
        kind=view.kind,
        total=view.total,
        entities=view.entities,
        html_url=browse_url(view.kind),
        next_url=api_url("entities", [pair for pair in following if pair[1]]) if has_more else None,
    )


def suggestions_answer(
    found: tuple[SuggestionView, ...], *, total: int, kind: Kind | None, limit: int, offset: int
) -> SuggestionsAnswer:
    """Return a page of the possible duplicates."""
    following = [("kind", kind.value)] if kind else []
    following += [("limit", str(limit)), ("offset", str(offset + limit))]
    return SuggestionsAnswer(
        ok=True,
        total=total,
        suggestions=found,
        html_url=suggestions_url(kind),
        next_url=api_url("suggestions", following) if offset + limit < total else None,
    )


def completion_record(completion: Completion) -> CompletionRecord:
    """Return a completion as a suggestion under the search box."""
    entity = completion.entity
    count = count_in_words(completion.documents, "article")
    return CompletionRecord(
        name=completion.text,
        kind=entity.kind.value if entity else "word",
        documents=completion.documents,
        note=f"{kind_in_words(entity.kind)} · {count}" if entity else count,
        url=_target(completion.text, entity),
    )


def _target(text: str, entity: Entity | None) -> str:
    return entity_search_url(entity.kind, entity.id) if entity else query_url(text)


def _facet(facet: Facet, request: SearchRequest) -> FacetRecord:
    return FacetRecord(
        field=facet.field,
        parameter=facet.parameter,
        label=facet.label,
        mode=MatchMode(facet.mode),
        values=tuple(_value(value, facet, request) for value in facet.values),
        distinct=facet.distinct,
        unnamed=facet.unnamed,
        is_truncated=facet.distinct > len(facet.values),
        url=api_facet_url(facet.parameter, request),
    )


def _value(value: FacetValue, facet: Facet, request: SearchRequest) -> FacetValueRecord:
    is_on = value.is_selected or value.is_excluded
    change = without_value if is_on else with_value
    return FacetValueRecord(
        value=value.value,
        label=value.label,
        count=value.count,
        is_selected=value.is_selected,
        is_excluded=value.is_excluded,
        category=value.category,
        toggle_url=api_search_url(change(request, facet.field, value.value)),
    )
