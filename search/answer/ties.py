"""Entities in equally many articles: which of them a facet shows, and in which order.

Those with more mentions in the stories of the whole archive come first, captions left out: people who only stand in
photographs come last, and no choice, page or order changes the places of equals.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from index.catalog.reader import CatalogReader
from index.model import ENTITY_KINDS
from search.engines.base import Bucket, FacetCounts, FacetRequest

__all__ = ["ENTITY_FIELDS", "TIES", "best_entities", "order_ties", "tied_entities", "with_all_equals"]

ENTITY_FIELDS = frozenset(kind.value for kind in ENTITY_KINDS)
"""The facets whose values are entities."""

TIES = 5
"""Times as many entities as are shown are asked for, so that the best of equals are among them as a rule."""

# More equals than these stand in the order of their ids: their mentions would take longer to count than a page may.
_MAX_EQUALS = 1000

_Count = Callable[[FacetRequest], FacetCounts]


def tied_entities(counts: Sequence[FacetCounts], *, limit: int) -> list[str]:
    """Return the ids of the entities among the first `limit` values whose places their counts leave open."""
    return list(dict.fromkeys(bucket.value for counted in counts for bucket in _tied(counted, limit)))


def order_ties(counts: Sequence[FacetCounts], mentions: Mapping[str, int]) -> tuple[FacetCounts, ...]:
    """Return facets in which of entities in equally many articles those with the most mentions come first, then by id.

    `mentions` are those of `tied_entities` in the stories of the whole archive, captions left out: people who only
    stand in photographs come last, and no choice, page or order changes the places of equals.
    """

    def place(bucket: Bucket) -> tuple[int, int, str]:
        return -bucket.count, -mentions.get(bucket.value, 0), bucket.value

    return tuple(
        replace(counted, buckets=tuple(sorted(counted.buckets, key=place)))
        if counted.field in ENTITY_FIELDS
        else counted
        for counted in counts
    )


def with_all_equals(
    counts: Sequence[FacetCounts], *, limit: int, count: _Count, catalog: CatalogReader
) -> tuple[FacetCounts, ...]:
    """Return facets in which no entity is missing that may stand among the first `limit` values.

    `facet_requests` asks for some of the entities in equally many articles, the first by id. Where these are not all,
    they are counted again, and those with the most mentions take their places.
    """
    seen: set[str] = set()
    whole = []
    for counted in counts:
        # The second of a field are the values that were chosen.
        is_first, buckets = counted.field not in seen, counted.buckets
        seen.add(counted.field)
        is_cut = (
            is_first
            and counted.field in ENTITY_FIELDS
            and 0 < limit * TIES == len(buckets) < counted.distinct
            and buckets[limit - 1].count == buckets[-1].count
        )
        whole.append(best_entities(counted.field, count, catalog, limit=limit) if is_cut else counted)
    return tuple(whole)


def best_entities(field: str, count: _Count, catalog: CatalogReader, *, limit: int, offset: int = 0) -> FacetCounts:
    """Return values of an entity field from `offset` on, those of equal count by their mentions in stories."""
    end = offset + limit
    counts = count(FacetRequest(field, end + _MAX_EQUALS))
    ordered: list[Bucket] = []
    for _, group in groupby(counts.buckets, key=lambda bucket: bucket.count):
        equals = list(group)
        if 1 < len(equals) <= _MAX_EQUALS and len(ordered) + len(equals) > offset:
            mentions = catalog.story_mentions([bucket.value for bucket in equals])
            equals.sort(key=lambda bucket: (-mentions.get(bucket.value, 0), bucket.value))
        ordered += equals
        if len(ordered) >= end:
            break
    return replace(counts, buckets=tuple(ordered[offset:end]))


def _tied(counted: FacetCounts, limit: int) -> Iterator[Bucket]:
    """Yield the buckets of entities with the count of another one that may stand among the first `limit`."""
    if counted.field not in ENTITY_FIELDS:
        return
    for _, equals in groupby(counted.buckets[:limit], key=lambda bucket: bucket.count):
        lowest = next(equals).count
        same = [bucket for bucket in counted.buckets if bucket.count == lowest]
        if len(same) > 1:
            yield from same
