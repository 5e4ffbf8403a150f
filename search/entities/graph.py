"""The graph of entities that share articles of a search: the most frequent ones, and the strongest of their ties."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from index.catalog.reader import CatalogReader
from index.model import ENTITY_KINDS, Entity, Kind
from search.engines.base import FacetRequest, Searcher, Selection
from search.engines.restricting import with_selections
from search.entities.layout import place_nodes
from search.graph_views import GraphNode, GraphTie, GraphView
from search.query.ast import Query

__all__ = ["MAX_NODES", "MAX_TIES", "view_graph"]

MAX_NODES: Final = 40
"""Entities in a graph; of more, nobody can tell the lines apart."""

MAX_TIES: Final = 80
"""Ties in a graph."""

# Two entities of one article stand together by chance. Only where none have two articles, one is enough.
_FEWEST = 2

_Pairs = Sequence[Sequence[int]]


def view_graph(
    query: Query,
    selections: Sequence[Selection],
    *,
    catalog: CatalogReader,
    searcher: Searcher,
    kinds: Sequence[Kind] = (),
    nodes: int = MAX_NODES,
    ties: int = MAX_TIES,
) -> GraphView:
    """Return up to `nodes` entities of `kinds`, all by default, and up to `ties` ties, laid out; two engine calls.

    Entities are those in the most matching articles, then by name. What the search asks for and is in all of them is
    left out: a tie to it says nothing. Ties are those with the most articles in common, then with the highest lift. An
    entity without a tie is left out, unless there are none.
    """
    chosen = frozenset(value for selection in selections for value in selection.values)
    # Facets are counted among the articles that are found, whatever is selected.
    whole = with_selections(query, selections)
    requests = [FacetRequest(kind.value, limit=nodes + len(chosen)) for kind in tuple(kinds) or ENTITY_KINDS]
    found = searcher.search(whole, facets=requests, limit=0)
    counts = {bucket.value: bucket.count for counted in found.facets for bucket in counted.buckets}
    entities = catalog.entities(list(counts))
    constant = [entities[value] for value in sorted(chosen & entities.keys()) if counts[value] == found.total]
    drawn = [entity for entity in entities.values() if entity not in constant]
    drawn.sort(key=lambda entity: (-counts[entity.id], entity.name, entity.id))
    del drawn[nodes:]
    pairs = searcher.pair_counts(whole, [(entity.kind.value, entity.id) for entity in drawn]) if drawn else ()
    every = sorted(_ties(drawn, pairs, total=found.total), key=_rank)
    strong = [tie for tie in every if tie.documents >= _FEWEST] or every
    kept = strong[:ties]
    tied = {entity.id for tie in kept for entity in (tie.first, tie.second)}
    drawn = [entity for entity in drawn if entity.id in tied or not kept]
    return GraphView(
        total=found.total,
        nodes=_nodes(drawn, [counts[entity.id] for entity in drawn], kept),
        ties=tuple(kept),
        constant=tuple(constant),
        entities=sum(counted.distinct for counted in found.facets) - len(constant),
        pairs=len(strong),
    )


def _ties(entities: Sequence[Entity], pairs: _Pairs, *, total: int) -> Iterator[GraphTie]:
    """Yield the entities that stand together at all."""
    for first, second in combinations(range(len(entities)), 2):
        if together := pairs[first][second]:
            lift = together * total / (pairs[first][first] * pairs[second][second])
            yield GraphTie(entities[first], entities[second], together, round(lift, 2))


def _rank(tie: GraphTie) -> tuple[int, float, str, str, str, str]:
    return -tie.documents, -tie.lift, tie.first.name, tie.second.name, tie.first.id, tie.second.id


def _nodes(entities: Sequence[Entity], documents: Sequence[int], ties: Sequence[GraphTie]) -> tuple[GraphNode, ...]:
    numbers = {entity.id: number for number, entity in enumerate(entities)}
    drawn = [(numbers[tie.first.id], numbers[tie.second.id], tie.documents) for tie in ties]
    places = place_nodes(
        [len(entity.name) for entity in entities], drawn, width=GraphView.WIDTH, height=GraphView.HEIGHT
    )
    counted = Counter(number for first, second, _ in drawn for number in (first, second))
    return tuple(
        GraphNode(entity, count, counted[number], *place)
        for number, (entity, count, place) in enumerate(zip(entities, documents, places, strict=True))
    )
