"""The read side of an engine: the protocol, and the records that pass through it."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from search.query.ast import Query
from search.request import MatchMode, Selection, Sort

__all__ = [
    "Bucket",
    "Contribution",
    "EngineHit",
    "EngineResult",
    "FacetCounts",
    "FacetRequest",
    "MatchMode",
    "Searcher",
    "Selection",
    "Sort",
    "TermCount",
]


class FacetRequest(Struct, frozen=True):
    """Ask for the buckets of one facet field.

    The first `limit` of them by count, then by how many documents of the whole archive hold the value, then by
    value, after skipping `offset`. `values`, when given, restricts the buckets to these values (also those with
    count 0). `is_by_value` orders by value instead (for histograms).
    """

    field: str
    limit: int = 10
    offset: int = 0
    values: tuple[str, ...] | None = None
    is_by_value: bool = False


class Bucket(Struct, frozen=True):
    """A facet value and the exact number of documents that choosing it gives."""

    value: str
    count: int


class FacetCounts(Struct, frozen=True):
    """The buckets of one facet and how many distinct values have a count above 0.

    A facet whose selection is in mode ANY is counted as if that facet had no chosen values (its exclusions and all
    other facets apply); in mode ALL its own values apply too.
    """

    field: str
    buckets: tuple[Bucket, ...]
    distinct: int


class EngineHit(Struct, frozen=True):
    """A document id and its score (0.0 when nothing in the query scores)."""

    id: str
    score: float


class EngineResult(Struct, frozen=True):
    """The exact number of documents found, the asked-for slice of them, and the asked-for facets in order."""

    total: int
    hits: tuple[EngineHit, ...]
    facets: tuple[FacetCounts, ...]


class TermCount(Struct, frozen=True):
    """A term or keyword value and the number of documents that have it."""

    term: str
    documents: int


class Contribution(Struct, frozen=True):
    """One line of an explanation: what was added to the score, and the figures behind it, as readable text."""

    label: str
    score: float
    detail: str


class Searcher(Protocol):
    """Reads one committed state of an index. Safe to use from many threads at once.

    A searcher keeps seeing the commit that it was opened on; `refresh` moves it to the newest one. Queries hold
    only executed leaves (see `search.query.ast`); anything else is a `TypeError`, a mistake of the caller.
    """

    def search(
        self,
        query: Query,
        *,
        selections: Sequence[Selection] = (),
        facets: Sequence[FacetRequest] = (),
        sort: Sort = Sort.RELEVANCE,
        limit: int = 10,
        offset: int = 0,
    ) -> EngineResult:
        """Find documents that match the query and every selection. `limit` 0 counts without hits."""
        ...

    def scan(self, query: Query, *, selections: Sequence[Selection] = (), sort: Sort = Sort.RELEVANCE) -> Iterator[str]:
        """Ids of all documents found, in the order of `search`, without limit."""
        ...

    def explain(self, query: Query, document_id: str) -> tuple[Contribution, ...]:
        """The parts that add up to the score of one document; empty when it does not match."""
        ...

    def document_frequency(self, field: str, term: str) -> int:
        """How many documents have this term or keyword value."""
        ...

    def terms(self, field: str, *, prefix: str = "", limit: int = 10) -> tuple[TermCount, ...]:
        """The most frequent terms that begin with `prefix`; ties in code point order."""
        ...

    def similar_terms(self, field: str, term: str, *, distance: int = 2, limit: int = 10) -> tuple[TermCount, ...]:
        """Other terms within `distance` edits, nearest first, then most frequent, then in code point order."""
        ...

    @property
    def document_count(self) -> int:
        """How many documents can be found."""
        ...

    @property
    def generation(self) -> str:
        """Changes with every commit; equal generations give equal answers."""
        ...

    def refresh(self) -> bool:
        """Move to the newest commit; true when there was a newer one."""
        ...

    def close(self) -> None:
        """Release files. A closed searcher must not be used."""
        ...
