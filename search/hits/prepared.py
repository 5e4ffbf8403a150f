"""Articles with everything that a hit needs and no query changes, kept for the next search that shows them.

Most searches show articles that another has just shown: a filter more, the next page, the way back.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

from msgspec import Struct

from index.catalog.reader import CatalogReader
from index.catalog.reading.records import ShownArticle, ShownMention
from index.model import ENTITY_KINDS, Amount, DateInterval, Entity, Kind, Span
from search.engines.cache import BoundedCache
from search.hits.sentences import split_sentences
from search.hits.terms import count_words

__all__ = ["PreparedArticle", "PreparedArticles", "PreparedCache"]

_CACHE_BYTES = 48 * 1024 * 1024
# Measured with tracemalloc on articles of 4,300 letters with 140 mentions.
_BYTES_OF_LETTER, _BYTES_OF_MENTION, _BYTES_OF_ARTICLE = 4, 250, 2_000


class PreparedArticle(Struct, frozen=True):
    """An article with its sentences, and the entities and values of its story."""

    shown: ShownArticle
    sentences: tuple[Span, ...]
    by_kind: Mapping[Kind, tuple[Entity, ...]]
    amounts: tuple[Amount, ...]
    dates: tuple[DateInterval, ...]
    word_count: int


class PreparedCache:
    """LRU cache of prepared articles of one archive. Safe for many threads."""

    def __init__(self, max_bytes: int = _CACHE_BYTES) -> None:
        self._cache: BoundedCache[PreparedArticle] = BoundedCache(max_bytes, _size)

    def at(self, state: Hashable) -> "PreparedArticles":
        """Return the articles of one state of the archive."""
        return PreparedArticles(self._cache, state)


class PreparedArticles:
    """The articles of one state of an archive, prepared once and kept in a cache that other states share."""

    def __init__(self, cache: BoundedCache[PreparedArticle] | None = None, state: Hashable = None) -> None:
        self._cache: BoundedCache[PreparedArticle] = cache or BoundedCache(0, _size)
        self._state = state

    def get(
        self, ids: Sequence[str], catalog: CatalogReader, *, abbreviations: frozenset[str]
    ) -> Mapping[str, PreparedArticle]:
        """Return articles by id, with at most one call to the catalog; unknown ids are left out."""
        kept = {article_id: self._cache.find((self._state, article_id)) for article_id in ids}
        missing = [article_id for article_id, article in kept.items() if article is None]
        made = {
            article_id: _prepared(shown, abbreviations)
            for article_id, shown in (catalog.shown(missing) if missing else {}).items()
        }
        for article_id, article in made.items():
            self._cache.put((self._state, article_id), article)
        return {article_id: article for article_id, article in (kept | made).items() if article is not None}


def _prepared(shown: ShownArticle, abbreviations: frozenset[str]) -> PreparedArticle:
    body = shown.article.body
    story = [mention for mention in shown.mentions if mention.in_story]
    return PreparedArticle(
        shown=shown,
        sentences=split_sentences(body, abbreviations=abbreviations),
        by_kind=_entities_by_kind(story, shown.entities),
        amounts=tuple(dict.fromkeys(mention.amount for mention in story if mention.amount is not None)),
        dates=tuple(dict.fromkeys(mention.interval for mention in story if mention.interval is not None)),
        word_count=count_words(body),
    )


def _size(article: PreparedArticle) -> int:
    letters = _BYTES_OF_LETTER * len(article.shown.article.body)
    return _BYTES_OF_ARTICLE + letters + _BYTES_OF_MENTION * len(article.shown.mentions)


def _entities_by_kind(story: Sequence[ShownMention], entities: Mapping[str, Entity]) -> dict[Kind, tuple[Entity, ...]]:
    """Return the entities of an article's story by kind, the most mentioned first, then by first mention.

    Mentions in captions count last: a photograph often shows people whom the story does not name.
    """
    counted: Counter[str] = Counter()
    for mention in story:
        if mention.entity_id is not None:
            counted[mention.entity_id] += 0 if mention.in_furniture else 1
    # `most_common` keeps the order of first mention among equals.
    ordered = [entities[entity_id] for entity_id, _ in counted.most_common()]
    return {kind: tuple(entity for entity in ordered if entity.kind is kind) for kind in ENTITY_KINDS}
