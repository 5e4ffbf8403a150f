"""Records of the answer to a search; the terminal, JSON and HTML each render them in their way.

`repr`, `print` and notebooks show them as `search.output` says. It imports these records, so they import it when shown.
"""

from enum import StrEnum

from msgspec import Struct

from index.model import Amount, DateInterval, Entity
from search.engines.base import Contribution
from search.query.notices import Notice
from search.request import MatchMode, SearchRequest

__all__ = [
    "EntityNote",
    "Facet",
    "FacetValue",
    "Highlight",
    "Hit",
    "HitPlace",
    "Notice",
    "Role",
    "SearchResult",
    "SimilarArticle",
    "Snippet",
    "Suggestion",
]


class Role(StrEnum):
    """Role of a highlighted range: part of the query, or an entity or value of a kind."""

    TERM = "term"
    PHRASE = "phrase"
    PEOPLE = "people"
    ORGANIZATIONS = "organizations"
    PLACES = "places"
    SYSTEMS = "systems"
    AMOUNTS = "amounts"
    DATES = "dates"


class Highlight(Struct, frozen=True, order=True, gc=False):
    """A half-open range of `Snippet.text` (or of a body) and its role. `entity_id` for the four entity roles.

    Ranges of query roles are disjoint from each other, and so are those of entity roles; the two may overlap.
    """

    start: int
    end: int
    role: Role
    entity_id: str | None = None


class Snippet(Struct, frozen=True, gc=False):
    """One or more whole sentences of a body from `start` on, with their highlights.

    `sentence` is the number, from 0, of its first sentence in the body: the anchor `#s-<number>` of the article page.
    A very long sentence is cut: `is_cut_before` and `is_cut_after` say on which sides.
    """

    text: str
    start: int
    sentence: int
    highlights: tuple[Highlight, ...]
    is_cut_before: bool = False
    is_cut_after: bool = False


class Hit(Struct, frozen=True):
    """One article found. `title_highlights` are ranges of `title`. The entity tuples hold the most mentioned first.

    `amounts` begin with those that a filter asks for; the others, and `dates`, stand as in the article.

    `reason` says why it matched when no snippet shows it ("matched on alias S-400 Triumph"), else "".
    """

    id: str
    score: float
    title: str
    title_is_derived: bool
    title_highlights: tuple[Highlight, ...]
    locator: str
    url: str | None
    source: str | None
    language: str | None
    published: DateInterval | None
    published_origin: str | None
    word_count: int
    snippets: tuple[Snippet, ...]
    people: tuple[Entity, ...]
    organizations: tuple[Entity, ...]
    places: tuple[Entity, ...]
    systems: tuple[Entity, ...]
    amounts: tuple[Amount, ...]
    dates: tuple[DateInterval, ...]
    reason: str = ""

    def __repr__(self) -> str:
        from search.output.console import hit_line

        return hit_line(self)

    def __str__(self) -> str:
        from search.output.console import hit_text

        return hit_text(self)

    def _repr_html_(self) -> str:
        from search.output.notebook import hit_html

        return hit_html(self)


class FacetValue(Struct, frozen=True):
    """A value of a facet: parameter value (`value`), display text (`label`), and number of articles.

    `category` says what a system is ("air defence"), as the pack that knows it does; else "".
    """

    value: str
    label: str
    count: int
    is_selected: bool = False
    is_excluded: bool = False
    category: str = ""


class Facet(Struct, frozen=True):
    """One facet of a result. Selected values come first, then by count. `distinct` is the number of all values.

    `unnamed` counts the articles that have none: those that `none` with the parameter of this facet gives instead of
    what is selected in it. None where that was not asked for.
    """

    field: str
    parameter: str
    label: str
    mode: MatchMode
    values: tuple[FacetValue, ...]
    distinct: int
    unnamed: int | None = None

    def __repr__(self) -> str:
        from search.output.console import facet_line

        return facet_line(self)

    def __str__(self) -> str:
        from search.output.console import facet_text

        return facet_text(self)

    def _repr_html_(self) -> str:
        from search.output.notebook import facet_html

        return facet_html(self)


class EntityNote(Struct, frozen=True):
    """A word of the query that is also an entity: "Patriot is also MIM-104 Patriot, system, 4 articles"."""

    text: str
    entity: Entity


class Suggestion(Struct, frozen=True):
    """A query to try instead ("did you mean") and its number of articles."""

    q: str
    total: int


class SimilarArticle(Struct, frozen=True):
    """An article like another one, or like a text, with the reasons.

    `cosine` says how near the two are in meaning, 1 for the same beginning. `entities` are in both and in few other
    articles. `own_sentence` and `sentence` are the nearest sentences of the two, "" when they were not asked for.
    `is_same_story` is true when most of one stands word for word in the other.
    """

    id: str
    title: str
    locator: str
    source: str | None
    published: DateInterval | None
    cosine: float
    entities: tuple[Entity, ...] = ()
    own_sentence: str = ""
    sentence: str = ""
    is_same_story: bool = False


class HitPlace(Struct, frozen=True):
    """Position of an article among the hits of a search: `rank` counts from 1 up to `total`.

    `before` and `after` are the ids of the hits on both sides, None at the ends.
    """

    rank: int
    total: int
    before: str | None
    after: str | None


class SearchResult(Struct, frozen=True):
    """The answer to a `SearchRequest`.

    `interpretation` says how the query was read, in words. `is_any` is true when articles with some of the words are
    shown: because that was asked for, because no article of the archive has all of them, or because the query is a
    long one. `total_all` is how many have all, `total_any` how many have some. `partial` are the best articles with
    some of the words, which fill a page that has room after the last hit: neither `total` nor a facet counts them.
    `undated` counts the hits without a publication date. `explanations` holds, for each hit and then for each of
    `partial`, the parts of its score when they were asked for, and `executed` then is the query as the engine was
    given it. `closest` are the articles nearest in meaning when none has any of the words; nothing counts them.
    """

    request: SearchRequest
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    interpretation: str
    notices: tuple[Notice, ...] = ()
    entity_notes: tuple[EntityNote, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    is_any: bool = False
    total_all: int = 0
    total_any: int = 0
    partial: tuple[Hit, ...] = ()
    closest: tuple[SimilarArticle, ...] = ()
    undated: int = 0
    explanations: tuple[tuple[Contribution, ...], ...] = ()
    executed: str = ""
    milliseconds: float = 0.0

    def __repr__(self) -> str:
        from search.output.console import result_line

        return result_line(self)

    def __str__(self) -> str:
        from search.output.console import result_text

        return result_text(self)

    def _repr_html_(self) -> str:
        from search.output.notebook import result_html

        return result_html(self)
