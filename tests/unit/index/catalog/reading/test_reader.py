"""The statements of `CatalogReader` run on PostgreSQL too, over tables that compare texts by code point."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from index.catalog.postgres.statements import translate
from index.catalog.reader import CatalogReader
from index.catalog.reading.connection import OneConnection
from index.catalog.rows import CATALOG_FILE
from index.catalog.schema import metadata
from index.catalog.store import Catalog
from index.model import Kind


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_text_is_compared_by_code_point(table: object) -> None:
    ddl = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[arg-type]  # a table of the metadata
    texts = re.findall(r"\bTEXT\b(.*)", ddl)
    assert all(rest.startswith(' COLLATE "C"') for rest in texts)


CALLS: list[Callable[[CatalogReader], object]] = [
    lambda reader: (reader.contents(["ankara"]), reader.shown(["ankara"]), reader.article("ankara")),
    lambda reader: (reader.articles(["ankara"]), reader.mentions(["ankara"]), reader.links(["ankara"])),
    lambda reader: (reader.arrivals(["ankara"]), reader.last_changed(limit=3), reader.last_changed(before=2, limit=3)),
    lambda reader: (reader.arrived_after(0, limit=3), reader.changed_after(0, limit=3)),
    lambda reader: (reader.last_arrival(), reader.last_arrival(before="2026")),
    lambda reader: (reader.vectors(["ankara"]), reader.vectors_after(0, limit=3), reader.vector_rows()),
    lambda reader: reader.vectors_and_entities(["ankara"], ["ankara"], tied=["ankara"]),
    lambda reader: reader.articles_of_vectors([1]),
    lambda reader: (reader.entity("ankara"), reader.entities(["ankara"]), reader.versions(["ankara"])),
    lambda reader: (reader.current_id("ankara"), reader.count_by_language(), reader.count_suggestions()),
    lambda reader: list(reader.article_ids()),
    lambda reader: reader.titles(["ankara"]),
    lambda reader: reader.resolve_article_id("ank"),
    lambda reader: reader.current_ids(["ankara"]),
    lambda reader: reader.names(["ankara"]),
    lambda reader: reader.find_entities("ankara", kind=Kind.PLACES),
    lambda reader: reader.complete_entities("a"),
    lambda reader: reader.find_names(["ankara"], ids=["moscow"]),
    lambda reader: (reader.complete_names(["a"]), reader.similar_to(["anqara"])),
    lambda reader: reader.list_entities(Kind.PLACES, prefix="a", order="name", offset=1),
    lambda reader: reader.count_entities(Kind.PLACES),
    lambda reader: reader.similar_names("anqara"),
    lambda reader: reader.article_ids_of("ankara"),
    lambda reader: reader.count_articles_of("ankara"),
    lambda reader: reader.story_mentions(["ankara"]),
    lambda reader: reader.amounts_of("ankara"),
    lambda reader: reader.statistics(),
    lambda reader: reader.decisions_about("ankara"),
    lambda reader: (reader.failures(), reader.runs(), reader.decisions(), reader.state()),
    lambda reader: (reader.suggestions(kind=Kind.PLACES), reader.suggestion(1), reader.suggestions_about("ankara")),
]


class _Recording:
    """A connection that writes down the statements of a reader."""

    def __init__(self, connection: sqlite3.Connection, written: list[str]) -> None:
        self._connection = connection
        self._written = written

    def execute(self, statement: str, parameters: Sequence[object] = (), /) -> sqlite3.Cursor:
        self._written.append(statement)
        return self._connection.execute(statement, parameters)


@pytest.mark.parametrize("call", CALLS)
def test_statements_have_nothing_that_postgresql_spells_otherwise(
    filled: Catalog, folder: Path, call: Callable[[CatalogReader], object]
) -> None:
    written: list[str] = []
    with closing(sqlite3.connect(folder / CATALOG_FILE)) as connection:
        call(CatalogReader(OneConnection(_Recording(connection, written))))
    assert written
    for statement in written:
        translated = translate(statement)
        assert translated.count("%") == translated.count("%s") == statement.count("?")
        assert not re.search(r"\?|json_each|instr\(|sqlite_|PRAGMA|IFNULL|LIMIT -1|AS REAL", translated)


def test_every_question_of_a_reader_is_asked() -> None:
    asked = set(re.findall(r"reader\.(\w+)", Path(__file__).read_text(encoding="utf-8")))
    questions = {name for name in vars(CatalogReader) if not name.startswith("_")}
    assert questions - asked == {"snapshot", "close"}
