"""Rewrite written queries as executed ones: analyzed terms, entity ids and keyword values."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct, field

from index.analyzer import analyze, fold
from index.fields import FIELDS
from index.keywords.amounts import amount_query_ranges
from index.keywords.dates import UNDATED, date_query_values
from index.model import Entity, Kind
from search.query.ast import (
    AmountRange,
    And,
    DateRange,
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
    Place,
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
from search.query.notices import Notice
from search.query.readings import Terms, language_groups, read_terms
from search.query.tree import all_of, any_of, leaves, map_leaves

__all__ = ["Resolver", "Rewritten", "any_words", "count_words", "rewrite", "without_values"]

# No text sorts behind it.
_LAST_TEXT = "\U0010ffff"
# Most values that a notice names.
_MAX_SIMILAR = 3
_PARAMETERS = {declared.name: declared.parameter for declared in FIELDS}
_NOUNS = {Kind.PEOPLE: "person", Kind.ORGANIZATIONS: "organization", Kind.PLACES: "place", Kind.SYSTEMS: "system"}


class Resolver(Protocol):
    """Names and values of an archive, as the rewriter needs them."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the documents, in which words are read."""
        ...

    def entities(self, text: str, kind: Kind) -> Sequence[Entity]:
        """Return the entities of a kind with this id, canonical name or alias, most documents first."""
        ...

    def values(self, field: str) -> Sequence[str]:
        """Return all values of a keyword field in the index."""
        ...


class Rewritten(Struct, frozen=True):
    """A query that an engine can answer, and the notices about it.

    `resolved` are the entities that the names in the query stand for.
    """

    query: Query
    notices: tuple[Notice, ...] = ()
    resolved: tuple[Entity, ...] = ()


def rewrite(query: Query | None, resolver: Resolver, *, is_loose: bool = False) -> Rewritten:
    """Return the executed form of a written query; None becomes `Everything`.

    A word that the analyzer splits becomes its terms, adjacent. Words without a letter or digit are left out; when
    nothing else remains, the query matches nothing, and a notice says so. When it `is_loose`, any term of a word that
    the analyzer splits is enough ("wing-flutter"), as any word of the query is.
    """
    if query is None:
        return Rewritten(Everything())
    rewriter = _Rewriter(resolver, is_loose)
    rewritten = map_leaves(query, rewriter.leaf)
    if rewritten is None:
        notice = Notice("This query has no word to search for", query.place.start, query.place.end)
        return Rewritten(Nothing(query.place), (notice,))
    return Rewritten(rewritten, tuple(rewriter.notices), tuple(rewriter.resolved))


def any_words(query: Query) -> Query | None:
    """Return the query, written or executed, with any instead of all of its words. Filters and negations stay.

    Words in parentheses count as if there were none. Returns None when that changes nothing: there are not two words
    that both have to match.

    >>> any_words(And((Word("tests"), And((Word("free"), Word("flight")))))) == Or(
    ...     (Word("tests"), Word("free"), Word("flight"))
    ... )
    True
    """
    if not isinstance(query, And):
        return None
    clauses = [part for clause in query.clauses for part in _parts(clause)]
    words = [clause for clause in clauses if _has_words(clause)]
    others = [clause for clause in clauses if not _has_words(clause)]
    if len(words) < 2:
        return None
    return all_of([any_of([*words], query.place), *others], query.place)


def _parts(clause: Query) -> Sequence[Query]:
    """Return the words of a group that all have to match, or the clause itself."""
    if isinstance(clause, And) and all(map(_has_words, clause.clauses)):
        return [part for inner in clause.clauses for part in _parts(inner)]
    return [clause]


def count_words(query: Query) -> int:
    """Count the words and phrases of a query that all have to match.

    >>> count_words(And((Word("patriot"), Word("withdrawal"), Not(Word("park")))))
    2
    """
    return sum(_has_words(part) for clause in _clauses(query) for part in _parts(clause))


def _clauses(query: Query) -> Sequence[Query]:
    return query.clauses if isinstance(query, And) else (query,)


def _has_words(query: Query) -> bool:
    words = Term | TermSequence | PrefixTerm | FuzzyTerm | Word | Phrase | Prefix | Fuzzy
    return not isinstance(query, Not) and any(
        isinstance(leaf, words) and not negated for leaf, negated in leaves(query)
    )


def without_values(field: str) -> Query:
    """Return the executed query for documents that have no value in a keyword field."""
    return Not(KeywordRange(field, "", _LAST_TEXT))


