"""The story of a web page: the text of the article without the page around it."""

import logging
from collections.abc import Iterator

import trafilatura
from lxml.etree import iterwalk
from trafilatura.settings import Document

from index.readers.web.page_text import tree_to_text
from index.readers.web.parsing import Element

__all__ = ["read_story"]

# What it does not find, the whole text of the page replaces; nobody needs to read of it.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# Above these the time of trafilatura grows with the square: by runs of inline elements, by depth, by headings at the
# end, and in comparing with other extractors by the number of elements. The bound on all elements keeps a page of a
# megabyte under some seconds. Of 300 news pages the largest has 6,100 elements, the deepest 51 levels.
_LONGEST_RUN = 400
_DEEPEST = 200
_MOST_COMPARED = 12_000
_MOST_ELEMENTS = 50_000
_MOST_HEADINGS = 3000
# Pages of a whole issue or a day have more, and are lists.
_MOST_ARTICLES = 12
_LONG_PARAGRAPH, _LEAST_PARAGRAPHS = 80, 2
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LEFT_OUT = ("time", "label", "output", "dialog", "legend")
_PARAGRAPHS = frozenset(("p", "li", "td", "dd", "blockquote", "em", "strong", "b", "i", "span"))
# A date in a byline has less around it than one in a sentence.
_FEW_LETTERS, _LONG_BEFORE = 3, 40
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd"),
        *("label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"),
        *("u", "var"),
    )
)


def read_story(tree: Element) -> str:
    """Return the story of a page, or all of its text when the two cannot be told apart. Changes `tree`."""
    elements, headings, depth = _size(tree)
    if depth > _DEEPEST or elements > _MOST_ELEMENTS or headings > _MOST_HEADINGS:
        return tree_to_text(tree)
    for element in list(_crowded(tree)):
        _merge_runs(element)
    _keep_words(tree)
    whole = tree_to_text(tree)
    stories = list(_whole_articles(tree))
    found = trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=False, deduplicate=False, fast=elements > _MOST_COMPARED
    )
    text = found.text if isinstance(found, Document) else None
    if text and len(stories) > 1:
        lost = [story for story, probe in stories if probe not in " ".join(text.split())]
        text = "\n\n".join((text, *lost)) if len(lost) < len(stories) else text
    return text or whole


def _whole_articles(tree: Element) -> Iterator[tuple[str, str]]:
    """Yield the text and a paragraph of each article that stands beside others on a page and is whole.

    Teasers have a paragraph or links instead.
    """
    articles = [each for each in tree.iter("article") if next(each.iterancestors("article", "aside"), None) is None]
    if not 1 < len(articles) <= _MOST_ARTICLES:
        return
    for article in articles:
        paragraphs = [text for each in article.iter("p") if len(text := _own_text(each)) >= _LONG_PARAGRAPH]
        if len(paragraphs) >= _LEAST_PARAGRAPHS and articles[0].getparent() is article.getparent():
            yield tree_to_text(article), paragraphs[0]


def _own_text(paragraph: Element) -> str:
    """Return the words of a paragraph on one line, none of one that is mostly a link."""
    text = " ".join("".join(paragraph.itertext()).split())
    linked = sum(len("".join(link.itertext())) for link in paragraph.iter("a"))
    return text if 2 * linked < len(text) else ""


def _keep_words(tree: Element) -> None:
    """Rename elements in a sentence that trafilatura leaves out with their words: "on <time>3 May</time> they met"."""
    for element in tree.iter(*_LEFT_OUT):
        parent, before = element.getparent(), element.getprevious()
        if parent is None or parent.tag not in _PARAGRAPHS:
            continue
        left = (parent.text if before is None else before.tail) or ""
        right = element.tail or ""
        if sum(map(str.isalpha, right)) >= _FEW_LETTERS or len(left.strip()) >= _LONG_BEFORE:
            element.tag = "span"


def _size(tree: Element) -> tuple[int, int, int]:
    """Return the number of elements and of headings, and the greatest depth of a tree."""
    count = headings = depth = deepest = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        headings += event == "start" and element.tag in _HEADINGS
        deepest = max(deepest, depth)
    return count, headings, deepest


def _crowded(tree: Element) -> Iterator[Element]:
    """Yield the elements with many inline children that hold nothing but text."""
    for element in tree.iter():
        if len(element) > _LONGEST_RUN and sum(_is_plain(child) for child in element) > _LONGEST_RUN:
            yield element


def _is_plain(child: Element) -> bool:
    return child.tag in _INLINE and len(child) == 0


def _merge_runs(element: Element) -> None:
    """Replace the inline children of an element by their text, and each run of them by one text."""
    pieces = [element.text or ""]
    before = None
    kept = []
    for child in element:
        if _is_plain(child):
            pieces += (child.text or "", child.tail or "")
            continue
        _set_text_after(element, before, "".join(pieces))
        pieces = [child.tail or ""]
        before = child
        kept.append(child)
    _set_text_after(element, before, "".join(pieces))
    element[:] = kept


def _set_text_after(element: Element, child: Element | None, text: str) -> None:
    if child is None:
        element.text = text
    else:
        child.tail = text
