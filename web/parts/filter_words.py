"""The filters of a search in words, the end of a heading: "16 articles that name Joe Biden and Bernie Sanders"."""

from collections.abc import Iterable, Iterator, Mapping

from index.keywords.periods import parse_period
from index.model import ENTITY_KINDS
from search.engines.base import MatchMode, Selection
from search.output.wording import period_in_words
from search.query.ast import Axis
from search.request import SearchRequest
from web.parts.ranges import range_in_words, sides_in_words

__all__ = ["filters_in_words", "shortened"]

_MOST_WORDS = 120

_ENTITY_FIELDS = frozenset(kind.value for kind in ENTITY_KINDS)
_AXIS_LEADS = {Axis.MENTIONED: ("that mentions", "that mention"), Axis.PUBLISHED: ("published", "published")}
# Words before the values of a field, for one article and for several.
_LEADS = {
    "currencies": ("with an amount in", "with amounts in"),
    "amount_sizes": ("with an amount of", "with amounts of"),
    "date_years": _AXIS_LEADS[Axis.MENTIONED],
    "date_months": _AXIS_LEADS[Axis.MENTIONED],
    "published_years": _AXIS_LEADS[Axis.PUBLISHED],
    "published_months": _AXIS_LEADS[Axis.PUBLISHED],
    "sources": ("from", "from"),
    "languages": ("in", "in"),
}
_NAMES, _WITHOUT = ("that names", "that name"), ("without", "without")
_NONE_WORDS = {
    "people": (_NAMES, "no person"),
    "organizations": (_NAMES, "no organization"),
    "places": (_NAMES, "no place"),
    "systems": (_NAMES, "no system"),
    "currencies": (_WITHOUT, "amounts"),
    "amount_sizes": (_WITHOUT, "amounts"),
    "date_years": (_AXIS_LEADS[Axis.MENTIONED], "no year"),
    "date_months": (_AXIS_LEADS[Axis.MENTIONED], "no month"),
    "sources": (_WITHOUT, "a known source"),
    "languages": (_WITHOUT, "a known language"),
}
# What begins several leads is said once: "with amounts in USD and amounts above 1bn".
_BEGINNINGS = ("with ", "without ", "that mentions ", "that mention ", "that names ", "that name ", "published ")
_JOINERS = {MatchMode.ANY: "or", MatchMode.ALL: "and"}
_MOST = 4


def filters_in_words(
    request: SearchRequest, labels: Mapping[tuple[str, str], str], *, is_one: bool
) -> tuple[tuple[str, str], ...]:
    """Return the filters as pairs of words and value, to be read one after the other: the first four, then a count.

    `labels` names values by (field, value); `is_one` is true when the search finds one article.

    >>> filters_in_words(SearchRequest(selections=(Selection("sources", ("NTV",)),)), {}, is_one=True)
    (('from', 'NTV'),)
    """
    pairs = list(_said_once(_pairs(request, labels, number=0 if is_one else 1)))
    if len(pairs) > _MOST:
        rest = len(pairs) - _MOST + 1
        return (*pairs[: _MOST - 1], ("and", f"{rest} more filters"))
    return tuple(pairs)


def _pairs(request: SearchRequest, labels: Mapping[tuple[str, str], str], *, number: int) -> Iterator[tuple[str, str]]:
    named = [selection for selection in request.selections if selection.field in _ENTITY_FIELDS]
    lead = ("that names", "that name")[number]
    for selection in named:
        yield from _values(selection, labels, lead)
        lead = "and" if selection.values else lead
    for selection in request.selections:
        if selection.field not in _ENTITY_FIELDS:
            yield from _values(selection, labels, _LEADS[selection.field][number])
    if request.amount:
        yield ("with an amount", "with amounts")[number], range_in_words(request.amount)
    if request.date_from or request.date_to:
        yield from _range(request, number)
    if (period := parse_period(request.period)) is not None:
        yield _AXIS_LEADS[request.range_axis][number], period_in_words(period)
    for field in request.unnamed:
        leads, text = _NONE_WORDS[field]
        yield leads[number], text
    if request.is_undated:
        yield "without", "a publication date"
    for selection in request.selections:
        for value in selection.excluded:
            yield "without", labels.get((selection.field, value), value)


def _said_once(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs, those that begin alike one after the other, and what they begin with only before the first.

    >>> list(_said_once([("with amounts in", "USD"), ("from", "NTV"), ("with amounts", "above 1bn")]))
    [('with amounts in', 'USD'), ('and amounts', 'above 1bn'), ('from', 'NTV')]
    >>> list(_said_once([("without", "Qatar"), ("without", "amounts")]))
    [('without', 'Qatar'), ('and without', 'amounts')]
    """
    alike: dict[str, list[tuple[str, str]]] = {}
    beginning = ""
    for lead, value in pairs:
        if lead in _JOINERS.values():
            alike[beginning].append((lead, value))
            continue
        beginning = next((words for words in _BEGINNINGS if f"{lead} ".startswith(words)), lead)
        if beginning in alike:
            # "Without Qatar and amounts" would be what lacks the one or the other.
            lead = f"and {lead if beginning == 'without ' else lead[len(beginning) :]}".strip()
        alike.setdefault(beginning, []).append((lead, value))
    for group in alike.values():
        yield from group


def _range(request: SearchRequest, number: int) -> Iterator[tuple[str, str]]:
    lead, text = _AXIS_LEADS[request.range_axis][number], sides_in_words(request.date_from, request.date_to)
    if request.date_from and request.date_from == request.date_to:
        yield lead, text
    else:
        dates = f"{lead} dates" if request.range_axis is Axis.MENTIONED else lead
        yield (f"{dates} from" if request.date_from and request.date_to else dates), text


def _values(selection: Selection, labels: Mapping[tuple[str, str], str], lead: str) -> Iterator[tuple[str, str]]:
    for i, value in enumerate(selection.values):
        yield _JOINERS[selection.mode] if i else lead, labels.get((selection.field, value), value)


def shortened(q: str) -> str:
    """Return the words of a search, shortened to fit.

    >>> shortened("Patriot withdrawal"), len(shortened("Patriot " * 100))
    ('Patriot withdrawal', 120)
    """
    text = " ".join(q.split())
    return text if len(text) <= _MOST_WORDS else text[: _MOST_WORDS - 1].rstrip() + "…"
