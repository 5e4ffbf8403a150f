"""Facets as aggregations of the request that finds the hits."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from search.engines.base import Bucket, FacetCounts, FacetRequest, MatchMode, Selection
from search.engines.opensearch.compilation import keyword_filter
from search.engines.opensearch.counting import is_exact, wider
from search.engines.opensearch.requests import Body

__all__ = ["Restrictions", "aggregations", "are_exact", "read_facets"]

# Up to so many different values the number of them is exact, or nearly so.
_PRECISION = 10_000
_BY_COUNT = [{"_count": "desc"}, {"_key": "asc"}]
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


def aggregations(
    facets: Sequence[FacetRequest], restrictions: Restrictions, *, shards: int, tries: int = 0
) -> dict[str, Body]:
    """Return the aggregations that count the facets; more values from each shard with each try."""
    found: dict[str, Body] = {}
    for at, request in enumerate(facets):
        inner = {"distinct": {"cardinality": {"field": request.field, "precision_threshold": _PRECISION}}}
        if (listed := _listed(request)) is not None:
            inner["values"] = wider(listed, shards, tries)
        filters = restrictions.without(request.field)
        outer: Body = {"bool": {"filter": filters}} if filters else {"match_all": {}}
        found[str(at)] = {"filter": outer, "aggs": inner}
    return found


def are_exact(found: Mapping[str, Body]) -> bool:
    """Return whether no shard left out a value that counts."""
    return all(is_exact(part["values"]) for part in found.values() if "values" in part)


def read_facets(facets: Sequence[FacetRequest], found: Mapping[str, Body]) -> tuple[FacetCounts, ...]:
    """Return the facets that the aggregations counted."""
    return tuple(_read(request, found[str(at)]) for at, request in enumerate(facets))


def _listed(request: FacetRequest) -> Body | None:
    """Return the aggregation of the values of a facet; None when none are asked for."""
    if request.values is None:
        size = request.offset + request.limit if request.limit else 0
        more: Body = {}
    else:
        size = len(set(request.values))
        more = {"include": sorted(set(request.values))}
    if not size:
        return None
    return {"field": request.field, "size": size, "order": _BY_VALUE if request.is_by_value else _BY_COUNT, **more}


def _read(request: FacetRequest, found: Body) -> FacetCounts:
    buckets = [Bucket(one["key"], one["doc_count"]) for one in found.get("values", {}).get("buckets", ())]
    if request.values is not None:
        counts = {bucket.value: bucket.count for bucket in buckets}
        buckets = [Bucket(value, counts.get(value, 0)) for value in dict.fromkeys(request.values)]
        buckets.sort(key=lambda bucket: (0 if request.is_by_value else -bucket.count, bucket.value))
    shown = tuple(buckets[request.offset : request.offset + request.limit])
    return FacetCounts(request.field, shown, int(found["distinct"]["value"]))
