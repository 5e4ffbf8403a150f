"""The statements of `SqlReader` are ones that PostgreSQL understands, over tables that compare texts by code point."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from index.catalog.reader import CatalogReader
from index.catalog.reading.reader import SqlReader
from index.catalog.rows import CATALOG_FILE
from index.catalog.schema import metadata
from index.catalog.sqlite.database import SqliteDatabase
from index.catalog.store import Catalog
from index.model import Kind


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_text_is_compared_by_code_point(table: object) -> None:
    ddl = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[arg-type]  # a table of the metadata
    texts = re.findall(r"\bTEXT\b(.*)", ddl)
    assert all(rest.startswith(' COLLATE "C"') for rest in texts)


CALLS: list[Callable[[CatalogReader], object]] = [
    lambda reader: reader.contents(["ankara"]),
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


@pytest.mark.parametrize("call", CALLS)
def test_statements_are_written_for_postgresql_too(
    filled: Catalog, folder: Path, call: Callable[[CatalogReader], object]
) -> None:
    database = SqliteDatabase(folder / CATALOG_FILE, lock_seconds=1)
    written: list[str] = []

    def write_down(connection: Connection, statement: object, *_: object) -> None:
        written.append(str(statement.compile(dialect=postgresql.dialect())))  # type: ignore[attr-defined]  # a statement

    @contextmanager
    def connections() -> Iterator[Connection]:
        with database.read() as connection:
            event.listen(connection, "before_execute", write_down)
            yield connection

    call(SqlReader(connections))
    database.close()
    assert written
    assert not any("?" in statement for statement in written)
