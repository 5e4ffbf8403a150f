"""All visible text of parsed markup, a paragraph for each block."""

from lxml.etree import iterwalk

from index.readers.web.parsing import Element

__all__ = ["BLOCKS", "NOT_SHOWN", "tree_to_text"]

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"),
        *("section", "table", "td", "th", "tr", "ul"),
    )
)
NOT_SHOWN = frozenset(("script", "style", "head", "noscript", "template", "svg", "title"))


def tree_to_text(tree: Element) -> str:
    """Return the visible text of a tree."""
    pieces: list[str] = []
    hidden = None
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if event == "start" and hidden is None:
            hidden = element if tag in NOT_SHOWN else None
            pieces.append("\n" if tag in BLOCKS else "")
            pieces.append(" ".join((element.text or "").split("\n")) if hidden is None else "")
        elif event == "end":
            hidden = None if element is hidden else hidden
            if hidden is None:
                pieces.append("\n" if tag in BLOCKS else "")
                pieces.append(" ".join((element.tail or "").split("\n")))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n\n".join(line for line in lines if line)
