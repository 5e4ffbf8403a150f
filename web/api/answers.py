"""Answers of the endpoints: one record for each, every field with its help."""

from dataclasses import dataclass
from typing import Annotated, Literal

from index.model import Entity, Kind
from search.engines.base import MatchMode
from search.entities.explanations import MentionReason, SuggestionView
from search.results import EntityNote, Hit, Notice, SimilarArticle, Suggestion
from search.views import ArticleView, CompanionView, EntityView, MentionView

__all__ = [
    "ArticleAnswer",
    "CompanionsAnswer",
    "CompletionRecord",
    "CompletionsAnswer",
    "EntitiesAnswer",
    "EntityAnswer",
    "ErrorAnswer",
    "FacetAnswer",
    "FacetRecord",
    "FacetValueRecord",
    "GraphAnswer",
    "GraphEntityRecord",
    "GraphTieRecord",
    "MentionsAnswer",
    "SearchAnswer",
    "SimilarAnswer",
    "SuggestionsAnswer",
]


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """The error of a request."""

    ok: Annotated[Literal[False], "Always false"]
    error: Annotated[str, "The error, its position, and what to do"]
    status: Annotated[int, "The HTTP status"]


@dataclass(frozen=True, slots=True)
class FacetValueRecord:
    """A value of a facet."""

    value: Annotated[str, "Value for the parameter"]
    label: Annotated[str, "Label for display"]
    count: Annotated[int, "Number of articles there are when it is the only value of this facet (all: one more)"]
    is_selected: Annotated[bool, "True when it is chosen now"]
    is_excluded: Annotated[bool, "True when its articles are left out now"]
    category: Annotated[str, 'What a system is ("air defence"), as its pack says; "" for all else']
    toggle_url: Annotated[str, "The same search with it, or without it when it is chosen or excluded now"]


