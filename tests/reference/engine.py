"""A slow, obvious engine in memory: a scan over all documents, which the real engines are compared with.

It shares with them what is theirs to share (the analyzer, the keyword values, the constants of scoring) and nothing
of how they find and count.
"""

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy

from index.engines import scoring
from index.engines.base import Capabilities, EngineLocation
from index.engines.session import WritingSession
from index.errors import IndexMissingError
from index.fields import TEXT_FIELDS
from index.model import Document
from search.engines.base import (
    MAX_FACET_VALUES,
    Contribution,
    CountRequest,
    EngineHit,
    EngineResult,
    FacetRequest,
    Selection,
    SimilarRequest,
    Sort,
    TermCount,
    Vocabulary,
)
from search.engines.proximity import neighbor_pairs
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
from tests.reference.commits import Commits, find_commits
from tests.reference.edit_distance import edit_distance
from tests.reference.rows import (
    Row,
    count_pairs,
    count_values,
    is_selected,
    selections_beside,
    sort_key,
    terms_in,
    terms_of,
)

__all__ = ["CAPABILITIES", "ReferenceSearcher", "ReferenceWriter"]


_numbers = itertools.count(1)

CAPABILITIES = Capabilities(
    can_pin_commits=True,
    is_exact_scores=True,
    has_term_dictionary=True,
    has_fuzzy_scores=True,
    has_exact_distinct=True,
    max_facet_values=None,
)


class ReferenceWriter(WritingSession):
    capabilities = CAPABILITIES

    def __init__(
        self, location: EngineLocation, *, lock_seconds: float, is_fresh: bool = False, generation: str | None = None
    ) -> None:
        self._archive = find_commits(self.capabilities, location.local_folder())
        self._continued = self._archive.published if generation is None else generation
        if self._continued not in self._archive.commits and not is_fresh and self._continued:
            raise IndexMissingError(self._continued)
        self._generation = "" if is_fresh else self._continued
        self._pending = dict(self._archive.commits.get(self._generation, {}))
        if not is_fresh:
            self._keep(self._archive.published, self._archive.before, self._continued)

    @classmethod
    def verify(cls, location: EngineLocation, *, generation: str | None = None) -> tuple[str, ...]:
        ReferenceSearcher(location, generation=generation)
        return ()

    def _keep(self, *generations: str) -> None:
        for generation in set(self._archive.commits) - set(generations):
            del self._archive.commits[generation]

    def put(self, documents: Iterable[Document]) -> None:
        self._pending.update((document.id, document) for document in documents)

    def delete(self, ids: Iterable[str]) -> None:
        for document_id in ids:
            self._pending.pop(document_id, None)

    def prepare(self) -> str:
        if not self._generation or self._pending != self._archive.commits[self._generation]:
            self._generation = f"{next(_numbers)}"
            self._archive.commits[self._generation] = dict(self._pending)
        return self._generation

    def publish(self) -> None:
        archive = self._archive
        if self._generation and self._generation != archive.published:
            archive.before, archive.published = archive.published, self._generation
            self._keep(archive.published, archive.before, self._continued)

    def _end(self) -> None:
        """Nothing is locked."""


