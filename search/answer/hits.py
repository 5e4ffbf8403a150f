"""From the ids that an engine found to hits: articles with their entities, snippets and highlights."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from index.catalog.reader import ArticleContent, CatalogReader
from index.errors import CatalogError
from index.keywords.amounts import amount_size_values, amount_values, currency_values
from index.keywords.dates import date_values, month_values, year_values
from index.keywords.documents import is_in_story
from index.model import ENTITY_KINDS, Amount, Article, DateInterval, Entity, Kind, Link, Mention
from search.answer.matching import Match, Matcher
from search.answer.sentences import split_sentences
from search.answer.snippets import Passages, clip_highlights, make_snippets, mention_highlights, query_highlights
from search.answer.terms import count_words, terms_of
from search.engines.base import EngineHit, Selection
from search.query.ast import Keyword, KeywordRange, Query
from search.query.tree import leaves
from search.results import Highlight, Hit

__all__ = ["HitMaker", "Wanted", "entities_by_kind", "title_mentions"]

_VALUE_FIELDS = ("amounts", "currencies", "amount_sizes", "dates", "date_years", "date_months")


class Wanted(Struct, frozen=True):
    """Values in a query and its filters: entities by id, and the ranges of amounts and dates."""

    entities: Mapping[str, int]
    values: tuple[tuple[int, Keyword | KeywordRange], ...]

    @classmethod
    def of(cls, query: Query, selections: Sequence[Selection], *, first_part: int) -> "Wanted":
        """Collect the values of a query and the selections; parts are numbered from `first_part` on."""
        filters: list[Keyword | KeywordRange] = [
            leaf for leaf, negated in leaves(query) if not negated and isinstance(leaf, Keyword | KeywordRange)
        ]
        filters += [Keyword(selection.field, selection.values) for selection in selections if selection.values]
        entities: dict[str, int] = {}
        values: list[tuple[int, Keyword | KeywordRange]] = []
        for part, asked in enumerate(filters, start=first_part):
            if isinstance(asked, Keyword) and asked.field in set(ENTITY_KINDS):
                entities.update(dict.fromkeys(asked.values, part))
            elif asked.field in _VALUE_FIELDS:
                values.append((part, asked))
        return cls(entities, tuple(values))

    def find(self, article: Article, mentions: Sequence[Mention], links: Sequence[Link]) -> list[Match]:
        """The mentions of an article that were asked for, those outside the story left out."""
        found = [
            Match(link.mention.span.start, link.mention.span.end, self.entities[link.entity_id])
            for link in links
            if link.entity_id in self.entities and is_in_story(article, link.mention)
        ]
        for part, asked in self.values:
            found += [
                Match(mention.span.start, mention.span.end, part)
                for mention in mentions
                if _passes(mention, asked) and is_in_story(article, mention)
            ]
        return sorted(found)


def _passes(mention: Mention, asked: Keyword | KeywordRange) -> bool:
    values = _values_of(mention, asked.field)
    match asked:
        case Keyword(_, wanted):
            return not values.isdisjoint(wanted)
        case KeywordRange(_, lower, upper):
            return any(lower <= value <= upper for value in values)


def _values_of(mention: Mention, field: str) -> set[str]:
    """The keywords that this mention alone gives its document in a field."""
    if mention.amount is not None:
        makers = {"amounts": amount_values, "currencies": currency_values, "amount_sizes": amount_size_values}
        return set(makers[field]([mention.amount])) if field in makers else set()
    if mention.interval is not None:
        date_makers = {"dates": date_values, "date_years": year_values, "date_months": month_values}
        return set(date_makers[field]([mention.interval])) if field in date_makers else set()
    return set()


class HitMaker:
    """Makes the hits of one search; `names` are the terms of the names that its query asks for."""

    def __init__(
        self,
        catalog: CatalogReader,
        query: Query,
        selections: Sequence[Selection],
        *,
        abbreviations: frozenset[str],
        names: Collection[tuple[str, ...]] = (),
    ) -> None:
        self._catalog = catalog
        self._matcher = Matcher(query)
        self._wanted = Wanted.of(query, selections, first_part=self._matcher.count)
        self._abbreviations = abbreviations
        self._names = names

    def make(self, found: Sequence[EngineHit]) -> tuple[Hit, ...]:
        """Return the hits in the order given, with one call to the catalog.

        Raises `CatalogError` when the catalog lacks an article: it and the engine are not of one commit.
        """
        contents = self._catalog.contents([hit.id for hit in found]) if found else {}
        missing = [hit.id for hit in found if hit.id not in contents]
        if missing:
            raise CatalogError(
                f"The catalog has no article {missing[0]!r}, which the index has. Run: search-cli doctor"
            )
        return tuple(self._hit(contents[hit.id], hit.score) for hit in found)

    def _hit(self, content: ArticleContent, score: float) -> Hit:
        article, mentions, links, entities = content.article, content.mentions, content.links, content.entities
        matches = self._matcher.find(article.body)
        named = self._wanted.find(article, mentions, links)
        passages = Passages(
            body=article.body,
            sentences=split_sentences(article.body, abbreviations=self._abbreviations),
            matches=matches,
            named=named,
            mentions=mention_highlights(mentions, links),
            furniture=article.furniture,
            title_span=article.title_span,
        )
        by_kind = entities_by_kind(article, links, entities)
        amounts, dates = _values(article, mentions)
        title_matches = self._matcher.find(article.title)
        return Hit(
            id=article.id,
            score=score,
            title=article.title,
            title_is_derived=article.title_is_derived,
            title_highlights=(*query_highlights(title_matches), *title_mentions(article, passages.mentions)),
            locator=article.locator,
            url=article.url,
            source=article.source,
            language=article.language,
            published=article.published,
            published_origin=article.published_origin,
            word_count=count_words(article.body),
            snippets=make_snippets(passages),
            people=by_kind[Kind.PEOPLE],
            organizations=by_kind[Kind.ORGANIZATIONS],
            places=by_kind[Kind.PLACES],
            systems=by_kind[Kind.SYSTEMS],
            amounts=amounts,
            dates=dates,
            reason="" if matches or title_matches else self._reason(article, links, entities),
        )

    def _reason(self, article: Article, links: Sequence[Link], entities: Mapping[str, Entity]) -> str:
        """Return the alias that matched, when the article never uses the name in `person:"..."` of the query."""
        if not self._names:
            return ""
        asked = [
            link
            for link in links
            if link.entity_id in self._wanted.entities
            and link.entity_id in entities
            and is_in_story(article, link.mention)
        ]
        for link in asked:
            known = {*self._names, terms_of(entities[link.entity_id].name)}
            if terms_of(link.mention.text) in known:
                return ""
        return f"matched on alias {asked[0].mention.text}" if asked else ""


def title_mentions(article: Article, mentions: Sequence[Highlight]) -> tuple[Highlight, ...]:
    """Those of the highlighted mentions of a body that stand in the title, as ranges of the title."""
    span = article.title_span
    if span is None or article.body[span.start : span.end] != article.title:
        return ()
    return clip_highlights(mentions, span)


def entities_by_kind(
    article: Article, links: Iterable[Link], entities: Mapping[str, Entity]
) -> dict[Kind, tuple[Entity, ...]]:
    """The entities of an article's story by kind, the most mentioned first, then by first mention."""
    counted: Counter[str] = Counter(
        link.entity_id for link in links if link.entity_id in entities and is_in_story(article, link.mention)
    )
    # `most_common` keeps the order of first mention among equals.
    ordered = [entities[entity_id] for entity_id, _ in counted.most_common()]
    return {kind: tuple(entity for entity in ordered if entity.kind is kind) for kind in ENTITY_KINDS}


def _values(article: Article, mentions: Sequence[Mention]) -> tuple[tuple[Amount, ...], tuple[DateInterval, ...]]:
    """The amounts and dates of the story, each once, in order."""
    story = [mention for mention in mentions if is_in_story(article, mention)]
    amounts = dict.fromkeys(mention.amount for mention in story if mention.amount is not None)
    dates = dict.fromkeys(mention.interval for mention in story if mention.interval is not None)
    return tuple(amounts), tuple(dates)
