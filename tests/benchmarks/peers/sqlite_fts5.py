"""SQLite FTS5, with facets as its users would count them: joined tables, or columns with lists in JSON."""

import json
import sqlite3
from collections.abc import Iterable
from typing import ClassVar

from index.analyzer import index_terms
from index.fields import TEXT_FIELDS
from index.keywords.values import keyword_values, readable
from index.model import Document
from tests.benchmarks.peers.base import FACET_FIELDS, Answer, LocalPeer, Place, facet_values
from tests.benchmarks.queries import BenchmarkQuery

__all__ = ["SqliteAll", "SqliteColumns", "SqliteJoins"]


class SqliteJoins(LocalPeer):
    """One table of (document, value) for each facet."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._connection = sqlite3.connect(place.folder / "index.db")

    def build(self, documents: Iterable[Document]) -> None:
        """See the protocol."""
        execute = self._connection.execute
        execute("create virtual table text using fts5(body, content='', tokenize='unicode61')")
        self._begin()
        for number, document in enumerate(documents, start=1):
            body = " ".join(index_terms(document.body, document.language)[0])
            execute("insert into text (rowid, body) values (?, ?)", (number, body))
            self._add(number, document)
        self._finish()
        self._connection.commit()

    def _begin(self) -> None:
        for name in FACET_FIELDS:
            self._connection.execute(f"create table {name} (document integer, value text)")

    def _add(self, number: int, document: Document) -> None:
        for name, values in facet_values(document).items():
            self._connection.executemany(f"insert into {name} values (?, ?)", [(number, value) for value in values])

    def _finish(self) -> None:
        for name in FACET_FIELDS:
            self._connection.execute(f"create index {name}_by_document on {name} (document, value)")

    def open(self) -> None:
        """See the protocol. Nothing to do: it is open."""

    def search(self, query: BenchmarkQuery, *, is_faceted: bool) -> Answer | None:
        """See the protocol."""
        if query.kind == "fuzzy":
            return None
        execute = self._connection.execute
        execute("drop table if exists temp.found")
        execute("create temp table found (document integer primary key, score real)")
        if query.kind == "all":
            execute(f"insert into found select {self._all}")
        else:
            execute("insert into found select rowid, bm25(text) from text where text match ?", (_match(query),))
        if query.value:
            execute(f"delete from found where document not in ({self._of_person})", (query.value,))
        execute("select document from found order by score, document limit 10").fetchall()
        total = execute("select count(*) from found").fetchone()[0]
        names = FACET_FIELDS if is_faceted else ()
        return total, {name: [row[0] for row in execute(self._counts(name))] for name in names}

    _all: ClassVar[str] = "distinct document, 0 from sources"
    _of_person: ClassVar[str] = "select document from people where value = ?"

    def _counts(self, name: str) -> str:
        return f"select count(*) from found join {name} using (document) group by value order by 1 desc limit 10"

    def close(self) -> None:
        """See the protocol."""
        self._connection.close()


class SqliteColumns(SqliteJoins):
    """One table of documents, with the values of each facet as a list in JSON."""

    _all: ClassVar[str] = "document, 0 from facets"
    _of_person: ClassVar[str] = "select document from facets, json_each(people) where value = ?"

    def _begin(self) -> None:
        columns = ", ".join(FACET_FIELDS)
        self._connection.execute(f"create table facets (document integer primary key, {columns})")

    def _add(self, number: int, document: Document) -> None:
        values = facet_values(document)
        row = [json.dumps(values[name]) for name in FACET_FIELDS]
        self._connection.execute("insert into facets values (?, ?, ?, ?, ?, ?)", (number, *row))

    def _finish(self) -> None:
        """Do nothing: the key of the documents is all that is looked up."""

    def _counts(self, name: str) -> str:
        joined = f"found join facets using (document), json_each(facets.{name}) as each"
        return f"select count(*) from {joined} group by each.value order by 1 desc limit 10"


class SqliteAll(SqliteJoins):
    """All fields that our engines keep, for the size of an index with equal content. It is not searched."""

    notes: ClassVar[str] = "all of our fields, for the size; not searched"

    def build(self, documents: Iterable[Document]) -> None:
        """See the protocol."""
        execute, names = self._connection.execute, list(keyword_values(Document("", "", "")))
        execute(f"create virtual table text using fts5({', '.join(TEXT_FIELDS)}, content='', tokenize='unicode61')")
        execute("create table ids (document integer primary key, id text unique)")
        for name in names:
            execute(f"create table {name} (document integer, value text)")
        for number, document in enumerate(documents, start=1):
            execute("insert into ids values (?, ?)", (number, document.id))
            body, exact = index_terms(document.body, document.language)
            title = index_terms(document.title, document.language)[0]
            texts = (title, body, exact, [name.replace(" ", "_") for name in readable(document.mentioned)])
            execute("insert into text (rowid, title, body, exact, entities) values (?, ?, ?, ?, ?)",
                    (number, *map(" ".join, texts)))  # fmt: skip
            for name, values in keyword_values(document).items():
                self._connection.executemany(f"insert into {name} values (?, ?)", [(number, value) for value in values])
        for name in names:
            execute(f"create index {name}_by_document on {name} (document, value)")
            execute(f"create index {name}_by_value on {name} (value, document)")
        self._connection.commit()

    def search(self, query: BenchmarkQuery, *, is_faceted: bool) -> Answer | None:
        """Return None: see the class."""
        return None


def _match(query: BenchmarkQuery) -> str:
    quoted = [f'"{term}"' for term in query.terms]
    match query.kind:
        case "phrase":
            return '"' + " ".join(query.terms) + '"'
        case "prefix":
            return quoted[0] + "*"
        case "or2":
            return " OR ".join(quoted)
        case _:
            return " AND ".join(quoted)
