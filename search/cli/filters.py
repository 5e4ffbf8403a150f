"""Options that narrow a search: the parameters of the page under the same names."""

from collections.abc import Callable
from typing import Any, TypeVar

import click
from msgspec.structs import replace

from search.answer.service import SearchService
from search.engines.base import Sort
from search.filters import ENTITY_PARAMETERS, entity_values
from search.parameters import NONE_PARAMETERS, strict_from_parameters
from search.query.ast import Axis
from search.request import Order, SearchRequest

__all__ = ["ENTITY_PARAMETERS", "filter_options", "order_option", "request_from_options"]

_VALUE_PARAMETERS = ("source", "lang")

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])


def filter_options(function: _Decorated) -> _Decorated:
    """Add the options that narrow a search, and the words themselves as arguments."""
    options = [click.argument("words", nargs=-1)]
    options += [
        click.option(*_spelled(name), multiple=True, metavar="NAME", help=f"Only articles with this {_describe(name)}.")
        for name in ENTITY_PARAMETERS
    ]
    options += [
        click.option("--all", "all_of", multiple=True, type=click.Choice(ENTITY_PARAMETERS),
                     help="Require all of several such names, not any."),
        click.option("--none", multiple=True, type=click.Choice(NONE_PARAMETERS),
                     help="Only articles that name none of these."),
        click.option("--amount", metavar="RANGE", help='Amounts of money, such as ">1bn" or "1bn..3bn USD".'),
        click.option("--currency", "cur", multiple=True, metavar="CODE", help="Only amounts in this currency."),
        click.option("--from", "date_from", metavar="DATE", help="On or after this year, month or day."),
        click.option("--to", "date_to", metavar="DATE", help="On or before this year, month or day."),
        click.option("--axis", type=click.Choice([axis.value for axis in Axis]),
                     help="Dates that --from and --to apply to: those mentioned (dates, the default) or published."),
        click.option("--undated", is_flag=True, help="Only articles without a publication date."),
        click.option("--source", multiple=True, metavar="NAME", help="Only articles from this source."),
        click.option("--lang", "--language", "lang", multiple=True, metavar="CODE",
                     help="Only articles in this language."),
        click.option("--not", "without", multiple=True, metavar="WORD", help="Exclude articles with this word."),
        click.option("--any/--all-words", "is_any", default=None, help="Match any of the words, or only all of them."),
        click.option("--exact", is_flag=True, help="Match words exactly (no stemming, accents matter)."),
        click.option("--sort", type=click.Choice([sort.value for sort in Sort]),
                     help="Default: relevance with words, else newest."),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


def order_option(function: _Decorated) -> _Decorated:
    """Add the option for the order by relevance, to commands whose output has an order of articles."""
    option: Callable[[_Decorated], _Decorated] = click.option(
        "--order",
        "relevance",
        type=click.Choice([order.value for order in Order]),
        help="Relevance by words and meaning (the default), or by words alone.",
    )
    return option(function)


def request_from_options(service: SearchService, options: dict[str, Any], *, page: int, size: int) -> SearchRequest:
    """Build the request from the options of `filter_options`, and remove these from `options`.

    Names are entity ids, canonical names or aliases; a leading `-` excludes. Raises `UsageError` for an unknown name
    and for invalid values.
    """
    words = [*options.pop("words"), *(f'NOT "{word}"' for word in options.pop("without"))]
    pairs = [("q", " ".join(words))]
    for name in ENTITY_PARAMETERS:
        for text in options.pop(name):
            pairs += [(name, value) for value in entity_values(service, name, text)]
    pairs += [(f"{name}.op", "all") for name in options.pop("all_of")]
    pairs += [("none", name) for name in options.pop("none")]
    pairs += [("cur", code.upper()) for code in options.pop("cur")]
    for name in _VALUE_PARAMETERS:
        pairs += [(name, value) for value in options.pop(name)]
    is_any = options.pop("is_any")
    pairs += [
        ("amount", options.pop("amount") or ""),
        ("from", options.pop("date_from") or ""),
        ("to", options.pop("date_to") or ""),
        ("axis", options.pop("axis") or ""),
        ("undated", "yes" if options.pop("undated") else ""),
        ("words", "" if is_any is None else "any" if is_any else "all"),
        ("exact", "yes" if options.pop("exact") else ""),
        ("sort", options.pop("sort") or ""),
        ("order", options.pop("relevance", None) or ""),
    ]
    request = strict_from_parameters([pair for pair in pairs if pair[1]], lambda: service.currencies)
    # Any number of articles is allowed here, not only the sizes of the page.
    return replace(request, page=page, size=size)


def _spelled(parameter: str) -> tuple[str, ...]:
    return (f"--{parameter}", f"--{_describe(parameter)}", parameter) if parameter == "org" else (f"--{parameter}",)


def _describe(parameter: str) -> str:
    return "organization" if parameter == "org" else parameter
