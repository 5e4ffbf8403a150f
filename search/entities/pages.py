"""One entity: when and with whom it appears, which sums stand near it, and the sentences that mention it."""

from collections.abc import Mapping
from datetime import date

from index.catalog.reader import CatalogReader
from index.errors import EntityNotFoundError
from index.identity.wording import describe
from index.keywords.dates import UNDATED
from index.model import ENTITY_KINDS, DateInterval, Entity, Kind
from search.engines.base import EngineHit, FacetCounts, FacetRequest, Searcher, Sort
from search.hits.making import HitMaker
from search.hits.prepared import PreparedArticle, PreparedArticles
from search.hits.sentences import sentence_around
from search.query.ast import Keyword
from search.views import AmountCount, DateBeside, DecisionNote, EntityCount, EntityView, YearCount

__all__ = ["find_entity", "view_entity"]

# All that a chart looks at.
_MAX_YEARS = 5000
_MAX_RELATED = 10
_MAX_AMOUNTS = 20
_MAX_DATES = 12
_ARTICLES = 20


def find_entity(entity_id: str, catalog: CatalogReader) -> Entity:
    """Return the entity that has an id now; raises `EntityNotFoundError`."""
    entity = catalog.find_names([], ids=[entity_id]).by_id.get(entity_id)
    if entity is None:
        raise EntityNotFoundError(f"There is no entity {entity_id[:200]!r}.")
    return entity


def view_entity(
    entity: Entity,
    *,
    catalog: CatalogReader,
    searcher: Searcher,
    abbreviations: frozenset[str],
    prepared: PreparedArticles | None = None,
    limit: int = _ARTICLES,
    offset: int = 0,
    is_newest_first: bool = False,
) -> EntityView:
    """Return an entity with its surroundings and `limit` of its articles from `offset` on.

    Those with the most mentions come first, or the newest.
    """
    entity_id = entity.id
    asked = Keyword(entity.kind.value, (entity.id,))
    requests = [
        FacetRequest("date_years", limit=_MAX_YEARS, is_by_value=True),
        FacetRequest("published_years", limit=_MAX_YEARS, is_by_value=True),
        # One more than shown, as the entity itself is the first of its kind.
        *(FacetRequest(kind.value, limit=_MAX_RELATED + 1) for kind in ENTITY_KINDS),
    ]
    newest = limit if is_newest_first else 0
    found = searcher.search(asked, facets=requests, sort=Sort.NEWEST, limit=newest, offset=offset if newest else 0)
    counts = {counted.field: counted for counted in found.facets}
    related = _related(entity_id, counts, catalog, chance=found.total / max(1, searcher.document_count))
    prepared = prepared or PreparedArticles()
    maker = HitMaker(catalog, asked, (), abbreviations=abbreviations, prepared=prepared)
    ids = [hit.id for hit in found.hits] if newest else catalog.article_ids_of(entity_id, limit=limit, offset=offset)
    articles = maker.make([EngineHit(article_id, 0.0) for article_id in ids])
    published = counts["published_years"]
    return EntityView(
        entity=entity,
        version=str(catalog.versions([entity_id])[entity_id]),
        documents=found.total,
        undated=sum(bucket.count for bucket in published.buckets if bucket.value == UNDATED),
        mentioned=_years(counts["date_years"]),
        published=_years(published),
        people=related[Kind.PEOPLE],
        organizations=related[Kind.ORGANIZATIONS],
        places=related[Kind.PLACES],
        systems=related[Kind.SYSTEMS],
        amounts=tuple(
            AmountCount(amount, documents) for amount, documents in catalog.amounts_of(entity_id, limit=_MAX_AMOUNTS)
        ),
        articles=articles,
        offset=offset,
        dates=_dates_beside(entity_id, prepared.get(ids, catalog, abbreviations=abbreviations)),
        decisions=tuple(
            DecisionNote(made.id, describe(made.decision), made.decided_at, made.decided_by)
            for made in catalog.decisions_about(entity_id)
        ),
    )


def _dates_beside(entity_id: str, articles: Mapping[str, PreparedArticle]) -> tuple[DateBeside, ...]:
    """Return the dates in sentences that name an entity: those in most articles, then in the order of time."""
    found: dict[tuple[date | None, date | None], tuple[DateInterval, dict[str, int]]] = {}
    for article_id, article in articles.items():
        starts = [sentence.start for sentence in article.sentences]
        mentions = article.shown.mentions
        named = {sentence_around(mention.start, starts) for mention in mentions if mention.entity_id == entity_id}
        for mention in mentions:
            interval = mention.interval
            if interval is not None and interval.is_resolved:
                sentence = sentence_around(mention.start, starts)
                if sentence in named:
                    _, places = found.setdefault((interval.start, interval.end), (interval, {}))
                    places.setdefault(article_id, sentence)
    beside = [DateBeside(interval, len(places), *next(iter(places.items()))) for interval, places in found.values()]
    beside.sort(key=lambda each: (-each.documents, str(each.interval.start), str(each.interval.end)))
    return tuple(beside[:_MAX_DATES])


def _years(counted: FacetCounts) -> tuple[YearCount, ...]:
    return tuple(YearCount(bucket.value, bucket.count) for bucket in counted.buckets if bucket.value != UNDATED)


def _related(
    entity_id: str, counts: Mapping[str, FacetCounts], catalog: CatalogReader, *, chance: float
) -> dict[Kind, tuple[EntityCount, ...]]:
    ids = [bucket.value for kind in ENTITY_KINDS for bucket in counts[kind.value].buckets]
    entities = catalog.entities(ids)
    return {
        kind: tuple(
            EntityCount(
                entities[bucket.value], bucket.count, _lift(bucket.count, entities[bucket.value].documents * chance)
            )
            for bucket in counts[kind.value].buckets
            if bucket.value != entity_id and bucket.value in entities
        )[:_MAX_RELATED]
        for kind in ENTITY_KINDS
    }


def _lift(together: int, expected: float) -> float:
    """Return how many times more articles there are than by chance.

    >>> _lift(6, 2.0)
    3.0
    """
    return round(together / expected, 2) if expected else 0.0
