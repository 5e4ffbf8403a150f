"""Facets with labels, chosen values first; every count is the number of articles that choosing its value gives."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from index.analyzer import fold
from index.catalog.reader import CatalogReader
from index.errors import UsageError
from index.fields import FACET_FIELDS, FIELDS, Field, field_called
from index.keywords.amounts import UNKNOWN_CURRENCY
from index.keywords.dates import UNDATED
from index.model import Entity, Kind
from search.answer.ties import ENTITY_FIELDS, TIES, best_entities
from search.engines.base import Bucket, CountRequest, FacetCounts, FacetRequest, Searcher, Selection
from search.query.ast import And, Query
from search.query.rewrite import without_values
from search.results import Facet, FacetValue

__all__ = [
    "FACET_ORDERS",
    "HISTOGRAM_FIELDS",
    "MAY_HAVE_NONE",
    "SIDEBAR_FIELDS",
    "default_order",
    "facet_fields",
    "facet_page",
    "facet_requests",
    "make_facets",
    "size_in_words",
    "unnamed_count",
]

SIDEBAR_FIELDS = ("people", "systems", "organizations", "places", "currencies", "sources", "languages")
"""The facets that a page of results shows beside the hits."""

MAY_HAVE_NONE = frozenset(SIDEBAR_FIELDS)
"""Facets for which the articles without a value are counted; times have a chart with those that are undated."""

HISTOGRAM_FIELDS = frozenset({"date_years", "date_months", "published_years", "published_months", "amount_sizes"})
"""Facets whose values have an order of their own, and are shown in it."""

FACET_ORDERS = ("count", "name")
"""The orders in which `facet_page` gives values. By name, times and sizes stand in their own order."""

_FIELDS = {declared.name: declared for declared in FIELDS}
_MAX_BARS = 5000
_MAX_CONTAINING = 1000
# Values that are sorted by name or searched in: the most frequent ones.
_MAX_VALUES = 50_000
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_MONTH_NUMBERS = frozenset(f"{number:02}" for number in range(1, 13))
_SIZES = ("1", "10", "100", "1 thousand", "10 thousand", "100 thousand", "1 million", "10 million", "100 million",
          "1 billion", "10 billion", "100 billion", "1 trillion", "10 trillion", "100 trillion")  # fmt: skip


def facet_fields(names: str | None) -> tuple[str, ...]:
    """The fields of a comma-separated list of facets, by parameter or field; "all" for all, none for nothing.

    Raises `UsageError` for a name that is no facet.

    >>> facet_fields("person, systems")
    ('people', 'systems')
    """
    if not names or not names.strip():
        return ()
    if names.strip().lower() == "all":
        return FACET_FIELDS
    fields: dict[str, None] = {}
    for name in names.split(","):
        declared = field_called(name.strip())
        if declared is None or not declared.is_facet:
            known = ", ".join(declared.parameter for declared in FIELDS if declared.is_facet)
            raise UsageError(f"There is no facet {name.strip()!r}. Known: {known}.")
        fields[declared.name] = None
    return tuple(fields)


def default_order(field: str) -> str:
    """Return the order of a facet's values when nobody asks for one: that of time or size, else by count.

    >>> default_order("date_years"), default_order("people")
    ('name', 'count')
    """
    return "name" if field in HISTOGRAM_FIELDS else "count"


def facet_requests(fields: Sequence[str], selections: Sequence[Selection], *, limit: int) -> list[FacetRequest]:
    """Return the requests for these facets: the best values of each, and the selected ones at any rank."""
    chosen = {selection.field: selection for selection in selections}
    requests: list[FacetRequest] = []
    for field in fields:
        is_by_value = field in HISTOGRAM_FIELDS
        # More than are shown: which of equals are shown is decided later.
        most = limit * TIES if field in ENTITY_FIELDS else limit
        requests.append(FacetRequest(field, limit=_MAX_BARS if is_by_value else most, is_by_value=is_by_value))
        if field in chosen:
            values = (*chosen[field].values, *chosen[field].excluded)
            requests.append(FacetRequest(field, limit=len(values), values=values))
    return requests


def unnamed_count(field: str, query: Query, selections: Sequence[Selection]) -> CountRequest:
    """Return what counts the documents without a value in a field, whatever is selected in it."""
    others = tuple(selection for selection in selections if selection.field != field)
    return CountRequest(And((query, without_values(field))), others)


def facet_entities(counts: Sequence[FacetCounts]) -> list[str]:
    """Return the ids of the entities that are values of facets: `make_facets` needs their names."""
    return [bucket.value for counted in counts if counted.field in ENTITY_FIELDS for bucket in counted.buckets]


def make_facets(
    counts: Sequence[FacetCounts],
    selections: Sequence[Selection],
    entities: Mapping[str, Entity],
    *,
    limit: int,
    unnamed: Mapping[str, int],
) -> tuple[Facet, ...]:
    """The facets that the engine counted for `facet_requests`, with labels; `entities` are those of the values.

    `unnamed` has the number of articles without any value, for the fields where that was counted.
    """
    chosen = {selection.field: selection for selection in selections}
    merged: dict[str, tuple[FacetCounts, FacetCounts | None]] = {}
    for counted in counts:
        first, _ = merged.get(counted.field, (_first(counted, limit), None))
        merged[counted.field] = (first, counted if counted.field in merged else None)
    return tuple(
        _make_facet(
            first,
            chosen.get(field, Selection(field)),
            entities,
            chosen_counts=second,
            unnamed=unnamed.get(field),
        )
        for field, (first, second) in merged.items()
    )


def _first(counted: FacetCounts, limit: int) -> FacetCounts:
    """Return the first `limit` entities of a facet; other facets as is."""
    return replace(counted, buckets=counted.buckets[:limit]) if counted.field in ENTITY_FIELDS else counted


def facet_page(
    field: str,
    query: Query,
    selections: Sequence[Selection],
    *,
    catalog: CatalogReader,
    searcher: Searcher,
    contains: str = "",
    order: str = "",
    limit: int = 50,
    offset: int = 0,
) -> Facet:
    """Return a page of the values of one facet that have articles, by count or by name; "" is `default_order`.

    With `contains`, those that have a word beginning with it: of entities, in any of their names. Ordered by name or
    with `contains`, the 50,000 most frequent values are looked at.
    """
    if field not in FACET_FIELDS:
        raise UsageError(f"There is no facet {field!r}. Known: {', '.join(FACET_FIELDS)}.")
    order = order or default_order(field)
    if order not in FACET_ORDERS:
        raise UsageError(f"Facet values cannot be ordered by {order!r}. Choose one of {', '.join(FACET_ORDERS)}.")
    selection = next((chosen for chosen in selections if chosen.field == field), Selection(field))

    def count(request: FacetRequest) -> FacetCounts:
        [counted] = searcher.search(query, selections=selections, facets=[request], limit=0).facets
        return counted

    unnamed = None
    if field in MAY_HAVE_NONE:
        [unnamed] = searcher.search(
            query, selections=selections, counts=[unnamed_count(field, query, selections)], limit=0
        ).counts
    if not contains.strip() and order == "count":
        is_entity = field in ENTITY_FIELDS
        best = best_entities(field, count, catalog, limit=limit, offset=offset) if is_entity else None
        counts = best or count(FacetRequest(field, limit, offset))
        return _make_facet(counts, selection, _entities_of(counts, catalog), keeps_order=True, unnamed=unnamed)
    counts = count(FacetRequest(field, _MAX_VALUES, values=_containing(field, contains, catalog)))
    buckets = [bucket for bucket in counts.buckets if bucket.count and _has_word(field, bucket.value, contains)]
    if order == "name":
        buckets = _by_name(field, buckets, catalog)
    page = replace(counts, buckets=tuple(buckets[offset : offset + limit]), distinct=len(buckets))
    return _make_facet(page, selection, _entities_of(page, catalog), keeps_order=True, unnamed=unnamed)


def _containing(field: str, contains: str, catalog: CatalogReader) -> tuple[str, ...] | None:
    """Return the ids of entities with a name that has a word beginning with a text; None for all values."""
    if field not in ENTITY_FIELDS or not contains.strip():
        return None
    found = catalog.complete_entities(contains, kind=Kind(field), limit=_MAX_CONTAINING)
    return tuple(entity.id for entity in found)


def _has_word(field: str, value: str, contains: str) -> bool:
    """Return whether a value or its label has a word beginning with a text; entities were chosen by all their names."""
    if field in ENTITY_FIELDS or not contains.strip():
        return True
    wanted = fold(contains.strip())
    return any(fold(part).startswith(wanted) for part in (value, *_label(field, value, {}).split()))


def _by_name(field: str, buckets: Sequence[Bucket], catalog: CatalogReader) -> list[Bucket]:
    """Sort buckets by folded name; the names of entities come from the catalog without their aliases."""
    if field in ENTITY_FIELDS:
        by_id = {bucket.value: bucket for bucket in buckets}
        return [by_id[name.id] for name in catalog.names(list(by_id))]
    if field in HISTOGRAM_FIELDS:
        return sorted(buckets, key=_own_order)
    return sorted(buckets, key=lambda bucket: (fold(_label(field, bucket.value, {})), bucket.value))


def _entities_of(counts: FacetCounts, catalog: CatalogReader) -> Mapping[str, Entity]:
    if counts.field not in ENTITY_FIELDS:
        return {}
    return catalog.entities([bucket.value for bucket in counts.buckets])


def _make_facet(
    counts: FacetCounts,
    selection: Selection,
    entities: Mapping[str, Entity],
    *,
    chosen_counts: FacetCounts | None = None,
    keeps_order: bool = False,
    unnamed: int | None = None,
) -> Facet:
    """One facet: chosen and excluded values first, by count, then the others in the order of `counts`.

    All values of a histogram stand in their own order, unless it `keeps_order`.
    """
    declared = _FIELDS[counts.field]
    buckets = list(counts.buckets)
    if chosen_counts is not None:
        picked = {bucket.value for bucket in chosen_counts.buckets}
        others = [bucket for bucket in buckets if bucket.value not in picked]
        buckets = [*sorted(chosen_counts.buckets, key=lambda bucket: (-bucket.count, bucket.value)), *others]
    if counts.field in HISTOGRAM_FIELDS and not keeps_order:
        buckets.sort(key=_own_order)
    return Facet(
        field=counts.field,
        parameter=declared.parameter,
        label=declared.label,
        mode=selection.mode,
        values=tuple(_value(declared, bucket, selection, entities) for bucket in buckets),
        distinct=counts.distinct,
        unnamed=unnamed,
    )


def _own_order(bucket: Bucket) -> tuple[bool, str, int]:
    """Times in their order, undated last; sizes of amounts in the order of numbers within a currency."""
    currency, _, power = bucket.value.partition(":")
    return bucket.value == UNDATED, currency, int(power) if power.isdecimal() else 0


def _value(declared: Field, bucket: Bucket, selection: Selection, entities: Mapping[str, Entity]) -> FacetValue:
    return FacetValue(
        value=bucket.value,
        label=_label(declared.name, bucket.value, entities),
        count=bucket.count,
        is_selected=bucket.value in selection.values,
        is_excluded=bucket.value in selection.excluded,
        category=_category(entities.get(bucket.value)) if declared.name == Kind.SYSTEMS else "",
    )


def _category(entity: Entity | None) -> str:
    # A pack describes a system by its category, then by its country.
    return entity.description.partition(",")[0] if entity is not None and entity.description else ""


def _label(field: str, value: str, entities: Mapping[str, Entity]) -> str:
    if field in ENTITY_FIELDS:
        return entities[value].name if value in entities else value
    match field:
        case "currencies":
            return "unknown currency" if value == UNKNOWN_CURRENCY else value
        case "amount_sizes":
            return size_in_words(value)
        case "date_months" | "published_months" if value[5:7] in _MONTH_NUMBERS:
            return f"{_MONTHS[int(value[5:7]) - 1]} {int(value[:4])}"
        case _:
            return value


def size_in_words(value: str) -> str:
    """Return an order of magnitude of amounts in words.

    >>> size_in_words("USD:9")
    'USD 1 billion to 10 billion'
    """
    currency, _, power = value.partition(":")
    currency = "unknown currency" if currency == UNKNOWN_CURRENCY else currency
    if not power.isdecimal():
        return value
    number = int(power)
    if number == 0:
        return f"{currency} under 10"
    if number + 1 >= len(_SIZES):
        return f"{currency} 1e{number} and more"
    return f"{currency} {_SIZES[number]} to {_SIZES[number + 1]}"
