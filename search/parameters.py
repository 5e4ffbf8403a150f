"""Convert a request to parameters of a URL and back: one form for the page, the API and the command line."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct, field

from index.errors import UsageError
from index.fields import FIELDS, field_for_parameter
from index.keywords.dates import UNDATED
from index.keywords.periods import parse_period
from search.engines.base import MatchMode, Selection, Sort
from search.query.ast import Axis
from search.query.values import parse_amount_range, parse_date_side
from search.request import Order, SearchRequest, WordMode
from search.results import Notice

__all__ = [
    "DEFAULT_SIZE",
    "MAX_PAGE",
    "MAX_SIZE",
    "NONE_PARAMETERS",
    "PARAMETERS",
    "SELECTION_PARAMETERS",
    "amount_problem",
    "from_parameters",
    "strict_from_parameters",
    "to_parameters",
    "unknown_parameters",
]

DEFAULT_SIZE = SearchRequest().size
MAX_SIZE = 100
MAX_PAGE = 1_000_000
_MAX_VALUES = 200

SELECTION_PARAMETERS = tuple(declared.parameter for declared in FIELDS if declared.is_facet)
"""Parameters that choose values of a facet; each may be given many times, a leading "-" excludes."""

# "undated" is a value of these two.
_ALWAYS_VALUED = frozenset({"published_year", "published_month"})
NONE_PARAMETERS = tuple(name for name in SELECTION_PARAMETERS if name not in _ALWAYS_VALUED)
"""Facets in which an article may have no value: what `none` takes; it may be given many times."""

_NONE = "none"
_MODE_SUFFIX = ".op"
_SINGLE = (
    "q", "amount", "min", "max", "from", "to", "period", "axis", "range_axis",
    "undated", "words", "exact", "sort", "order", "page", "size",
)  # fmt: skip

PARAMETERS = (*_SINGLE, _NONE, *SELECTION_PARAMETERS, *(name + _MODE_SUFFIX for name in SELECTION_PARAMETERS))
"""Every parameter that means something."""

# Comparisons that say by themselves which end of a range they are.
_ABOVE, _BELOW = (">", "≥", "=>"), ("<", "≤", "=<")
# Comparisons that say by themselves which end of a range they are.
_ABOVE, _BELOW = (">", "≥", "=>"), ("<", "≤", "=<")
# What becomes of a value that cannot be used, where that is no error.
_LEFT_OUT = re.compile(" – (?:the rest was )?left out")
_YES = frozenset({"yes", "true", "on", "1"})
_NO = frozenset({"no", "false", "off", "0", ""})

# Values of these facets have a shape; any other text is no value of theirs.
_YEAR, _MONTH = r"\d{4}", r"\d{4}-(?:0[1-9]|1[0-2])"
_SHAPES = {
    "year": (re.compile(_YEAR, re.ASCII), "2019"),
    "month": (re.compile(_MONTH, re.ASCII), "2019-07"),
    "published_year": (re.compile(rf"{_YEAR}|{UNDATED}", re.ASCII), "2019"),
    "published_month": (re.compile(rf"{_MONTH}|{UNDATED}", re.ASCII), "2019-07"),
    "amount_size": (re.compile(r"[A-Z]{3}:\d{1,2}", re.ASCII), "USD:9"),
}
_NOUNS = {"amount_size": "size of amounts"}

_Choice = TypeVar("_Choice", bound=StrEnum)


def unknown_parameters(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the names that `from_parameters` ignores, each once, in order.

    >>> unknown_parameters([("q", "x"), ("queery", "y")])
    ('queery',)
    """
    return tuple(dict.fromkeys(name for name, _ in pairs if name not in PARAMETERS))


def from_parameters(pairs: Iterable[tuple[str, str]]) -> tuple[SearchRequest, tuple[Notice, ...]]:
    """Build a request from parameters, with a notice for each value that cannot be used and is left out.

    Unknown names are ignored (see `unknown_parameters`), as are empty values; of a single parameter given twice the
    first counts. `min` and `max` are two fields of a form that make up `amount`, `range_axis` is the axis
    of its two dates where it sends any.

    >>> from_parameters([("q", "x"), ("person", "b"), ("person", "-a")])[0].selections
    (Selection(field='people', values=('b',), mode=<MatchMode.ANY: 'any'>, excluded=('a',)),)
    """
    reader = _Reader()
    for name, value in pairs:
        reader.take(name, _readable(value))
    return reader.request(), tuple(reader.notices)