@dataclass(frozen=True, slots=True)
class FacetRecord:
    """A facet of a search."""

    field: Annotated[str, "Field of the index"]
    parameter: Annotated[str, "Parameter that chooses its values"]
    label: Annotated[str, "Heading"]
    mode: Annotated[MatchMode, "True when any or all of the chosen values are wanted"]
    values: Annotated[tuple[FacetValueRecord, ...], "Chosen ones first, then by count"]
    distinct: Annotated[int, "Number of values"]
    unnamed: Annotated[
        int | None, "Number of articles without any value: what none=PARAMETER gives; null if not counted"
    ]
    is_truncated: Annotated[bool, "True when there are more than shown"]
    url: Annotated[str, "All values"]


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The articles found."""

    ok: Annotated[Literal[True], "Always true"]
    query: Annotated[str, "The query as it was sent"]
    interpretation: Annotated[str, "Interpretation of the query in words"]
    total: Annotated[int, "Number of articles there are"]
    total_all: Annotated[int, "Number of articles with all of the words"]
    total_any: Annotated[int, "Number of articles with at least one of the words"]
    is_any: Annotated[bool, "True when articles with some of the words are shown: none has all, or the query is long"]
    undated: Annotated[int, "Number of articles without a publication date"]
    page: Annotated[int, "This page, from 1"]
    pages: Annotated[int, "Number of pages"]
    size: Annotated[int, "Articles on a page"]
    hits: Annotated[tuple[Hit, ...], "The articles of this page, in order"]
    partial: Annotated[tuple[Hit, ...], "The best articles with some of the words, when this page has room for them"]
    closest: Annotated[tuple[SimilarArticle, ...], "When no article has any of the words: the nearest in meaning"]
    facets: Annotated[tuple[FacetRecord, ...], "The facets that were asked for"]
    notices: Annotated[tuple[Notice, ...], "Notices about the query"]
    entity_notes: Annotated[tuple[EntityNote, ...], "Words of the query that are also entities"]
    suggestions: Annotated[tuple[Suggestion, ...], "Queries that may have been meant"]
    html_url: Annotated[str, "The same as a page"]
    next_url: Annotated[str | None, "The next page of this, null on the last"]
    previous_url: Annotated[str | None, "The page before, null on the first"]
    milliseconds: Annotated[float, "Time of the search"]


@dataclass(frozen=True, slots=True)
class FacetAnswer:
    """The values of one facet."""

    ok: Annotated[Literal[True], "Always true"]
    facet: Annotated[FacetRecord, "The facet with the values that were asked for"]
    html_url: Annotated[str, "The same as a page"]
    next_url: Annotated[str | None, "More values, null when there are none"]


@dataclass(frozen=True, slots=True)
class MentionsAnswer:
    """The mentions in the articles of one page of a search."""

    ok: Annotated[Literal[True], "Always true"]
    total: Annotated[int, "Number of articles that the search finds"]
    page: Annotated[int, "This page of articles, from 1"]
    pages: Annotated[int, "Number of pages"]
    size: Annotated[int, "Articles on a page"]
    mentions: Annotated[tuple[MentionView, ...], "Mentions in the articles of this page, in order"]
    html_url: Annotated[str, "The articles as a page"]
    next_url: Annotated[str | None, "The next page of this, null on the last"]


@dataclass(frozen=True, slots=True)
class ArticleAnswer:
    """One article with everything that was found in it."""

    ok: Annotated[Literal[True], "Always true"]
    article: Annotated[ArticleView, "The article"]
    mentions: Annotated[tuple[MentionReason, ...], "Every mention by start, with why it is one and what it means"]
    html_url: Annotated[str, "The same as a page"]


@dataclass(frozen=True, slots=True)
class EntityAnswer:
    """One entity with its surroundings."""

    ok: Annotated[Literal[True], "Always true"]
    entity: Annotated[EntityView, "The entity"]
    html_url: Annotated[str, "The same as a page"]
    search_url: Annotated[str, "All its articles"]


@dataclass(frozen=True, slots=True)
class CompanionsAnswer:
    """Entities that appear with one."""

    ok: Annotated[Literal[True], "Always true"]
    companions: Annotated[tuple[CompanionView, ...], "Those that were asked for, the greatest first"]
    html_url: Annotated[str, "The entity as a page"]


@dataclass(frozen=True, slots=True)
class EntitiesAnswer:
    """Entities of one kind."""

    ok: Annotated[Literal[True], "Always true"]
    kind: Annotated[Kind, "Their kind"]
    total: Annotated[int, "Number of all entries"]
    entities: Annotated[tuple[Entity, ...], "Those that were asked for, in order"]
    html_url: Annotated[str, "The same as a page"]
    next_url: Annotated[str | None, "More of them, null when there are none"]


@dataclass(frozen=True, slots=True)
class CompletionRecord:
    """A completion of the typed text."""

    name: Annotated[str, "Name"]
    kind: Annotated[str, 'The kind of an entity, or "word"']
    documents: Annotated[int, "Number of articles have it"]
    note: Annotated[str, "Remark beside the name"]
    url: Annotated[str, "The page of results for it"]


@dataclass(frozen=True, slots=True)
class CompletionsAnswer:
    """The completions of the typed text."""

    ok: Annotated[Literal[True], "Always true"]
    suggestions: Annotated[tuple[CompletionRecord, ...], "Entities first, then words, most articles first"]


@dataclass(frozen=True, slots=True)
class SimilarAnswer:
    """Articles like another one, or like a text."""

    ok: Annotated[Literal[True], "Always true"]
    similar: Annotated[tuple[SimilarArticle, ...], "The articles, the nearest in meaning first, with reasons"]


@dataclass(frozen=True, slots=True)
class SuggestionsAnswer:
    """Possible duplicates, to accept or dismiss with `search-cli entities accept` or `dismiss`."""

    ok: Annotated[Literal[True], "Always true"]
    total: Annotated[int, "Number of all entries"]
    suggestions: Annotated[tuple[SuggestionView, ...], "Those that were asked for, the likeliest first"]
    html_url: Annotated[str, "The same as a page"]
    next_url: Annotated[str | None, "More of them, null when there are none"]


@dataclass(frozen=True, slots=True)
class GraphEntityRecord:
    """An entity of a graph."""

    id: Annotated[str, "Its id"]
    kind: Annotated[Kind, "Its kind"]
    name: Annotated[str, "Its canonical name"]
    documents: Annotated[int, "Number of matching articles that name it"]
    ties: Annotated[int, "Number of its ties in this graph"]
    x: Annotated[int, "Where the page draws it, from 0 to 1000"]
    y: Annotated[int, "Where the page draws it, from 0 to 640"]
    html_url: Annotated[str, "Its page"]


@dataclass(frozen=True, slots=True)
class GraphTieRecord:
    """Two entities that stand together."""

    first: Annotated[str, "Id of one of them"]
    second: Annotated[str, "Id of the other"]
    documents: Annotated[int, "Number of matching articles that name both"]
    lift: Annotated[float, "How many times more that is than by chance among the matching articles"]


@dataclass(frozen=True, slots=True)
class GraphAnswer:
    """The graph of entities that share articles of a search."""

    ok: Annotated[Literal[True], "Always true"]
    total: Annotated[int, "Number of matching articles"]
    entities: Annotated[tuple[GraphEntityRecord, ...], "Those in the most articles"]
    ties: Annotated[tuple[GraphTieRecord, ...], "Those with the most articles, then with the highest lift"]
    constant: Annotated[tuple[str, ...], "Ids of what the search asks for and all its articles name: left out"]
    all_entities: Annotated[int, "Number of entities in the matching articles, shown or not"]
    all_ties: Annotated[int, "Number of ties between the entities shown, shown or not"]
    html_url: Annotated[str, "The page"]
