"""The context of the page of the graph."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from web.parts.records import Frame, Link
from web.parts.scope import SearchScope

__all__ = ["GraphPage", "NodePart", "TiePart", "TieRow"]


@dataclass(frozen=True, slots=True)
class NodePart:
    """An entity in the picture."""

    css: Annotated[str, "CSS class of its kind, which decides the shape and the color of its mark"]
    x: Annotated[int, "Place of its mark"]
    y: Annotated[int, "Place of its mark"]
    size: Annotated[str, "Half of the width of its mark"]
    shape: Annotated[str, 'The mark as an SVG path around 0, 0; "" for a circle']
    label: Annotated[str, "Place of the name below the mark"]
    text: Annotated[str, "Its name, shortened to fit"]
    title: Annotated[str, "Its whole name, its kind and in how many articles it is"]
    url: Annotated[str, "Its page"]


@dataclass(frozen=True, slots=True)
class TiePart:
    """A line between two entities."""

    line: Annotated[str, "The line as an SVG path"]
    width: Annotated[str, "Its width"]
    title: Annotated[str, "Both names, and how many articles name both"]
    url: Annotated[str, "The articles of both"]


@dataclass(frozen=True, slots=True)
class TieRow:
    """The same tie as a row of the table."""

    first: Annotated[Link, "The page of one of them; its note is the CSS class of its kind"]
    second: Annotated[Link, "The page of the other"]
    documents: Annotated[str, "How many articles name both"]
    lift: Annotated[str, "How many times more that is than by chance"]
    url: Annotated[str, "The articles of both"]


@dataclass(frozen=True, slots=True)
class GraphPage:
    """The page of the graph of entities that share articles of a search."""

    template: ClassVar[str] = "graph.html"

    frame: Annotated[Frame, "The frame of the page"]
    scope: Annotated[SearchScope, "The articles that it is about"]
    kinds: Annotated[tuple[Link, ...], "The graph of all kinds, and of each alone"]
    shown: Annotated[str, "How many entities and ties are shown, and of how many"]
    constant: Annotated[str, 'Which entities are left out as they are in all articles, else ""']
    view_box: Annotated[str, "The box of the picture"]
    width: Annotated[int, "Its width"]
    extent: Annotated[str, "CSS class: a small picture fits a phone, a large one is made smaller on narrow pages"]
    summary: Annotated[str, "The picture in one sentence"]
    legend: Annotated[tuple[NodePart, ...], "The marks of the kinds that are drawn"]
    nodes: Annotated[tuple[NodePart, ...], "The entities"]
    ties: Annotated[tuple[TiePart, ...], "The lines between them"]
    heads: Annotated[tuple[Link, ...], "Links that sort the table; their notes are the present orders"]
    rows: Annotated[tuple[TieRow, ...], "The ties as a table"]
    json_url: Annotated[str, "The same as JSON"]
