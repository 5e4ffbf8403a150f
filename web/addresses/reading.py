"""Read requests from addresses: lenient for people, strict for programs, bounded for both."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from werkzeug.exceptions import NotFound

from index.errors import UsageError
from index.fields import Field, field_for_parameter
from index.model import ENTITY_KINDS, Kind
from search.parameters import PARAMETERS, from_parameters, strict_from_parameters, to_parameters
from search.request import SearchRequest

__all__ = [
    "BROWSE_ORDERS",
    "ENTITY_ORDERS",
    "FACET_ORDERS",
    "MAX_FIELD",
    "MAX_FIND",
    "MAX_PREFIX",
    "MAX_QUERY",
    "bounded_number",
    "facet_field",
    "is_canonical",
    "kind_named",
    "reject_unknown",
    "strict_request",
]

BROWSE_ORDERS = {"documents": "most articles", "mentions": "most mentions", "name": "name"}
"""Orders of a list of entities, with their labels."""

ENTITY_ORDERS = {"mentions": "most mentions first", "newest": "newest first"}
"""Orders of the articles of an entity, with their labels; the first one is usual."""

FACET_ORDERS = {"count": "most articles", "name": "name"}
"""Orders of the values of a facet, with their labels."""

# Longer texts are cut: nobody types them, and each letter costs time.
MAX_QUERY = 1000
MAX_FIELD = 40
MAX_PREFIX = 100
MAX_FIND = 100


# Fields of the page of a facet, whose form leads to the results as well; `order` is that of results.
_FACET_PAGE = ("find", "by", "values")


def strict_request(
    pairs: Iterable[tuple[str, str]], currencies: Callable[[], Mapping[str, str]], *, also: Sequence[str] = ()
) -> SearchRequest:
    """Return the search of an address; raises `UsageError` for any parameter that is unknown or unreadable.

    `currencies` are those by what people write for them. `also` are parameters of the endpoint itself, which are
    ignored here.
    """
    own = [(name, value) for name, value in pairs if name not in also]
    reject_unknown((name for name, _ in own), PARAMETERS)
    return strict_from_parameters(own, currencies)


def is_canonical(given: Sequence[tuple[str, str]], request: SearchRequest) -> bool:
    """True when parameters are those, in that order, which `to_parameters` gives for the request made of them.

    Also when these would be read as another request: a redirect to them would never end.

    >>> is_canonical([("q", "x")], SearchRequest(q="x")), is_canonical([("q", "x"), ("to", "")], SearchRequest(q="x"))
    (True, False)
    """
    canonical = to_parameters(request)
    # What other sites append to their links is nothing to us; what our own forms send beside a search is.
    known = [pair for pair in given if pair[0] in PARAMETERS or pair[0] in _FACET_PAGE]
    return known == canonical or from_parameters(canonical)[0] != request


def reject_unknown(names: Iterable[str], known: Iterable[str]) -> None:
    """Raise `UsageError` when one of the parameters is not known here."""
    allowed = tuple(known)
    unknown = sorted(set(names) - set(allowed))
    if unknown:
        raise UsageError(f"Unknown parameter {', '.join(unknown)}. Known here: {', '.join(allowed) or 'none'}.")


def bounded_number(text: str, name: str, *, default: int, most: int, least: int = 1) -> int:
    """Return a whole number between `least` and `most`, or `default` for an empty text; raises `UsageError` otherwise.

    >>> bounded_number("20", "limit", default=10, most=100)
    20
    """
    if not text:
        return default
    # Ten digits at most: longer ones are out of range anyway, and reading them takes time.
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 else least - 1
    if not least <= number <= most:
        raise UsageError(f"{name} must be a whole number from {least} to {most:,}, not {text[:20]!r}.")
    return number


def kind_named(text: str) -> Kind:
    """Return the kind of entities in a path; raises `NotFound` when there is none."""
    kind = next((kind for kind in ENTITY_KINDS if kind.value == text), None)
    if kind is None:
        raise NotFound(f"There is no kind “{text}”. There are: {', '.join(ENTITY_KINDS)}.")
    return kind


def facet_field(parameter: str) -> Field:
    """Return the facet in a path; raises `NotFound` when there is none."""
    field = field_for_parameter(parameter)
    if field is None or not field.is_facet:
        raise NotFound(f"There is no facet “{parameter}”.")
    return field
