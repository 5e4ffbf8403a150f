"""Print a query tree as text that the parser reads as the same tree."""

import re
from collections.abc import Sequence
from typing import assert_never

from index.fields import FIELDS
from search.query.ast import (
    AmountRange,
    And,
    Axis,
    Boost,
    DateRange,
    Documents,
    Everything,
    Fuzzy,
    FuzzyTerm,
    Keyword,
    KeywordRange,
    Name,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    PrefixTerm,
    Query,
    Reading,
    Term,
    TermSequence,
    Undated,
    Value,
    Word,
)
from search.query.tokens import QUOTE_PAIRS, QUOTES
from search.query.values import print_amount_range, print_date_range

__all__ = ["print_query", "quote"]

_PLAIN = re.compile(r"[^\W_][\w'’.&-]*")
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_PARAMETERS = {field.name: field.parameter for field in FIELDS}


def print_query(query: Query) -> str:
    """Print a query as text. `parse` gives back the same tree, except for positions.

    Executed leaves, which cannot be typed, are printed as `field:term` for explanations.

    >>> print_query(And((Word("patriot"), Not(Phrase("a b", slop=3)))))
    'patriot -"a b"~3'
    """
    match query:
        case And() | Or() | Not() | Boost():
            return _print_operator(query)
        case Word() | Phrase() | Prefix() | Fuzzy():
            return _print_text(query)
        case Name() | Value() | AmountRange() | DateRange() | Undated():
            return _print_value(query)
        case Term() | TermSequence() | PrefixTerm() | FuzzyTerm() | Keyword() | KeywordRange() | Documents():
            return _print_executed(query)
        case Everything():
            return "*"
        case Nothing():
            return "nothing"
        case _:
            assert_never(query)


def _print_operator(query: And | Or | Not | Boost) -> str:
    match query:
        case And(clauses):
            return " ".join(_operand(clause) for clause in clauses)
        case Or(clauses):
            return " OR ".join(_operand(clause) for clause in clauses)
        case Not(Not() as clause):
            return f"-({print_query(clause)})"
        case Not(clause):
            text = _operand(clause)
            return f"NOT {text}" if text.startswith("-") else f"-{text}"
        case Boost(clause, factor):
            text = _operand(clause)
            is_safe = isinstance(clause, Phrase | And | Or) or _PLAIN.fullmatch(text)
            return f"{text if is_safe else f'({text})'}^{_factor(factor)}"
        case _:
            assert_never(query)


def _print_value(query: Name | Value | AmountRange | DateRange | Undated) -> str:
    match query:
        case Name(kind, text):
            return f"{_PARAMETERS[kind.value]}:{_bare_or_quoted(text)}"
        case Value(field, text):
            return f"{_PARAMETERS[field]}:{_bare_or_quoted(text)}"
        case AmountRange():
            text = print_amount_range(query)
            return f'amount:"{text}"' if query.currency else f"amount:{text}"
        case DateRange(axis):
            return f"{'date' if axis is Axis.MENTIONED else 'published'}:{print_date_range(query)}"
        case Undated():
            return "undated:yes"
        case _:
            assert_never(query)


def _print_text(query: Word | Phrase | Prefix | Fuzzy) -> str:
    field = f"{query.field}:" if query.field else ""
    match query:
        case Word(text, is_exact=is_exact):
            return f"{field}{'=' if is_exact else ''}{text}"
        case Phrase(text, slop, is_exact=is_exact):
            return f"{field}{'=' if is_exact else ''}{quote(text)}{'' if slop is None else f'~{slop}'}"
        case Prefix(text):
            return f"{field}{text}*"
        case Fuzzy(text, distance):
            return f"{field}{text}~{'' if distance == 1 else distance}"
        case _:
            assert_never(query)


def _print_executed(query: Term | TermSequence | PrefixTerm | FuzzyTerm | Keyword | KeywordRange | Documents) -> str:
    match query:
        case Term(field, term):
            return f"{field}:{term}{_readings(query.readings)}"
        case TermSequence(field, terms, slop):
            near = "" if slop is None else f"~{slop}"
            return f'{field}:"{" ".join(terms)}"{near}{_readings(query.readings)}'
        case PrefixTerm(field, prefix):
            return f"{field}:{prefix}*{_readings(query.readings)}"
        case FuzzyTerm(field, term, distance):
            return f"{field}:{term}~{distance}{_readings(query.readings)}"
        case Keyword(field, values):
            return f"{field}:[{', '.join(values)}]"
        case KeywordRange(field, lower, upper):
            return f"{field}:[{lower}..{upper}]"
        case Documents(ids):
            return f"id:[{', '.join(ids)}]"
        case _:
            assert_never(query)


def _readings(readings: Sequence[Reading]) -> str:
    """Print what counts instead in some languages: "{fr: otan}"."""
    parts = (f"{','.join(reading.languages)}: {' '.join(reading.terms)}" for reading in readings)
    return f"{{{'; '.join(parts)}}}" if readings else ""


def _operand(query: Query) -> str:
    """Print the query as part of a larger one: groups in parentheses."""
    match query:
        case And() | Or():
            return f"({print_query(query)})"
        case _:
            return print_query(query)


def quote(text: str) -> str:
    """Quote a text with quotes that it does not contain; if it contains all kinds, they become spaces.

    >>> quote('the "Triumph" system')
    '“the "Triumph" system”'
    """
    for opening, closing in QUOTE_PAIRS[:4]:
        if closing not in text:
            return f"{opening}{text}{closing}"
    return f'"{"".join(" " if character in QUOTES else character for character in text)}"'


def _bare_or_quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text not in _OPERATORS else quote(text)


def _factor(factor: float) -> str:
    return f"{factor:.4f}".rstrip("0").rstrip(".")
