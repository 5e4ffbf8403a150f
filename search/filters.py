"""The filters of a search, by the names of the parameters of the page, as keywords of Python and as options."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import TypedDict

from msgspec.structs import replace

from index.errors import EntityNotFoundError, UsageError
from index.fields import FIELDS, field_for_parameter
from index.model import ENTITY_KINDS, Entity, Kind
from search.answer.service import SearchService
from search.engines.base import Sort
from search.parameters import MAX_PAGE, SELECTION_PARAMETERS, strict_from_parameters
from search.query.ast import Axis
from search.query.values import parse_amount_range, parse_date_range
from search.request import MentionChoice, Order, SearchRequest, WordMode

__all__ = [
    "ENTITY_PARAMETERS",
    "Filters",
    "SearchFilters",
    "entity_values",
    "find_entity",
    "mention_choice",
    "request_from_filters",
]

ENTITY_PARAMETERS = tuple(field.parameter for field in FIELDS if field.name in ENTITY_KINDS)
_CURRENCY = "currency"
_VALUE_PARAMETERS = {
    _CURRENCY if parameter == "cur" else parameter: parameter
    for parameter in SELECTION_PARAMETERS
    if parameter not in ENTITY_PARAMETERS
}
_DATES = {"date": Axis.MENTIONED, "published": Axis.PUBLISHED}
_FLAGS = ("undated", "exact")
_CHOICES: Mapping[str, type[StrEnum]] = MappingProxyType({"words": WordMode, "sort": Sort, "order": Order})

_Value = str | int
_Values = _Value | Sequence[_Value]


class Filters(TypedDict, total=False):
    """Keywords that narrow or order a search. None is as good as not given.

    `person`, `org`, `place` and `system` are entity ids, canonical names or aliases. Of several values of one keyword
    one is enough, unless `all` names the keyword; a leading "-" excludes. `none` names keywords of which an article
    shall have no value at all. `amount` is a range such as ">1bn" or
    "1bn..3bn USD"; `date` (in the text) and `published` are one such as "2019", ">=2019-07" or "2017..2019".
    """

    person: _Values | None
    org: _Values | None
    place: _Values | None
    system: _Values | None
    source: _Values | None
    lang: _Values | None
    currency: _Values | None
    amount_size: _Values | None
    year: _Values | None
    month: _Values | None
    published_year: _Values | None
    published_month: _Values | None
    all: _Values | None
    none: _Values | None
    amount: str | None
    date: str | int | datetime.date | None
    published: str | int | datetime.date | None
    undated: bool | None
    words: str | None
    exact: bool | None
    sort: str | None


class SearchFilters(Filters, total=False):
    """`Filters`, and the `order` by relevance: "meaning" or "words". A facet has an `order` of its own."""

    order: str | None


_KNOWN = tuple(SearchFilters.__annotations__)


def request_from_filters(
    service: SearchService,
    q: str,
    filters: Mapping[str, object],
    *,
    currencies: Callable[[], Mapping[str, str]],
    page: int = 1,
    size: int = 20,
) -> SearchRequest:
    """Return the request for the text `q` and filters by their names, those of `Filters`.

    Raises `UsageError` that names the filter for one that is unknown, and for a value that cannot be used.
    """
    given = {name: value for name, value in filters.items() if value is not None}
    unknown = [name for name in given if name not in _KNOWN]
    if unknown:
        raise UsageError(f"There is no filter {', '.join(unknown)}. Known: {', '.join(_KNOWN)}.")
    if not isinstance(q, str):
        raise UsageError(f"The query is a text, not {q!r}.")
    pairs = [("q", q)]
    for name in ENTITY_PARAMETERS:
        for text in _texts(name, given):
            pairs += [(name, value) for value in entity_values(service, name, text)]
    for name, parameter in _VALUE_PARAMETERS.items():
        texts = _texts(name, given)
        pairs += [(parameter, text.upper() if name == _CURRENCY else text) for text in texts]
    pairs += [(f"{_selection_parameter(name)}.op", "all") for name in _texts("all", given)]
    pairs += [("none", _VALUE_PARAMETERS.get(name, name)) for name in _texts("none", given)]
    pairs += [("amount", _amount(given, currencies)), *_dates(given)]
    pairs += [(name, "yes") for name in _FLAGS if _flag(name, given)]
    pairs += [(name, _choice(name, given)) for name in _CHOICES]
    request = strict_from_parameters([pair for pair in pairs if pair[1]], currencies)
    # Any number of articles may be asked for here, not only the sizes of the page.
    return replace(
        request, page=_number("page", page, lowest=1, highest=MAX_PAGE), size=_number("size", size, lowest=0)
    )


def entity_values(service: SearchService, parameter: str, text: str) -> Sequence[str]:
    """Return the values of a parameter such as "person" for an id, canonical name or alias; a leading "-" is kept.

    Raises `UsageError` for a name that means nothing in this archive.
    """
    sign, name = ("-", text[1:]) if text.startswith("-") else ("", text)
    field = field_for_parameter(parameter)
    assert field is not None
    kind = Kind(field.name)
    found = service.resolve_names(name, kind=kind)
    if not found:
        near = _near(service, name, kind) or f" See: search-cli entities list {kind}"
        raise UsageError(f"no {_describe(parameter)} is called {name!r}.{near}")
    return [sign + entity.id for entity in found]


def find_entity(service: SearchService, name: str) -> Entity:
    """Return the entity with this id, canonical name or alias; of several, the one in most articles.

    Raises `EntityNotFoundError`.
    """
    found = service.resolve_names(name)
    if not found:
        raise EntityNotFoundError(f"No entity is called {name!r}.{_near(service, name)}")
    return found[0]


def mention_choice(service: SearchService, kinds: Iterable[str], beside: Iterable[str]) -> MentionChoice:
    """Return the choice of mentions by the names of kinds, and by ids, canonical names or aliases of entities.

    A kind may be "person" or "people". Raises `UsageError` for an unknown kind, `EntityNotFoundError` for a name that
    means nothing in this archive.
    """
    known = {kind.value: kind for kind in Kind}
    chosen = []
    for name in kinds:
        field = field_for_parameter(name)
        kind = known.get(field.name if field is not None else name)
        if kind is None:
            raise UsageError(f"kind: there is no kind of mention {name!r}. Known: {', '.join(known)}.")
        chosen.append(kind)
    return MentionChoice(tuple(chosen), tuple(find_entity(service, name).id for name in beside))


def _near(service: SearchService, name: str, kind: Kind | None = None) -> str:
    near = [entity.name for entity in service.similar_names(name, kind=kind)]
    return f" Near: {', '.join(near)}." if near else ""


def _describe(parameter: str) -> str:
    return "organization" if parameter == "org" else parameter


def _selection_parameter(name: str) -> str:
    parameter = _VALUE_PARAMETERS.get(name, name)
    if parameter not in SELECTION_PARAMETERS:
        raise UsageError(
            f"all: there is no filter {name!r}. Known: {', '.join((*ENTITY_PARAMETERS, *_VALUE_PARAMETERS))}."
        )
    return parameter


def _texts(name: str, given: Mapping[str, object]) -> list[str]:
    """The texts that one filter was given: one, or a sequence of them."""
    value = given.get(name, ())
    values = [value] if isinstance(value, str | int) else value
    if not isinstance(values, Iterable) or isinstance(values, bytes | Mapping):
        raise UsageError(f"{name}: {value!r} is neither a text nor a sequence of texts.")
    texts = []
    for each in values:
        if not isinstance(each, str | int) or isinstance(each, bool):
            raise UsageError(f"{name}: {each!r} is not a text.")
        texts.append(str(each))
    return texts


def _amount(given: Mapping[str, object], currencies: Callable[[], Mapping[str, str]]) -> str:
    amount = given.get("amount", "")
    if not isinstance(amount, str) or (amount.strip() and parse_amount_range(amount, currencies()) is None):
        raise UsageError(f'amount: {amount!r} is no range of amounts. Write ">1bn" or "1bn..3bn USD".')
    return amount


def _dates(given: Mapping[str, object]) -> list[tuple[str, str]]:
    named = [(name, axis) for name, axis in _DATES.items() if given.get(name, "") != ""]
    if not named:
        return []
    if len(named) > 1:
        raise UsageError("date and published: give one, and write the other into the query, such as published:2019.")
    ((name, axis),) = named
    value = given[name]
    if isinstance(value, datetime.date):
        value = f"{value.year:04}-{value.month:02}-{value.day:02}"
    days = parse_date_range(str(value), axis) if isinstance(value, str | int) else None
    if days is None:
        raise UsageError(f'{name}: {value!r} is no date. Write 2019, 2019-07, 2019-07-05, ">=2019" or "2017..2019".')
    start, end = days.start, days.end
    return [
        ("from", start.isoformat() if start else ""),
        ("to", end.isoformat() if end else ""),
        ("axis", axis.value),
    ]


def _flag(name: str, given: Mapping[str, object]) -> bool:
    value = given.get(name, False)
    if not isinstance(value, bool):
        raise UsageError(f"{name}: {value!r} is neither True nor False.")
    return value


def _choice(name: str, given: Mapping[str, object]) -> str:
    value = given.get(name, "")
    known = [choice.value for choice in _CHOICES[name]]
    if not isinstance(value, str) or value not in ("", *known):
        raise UsageError(f"{name}: {value!r} is none of {', '.join(known)}.")
    return value


def _number(name: str, value: int, *, lowest: int, highest: int | None = None) -> int:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if not is_number or value < lowest or (highest is not None and value > highest):
        limit = f"of at least {lowest}" if highest is None else f"from {lowest} to {highest:,}"
        raise UsageError(f"{name}: {value!r} is not a whole number {limit}.")
    return value
