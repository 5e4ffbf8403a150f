"""Prepared articles are read once for each state of an archive."""

from collections.abc import Mapping, Sequence
from typing import cast

from index.catalog.reader import CatalogReader
from index.catalog.reading.records import ShownArticle, ShownMention
from index.model import Article, Entity, Kind
from search.hits.prepared import PreparedCache

BODY = "Ann Roe spoke. (Photo by an agency) Bea Doe listened."


class OneArticle:
    """A catalog of one article that counts how often it is asked."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def shown(self, ids: Sequence[str]) -> Mapping[str, ShownArticle]:
        self.calls.append(list(ids))
        return {"a": shown()} if "a" in ids else {}


def shown() -> ShownArticle:
    def mention(name: str, entity_id: str, *, in_furniture: bool) -> ShownMention:
        start = BODY.index(name)
        return ShownMention(start, start + len(name), Kind.PEOPLE, entity_id, in_furniture=in_furniture)

    mentions = (mention("Ann Roe", "ann-roe", in_furniture=True), mention("Bea Doe", "bea-doe", in_furniture=False))
    entities = {name: Entity(name, Kind.PEOPLE, name) for name in ("ann-roe", "bea-doe")}
    article = Article(id="a", title="A", body=BODY, locator="a.txt", content_hash="0")
    return ShownArticle(article, mentions, entities)


def get(cache: PreparedCache, catalog: OneArticle, state: int, ids: Sequence[str]) -> list[str]:
    found = cache.at(state).get(ids, cast("CatalogReader", catalog), abbreviations=frozenset())
    return list(found)


def test_an_article_is_read_once_for_each_state() -> None:
    catalog, cache = OneArticle(), PreparedCache()
    assert get(cache, catalog, 1, ["a"]) == get(cache, catalog, 1, ["a"]) == ["a"]
    assert get(cache, catalog, 2, ["a"]) == ["a"]
    assert catalog.calls == [["a"], ["a"]]


def test_unknown_articles_are_left_out_and_asked_for_again() -> None:
    catalog, cache = OneArticle(), PreparedCache()
    assert get(cache, catalog, 1, ["b", "a"]) == ["a"]
    assert get(cache, catalog, 1, ["b", "a"]) == ["a"]
    assert catalog.calls == [["b", "a"], ["b"]]


def test_a_small_cache_forgets() -> None:
    catalog, cache = OneArticle(), PreparedCache(max_bytes=1)
    assert get(cache, catalog, 1, ["a"]) == get(cache, catalog, 2, ["a"]) == get(cache, catalog, 1, ["a"]) == ["a"]
    assert len(catalog.calls) == 3


def test_entities_of_captions_come_last() -> None:
    found = PreparedCache().at(1).get(["a"], cast("CatalogReader", OneArticle()), abbreviations=frozenset())
    assert [entity.id for entity in found["a"].by_kind[Kind.PEOPLE]] == ["bea-doe", "ann-roe"]
