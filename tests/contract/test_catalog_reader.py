"""Read side of the catalog, for both implementations: stored records come back unchanged, in the order promised."""

import tarfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader, EntityName, SuggestionRow
from index.catalog.reading import entity_queries as shared_queries
from index.catalog.reading.reader import SqlReader
from index.catalog.records import ExtractedArticle, RunCounts
from index.catalog.rows import CATALOG_FILE
from index.catalog.sqlite import entity_queries as sqlite_queries
from index.catalog.sqlite.database import SqliteDatabase
from index.catalog.store import Catalog, open_catalog
from index.errors import ArticleNotFoundError, EntityNotFoundError, UsageError
from index.identity.records import LocalLink, MadeDecision, Name, Reject, Rename, Split, Suggestion
from index.identity.versions import VersionMark
from index.model import Alias, Amount, Failure, Furniture, FurnitureReason, Kind, Mention, Span
from tests.unit.index.catalog.archive import (
    ANKARA,
    ARCHIVE,
    MOSCOW,
    PRICE,
    QUIET,
    VAGUE,
    extracted,
    make_article,
    mention,
    resolve,
)

FIXTURES = Path(__file__).parents[1] / "fixtures"


def open_sql_reader(folder: Path) -> CatalogReader:
    database = SqliteDatabase(folder / CATALOG_FILE, lock_seconds=1)
    return SqlReader(database.read, close=database.close)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture(
    params=["file", "file through SQLAlchemy", pytest.param("PostgreSQL", marks=pytest.mark.server)],
)
def kept(request: pytest.FixtureRequest) -> str:
    """Place of the catalog, and the way it is read."""
    return str(request.param)


@pytest.fixture
def url(kept: str, request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("postgres_url")) if kept == "PostgreSQL" else ""


@pytest.fixture
def filled(folder: Path, url: str) -> Iterator[Catalog]:
    """A catalog of the small archive, resolved."""
    with open_catalog(folder, url=url) as catalog:
        catalog.store(ARCHIVE, extraction="v1", run=1)
        catalog.store_resolution(resolve(catalog.names()), fingerprint="r1")
        yield catalog


@pytest.fixture
def reader(filled: Catalog, folder: Path, kept: str, url: str) -> Iterator[CatalogReader]:
    is_through = kept == "file through SQLAlchemy"
    with closing(open_sql_reader(folder) if is_through else open_reader(folder, url=url)) as reader:
        yield reader


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
    assert reader.article_ids_of("ismail-demir", limit=1) == ("ankara",)
    assert reader.article_ids_of("ismail-demir", offset=1) == ("moscow",)
    assert (reader.count_articles_of("ismail-demir"), reader.count_articles_of("none")) == (2, 0)


def test_mentions_in_captions_and_menus_are_no_story_mentions(filled: Catalog, reader: CatalogReader) -> None:
    body = "Moscow by night. (Photo) Ankara and Moscow agreed. Menu: Ankara"
    furniture = (Furniture(Span(0, 24), FurnitureReason.CAPTION), Furniture(Span(51, 63), FurnitureReason.MENU))
    again = make_article("again", body, furniture=furniture)
    places = [("Moscow", 0), ("Ankara", 25), ("Moscow", 36), ("Ankara", 57)]
    mentions = [
        Mention(Span(at, at + 6), text, Kind.PLACES, "gazetteer", "e", in_furniture=at in (0, 57))
        for text, at in places
    ]
    names = [Name(Kind.PLACES, text.lower(), text) for text, _ in places]
    links = [LocalLink(number, name, "name", "e") for number, name in enumerate(names)]
    filled.store([ExtractedArticle(again, again.locator, tuple(mentions), tuple(links))], extraction="v1", run=1)
    filled.store_resolution(resolve(filled.names()), fingerprint="r2")
    assert reader.story_mentions(["moscow", "ankara", "s-400", "nobody"]) == {"moscow": 2, "ankara": 2, "s-400": 1}
    vectors, entities, mentions = reader.vectors_and_entities([], ["ankara"], tied=["moscow"])
    assert (vectors, list(entities), mentions) == ({}, ["ankara"], {"moscow": 2})
    assert (reader.entity("moscow").mentions, reader.entity("ankara").mentions) == (3, 2)
    assert reader.story_mentions([]) == {}


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


def test_a_reader_sees_what_was_committed_after_it_was_opened(filled: Catalog, reader: CatalogReader) -> None:
    filled.store_resolution(resolve(filled.names(), moscow="russia"), fingerprint="r2")
    assert reader.entity("russia").kind is Kind.PLACES
    assert reader.current_id("moscow") == "russia"


def test_a_snapshot_sees_one_state(filled: Catalog, reader: CatalogReader) -> None:
    with reader.snapshot() as snapshot:
        before = snapshot.state()
        filled.store_resolution(resolve(filled.names(), moscow="russia"), fingerprint="r2")
        filled.remove(["ankara"])
        assert snapshot.state() == before
        assert snapshot.current_id("moscow") == "moscow"
        assert list(snapshot.article_ids()) == ["ankara", "moscow", "quiet"]
        with snapshot.snapshot() as inner:
            assert inner.article("ankara") == ANKARA
    assert reader.state().changes == before.changes + 2
    assert list(reader.article_ids()) == ["moscow", "quiet"]


