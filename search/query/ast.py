"""Queries as trees of frozen dataclasses.

Two stages share the operators. *As written* leaves (`Word` to `Undated`) are what the parser yields: text as typed,
each with its place `[start, end)` in the query text. *As executed* leaves (`Term` to `KeywordRange`) are what
`search.query.rewrite` makes of them: analyzed terms, entity ids and keyword values, which is all that an engine
sees. `Everything` and `Nothing` belong to both.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from index.model import Kind

__all__ = [
    "AmountRange",
    "And",
    "Axis",
    "Boost",
    "DateRange",
    "Everything",
    "Fuzzy",
    "FuzzyTerm",
    "Keyword",
    "KeywordRange",
    "Lift",
    "Lifted",
    "Name",
    "Not",
    "Nothing",
    "Or",
    "Phrase",
    "Place",
    "Prefix",
    "PrefixTerm",
    "Query",
    "Term",
    "TermSequence",
    "Undated",
    "Value",
    "Word",
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands in the query text, half-open; (0, 0) for nodes that nobody typed."""

    start: int = 0
    end: int = 0


_NOWHERE = Place()


# -- Operators ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class And:
    """All of the clauses; scores add up. Never empty."""

    clauses: tuple["Query", ...]
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the clauses; scores of those that match add up. Never empty."""

    clauses: tuple["Query", ...]
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that the clause does not match; scores 0."""

    clause: "Query"
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Boost:
    """The clause with its score multiplied by `factor`, which is positive and finite."""

    clause: "Query"
    factor: float
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document, score 0."""

    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""

    place: Place = _NOWHERE


# -- As written --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `field` is "" (everywhere) or "title"; `is_exact` asks for this very form."""

    text: str
    field: str = ""
    is_exact: bool = False
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between quotes. `slop` None: side by side in this order; a number: within so many words, any order."""

    text: str
    slop: int | None = None
    field: str = ""
    is_exact: bool = False
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `text`."""

    text: str
    field: str = ""
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words at most `distance` edits (1 or 2) from `text`."""

    text: str
    distance: int = 1
    field: str = ""
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Name:
    """`person:"..."` and its sisters: an entity by id, canonical name or alias."""

    kind: Kind
    text: str
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Value:
    """`source:x`, `lang:x`: a keyword field by value. `field` is a name from `index.fields`."""

    field: str
    text: str
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class AmountRange:
    """Amounts from `lower` to `upper`, both inside, in major units; None is open. `currency` None: in any."""

    lower: Decimal | None
    upper: Decimal | None
    currency: str | None = None
    place: Place = _NOWHERE


class Axis(StrEnum):
    """Which dates are meant: those that a text mentions, or that of its publication."""

    MENTIONED = "dates"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class DateRange:
    """Documents with a date on `axis` that shares a day with `[start, end]`, both inside; None is open."""

    axis: Axis
    start: date | None
    end: date | None
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Undated:
    """Documents whose publication date is not known."""

    place: Place = _NOWHERE


# -- As executed -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """One analyzed term in a text field. A term in "body" is also scored, never required, in "title"."""

    field: str
    term: str
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class TermSequence:
    """Terms near each other: side by side in order (`slop` None), or in any order with so many others in between.

    With a slop all terms stand within `len(terms) + slop` positions, a repeated term as often as it is repeated.
    """

    field: str
    terms: tuple[str, ...]
    slop: int | None = None
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class PrefixTerm:
    """Terms that begin with `prefix`; the engine takes the most frequent 500 and scores them as one term."""

    field: str
    prefix: str
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class FuzzyTerm:
    """Terms at most `distance` edits (neighbours swapped count as one) away, first letter kept; 500 at most."""

    field: str
    term: str
    distance: int
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Keyword:
    """Documents that have any of `values` in a keyword field; scores 0."""

    field: str
    values: tuple[str, ...]
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class KeywordRange:
    """Documents with a value from `lower` to `upper`, both inside, in code point order; scores 0."""

    field: str
    lower: str
    upper: str
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Lift:
    """What is added to the score of documents that also match `query`: `weight`, in units of score."""

    query: "Query"
    weight: float


@dataclass(frozen=True, slots=True)
class Lifted:
    """What `query` matches, with higher scores for documents that a lift matches too."""

    query: "Query"
    lifts: tuple[Lift, ...]
    place: Place = _NOWHERE


_Operator = And | Or | Not | Boost | Everything | Nothing | Lifted
_Written = Word | Phrase | Prefix | Fuzzy | Name | Value | AmountRange | DateRange | Undated
_Executed = Term | TermSequence | PrefixTerm | FuzzyTerm | Keyword | KeywordRange
Query = _Operator | _Written | _Executed