class ReferenceSearcher:
    capabilities = CAPABILITIES

    def __init__(self, location: EngineLocation, *, generation: str | None = None) -> None:
        self._location = location
        self._is_pinned = generation is not None
        self._load(self._archive.published if generation is None else generation)

    @property
    def _archive(self) -> Commits:
        return find_commits(self.capabilities, self._location.local_folder())

    def _load(self, generation: str) -> None:
        documents = self._archive.commits.get(generation)
        if documents is None:
            raise IndexMissingError(generation)
        self._generation = generation
        self._rows = [Row(documents[name]) for name in sorted(documents)]
        self._weights: dict[tuple[object, ...], float] = {}
        self._expansions: dict[tuple[Query, str], list[str]] = {}
        self._averages = {
            name: sum(self._length(row, name) for row in self._rows) / max(len(self._rows), 1) for name in TEXT_FIELDS
        }

    def at(self, generation: str) -> "ReferenceSearcher":
        if generation == self._generation:
            pinned = copy(self)
            pinned._is_pinned = True
            return pinned
        return type(self)(self._location, generation=generation)

    # -- Matching and scoring --------------------------------------------------------------------------------------

    def _parts(self, query: Query, row: Row) -> list[Contribution] | None:  # one case for each kind of node
        """Return the parts of the score of a row; None when it does not match."""
        match query:
            case Term(field=name) | TermSequence(field=name):
                terms = terms_in(query, row)
                return self._leaf(query, row, name, terms, self._sequence_weight(query)) if terms else None
            case PrefixTerm(field=name) | FuzzyTerm(field=name):
                terms = self._expanded(query, row)
                return self._leaf(query, row, name, terms, self._expanded_weight(query))
            case Keyword(field=name, values=values):
                return [] if set(values) & set(row.values[name]) else None
            case KeywordRange(field=name, lower=lower, upper=upper):
                return [] if any(lower <= value <= upper for value in row.values[name]) else None
            case Documents(ids=ids):
                return [] if row.id in ids else None
            case And(clauses=clauses):
                found = [self._parts(clause, row) for clause in clauses]
                return None if None in found else [part for parts in found for part in parts or ()]
            case Or(clauses=clauses):
                found = [self._parts(clause, row) for clause in clauses]
                return None if found == [None] * len(found) else [part for parts in found for part in parts or ()]
            case Not(clause=clause):
                return [] if self._parts(clause, row) is None else None
            case Boost(clause=clause, factor=factor):
                parts = self._parts(clause, row)
                return None if parts is None else [Contribution(p.label, p.score * factor, p.detail) for p in parts]
            case Everything():
                return []
            case Nothing():
                return None
            case _:
                raise TypeError(type(query).__name__)

    def _expanded(self, query: PrefixTerm | FuzzyTerm, row: Row) -> list[str]:
        """The terms that a leaf stands for in a row; found once for each reading."""
        (wanted,) = terms_in(query, row)
        if (query, wanted) not in self._expansions:
            match query:
                case PrefixTerm(field=name):
                    terms = self._most_frequent(name, wanted)
                case FuzzyTerm(field=name, distance=distance):
                    near = [other for _, _, other in self._similar(name, wanted, distance)]
                    terms = [other for other in near if other[:1] == wanted[:1]]
            self._expansions[query, wanted] = terms[: scoring.MAX_EXPANSION]
        return self._expansions[query, wanted]

    def _expanded_weight(self, query: PrefixTerm | FuzzyTerm) -> float:
        return self._rarity(query, lambda row: not set(self._expanded(query, row)).isdisjoint(row.terms[query.field]))

    def _sequence_weight(self, query: Term | TermSequence) -> float:
        """The rarity of each term, counted from the end; as many as the shortest reading has."""
        readings = [terms_of(query), *(reading.terms for reading in query.readings)]
        shortest = min((len(terms) for terms in readings if terms), default=0)
        return sum(self._rarity_from_end(query, at) for at in range(1, shortest + 1))

    def _rarity_from_end(self, query: Term | TermSequence, at: int) -> float:
        return self._rarity(
            query, lambda row: not set(terms_in(query, row)[-at:][:1]).isdisjoint(row.terms[query.field]), at
        )

    def _rarity(self, query: Query, has: Callable[[Row], bool], *key: object) -> float:
        if (query, *key) not in self._weights:
            documents = sum(map(has, self._rows))
            self._weights[query, *key] = math.log(1 + (len(self._rows) - documents + 0.5) / (documents + 0.5))
        return self._weights[query, *key]

    def _leaf(
        self, query: Query, row: Row, name: str, terms: Sequence[str], weight: float
    ) -> list[Contribution] | None:
        def frequency(where: str) -> float:
            if len(terms) > 1 and isinstance(query, Term | TermSequence):
                return row.sequence_frequency(where, terms, getattr(query, "slop", None))
            return row.frequency(where, terms)

        body = frequency(name)
        if not body:
            return None
        b = scoring.TITLE_B if name == "title" else scoring.BODY_B
        parts = [Contribution(name, weight * self._saturated(row, name, body, b), "")]
        title = frequency("title") if name == "body" and isinstance(query, Term | TermSequence) else 0.0
        if title:
            part = self._saturated(row, "title", title, scoring.TITLE_B)
            parts.append(Contribution("title", scoring.TITLE_WEIGHT * weight * part, ""))
        return parts

    def _length(self, row: Row, name: str) -> float:
        return row.lengths[name]

    def _saturated(self, row: Row, name: str, frequency: float, b: float) -> float:
        factor = scoring.K1 * (1 - b + b * self._length(row, name) / max(self._averages[name], 1.0))
        return frequency * (scoring.K1 + 1) / (frequency + factor)

    def _scored(self, query: Query) -> dict[str, list[Contribution]]:
        """All documents that match, with what their scores are made of."""
        found = {row.id: parts for row in self._rows if (parts := self._parts(query, row)) is not None}
        rows = {row.id: row for row in self._rows}
        best = sorted(found, key=lambda name: (-_total(found[name]), name))[: scoring.RESCORED]
        for name in best:
            body = rows[name].terms["body"]
            for pair in self._pairs(query):
                (left, right) = (terms_in(term, rows[name])[-1:] for term in pair)
                pairs = [
                    abs(i - j) for i, a in enumerate(body) if (a,) == left for j, b in enumerate(body) if (b,) == right
                ]
                nearest = min(pairs, default=99)
                if nearest <= scoring.MAX_PROXIMITY_DISTANCE:
                    weight = min(map(self._sequence_weight, pair))
                    found[name].append(Contribution("near", scoring.PROXIMITY_WEIGHT * weight / max(nearest, 1), ""))
        return found

    def _pairs(self, query: Query) -> Iterable[tuple[Term, Term]]:
        return neighbor_pairs(query)

    # -- The protocol ----------------------------------------------------------------------------------------------

    def search(
        self,
        query: Query,
        *,
        selections: Sequence[Selection] = (),
        facets: Sequence[FacetRequest] = (),
        counts: Sequence[CountRequest] = (),
        sort: Sort = Sort.RELEVANCE,
        limit: int = 10,
        offset: int = 0,
        explain: bool = False,
    ) -> EngineResult:
        scored = self._scored(query)
        matching = [row for row in self._rows if row.id in scored]
        found = [row for row in matching if all(is_selected(row, selection) for selection in selections)]
        ordered = sorted(found, key=lambda row: sort_key(row, _total(scored[row.id]), sort))
        hits = tuple(EngineHit(row.id, _total(scored[row.id])) for row in ordered[offset : offset + limit])
        buckets = []
        for request in facets:
            applied = selections_beside(request, selections)
            counted = [row for row in matching if all(is_selected(row, selection) for selection in applied)]
            buckets.append(count_values(request, counted))
        totals = tuple(self.search(one.query, selections=one.selections, limit=0).total for one in counts)
        explanations = tuple(self.explain(query, hit.id) for hit in hits) if explain else ()
        return EngineResult(len(found), hits, tuple(buckets), totals, explanations)

    def pair_counts(
        self, query: Query, values: Sequence[tuple[str, str]], *, selections: Sequence[Selection] = ()
    ) -> tuple[tuple[int, ...], ...]:
        matching = [row for row in self._rows if self._parts(query, row) is not None]
        return count_pairs(values, [row for row in matching if all(is_selected(row, one) for one in selections)])

    def scan(self, query: Query, *, selections: Sequence[Selection] = (), sort: Sort = Sort.RELEVANCE) -> Iterator[str]:
        result = self.search(query, selections=selections, sort=sort, limit=len(self._rows))
        return (hit.id for hit in result.hits)

    def explain(self, query: Query, document_id: str) -> tuple[Contribution, ...]:
        return tuple(self._scored(query).get(document_id, ()))

    def vocabulary(
        self,
        terms: Sequence[tuple[str, str]] = (),
        *,
        similar: Sequence[SimilarRequest] = (),
        fields: Sequence[str] = (),
        max_values: int = MAX_FACET_VALUES,
    ) -> Vocabulary:
        doubted = self.document_frequencies([request.unless for request in similar])
        return Vocabulary(
            frequencies=self.document_frequencies(terms),
            similar=tuple(
                ()
                if documents > request.unless_more_than
                else self.similar_terms(request.field, request.term, distance=request.distance, limit=request.limit)
                for request, documents in zip(similar, doubted, strict=True)
            ),
            values=tuple(self.terms(field, limit=max_values) for field in fields),
        )

    def document_frequencies(self, terms: Sequence[tuple[str, str]]) -> tuple[int, ...]:
        return tuple(self._frequency(field, term) for field, term in terms)

    def _frequency(self, field: str, term: str) -> int:
        return sum(term in self._values_of(row, field) for row in self._rows)

    def _values_of(self, row: Row, name: str) -> Sequence[str]:
        return row.terms[name] if name in TEXT_FIELDS else row.values[name]

    def _vocabulary(self, name: str) -> list[str]:
        return sorted({value for row in self._rows for value in self._values_of(row, name)})

    def _most_frequent(self, name: str, prefix: str) -> list[str]:
        terms = [term for term in self._vocabulary(name) if term.startswith(prefix)]
        return sorted(terms, key=lambda term: (-self._frequency(name, term), term))

    def terms(self, field: str, *, prefix: str = "", limit: int = 10, offset: int = 0) -> tuple[TermCount, ...]:
        found = self._most_frequent(field, prefix)[offset : offset + limit]
        return tuple(TermCount(term, self._frequency(field, term)) for term in found)

    def similar_terms(self, field: str, term: str, *, distance: int = 2, limit: int = 10) -> tuple[TermCount, ...]:
        found = [entry for entry in self._similar(field, term, distance) if entry[2] != term]
        return tuple(TermCount(other, -negative) for _, negative, other in found[:limit])

    def _similar(self, name: str, term: str, distance: int) -> list[tuple[int, int, str]]:
        """(edits, negative frequency, term) of the terms within a distance, in order."""
        return sorted(
            (edits, -self._frequency(name, other), other)
            for other in self._vocabulary(name)
            if (edits := edit_distance(term, other)) <= distance
        )

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted({value for row in self._rows for value in row.values["languages"]}))

    @property
    def document_count(self) -> int:
        return len(self._rows)

    @property
    def generation(self) -> str:
        return self._generation

    def refresh(self) -> bool:
        published = self._archive.published
        if self._is_pinned or self._generation == published:
            return False
        self._load(published)
        return True

    def close(self) -> None:
        self._rows = []


def _total(parts: Iterable[Contribution]) -> float:
    return sum(part.score for part in parts)
