"""Records of the pages of an article, an entity and a kind, as `search.results` is for a search.

`repr`, `print` and notebooks show them as `search.output` says. It imports these records, so they import it when shown.
"""

from msgspec import Struct

from index.model import Amount, Article, DateInterval, Entity, FurnitureReason, Kind, Span
from search.query.ast import Axis
from search.results import Highlight, Hit

__all__ = [
    "AmountCount",
    "AmountMention",
    "AmountRow",
    "AmountSize",
    "AmountTable",
    "ArrivedHits",
    "ArticleView",
    "BrowseView",
    "CompanionView",
    "Completion",
    "CurrencyCount",
    "DateBeside",
    "DateMention",
    "DecisionNote",
    "EntityCount",
    "EntityMentions",
    "EntityView",
    "FeedEntry",
    "MentionPage",
    "MentionView",
    "MonthCount",
    "ParagraphView",
    "PeriodCount",
    "SentenceView",
    "Timeline",
    "YearCount",
]


class SentenceView(Struct, frozen=True):
    """A sentence of a body, numbered from 0 through the whole article: the anchor `#s-<number>`."""

    number: int
    span: Span


class ParagraphView(Struct, frozen=True):
    """A paragraph of a body with its sentences. `furniture` is the reason why it is boilerplate, None for the story."""

    number: int
    span: Span
    sentences: tuple[SentenceView, ...]
    furniture: FurnitureReason | None
    is_title: bool


class EntityMentions(Struct, frozen=True):
    """An entity of an article with its mentions in order, including those outside the story."""

    entity: Entity
    spans: tuple[Span, ...]


class AmountMention(Struct, frozen=True):
    """An amount of an article with its positions."""

    amount: Amount
    span: Span
    text: str


class DateMention(Struct, frozen=True):
    """A date of an article with its positions."""

    interval: DateInterval
    span: Span
    text: str


class ArticleView(Struct, frozen=True):
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

    def __repr__(self) -> str:
        from search.output.console import article_line

        return article_line(self)

    def __str__(self) -> str:
        from search.output.console import article_text

        return article_text(self)

    def _repr_html_(self) -> str:
        from search.output.notebook import article_html

        return article_html(self)


class MentionView(Struct, frozen=True):
    """One mention with its sentence, to list and to count.

    `span` is a range of the article's body. `entity` and `name` are the id and canonical name of what it names,
    `amount` or `interval` its value; the others are None.
    """

    article: str
    title: str
    published: DateInterval | None
    locator: str
    url: str | None
    kind: Kind
    text: str
    entity: str | None
    name: str | None
    amount: Amount | None
    interval: DateInterval | None
    sentence: str
    span: Span

    def __repr__(self) -> str:
        from search.output.console import mention_line

        return mention_line(self)


class MentionPage(Struct, frozen=True):
    """The mentions in the articles of one page of a search that finds `total` articles."""

    total: int
    mentions: tuple[MentionView, ...]


class YearCount(Struct, frozen=True):
    """A year and its number of articles."""

    year: str
    documents: int


class EntityCount(Struct, frozen=True):
    """An entity and its number of articles shared with another; `lift` as in `CompanionView`."""

    entity: Entity
    documents: int
    lift: float = 0.0


class AmountCount(Struct, frozen=True):
    """An amount and its number of articles."""

    amount: Amount
    documents: int


class CurrencyCount(Struct, frozen=True):
    """A currency (ISO 4217 code, "XXX" where it is not known) and the number of articles with amounts in it."""

    currency: str
    documents: int


class AmountSize(Struct, frozen=True):
    """An order of magnitude and its number of articles: power 9 holds amounts from 1e9 up to 1e10."""

    currency: str
    power: int
    documents: int


class AmountRow(Struct, frozen=True):
    """A mention of an amount with its sentence, from character `start` to `end` of it.

    `sentence_number` is that of the sentence in its article, `entities` what the sentence names, in order. `copies`
    is the number of other articles with the same sentence.
    """

    article: str
    title: str
    source: str | None
    language: str | None
    published: DateInterval | None
    amount: Amount
    text: str
    sentence: str
    sentence_number: int
    start: int
    end: int
    entities: tuple[Entity, ...]
    copies: int


