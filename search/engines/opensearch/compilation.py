"""Queries in the language of the server."""

from collections.abc import Mapping, Sequence
from itertools import count

from index.engines.opensearch.mapping import ANY_OF, SEPARATOR, weights_field
from index.engines.opensearch.state import Commit
from index.engines.scoring import TITLE_WEIGHT
from search.engines.opensearch.figures import language_filter, terms_filter
from search.engines.opensearch.leaves import Leaf, LeafQuery, Weighed
from search.engines.opensearch.requests import Body
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
    PrefixTerm,
    Query,
    Term,
    TermSequence,
)

__all__ = ["Compiler", "keyword_filter"]

_NOTHING: Body = {"match_none": {}}
# More values than the server takes at once are several clauses.
_MAX_VALUES = 60_000
_BEYOND_SCORES = 1e30


def keyword_filter(field: str, values: Sequence[str]) -> Body:
    """Return the filter for documents that have any of the values."""
    if not values:
        return _NOTHING
    parts = [terms_filter(field, values[at : at + _MAX_VALUES]) for at in range(0, len(values), _MAX_VALUES)]
    return parts[0] if len(parts) == 1 else _any(parts)


class Compiler:
    """Turns queries into requests for one commit, with the leaves that `weigh` found."""

    def __init__(self, commit: Commit, leaves: Mapping[LeafQuery, Weighed]) -> None:
        self._commit = commit
        self._leaves = leaves
        self._numbers = count(1)

    def scored(self, query: Query, factor: float = 1.0) -> Body:
        """Return a query that finds the same documents and scores them; what does not score scores 0.

        Raises `TypeError` for a leaf that nobody executed.
        """
        match query:
            case Term() | TermSequence() | PrefixTerm() | FuzzyTerm():
                return self._leaf(query, factor)
            case And(clauses=clauses):
                return {"bool": {"must": [self.scored(clause, factor) for clause in clauses]}}
            case Or(clauses=clauses):
                return _any([self.scored(clause, factor) for clause in clauses])
            case Boost(clause=clause, factor=more):
                return self.scored(clause, factor * more)
            case _:
                return {"bool": {"filter": [self.filter(query)]}}

    def filter(self, query: Query) -> Body:
        """Return a query that finds the same documents. Raises `TypeError` for a leaf that nobody executed."""
        match query:
            case Term() | TermSequence() | PrefixTerm() | FuzzyTerm():
                return self._leaf(query, None)
            case Keyword(field=field, values=values):
                return keyword_filter(field, values)
            case KeywordRange(field=field, lower=lower, upper=upper):
                return {"range": {field: {"gte": lower, "lte": upper}}}
            case Documents(ids=ids):
                return keyword_filter("id", ids)
            case And(clauses=clauses):
                return {"bool": {"filter": [self.filter(clause) for clause in clauses]}}
            case Or(clauses=clauses):
                return _any([self.filter(clause) for clause in clauses])
            case Not(clause=clause):
                return {"bool": {"must_not": [self.filter(clause)]}}
            case Boost(clause=clause):
                return self.filter(clause)
            case Everything():
                return {"match_all": {}}
            case Nothing():
                return _NOTHING
            case _:
                raise TypeError(f"{type(query).__name__} is not an executed query")

    def _leaf(self, query: LeafQuery, factor: float | None) -> Body:
        """Return all readings of a leaf, scored with a factor or not at all."""
        weighed = self._leaves[query]
        weight = None if factor is None else weighed.weight * factor
        parts = [_spoken(self._reading(query, reading, weight), reading) for reading in weighed.readings]
        if not parts:
            return _NOTHING
        return parts[0] if len(parts) == 1 else _any(parts)

    def _reading(self, query: LeafQuery, reading: Leaf, weight: float | None) -> Body:
        if isinstance(query, PrefixTerm | FuzzyTerm):
            if weight is None:
                return terms_filter(query.field, reading.terms)
            return self._weighted("match", query.field, reading.terms, weight)
        found = self._sequence(query, query.field, reading.terms, weight)
        if weight is None or query.field != "body":
            return found
        title = self._sequence(query, "title", reading.terms, weight * TITLE_WEIGHT)
        return {"bool": {"must": [found], "should": [title]}}

    def _sequence(self, query: LeafQuery, field: str, terms: Sequence[str], weight: float | None) -> Body:
        """Return terms near each other; of one in any order, the rarest term makes the score."""
        if len(terms) == 1:
            return terms_filter(field, terms) if weight is None else self._weighted("match", field, terms, weight)
        if not isinstance(query, TermSequence) or query.slop is None:
            if weight is None:
                return {"match_phrase": {field: {"query": " ".join(terms), "analyzer": "whitespace"}}}
            return self._weighted("match_phrase", field, terms, weight)
        near = _near(field, terms, query.slop)
        if weight is None:
            return near
        rarest = terms[-self._leaves[query].rarest :][:1]
        return {"bool": {"must": [self._weighted("match", field, rarest, weight)], "filter": [near]}}

    def _weighted(self, kind: str, field: str, terms: Sequence[str], weight: float) -> Body:
        """Return a query that scores: its boost is the average length of a text (see the mapping), times a weight."""
        name, joint, analyzer = (
            (weights_field(field), SEPARATOR, ANY_OF) if kind == "match" else (field, " ", "whitespace")
        )
        asked: Body = {
            "query": joint.join(terms),
            "analyzer": analyzer,
            "boost": max(self._commit.lengths.get(field, 0.0), 1.0),
        }
        # The server would add up the boosts of clauses that are alike, and here they are lengths: a limit that is never
        # reached makes each clause another one.
        limit = next(self._numbers) * _BEYOND_SCORES
        return {"function_score": {"query": {kind: {name: asked}}, "weight": weight, "max_boost": limit}}


def _near(field: str, terms: Sequence[str], slop: int) -> Body:
    """Return the query for terms in any order with so many others in between, none in two roles."""
    words = [{"match": {"query": term, "analyzer": "values"}} for term in terms]
    return {"intervals": {field: {"all_of": {"intervals": words, "max_gaps": slop, "mode": "unordered_no_overlap"}}}}


def _spoken(query: Body, reading: Leaf) -> Body:
    """Return a query for the documents of the languages of a reading alone."""
    languages = language_filter(reading.inside, reading.outside)
    return {"bool": {"must": [query], "filter": languages}} if languages else query


def _any(clauses: Sequence[Body]) -> Body:
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}