def test_the_state_names_the_archive_and_the_commit_of_the_engine(filled: Catalog, reader: CatalogReader) -> None:
    before = reader.state()
    assert (len(before.archive), before.engine, before.generation) == (16, "", "")
    filled.write_engine_commit("whoosh", "g1")
    after = reader.state()
    assert (after.archive, after.changes, after.engine, after.generation) == (
        before.archive,
        before.changes,
        "whoosh",
        "g1",
    )


def test_contents_hold_all_of_an_article(reader: CatalogReader) -> None:
    contents = reader.contents(["quiet", "none", "ankara"])
    assert list(contents) == ["quiet", "ankara"]
    assert contents["ankara"].article == ANKARA
    assert contents["ankara"].mentions == ARCHIVE[0].mentions
    assert contents["ankara"].links == reader.links(["ankara"])["ankara"]
    assert contents["ankara"].entities == reader.entities(["ankara", "ismail-demir"])
    assert (contents["quiet"].mentions, contents["quiet"].links, contents["quiet"].entities) == ((), (), {})
    assert reader.contents([]) == {}


def test_titles_come_in_the_order_asked_for(reader: CatalogReader) -> None:
    titles = reader.titles(["quiet", "none", "ankara"])
    assert list(titles.items()) == [("quiet", QUIET.title), ("ankara", ANKARA.title)]


def test_names_come_by_folded_name(filled: Catalog, reader: CatalogReader) -> None:
    names = reader.names(["s-400", "none", "ismail-demir", "ankara", "ankara"])
    assert names == (
        EntityName("ankara", Kind.PLACES, "Ankara", "ankara"),
        EntityName("ismail-demir", Kind.PEOPLE, "Ismail Demir", "ismail demir"),
        EntityName("s-400", Kind.SYSTEMS, "S 400", "s 400"),
    )


def test_many_ids_are_brought_up_to_date_at_once(filled: Catalog, reader: CatalogReader) -> None:
    filled.store_resolution(resolve(filled.names(), moscow="russia"), fingerprint="r2")
    found = reader.current_ids(["none", "moscow", "ankara"])
    assert list(found.items()) == [("moscow", "russia"), ("ankara", "ankara")]
    assert {old: reader.current_id(old) for old in ("none", "moscow", "ankara")} == {"none": None, **found}


def test_lists_longer_than_a_statement_are_read(reader: CatalogReader) -> None:
    ids = [f"none-{number}" for number in range(2000)]
    assert list(reader.articles([*ids, "quiet", *ids, "ankara"])) == ["quiet", "ankara"]
    assert list(reader.mentions([*ids, "quiet"])) == ["quiet"]
    assert list(reader.titles([*ids, "quiet"])) == ["quiet"]
    assert list(reader.current_ids([*ids, "moscow"])) == ["moscow"]
    assert [name.id for name in reader.names([*ids, "moscow", *ids, "ankara"])] == ["ankara", "moscow"]
    assert list(reader.entities([*ids, "moscow", "ankara"])) == ["moscow", "ankara"]


def test_a_failure_a_run_and_decisions_come_back(filled: Catalog, reader: CatalogReader) -> None:
    failure = Failure("b.pdf", "damaged", "no pages", "Repair it.")
    run = filled.begin_run()
    filled.store([], extraction="v1", failures=[("b.pdf", failure)], run=run)
    filled.finish_run(run, RunCounts(read=3, failed=1), is_complete=True)
    assert [row.failure for row in reader.failures()] == [failure]
    assert reader.failures(limit=0) == ()
    (row,) = reader.runs()
    assert (row.id, row.read, row.failed, row.relinked, row.finished is None) == (run, 3, 1, 0, False)
    rename = Rename("moscow", "Москва")
    (first,) = filled.add_decisions([rename], decided="2021-01-01T00:00:00", decided_by="ada")
    (second,) = filled.add_decisions([Reject("ankara")])
    undone = filled.undo_decision(first.id, undone="2021-02-01T00:00:00", undone_by="bob")
    newest, oldest = reader.decisions()
    assert newest == second == MadeDecision(second.id, Reject("ankara"), second.decided_at)
    times = "2021-01-01T00:00:00", "2021-02-01T00:00:00"
    assert oldest == undone == MadeDecision(first.id, rename, times[0], "ada", times[1], "bob")
    assert reader.decisions(limit=1) == (newest,)


