"""Prepared articles are read once for each state of an archive."""

from collections.abc import Mapping, Sequence
from typing import cast

from index.catalog.reader import ArticleContent, CatalogReader
from index.model import Article, Entity, Kind, Link, Mention, Span
from search.hits.prepared import PreparedCache

BODY = "Ann Roe spoke. (Photo by an agency) Bea Doe listened."


class OneArticle:
    """A catalog of one article that counts how often it is asked."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def contents(self, ids: Sequence[str]) -> Mapping[str, ArticleContent]:
        self.calls.append(list(ids))
        return {"a": content()} if "a" in ids else {}


def content() -> ArticleContent:
    def mention(name: str, *, in_furniture: bool) -> Mention:
        start = BODY.index(name)
        span = Span(start, start + len(name))
        return Mention(span, name, Kind.PEOPLE, "gazetteer", "test", None, in_furniture=in_furniture)

    links = (Link(mention("Ann Roe", in_furniture=True), "ann-roe", "r", "e"),
             Link(mention("Bea Doe", in_furniture=False), "bea-doe", "r", "e"))  # fmt: skip
    entities = {name: Entity(name, Kind.PEOPLE, name) for name in ("ann-roe", "bea-doe")}
    article = Article(id="a", title="A", body=BODY, locator="a.txt", content_hash="0")
    return ArticleContent(article, tuple(link.mention for link in links), links, entities)


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
