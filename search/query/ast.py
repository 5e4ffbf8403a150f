"""Queries as trees of frozen structs.

Two stages share the operators. *Written* leaves (`Word` to `Undated`) come from the parser: text as typed, each with
its position `[start, end)` in the query text. *Executed* leaves (`Term` to `Documents`) come from
`search.query.rewrite`: analyzed terms, entity ids and keyword values. An engine sees only executed leaves. `Everything`
and `Nothing` belong to both.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from index.model import Kind

__all__ = [
    "AmountRange",
    "And",
    "Axis",
    "Boost",
    "DateRange",
    "Documents",
    "Everything",
    "Fuzzy",
    "FuzzyTerm",
    "Keyword",
    "KeywordRange",
    "Name",
    "Not",
    "Nothing",
    "Or",
    "Phrase",
    "Place",
    "Prefix",
    "PrefixTerm",
    "Query",
    "Reading",
    "Term",
    "TermSequence",
    "Undated",
    "Value",
    "Word",
]


class Place(Struct, frozen=True):
    """Position of a node in the query text, half-open; (0, 0) for nodes that nobody typed."""

    start: int = 0
    end: int = 0


_NOWHERE = Place()


# -- Operators ---------------------------------------------------------------------------------------------------


class And(Struct, frozen=True):
    """All of the clauses; scores add up. Never empty."""

    clauses: tuple["Query", ...]
    place: Place = _NOWHERE


class Or(Struct, frozen=True):
    """At least one of the clauses; the scores of those that match add up. Never empty."""

    clauses: tuple["Query", ...]
    place: Place = _NOWHERE


class Not(Struct, frozen=True):
    """Every document that the clause does not match; scores 0."""

    clause: "Query"
    place: Place = _NOWHERE


class Boost(Struct, frozen=True):
    """The clause with its score multiplied by `factor`, which is positive and finite."""

    clause: "Query"
    factor: float
    place: Place = _NOWHERE


class Everything(Struct, frozen=True):
    """Every document, score 0."""

    place: Place = _NOWHERE


class Nothing(Struct, frozen=True):
    """No document."""

    place: Place = _NOWHERE


# -- Written ------------------------------------------------------------------------------------------------------


class Word(Struct, frozen=True):
    """One word. `field` is "" (any) or "title"; `is_exact` matches only this very form."""

    text: str
    field: str = ""
    is_exact: bool = False
    place: Place = _NOWHERE


class Phrase(Struct, frozen=True):
    """Words between quotes. `slop` None: adjacent and in this order; a number: within so many words, in any order."""

    text: str
    slop: int | None = None
    field: str = ""
    is_exact: bool = False
    place: Place = _NOWHERE


class Prefix(Struct, frozen=True):
    """Words that begin with `text`."""

    text: str
    field: str = ""
    place: Place = _NOWHERE


class Fuzzy(Struct, frozen=True):
    """Words at most `distance` edits (1 or 2) from `text`."""

    text: str
    distance: int = 1
    field: str = ""
    place: Place = _NOWHERE


class Name(Struct, frozen=True):
    """`person:"..."`, `org:`, `place:`, `system:`: an entity by id, canonical name or alias."""

    kind: Kind
    text: str
    place: Place = _NOWHERE


class Value(Struct, frozen=True):
    """`source:x`, `lang:x`: a keyword field by value. `field` is a name from `index.fields`."""

    field: str
    text: str
    place: Place = _NOWHERE


class AmountRange(Struct, frozen=True):
    """Amounts from `lower` to `upper`, inclusive, in major units; None is open. `currency` None means any."""

    lower: Decimal | None
    upper: Decimal | None
    currency: str | None = None
    place: Place = _NOWHERE


class Axis(StrEnum):
    """The dates that a range applies to: dates mentioned in the text, or the publication date."""

    MENTIONED = "dates"
    PUBLISHED = "published"


class DateRange(Struct, frozen=True):
    """Documents with a date on `axis` that shares a day with `[start, end]`, inclusive; None is open."""

    axis: Axis
    start: date | None
    end: date | None
    place: Place = _NOWHERE


class Undated(Struct, frozen=True):
    """Documents without a known publication date."""

    place: Place = _NOWHERE


# -- Executed -----------------------------------------------------------------------------------------------------


class Reading(Struct, frozen=True):
    """The terms that count instead of those of a leaf in documents of some languages.

    Several terms stand one after another. No two readings of a leaf share a language. The frequency of a leaf is that
    of all its readings together, so that a language which is rare in the archive does not score higher.
    """

    languages: tuple[str, ...]
    terms: tuple[str, ...]


class Term(Struct, frozen=True):
    """One analyzed term in a text field. A term in "body" is also scored, never required, in "title"."""

    field: str
    term: str
    place: Place = _NOWHERE
    readings: tuple[Reading, ...] = ()


class TermSequence(Struct, frozen=True):
    """Terms near each other: adjacent in order (`slop` None), or in any order with `slop` others in between.

    With a slop all terms stand within `len(terms) + slop` positions, a repeated term as often as it is repeated.
    """

    field: str
    terms: tuple[str, ...]
    slop: int | None = None
    place: Place = _NOWHERE
    readings: tuple[Reading, ...] = ()


class PrefixTerm(Struct, frozen=True):
    """Terms that begin with `prefix`; the engine takes the most frequent 500 and scores them as one term."""

    field: str
    prefix: str
    place: Place = _NOWHERE
    readings: tuple[Reading, ...] = ()


class FuzzyTerm(Struct, frozen=True):
    """Terms within `distance` edits (a swap of neighbours is one edit) with the same first letter; at most 500."""

    field: str
    term: str
    distance: int
    place: Place = _NOWHERE
    readings: tuple[Reading, ...] = ()


class Keyword(Struct, frozen=True):
    """Documents that have any of `values` in a keyword field; scores 0."""

    field: str
    values: tuple[str, ...]
    place: Place = _NOWHERE


class KeywordRange(Struct, frozen=True):
    """Documents with a value from `lower` to `upper`, inclusive, in code point order; scores 0."""

    field: str
    lower: str
    upper: str
    place: Place = _NOWHERE


class Documents(Struct, frozen=True):
    """Documents with one of these ids; scores 0. Ids that no document has are left out."""

    ids: tuple[str, ...]
    place: Place = _NOWHERE


_Operator = And | Or | Not | Boost | Everything | Nothing
_Written = Word | Phrase | Prefix | Fuzzy | Name | Value | AmountRange | DateRange | Undated
_Executed = Term | TermSequence | PrefixTerm | FuzzyTerm | Keyword | KeywordRange | Documents
Query = _Operator | _Written | _Executed
