"""Frequencies of words in one commit, and the words that a prefix or a misspelled word stands for.

The statistics of the server count old versions too, and those of other commits. Ours are asked for with the versions of
the commit, and kept: a commit never changes. So a score is the same whatever was deleted, on every shard and copy.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from msgspec import Struct
from rapidfuzz.distance import OSA

from index.engines.opensearch.mapping import LANGUAGE, terms_field, version_filter, weights_field
from index.engines.opensearch.server import Server
from index.engines.opensearch.state import Commit
from index.engines.scoring import MAX_EXPANSION
from index.fields import TEXT_FIELDS
from search.engines.base import TermCount
from search.engines.cache import BoundedCache
from search.engines.opensearch.counting import ask_for_values
from search.engines.opensearch.requests import Body, ask_all
from search.engines.opensearch.spelling import beginning_with, within

__all__ = ["Expansion", "Figures", "Spoken", "language_filter", "terms_filter"]

_Key = TypeVar("_Key")
_Found = TypeVar("_Found")

# Frequencies and lists of words that are kept for a commit.
_KEPT = 200_000
# The patterns of long words take more than the server's default of 10,000.
_MAX_STATES = 1_000_000
# Words within two edits of another are a few hundred at most.
_MAX_SIMILAR = 10_000


class Spoken(Struct, frozen=True):
    """The documents in which any of `terms` counts: in one of the languages `inside` (None: all), none of `outside`."""

    field: str
    terms: tuple[str, ...]
    inside: tuple[str, ...] | None = None
    outside: tuple[str, ...] = ()

    def filters(self) -> list[Body]:
        """Return the filters that leave these documents."""
        return [terms_filter(self.field, self.terms), *language_filter(self.inside, self.outside)]


class Expansion(Struct, frozen=True):
    """The words that a prefix (`distance` None) or a misspelled word stands for."""

    field: str
    text: str
    distance: int | None = None


def terms_filter(field: str, terms: Sequence[str]) -> Body:
    """Return the filter for documents that have any of the terms or keyword values of a field."""
    name = weights_field(field) if field in TEXT_FIELDS else field
    return {"term": {name: terms[0]}} if len(terms) == 1 else {"terms": {name: list(terms)}}


def language_filter(inside: Sequence[str] | None, outside: Sequence[str]) -> list[Body]:
    """Return the filters for documents in some languages, or in none of others."""
    found: list[Body] = []
    if inside is not None:
        found.append({"terms": {LANGUAGE: list(inside)}})
    if outside:
        found.append({"bool": {"must_not": [{"terms": {LANGUAGE: list(outside)}}]}})
    return found


class Figures:
    """Figures of one commit. Safe to use from many threads."""

    def __init__(self, server: Server, commit: Commit) -> None:
        self._server = server
        self._commit = commit
        self._counts: BoundedCache[int] = BoundedCache(_KEPT, lambda _: 1)
        self._expansions: BoundedCache[tuple[str, ...]] = BoundedCache(_KEPT, lambda terms: 1 + len(terms))
        self._similar: BoundedCache[tuple[TermCount, ...]] = BoundedCache(_KEPT, lambda terms: 1 + len(terms))

    def counts(self, asked: Iterable[Spoken]) -> dict[Spoken, int]:
        """Return the number of documents of each; those that are not known yet in one request."""
        return _looked_up(self._counts, asked, self._count)

    def expansions(self, asked: Iterable[Expansion]) -> dict[Expansion, tuple[str, ...]]:
        """Return the words of each, at most `MAX_EXPANSION`: of a prefix the most frequent, else the nearest."""
        return _looked_up(self._expansions, asked, self._expand)

    def similar(self, asked: Iterable[Expansion]) -> dict[Expansion, tuple[TermCount, ...]]:
        """Return all words within a distance of each, nearest first, with their frequencies."""
        return _looked_up(self._similar, asked, self._find_similar)

    def terms(self, field: str, prefix: str, size: int) -> tuple[TermCount, ...]:
        """Return the most frequent words or values that begin with a prefix."""
        (found,) = self._list([self._beginning(field, prefix, size)])
        return found

    def values(self, fields: Sequence[str], size: int) -> list[tuple[TermCount, ...]]:
        """Return the most frequent values of each field."""
        return self._list([self._beginning(field, "", size) for field in fields])

    def _count(self, asked: Sequence[Spoken]) -> list[int]:
        live = version_filter(self._commit.number)
        questions = [
            {"size": 0, "track_total_hits": True, "query": {"bool": {"filter": [*one.filters(), *live]}}}
            for one in asked
        ]
        answers = ask_all(self._server, self._commit.index, questions)
        return [int(answer["hits"]["total"]["value"]) for answer in answers]

    def _expand(self, asked: Sequence[Expansion]) -> list[tuple[str, ...]]:
        prefixes = [one for one in asked if one.distance is None]
        found = self._list([self._beginning(one.field, one.text, MAX_EXPANSION) for one in prefixes])
        expanded = {one: tuple(count.term for count in terms) for one, terms in zip(prefixes, found, strict=True)}
        similar = self.similar(one for one in asked if one.distance is not None)
        for one, terms in similar.items():
            # The first letter is hardly ever wrong.
            expanded[one] = tuple(count.term for count in terms if count.term[:1] == one.text[:1])[:MAX_EXPANSION]
        return [expanded[one] for one in asked]

    def _find_similar(self, asked: Sequence[Expansion]) -> list[tuple[TermCount, ...]]:
        found = self._list([self._near(one) for one in asked])
        return [_nearest_first(one, terms) for one, terms in zip(asked, found, strict=True)]

    def _list(self, questions: Sequence[Body]) -> list[tuple[TermCount, ...]]:
        found = ask_for_values(self._server, self._commit, questions)
        return [tuple(TermCount(bucket["key"], bucket["doc_count"]) for bucket in buckets) for buckets in found]

    def _beginning(self, field: str, prefix: str, size: int) -> Body:
        listed: Body = {"field": terms_field(field), "size": size}
        if not prefix:
            return {"terms": listed, "filter": []}
        name = weights_field(field) if field in TEXT_FIELDS else field
        return {
            "terms": {**listed, "include": beginning_with(prefix)},
            "filter": [{"prefix": {name: {"value": prefix}}}],
        }

    def _near(self, one: Expansion) -> Body:
        pattern = within(one.text, one.distance or 0)
        name = weights_field(one.field) if one.field in TEXT_FIELDS else one.field
        listed = {"field": terms_field(one.field), "size": _MAX_SIMILAR, "include": pattern}
        return {
            "terms": listed,
            "filter": [{"regexp": {name: {"value": pattern, "max_determinized_states": _MAX_STATES}}}],
        }


def _nearest_first(one: Expansion, terms: Sequence[TermCount]) -> tuple[TermCount, ...]:
    near = ((OSA.distance(one.text, count.term), count) for count in terms)
    found = [(edits, count) for edits, count in near if edits <= (one.distance or 0)]
    found.sort(key=lambda pair: (pair[0], -pair[1].documents, pair[1].term))
    return tuple(count for _, count in found)


def _looked_up(
    cache: BoundedCache[_Found], asked: Iterable[_Key], find: Callable[[Sequence[_Key]], list[_Found]]
) -> dict[_Key, _Found]:
    """Return what a cache holds for keys, after finding all that it lacks at once."""
    found = {key: cache.find(key) for key in asked}
    missing = [key for key, value in found.items() if value is None]
    for key, value in zip(missing, find(missing) if missing else (), strict=True):
        cache.put(key, value)
        found[key] = value
    return {key: value for key, value in found.items() if value is not None}