def strict_from_parameters(
    pairs: Iterable[tuple[str, str]], currencies: Callable[[], Mapping[str, str]]
) -> SearchRequest:
    """Build a request from parameters; raises `UsageError` for a value that cannot be used.

    `currencies` gives the currencies by what people write for them; it is called for an amount only.
    """
    request, notices = from_parameters(pairs)
    messages = [notice.message for notice in notices]
    if request.amount and parse_amount_range(request.amount, currencies()) is None:
        messages.append(amount_problem(request.amount))
    if messages:
        raise UsageError(_LEFT_OUT.sub("", " ".join(messages)))
    return request


def amount_problem(text: str) -> str:
    """Return what is wrong with a text that is no range of amounts.

    >>> amount_problem("lots")
    'amount: “lots” is not an amount – left out. Write “500k”, “>1bn” or “1bn..3bn USD”'
    """
    typed = text[:40].strip(" .") or text[:40]
    return f"amount: “{typed}” is not an amount – left out. Write “500k”, “>1bn” or “1bn..3bn USD”"


def to_parameters(request: SearchRequest) -> list[tuple[str, str]]:
    """Return the parameters of a request in one fixed order, without defaults: equal requests give equal lists.

    >>> to_parameters(SearchRequest(q="a & b", page=2))
    [('q', 'a & b'), ('page', '2')]
    """
    pairs = [("q", request.q)]
    selections = {selection.field: selection for selection in request.selections}
    for declared in FIELDS:
        if declared.is_facet and declared.name in selections:
            pairs += _selection_parameters(declared.parameter, selections[declared.name])
    pairs += [
        (_NONE, declared.parameter) for declared in FIELDS if declared.is_facet and declared.name in request.unnamed
    ]
    default = SearchRequest()
    pairs += [
        ("amount", request.amount),
        ("from", request.date_from),
        ("to", request.date_to),
        ("period", request.period),
        ("axis", request.axis.value if request.axis else ""),
        ("undated", "yes" if request.is_undated else ""),
        ("words", "" if request.words is default.words else request.words.value),
        ("exact", "yes" if request.is_exact else ""),
        ("sort", request.sort.value if request.sort else ""),
        ("order", request.order.value if request.order else ""),
        ("page", "" if request.page == default.page else str(request.page)),
        ("size", "" if request.size == default.size else str(request.size)),
    ]
    return [(name, value) for name, value in pairs if value]


def _selection_parameters(parameter: str, selection: Selection) -> list[tuple[str, str]]:
    pairs = [(parameter, _escaped(value)) for value in sorted(selection.values)]
    pairs += [(parameter, f"-{value}") for value in sorted(selection.excluded)]
    if selection.values and selection.mode is not MatchMode.ANY:
        pairs.append((parameter + _MODE_SUFFIX, selection.mode.value))
    return pairs


def _escaped(value: str) -> str:
    """Escape a value that begins with "-", which would exclude itself."""
    return f"\\{value}" if value.startswith(("-", "\\")) else value


def _readable(value: str) -> str:
    """Return the value without NULs and lone surrogates, which no URL, terminal or engine can hold."""
    kept = value.replace("\x00", "")
    return kept.encode("utf-8", "ignore").decode("utf-8").strip()


