"""Queries of a run about articles and files that the catalog knows."""

import pytest

from index.catalog.records import ArticleState
from index.catalog.store import Catalog
from index.model import Failure
from tests.unit.index.catalog.archive import ANKARA, ARCHIVE, MOSCOW, extracted, make_article


@pytest.fixture
def many(catalog: Catalog) -> Catalog:
    """A file of a thousand rows, every tenth extracted otherwise, and one of a single article."""
    rows = [extracted(make_article(f"row-{n:03}", f"Row {n}."), file="rows.jsonl") for n in range(1000)]
    catalog.store([row for n, row in enumerate(rows) if n % 10], extraction="v2", run=1)
    catalog.store([*rows[::10], ARCHIVE[0]], extraction="v1", run=1)
    return catalog


def test_states_of_articles_say_where_they_are_from_and_what_made_them(filled: Catalog) -> None:
    state = ArticleState("news/moscow.txt", MOSCOW.content_hash, "v1", "news/moscow.txt")
    assert filled.known.article_states(["moscow", "paris"]) == {"moscow": state}
    assert filled.known.article_states([]) == {}


def test_staged_articles_have_the_same_states(filled: Catalog) -> None:
    stored = filled.known.article_states(["ankara"])
    filled.remove(["ankara"])
    filled.stage(ARCHIVE[:1], extraction="v1", run=2)
    assert filled.staged_states(["ankara"]) == stored
    assert filled.known.article_states(["ankara"]) == {}


def test_more_articles_than_a_statement_takes_are_asked_about_at_once(many: Catalog) -> None:
    ids = [f"row-{number:03}" for number in range(1000)]
    states = many.known.article_states(ids)
    assert sorted(states) == ids
    assert many.known.count_articles_of([f"{number}.txt" for number in range(900)] + ["rows.jsonl"]) == {
        "rows.jsonl": 1000
    }


def test_articles_that_were_extracted_otherwise_are_counted_by_file(many: Catalog) -> None:
    files = ["rows.jsonl", ANKARA.locator, "gone.txt"]
    assert many.known.count_outdated_of(files, "v2") == {"rows.jsonl": 100, ANKARA.locator: 1}
    assert many.known.count_outdated_of(files, "v1") == {"rows.jsonl": 900}
    assert many.known.count_outdated_of(files, "unheard of") == {"rows.jsonl": 1000, ANKARA.locator: 1}


def test_articles_that_were_extracted_otherwise_come_page_by_page(many: Catalog) -> None:
    first = many.known.outdated_ids_of("rows.jsonl", "v2", after="", limit=3)
    assert first == ("row-000", "row-010", "row-020")
    assert many.known.outdated_ids_of("rows.jsonl", "v2", after=first[-1], limit=1) == ("row-030",)
    assert many.known.outdated_ids_of("rows.jsonl", "v2", after="row-990", limit=3) == ()


def test_files_come_page_by_page(filled: Catalog) -> None:
    assert filled.known.files(after="", limit=2) == ("news/ankara.txt", "news/moscow.txt")
    assert filled.known.files(after="news/moscow.txt", limit=2) == ("news/quiet.txt",)


def test_failures_of_a_file_come_by_locator(catalog: Catalog) -> None:
    rows = [Failure(f"a.jsonl#{number}", "bad-json", "not JSON", "Mend it.") for number in (2, 1)]
    catalog.store(
        [], extraction="", failures=[("a.jsonl", row) for row in rows] + [("b", Failure("b", "x", ""))], run=1
    )
    assert catalog.known.failures_of("a.jsonl") == (rows[1], rows[0])
    assert catalog.known.failures_of("c") == ()
