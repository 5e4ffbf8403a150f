"""Contexts of the templates: one frozen record for each template, every field with its help.

A template gets its record as `page` and nothing else; it decides the layout, never the content. Texts are plain (`str`)
or already safe (`Markup`, made only by `web.highlight`). An address is always relative to this site.
"""

from dataclasses import dataclass
from typing import Annotated

from markupsafe import Markup

from web.parts import (
    AmountsPart,
    Chip,
    EntityGroup,
    FacetPart,
    Frame,
    HistogramPart,
    HitPart,
    Link,
    NotePart,
    Option,
    Pager,
    Paragraph,
    ReasonPart,
    Row,
    SuggestionPart,
)

__all__ = [
    "TEMPLATES",
    "ApiPage",
    "ArticlePage",
    "BrowsePage",
    "EmptyPage",
    "EntityPage",
    "ErrorPage",
    "FacetPage",
    "HelpPage",
    "HomePage",
    "Page",
    "SearchPage",
    "SuggestionsPage",
]


@dataclass(frozen=True, slots=True)
class HomePage:
    """The home page: the search box, and the most frequent entities of the archive."""

    frame: Annotated[Frame, "The frame of the page"]
    summary: Annotated[str, "Size of the archive in one sentence"]
    examples: Annotated[tuple[Link, ...], "Searches to try that give something in this archive"]
    groups: Annotated[tuple[EntityGroup, ...], "The most frequent entities of each kind"]
    histogram: Annotated[HistogramPart | None, "The years the archive speaks of; None when it mentions none"]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The results of a search."""

    frame: Annotated[Frame, "The frame of the page"]
    count: Annotated[str, 'The heading: how many articles ("2 articles")']
    lead: Annotated[str, 'What stands between the count and the words ("for"), "" when there are no words']
    q: Annotated[str, "The words that were searched for"]
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
    clear_url: Annotated[str, "The same words without filters"]
    kept: Annotated[tuple[tuple[str, str], ...], "Parameters that the form passes on without showing them"]
    facets: Annotated[tuple[FacetPart, ...], "Facets with check boxes, in the order shown"]
    amounts: Annotated[AmountsPart, "Filter by amounts of money"]
    histogram: Annotated[HistogramPart, "Articles over time, and the filter by date"]
    sorts: Annotated[tuple[Option, ...], "Orders of the results"]
    hits: Annotated[tuple[HitPart, ...], "The articles of this page"]
    first_rank: Annotated[int, "Number of the first hit, from 1"]
    undated: Annotated[str, 'How many of the results are undated and where they stand, "" when it does not matter']
    pager: Annotated[Pager, "Links to the other pages"]
    exports: Annotated[tuple[Link, ...], "All results as a file"]
    milliseconds: Annotated[str, 'How long the search took ("2 ms")']


@dataclass(frozen=True, slots=True)
class FacetPage:
    """All values of one facet."""

    frame: Annotated[Frame, "The frame of the page"]
    heading: Annotated[str, 'What is listed ("7 people")']
    scope: Annotated[str, 'In which articles ("in 2 articles for")']
    q: Annotated[str, "The words that were searched for"]
    facet: Annotated[FacetPart, "The values of this page"]
    chips: Annotated[tuple[Chip, ...], "Active filters"]
    kept: Annotated[tuple[tuple[str, str], ...], "Parameters that the form with the check boxes passes on"]
    finder_kept: Annotated[tuple[tuple[str, str], ...], "Parameters that the form which searches the values passes on"]
    contains: Annotated[str, "Text searched for among the values"]
    orders: Annotated[tuple[Option, ...], "Orders of the values"]
    pager: Annotated[Pager, "Links to the other pages of values"]
    back_url: Annotated[str, "The results"]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article with everything found in it."""

    frame: Annotated[Frame, "The frame of the page"]
    title: Annotated[Markup, "The title, with its entities and the words of the query"]
    is_derived: Annotated[bool, "True when the title was taken from the first sentence"]
    meta: Annotated[tuple[str, ...], "Source, byline, date, length"]
    language: Annotated[str, 'ISO 639-1 code of the text, "" when unknown']
    paragraphs: Annotated[tuple[Paragraph, ...], "The body, paragraph by paragraph"]
    furniture: Annotated[str, 'How many parts look like page furniture, "" when none does']
    matches: Annotated[tuple[Link, ...], "The sentences that hold words of the query"]
    q: Annotated[str, "The words that were searched for"]
    groups: Annotated[tuple[EntityGroup, ...], "Entities and values of the article, by kind"]
    reasons: Annotated[tuple[ReasonPart, ...], "Reason and meaning of each name and value"]
    provenance: Annotated[tuple[Row, ...], "Source of the text and how it was read"]
    back_url: Annotated[str, 'The results that led here, "" when none did']
    rank: Annotated[str, 'Its place among these results ("2 of 5"), "" when it is the only one or not there']
    before_url: Annotated[str, 'The result before it, "" at the first']
    after_url: Annotated[str, 'The result after it, "" at the last']
    json_url: Annotated[str, "The same as JSON"]


