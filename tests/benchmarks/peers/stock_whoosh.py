"""Whoosh as it comes, with its `groupedby` for facets."""

from collections.abc import Iterable
from typing import ClassVar

from whoosh import analysis, fields, index, query, sorting

from index.model import Document
from tests.benchmarks.peers.base import FACET_FIELDS, Answer, LocalPeer, facet_values
from tests.benchmarks.queries import BenchmarkQuery

__all__ = ["StockWhoosh"]


class StockWhoosh(LocalPeer):
    """See `Peer`. It analyzes English with its own analyzer."""

    notes: ClassVar[str] = "few articles, because it is slow"

    def build(self, documents: Iterable[Document]) -> None:
        """See the protocol."""
        schema = fields.Schema(id=fields.ID(stored=True), body=fields.TEXT(analyzer=analysis.StemmingAnalyzer()))
        for name in FACET_FIELDS:
            schema.add(name, fields.KEYWORD(commas=True))
        writer = index.create_in(str(self._folder), schema).writer(limitmb=128)
        for document in documents:
            values = {name: ",".join(values) for name, values in facet_values(document).items()}
            writer.add_document(id=document.id, body=document.body, **values)
        writer.commit()

    def open(self) -> None:
        """See the protocol."""
        self._searcher = index.open_dir(str(self._folder)).searcher()

    def search(self, asked: BenchmarkQuery, *, is_faceted: bool) -> Answer:
        """See the protocol."""
        if not is_faceted:
            result = self._searcher.search(self._query(asked), limit=10)
            for hit in result:
                hit["id"]
            return len(result), {}
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
