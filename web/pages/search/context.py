"""The context of the results page."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from web.parts.records import (
    AmountsPart,
    Chip,
    FacetPart,
    Frame,
    HistogramPart,
    HitPart,
    Link,
    Lock,
    NotePart,
    Option,
    Pager,
)

__all__ = ["SearchPage"]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The results of a search."""

    template: ClassVar[str] = "search.html"

    frame: Annotated[Frame, "The frame of the page"]
    count: Annotated[str, 'The heading: how many articles ("2 articles")']
    lead: Annotated[str, 'What stands between the count and the words ("for"), "" when there are no words']
    q: Annotated[str, "The words that were searched for"]
    filters: Annotated[tuple[tuple[str, str], ...], 'The active filters in words, "that name" and a name']
    status: Annotated[str, "The result in one sentence, for screen readers"]
    interpretation: Annotated[str, 'How the words were read ("all of: patriot + withdraw(al)"), "" when there are none']
    readings: Annotated[tuple[Link, ...], "Other ways to read the same words"]
    fallback: Annotated[str, 'That nothing has all the words and what is shown instead, else ""']
    more: Annotated[Link | None, "The articles with only some of the words, where there are more of them"]
    notices: Annotated[tuple[str, ...], "Notices about the query"]
    notes: Annotated[tuple[NotePart, ...], "Words of the query that are also entities"]
    suggestions: Annotated[tuple[Link, ...], "Searches that may have been meant"]
    ways_out: Annotated[tuple[Link, ...], "When nothing was found: each filter, and how many there are without it"]
    chips: Annotated[tuple[Chip, ...], "Active filters"]
    more_chips: Annotated[int, "How many more active filters there are"]
    locks: Annotated[tuple[Lock, ...], "Locked filters that this search does not have"]
    lock_url: Annotated[str, "This search with them"]
    clear_url: Annotated[str, "The same words without filters"]
    kept: Annotated[tuple[tuple[str, str], ...], "Parameters that the form passes on without showing them"]
    closest: Annotated[tuple[Link, ...], "The nearest articles in meaning, when none has any of the words"]
    closest_heading: Annotated[str, "Heading of these"]
    facets: Annotated[tuple[FacetPart, ...], "Facets with check boxes, in the order shown"]
    amounts: Annotated[AmountsPart, "Filter by amounts of money"]
    histogram: Annotated[HistogramPart, "Articles over time, and the filter by date"]
    sorts: Annotated[tuple[Option, ...], "Orders of the results"]
    hits: Annotated[tuple[HitPart, ...], "The articles of this page"]
    partial: Annotated[tuple[HitPart, ...], "The best articles with some of the words, when the page has room for them"]
    partial_heading: Annotated[str, "Heading of these"]
    partial_more: Annotated[Link | None, "All articles with some of the words, when there are more than these"]
    first_rank: Annotated[int, "Number of the first hit, from 1"]
    undated: Annotated[str, 'How many of the results are undated and where they stand, "" when it does not matter']
    pager: Annotated[Pager, "Links to the other pages"]
    exports: Annotated[tuple[Link, ...], "All results as a file"]
    graph_url: Annotated[str, "Who stands with whom in the results"]
