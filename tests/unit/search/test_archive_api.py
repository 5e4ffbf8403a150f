from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import search
from index.identity.versions import read_version
from index.settings import Settings
from search.archive import OpenArchive
from search.archive_api import Archive
from search.request import SearchRequest


@pytest.fixture(scope="module")
def archive(seed_index: Path) -> Iterator[Archive]:
    with search.open(seed_index) as opened:
        yield opened


def test_folder_of_the_index_or_the_one_that_holds_it_opens(seed_index: Path) -> None:
    with search.open(seed_index) as inner, search.open(str(seed_index.parent)) as outer:
        assert inner.count() == outer.count() == 5


def test_nearest_index_of_the_working_folder_opens(seed_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (seed_index.parent / "deeper").mkdir(exist_ok=True)
    monkeypatch.chdir(seed_index.parent / "deeper")
    with search.open() as archive:
        assert archive.count() == 5


def test_missing_index_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(search.IndexMissingError, match="search-cli index"):
        search.open(tmp_path)


def test_other_engine_than_that_of_the_index_is_an_error(seed_index: Path) -> None:
    with pytest.raises(search.DossierError, match="nowhere"):
        search.open(seed_index, engine="nowhere")


def test_archive_tells_where_it_is(archive: Archive, seed_index: Path) -> None:
    assert repr(archive) == f"search.open({str(seed_index)!r})"


def test_closed_archive_says_so(seed_index: Path) -> None:
    archive = search.open(seed_index)
    archive.close()
    archive.close()
    with pytest.raises(search.UsageError, match="closed"):
        archive.count()


def test_result_is_that_of_the_service(archive: Archive, seed_settings: Settings) -> None:
    result = archive.search("Patriot withdrawal", size=1, page=2)
    with OpenArchive(seed_settings) as opened, opened.view() as view:
        expected = view.service.search(SearchRequest(q="Patriot withdrawal", size=1, page=2))
    assert (result.total, result.hits, result.facets) == (expected.total, expected.hits, expected.facets)


def test_page_beyond_the_last_is_the_first(archive: Archive) -> None:
    assert archive.search("Patriot", page=99).request.page == 1


@pytest.mark.parametrize(
    ("asked", "parameters"),
    [("person, year", ["person", "year"]), (["system"], ["system"]), ([], []), ("", [])],
)
def test_facets_are_those_asked_for(archive: Archive, asked: Any, parameters: list[str]) -> None:  # Any: text or list
    assert [facet.parameter for facet in archive.search("S-400", facets=asked).facets] == parameters


def test_export_gives_all_hits_whatever_their_number(archive: Archive) -> None:
    exported = archive.export("S-400", sort="newest")
    assert iter(exported) is exported
    assert [hit.id for hit in exported] == [hit.id for hit in archive.search("S-400", sort="newest").hits]


def test_export_reports_a_bad_filter_before_the_first_hit(archive: Archive) -> None:
    with pytest.raises(search.UsageError, match="date"):
        archive.export(date="soon")


def test_counts_of_a_facet_are_those_of_the_filter(archive: Archive) -> None:
    first = archive.facets("person", "S-400", limit=1).values[0]
    assert archive.count("S-400", person=first.value) == first.count


def test_values_of_a_facet_are_found_by_a_word(archive: Archive) -> None:
    assert [value.label for value in archive.facets("person", contains="putin").values] == ["Vladimir Putin"]


@pytest.mark.parametrize("name", ["persn", "person,org", ""])
def test_facets_want_one_facet(archive: Archive, name: str) -> None:
    with pytest.raises(search.UsageError, match="facet"):
        archive.facets(name)


def test_article_is_found_by_its_id_the_beginning_of_it_and_its_file(archive: Archive) -> None:
    hit = archive.search("Patriot").hits[0]
    views = [archive.article(name) for name in (hit.id, hit.id[:-3], hit.locator)]
    assert [view.article.id for view in views] == [hit.id] * 3
    assert archive.article(hit.id, "Patriot").matches > 0


def test_entity_is_found_by_its_id_its_name_and_its_alias(archive: Archive) -> None:
    views = [archive.entity(name, limit=2) for name in ("recep-tayyip-erdogan", "Recep Tayyip Erdoğan", "erdogan")]
    assert {view.entity.id for view in views} == {"recep-tayyip-erdogan"}
    assert [len(view.articles) for view in views] == [2, 2, 2]
    assert {read_version(view.version).entity for view in views} == {"recep-tayyip-erdogan"}


@pytest.mark.parametrize(
    ("look_up", "error"),
    [("article", search.ArticleNotFoundError), ("entity", search.EntityNotFoundError)],
)
def test_what_is_not_there_is_an_error(archive: Archive, look_up: str, error: type[Exception]) -> None:
    with pytest.raises(error, match="zebedee"):
        getattr(archive, look_up)("zebedee")


@pytest.mark.parametrize("kind", ["person", "people"])
def test_entities_of_a_kind_come_by_their_articles(archive: Archive, kind: str) -> None:
    entities = archive.entities(kind, limit=3)
    assert [entity.documents for entity in entities] == sorted((each.documents for each in entities), reverse=True)
    assert [entity.id for entity in archive.entities(kind, prefix="Vlad")] == ["vladimir-putin"]


@pytest.mark.parametrize("wrong", [{"kind": "currency"}, {"kind": "dogs"}, {"kind": "person", "order": "age"}])
def test_unknown_kinds_and_orders_are_errors(archive: Archive, wrong: dict[str, str]) -> None:
    with pytest.raises(search.UsageError):
        archive.entities(**wrong)
