"""The part of a searcher that engines with arrays share: the commit that it sees, and the terms of that commit."""

from collections.abc import Mapping, Sequence
from copy import copy
from threading import Lock
from typing import Any, Generic, Protocol, Self, TypeVar

from search.engines.arrays.expansion import Dictionary, similar
from search.engines.base import MAX_FACET_VALUES, SimilarRequest, TermCount, Vocabulary
from search.engines.commits import Commits, OpenCommit
from search.engines.vocabulary import read_vocabulary

__all__ = ["CommitSearcher"]


class _Snapshot(Dictionary[Any], Protocol):  # Any: each engine has its own segments, and nobody here looks into them
    """The terms and documents of one commit."""

    @property
    def languages(self) -> tuple[str, ...]: ...

    @property
    def document_count(self) -> int: ...

    def frequency(self, field: str, term: str) -> int: ...

    def frequencies(self, field: str, prefix: str) -> Mapping[str, int]: ...


class _Commit(OpenCommit, Protocol):
    @property
    def snapshot(self) -> _Snapshot: ...


CommitOf = TypeVar("CommitOf", bound=_Commit)


class CommitSearcher(Generic[CommitOf]):
    """The part of a `search.engines.base.Searcher` that needs no query."""

    def __init__(self, commits: Commits[CommitOf], generation: str | None) -> None:
        self._commits = commits
        self._commit: CommitOf | None = commits.newest() if generation is None else commits.at(generation)
        self._is_pinned = generation is not None
        self._lock = Lock()

    @property
    def _current(self) -> CommitOf:
        if self._commit is None:
            raise ValueError("This searcher is closed.")
        return self._commit

    def at(self, generation: str) -> Self:
        """See the protocol."""
        commit = self._commit
        if commit is None or commit.generation != generation:
            commit = self._commits.at(generation)
        pinned = copy(self)
        pinned._commit, pinned._is_pinned = commit, True
        return pinned

    def vocabulary(
        self,
        terms: Sequence[tuple[str, str]] = (),
        *,
        similar: Sequence[SimilarRequest] = (),
        fields: Sequence[str] = (),
        max_values: int = MAX_FACET_VALUES,
    ) -> Vocabulary:
        """See the protocol."""
        return read_vocabulary(self, terms, similar, fields, max_values)

    def document_frequencies(self, terms: Sequence[tuple[str, str]]) -> tuple[int, ...]:
        """See the protocol."""
        snapshot = self._current.snapshot
        return tuple(snapshot.frequency(field, term) for field, term in terms)

    def terms(self, field: str, *, prefix: str = "", limit: int = 10, offset: int = 0) -> tuple[TermCount, ...]:
        """See the protocol."""
        totals = self._current.snapshot.frequencies(field, prefix)
        chosen = sorted(totals, key=lambda term: (-totals[term], term))[offset : offset + limit]
        return tuple(TermCount(term, totals[term]) for term in chosen)

    def similar_terms(self, field: str, term: str, *, distance: int = 2, limit: int = 10) -> tuple[TermCount, ...]:
        """See the protocol."""
        found = similar(self._current.snapshot, field, term, distance=distance)
        return tuple(TermCount(name, documents) for name, edits, documents in found if edits)[:limit]

    @property
    def languages(self) -> tuple[str, ...]:
        """See the protocol."""
        return self._current.snapshot.languages

    @property
    def document_count(self) -> int:
        """See the protocol."""
        return self._current.snapshot.document_count

    @property
    def generation(self) -> str:
        """See the protocol."""
        return self._current.generation

    def refresh(self) -> bool:
        """See the protocol."""
        if self._is_pinned:
            return False
        with self._lock:
            newest = self._commits.newest()
            is_other = newest.generation != self.generation
            self._commit = newest
            return is_other

    def close(self) -> None:
        """See the protocol. The files are released with the last query or pinned searcher that still reads them."""
        self._commit = None
        if not self._is_pinned:
            self._commits.clear()
