"""Describe a query in one line of words."""

from collections.abc import Callable
from typing import assert_never

from index.fields import FIELDS
from search.query.ast import (
    AmountRange,
    And,
    Axis,
    Boost,
    DateRange,
    Everything,
    Fuzzy,
    Name,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Undated,
    Value,
    Word,
)
from search.query.printer import print_query
from search.query.values import print_amount_range, print_date_range

__all__ = ["describe"]

_PARAMETERS = {field.name: field.parameter for field in FIELDS}


def describe(query: Query, *, word: Callable[[str], str] = str) -> str:
    """Describe a query in words; `word` gives the form of a word that is searched for (its stem).

    >>> describe(And((Word("patriot"), Not(Word("park")))))
    'all of: patriot + not park'
    """
    match query:
        case And(clauses):
            return f"all of: {' + '.join(_part(clause, word) for clause in clauses)}"
        case Or(clauses):
            return f"any of: {' / '.join(_part(clause, word) for clause in clauses)}"
        case Not(clause):
            return f"not {_part(clause, word)}"
        case Boost(clause, factor):
            return f"{_part(clause, word)} (counts {factor:g} times)"
        case Word() | Phrase() | Prefix() | Fuzzy():
            return _describe_text(query, word)
        case _:
            return _describe_value(query)


def _describe_value(query: Query) -> str:
    match query:
        case Name(kind, text):
            return f"{_PARAMETERS[kind.value]} {text}"
        case Value(field, text):
            return f"{_PARAMETERS[field]} {text}"
        case AmountRange():
            return f"amount {_amounts(query)}"
        case DateRange():
            return _dates(query)
        case Undated():
            return "without publication date"
        case Everything():
            return "everything"
        case _:
            return print_query(query)


def _part(query: Query, word: Callable[[str], str]) -> str:
    text = describe(query, word=word)
    return f"({text})" if isinstance(query, And | Or) else text


def _describe_text(query: Word | Phrase | Prefix | Fuzzy, word: Callable[[str], str]) -> str:
    where = f" in the {query.field}" if query.field else ""
    match query:
        case Word(text, is_exact=True):
            return f"exactly {text}{where}"
        case Word(text):
            return f"{word(text)}{where}"
        case Phrase(text, slop, is_exact=is_exact):
            near = "" if slop is None else f" within {slop} words"
            return f"{'exactly ' if is_exact else ''}“{text}”{near}{where}"
        case Prefix(text):
            return f"{text}…{where}"
        case Fuzzy(text, distance):
            return f"like {text} ({distance} {'letter' if distance == 1 else 'letters'} off){where}"
        case _:
            assert_never(query)


def _amounts(amounts: AmountRange) -> str:
    text = print_amount_range(amounts)
    for sign, words in ((">=", "from "), ("<=", "up to "), (">", "above "), ("<", "below ")):
        if text.startswith(sign):
            return words + text.removeprefix(sign)
    return text.replace("..", " to ")


def _dates(dates: DateRange) -> str:
    verb = "mentions" if dates.axis is Axis.MENTIONED else "published"
    text = print_date_range(dates)
    match text[:2]:
        case ">=":
            return f"{verb} {text[2:]} or later"
        case "<=":
            return f"{verb} {text[2:]} or earlier"
        case _:
            return f"{verb} {text.replace('..', ' to ')}"
