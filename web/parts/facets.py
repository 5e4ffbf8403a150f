"""Facets as check boxes, amounts as currencies and sizes, and the active filters as chips."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace as replace_part
from decimal import Decimal
from itertools import islice
from urllib.parse import urlencode

from msgspec.structs import replace

from index.fields import FIELDS, Field
from index.keywords.periods import parse_period
from index.model import ENTITY_KINDS
from search.engines.base import MatchMode, Selection
from search.output.wording import period_in_words
from search.query.ast import AmountRange, Axis
from search.query.values import parse_amount_range
from search.request import SearchRequest
from search.results import Facet, FacetValue
from web.addresses.neighbors import (
    selection_of,
    with_amount,
    with_dates,
    with_none,
    with_only,
    with_period,
    with_undated,
    with_value,
    without_value,
)
from web.addresses.reading import MAX_FIND
from web.addresses.urls import (
    amounts_url,
    control_id,
    entity_url,
    facet_url,
    lock_url,
    parameter_value,
    search_url,
    unlock_url,
)
from web.parts.ranges import amount_sides, range_in_words, sides_in_words
from web.parts.records import AmountsPart, Chip, FacetPart, FacetValuePart, Link, Option

__all__ = [
    "MAX_CHIPS",
    "SHOWN_VALUES",
    "amounts_part",
    "can_narrow",
    "chips_of",
    "chips_with_targets",
    "count_filters",
    "facet_part",
    "field_named",
    "labels_of",
    "none_text",
]

_AXIS_CHIPS = {Axis.MENTIONED: "Dates in the text", Axis.PUBLISHED: "Published"}
SHOWN_VALUES = 6
"""Values of a facet beside the results; the rest has a page of its own."""

MAX_CHIPS = 40
"""Active filters that are shown: the address of each holds all others."""

# What is said of articles that have no value, and of what; all else is named.
_NO_VALUE = {"currencies": "none named", "amount_sizes": "none named", "sources": "not known", "languages": "not known",
             "date_years": "none named", "date_months": "none named"}  # fmt: skip
_NONE_CHIPS = {"currencies": "Amounts", "amount_sizes": "Amounts"}
_NO_CATEGORY = "Others"
_MODE_TEXTS = {MatchMode.ANY: "any", MatchMode.ALL: "all"}
_ENTITY_FIELDS = frozenset(kind.value for kind in ENTITY_KINDS)
# Open from the start; the others open when they have a selected value.
_OPEN_FIELDS = frozenset({"people", "organizations", "systems"})


def field_named(name: str) -> Field:
    """Return the field of the schema with this name."""
    return next(field for field in FIELDS if field.name == name)


def facet_part(facet: Facet, request: SearchRequest, *, has_actions: bool = True) -> FacetPart:
    """Return a facet with its check boxes.

    With `has_actions` each value has its links "only", "exclude" and "about"; without, one link to the page that has
    them. Three addresses for each of forty values are half of the weight of a page.
    """
    selection = selection_of(request, facet.field)
    is_entity = facet.field in _ENTITY_FIELDS
    has_more = facet.distinct > len(facet.values)
    all_url = facet_url(facet.parameter, request)
    make = _value_with_actions if has_actions else _short_value
    values = tuple(make(value, facet, request, all_url) for value in facet.values)
    return FacetPart(
        parameter=facet.parameter,
        label=facet.label,
        css=facet.field if is_entity else "",
        values=values,
        groups=_by_category(values),
        modes=_modes(facet.mode) if selection.values else (),
        all_text=f"All {facet.distinct:,} {facet.label.lower()}" if has_more else "",
        all_url=all_url,
        is_open=facet.field in _OPEN_FIELDS or bool(selection.values or selection.excluded),
        none=_none_link(facet, request),
    )


def none_text(field: str) -> str:
    """Return the words for the articles without any value in a field.

    >>> none_text("people"), none_text("sources")
    ('none named', 'not known')
    """
    return "none named" if field in _ENTITY_FIELDS else _NO_VALUE[field]


def _none_link(facet: Facet, request: SearchRequest) -> Link | None:
    if facet.field in request.unnamed:
        return Link(none_text(facet.field), search_url(with_none(request, facet.field, is_none=False)), is_current=True)
    if not facet.unnamed:
        return None
    return Link(none_text(facet.field), search_url(with_none(request, facet.field)), f"{facet.unnamed:,}")


def _by_category(values: Sequence[FacetValuePart]) -> tuple[tuple[str, tuple[FacetValuePart, ...]], ...]:
    """Group values by what they are, in alphabetical order so that no group moves; those that nobody knows last."""
    groups: dict[str, list[FacetValuePart]] = {}
    for value in values:
        groups.setdefault(value.note, []).append(value)
    if list(groups) == [""]:
        return (("", tuple(values)),)
    ordered = sorted(groups, key=lambda note: (not note, note))
    return tuple((note[:1].upper() + note[1:] or _NO_CATEGORY, tuple(groups[note])) for note in ordered)


def _modes(mode: MatchMode) -> tuple[Option, ...]:
    return tuple(Option(other.value, text, other is mode) for other, text in _MODE_TEXTS.items())


def _short_value(value: FacetValue, facet: Facet, request: SearchRequest, all_url: str) -> FacetValuePart:
    """Return a value with one link: to its line on the page with all values."""
    # Each address holds all chosen values: links for all of very many would grow with their square.
    has_links = sum(map(len, (selection.values for selection in request.selections))) <= MAX_CHIPS
    joiner = "&" if "?" in all_url else "?"
    return FacetValuePart(
        identifier=control_id(facet.parameter, value.value),
        value=parameter_value(facet.field, value.value),
        text=value.label,
        count=f"{value.count:,}",
        is_selected=value.is_selected,
        is_excluded=value.is_excluded,
        note=value.category,
        more_url=f"{all_url}{joiner}{urlencode({'find': value.label[:MAX_FIND]})}" if has_links else "",
        exclude_url=_exclude_url(value, facet, request) if value.is_excluded and has_links else "",
    )


def _value_with_actions(value: FacetValue, facet: Facet, request: SearchRequest, all_url: str) -> FacetValuePart:
    return replace_part(
        _short_value(value, facet, request, all_url),
        only_url=search_url(with_only(request, facet.field, value.value)),
        exclude_url=_exclude_url(value, facet, request),
        page_url=entity_url(value.value) if facet.field in _ENTITY_FIELDS else "",
    )


def _exclude_url(value: FacetValue, facet: Facet, request: SearchRequest) -> str:
    """Return the address of the results without the articles of a value, or with them again."""
    if value.is_excluded:
        return search_url(without_value(request, facet.field, value.value))
    return search_url(with_value(request, facet.field, value.value, is_excluded=True))


def can_narrow(facet: Facet, total: int) -> bool:
    """True when a choice in a facet could change the results: not for the one source of all of `total` articles."""
    return facet.distinct > 1 or any(
        value.count != total or value.is_selected or value.is_excluded for value in facet.values
    )


def amounts_part(
    request: SearchRequest, currencies: Facet | None, sizes: Facet | None, *, error: str = ""
) -> AmountsPart:
    """Return the filter by amounts: currencies, each with the sizes of its amounts, and two fields for a range.

    Sizes are those of the selected currencies, else of the most frequent one, and the most frequent `SHOWN_VALUES` of
    each: a list of all would be long. Those outside of the range asked for are left out. `error` says what is wrong
    with the range.
    """
    minimum, maximum = amount_sides(request)
    chosen = {name: selection_of(request, name) for name in ("currencies", "amount_sizes")}
    first = tuple(value.value for value in currencies.values[:1]) if currencies else ()
    shown = chosen["currencies"].values or first
    span = parse_amount_range(request.amount, {}) if request.amount else None
    by_currency: dict[str, list[FacetValue]] = {}
    for value in sizes.values if sizes else ():
        currency = value.value.partition(":")[0]
        is_chosen = value.is_selected or value.is_excluded
        if is_chosen or (currency in shown and _is_within(value.value, span)):
            by_currency.setdefault(currency, []).append(value)
    shortened = {currency: _most_frequent(values) for currency, values in by_currency.items()}
    has_more_sizes = shortened != by_currency
    by_currency = shortened
    listed = {value.value for value in currencies.values} if currencies else set()
    others = [value for currency, values in by_currency.items() if currency not in listed for value in values]
    filters = bool(request.amount) + sum(bool(part.values) for part in chosen.values())
    return AmountsPart(
        currencies=facet_part(currencies, request, has_actions=False) if currencies and currencies.values else None,
        sizes={
            currency: facet_part(replace(sizes, values=tuple(values)), request, has_actions=False).values
            for currency, values in (by_currency | ({"": others} if others else {})).items()
            if sizes and (currency in listed or not currency)
        },
        size_parameter=sizes.parameter if sizes else "",
        sizes_url=facet_url(sizes.parameter, request) if sizes and has_more_sizes else "",
        minimum=minimum,
        maximum=maximum,
        error=error,
        hint="Each of these filters may be met by another amount of the article." if filters > 1 else "",
        table_url=amounts_url(request),
        is_open=bool(request.amount) or any(part.values or part.excluded for part in chosen.values()),
    )


def _most_frequent(values: Sequence[FacetValue]) -> list[FacetValue]:
    """Return the chosen values and the most frequent others, at least `SHOWN_VALUES` together, in the order given."""
    ranked = sorted(values, key=lambda value: (not (value.is_selected or value.is_excluded), -value.count))
    chosen = sum(value.is_selected or value.is_excluded for value in values)
    kept = {value.value for value in ranked[: max(SHOWN_VALUES, chosen)]}
    return [value for value in values if value.value in kept]


def _is_within(size: str, span: AmountRange | None) -> bool:
    """True when an order of magnitude ("USD:9") has amounts in a range; all have without one.

    >>> _is_within("USD:0", AmountRange(Decimal(1000), None)), _is_within("USD:9", AmountRange(Decimal(1000), None))
    (False, True)
    """
    power = size.rpartition(":")[2]
    if span is None or not power.isdecimal():
        return True
    lowest, above = Decimal(10) ** int(power) if int(power) else Decimal(0), Decimal(10) ** (int(power) + 1)
    return (span.lower is None or span.lower < above) and (span.upper is None or span.upper >= lowest)


def chips_of(
    request: SearchRequest,
    labels: Mapping[tuple[str, str], str],
    *,
    locked: Collection[tuple[str, str]] | None = None,
) -> tuple[Chip, ...]:
    """Return the first `MAX_CHIPS` active filters, in the order of the schema.

    `labels` names values by (field, value). With `locked`, the parameters of locked filters, a value can be locked.
    """
    return tuple(chip for chip, _ in chips_with_targets(request, labels, locked=locked))


def count_filters(request: SearchRequest) -> int:
    """Return the number of active filters."""
    chosen = sum(len(selection.values) + len(selection.excluded) for selection in request.selections)
    others = (
        bool(request.amount) + bool(request.date_from or request.date_to) + bool(request.period) + request.is_undated
    )
    return chosen + len(request.unnamed) + others


def chips_with_targets(
    request: SearchRequest,
    labels: Mapping[tuple[str, str], str],
    *,
    locked: Collection[tuple[str, str]] | None = None,
) -> tuple[tuple[Chip, SearchRequest], ...]:
    """Return the chips of `chips_of`, each with the search without it."""
    pairs = (pair for selection in request.selections for pair in _selection_chips(request, selection, labels, locked))
    found = list(islice(pairs, MAX_CHIPS))
    for name in request.unnamed:
        field = field_named(name)
        target = with_none(request, name, is_none=False)
        found.append(_chip(_NONE_CHIPS.get(name, field.label), none_text(name), target, f"none-{field.parameter}"))
    if request.amount:
        found.append(_chip("Amount", range_in_words(request.amount), with_amount(request, ""), "amount"))
    if request.date_from or request.date_to:
        text = sides_in_words(request.date_from, request.date_to)
        found.append(_chip(_AXIS_CHIPS[request.range_axis], text, with_dates(request, "", ""), "dates"))
    if (period := parse_period(request.period)) is not None:
        target = with_period(request, request.range_axis, "")
        found.append(_chip(_AXIS_CHIPS[request.range_axis], period_in_words(period), target, "period"))
    if request.is_undated:
        found.append(_chip("Published", "undated", with_undated(request, is_undated=False), "undated"))
    return tuple(found)


def _selection_chips(
    request: SearchRequest,
    selection: Selection,
    labels: Mapping[tuple[str, str], str],
    locked: Collection[tuple[str, str]] | None,
) -> Iterator[tuple[Chip, SearchRequest]]:
    field = field_named(selection.field)
    joiner = {MatchMode.ANY: "or", MatchMode.ALL: "and"}[selection.mode]
    chosen = [(value, field.label, joiner if i else "") for i, value in enumerate(selection.values)]
    left_out = [(value, f"not {field.label}", "") for value in selection.excluded]
    for value, label, before in chosen + left_out:
        text = labels.get((field.name, value), value)
        name = control_id(field.parameter, value)
        about = entity_url(value) if field.name in _ENTITY_FIELDS else ""
        chip, target = _chip(label, text, without_value(request, field.name, value), name, joiner=before, about=about)
        sent = parameter_value(field.name, value) if value in selection.values else f"-{value}"
        yield (chip if locked is None else _with_lock(chip, (field.parameter, sent), locked)), target


def _with_lock(chip: Chip, pair: tuple[str, str], locked: Collection[tuple[str, str]]) -> Chip:
    is_locked = pair in locked
    return replace_part(chip, lock_url=(unlock_url if is_locked else lock_url)(*pair), is_locked=is_locked)


def _chip(
    label: str, text: str, target: SearchRequest, name: str, *, joiner: str = "", about: str = ""
) -> tuple[Chip, SearchRequest]:
    return Chip(joiner, label, text, search_url(target), f"chip-{name}", about), target


def labels_of(facets: Iterable[Facet]) -> dict[tuple[str, str], str]:
    """Return the labels of facet values, by field and value."""
    return {(facet.field, value.value): value.label for facet in facets for value in facet.values}