class AmountTable(Struct, frozen=True):
    """The amounts in one currency in the articles of a search, a page of rows at a time.

    `articles` is the number of all articles of the search. `currencies` come most articles first, `sizes` are those of
    all currencies, by currency and power, the range of the search applied. `total` counts the rows of all pages. With
    `is_cut` there are more rows than these: they come later in the order.
    """

    articles: int
    currency: str
    currencies: tuple[CurrencyCount, ...]
    sizes: tuple[AmountSize, ...]
    rows: tuple[AmountRow, ...]
    total: int
    is_cut: bool


class PeriodCount(Struct, frozen=True):
    """A period as `period` in a request writes it ("2010s", "2019-07", "2019-XX"), and how many articles it gives."""

    period: str
    documents: int


class Timeline(Struct, frozen=True):
    """Articles over time, on the dates they mention or those of their publication; none of the counts is 0.

    `bars` are decades, years, months or days in order: the parts of `around`, a period, or those of all time when that
    is "". `whole` counts the dates that mean a whole of which the bars are parts, the largest first.
    """

    axis: Axis
    around: str
    bars: tuple[PeriodCount, ...]
    whole: tuple[PeriodCount, ...]


class DateBeside(Struct, frozen=True):
    """A date in sentences that name an entity: in how many articles, and the first of these sentences."""

    interval: DateInterval
    documents: int
    article_id: str
    sentence: int


class DecisionNote(Struct, frozen=True):
    """A decision about an entity in words, its number, and who made it when (ISO 8601 in UTC); "" for nobody known."""

    number: int
    text: str
    decided_at: str
    decided_by: str


class EntityView(Struct, frozen=True):
    """One entity with its surroundings.

    `documents` articles mention it, `undated` of them without a publication date. `mentioned` and `published` are
    years in order: those that these articles mention, and those in which they appeared. The entities it shares most
    articles with stand by kind. `amounts` are the most frequent in all its articles, most articles first.
    `articles` are the `offset`-th and following of its articles, most mentions first, each with the sentences that
    mention it, and `dates` are the most frequent dates in sentences of these that name it.
    `version` is the version of the entity, for decisions about it: see `index.identity.versions`. `decisions` are
    those about it that are in force, newest first.
    """

    entity: Entity
    version: str
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
    dates: tuple[DateBeside, ...] = ()
    decisions: tuple[DecisionNote, ...] = ()

    def __repr__(self) -> str:
        from search.output.console import entity_line

        return entity_line(self)

    def __str__(self) -> str:
        from search.output.console import entity_text

        return entity_text(self)

    def _repr_html_(self) -> str:
        from search.output.notebook import entity_html

        return entity_html(self)


class MonthCount(Struct, frozen=True):
    """A month such as "2019-07", "undated" without one, and its numbers of articles and sentences."""

    month: str
    documents: int
    sentences: int


class CompanionView(Struct, frozen=True):
    """An entity that appears with another.

    `documents` articles name both, and so do `sentences` sentences of them. `lift` is how many times more articles name
    both than if the two had nothing to do with each other: 1 is chance (P(A and B) / (P(A) P(B)); Brin, Motwani,
    Ullman and Tsur 1997, "interest"). `months` are those in which these articles appeared, in order, undated last.
    """

    entity: Entity
    documents: int
    sentences: int
    lift: float
    months: tuple[MonthCount, ...]


class BrowseView(Struct, frozen=True):
    """A page of the entities of a kind; `total` counts all with a word that begins with `prefix`."""

    kind: Kind
    entities: tuple[Entity, ...]
    total: int
    prefix: str
    order: str
    limit: int
    offset: int


class Completion(Struct, frozen=True):
    """A completion of a text: an entity, or a word of the archive (`entity` None)."""

    text: str
    documents: int
    entity: Entity | None = None


class FeedEntry(Struct, frozen=True):
    """An article of a search, and when it came to the archive and changed last (ISO 8601 in UTC)."""

    hit: Hit
    added: str
    changed: str


class ArrivedHits(Struct, frozen=True):
    """Articles of a search that are new, in the order in which they came; the next ones come after `last`."""

    last: int
    entries: tuple[FeedEntry, ...]
