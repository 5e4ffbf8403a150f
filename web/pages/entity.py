"""The page of an entity."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from flask import Blueprint, redirect, request
from msgspec.structs import replace
from werkzeug.wrappers import Response

from index.catalog.reader import CatalogReader
from index.fields import parameter_of
from index.model import Entity
from search.engines.base import MatchMode, Selection
from search.output.wording import amount_in_words, count_in_words, interval_in_words, kind_in_words
from search.query.ast import Axis
from search.request import SearchRequest
from search.results import Highlight, Hit, Role
from search.views import EntityCount, EntityView, Timeline
from web.access import search_service
from web.addresses.neighbors import selection_of, with_amount, with_mode, with_value
from web.addresses.reading import ENTITY_ORDERS
from web.addresses.urls import (
    amounts_url,
    api_url,
    article_url,
    entity_url,
    facet_url,
    feed_url,
    graph_url,
    search_url,
    suggestions_url,
)
from web.frame.rendering import frame, show
from web.pages.deciding.parts import entity_decisions
from web.parts.highlight import QUERY_ROLES
from web.parts.histogram import draw_histogram
from web.parts.hits import hit_part
from web.parts.records import EntityDecisions, EntityGroup, EntityItem, Frame, HistogramPart, HitPart, Link, Row

__all__ = ["EntityPage", "blueprint"]

blueprint = Blueprint("entity", __name__)

_FEWEST_FOR_LIFT = 2
# So near to 1 both are together about as often as by chance: made-up articles, where all names are independent, have
# little else.
_LEAST_LIFT, _MOST_LIFT = 0.8, 1.25
_TIMELINES = {Axis.PUBLISHED: "Published", Axis.MENTIONED: "Dates mentioned in these articles"}


@dataclass(frozen=True, slots=True)
class EntityPage:
    """One entity: its names, and when, with whom and where it occurs."""

    template: ClassVar[str] = "entity.html"

    frame: Annotated[Frame, "The frame of the page"]
    name: Annotated[str, "Its canonical name"]
    css: Annotated[str, "CSS class of its kind"]
    kind: Annotated[str, 'Its kind in one word ("person")']
    description: Annotated[str, 'A few words about it from a pack, else ""']
    counts: Annotated[str, "In how many articles and how often it occurs"]
    aliases: Annotated[tuple[Row, ...], "Its written forms and how often each occurs; empty where its name is all"]
    provenance: Annotated[tuple[Row, ...], "Its id and pack entry"]
    candidates: Annotated[tuple[Row, ...], "Entities that may be the same, and why"]
    suggestions_url: Annotated[str, "All suggestions of its kind, with the commands that decide"]
    timelines: Annotated[tuple[tuple[str, HistogramPart], ...], "Its articles over time, by each kind of date"]
    groups: Annotated[tuple[EntityGroup, ...], "Entities in the same articles"]
    groups_hint: Annotated[str, "What the numbers beside them are"]
    amounts: Annotated[tuple[Row, ...], "Amounts in its articles"]
    amounts_url: Annotated[str, "All amounts in its articles, with their sentences"]
    dates: Annotated[tuple[Row, ...], "Dates in the sentences here that name it, each with its sentence"]
    hits: Annotated[tuple[HitPart, ...], "Its articles with sentences that name it"]
    shown: Annotated[str, 'How many of the articles are here, "" when all are']
    orders: Annotated[tuple[Link, ...], "The orders of its articles; empty for one article"]
    search_url: Annotated[str, "A search for it"]
    json_url: Annotated[str, "The same as JSON"]
    decisions: Annotated[EntityDecisions, "What was decided about it, and what can be"]
    graph_url: Annotated[str, "Who stands with whom in its articles"]


@blueprint.get("/entity/<entity_id>")
def show_entity(entity_id: str) -> Response:
    """Show the entity with this id; the id of a merged entity redirects permanently."""
    service = search_service()
    order = request.args.get("order", "")
    view = service.entity(entity_id, is_newest_first=order == "newest")
    if view.entity.id != entity_id:
        return redirect(entity_url(view.entity.id), code=301)
    wanted = _search_for(view.entity)
    # Articles are counted once for each axis on which they have dates.
    axes = {Axis.PUBLISHED: view.published, Axis.MENTIONED: view.mentioned}
    timelines = tuple(
        service.timeline(replace(wanted, axis=axis), years=[one.year for one in years])
        for axis, years in axes.items()
        if years
    )
    candidates = _candidates(service.catalog, entity_id)
    return show(_context(view, candidates, timelines, order=order if order in ENTITY_ORDERS else "mentions"))


def _search_for(entity: Entity) -> SearchRequest:
    return SearchRequest(selections=(Selection(entity.kind.value, (entity.id,)),))


def _candidates(catalog: CatalogReader, entity_id: str) -> tuple[Row, ...]:
    """Return the possible duplicates of this entity, with links to their pages."""
    suggestions = catalog.suggestions_about(entity_id)
    others = [row.into if row.entity == entity_id else row.entity for row in suggestions]
    entities = catalog.entities(others)
    return tuple(
        Row(entities[other].name, f"{row.evidence} · suggestion {row.number}", entity_url(other))
        for row, other in zip(suggestions, others, strict=True)
        if other in entities
    )


def _context(
    view: EntityView, candidates: tuple[Row, ...], timelines: tuple[Timeline, ...], *, order: str
) -> EntityPage:
    entity = view.entity
    wanted = _search_for(entity)
    return EntityPage(
        frame=frame(f"{entity.name}, {kind_in_words(entity.kind)}", styles=("reader.css",), feed_url=feed_url(wanted)),
        name=entity.name,
        css=entity.kind.value,
        kind=kind_in_words(entity.kind),
        description=entity.description or "",
        counts=_counts(view),
        aliases=_aliases(entity),
        provenance=_provenance(entity),
        candidates=candidates,
        suggestions_url=suggestions_url(entity.kind),
        timelines=tuple((_TIMELINES[timeline.axis], draw_histogram(wanted, timeline)) for timeline in timelines),
        groups=_groups(view, wanted),
        groups_hint=_with_hint(view),
        amounts=_amounts(view, wanted),
        amounts_url=amounts_url(wanted),
        dates=_dates(view),
        hits=tuple(hit_part(_marking(hit, entity.id), SearchRequest()) for hit in view.articles),
        shown=_shown(view),
        orders=_orders(entity.id, order) if view.documents > 1 else (),
        search_url=search_url(wanted),
        json_url=api_url(f"entities/{entity.id}"),
        decisions=entity_decisions(view),
        graph_url=graph_url(wanted),
    )


def _counts(view: EntityView) -> str:
    articles = count_in_words(view.documents, "article")
    undated = f" ({view.undated:,} undated)" if view.undated else ""
    return f"{articles}{undated} · {count_in_words(view.entity.mentions, 'mention')}"


def _aliases(entity: Entity) -> tuple[Row, ...]:
    """Return the written forms that occur, most frequent first, then those that only a pack knows.

    None where the heading is the only one.
    """
    ordered = sorted(entity.aliases, key=lambda alias: -alias.mentions)
    if all(alias.text == entity.name for alias in ordered):
        return ()
    return tuple(Row(alias.text, f"{alias.mentions:,}" if alias.mentions else "") for alias in ordered)


def _provenance(entity: Entity) -> tuple[Row, ...]:
    rows = (Row("Id", entity.id), Row("Pack entry", entity.reference or ""))
    return tuple(row for row in rows if row.note)


def _groups(view: EntityView, wanted: SearchRequest) -> tuple[EntityGroup, ...]:
    groups = (
        ("People", "people", view.people),
        ("Systems", "systems", view.systems),
        ("Organizations", "organizations", view.organizations),
        ("Places", "places", view.places),
    )
    return tuple(
        EntityGroup(label, css, _items(counts, wanted), facet_url(parameter_of(css), _all_of(wanted, css)))
        for label, css, counts in groups
        if counts
    )


def _all_of(wanted: SearchRequest, field: str) -> SearchRequest:
    """Return the search for the entity that counts within its own articles, also in the facet of its own kind."""
    return with_mode(wanted, field, MatchMode.ALL) if selection_of(wanted, field).values else wanted


def _items(counts: tuple[EntityCount, ...], wanted: SearchRequest) -> tuple[EntityItem, ...]:
    """Return the entities, each with the articles of both and with its page."""
    return tuple(
        EntityItem(
            count.entity.name,
            _shared(count),
            search_url(_both(wanted, count.entity)),
            about_url=entity_url(count.entity.id),
        )
        for count in counts
    )


def _shared(count: EntityCount) -> str:
    """Return the number of articles of both, and the lift where it says something."""
    return f"{count.documents:,}" + (f" · {count.lift:,.1f}×" if _has_lift(count.documents, count.lift) else "")


def _has_lift(documents: int, lift: float) -> bool:
    """True for a lift to show: of one article nearly everything is chance, and near 1 everything is.

    >>> [_has_lift(*counted) for counted in ((1, 9.0), (2, 9.0), (5, 1.1), (5, 0.5))]
    [False, True, False, True]
    """
    return documents >= _FEWEST_FOR_LIFT and lift > 0 and not _LEAST_LIFT < lift < _MOST_LIFT


def _with_hint(view: EntityView) -> str:
    """Say what the numbers beside those in the same articles are."""
    counts = (*view.people, *view.organizations, *view.places, *view.systems)
    has_lift = any(_has_lift(count.documents, count.lift) for count in counts)
    return "Number of articles with both" + ("; “3×”: three times as many as by chance." if has_lift else ".")


def _both(wanted: SearchRequest, other: Entity) -> SearchRequest:
    """Return the search for the articles of the wanted entity that also name another."""
    return with_mode(with_value(wanted, other.kind.value, other.id), other.kind.value, MatchMode.ALL)


def _amounts(view: EntityView, wanted: SearchRequest) -> tuple[Row, ...]:
    """Return the amounts that can be searched for, with the articles of the entity that have them."""
    rows: dict[str, Row] = {}
    for count in view.amounts:
        amount = count.amount
        if amount.value is not None and amount.currency:
            target = with_amount(wanted, f"{amount.value:f} {amount.currency}")
            text = amount_in_words(amount)
            rows.setdefault(text, Row(text, count_in_words(count.documents, "article"), search_url(target)))
    return tuple(rows.values())


def _dates(view: EntityView) -> tuple[Row, ...]:
    return tuple(
        Row(
            interval_in_words(date.interval),
            count_in_words(date.documents, "article"),
            article_url(date.article_id, sentence=date.sentence),
        )
        for date in view.dates
    )


def _marking(hit: Hit, entity_id: str) -> Hit:
    """Return the hit with only the mentions of this entity marked."""
    snippets = tuple(
        replace(
            snippet,
            highlights=tuple(_marked(part, entity_id) for part in snippet.highlights if part.role not in QUERY_ROLES),
        )
        for snippet in hit.snippets
    )
    return replace(hit, snippets=snippets)


def _marked(highlight: Highlight, entity_id: str) -> Highlight:
    return replace(highlight, role=Role.TERM) if highlight.entity_id == entity_id else highlight


def _shown(view: EntityView) -> str:
    """Return the remark for an incomplete list of articles."""
    if len(view.articles) >= view.documents:
        return ""
    return f"{len(view.articles):,} of {view.documents:,}"


def _orders(entity_id: str, order: str) -> tuple[Link, ...]:
    return tuple(
        Link(text, f"{entity_url(entity_id)}?order={name}#articles", is_current=name == order)
        for name, text in ENTITY_ORDERS.items()
    )
