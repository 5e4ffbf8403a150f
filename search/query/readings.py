"""One word or phrase as the languages of an archive read it: other stems, and words that are not divided alike.

A leaf of an executed query holds the terms of most documents, and as *readings* the terms that count instead in
documents of certain languages. Where all languages agree there are none.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from index.analyzer import analysis_key, analyze, analyze_exact
from search.query.ast import FuzzyTerm, PrefixTerm, Query, Reading, Term, TermSequence
from search.query.tree import map_leaves

__all__ = ["Terms", "language_groups", "read_in", "read_leaf", "read_terms"]

TextLeaf = TypeVar("TextLeaf", Term, TermSequence, PrefixTerm, FuzzyTerm)


class Terms(Struct, frozen=True):
    """The terms of a text for most languages, and the readings of those that have others."""

    terms: tuple[str, ...]
    readings: tuple[Reading, ...] = ()

    def counted_from_end(self, at: int) -> tuple[Reading, ...]:
        """Return the readings of the term that has `at` others after it.

        Languages differ at the beginning of a word, where one drops an article. A reading without terms matches
        nothing.
        """
        return tuple(
            Reading(reading.languages, reading.terms[-1 - at : len(reading.terms) - at]) for reading in self.readings
        )

    @property
    def shortest(self) -> int:
        """The number of terms in the language that has fewest."""
        return min(len(terms) for terms in (self.terms, *(reading.terms for reading in self.readings)))


@lru_cache(maxsize=64)
def language_groups(languages: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the languages that are not analyzed like English, those that are analyzed alike together.

    >>> language_groups(("en", "fr", "nb", "nn", "zh"))
    (('fr',), ('nb', 'nn'))
    """
    groups: dict[str, list[str]] = {}
    for language in languages:
        groups.setdefault(analysis_key(language), []).append(language)
    return tuple(tuple(group) for key, group in groups.items() if key)


# A search reads each of its words several times, in every language of the archive.
@lru_cache(maxsize=2000)
def read_terms(text: str, languages: tuple[str, ...] = (), *, is_exact: bool = False) -> Terms:
    """Return the terms of a text as the languages of an archive read it.

    >>> read_terms("avions", ("en", "fr", "de"))
    Terms(terms=('avion',), readings=())
    >>> read_terms("chevaux", ("en", "fr"))
    Terms(terms=('chevaux',), readings=(Reading(languages=('fr',), terms=('cheval',)),))
    """
    read = analyze_exact if is_exact else analyze
    terms = tuple(token.term for token in read(text))
    groups = language_groups(languages)
    if not groups:
        return Terms(terms)
    others: dict[tuple[str, ...], list[str]] = {}
    for group in groups:
        read_there = tuple(token.term for token in read(text, group[0]))
        if read_there != terms:
            others.setdefault(read_there, []).extend(group)
    return Terms(terms, tuple(Reading(tuple(group), found) for found, group in others.items()))


def read_in(query: Query, language: str | None) -> Query:
    """Return a query as documents of one language read it: each leaf with the terms that count there."""
    return map_leaves(query, lambda leaf: _read_in(leaf, language)) or query


def _read_in(leaf: Query, language: str | None) -> Query:
    if not isinstance(leaf, Term | TermSequence | PrefixTerm | FuzzyTerm) or not leaf.readings:
        return leaf
    for reading in leaf.readings:
        if language in reading.languages:
            return read_leaf(leaf, reading.terms)
    return replace(leaf, readings=())


def read_leaf(
    leaf: Term | TermSequence | PrefixTerm | FuzzyTerm, terms: Sequence[str]
) -> Term | TermSequence | PrefixTerm | FuzzyTerm:
    """Return a leaf with the terms of a reading in place of its own; without terms it matches nothing.

    >>> read_leaf(Term("body", "lotan"), ("otan",))
    Term(field='body', term='otan', place=Place(start=0, end=0), readings=())
    """
    match leaf:
        case PrefixTerm(field, _, place) if terms:
            return PrefixTerm(field, terms[-1], place)
        case FuzzyTerm(field, _, distance, place) if terms:
            return FuzzyTerm(field, terms[-1], distance, place)
        case TermSequence(field, _, slop, place) if len(terms) != 1:
            return TermSequence(field, tuple(terms), slop, place)
        case _ if len(terms) == 1:
            return Term(leaf.field, terms[0], leaf.place)
        case _:
            return TermSequence(leaf.field, tuple(terms), None, leaf.place)
