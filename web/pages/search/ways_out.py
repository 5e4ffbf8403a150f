"""Ways out of a search that finds nothing: without one of its filters or exclusions, or with shorter words."""

from collections.abc import Iterable, Iterator, Mapping

from search.answer.service import SearchService
from search.output.wording import count_in_words
from search.query.ast import And, Not, Query, Word
from search.query.parser import parse
from search.query.tree import leaves
from search.request import SearchRequest
from web.addresses.neighbors import with_query, without_filters
from web.addresses.urls import search_url
from web.parts.facets import chips_with_targets
from web.parts.filter_words import shortened
from web.parts.records import Link

__all__ = ["ways_out"]

# Each filter is left out in one more search: enough for those that a reader would try.
_MAX_FILTERS = 5
_MAX_EXCLUSIONS = 3
_MAX_WORDS = 2
# Of a word as long as this at least, the first two thirds are looked for.
_LONG = 6


def ways_out(service: SearchService, wanted: SearchRequest, labels: Mapping[tuple[str, str], str]) -> tuple[Link, ...]:
    """Return the searches that find something without one filter or exclusion, or with the beginning of a word.

    The search without all filters is offered when no single one helps. `labels` names the selected values.
    """
    chips = chips_with_targets(wanted, labels)
    ways = [(f"Without {chip.label}: {chip.text}", target) for chip, target in chips[:_MAX_FILTERS]]
    ways += _without_exclusions(wanted)
    found = _finding(service, ways)
    found = found or _finding(service, [("Without all filters", without_filters(wanted))][: len(chips)])
    return (*found, *_finding(service, _beginnings(wanted)))


def _beginnings(wanted: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    """Yield the searches for any word that begins as a long word of the query does, one word at a time."""
    query = parse(wanted.q).query
    long = [word for word, negated in leaves(query) if _is_long_word(word) and not negated] if query else []
    for word in long[:_MAX_WORDS]:
        assert isinstance(word, Word), "checked above"
        beginning = word.text[: max(_LONG - 2, len(word.text) * 2 // 3)]
        q = f"{wanted.q[: word.place.start]}{beginning}*{wanted.q[word.place.end :]}"
        yield f"Words that begin with “{shortened(beginning)}”", with_query(wanted, q)


def _is_long_word(leaf: Query) -> bool:
    return (
        isinstance(leaf, Word)
        and not leaf.is_exact
        and not leaf.field
        and len(leaf.text) >= _LONG
        and leaf.text.isalpha()
    )


def _without_exclusions(wanted: SearchRequest) -> list[tuple[str, SearchRequest]]:
    """Return the searches without one of the exclusions in the query, and without all of several."""
    excluded = list(_exclusions(wanted.q))
    singles = [
        (f"Without “{shortened(wanted.q[start:end])}”", _without(wanted, [(start, end)]))
        for start, end in excluded[:_MAX_EXCLUSIONS]
    ]
    return [*singles, ("Without all exclusions", _without(wanted, excluded))] if len(excluded) > 1 else singles


def _exclusions(q: str) -> Iterator[tuple[int, int]]:
    """Yield where the words, phrases and groups stand that the whole query excludes."""
    query = parse(q).query
    for clause in query.clauses if isinstance(query, And) else (query,):
        if isinstance(clause, Not):
            yield clause.place.start, clause.place.end


def _without(wanted: SearchRequest, places: Iterable[tuple[int, int]]) -> SearchRequest:
    q = wanted.q
    for start, end in sorted(places, reverse=True):
        q = f"{q[:start].rstrip()} {q[end:].lstrip()}"
    return with_query(wanted, q.strip())


def _finding(service: SearchService, ways: Iterable[tuple[str, SearchRequest]]) -> tuple[Link, ...]:
    """Return links to the searches that find something, with the number of articles."""
    counted = ((text, target, service.count(target)) for text, target in ways)
    return tuple(
        Link(text, search_url(target), count_in_words(total, "article")) for text, target, total in counted if total
    )
