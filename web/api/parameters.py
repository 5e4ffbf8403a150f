"""Parameters of the endpoints, for their description and to reject unknown ones."""

from dataclasses import dataclass

from index.fields import FIELDS, Field
from search.engines.base import MatchMode, Sort
from search.parameters import NONE_PARAMETERS
from search.query.ast import Axis
from search.request import PAGE_SIZES, Order, WordMode

__all__ = ["SEARCH_PARAMETERS", "Parameter", "facet_parameters"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an endpoint. Empty `choices` mean any text; `is_path` says that it is a part of the path."""

    name: str
    help: str
    choices: tuple[str, ...] = ()
    is_list: bool = False
    is_number: bool = False
    is_path: bool = False
    is_required: bool = False


def facet_parameters() -> tuple[str, ...]:
    """Return the parameter names of the facets, in the order of the schema.

    >>> facet_parameters()[:2]
    ('person', 'org')
    """
    return tuple(field.parameter for field in FIELDS if field.is_facet and field.parameter)


def _selection(field: Field) -> tuple[Parameter, ...]:
    name, label = field.parameter, field.label
    return (
        Parameter(name, f"{label}: only articles with this value; a leading - leaves its articles out", is_list=True),
        Parameter(f"{name}.op", f"{label}: whether any or all of the values", tuple(mode.value for mode in MatchMode)),
    )


SEARCH_PARAMETERS: tuple[Parameter, ...] = (
    Parameter("q", "The query, in the query language of the help page"),
    *(parameter for field in FIELDS if field.is_facet and field.parameter for parameter in _selection(field)),
    Parameter("none", "Only articles without any value in this facet", NONE_PARAMETERS, is_list=True),
    Parameter("amount", "Amounts of money, such as >1bn or 1bn..3bn USD"),
    Parameter("from", "From this year, month or day on (2017, 2017-12, 2017-12-05)"),
    Parameter("to", "Up to this year, month or day"),
    Parameter(
        "period",
        "Dates in this decade, year, month or day, and no less exact (2010s, 2019, 2019-07, 2019-07-05); with X, only "
        "dates that name no part of it (201X, 2019-XX)",
    ),
    Parameter(
        "axis",
        "Which dates from, to and period mean: mentioned in the text, or published",
        tuple(axis.value for axis in Axis),
    ),
    Parameter("undated", "Only articles without a publication date", ("yes",)),
    Parameter(
        "words",
        "Whether all words must occur; auto is any when nothing has all",
        tuple(mode.value for mode in WordMode),
    ),
    Parameter("exact", "Words exactly as written", ("yes",)),
    Parameter(
        "sort", "Order; by default relevance when there is a query, else newest", tuple(sort.value for sort in Sort)
    ),
    Parameter(
        "order",
        "Relevance by words and meaning, or by words alone; by default as the settings say",
        tuple(order.value for order in Order),
    ),
    Parameter("page", "Page, from 1", is_number=True),
    Parameter("size", f"Articles on a page: {', '.join(map(str, PAGE_SIZES))}", is_number=True),
)
"""All parameters of `search.parameters`."""
