"""Facets as aggregations of the request that finds the hits; those that it cannot count exactly, value by value.

Each shard tells its most frequent values only, and the server says by how much the sums may be too small. Where that is
not 0, or a page lies far behind, all values are read in their order, ten thousand at a time.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from index.engines.opensearch.server import Server
from search.engines.base import Bucket, FacetCounts, FacetRequest, MatchMode, Selection
from search.engines.opensearch.compilation import keyword_filter
from search.engines.opensearch.counting import BY_COUNT, is_exact, wider
from search.engines.opensearch.requests import Body, ask_all

__all__ = ["Restrictions", "aggregations", "find_inexact", "read_facets", "read_whole_facet"]

# Up to so many different values the number of them is exact, or nearly so.
_PRECISION = 10_000
# Values that the server tells at once.
_MAX_VALUES = 10_000
_BY_VALUE = {"_key": "asc"}


class Restrictions(Struct, frozen=True):
    """Filters made of selections: those for everything, and those of chosen values by field, which facets ignore."""

    fixed: list[Body]
    chosen: list[tuple[str, Body]]

    @classmethod
    def of(cls, selections: Sequence[Selection]) -> "Restrictions":
        """Return the filters of selections."""
        fixed: list[Body] = []
        chosen: list[tuple[str, Body]] = []
        for selection in selections:
            if selection.excluded:
                fixed.append({"bool": {"must_not": [keyword_filter(selection.field, selection.excluded)]}})
            if selection.mode is MatchMode.ALL:
                fixed += [keyword_filter(selection.field, [value]) for value in selection.values]
            elif selection.values:
                chosen.append((selection.field, keyword_filter(selection.field, selection.values)))
        return cls(fixed, chosen)

    @property
    def all(self) -> list[Body]:
        """The filters of what is found."""
        return [*self.fixed, *(part for _, part in self.chosen)]

    def without(self, field: str) -> list[Body]:
        """Return the filters of chosen values of other fields."""
        return [part for name, part in self.chosen if name != field]


def aggregations(facets: Sequence[FacetRequest], restrictions: Restrictions, *, shards: int) -> dict[str, Body]:
    """Return the aggregations that count the facets."""
    found: dict[str, Body] = {}
    for at, request in enumerate(facets):
        inner = {"distinct": {"cardinality": {"field": request.field, "precision_threshold": _PRECISION}}}
        if (listed := _listed(request)) is not None:
            inner["values"] = wider(listed, shards)
        if filters := restrictions.without(request.field):
            found[f"{at}"] = {"filter": {"bool": {"filter": filters}}, "aggs": inner}
        else:
            found |= {f"{at} {name}": aggregation for name, aggregation in inner.items()}
    return found


def _part(found: Mapping[str, Body], at: int, name: str) -> Body:
    """Return one of the aggregations of a facet; an empty one where it was not asked for."""
    part: Body = found.get(f"{at} {name}") or found.get(f"{at}", {}).get(name, {})
    return part


def find_inexact(facets: Sequence[FacetRequest], found: Mapping[str, Body]) -> list[int]:
    """Return the places of the facets that the aggregations did not count exactly, or not at all."""
    return [
        at
        for at, request in enumerate(facets)
        if _size(request) > _MAX_VALUES or not is_exact(_part(found, at, "values"))
    ]


def read_facets(facets: Sequence[FacetRequest], found: Mapping[str, Body]) -> list[FacetCounts]:
    """Return the facets that the aggregations counted."""
    read = []
    for at, request in enumerate(facets):
        buckets = _part(found, at, "values").get("buckets", ())
        counts = {one["key"]: one["doc_count"] for one in buckets}
        read.append(_facet(request, counts, int(_part(found, at, "distinct")["value"])))
    return read


def read_whole_facet(server: Server, index: str, request: FacetRequest, filters: Sequence[Body]) -> FacetCounts:
    """Return a facet of the documents that filters leave, after reading all of its values."""
    counts: dict[str, int] = {}
    listed: Body = {"size": _MAX_VALUES, "sources": [{"value": {"terms": {"field": request.field}}}]}
    while True:
        body = {"size": 0, "query": {"bool": {"filter": list(filters)}}, "aggs": {"values": {"composite": listed}}}
        (answer,) = ask_all(server, index, [body])
        found = answer["aggregations"]["values"]
        counts.update((bucket["key"]["value"], bucket["doc_count"]) for bucket in found["buckets"])
        if "after_key" not in found:
            return _facet(request, counts, len(counts))
        listed["after"] = found["after_key"]


def _size(request: FacetRequest) -> int:
    """Return how many values are asked for, from the first one on."""
    if request.values is not None:
        return len(set(request.values))
    return request.offset + request.limit if request.limit else 0


def _listed(request: FacetRequest) -> Body | None:
    """Return the aggregation of the values of a facet; None when none are asked for, or too many."""
    size = _size(request)
    if not 0 < size <= _MAX_VALUES:
        return None
    more: Body = {} if request.values is None else {"include": sorted(set(request.values))}
    return {"field": request.field, "size": size, "order": _BY_VALUE if request.is_by_value else BY_COUNT, **more}


def _facet(request: FacetRequest, counts: Mapping[str, int], distinct: int) -> FacetCounts:
    values = counts if request.values is None else dict.fromkeys(request.values)
    buckets = [Bucket(value, counts.get(value, 0)) for value in values]
    buckets.sort(key=lambda bucket: (0 if request.is_by_value else -bucket.count, bucket.value))
    return FacetCounts(request.field, tuple(buckets[request.offset : request.offset + request.limit]), distinct)
