"""Articles that a reader of the catalog returns: unchanged, in the order promised, for every reader alike."""

import dataclasses
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from index.catalog.reader import CatalogReader
from index.catalog.reading.records import ArticleContent, ShownMention
from index.catalog.store import Catalog
from index.errors import ArticleNotFoundError, EntityNotFoundError
from index.keywords.documents import is_in_story
from index.model import Furniture, FurnitureReason, Kind, Span
from tests.unit.index.catalog.archive import (
    ANKARA,
    ARCHIVE,
    MOSCOW,
    QUIET,
    extracted,
    make_article,
    resolve,
    store_resolution,
)


def test_articles_come_back_as_they_were_stored_in_the_order_asked_for(reader: CatalogReader) -> None:
    assert list(reader.articles(["quiet", "none", "ankara", "moscow"]).values()) == [QUIET, ANKARA, MOSCOW]


def test_mentions_come_back_as_they_were_stored(reader: CatalogReader) -> None:
    assert dict(reader.mentions(["ankara", "moscow", "quiet"])) == {item.article.id: item.mentions for item in ARCHIVE}


def test_links_join_mentions_with_entities(reader: CatalogReader) -> None:
    links = reader.links(["moscow"])["moscow"]
    assert [(link.mention.text, link.entity_id, link.rule) for link in links] == [
        ("Moscow", "moscow", "folded name"),
        ("S-400s", "s-400", "folded name"),
        ("İsmail Demir", "ismail-demir", "folded name"),
    ]


def test_an_article_without_mentions_has_an_empty_entry(reader: CatalogReader) -> None:
    assert reader.mentions(["quiet"]) == {"quiet": ()}
    assert reader.links(["quiet"]) == {"quiet": ()}


def test_unknown_ids_are_not_found(reader: CatalogReader) -> None:
    with pytest.raises(ArticleNotFoundError, match="'none'"):
        reader.article("none")
    with pytest.raises(EntityNotFoundError, match="'none'"):
        reader.entity("none")


def test_article_ids_come_in_order(reader: CatalogReader) -> None:
    assert list(reader.article_ids()) == ["ankara", "moscow", "quiet"]


@pytest.mark.parametrize(
    ("text", "article_id"),
    [
        ("ankara", "ankara"),
        ("ank", "ankara"),
        ("news/moscow.txt", "moscow"),
        ("https://example.org/ankara", "ankara"),
        ("", None),
        ("nothing", None),
        ("%", None),
    ],
)
def test_articles_are_named_by_id_beginning_locator_or_url(
    reader: CatalogReader, text: str, article_id: str | None
) -> None:
    assert reader.resolve_article_id(text) == article_id


def test_articles_are_counted_by_language(reader: CatalogReader) -> None:
    assert sum(reader.count_by_language().values()) == reader.statistics().articles
    assert list(reader.count_by_language()) == sorted(reader.count_by_language())


def test_statistics_count_the_archive(reader: CatalogReader) -> None:
    statistics = reader.statistics()
    assert (statistics.articles, statistics.undated, statistics.failures) == (3, 2, 0)
    assert statistics.entities == {Kind.PEOPLE: 1, Kind.ORGANIZATIONS: 0, Kind.PLACES: 2, Kind.SYSTEMS: 1}
    assert statistics.mentions[Kind.PEOPLE] == 2
    assert (statistics.mentions[Kind.AMOUNTS], statistics.mentions[Kind.DATES]) == (1, 1)
    assert (statistics.first_published, statistics.last_published) == ("2019-07-12", "2019-07-12")


def test_contents_hold_all_of_an_article(reader: CatalogReader) -> None:
    contents = reader.contents(["quiet", "none", "ankara"])
    assert list(contents) == ["quiet", "ankara"]
    assert contents["ankara"].article == ANKARA
    assert contents["ankara"].mentions == ARCHIVE[0].mentions
    assert contents["ankara"].links == reader.links(["ankara"])["ankara"]
    assert contents["ankara"].entities == reader.entities(["ankara", "ismail-demir"])
    assert (contents["quiet"].mentions, contents["quiet"].links, contents["quiet"].entities) == ((), (), {})
    assert reader.contents([]) == {}


