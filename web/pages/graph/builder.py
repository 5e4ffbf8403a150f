"""Build the context of the page of the graph."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from index.model import ENTITY_KINDS, Entity, Kind
from search.engines.base import MatchMode
from search.entities.layout import MAX_LETTERS, box_of
from search.graph_views import GraphNode, GraphTie, GraphView
from search.output.wording import count_in_words, kind_in_words
from search.request import SearchRequest
from web.addresses.neighbors import selection_of, with_mode, with_query, with_value
from web.addresses.urls import PARAMETER_OF_KIND, entity_url, graph_url, search_url
from web.frame.rendering import frame
from web.pages.graph.context import GraphPage, NodePart, TiePart, TieRow
from web.parts.records import Link
from web.parts.scope import make_scope

__all__ = ["ORDERS", "context_of"]

_Order = Callable[[GraphTie], tuple[float, ...] | tuple[str, ...]]

ORDERS: Mapping[str, _Order] = {
    "articles": lambda tie: (-tie.documents, -tie.lift),
    "lift": lambda tie: (-tie.lift, -tie.documents),
    "name": lambda tie: (tie.first.name, tie.second.name),
}
"""Orders of the table, by the value of the parameter `by`."""

# Widths of pictures, in pixels: a small one fits a phone, and a large one is made smaller on narrow pages.
_SMALL, _MEDIUM = 400, 700
_SMALLEST, _LARGEST = 7.0, 19.0
_THINNEST, _THICKEST = 1.5, 9.0
# The marks of kinds are those of every page, told apart by shape as well as by color: people are circles.
_SHAPES: Mapping[Kind, tuple[tuple[float, float], ...]] = {
    Kind.ORGANIZATIONS: ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    Kind.PLACES: ((0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)),
    Kind.SYSTEMS: ((0.0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
}


def context_of(
    graph: GraphView,
    request: SearchRequest,
    *,
    kinds: Sequence[Kind],
    order: str,
    notices: Iterable[str],
    labels: Mapping[tuple[str, str], str],
    amount_error: str = "",
) -> GraphPage:
    """Return the context of the page. `order` is one of `ORDERS`; `labels` name the selected values."""
    scope = make_scope(
        request,
        graph.total,
        notices=notices,
        labels=labels,
        address=lambda target: graph_url(target, kinds=kinds, by=order),
        is_amount_read=not amount_error,
    )
    shown = _shown(graph)
    box = box_of(
        [len(node.entity.name) for node in graph.nodes],
        [(node.x, node.y) for node in graph.nodes],
        width=GraphView.WIDTH,
        height=GraphView.HEIGHT,
    )
    return GraphPage(
        frame=frame(f"Who with whom {scope.title}", q=request.q, styles=("graph.css",)),
        scope=scope,
        kinds=_kind_links(request, kinds, order),
        shown=shown,
        constant=_constant(graph.constant),
        view_box=" ".join(map(str, box)),
        width=box[2],
        extent=_extent(box[2]),
        summary=f"Graph: {shown} The table below has the same ties.",
        legend=tuple(_legend(kind) for kind in ENTITY_KINDS if any(node.entity.kind is kind for node in graph.nodes)),
        nodes=_nodes(graph.nodes),
        ties=_ties(graph, request),
        heads=_heads(request, kinds, order),
        rows=tuple(_row(tie, request) for tie in sorted(graph.ties, key=ORDERS[order])),
        json_url=graph_url(request, kinds=kinds, path="/api/v1/graph"),
    )


def _extent(width: int) -> str:
    if width <= _SMALL:
        return "small"
    return "medium" if width <= _MEDIUM else "large"


def _shown(graph: GraphView) -> str:
    """Say how much is shown, and how much is left out.

    >>> _shown(GraphView(total=9, nodes=(), ties=(), constant=(), entities=45, pairs=90))
    '0 of 45 entities, the most frequent ones with ties; 0 of 90 ties between them, those of the most articles.'
    """
    entities, ties = len(graph.nodes), len(graph.ties)
    named = count_in_words(entities, "entity", "entities")
    tied = count_in_words(ties, "tie")
    if entities < graph.entities:
        named = f"{entities} of {graph.entities:,} entities, the most frequent ones with ties"
    if ties < graph.pairs:
        tied = f"{ties} of {graph.pairs:,} ties between them, those of the most articles"
    return f"{named}; {tied}."


def _constant(entities: Sequence[Entity]) -> str:
    if not entities:
        return ""
    names = ", ".join(entity.name for entity in entities)
    return f"Not drawn, because all these articles name {'it' if len(entities) == 1 else 'them'}: {names}."


def _kind_links(request: SearchRequest, kinds: Sequence[Kind], order: str) -> tuple[Link, ...]:
    every = Link("all kinds", graph_url(request, by=order), is_current=not kinds)
    each = (
        Link(kind.value, graph_url(request, kinds=(kind,), by=order), is_current=tuple(kinds) == (kind,))
        for kind in ENTITY_KINDS
    )
    return (every, *each)


def _nodes(nodes: Sequence[GraphNode]) -> tuple[NodePart, ...]:
    most = max((node.documents for node in nodes), default=1)
    return tuple(
        _node(
            node.entity.kind,
            _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(node.documents / most),
            x=node.x,
            y=node.y,
            text=_shortened(node.entity.name),
            title=f"{node.entity.name}, {kind_in_words(node.entity.kind)}, {count_in_words(node.documents, 'article')}",
            url=entity_url(node.entity.id),
        )
        for node in nodes
    )


def _legend(kind: Kind) -> NodePart:
    return _node(kind, _SMALLEST, x=0, y=0, text=kind.value, title="", url="")


def _node(kind: Kind, size: float, *, x: int, y: int, text: str, title: str, url: str) -> NodePart:
    corners = " ".join(f"{dx * size:.1f},{dy * size:.1f}" for dx, dy in _SHAPES.get(kind, ()))
    return NodePart(
        css=kind.value,
        x=x,
        y=y,
        size=f"{size:.1f}",
        shape=f"M{corners}z" if corners else "",
        label=f"{size + 15:.0f}",
        text=text,
        title=title,
        url=url,
    )


def _shortened(name: str) -> str:
    """Return a name that has room.

    >>> _shortened("Grandmaster Oleandra Thessalonika")
    'Grandmaster Oleandra Th…'
    """
    return name if len(name) <= MAX_LETTERS else name[: MAX_LETTERS - 1].rstrip() + "…"


def _ties(graph: GraphView, request: SearchRequest) -> tuple[TiePart, ...]:
    """Return the lines, the thinnest last, so that no thick one covers them."""
    places = {node.entity.id: (node.x, node.y) for node in graph.nodes}
    most = max((tie.documents for tie in graph.ties), default=1)
    return tuple(
        TiePart(
            line="M{} {}L{} {}".format(*places[tie.first.id], *places[tie.second.id]),
            width=f"{_THINNEST + (_THICKEST - _THINNEST) * tie.documents / most:.1f}",
            title=f"{tie.first.name} and {tie.second.name}: {count_in_words(tie.documents, 'article')}",
            url=_both_url(tie, request),
        )
        for tie in graph.ties
    )


def _heads(request: SearchRequest, kinds: Sequence[Kind], order: str) -> tuple[Link, ...]:
    texts = {
        "name": ("Who", "ascending"),
        "articles": ("Articles of both", "descending"),
        "lift": ("Lift", "descending"),
    }
    return tuple(
        Link(text, graph_url(request, kinds=kinds, by=by), sort if by == order else "none")
        for by, (text, sort) in texts.items()
    )


def _row(tie: GraphTie, request: SearchRequest) -> TieRow:
    return TieRow(
        first=_named(tie.first),
        second=_named(tie.second),
        documents=f"{tie.documents:,}",
        lift=f"{tie.lift:,.1f}×",
        url=_both_url(tie, request),
    )


def _named(entity: Entity) -> Link:
    return Link(entity.name, entity_url(entity.id), entity.kind.value)


def _both_url(tie: GraphTie, request: SearchRequest) -> str:
    """Return the results of the same search that name both."""
    for entity in (tie.first, tie.second):
        request = _naming(request, entity)
    return search_url(request)


def _naming(request: SearchRequest, entity: Entity) -> SearchRequest:
    """Return the search for those of its articles that name an entity as well."""
    field = entity.kind.value
    selection = selection_of(request, field)
    if selection.mode is MatchMode.ANY and len(selection.values) > 1:
        # Any of several values, and this one: the filter cannot say it, the query can.
        words = f"({request.q}) " if request.q.strip() else ""
        return with_query(request, f'{words}{PARAMETER_OF_KIND[entity.kind]}:"{entity.id}"')
    return with_mode(with_value(request, field, entity.id), field, MatchMode.ALL)
