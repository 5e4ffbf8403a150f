"""The read side on the small archive; what is written comes back as it was."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from index.catalog.reader import CatalogReader
from index.catalog.store import Catalog
from index.errors import ArticleNotFoundError, EntityNotFoundError, UsageError
from index.model import Alias, Amount, Furniture, FurnitureReason, Kind, Mention, Span
from tests.unit.index.catalog.archive import (
    ANKARA,
    ARCHIVE,
    MOSCOW,
    PRICE,
    QUIET,
    extracted,
    make_article,
    mention,
    resolve,
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


def test_statistics_count_the_archive(reader: CatalogReader) -> None:
    statistics = reader.statistics()
    assert (statistics.articles, statistics.undated, statistics.failures) == (3, 2, 0)
    assert statistics.entities == {Kind.PEOPLE: 1, Kind.ORGANIZATIONS: 0, Kind.PLACES: 2, Kind.SYSTEMS: 1}
    assert statistics.mentions[Kind.PEOPLE] == 2
    assert (statistics.mentions[Kind.AMOUNTS], statistics.mentions[Kind.DATES]) == (1, 1)
    assert (statistics.first_published, statistics.last_published) == ("2019-07-12", "2019-07-12")


def test_a_reader_sees_what_was_committed_after_it_was_opened(filled: Catalog, reader: CatalogReader) -> None:
    filled.store_resolution(resolve(filled.names(), moscow="russia"), fingerprint="r2")
    assert reader.entity("russia").kind is Kind.PLACES
    assert reader.current_id("moscow") == "russia"


def test_many_threads_read_at_once(reader: CatalogReader) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: reader.links(["ankara", "moscow"])["moscow"], range(200)))
    assert answers == {reader.links(["moscow"])["moscow"]}


def test_reading_imports_no_sqlalchemy() -> None:
    program = "import sys, index.catalog.open; print(sorted({'sqlalchemy', 'spacy', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
