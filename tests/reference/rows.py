"""Documents as the reference engine scans them, and what selections and orders make of them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from index.analyzer import analyze, analyze_exact
from index.engines import scoring
from index.keywords.dates import published_day
from index.keywords.values import keyword_values
from index.model import Document
from search.engines.base import Bucket, FacetCounts, FacetRequest, MatchMode, Selection, Sort
from search.query.ast import (
    FuzzyTerm,
    PrefixTerm,
    Term,
    TermSequence,
)

__all__ = ["Row", "count_pairs", "count_values", "is_selected", "selections_beside", "sort_key", "terms_in", "terms_of"]


class Row:
    """A document, analyzed."""

    def __init__(self, document: Document) -> None:
        self.id = document.id
        self.day = published_day(document.published)
        tokens = analyze(document.body, document.language)
        self.terms = {
            "body": [token.term for token in tokens],
            "exact": [token.term for token in analyze_exact(document.body, document.language)],
            "title": [token.term for token in analyze(document.title, document.language)],
            "entities": list(document.mentioned),
        }
        spans = [part.span for part in document.furniture]
        weights = [
            scoring.BOILERPLATE_WEIGHT if any(span.start <= token.start < span.end for span in spans) else 1.0
            for token in tokens
        ]
        self.weights = {"body": weights, "exact": weights}
        self.weights |= {name: [1.0] * len(self.terms[name]) for name in ("title", "entities")}
        # Entities are mentioned in the body.
        self.lengths = {name: sum(self.weights["title" if name == "title" else "body"]) for name in self.terms}
        self.values = keyword_values(document)
        self.language = next(iter(self.values["languages"]), None)

    def frequency(self, name: str, terms: Iterable[str]) -> float:
        wanted = set(terms)
        return sum(weight for term, weight in zip(self.terms[name], self.weights[name], strict=True) if term in wanted)

    def sequence_frequency(self, name: str, terms: Sequence[str], slop: int | None) -> float:
        stream = self.terms[name]
        if slop is None:
            count = sum(stream[at : at + len(terms)] == list(terms) for at in range(len(stream)))
        else:
            needed, window = Counter(terms), len(terms) + slop
            count = sum(
                stream[at] in needed and not needed - Counter(stream[at : at + window]) for at in range(len(stream))
            )
        return count * self.frequency(name, terms[:1]) / stream.count(terms[0]) if count else 0.0


def terms_in(query: Term | TermSequence | PrefixTerm | FuzzyTerm, row: Row) -> tuple[str, ...]:
    """The terms of a leaf in the language of a row."""
    own = [reading.terms for reading in query.readings if row.language in reading.languages]
    return own[0] if own else terms_of(query)


def terms_of(query: Term | TermSequence | PrefixTerm | FuzzyTerm) -> tuple[str, ...]:
    match query:
        case TermSequence(terms=terms):
            return terms
        case PrefixTerm(prefix=term) | Term(term=term) | FuzzyTerm(term=term):
            return (term,)


def is_selected(row: Row, selection: Selection) -> bool:
    values = set(row.values[selection.field])
    wanted = set(selection.values)
    if values & set(selection.excluded):
        return False
    return wanted <= values if selection.mode is MatchMode.ALL else not wanted or bool(wanted & values)


def selections_beside(request: FacetRequest, selections: Sequence[Selection]) -> list[Selection]:
    """The selections that limit what a facet counts: not those of its own values, when any of them is enough."""
    return [
        Selection(selection.field, excluded=selection.excluded)
        if selection.field == request.field and selection.mode is MatchMode.ANY
        else selection
        for selection in selections
    ]


def count_values(request: FacetRequest, rows: Sequence[Row]) -> FacetCounts:
    counts = Counter(value for row in rows for value in row.values[request.field])
    values = list(counts) if request.values is None else list(dict.fromkeys(request.values))
    if request.is_by_value:
        values.sort()
    else:
        values.sort(key=lambda value: (-counts[value], value))
    chosen = values[request.offset : request.offset + request.limit]
    return FacetCounts(request.field, tuple(Bucket(value, counts[value]) for value in chosen), len(counts))


def count_pairs(values: Sequence[tuple[str, str]], rows: Sequence[Row]) -> tuple[tuple[int, ...], ...]:
    """Return the numbers of rows that have both of two values, each a field and what it holds, for all pairs."""
    return tuple(
        tuple(sum(a in row.values[left] and b in row.values[right] for row in rows) for right, b in values)
        for left, a in values
    )


def sort_key(row: Row, score: float, sort: Sort) -> tuple[bool, float, str]:
    if sort is Sort.RELEVANCE:
        return (False, -score, row.id)
    day = row.day or 0
    return (row.day is None, -day if sort is Sort.NEWEST else day, row.id)
