"""Entities that a reader of the catalog finds by id, name, kind and article, for every reader alike."""

from dataclasses import replace
from decimal import Decimal

import pytest

from index.catalog.reader import CatalogReader
from index.catalog.reading import entity_queries
from index.catalog.reading.records import EntityName, SuggestionRow
from index.catalog.records import ExtractedArticle
from index.catalog.store import Catalog
from index.errors import UsageError
from index.identity.records import LocalLink, Name, Suggestion
from index.model import Alias, Amount, Furniture, FurnitureReason, Kind, Mention, Span
from tests.unit.index.catalog.archive import (
    PRICE,
    VAGUE,
    extracted,
    make_article,
    mention,
    resolve,
    store_resolution,
)


def test_an_entity_has_its_written_forms_and_counts(reader: CatalogReader) -> None:
    entity = reader.entity("ismail-demir")
    assert entity.aliases == (Alias("Ismail Demir", 1), Alias("İsmail Demir", 1), Alias("Other", 0))
    assert (entity.documents, entity.mentions) == (2, 2)


@pytest.mark.parametrize("text", ["Ismail Demir", "İSMAİL DEMİR", " ismail  demir "])
def test_entities_are_found_by_any_spelling(reader: CatalogReader, text: str) -> None:
    assert [entity.id for entity in reader.find_entities(text)] == ["ismail-demir"]


def test_entities_with_one_name_come_with_most_documents_first(reader: CatalogReader) -> None:
    assert [entity.id for entity in reader.find_entities("other")] == ["ismail-demir", "ankara", "moscow", "s-400"]
    assert [entity.id for entity in reader.find_entities("other", kind=Kind.SYSTEMS)] == ["s-400"]
    assert len(reader.find_entities("other", limit=2)) == 2


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("dem", ["ismail-demir"]),
        ("İsm", ["ismail-demir"]),
        ("ismail d", ["ismail-demir"]),
        ("mir", []),
        ("s-4", ["s-400"]),
        ("", []),
        ("_%", []),
    ],
)
def test_completion_takes_the_beginning_of_a_word(reader: CatalogReader, text: str, ids: list[str]) -> None:
    assert [entity.id for entity in reader.complete_entities(text)] == ids


def test_completion_can_keep_to_a_kind(reader: CatalogReader) -> None:
    assert [entity.id for entity in reader.complete_entities("o", kind=Kind.PLACES)] == ["ankara", "moscow"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [("Ismial Demir", ["ismail-demir"]), ("Mosow", ["moscow"]), ("Anqarra", ["ankara"]), ("Berlin", []), ("", [])],
)
def test_similar_names_are_two_edits_away_at_most(reader: CatalogReader, text: str, ids: list[str]) -> None:
    assert [entity.id for entity in reader.similar_names(text)] == ids


def test_entities_are_listed_by_kind(reader: CatalogReader) -> None:
    by_name = reader.list_entities(Kind.PLACES, order="name")
    assert [entity.id for entity in by_name] == ["ankara", "moscow"]
    assert reader.list_entities(Kind.PLACES, order="name", limit=1, offset=1) == by_name[1:]
    assert [entity.id for entity in reader.list_entities(Kind.PLACES, prefix="Mo")] == ["moscow"]
    assert (reader.count_entities(Kind.PLACES), reader.count_entities(Kind.PLACES, prefix="mo")) == (2, 1)


def test_an_unknown_order_is_a_usage_error(reader: CatalogReader) -> None:
    with pytest.raises(UsageError, match="documents, mentions, name"):
        reader.list_entities(Kind.PLACES, order="size")


def test_articles_of_an_entity(reader: CatalogReader) -> None:
    assert reader.article_ids_of("ismail-demir") == ("ankara", "moscow")
    assert reader.article_ids_of("none") == ()
    assert reader.article_ids_of("ismail-demir", limit=1) == ("ankara",)
    assert reader.article_ids_of("ismail-demir", offset=1) == ("moscow",)
    assert (reader.count_articles_of("ismail-demir"), reader.count_articles_of("none")) == (2, 0)


def test_mentions_in_captions_and_menus_are_no_story_mentions(filled: Catalog, reader: CatalogReader) -> None:
    body = "Moscow by night. (Photo) Ankara and Moscow agreed. Menu: Ankara"
    furniture = (Furniture(Span(0, 24), FurnitureReason.CAPTION), Furniture(Span(51, 63), FurnitureReason.MENU))
    again = make_article("again", body, furniture=furniture)
    places = [("Moscow", 0), ("Ankara", 25), ("Moscow", 36), ("Ankara", 57)]
    mentions = [
        Mention(Span(at, at + 6), text, Kind.PLACES, "rule", "e", in_furniture=at in (0, 57)) for text, at in places
    ]
    names = [Name(Kind.PLACES, text.lower(), text) for text, _ in places]
    links = [LocalLink(number, name, "name", "e") for number, name in enumerate(names)]
    filled.store([ExtractedArticle(again, again.locator, tuple(mentions), tuple(links))], extraction="v1", run=1)
    store_resolution(filled, resolve(filled.names()), fingerprint="r2")
    assert reader.story_mentions(["moscow", "ankara", "s-400", "nobody"]) == {"moscow": 2, "ankara": 2, "s-400": 1}
    assert (reader.entity("moscow").mentions, reader.entity("ankara").mentions) == (3, 2)
    assert reader.story_mentions([]) == {}
    vectors, entities, counted = reader.vectors_and_entities([], ["ankara"], tied=["moscow"])
    assert (vectors, list(entities), counted) == ({}, ["ankara"], {"moscow": 2})