class _Rewriter(Struct):
    resolver: Resolver
    is_loose: bool = False
    notices: list[Notice] = field(default_factory=list)
    resolved: list[Entity] = field(default_factory=list)

    def leaf(self, query: Query) -> Query | None:
        match query:
            case Word(text, where, False, place) if self.is_loose:
                return any_of([*_single_terms(where or "body", self._read(text), place)], place)
            case Word(text, where, is_exact, place) | Phrase(text, None, where, is_exact, place):
                return self._words(text, where, place, is_exact=is_exact)
            case Phrase(text, slop, where, is_exact, place):
                return self._words(text, where, place, is_exact=is_exact, slop=slop)
            case Prefix(text, where, place):
                return self._prefix(text, where or "body", place)
            case Fuzzy(text, distance, where, place):
                fuzzy = self._read(text)
                if {1} != {len(fuzzy.terms), *(len(reading.terms) for reading in fuzzy.readings)}:
                    return self._words(text, where, place, is_exact=False)
                return FuzzyTerm(where or "body", fuzzy.terms[0], distance, place, fuzzy.readings)
            case Name():
                return self._name(query)
            case Value():
                return self._value(query)
            case AmountRange(lower, upper, currency, place):
                currencies = [currency] if currency else self.resolver.values("currencies")
                ranges = amount_query_ranges(lower, upper, currencies)
                found = any_of([KeywordRange("amounts", first, last, place) for first, last in ranges], place)
                return found or Nothing(place)
            case DateRange(axis, start, end, place):
                values = date_query_values(start, end)
                return Keyword(axis.value, values, place) if values else Nothing(place)
            case Undated(place):
                return Keyword("published_years", (UNDATED,), place)
            case _:
                return query

    def _name(self, name: Name) -> Query | None:
        found = self.resolver.entities(name.text, name.kind)
        noun = _NOUNS[name.kind]
        if not found:
            message = f"No {noun} in this archive is called “{name.text}” – searched for the words instead"
            self.notices.append(Notice(message, name.place.start, name.place.end))
            return self._words(name.text, "", name.place, is_exact=False)
        if len(found) > 1:
            names = ", ".join(f"{entity.name} ({entity.id})" for entity in found[:5])
            message = f"“{name.text}” is the name of more than one {noun}: {names} – searched for all of them"
            self.notices.append(Notice(message, name.place.start, name.place.end))
        self.resolved.extend(found)
        return Keyword(name.kind.value, tuple(entity.id for entity in found), name.place)

    def _value(self, value: Value) -> Query:
        wanted = fold(value.text)
        values = self.resolver.values(value.field)
        found = tuple(known for known in values if fold(known) == wanted)
        if not found:
            message = f"Nothing in this archive has the {_PARAMETERS[value.field]} “{value.text}”"
            longer = [known for known in values if f" {wanted}" in f" {fold(known)}"] if wanted else []
            if longer:
                message += ". Similar: " + ", ".join(f"“{known}”" for known in longer[:_MAX_SIMILAR])
            self.notices.append(Notice(message, value.place.start, value.place.end))
        return Keyword(value.field, found or (value.text,), value.place)

    def _read(self, text: str, *, is_exact: bool = False) -> Terms:
        return read_terms(text, self.resolver.languages, is_exact=is_exact)

    def _words(self, text: str, where: str, place: Place, *, is_exact: bool, slop: int | None = None) -> Query | None:
        """Return the terms of a text, near each other; None when it has none."""
        if is_exact:
            exact = _sequence("exact", self._read(text, is_exact=True), slop, place)
            if not where:
                return exact
            # Titles are part of bodies, but have no exact terms of their own.
            return all_of([exact, self._words(text, where, place, is_exact=False, slop=slop)], place)
        return _sequence(where or "body", self._read(text), slop, place)

    def _prefix(self, text: str, where: str, place: Place) -> Query | None:
        """Return the words that begin with a text. Stems are indexed, so a whole word counts as its stem as well."""
        found = self._read(text)
        if not found.terms:
            return None
        last, prefix = found.terms[-1], _prefix_of(text, None)
        prefixes: dict[str, list[str]] = {}
        for group in language_groups(self.resolver.languages):
            prefixes.setdefault(_prefix_of(text, group[0]), []).extend(group)
        others = [Reading(tuple(group), (other,)) for other, group in prefixes.items() if other != prefix]
        begins: Query = PrefixTerm(where, prefix, place, tuple(others))
        stems = [last, *(term for reading in found.readings for term in reading.terms[-1:])]
        if not all(stem.startswith(prefix) for stem in stems):
            begins = Or((begins, Term(where, last, place, found.counted_from_end(0))), place)
        # An article before the word, which some languages drop, is not asked for.
        before = [*_single_terms(where, found, place)][-found.shortest : -1]
        return all_of([*before, begins], place)


def _prefix_of(text: str, language: str | None) -> str:
    last = analyze(text, language)[-1]
    written = fold(text[last.start :])
    return written if written.isalpha() else last.term


def _sequence(where: str, found: Terms, slop: int | None, place: Place) -> Query | None:
    if len(found.terms) > 1:
        return TermSequence(where, found.terms, slop, place, found.readings)
    return Term(where, found.terms[0], place, found.readings) if found.terms else None


def _single_terms(where: str, found: Terms, place: Place) -> list[Query]:
    """Return each term of a text by itself."""
    last = len(found.terms) - 1
    return [Term(where, term, place, found.counted_from_end(last - at)) for at, term in enumerate(found.terms)]
