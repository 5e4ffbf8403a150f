"""Facets as check boxes, amounts as currencies and sizes, and the active filters as chips."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from index.fields import FIELDS, Field
from index.model import ENTITY_KINDS
from search.engines.base import MatchMode, Selection
from search.request import SearchRequest
from search.results import Facet, FacetValue
from web.neighbors import selection_of, with_amount, with_dates, with_undated, with_value, without_value
from web.parts.histogram import AXIS_LABELS
from web.parts.records import AmountsPart, Chip, FacetPart, FacetValuePart, Option
from web.urls import control_id, entity_url, facet_url, parameter_value, search_url

__all__ = [
    "SHOWN_VALUES",
    "amounts_part",
    "chips_of",
    "chips_with_targets",
    "facet_part",
    "field_named",
    "has_sides",
    "labels_of",
]

SHOWN_VALUES = 6
"""Values of a facet beside the results; the rest has a page of its own."""

_MODE_TEXTS = {MatchMode.ANY: "any", MatchMode.ALL: "all"}
_ENTITY_FIELDS = frozenset(kind.value for kind in ENTITY_KINDS)
# Open from the start; the others open when they have a selected value.
_OPEN_FIELDS = frozenset({"people", "organizations", "systems"})


def field_named(name: str) -> Field:
    """Return the field of the schema with this name."""
    return next(field for field in FIELDS if field.name == name)


def facet_part(facet: Facet, request: SearchRequest) -> FacetPart:
    """Return a facet with its check boxes and the links that change the search."""
    selection = selection_of(request, facet.field)
    is_entity = facet.field in _ENTITY_FIELDS
    has_more = facet.distinct > len(facet.values)
    return FacetPart(
        parameter=facet.parameter,
        label=facet.label,
        css=facet.field if is_entity else "",
        values=tuple(_value_part(value, facet, request, is_entity=is_entity) for value in facet.values),
        modes=_modes(facet.mode) if len(selection.values) > 1 else (),
        all_text=f"All {facet.distinct:,} {facet.label.lower()}" if has_more else "",
        all_url=facet_url(facet.parameter, request) if has_more or is_entity else "",
        distinct=f"{facet.distinct:,}",
        is_open=facet.field in _OPEN_FIELDS or bool(selection.values or selection.excluded),
    )


def _modes(mode: MatchMode) -> tuple[Option, ...]:
    return tuple(Option(other.value, text, other is mode) for other, text in _MODE_TEXTS.items())


def _value_part(value: FacetValue, facet: Facet, request: SearchRequest, *, is_entity: bool) -> FacetValuePart:
    other = (
        without_value(request, facet.field, value.value)
        if value.is_excluded
        else with_value(request, facet.field, value.value, is_excluded=True)
    )
    return FacetValuePart(
        identifier=control_id(facet.parameter, value.value),
        value=parameter_value(facet.field, value.value),
        text=value.label,
        count=f"{value.count:,}",
        is_selected=value.is_selected,
        is_excluded=value.is_excluded,
        exclude_url=search_url(other),
        page_url=entity_url(value.value) if is_entity else "",
    )


def amounts_part(request: SearchRequest, currencies: Facet | None, sizes: Facet | None) -> AmountsPart:
    """Return the filter by amounts: currencies, the sizes of amounts in them, and a text field for a range.

    Sizes are those of the selected currencies, else of the most frequent one: a list of all would be long.
    """
    minimum, maximum = _sides(request.amount)
    chosen = {name: selection_of(request, name) for name in ("currencies", "amount_sizes")}
    first = tuple(value.value for value in currencies.values[:1]) if currencies else ()
    shown = chosen["currencies"].values or first
    by_size = tuple(
        value
        for value in (sizes.values if sizes else ())
        if value.value.partition(":")[0] in shown or value.is_selected or value.is_excluded
    )
    return AmountsPart(
        currencies=facet_part(currencies, request) if currencies and currencies.values else None,
        sizes=facet_part(replace(sizes, values=by_size), request) if sizes and by_size else None,
        minimum=minimum,
        maximum=maximum,
        is_open=bool(request.amount) or any(part.values or part.excluded for part in chosen.values()),
    )


def _sides(amount: str) -> tuple[str, str]:
    """Return the two ends of a range that `min` and `max` made; two empty texts for any other range.

    >>> _sides("1bn.. USD")
    ('1bn', '')
    """
    text, _, currency = amount.rpartition(" ")
    sides = text if text and len(currency) == len("USD") else amount
    lower, dots, upper = sides.partition("..")
    return (lower, upper) if dots else ("", "")


def has_sides(amount: str) -> bool:
    """True when the boxes for the smallest and largest amount show this range, so that the form sends it."""
    return any(_sides(amount))


def chips_of(request: SearchRequest, labels: Mapping[tuple[str, str], str]) -> tuple[Chip, ...]:
    """Return the active filters, in the order of the schema. `labels` names values by (field, value)."""
    return tuple(chip for chip, _ in chips_with_targets(request, labels))


def chips_with_targets(
    request: SearchRequest, labels: Mapping[tuple[str, str], str]
) -> tuple[tuple[Chip, SearchRequest], ...]:
    """Return the chips of `chips_of`, each with the search without it."""
    found = [pair for selection in request.selections for pair in _selection_chips(request, selection, labels)]
    if request.amount:
        found.append(_chip("Amount", request.amount, with_amount(request, ""), "amount"))
    if request.date_from or request.date_to:
        text = " to ".join(dict.fromkeys(side or "…" for side in (request.date_from, request.date_to)))
        found.append(_chip(f"Date {AXIS_LABELS[request.axis]}", text, with_dates(request, "", ""), "dates"))
    if request.is_undated:
        found.append(_chip("Date published", "undated", with_undated(request, is_undated=False), "undated"))
    return tuple(found)


def _selection_chips(
    request: SearchRequest, selection: Selection, labels: Mapping[tuple[str, str], str]
) -> Iterator[tuple[Chip, SearchRequest]]:
    field = field_named(selection.field)
    joiner = {MatchMode.ANY: "or", MatchMode.ALL: "and"}[selection.mode]
    chosen = [(value, field.label, joiner if i else "") for i, value in enumerate(selection.values)]
    left_out = [(value, f"not {field.label}", "") for value in selection.excluded]
    for value, label, before in chosen + left_out:
        text = labels.get((field.name, value), value)
        name = control_id(field.parameter, value)
        yield _chip(label, text, without_value(request, field.name, value), name, joiner=before)


def _chip(label: str, text: str, target: SearchRequest, name: str, *, joiner: str = "") -> tuple[Chip, SearchRequest]:
    return Chip(joiner, label, text, search_url(target), f"chip-{name}"), target


def labels_of(facets: Iterable[Facet]) -> dict[tuple[str, str], str]:
    """Return the labels of facet values, by field and value."""
    return {(facet.field, value.value): value.label for facet in facets for value in facet.values}
