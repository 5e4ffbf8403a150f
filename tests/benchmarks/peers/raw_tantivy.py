"""tantivy as it comes, one writer thread, facets by its aggregation over fast fields."""

from collections.abc import Iterable

import tantivy

from index.analyzer import index_terms
from index.model import Document
from tests.benchmarks.peers.base import FACET_FIELDS, Answer, LocalPeer, Place, facet_values
from tests.benchmarks.queries import BenchmarkQuery

__all__ = ["Tantivy"]


class Tantivy(LocalPeer):
    """See `Peer`. It stores ids alone, and keeps no exact forms."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("body", tokenizer_name="whitespace")
        for name in FACET_FIELDS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(place.folder))
        # Without `segment_size` its counts over several segments are estimates.
        self._aggregation = {
            name: {"terms": {"field": name, "size": 10, "segment_size": 1000}} for name in FACET_FIELDS
        }

    def build(self, documents: Iterable[Document]) -> None:
        """See the protocol."""
        writer = self._index.writer(num_threads=1)
        for document in documents:
            row = tantivy.Document(id=document.id, body=" ".join(index_terms(document.body, document.language)[0]))
            for name, values in facet_values(document).items():
                for value in values:
                    row.add_text(name, value)
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """See the protocol."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: BenchmarkQuery, *, is_faceted: bool) -> Answer:
        """See the protocol."""
        parsed = self._query(query)
        result = self._searcher.search(parsed, 10)
        for _, address in result.hits:
            self._searcher.doc(address)
        if not is_faceted:
            return result.count, {}
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
