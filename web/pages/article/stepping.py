"""The bar that leads through an article: from match to match of the words, or from mention to mention of a name."""

from collections.abc import Sequence
from urllib.parse import urlencode

from search.output.wording import count_in_words
from search.request import SearchRequest
from web.addresses.urls import article_url
from web.pages.article.context import StepBar
from web.parts.records import Link

__all__ = ["NAME_MODES", "name_links", "step_bar", "step_url"]

NAME_MODES = {"all": "all", "matched": "only those asked for", "off": "off"}
"""Choices of the names that are marked in an article, by the value of the parameter `names`."""


def step_url(
    article_id: str, request: SearchRequest, *, name: str = "", at: int = 0, names: str = "", anchor: str = ""
) -> str:
    """Return the address of an article at a step of a name, or of the words when no name is chosen.

    >>> step_url("a", SearchRequest(q="x"), name="nato", at=2, anchor="m-7")
    '/article/a?q=x&name=nato&at=2#m-7'
    """
    own = [("name", name), ("at", str(at) if at else ""), ("names", "" if names == "all" else names)]
    given = urlencode([pair for pair in own if pair[1]])
    address = article_url(article_id, request)
    joiner = "&" if "?" in address else "?"
    return address + (f"{joiner}{given}" if given else "") + (f"#{anchor}" if anchor else "")


def step_bar(
    article_id: str,
    request: SearchRequest,
    anchors: Sequence[str],
    *,
    label: str,
    name: str,
    at: int,
    names: str,
) -> StepBar | None:
    """Return the bar over some places of the article, None without any; `at` counts from 1, 0 is before the first."""
    if not anchors:
        return None
    here = min(at, len(anchors))
    noun, plural = ("mention", "mentions") if name else ("match", "matches")
    number = count_in_words(len(anchors), noun, plural)

    def address(number: int) -> str:
        return step_url(article_id, request, name=name, at=number, names=names, anchor=anchors[number - 1])

    return StepBar(
        label=label,
        position=f"{here:,} of {len(anchors):,}" if here else f"{number} in this article",
        noun=noun,
        previous_url=address(here - 1) if here > 1 else "",
        next_url=address(here + 1) if here < len(anchors) else "",
        next_text="Next" if here else "First",
        close_url=step_url(article_id, request, names=names) if name else "",
    )


def name_links(article_id: str, request: SearchRequest, *, name: str, at: int, names: str) -> tuple[Link, ...]:
    """Return the ways to mark names, the present one marked."""
    return tuple(
        Link(text, step_url(article_id, request, name=name, at=at, names=mode), is_current=mode == names)
        for mode, text in NAME_MODES.items()
    )
