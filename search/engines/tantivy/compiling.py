"""Queries of ours as queries of the library.

The library cannot do all that ours mean: it has no exact words (only our parts tell them from others with the same
stem), no terms within a window in any order, and no ranges of keywords. For these it gets a query that finds more; the
rest is told apart by `search.engines.tantivy.evaluation`.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import numpy as np
import tantivy
from msgspec import Struct
from msgspec.structs import replace

from index.engines.arrays.segment_file import Array
from index.engines.scoring import TITLE_WEIGHT
from index.engines.tantivy.part import Part
from search.engines.tantivy.leaves import Expansions, LeafQuery, readings_of
from search.engines.tantivy.snapshot import Snapshot
from search.query.ast import (
    And,
    Boost,
    Documents,
    Everything,
    FuzzyTerm,
    Keyword,
    KeywordRange,
    Not,
    Nothing,
    Or,
    Place,
    PrefixTerm,
    Query,
    Term,
    TermSequence,
)

__all__ = ["Compiled", "Compiler"]

_MUST, _SHOULD, _MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot

# Of a prefix or misspelling, the most frequent or nearest terms decide which documents are looked at first.
_MAX_SCORED = 16
# A range of more values than this is not asked of the library.
_MAX_VALUES = 1_000
_MAX_REMEMBERED = 1_000


class Compiled(Struct, frozen=True):
    """A query of the library, None for every document. It finds all documents of ours; no others if `is_exact`."""

    query: tantivy.Query | None
    is_exact: bool = True


_EVERYTHING = Compiled(None)
_UNKNOWN = Compiled(None, is_exact=False)


class Compiler:
    """Compiles queries for one snapshot. Safe for many threads."""

    def __init__(self, snapshot: Snapshot, expansions: Expansions) -> None:
        self._snapshot = snapshot
        self._schema = snapshot.library.schema
        self._expansions = expansions
        self._leaves: dict[LeafQuery, Compiled] = {}

    def compile(self, query: Query) -> Compiled:
        """Return the library's query for one of ours; raises `TypeError` for leaves as written."""
        match query:
            case Term() | TermSequence() | PrefixTerm() | FuzzyTerm():
                return self._leaf(query)
            case Keyword(field=field, values=values):
                return Compiled(_unscored(self._any_of(field, values)))
            case KeywordRange():
                return self._range(query)
            case Documents():
                # The library knows documents by number alone.
                return _UNKNOWN
            case And(clauses=clauses):
                return _all([self.compile(clause) for clause in clauses])
            case Or(clauses=clauses):
                return _any([self.compile(clause) for clause in clauses])
            case Not(clause=clause):
                return _not(self.compile(clause))
            case Boost(clause=clause, factor=factor):
                inner = self.compile(clause)
                if inner.query is None:
                    return inner
                return Compiled(tantivy.Query.boost_query(inner.query, factor), inner.is_exact)
            case Everything():
                return _EVERYTHING
            case Nothing():
                return Compiled(tantivy.Query.empty_query())
        raise TypeError(f"{type(query).__name__} is not executed; rewrite the query first")

    def _range(self, query: KeywordRange) -> Compiled:
        values: set[str] = set()
        for _, lexicon in self._snapshot.lexicons(query.field):
            numbers = lexicon.between(query.lower, query.upper)
            if len(numbers) > _MAX_VALUES:
                return _UNKNOWN
            values.update(lexicon.slice(numbers))
        return (
            Compiled(_unscored(self._any_of(query.field, sorted(values)))) if len(values) <= _MAX_VALUES else _UNKNOWN
        )

    # -- Leaves --------------------------------------------------------------------------------------------------------

    def _leaf(self, query: LeafQuery) -> Compiled:
        key = replace(query, place=Place())
        found = self._leaves.get(key)
        if found is None:
            if len(self._leaves) >= _MAX_REMEMBERED:
                self._leaves.clear()
            found = self._leaves[key] = self._compiled(key)
        return found

    def _compiled(self, query: LeafQuery) -> Compiled:
        if not query.readings:
            return self._read(query)
        found = []
        for reading in readings_of(query):
            compiled = self._read(reading.leaf)
            languages = Compiled(_unscored(self._any_of("languages", reading.languages)))
            found.append(_all([compiled, _not(languages) if reading.is_others else languages]))
        return _any(found)

    def _read(self, query: LeafQuery) -> Compiled:
        """Return the library's query for a leaf that all documents read alike."""
        if query.field == "exact":
            return self._exact(query)
        terms = self._expansions.of(query)
        match query:
            case PrefixTerm() | FuzzyTerm():
                return Compiled(self._expanded(query.field, self._expansions.counted(query)))
            case TermSequence(slop=slop) if slop is not None and len(terms) > 1:
                words = [self._term(query.field, term) for term in dict.fromkeys(terms)]
                return Compiled(tantivy.Query.boolean_query([(_MUST, word) for word in words]), is_exact=False)
            case _:
                found = self._words(query.field, terms)
                if query.field != "body" or not terms:
                    return Compiled(found)
                title = tantivy.Query.boost_query(self._words("title", terms), TITLE_WEIGHT)
                return Compiled(tantivy.Query.boolean_query([(_MUST, found), (_SHOULD, title)]))

    def _words(self, field: str, terms: Sequence[str]) -> tantivy.Query:
        if not terms:
            return tantivy.Query.empty_query()
        if len(terms) == 1:
            return self._term(field, terms[0])
        return tantivy.Query.phrase_query(self._schema, field, list(terms))

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, _storable(term))

    def _alike(self, field: str, term: str, documents: int) -> tantivy.Query:
        """Return a term that scores as if it were as frequent as any other, since ours are scored as one."""
        weight = self._snapshot.inverse_document_frequency(documents)
        return tantivy.Query.boost_query(self._term(field, term), 1 / weight)

    def _expanded(self, field: str, terms: Mapping[str, int]) -> tantivy.Query:
        """Return the documents with any of some terms, which come with the number of their documents."""
        scored = [(_SHOULD, self._alike(field, term, terms[term])) for term in islice(terms, _MAX_SCORED)]
        if len(terms) <= _MAX_SCORED:
            return tantivy.Query.boolean_query(scored) if scored else tantivy.Query.empty_query()
        return tantivy.Query.boolean_query([(_MUST, _unscored(self._any_of(field, terms))), *scored])

    def _any_of(self, field: str, values: Iterable[str]) -> tantivy.Query:
        found = [_storable(value) for value in values]
        if len(found) == 1:
            return tantivy.Query.term_query(self._schema, field, found[0])
        return tantivy.Query.term_set_query(self._schema, field, found) if found else tantivy.Query.empty_query()

    # -- Exact words -----------------------------------------------------------------------------------------------

    def _exact(self, query: LeafQuery) -> Compiled:
        """Return the documents with the stems of exact words; only our parts know which have the very words."""
        terms = self._expansions.of(query)
        if not isinstance(query, TermSequence):
            return self._stems(terms)
        found = (
            _all([self._stems([term]) for term in dict.fromkeys(terms)])
            if terms
            else Compiled(tantivy.Query.empty_query())
        )
        return Compiled(found.query, is_exact=found.is_exact and len(terms) < 2)

    def _stems(self, exact: Sequence[str]) -> Compiled:
        """Return the documents with any stem of exact terms; `is_exact` when these stems have no other form."""
        stems: set[str] = set()
        for part in self._snapshot.parts:
            words = part.text("body")
            stems.update(words.lexicon[stem] for stem in set(words.terms_of(_codes(part, "exact", exact)).tolist()))
        is_exact = all(
            len(_codes(part, "exact", exact)) == len(_codes(part, "body", stems)) for part in self._snapshot.parts
        )
        counted = {stem: self._snapshot.frequency("body", stem) for stem in sorted(stems)}
        return Compiled(self._expanded("body", counted), is_exact)