def test_shown_articles_have_the_mentions_with_entities_and_values(reader: CatalogReader) -> None:
    shown, contents = (
        reader.shown(["quiet", "none", "ankara", "moscow"]),
        reader.contents(["quiet", "ankara", "moscow"]),
    )
    assert list(shown) == list(contents)
    assert [article.article for article in shown.values()] == [content.article for content in contents.values()]
    assert [article.entities for article in shown.values()] == [content.entities for content in contents.values()]
    assert {article_id: article.mentions for article_id, article in shown.items()} == {
        article_id: tuple(_shown(content)) for article_id, content in contents.items()
    }
    assert reader.shown([]) == {}


def test_menus_are_not_of_the_story_and_names_without_entity_are_not_shown(
    filled: Catalog, reader: CatalogReader
) -> None:
    body = "Moscow. Ankara spoke. Menu: Kyiv, Moscow"
    article = make_article("page", body, furniture=(Furniture(Span(22, 40), FurnitureReason.MENU),))
    found = [("Moscow", Kind.PLACES, "moscow"), ("Ankara", Kind.PLACES, "ankara"), ("Kyiv", Kind.PLACES, "kyiv")]
    stored = extracted(article, *found)
    mentions = tuple(replace(mention, in_furniture=mention.span.start > 22) for mention in stored.mentions)
    filled.store([dataclasses.replace(stored, mentions=mentions)], extraction="v1", run=1)
    resolution = resolve(filled.names())
    named = {name: given for name, given in resolution.assignments.items() if name != (Kind.PLACES, "ankara")}
    store_resolution(filled, dataclasses.replace(resolution, assignments=named), fingerprint="r2")
    shown = reader.shown(["page"])["page"]
    assert [(body[it.start : it.end], it.in_furniture, it.in_story) for it in shown.mentions] == [
        ("Moscow", False, True),
        ("Kyiv", True, False),
    ]
    assert shown.mentions == tuple(_shown(reader.contents(["page"])["page"]))


def _shown(content: ArticleContent) -> Iterator[ShownMention]:
    entity_of = {link.mention.span: link.entity_id for link in content.links}
    for mention in content.mentions:
        entity_id = entity_of.get(mention.span)
        if entity_id or mention.amount or mention.interval:
            yield ShownMention(
                mention.span.start,
                mention.span.end,
                mention.kind,
                entity_id,
                mention.amount,
                mention.interval,
                in_furniture=mention.in_furniture,
                in_story=is_in_story(content.article, mention),
            )


def test_titles_come_in_the_order_asked_for(reader: CatalogReader) -> None:
    titles = reader.titles(["quiet", "none", "ankara"])
    assert list(titles.items()) == [("quiet", QUIET.title), ("ankara", ANKARA.title)]


def test_lists_longer_than_a_statement_are_read(reader: CatalogReader) -> None:
    ids = [f"none-{number}" for number in range(2000)]
    assert list(reader.articles([*ids, "quiet", *ids, "ankara"])) == ["quiet", "ankara"]
    assert list(reader.mentions([*ids, "quiet"])) == ["quiet"]
    assert list(reader.titles([*ids, "quiet"])) == ["quiet"]
    assert list(reader.current_ids([*ids, "moscow"])) == ["moscow"]
    assert [name.id for name in reader.names([*ids, "moscow", *ids, "ankara"])] == ["ankara", "moscow"]
    assert list(reader.entities([*ids, "moscow", "ankara"])) == ["moscow", "ankara"]


def test_order_is_by_code_point(filled: Catalog, reader: CatalogReader) -> None:
    ids = ["Zeta", "alpha", "Ärger", "_low", "eta", "beta-2", "beta.1", "\U0001d7d8"]
    filled.store([extracted(make_article(article_id, "Nothing.")) for article_id in ids], extraction="v1", run=1)
    assert list(reader.article_ids()) == sorted([*ids, "ankara", "moscow", "quiet"])
    assert reader.resolve_article_id("beta.") == "beta.1"
    assert reader.resolve_article_id("Ä") == "Ärger"
    assert reader.resolve_article_id("beta") is None
