"""What the pages of an article, an entity and a kind show: records, as `search.results` is for a search."""

from dataclasses import dataclass

from index.model import Amount, Article, DateInterval, Entity, FurnitureReason, Kind, Span
from search.results import Highlight, Hit

__all__ = [
    "AmountCount",
    "AmountMention",
    "ArticleView",
    "BrowseView",
    "Completion",
    "DateMention",
    "EntityCount",
    "EntityMentions",
    "EntityView",
    "ParagraphView",
    "SentenceView",
    "YearCount",
]


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of a body, numbered from 0 through the whole article: the anchor `#s-<number>`."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of a body with its sentences; `furniture` says why it is no part of the story, None when it is."""

    number: int
    span: Span
    sentences: tuple[SentenceView, ...]
    furniture: FurnitureReason | None
    is_title: bool


@dataclass(frozen=True, slots=True)
class EntityMentions:
    """An entity of an article and where it is mentioned, in order; outside the story as well."""

    entity: Entity
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class AmountMention:
    """An amount of an article and where it stands."""

    amount: Amount
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date of an article and where it stands."""

    interval: DateInterval
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article to read.

    `highlights` are ranges of the body, those of the query and those of mentions (see `Highlight`), by start;
    `title_highlights` are ranges of the title. The entities of each kind come most mentioned first. `matches` counts
    the highlights of the query. `interpretation` says how the query was read, "" when there is none.
    """

    article: Article
    paragraphs: tuple[ParagraphView, ...]
    highlights: tuple[Highlight, ...]
    title_highlights: tuple[Highlight, ...]
    people: tuple[EntityMentions, ...]
    organizations: tuple[EntityMentions, ...]
    places: tuple[EntityMentions, ...]
    systems: tuple[EntityMentions, ...]
    amounts: tuple[AmountMention, ...]
    dates: tuple[DateMention, ...]
    word_count: int
    matches: int
    interpretation: str = ""


@dataclass(frozen=True, slots=True)
class YearCount:
    """A year and how many articles have it."""

    year: str
    documents: int


@dataclass(frozen=True, slots=True)
class EntityCount:
    """An entity and how many articles it shares with another."""

    entity: Entity
    documents: int


@dataclass(frozen=True, slots=True)
class AmountCount:
    """An amount and how many articles have it."""

    amount: Amount
    documents: int


@dataclass(frozen=True, slots=True)
class EntityView:
    """One entity with its surroundings.

    `documents` articles mention it, `undated` of them without a publication date. `mentioned` and `published` are
    years in order: those that these articles mention, and those in which they appeared. The entities it shares most
    articles with stand by kind. `amounts` are those of the articles read for this page, most articles first.
    `articles` are the `offset`-th and following of its articles, most mentions first, each with the sentences that
    mention it.
    """

    entity: Entity
    documents: int
    undated: int
    mentioned: tuple[YearCount, ...]
    published: tuple[YearCount, ...]
    people: tuple[EntityCount, ...]
    organizations: tuple[EntityCount, ...]
    places: tuple[EntityCount, ...]
    systems: tuple[EntityCount, ...]
    amounts: tuple[AmountCount, ...]
    articles: tuple[Hit, ...]
    offset: int = 0


@dataclass(frozen=True, slots=True)
class BrowseView:
    """A page of the entities of a kind; `total` counts all that begin with `prefix`."""

    kind: Kind
    entities: tuple[Entity, ...]
    total: int
    prefix: str
    order: str
    limit: int
    offset: int


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that a text may go on to: an entity, or a word of the archive (`entity` None)."""

    text: str
    documents: int
    entity: Entity | None = None