def _codes(part: Part, field: str, terms: Iterable[str]) -> Array:
    """Return the tokens of a part that stand for any of these terms."""
    text = part.text(field)
    numbers = [number for term in terms if (number := text.lexicon.find(term)) is not None]
    return np.concatenate([text.codes(number) for number in numbers]) if numbers else np.zeros(0, np.int64)


def _storable(value: str) -> str:
    """Return a value as the index holds it; halves of surrogate pairs cannot be stored."""
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


def _all(parts: Sequence[Compiled]) -> Compiled:
    is_exact = all(part.is_exact for part in parts)
    queries = [part.query for part in parts if part.query is not None]
    if len(queries) < 2:
        return Compiled(queries[0] if queries else None, is_exact)
    return Compiled(tantivy.Query.boolean_query([(_MUST, query) for query in queries]), is_exact)


def _any(parts: Sequence[Compiled]) -> Compiled:
    is_exact = all(part.is_exact for part in parts)
    queries = [part.query for part in parts if part.query is not None]
    if len(queries) == len(parts):
        return Compiled(tantivy.Query.boolean_query([(_SHOULD, query) for query in queries]), is_exact)
    # One part finds every document; the others still say which are better.
    is_exact = is_exact or any(part.query is None and part.is_exact for part in parts)
    everything = _unscored(tantivy.Query.all_query())
    scored = [(_SHOULD, query) for query in queries]
    return Compiled(tantivy.Query.boolean_query([(_MUST, everything), *scored]) if scored else None, is_exact)


def _not(inner: Compiled) -> Compiled:
    if not inner.is_exact:
        return _UNKNOWN
    if inner.query is None:
        return Compiled(tantivy.Query.empty_query())
    everything = _unscored(tantivy.Query.all_query())
    return Compiled(tantivy.Query.boolean_query([(_MUST, everything), (_MUST_NOT, inner.query)]))
