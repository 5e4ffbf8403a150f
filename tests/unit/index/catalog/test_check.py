"""Damage of any kind is found, and named with the command that mends it; work in progress is no damage."""

import sqlite3
import tarfile
from pathlib import Path

import pytest

from index.catalog.check import Problem, check_catalog
from index.catalog.rows import CATALOG_FILE
from index.catalog.store import Catalog, open_catalog
from tests.unit.index.catalog.archive import extracted, make_article, store_resolution

FIXTURES = Path(__file__).parents[3] / "fixtures"
REBUILD = "search-cli rebuild"
INDEX_ANEW = "search-cli index FOLDER -C NEW"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """The five seed articles, whole."""
    with tarfile.open(FIXTURES / "archive-0.1.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    folder = tmp_path / ".dossier"
    with open_catalog(folder) as catalog:
        catalog.confirm(catalog.pending(limit=100))
    return folder


def damage(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / CATALOG_FILE)
    with connection:
        connection.execute(statement)
    connection.close()


def test_a_whole_catalog_has_no_problems(seeds: Path) -> None:
    assert list(check_catalog(seeds)) == []


@pytest.mark.parametrize(
    ("statement", "text", "command"),
    [
        ("UPDATE articles SET body = body || '.' WHERE number = 2", "Article 001-36efd066", INDEX_ANEW),
        ("UPDATE articles SET title = 'Another' WHERE number = 2", "Article 001-36efd066", INDEX_ANEW),
        ("UPDATE articles SET furniture = '[[1' WHERE number = 2", "Article 001-36efd066", INDEX_ANEW),
        ("UPDATE entities SET kind = 'poems' WHERE id = 'turkey'", "unknown kind 'poems'", INDEX_ANEW),
        ("UPDATE origins SET kind = 'poems' WHERE id = 1", "Table origins has the unknown kind", INDEX_ANEW),
        ("UPDATE entities SET documents = 99 WHERE id = 'turkey'", "Entity turkey has wrong counts", REBUILD),
        ("UPDATE entities SET mentions = 99 WHERE id = 'turkey'", "Entity turkey has wrong counts", REBUILD),
        ("DELETE FROM assignments WHERE entity = 'tass'", "Entity tass has no name", REBUILD),
        ("INSERT INTO redirects VALUES ('a', 'nobody')", "former id a leads to", INDEX_ANEW),
        ("DELETE FROM entities WHERE id = 'turkey'", "refers to a missing row of entities", INDEX_ANEW),
        ("INSERT INTO amounts VALUES (1, 99999, 'USD', '1', NULL, 0)", "row of amounts without", INDEX_ANEW),
        ("INSERT INTO alias_parts VALUES ('1.0.x', 'xyz')", "“xyz”", INDEX_ANEW),
        ("UPDATE counters SET value = 1 WHERE name = 'texts'", "was never given", INDEX_ANEW),
        *(
            (f"UPDATE decisions SET {change} WHERE id = 2", "Decision 2 cannot be read", INDEX_ANEW)
            for change in ("arguments = '['", "arguments = '[]'", "arguments = '{}'", "action = 'marry'")
        ),
    ],
)
def test_damage_is_found_and_what_mends_it(seeds: Path, statement: str, text: str, command: str) -> None:
    damage(seeds, statement)
    problem = next(iter(check_catalog(seeds)))
    assert (text in problem.text, problem.command, problem.is_damage) == (True, command, True)


def test_a_file_that_is_no_database_is_one_problem(seeds: Path) -> None:
    (seeds / CATALOG_FILE).write_bytes(b"no database at all" * 400)
    (problem,) = check_catalog(seeds)
    assert "is damaged" in problem.text


def test_a_page_that_was_overwritten_is_found(seeds: Path) -> None:
    connection = sqlite3.connect(seeds / CATALOG_FILE)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'articles_url'").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with (seeds / CATALOG_FILE).open("r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\0" * size)
    assert [problem.is_damage for problem in check_catalog(seeds)][:1] == [True]


def test_no_index_is_a_problem(tmp_path: Path) -> None:
    (problem,) = check_catalog(tmp_path)
    assert "There is no index" in problem.text


def test_unfinished_work_is_no_damage(seeds: Path) -> None:
    with open_catalog(seeds) as catalog:
        catalog.stage([extracted(make_article("new", "Nothing new."))], extraction="v1", run=3)
        catalog.mark_all_stale()
        catalog.mark_all_pending()
    problems = list(check_catalog(seeds))
    assert [problem.text.split()[0] for problem in problems][:2] == ["1", "66"]
    assert len(problems) == 3
    assert {(problem.command, problem.is_damage) for problem in problems} == {("search-cli index FOLDER", False)}


def test_problems_are_told_as_they_are_found(seeds: Path) -> None:
    damage(seeds, "UPDATE articles SET title = 'Another'")
    problems = check_catalog(seeds)
    assert isinstance(next(problems), Problem)
    assert len(list(problems)) == 4


def test_all_names_can_be_counted_again(filled: Catalog, folder: Path) -> None:
    assert not filled.identity().count_touched()
    damage(folder, "UPDATE entities SET documents = 99, mentions = 99")
    filled.mark_all_stale()
    assert filled.identity().count_touched()
    store_resolution(filled, filled.resolution(), fingerprint="r1")
    found = {problem.text for problem in check_catalog(folder)}
    assert not any("wrong counts" in text for text in found)
