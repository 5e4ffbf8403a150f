"""The engines that are measured: ours, raw tantivy, SQLite FTS5, and Whoosh as it comes.

All but stock Whoosh are given the terms of our analyzer, so that counts can be compared. Each answers with the total,
the ids of ten hits and the ten most frequent values of each facet.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

import tantivy
from whoosh import analysis, fields, index, query, sorting

from index.analyzer import index_terms
from index.engines.registry import open_writer
from index.model import Document
from search.engines.base import FacetRequest
from search.engines.registry import open_searcher
from search.query.ast import And, Everything, FuzzyTerm, Keyword, Or, PrefixTerm, Query, Term, TermSequence
from tests.benchmarks.queries import BenchmarkQuery

__all__ = ["FACET_FIELDS", "PEERS", "Answer", "Peer"]

FACET_FIELDS = ("people", "organizations", "places", "systems", "sources")

# The total, and the counts of the best ten values by facet.
Answer = tuple[int, dict[str, list[int]]]


class Peer(Protocol):
    """An engine on a folder; made anew for each pass, so that nothing is answered from a cache of earlier passes."""

    def build(self, documents: Iterable[Document]) -> None:
        """Index documents into the empty folder."""
        ...

    def open(self) -> None:
        """Get ready for searching."""
        ...

    def search(self, query: BenchmarkQuery) -> Answer | None:
        """Ten hits, the total and five facets; None when the engine has no such query."""
        ...


def _facet_values(document: Document) -> Mapping[str, tuple[str, ...]]:
    return {name: getattr(document, name) for name in FACET_FIELDS if name != "sources"} | {
        "sources": (document.source,) if document.source else ()
    }


class Dossier:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, documents: Iterable[Document]) -> None:
        with open_writer("whoosh", self._folder, lock_seconds=0) as writer:
            writer.put(documents)

    def open(self) -> None:
        self._searcher = open_searcher("whoosh", self._folder)
        self._facets = [FacetRequest(name) for name in FACET_FIELDS]
        self._searcher.search(Everything(), facets=self._facets)

    def search(self, query: BenchmarkQuery) -> Answer:
        result = self._searcher.search(_ours(query), facets=self._facets)
        return result.total, {facet.field: [bucket.count for bucket in facet.buckets] for facet in result.facets}


def _ours(query: BenchmarkQuery) -> Query:
    terms = tuple(Term("body", term) for term in query.terms)
    match query.kind:
        case "all":
            return Everything()
        case "or2":
            return Or(terms)
        case "phrase":
            return TermSequence("body", query.terms)
        case "prefix":
            return PrefixTerm("body", query.terms[0])
        case "fuzzy":
            return FuzzyTerm("body", query.terms[0], 1)
        case "filter":
            return And((*terms, Keyword("people", (query.value,))))
        case _:
            return And(terms)


class Tantivy:
    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("body", tokenizer_name="whitespace")
        for name in FACET_FIELDS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._aggregation = {
            name: {"terms": {"field": name, "size": 10, "segment_size": 1000}} for name in FACET_FIELDS
        }

    def build(self, documents: Iterable[Document]) -> None:
        writer = self._index.writer(num_threads=1)
        for document in documents:
            row = tantivy.Document(id=document.id, body=" ".join(index_terms(document.body)[0]))
            for name, values in _facet_values(document).items():
                for value in values:
                    row.add_text(name, value)
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: BenchmarkQuery) -> Answer:
        parsed = self._query(query)
        result = self._searcher.search(parsed, 10)
        for _, address in result.hits:
            self._searcher.doc(address)
        found = self._searcher.aggregate(parsed, self._aggregation)
        return result.count, {name: [b["doc_count"] for b in found[name]["buckets"]] for name in FACET_FIELDS}

    def _query(self, query: BenchmarkQuery) -> tantivy.Query:
        must, should = tantivy.Occur.Must, tantivy.Occur.Should
        terms = [tantivy.Query.term_query(self._schema, "body", term) for term in query.terms]
        match query.kind:
            case "all":
                return tantivy.Query.all_query()
            case "or2":
                return tantivy.Query.boolean_query([(should, term) for term in terms])
            case "phrase":
                return tantivy.Query.phrase_query(self._schema, "body", list(query.terms))
            case "prefix":
                return tantivy.Query.regex_query(self._schema, "body", query.terms[0] + ".*")
            case "fuzzy":
                return tantivy.Query.fuzzy_term_query(self._schema, "body", query.terms[0], distance=1)
            case "filter":
                person = tantivy.Query.term_query(self._schema, "people", query.value)
                return tantivy.Query.boolean_query([(must, terms[0]), (must, person)])
            case _:
                return tantivy.Query.boolean_query([(must, term) for term in terms])


class SqliteFts5:
    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "index.db")

    def build(self, documents: Iterable[Document]) -> None:
        self._connection.execute("create virtual table text using fts5(body, content='', tokenize='unicode61')")
        for name in FACET_FIELDS:
            self._connection.execute(f"create table {name} (document integer, value text)")
        for number, document in enumerate(documents, start=1):
            body = " ".join(index_terms(document.body)[0])
            self._connection.execute("insert into text (rowid, body) values (?, ?)", (number, body))
            for name, values in _facet_values(document).items():
                rows = [(number, value) for value in values]
                self._connection.executemany(f"insert into {name} values (?, ?)", rows)
        for name in FACET_FIELDS:
            self._connection.execute(f"create index {name}_by_document on {name} (document, value)")
        self._connection.commit()

    def open(self) -> None:
        """Nothing to do: it is open."""

    def search(self, query: BenchmarkQuery) -> Answer | None:
        if query.kind == "fuzzy":
            return None
        execute = self._connection.execute
        execute("drop table if exists temp.found")
        execute("create temp table found (document integer primary key, score real)")
        if query.kind == "all":
            execute("insert into found select distinct document, 0 from sources")
        else:
            execute("insert into found select rowid, bm25(text) from text where text match ?", (self._match(query),))
        if query.value:
            execute(
                "delete from found where document not in (select document from people where value = ?)", (query.value,)
            )
        execute("select document from found order by score, document limit 10").fetchall()
        total = execute("select count(*) from found").fetchone()[0]
        counts = {
            name: [
                row[0]
                for row in execute(
                    f"select count(*) from found join {name} using (document) group by value order by 1 desc limit 10"
                )
            ]
            for name in FACET_FIELDS
        }
        return total, counts

    def _match(self, query: BenchmarkQuery) -> str:
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


class StockWhoosh:
    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)

    def build(self, documents: Iterable[Document]) -> None:
        schema = fields.Schema(id=fields.ID(stored=True), body=fields.TEXT(analyzer=analysis.StemmingAnalyzer()))
        for name in FACET_FIELDS:
            schema.add(name, fields.KEYWORD(commas=True))
        writer = index.create_in(self._folder, schema).writer(limitmb=128)
        for document in documents:
            values = {name: ",".join(values) for name, values in _facet_values(document).items()}
            writer.add_document(id=document.id, body=document.body, **values)
        writer.commit()

    def open(self) -> None:
        self._searcher = index.open_dir(self._folder).searcher()

    def search(self, asked: BenchmarkQuery) -> Answer:
        groups = sorting.Facets()
        for name in FACET_FIELDS:
            groups.add_facet(name, sorting.FieldFacet(name, allow_overlap=True, maptype=sorting.Count))
        result = self._searcher.search(self._query(asked), limit=10, groupedby=groups)
        for hit in result:
            hit["id"]
        counts = {name: sorted(result.groups(name).values(), reverse=True)[:10] for name in FACET_FIELDS}
        return len(result), counts

    def _query(self, asked: BenchmarkQuery) -> query.Query:
        terms = [query.Term("body", term) for term in asked.terms]
        match asked.kind:
            case "all":
                return query.Every()
            case "or2":
                return query.Or(terms)
            case "phrase":
                return query.Phrase("body", list(asked.terms))
            case "prefix":
                return query.Prefix("body", asked.terms[0])
            case "fuzzy":
                return query.FuzzyTerm("body", asked.terms[0], maxdist=1, prefixlength=1)
            case "filter":
                return query.And([*terms, query.Term("people", asked.value)])
            case _:
                return query.And(terms)


PEERS: dict[str, Callable[[Path], Peer]] = {
    "dossier": Dossier,
    "tantivy": Tantivy,
    "sqlite-fts5": SqliteFts5,
    "whoosh-stock": StockWhoosh,
}