class _Reader(Struct):
    """Collector of parameters for one request."""

    single: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[str]] = field(default_factory=dict)
    excluded: dict[str, list[str]] = field(default_factory=dict)
    modes: dict[str, MatchMode] = field(default_factory=dict)
    without: set[str] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)

    def take(self, name: str, value: str) -> None:
        if not value:
            return
        if name in _SINGLE:
            self.single.setdefault(name, value)
        elif name == _NONE:
            self._take_none(value)
        elif name in SELECTION_PARAMETERS:
            self._take_selection(name, value)
        elif name.removesuffix(_MODE_SUFFIX) in SELECTION_PARAMETERS:
            mode = self._choice(name, value, MatchMode)
            if mode is not None:
                self.modes.setdefault(name.removesuffix(_MODE_SUFFIX), mode)

    def _take_none(self, value: str) -> None:
        if value in NONE_PARAMETERS:
            self.without.add(value)
        else:
            self._say(_NONE, f"“{value[:40]}” is not one of {', '.join(NONE_PARAMETERS)} – left out")

    def _take_selection(self, name: str, value: str) -> None:
        chosen = self.excluded if value.startswith("-") else self.values
        plain = value[1:].strip() if value.startswith(("-", "\\")) else value
        known = chosen.setdefault(name, [])
        shape, example = _SHAPES.get(name, (None, ""))
        if shape is not None and not shape.fullmatch(plain):
            self._say(
                name, f"“{plain[:40]}” is not a {_NOUNS.get(name, name.rpartition('_')[2])} – left out. Write {example}"
            )
        elif plain and plain not in known:
            if len(known) >= _MAX_VALUES:
                self._say(name, f"more than {_MAX_VALUES} values – the rest was left out")
            else:
                known.append(plain)

    def request(self) -> SearchRequest:
        return SearchRequest(
            q=self.single.get("q", ""),
            selections=self._selections(),
            amount=self._amount(),
            date_from=self._date("from"),
            date_to=self._date("to"),
            period=self._period(),
            axis=self._axis(),
            is_undated=self._flag("undated"),
            unnamed=tuple(
                declared.name for declared in FIELDS if declared.is_facet and declared.parameter in self.without
            ),
            words=self._choice("words", self.single.get("words", ""), WordMode) or WordMode.AUTO,
            is_exact=self._flag("exact"),
            sort=self._choice("sort", self.single.get("sort", ""), Sort),
            order=self._choice("order", self.single.get("order", ""), Order),
            page=self._number("page", default=1, lowest=1, highest=MAX_PAGE),
            size=self._number("size", default=DEFAULT_SIZE, lowest=0, highest=MAX_SIZE),
        )

    def _selections(self) -> tuple[Selection, ...]:
        selections = []
        for name in SELECTION_PARAMETERS:
            values, excluded = sorted(self.values.get(name, ())), sorted(self.excluded.get(name, ()))
            declared = field_for_parameter(name)
            if declared is not None and (values or excluded):
                mode = self.modes.get(name, MatchMode.ANY) if values else MatchMode.ANY
                selections.append(Selection(declared.name, tuple(values), mode, tuple(excluded)))
        return tuple(selections)

    def _amount(self) -> str:
        lower, upper = self.single.get("min", ""), self.single.get("max", "")
        if self.single.get("amount") or not (lower or upper):
            return self.single.get("amount", "")
        currencies = self.values.get("cur", [])
        is_alone = (not upper and lower.startswith(_ABOVE)) or (not lower and upper.startswith(_BELOW))
        text = lower + upper if is_alone else f"{lower}..{upper}"
        return text + (f" {currencies[0]}" if len(currencies) == 1 else "")

    def _date(self, name: str) -> str:
        value = self.single.get(name, "")
        if value and parse_date_side(value) is None:
            self._say(name, f"“{value[:40]}” is not a date – left out. Write 2019, 2019-07 or 2019-07-05")
            return ""
        return value

    def _period(self) -> str:
        value = self.single.get("period", "")
        if value and parse_period(value) is None:
            self._say("period", f"“{value[:40]}” is not a period – left out. Write 2010s, 2019, 2019-07 or 2019-XX")
            return ""
        return value

    def _axis(self) -> Axis | None:
        axis = self._choice("axis", self.single.get("axis", ""), Axis)
        if axis is None and (self._has_date("from") or self._has_date("to")):
            axis = self._choice("range_axis", self.single.get("range_axis", ""), Axis)
            # Without an axis, a range is one of dates mentioned in the text.
            return None if axis is Axis.MENTIONED else axis
        return axis

    def _has_date(self, name: str) -> bool:
        return parse_date_side(self.single.get(name, "")) is not None

    def _flag(self, name: str) -> bool:
        value = self.single.get(name, "").lower()
        if value not in _YES | _NO:
            self._say(name, f"“{value[:40]}” is neither yes nor no – left out")
        return value in _YES

    def _number(self, name: str, *, default: int, lowest: int, highest: int) -> int:
        value = self.single.get(name, "")
        if not value:
            return default
        number = int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else -1
        if not lowest <= number <= highest:
            self._say(name, f"“{value[:40]}” is not a number from {lowest} to {highest} – left out")
            return default
        return number

    def _choice(self, name: str, value: str, choices: type[_Choice]) -> _Choice | None:
        if not value:
            return None
        if value not in set(choices):
            known: Sequence[str] = [choice.value for choice in choices]
            self._say(name, f"“{value[:40]}” is not one of {', '.join(known)} – left out")
            return None
        return choices(value)

    def _say(self, name: str, message: str) -> None:
        self.notices.append(Notice(f"{name}: {message}"))
