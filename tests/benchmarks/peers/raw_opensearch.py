"""OpenSearch by its client alone: one index, one shard, facets by aggregations."""

import time
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from opensearchpy import OpenSearch, helpers

from index.analyzer import index_terms
from index.model import Document
from tests.benchmarks.peers.base import FACET_FIELDS, Answer, Place, facet_values
from tests.benchmarks.peers.server import MeasuredServer
from tests.benchmarks.queries import BenchmarkQuery

__all__ = ["RawOpenSearch"]

_INDEX = "benchmark-raw"
_SECONDS = 120
_MAPPING = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": -1},
    "mappings": {
        "_source": {"enabled": False},
        "properties": {
            "body": {"type": "text", "analyzer": "whitespace"},
            **{name: {"type": "keyword"} for name in FACET_FIELDS},
        },
    },
}


class RawOpenSearch:
    """See `Peer`. An index of an earlier run with its name is replaced."""

    clock: ClassVar[str] = "wall"
    notes: ClassVar[str] = "on a server"

    def __init__(self, place: Place) -> None:
        self._client = OpenSearch(place.url, timeout=_SECONDS)
        self._server = MeasuredServer(place.url)

    def build(self, documents: Iterable[Document]) -> None:
        """See the protocol."""
        self._client.indices.delete(index=_INDEX, ignore_unavailable=True)
        self._client.indices.create(index=_INDEX, body=_MAPPING)
        helpers.bulk(self._client, self._actions(documents), chunk_size=500)
        self._client.indices.refresh(index=_INDEX)

    def _actions(self, documents: Iterable[Document]) -> Iterator[dict[str, Any]]:
        for document in documents:
            body = " ".join(index_terms(document.body, document.language)[0])
            yield {"_index": _INDEX, "_id": document.id, "body": body, **facet_values(document)}

    def open(self) -> None:
        """See the protocol. Nothing to do: the server has it open."""

    def search(self, query: BenchmarkQuery, *, is_faceted: bool) -> Answer:
        """See the protocol. The cache of requests is off."""
        body: dict[str, Any] = {"query": _query(query), "size": 10, "track_total_hits": True, "_source": False}
        if is_faceted:
            body["aggs"] = {name: {"terms": {"field": name, "size": 10, "shard_size": 1000}} for name in FACET_FIELDS}
        found = self._client.search(index=_INDEX, body=body, params={"request_cache": "false"})
        aggregations = found.get("aggregations", {})
        counts = {name: [b["doc_count"] for b in part["buckets"]] for name, part in aggregations.items()}
        return found["hits"]["total"]["value"], {name: counts[name] for name in FACET_FIELDS if name in counts}

    def seconds(self) -> float:
        """See the protocol."""
        return time.perf_counter()

    def work_seconds(self) -> float:
        """See the protocol."""
        return self._server.work_seconds()

    def process(self) -> int | None:
        """See the protocol."""
        return self._server.process()

    def size(self) -> int:
        """See the protocol."""
        return self._server.size(_INDEX)

    def close(self) -> None:
        """See the protocol."""
        self._client.close()
        self._server.close()


def _query(query: BenchmarkQuery) -> dict[str, Any]:
    terms = [{"term": {"body": term}} for term in query.terms]
    match query.kind:
        case "all":
            return {"match_all": {}}
        case "or2":
            return {"bool": {"should": terms}}
        case "phrase":
            return {"match_phrase": {"body": " ".join(query.terms)}}
        case "prefix":
            return {"prefix": {"body": query.terms[0]}}
        case "fuzzy":
            return {"fuzzy": {"body": {"value": query.terms[0], "fuzziness": 1, "prefix_length": 1}}}
        case "filter":
            return {"bool": {"must": terms, "filter": [{"term": {"people": query.value}}]}}
        case _:
            return {"bool": {"must": terms}}
