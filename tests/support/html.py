"""HTML as a list of elements in the order of their tags: what a test can see without a browser."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["Element", "elements_of", "names_of_controls", "tab_stops"]

_VOID = frozenset({"br", "img", "input", "link", "meta", "path", "rect"})


@dataclass(slots=True)
class Element:
    """An element with its attributes, the elements around it, and all text inside it."""

    tag: str
    attributes: dict[str, str]
    ancestors: tuple["Element", ...]
    text: str = field(default="")

    def get(self, name: str) -> str:
        """Return an attribute, "" when it has none."""
        return self.attributes.get(name, "")

    def has_class(self, name: str) -> bool:
        """True when it is of this class."""
        return name in self.get("class").split()

    def is_inside(self, test: Callable[["Element"], bool]) -> bool:
        """True when an element around it passes a test."""
        return any(map(test, self.ancestors))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open))
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self._open, f"</{tag}> closes nothing"
            assert self._open[-1].tag == tag, f"</{tag}> stands where <{self._open[-1].tag}> is open"
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data


def elements_of(html: str) -> list[Element]:
    """Return all elements of a page by their opening tags; an element that is closed wrongly is an `AssertionError`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.elements


def tab_stops(elements: Sequence[Element]) -> Iterator[Element]:
    """Yield what the Tab key reaches on a page without JavaScript whose `<details>` are open."""
    for element in elements:
        is_link = element.tag == "a" and bool(element.get("href"))
        is_control = element.tag in ("input", "select", "button", "textarea") and element.get("type") != "hidden"
        if (is_link or is_control or element.tag == "summary") and element.get("tabindex") != "-1":
            yield element


def names_of_controls(elements: Sequence[Element]) -> dict[str, str]:
    """Return the accessible name of each field by its id: its label, or what it says itself."""
    labels = {element.get("for"): element.text for element in elements if element.tag == "label"}
    return {
        element.get("id"): element.get("aria-label")
        or labels.get(element.get("id"), "")
        or next((outer.text for outer in element.ancestors if outer.tag == "label"), "")
        for element in elements
        if element.tag in ("input", "select") and element.get("type") != "hidden"
    }
