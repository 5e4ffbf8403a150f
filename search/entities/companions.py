"""Companions of an entity: articles and sentences that they share, how much more than by chance, and when."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping

from index.catalog.reader import CatalogReader
from index.catalog.reading.records import ShownArticle
from index.errors import UsageError
from index.keywords.dates import UNDATED, month_values
from index.model import ENTITY_KINDS, Article, Entity, Kind
from search.hits.sentences import sentences_at
from search.views import CompanionView, MonthCount

__all__ = ["ORDERS", "view_companions"]

_ARTICLES_AT_ONCE = 200
# Of what appears with an entity once, nearly everything is there by chance, with a lift of thousands.
_FEWEST_FOR_LIFT = 2

ORDERS: Mapping[str, Callable[[CompanionView], float]] = {
    "documents": lambda view: view.documents,
    "sentences": lambda view: view.sentences,
    "lift": lambda view: view.lift if view.documents >= _FEWEST_FOR_LIFT else 0.0,
}
"""Orders of companions, the greatest first, by name."""


def view_companions(
    entity: Entity,
    *,
    catalog: CatalogReader,
    articles: int,
    abbreviations: frozenset[str],
    kinds: Collection[Kind] = (),
    order: str = "documents",
    limit: int = 50,
) -> tuple[CompanionView, ...]:
    """Return `limit` entities of `kinds`, all by default, that appear with an entity in an archive of `articles`.

    Reads all articles of the entity. Of equal ones, those in more articles and sentences
    come first, then by name. Raises `UsageError` for an
    unknown order.
    """
    if order not in ORDERS:
        raise UsageError(f"order: there is no order {order!r}. Known: {', '.join(ORDERS)}.")
    wanted = set(kinds or ENTITY_KINDS)
    documents: Counter[tuple[str, str]] = Counter()
    sentences: Counter[tuple[str, str]] = Counter()
    entities: dict[str, Entity] = {}
    for article in _articles(entity.id, catalog):
        month = _month(article.article)
        found = _shared_sentences(article, entity.id, abbreviations)
        for other, shared in found.items():
            if other != entity.id and article.entities[other].kind in wanted:
                entities[other] = article.entities[other]
                documents[other, month] += 1
                sentences[other, month] += shared
    whole = catalog.entities(list(entities))
    views = _views(documents, sentences, chance=entity.documents / max(1, articles), entities=whole)
    return tuple(sorted(views, key=lambda view: _rank(view, order))[:limit])


def _rank(view: CompanionView, order: str) -> tuple[float, int, int, str, str]:
    return -ORDERS[order](view), -view.documents, -view.sentences, view.entity.name, view.entity.id


def _articles(entity_id: str, catalog: CatalogReader) -> Iterator[ShownArticle]:
    ids = catalog.article_ids_of(entity_id)
    for start in range(0, len(ids), _ARTICLES_AT_ONCE):
        yield from catalog.shown(ids[start : start + _ARTICLES_AT_ONCE]).values()


def _shared_sentences(article: ShownArticle, entity_id: str, abbreviations: frozenset[str]) -> Counter[str]:
    """The entities of an article with the number of sentences that each has in common with one of them."""
    story = [mention for mention in article.mentions if mention.in_story and mention.entity_id is not None]
    own = [mention.start for mention in story if mention.entity_id == entity_id]
    sentences = sentences_at(own, article.article.body, abbreviations=abbreviations)
    starts = [sentence.start for sentence in sentences]
    places: dict[str, set[int]] = {}
    for mention in story:
        there = places.setdefault(mention.entity_id or "", set())
        number = bisect_right(starts, mention.start) - 1
        if number >= 0 and mention.start < sentences[number].end:
            there.add(number)
    return Counter({other: len(there) for other, there in places.items()})


def _month(article: Article) -> str:
    months = month_values([article.published]) if article.published is not None else []
    # An article of a whole year appeared in none of its months.
    return months[0] if len(months) == 1 else UNDATED


def _views(
    documents: Counter[tuple[str, str]],
    sentences: Counter[tuple[str, str]],
    *,
    chance: float,
    entities: Mapping[str, Entity],
) -> Iterator[CompanionView]:
    """`chance` is the share of all articles that name the entity."""
    months: dict[str, list[MonthCount]] = {}
    for (other, month), count in documents.items():
        months.setdefault(other, []).append(MonthCount(month, count, sentences[other, month]))
    for other, counted in months.items():
        together = sum(month.documents for month in counted)
        expected = entities[other].documents * chance
        yield CompanionView(
            entity=entities[other],
            documents=together,
            sentences=sum(month.sentences for month in counted),
            lift=round(together / expected, 2) if expected else 0.0,
            months=tuple(sorted(counted, key=lambda month: (month.month == UNDATED, month.month))),
        )
