"""Convert markup to its visible text, all of it: for fragments of HTML in fields and mail, not for whole pages."""

import re

import lxml.html
from lxml.etree import ParserError

__all__ = ["looks_like_markup", "markup_to_text"]

_TAG = re.compile(r"</(?:p|div|span|a|b|i|em|strong|li|ul|h[1-6]|td|html|body)>|<br\s*/?>|<p[ >]", re.IGNORECASE)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"),
        *("section", "table", "td", "th", "tr", "ul"),
    )
)
_NOT_SHOWN = frozenset(("script", "style", "head", "noscript", "template", "svg", "title"))


def looks_like_markup(text: str) -> bool:
    """True when `text` has tags that only HTML has."""
    return "<" in text and _TAG.search(text) is not None


def markup_to_text(markup: str) -> str:
    r"""Return the text of a fragment of HTML, one paragraph for each block.

    >>> markup_to_text("<p>One <b>two</b></p><p>three</p>")
    'One two\n\nthree'
    """
    # The parser is told the encoding, because it would believe a declaration in the text.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(markup.encode("utf-8", errors="replace"), parser=parser)
    except ParserError:  # Nothing but comments.
        return ""
    pieces: list[str] = []
    hidden = None
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if event == "start" and hidden is None:
            hidden = element if tag in _NOT_SHOWN else None
            pieces.append("\n" if tag in _BLOCKS else "")
            pieces.append(" ".join((element.text or "").split("\n")) if hidden is None else "")
        elif event == "end":
            hidden = None if element is hidden else hidden
            if hidden is None:
                pieces.append("\n" if tag in _BLOCKS else "")
                pieces.append(" ".join((element.tail or "").split("\n")))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n\n".join(line for line in lines if line)
