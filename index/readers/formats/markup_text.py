"""Convert markup to its visible text, all of it: for fragments of HTML in fields and mail, not for whole pages."""

import html
import re

from index.errors import ReadError
from index.readers.web.page_text import tree_to_text
from index.readers.web.parsing import TOO_DEEP, parse_page

__all__ = ["looks_like_markup", "markup_to_text"]

_TAG = re.compile(r"</(?:p|div|span|a|b|i|em|strong|li|ul|h[1-6]|td|html|body)>|<br\s*/?>|<p[ >]", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")


def looks_like_markup(text: str) -> bool:
    """True when `text` has tags that only HTML has."""
    return "<" in text and _TAG.search(text) is not None


def markup_to_text(markup: str) -> str:
    r"""Return the text of a fragment of HTML, one paragraph for each block.

    Of a fragment that is nested too deep to be parsed, the text without tags.

    >>> markup_to_text("<p>One <b>two</b></p><p>three</p>")
    'One two\n\nthree'
    """
    try:
        return tree_to_text(parse_page(markup))
    except ReadError as error:
        if error.reason == TOO_DEEP:
            return " ".join(html.unescape(_ANY_TAG.sub(" ", markup)).split())
        return ""  # Nothing but comments.
