"""From the ids that an engine found to hits: articles with their entities, snippets and highlights."""

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from index.catalog.reader import CatalogReader
from index.catalog.reading.records import ArticleContent, ShownMention
from index.errors import CatalogError
from index.model import Amount, Article, Entity, Kind, Span
from search.engines.base import EngineHit
from search.hits.highlights import clip_highlights, query_highlights, shown_highlights
from search.hits.matching import Match, Matcher
from search.hits.prepared import PreparedArticle, PreparedArticles
from search.hits.snippets import Passages, make_snippets
from search.hits.terms import terms_of
from search.hits.wanted import Wanted
from search.query.ast import Query
from search.request import Selection
from search.results import Highlight, Hit

__all__ = ["HitMaker", "contents_of", "title_mentions"]


class HitMaker:
    """Makes the hits of one search.

    `names` are the terms of the names that its query asks for, `prepared` the articles that earlier searches showed.
    """

    def __init__(
        self,
        catalog: CatalogReader,
        query: Query,
        selections: Sequence[Selection],
        *,
        abbreviations: frozenset[str],
        names: Collection[tuple[str, ...]] = (),
        prepared: PreparedArticles | None = None,
    ) -> None:
        self._catalog = catalog
        self._prepared = prepared or PreparedArticles()
        self._query = query
        self._selections = tuple(selections)
        self._searchers: dict[str | None, tuple[Matcher, Wanted]] = {}
        self._abbreviations = abbreviations
        self._names = names

    def make(self, found: Sequence[EngineHit]) -> tuple[Hit, ...]:
        """Return the hits in the order given, with one call to the catalog.

        Raises `CatalogError` when the catalog lacks an article: it and the engine are not of one commit.
        """
        articles = self._prepared.get([hit.id for hit in found], self._catalog, abbreviations=self._abbreviations)
        _check_all_there(found, articles)
        return tuple(self._hit(articles[hit.id], hit.score) for hit in found)

    def _of(self, language: str | None) -> tuple[Matcher, Wanted]:
        """Return what finds words and values in articles of a language."""
        if language not in self._searchers:
            matcher = Matcher(self._query, language)
            wanted = Wanted.of(self._query, self._selections, first_part=matcher.count)
            self._searchers[language] = matcher, wanted
        return self._searchers[language]

    def _hit(self, prepared: PreparedArticle, score: float) -> Hit:
        article, mentions, entities = prepared.shown.article, prepared.shown.mentions, prepared.shown.entities
        matcher, wanted = self._of(article.language)
        matches = matcher.find(article.body)
        named = wanted.find(article, mentions)
        marked = wanted.asked_by_value(named)
        passages = Passages(
            body=article.body,
            sentences=prepared.sentences,
            matches=matches,
            named=named,
            marked=marked,
            mentions=mentions,
            furniture=article.furniture,
            title_span=article.title_span,
        )
        by_kind = prepared.by_kind
        title_matches = matcher.find(article.title)
        title = _title_in(article)
        return Hit(
            id=article.id,
            score=score,
            title=article.title,
            title_is_derived=article.title_is_derived,
            title_highlights=(
                *query_highlights([*title_matches, *_in_title(title, marked)]),
                *(() if title is None else shown_highlights(mentions, title)),
            ),
            locator=article.locator,
            url=article.url,
            source=article.source,
            language=article.language,
            published=article.published,
            published_origin=article.published_origin,
            word_count=prepared.word_count,
            snippets=make_snippets(passages),
            people=by_kind[Kind.PEOPLE],
            organizations=by_kind[Kind.ORGANIZATIONS],
            places=by_kind[Kind.PLACES],
            systems=by_kind[Kind.SYSTEMS],
            amounts=_asked_first(prepared.amounts, mentions, marked),
            dates=prepared.dates,
            reason="" if matches or title_matches else self._reason(wanted, article, mentions, entities),
        )

    def _reason(
        self, wanted: Wanted, article: Article, mentions: Sequence[ShownMention], entities: Mapping[str, Entity]
    ) -> str:
        """Return the alias that matched, when the article never uses the name in `person:"..."` of the query."""
        if not self._names:
            return ""
        asked = [
            (article.body[mention.start : mention.end], mention.entity_id)
            for mention in mentions
            if mention.entity_id is not None and mention.entity_id in wanted.entities and mention.in_story
        ]
        for text, entity_id in asked:
            if terms_of(text) in {*self._names, terms_of(entities[entity_id].name)}:
                return ""
        return f"matched on alias {asked[0][0]}" if asked else ""


def contents_of(found: Sequence[EngineHit], catalog: CatalogReader) -> tuple[ArticleContent, ...]:
    """Return the articles of hits in their order, with one call to the catalog.

    Raises `CatalogError` when the catalog lacks one: it and the engine are not of one commit.
    """
    contents = catalog.contents([hit.id for hit in found]) if found else {}
    _check_all_there(found, contents)
    return tuple(contents[hit.id] for hit in found)


def _check_all_there(found: Sequence[EngineHit], known: Collection[str]) -> None:
    missing = [hit.id for hit in found if hit.id not in known]
    if missing:
        raise CatalogError(f"The catalog has no article {missing[0]!r}, which the index has. Run: search-cli doctor")


def _asked_first(
    amounts: tuple[Amount, ...], mentions: Sequence[ShownMention], marked: Sequence[Match]
) -> tuple[Amount, ...]:
    """Return the amounts of an article with those first that a filter asks for."""
    if not marked:
        return amounts
    asked = {(match.start, match.end) for match in marked}
    wanted = {mention.amount for mention in mentions if mention.amount and (mention.start, mention.end) in asked}
    return tuple(sorted(amounts, key=lambda amount: amount not in wanted)) if wanted else amounts


def _title_in(article: Article) -> Span | None:
    """Return where the body has the title in the same words."""
    span = article.title_span
    return None if span is None or article.body[span.start : span.end] != article.title else span


def _in_title(span: Span | None, marked: Sequence[Match]) -> list[Match]:
    """Return the mentions in the title, as ranges of the title."""
    if span is None:
        return []
    return [
        replace(match, start=match.start - span.start, end=match.end - span.start)
        for match in marked
        if span.start <= match.start and match.end <= span.end
    ]


def title_mentions(article: Article, mentions: Sequence[Highlight]) -> tuple[Highlight, ...]:
    """Return the highlighted mentions of a body that stand in the title, as ranges of the title."""
    span = _title_in(article)
    return () if span is None else clip_highlights(mentions, span)