def test_amounts_of_all_articles_of_an_entity(filled: Catalog, reader: CatalogReader) -> None:
    assert reader.amounts_of("ismail-demir") == reader.amounts_of("ankara") == ((PRICE, 1),)
    assert reader.amounts_of("moscow") == reader.amounts_of("none") == ()
    body = "Ankara paid $2.5 billion, and $9. Menu: $2.5 billion"
    again = make_article("again", body, furniture=(Furniture(Span(33, 52), FurnitureReason.MENU),))
    nine = Amount("USD", Decimal(9))
    values = [
        mention(again, "$2.5 billion", Kind.AMOUNTS, amount=PRICE),
        mention(again, "$9", Kind.AMOUNTS, amount=nine),
        Mention(Span(40, 52), "$2.5 billion", Kind.AMOUNTS, "money", "e", amount=PRICE, in_furniture=True),
    ]
    filled.store([extracted(again, ("Ankara", Kind.PLACES, "ankara"), values=values)], extraction="v", run=2)
    assert reader.amounts_of("ankara") == ((PRICE, 2), (nine, 1))
    assert reader.amounts_of("ankara", limit=1) == ((PRICE, 2),)
    vague = make_article("vague", "Ankara paid billions, or $9.")
    values = [mention(vague, "billions", Kind.AMOUNTS, amount=VAGUE), mention(vague, "$9", Kind.AMOUNTS, amount=nine)]
    filled.store([extracted(vague, ("Ankara", Kind.PLACES, "ankara"), values=values)], extraction="v", run=2)
    assert reader.amounts_of("ankara") == ((PRICE, 2), (nine, 2), (VAGUE, 1))


def test_names_come_by_folded_name(filled: Catalog, reader: CatalogReader) -> None:
    names = reader.names(["s-400", "none", "ismail-demir", "ankara", "ankara"])
    assert names == (
        EntityName("ankara", Kind.PLACES, "Ankara", "ankara"),
        EntityName("ismail-demir", Kind.PEOPLE, "Ismail Demir", "ismail demir"),
        EntityName("s-400", Kind.SYSTEMS, "S 400", "s 400"),
    )


def test_many_ids_are_brought_up_to_date_at_once(filled: Catalog, reader: CatalogReader) -> None:
    store_resolution(filled, resolve(filled.names(), moscow="russia"), fingerprint="r2")
    found = reader.current_ids(["none", "moscow", "ankara"])
    assert list(found.items()) == [("moscow", "russia"), ("ankara", "ankara")]
    assert {old: reader.current_id(old) for old in ("none", "moscow", "ankara")} == {"none": None, **found}


def test_suggestions_are_found_by_number_kind_and_entity(filled: Catalog, reader: CatalogReader) -> None:
    cities = Suggestion(Kind.PLACES, "ankara", "moscow", "spelling", "nearly the same letters", 40)
    mixed = Suggestion(Kind.PEOPLE, "ismail-demir", "s-400", "short form", "shorter", 70)
    resolution = replace(resolve(filled.names()), suggestions=(cities, mixed))
    store_resolution(filled, resolution, fingerprint="r2")
    rows = (
        SuggestionRow(2, Kind.PEOPLE, "ismail-demir", "s-400", "short form", "shorter", 70),
        SuggestionRow(1, Kind.PLACES, "ankara", "moscow", "spelling", "nearly the same letters", 40),
    )
    assert reader.suggestions() == rows
    assert reader.suggestions(limit=1, offset=1) == reader.suggestions(kind=Kind.PLACES) == rows[1:]
    assert (reader.suggestion(1), reader.suggestion(3)) == (rows[1], None)
    assert reader.suggestions_about("moscow") == rows[1:]
    assert (reader.count_suggestions(), reader.count_suggestions(kind=Kind.SYSTEMS)) == (2, 0)


@pytest.mark.parametrize("many", [1, 1500])
@pytest.mark.parametrize(
    ("text", "ids"), [("dem", ["ismail-demir"]), ("i", ["ismail-demir"]), ("mir", []), ("ankara", ["ankara"])]
)
def test_completion_by_popularity_gives_the_same(
    reader: CatalogReader, monkeypatch: pytest.MonkeyPatch, many: int, text: str, ids: list[str]
) -> None:
    monkeypatch.setattr(entity_queries, "_MANY_STARTS", many)
    assert [entity.id for entity in reader.complete_entities(text)] == ids


def test_many_names_and_ids_are_found_at_once(reader: CatalogReader) -> None:
    texts, ids = ["Ankara", "ANKARA", "nobody", ""], ["moscow", "nobody"]
    found = reader.find_names(texts, ids=ids)
    assert found.by_name == {text: reader.find_entities(text) for text in ("Ankara", "ANKARA")}
    assert found.by_id == {"moscow": reader.entity("moscow")}
    assert (reader.find_names([]).by_name, reader.find_names([]).by_id) == ({}, {})


def test_many_texts_are_completed_and_compared_at_once(reader: CatalogReader) -> None:
    texts = ["an", "Ankra", "zzz"]
    assert reader.complete_names(texts, limit=3) == {text: reader.complete_entities(text, limit=3) for text in texts}
    assert reader.similar_to(texts, limit=3) == {text: reader.similar_names(text, limit=3) for text in texts}
