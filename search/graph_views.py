"""Records of a graph: entities of the articles of a search, and the ties between them."""

from typing import ClassVar

from msgspec import Struct

from index.model import Entity

__all__ = ["GraphNode", "GraphTie", "GraphView"]


class GraphNode(Struct, frozen=True):
    """An entity of a graph: in how many matching articles it is, how many ties it has, and where it is drawn.

    `x` and `y` are the center of its mark, in a box of `GraphView.WIDTH` by `GraphView.HEIGHT`.
    """

    entity: Entity
    documents: int
    ties: int
    x: int
    y: int


class GraphTie(Struct, frozen=True):
    """Two entities with the number of matching articles that name both.

    `lift` says how many times more that is than by chance among these articles.
    """

    first: Entity
    second: Entity
    documents: int
    lift: float


class GraphView(Struct, frozen=True):
    """The graph of entities that share some of `total` articles. `entities` and `pairs` count all, shown or not.

    `pairs` counts those among the entities shown. `constant` are entities that the search asks for and that stand in
    all of its articles: they are not drawn.
    """

    WIDTH: ClassVar[int] = 1000
    HEIGHT: ClassVar[int] = 640

    total: int
    nodes: tuple[GraphNode, ...]
    ties: tuple[GraphTie, ...]
    constant: tuple[Entity, ...]
    entities: int
    pairs: int
