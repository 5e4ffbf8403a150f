"""From the ids that an engine found to hits: articles with their entities, snippets and highlights."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from index.catalog.reader import ArticleContent, CatalogReader
from index.errors import CatalogError
from index.keywords.documents import is_in_story
from index.model import ENTITY_KINDS, Amount, Article, DateInterval, Entity, Kind, Link, Mention
from search.engines.base import EngineHit
from search.hits.highlights import clip_highlights, mention_highlights, query_highlights
from search.hits.matching import Matcher
from search.hits.sentences import split_sentences
from search.hits.snippets import Passages, make_snippets
from search.hits.terms import count_words, terms_of
from search.hits.wanted import Wanted
from search.query.ast import Query
from search.request import Selection
from search.results import Highlight, Hit

__all__ = ["HitMaker", "contents_of", "entities_by_kind", "title_mentions"]


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
        self.story_mentions: Counter[str] = Counter()
        """How often the hits made so far mention each entity, captions left out."""

    def make(self, found: Sequence[EngineHit]) -> tuple[Hit, ...]:
        """Return the hits in the order given, with one call to the catalog.

        Raises `CatalogError` when the catalog lacks an article: it and the engine are not of one commit.
        """
        contents = contents_of(found, self._catalog)
        return tuple(self._hit(content, hit.score) for content, hit in zip(contents, found, strict=True))

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
        self.story_mentions.update(link.entity_id for link in links if not link.mention.in_furniture)
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


def contents_of(found: Sequence[EngineHit], catalog: CatalogReader) -> tuple[ArticleContent, ...]:
    """Return the articles of hits in their order, with one call to the catalog.

    Raises `CatalogError` when the catalog lacks one: it and the engine are not of one commit.
    """
    contents = catalog.contents([hit.id for hit in found]) if found else {}
    missing = [hit.id for hit in found if hit.id not in contents]
    if missing:
        raise CatalogError(f"The catalog has no article {missing[0]!r}, which the index has. Run: search-cli doctor")
    return tuple(contents[hit.id] for hit in found)


def title_mentions(article: Article, mentions: Sequence[Highlight]) -> tuple[Highlight, ...]:
    """Return the highlighted mentions of a body that stand in the title, as ranges of the title."""
    span = article.title_span
    if span is None or article.body[span.start : span.end] != article.title:
        return ()
    return clip_highlights(mentions, span)


def entities_by_kind(
    article: Article, links: Iterable[Link], entities: Mapping[str, Entity]
) -> dict[Kind, tuple[Entity, ...]]:
    """Return the entities of an article's story by kind, the most mentioned first, then by first mention.

    Mentions in captions count last: a photograph often shows people whom the story does not name.
    """
    counted: Counter[str] = Counter()
    for link in links:
        if link.entity_id in entities and is_in_story(article, link.mention):
            counted[link.entity_id] += 0 if link.mention.in_furniture else 1
    # `most_common` keeps the order of first mention among equals.
    ordered = [entities[entity_id] for entity_id, _ in counted.most_common()]
    return {kind: tuple(entity for entity in ordered if entity.kind is kind) for kind in ENTITY_KINDS}


def _values(article: Article, mentions: Sequence[Mention]) -> tuple[tuple[Amount, ...], tuple[DateInterval, ...]]:
    """Return the amounts and dates of the story, each once, in order."""
    story = [mention for mention in mentions if is_in_story(article, mention)]
    amounts = dict.fromkeys(mention.amount for mention in story if mention.amount is not None)
    dates = dict.fromkeys(mention.interval for mention in story if mention.interval is not None)
    return tuple(amounts), tuple(dates)