def test_a_version_follows_names_and_splits_and_counts_decisions(filled: Catalog, reader: CatalogReader) -> None:
    ids = ["ismail-demir", "moscow", "nobody"]
    before = reader.versions(ids)
    assert {version.entity: version.mark for version in before.values()} == {"ismail-demir": (0, 0), "moscow": (0, 0)}
    own = (Kind.PEOPLE, "demir@~1")
    split = Split("ismail-demir", "Demir", "moscow", names=((Kind.PEOPLE, "ismail demir"),), own=own)
    filled.add_decisions([Reject("ankara"), split])
    filled.begin_resolution(filled.decisions())
    after = reader.versions(ids)
    assert {version.mark for version in after.values()} == {(2, 0)}
    assert after["ismail-demir"].digest != before["ismail-demir"].digest
    assert after["moscow"].digest == before["moscow"].digest
    filled.undo_decision(2)
    assert reader.versions(ids)["ismail-demir"] == before["ismail-demir"]._replace(mark=VersionMark(2, 1))
    assert reader.versions([]) == {}


def test_suggestions_are_found_by_number_kind_and_entity(filled: Catalog, reader: CatalogReader) -> None:
    cities = Suggestion(Kind.PLACES, "ankara", "moscow", "spelling", "nearly the same letters", 40)
    mixed = Suggestion(Kind.PEOPLE, "ismail-demir", "s-400", "short form", "shorter", 70)
    resolution = replace(resolve(filled.names()), suggestions=(cities, mixed))
    filled.store_resolution(resolution, fingerprint="r2")
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
    monkeypatch.setattr(sqlite_queries, "_MANY_STARTS", many)
    monkeypatch.setattr(shared_queries, "_MANY_STARTS", many)
    assert [entity.id for entity in reader.complete_entities(text)] == ids


def test_order_is_by_code_point(filled: Catalog, reader: CatalogReader) -> None:
    ids = ["Zeta", "alpha", "Ärger", "_low", "eta", "beta-2", "beta.1", "\U0001d7d8"]
    filled.store([extracted(make_article(article_id, "Nothing.")) for article_id in ids], extraction="v1", run=1)
    assert list(reader.article_ids()) == sorted([*ids, "ankara", "moscow", "quiet"])
    assert reader.resolve_article_id("beta.") == "beta.1"
    assert reader.resolve_article_id("Ä") == "Ärger"
    assert reader.resolve_article_id("beta") is None


QUESTIONS: list[Callable[[CatalogReader], object]] = [
    lambda reader: list(reader.article_ids()),
    lambda reader: reader.contents(list(reader.article_ids())),
    lambda reader: reader.mentions(list(reader.article_ids())),
    lambda reader: reader.titles(list(reader.article_ids())),
    lambda reader: [reader.list_entities(kind, order="name", limit=500) for kind in Kind],
    lambda reader: [reader.list_entities(kind, order="mentions", limit=9, offset=3) for kind in Kind],
    lambda reader: [reader.count_entities(kind, prefix="m") for kind in Kind],
    lambda reader: [reader.complete_entities(letter, limit=50) for letter in "abcdefghijklmnopqrstuvwxyz45"],
    lambda reader: [reader.find_entities(name) for name in ("SSB", "Turkey", "Demir", "Patriot", "nobody")],
    lambda reader: [reader.similar_names(name) for name in ("erdogn", "Ankra", "turky", "s-40", "Putim")],
    lambda reader: reader.find_names(["SSB", "demir", "nobody"], ids=["us", "turkey", "nobody"]),
    lambda reader: (reader.complete_names(["s", "er"]), reader.similar_to(["Ankra", "turky"], limit=2)),
    lambda reader: reader.amounts_of("turkey"),
    lambda reader: [reader.article_ids_of("turkey", limit=2, offset=offset) for offset in range(4)],
    lambda reader: [reader.count_articles_of(key) for key in ("turkey", "s-400", "nobody")],
    lambda reader: reader.story_mentions(["turkey", "ilhan-omar", "nancy-pelosi", "nobody"]),
    lambda reader: reader.current_ids(["ssb", "us", "turkey", "nobody"]),
    lambda reader: reader.names(["turkey", "s-400", "ismail-demir", "demir"]),
    lambda reader: reader.versions(["turkey", "s-400", "ismail-demir", "nobody"]),
    lambda reader: reader.resolve_article_id("004-b89b2a5f651bcea6-3cf82b1e"),
    lambda reader: reader.statistics(),
    lambda reader: reader.count_by_language(),
    lambda reader: (reader.runs(), reader.decisions(), reader.failures(), reader.state()),
    lambda reader: [reader.decisions_about(key) for key in ("ssb", "turkey", "ismail-demir", "nobody")],
]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five seed articles as version 0.1 indexed them, with its decisions."""
    folder = tmp_path_factory.mktemp("seeds")
    with tarfile.open(FIXTURES / "archive-0.1.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    open_catalog(folder / ".dossier").close()
    return folder / ".dossier"


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_readers_agree_on_real_articles(seeds: Path, question: Callable[[CatalogReader], object]) -> None:
    with closing(open_reader(seeds)) as plain, closing(open_sql_reader(seeds)) as other:
        answer = question(plain)
        assert answer == question(other)
        assert answer


def test_many_threads_read_at_once(reader: CatalogReader) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: reader.links(["ankara", "moscow"])["moscow"], range(200)))
    assert answers == {reader.links(["moscow"])["moscow"]}


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
