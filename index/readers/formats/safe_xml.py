"""Parse XML of strangers: no network, no files, no entities, bounded depth and text."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol

from lxml import etree

from index.errors import ReadError

__all__ = ["Node", "is_element", "local_name", "namespace", "parse_events", "walk"]


class Node(Protocol):
    """The part of lxml's element interface that is used here (lxml has no types of its own)."""

    tag: str
    text: str | None
    tail: str | None

    def get(self, name: str, default: str | None = None) -> str | None:
        """Return an attribute."""
        ...

    def items(self) -> Iterable[tuple[str, str]]:
        """Return the attributes."""
        ...

    def itertext(self) -> Iterator[str]:
        """Iterate over the pieces of all text in it."""
        ...

    def clear(self) -> None:
        """Forget what the element holds."""
        ...

    def getparent(self) -> "Node | None":
        """Return the parent."""
        ...

    def __iter__(self) -> Iterator["Node"]:
        """Iterate over the children."""
        ...


def parse_events(stream: BinaryIO, *, is_lenient: bool = False) -> Iterator[tuple[str, Node]]:
    """Yield ("start", node) and ("end", node) for the elements of a document as they come.

    With `is_lenient`, faults of the document are passed over as far as possible. Raises `ReadError` ("damaged") for
    what is not XML, for elements nested more than 256 deep and texts of more than 10 MB.
    """
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=is_lenient,
    )
    try:
        for event, node in events:
            if is_element(node):
                yield event, node
    except etree.XMLSyntaxError as error:
        hint = "Open and save it again."
        raise ReadError(f"damaged XML: {error.msg}"[:300], reason="damaged", hint=hint) from error


def walk(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield ("start", node) and ("end", node) for a node and all in it, in the order of the document."""
    for event, inner in etree.iterwalk(node, events=("start", "end")):
        if is_element(inner):
            yield event, inner


def is_element(node: object) -> bool:
    """True for an element, false for a reference to an unknown entity."""
    return isinstance(getattr(node, "tag", None), str)


def local_name(node: Node) -> str:
    """Return the name of an element without its namespace."""
    return node.tag.rpartition("}")[2]


def namespace(node: Node) -> str:
    """Return the namespace of an element, "" for none."""
    return node.tag[1:].partition("}")[0] if node.tag.startswith("{") else ""