@dataclass(frozen=True, slots=True)
class EntityPage:
    """One entity: its names, and when, with whom and where it occurs."""

    frame: Annotated[Frame, "The frame of the page"]
    name: Annotated[str, "Its canonical name"]
    css: Annotated[str, "CSS class of its kind"]
    kind: Annotated[str, 'Its kind in one word ("person")']
    description: Annotated[str, 'A few words about it from a pack, else ""']
    counts: Annotated[str, "In how many articles and how often it occurs"]
    aliases: Annotated[tuple[Row, ...], "Its written forms and how often each occurs"]
    provenance: Annotated[tuple[Row, ...], "Its id and pack entry"]
    candidates: Annotated[tuple[Row, ...], "Entities that may be the same, and why"]
    suggestions_url: Annotated[str, "All suggestions of its kind, with the commands that decide"]
    histogram: Annotated[HistogramPart | None, "Its articles over time; None when no year is known"]
    groups: Annotated[tuple[EntityGroup, ...], "Entities in the same articles"]
    amounts: Annotated[tuple[Row, ...], "Amounts in its articles"]
    hits: Annotated[tuple[HitPart, ...], "Its articles with sentences that name it, most mentions first"]
    shown: Annotated[str, 'How many of the articles are here, "" when all are']
    search_url: Annotated[str, "A search for it"]
    json_url: Annotated[str, "The same as JSON"]


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """The entities of one kind."""

    frame: Annotated[Frame, "The frame of the page"]
    heading: Annotated[str, 'What is listed ("12 people")']
    css: Annotated[str, "CSS class of the kind"]
    prefix: Annotated[str, "Beginning of the listed names"]
    orders: Annotated[tuple[Option, ...], "Orders of the list"]
    rows: Annotated[tuple[Row, ...], "Name, link and counts of each entity"]
    pager: Annotated[Pager, "Links to the other pages"]
    suggestions: Annotated[Link | None, "The pairs of this kind that may be one; None when there are none"]


@dataclass(frozen=True, slots=True)
class SuggestionsPage:
    """Possible duplicates, for a person to decide."""

    frame: Annotated[Frame, "The frame of the page"]
    heading: Annotated[str, 'How many there are ("12 possible duplicates")']
    kinds: Annotated[tuple[Link, ...], "All kinds, and each kind on its own"]
    pairs: Annotated[tuple[SuggestionPart, ...], "The likeliest first"]
    pager: Annotated[Pager, "Links to the other pages"]
    json_url: Annotated[str, "The same as JSON"]


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The help page: the query language with examples to click."""

    frame: Annotated[Frame, "The frame of the page"]
    sections: Annotated[tuple[tuple[str, tuple[Row, ...]], ...], "Headings, and their examples with what they find"]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """The JSON API for people."""

    frame: Annotated[Frame, "The frame of the page"]
    endpoints: Annotated[tuple[tuple[str, str, str, tuple[Row, ...]], ...], "Path, summary, example and parameters"]


@dataclass(frozen=True, slots=True)
class EmptyPage:
    """The page for an archive without an index: what to do, in three steps."""

    frame: Annotated[Frame, "The frame of the page"]
    reason: Annotated[str, "Reason for the empty page"]
    steps: Annotated[tuple[Row, ...], "Steps with their commands"]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """An error: what happened and what to do."""

    frame: Annotated[Frame, "The frame of the page"]
    status: Annotated[int, "HTTP status"]
    heading: Annotated[str, "The error in a few words"]
    message: Annotated[str, "Details"]
    advice: Annotated[str, "Advice"]


Page = (
    HomePage
    | SearchPage
    | FacetPage
    | ArticlePage
    | EntityPage
    | BrowsePage
    | SuggestionsPage
    | HelpPage
    | ApiPage
    | EmptyPage
    | ErrorPage
)

TEMPLATES: dict[type[Page], str] = {
    HomePage: "home.html",
    SearchPage: "search.html",
    FacetPage: "facet.html",
    ArticlePage: "article.html",
    EntityPage: "entity.html",
    BrowsePage: "browse.html",
    SuggestionsPage: "suggestions.html",
    HelpPage: "help.html",
    ApiPage: "api.html",
    EmptyPage: "empty.html",
    ErrorPage: "error.html",
}
