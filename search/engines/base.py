"""The read side of an engine: the protocol, and the records that pass through it."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Protocol

from msgspec import Struct

from index.engines.base import Capabilities, EngineLocation
from search.query.ast import Query
from search.request import MatchMode, Selection, Sort

__all__ = [
    "MAX_FACET_VALUES",
    "MAX_PAIRED",
    "Bucket",
    "Contribution",
    "CountRequest",
    "EngineHit",
    "EngineResult",
    "FacetCounts",
    "FacetRequest",
    "MatchMode",
    "Searcher",
    "Selection",
    "SimilarRequest",
    "Sort",
    "TermCount",
    "Vocabulary",
]

MAX_FACET_VALUES = 1_000
"""The number of values that every engine takes in `FacetRequest.values`; ask for more in several requests."""


MAX_PAIRED = 50
"""The number of values that every engine takes in `Searcher.pair_counts`."""


class CountRequest(Struct, frozen=True):
    """Ask for the exact number of documents that match another query and every one of other selections."""

    query: Query
    selections: tuple[Selection, ...] = ()


class FacetRequest(Struct, frozen=True):
    """Ask for the buckets of one facet field.

    The first `limit` of them after skipping `offset`, by count descending, then by value ascending in code point order.
    `is_by_value` orders by value instead (for histograms). `values`, when given, restricts the buckets to these values
    (also those with count 0); every engine takes up to `MAX_FACET_VALUES` of them. How far `offset + limit` may reach
    is `Capabilities.max_facet_values`.
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


class TermCount(Struct, frozen=True):
    """A term or keyword value and the number of documents that have it."""

    term: str
    documents: int


class SimilarRequest(Struct, frozen=True):
    """Ask for other terms within `distance` edits of a term, as `Searcher.similar_terms`.

    None are given when more than `unless_more_than` documents have `unless`, a (field, term): a frequent word is
    hardly a misspelled one.
    """

    field: str
    term: str
    distance: int
    limit: int
    unless: tuple[str, str]
    unless_more_than: int


class Vocabulary(Struct, frozen=True):
    """Frequencies of terms, similar terms and values of keyword fields, each in the order asked for."""

    frequencies: tuple[int, ...]
    similar: tuple[tuple[TermCount, ...], ...]
    values: tuple[tuple[TermCount, ...], ...]


class Contribution(Struct, frozen=True):
    """One line of an explanation: a part of the score, and the figures behind it as readable text."""

    label: str
    score: float
    detail: str


class EngineResult(Struct, frozen=True):
    """The exact number of documents found, the slice of them that was asked for, and facets and counts in order.

    `explanations` has the contributions to the score of each hit, if they were asked for.
    """

    total: int
    hits: tuple[EngineHit, ...]
    facets: tuple[FacetCounts, ...]
    counts: tuple[int, ...] = ()
    explanations: tuple[tuple[Contribution, ...], ...] = ()


class Searcher(Protocol):
    """Reads one committed state of an index. Safe to use from many threads at once.

    A searcher keeps seeing the commit that it was opened on, whatever is written, published or replaced meanwhile.
    `refresh` moves it to the commit published last; `at` gives another searcher, pinned to one commit. Queries hold
    only executed leaves (see `search.query.ast`); anything else is a `TypeError`, a mistake of the caller.

    Any call may raise `EngineUnavailableError` or `EngineTimeoutError` where an engine has a server.
    """

    capabilities: ClassVar[Capabilities]

    def __init__(self, location: EngineLocation, *, generation: str | None = None) -> None:
        """See `search.engines.registry.open_searcher`."""
        ...

    def at(self, generation: str) -> "Searcher":
        """Return a searcher pinned to the commit with this generation, published or only prepared.

        It shares open files and caches with this one, costs microseconds when that commit is open already, and stays
        usable when this one moves on. It need not be closed. Raises `IndexMissingError` when the commit is gone: then
        ask again with the generation that the catalog names by now. Raises what `open_searcher` raises when it is
        damaged or outdated.
        """
        ...

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
        """Find documents that match the query and every selection. `limit` 0 counts without hits.

        `counts` are counted in the same call, each by its own query and selections alone. `explain` explains the score
        of each hit.
        """
        ...

    def pair_counts(
        self, query: Query, values: Sequence[tuple[str, str]], *, selections: Sequence[Selection] = ()
    ) -> tuple[tuple[int, ...], ...]:
        """Return how many documents that match, and pass every selection, have both of each two values.

        `values` are (field, value), at most `MAX_PAIRED` of them. Row and column stand in their order: the table is
        symmetric, and its diagonal counts the documents with each value. One call, whatever the engine.
        """
        ...

    def scan(self, query: Query, *, selections: Sequence[Selection] = (), sort: Sort = Sort.RELEVANCE) -> Iterator[str]:
        """Yield the ids of all documents found, in the order of `search`, without limit."""
        ...

    def explain(self, query: Query, document_id: str) -> tuple[Contribution, ...]:
        """Return the parts that add up to the score of one document; empty when it does not match."""
        ...

    def vocabulary(
        self,
        terms: Sequence[tuple[str, str]] = (),
        *,
        similar: Sequence[SimilarRequest] = (),
        fields: Sequence[str] = (),
        max_values: int = MAX_FACET_VALUES,
    ) -> Vocabulary:
        """Look up in one call the frequency of each (field, term), similar terms, and frequent values of fields.

        The same as `document_frequencies`, `similar_terms` and `terms`, one after the other.
        """
        ...

    def document_frequencies(self, terms: Sequence[tuple[str, str]]) -> tuple[int, ...]:
        """Return the number of documents that have each (field, term or keyword value), in order."""
        ...

    def terms(self, field: str, *, prefix: str = "", limit: int = 10, offset: int = 0) -> tuple[TermCount, ...]:
        """Return a page of the terms that begin with `prefix`, most frequent first; ties in code point order."""
        ...

    def similar_terms(self, field: str, term: str, *, distance: int = 2, limit: int = 10) -> tuple[TermCount, ...]:
        """Return other terms within `distance` edits, nearest first, then most frequent, then in code point order.

        An edit inserts, deletes or replaces a letter, or swaps two neighbors.
        """
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the documents, in code point order. Cheap after the first time on a commit."""
        ...

    @property
    def document_count(self) -> int:
        """The number of documents that can be found."""
        ...

    @property
    def generation(self) -> str:
        """The generation of the commit (see `index.engines.base.IndexWriter`); equal ones give equal answers."""
        ...

    def refresh(self) -> bool:
        """Move to the commit published last; true when it is another one. A pinned searcher never moves.

        Looks at the index as it is on disk now, also after its folder was replaced; raises what `open_searcher`
        raises.
        """
        ...

    def close(self) -> None:
        """Release files. A closed searcher must not be used; those that it pinned stay usable."""
        ...
