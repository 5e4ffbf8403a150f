"""The articles that a page beside the results is about: its heading, its notices, and the filters, to be removed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from msgspec import structs

from search.output.wording import count_in_words
from search.request import SearchRequest
from web.addresses.urls import search_url
from web.parts.facets import chips_with_targets
from web.parts.filter_words import filters_in_words, shortened
from web.parts.records import Chip

__all__ = ["SearchScope", "make_scope"]


@dataclass(frozen=True, slots=True)
class SearchScope:
    """The articles of a search, as a page about them says."""

    articles: Annotated[int, "The number of articles"]
    text: Annotated[str, 'How many they are ("in 45 articles for")']
    q: Annotated[str, "The words that were searched for"]
    filters: Annotated[tuple[tuple[str, str], ...], "The active filters in words, in pairs of words and value"]
    back_url: Annotated[str, "The results of the search"]
    notices: Annotated[tuple[str, ...], "What could not be read of the address"]
    chips: Annotated[tuple[Chip, ...], "Active filters"]

    @property
    def title(self) -> str:
        """The same for the title of the page."""
        return f"{self.text} {self.q}".rstrip()


def make_scope(
    request: SearchRequest,
    articles: int,
    *,
    notices: Iterable[str],
    labels: Mapping[tuple[str, str], str],
    address: Callable[[SearchRequest], str],
    is_amount_read: bool = True,
) -> SearchScope:
    """Return the scope of a search that finds so many articles.

    `labels` name the selected values; `address` is that of the page for another search, where removed filters lead.
    An amount that could not be read filters nothing.
    """
    q = shortened(request.q)
    filtering = request if is_amount_read else structs.replace(request, amount="")
    return SearchScope(
        articles=articles,
        text=f"in {count_in_words(articles, 'article')}{' for' if q else ''}",
        q=q,
        filters=filters_in_words(filtering, labels, is_one=articles == 1),
        back_url=search_url(request),
        notices=tuple(notices),
        chips=tuple(
            replace(chip, remove_url=address(target)) for chip, target in chips_with_targets(filtering, labels)
        ),
    )
