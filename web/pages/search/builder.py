"""Build the context of the results page from the answer of a search."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from search.engines.base import Sort
from search.output.similar import CLOSEST_HEADING
from search.output.wording import PARTIAL_HEADING, count_in_words, kind_in_words
from search.parameters import from_parameters, to_parameters
from search.request import SearchRequest, WordMode
from search.results import EntityNote, Facet, Notice, SearchResult
from search.views import Timeline
from web.addresses.neighbors import at_page, with_query, with_words, without_filters
from web.addresses.urls import (
    entity_search_url,
    entity_url,
    export_url,
    feed_url,
    graph_url,
    parameter_value,
    parameters_without,
    search_url,
)
from web.frame.rendering import frame
from web.pages.search.context import SearchPage
from web.pages.search.notices import field_errors, readable_notices, turned_round
from web.parts.facets import amounts_part, can_narrow, chips_of, count_filters, facet_part
from web.parts.filter_words import filters_in_words, shortened
from web.parts.histogram import draw_histogram
from web.parts.hits import hit_part
from web.parts.pager import make_pager, page_count
from web.parts.ranges import has_amount_sides
from web.parts.records import Link, Lock, NotePart, Option
from web.parts.similar import similar_links

__all__ = ["CHECK_BOX_FACETS", "context_of"]

CHECK_BOX_FACETS = ("people", "systems", "organizations", "places", "sources", "languages")
"""Facets beside the results, in the order shown; amounts and dates have forms of their own."""

_SORT_TEXTS = {Sort.RELEVANCE: "relevance", Sort.NEWEST: "newest first", Sort.OLDEST: "oldest first"}
_FORM_FIELDS = frozenset({*CHECK_BOX_FACETS, "currencies", "amount_sizes"})
_EXPORTS = ("csv", "json")


def context_of(
    result: SearchResult,
    *,
    notices: Iterable[Notice],
    labels: Mapping[tuple[str, str], str],
    ways_out: Iterable[Link],
    timeline: Timeline,
    texts: Mapping[str, str] = MappingProxyType({}),
    locks: Sequence[Lock] = (),
) -> SearchPage:
    """Return the context of the results page.

    `notices` are about the address; those about the query are in the result. `labels` names the selected values,
    `ways_out` are searches without one filter, when nothing was found, `timeline` is that of the request. `texts` are
    what was typed into the fields for dates, where it is no date. `locks` are the locked filters of the reader.
    """
    request = result.request
    q = shortened(request.q)
    facets = {facet.field: facet for facet in result.facets}
    pages = page_count(result.total, request.size)
    pager = make_pager(request.page, pages, lambda page: search_url(at_page(request, page)))
    count = count_in_words(result.total, "article")
    page_text = f", page {request.page} of {pages}" if request.page > 1 else ""
    messages = [notice.message for notice in (*notices, *result.notices)]
    shown_notices = (*readable_notices(messages), *turned_round(request))
    errors = field_errors(messages)
    # An amount that cannot be read filters nothing.
    filtering = replace(request, amount="") if "amount" in errors else request
    locked = {(lock.parameter, lock.value) for lock in locks}
    chips, filters = chips_of(filtering, labels, locked=locked), count_filters(filtering)
    given = set(to_parameters(request))
    missing = tuple(lock for lock in locks if (lock.parameter, lock.value) not in given)
    named = filters_in_words(filtering, labels, is_one=result.total == 1)
    filter_text = "".join(f" {lead} {value}" for lead, value in named)
    return SearchPage(
        frame=frame(
            f"{q + ' · ' if q else ''}{count}{filter_text}{page_text}",
            q=request.q,
            previous_url=pager.previous_url,
            next_url=pager.next_url,
            has_locks=False,
            feed_url=feed_url(request),
        ),
        count=count,
        lead="for" if not result.is_any else "with any of",
        q=q,
        filters=named,
        status=". ".join((f"{count}{' for ' + q if q else ''}{filter_text}{page_text}", *shown_notices)),
        interpretation=shortened(result.interpretation) if q else "",
        readings=_readings(result),
        fallback=_fallback(result),
        more=_more(result),
        notices=tuple(text for text in shown_notices if text not in (errors.get("from"), errors.get("to"))),
        notes=_notes(result.entity_notes),
        suggestions=tuple(
            Link(other.q, search_url(with_query(request, other.q)), count_in_words(other.total, "article"))
            for other in result.suggestions
        ),
        ways_out=tuple(ways_out),
        chips=chips,
        more_chips=filters - len(chips),
        locks=missing,
        lock_url=search_url(_with_locks(request, missing)),
        clear_url=search_url(without_filters(request)),
        kept=(*_kept(request, facets), *([("range_axis", timeline.axis.value)] if request.axis is None else [])),
        facets=tuple(
            facet_part(facets[name], request, has_actions=False)
            for name in CHECK_BOX_FACETS
            if name in facets and (_is_shown(facets[name], result.total) or name in request.unnamed)
        ),
        amounts=amounts_part(
            request, facets.get("currencies"), facets.get("amount_sizes"), error=errors.get("amount", "")
        ),
        histogram=draw_histogram(request, timeline, undated=result.undated, texts=texts, errors=errors),
        sorts=_sorts(request),
        hits=tuple(hit_part(hit, request) for hit in result.hits),
        partial=tuple(hit_part(hit, request) for hit in result.partial),
        partial_heading=PARTIAL_HEADING,
        closest=similar_links(result.closest),
        closest_heading=CLOSEST_HEADING,
        partial_more=_partial_more(result),
        first_rank=(request.page - 1) * request.size + 1,
        undated=_undated(result),
        pager=pager,
        exports=_exports(request) if result.total else (),
        graph_url=graph_url(request),
    )


def _with_locks(request: SearchRequest, locks: Sequence[Lock]) -> SearchRequest:
    pairs = [pair for pair in to_parameters(request) if pair[0] != "page"]
    return from_parameters([*pairs, *((lock.parameter, lock.value) for lock in locks)])[0]


def _is_shown(facet: Facet, total: int) -> bool:
    """True for a facet with values; sources and languages also have to be able to change something."""
    return bool(facet.values) and (facet.field not in ("sources", "languages") or can_narrow(facet, total))


def _readings(result: SearchResult) -> tuple[Link, ...]:
    """Return other interpretations of the same words, any or all of them only where that finds other articles."""
    request = result.request
    links = []
    if len(request.q.split()) > 1:
        if result.is_any and (result.total_all or request.words is WordMode.ANY):
            links.append(Link("all words instead", search_url(with_words(request, WordMode.ALL))))
        elif not result.is_any and result.total_any > result.total:
            links.append(Link("any word instead", search_url(with_words(request, WordMode.ANY))))
    if request.q.strip():
        text = "words in all their forms" if request.is_exact else "exactly these words"
        links.append(Link(text, search_url(with_words(request, request.words, is_exact=not request.is_exact))))
    return tuple(links)


def _fallback(result: SearchResult) -> str:
    if not result.is_any or not result.total or result.request.words is WordMode.ANY:
        return ""
    if result.total_all:
        return "A long query is read as any of its words; the best articles come first."
    return f"No article contains all your words. {result.total:,} match only some of them."


def _more(result: SearchResult) -> Link | None:
    more = result.total_any - result.total
    if result.is_any or more < 1 or not result.request.q.strip():
        return None
    verb = "matches" if more == 1 else "match"
    return Link(f"{more:,} more {verb} only some of your words", search_url(with_words(result.request, WordMode.ANY)))


def _partial_more(result: SearchResult) -> Link | None:
    if result.total_any - result.total <= len(result.partial):
        return None
    text = f"All {result.total_any:,} articles with some of your words"
    return Link(text, search_url(with_words(result.request, WordMode.ANY)))


def _notes(notes: Sequence[EntityNote]) -> tuple[NotePart, ...]:
    words = [note.text for note in notes]
    return tuple(
        NotePart(
            word="" if i and words[i - 1] == note.text else note.text,
            name=note.entity.name,
            css=note.entity.kind.value,
            kind=kind_in_words(note.entity.kind),
            count=count_in_words(note.entity.documents, "article"),
            search_url=entity_search_url(note.entity.kind, note.entity.id),
            url=entity_url(note.entity.id),
        )
        for i, note in enumerate(notes)
    )


def _kept(request: SearchRequest, facets: Mapping[str, Facet]) -> tuple[tuple[str, str], ...]:
    """Return the hidden parameters of the form: those that none of its controls sends."""
    shown = {
        (facet.parameter, parameter_value(facet.field, value.value))
        for facet in facets.values()
        if facet.field in _FORM_FIELDS
        for value in facet.values
    }
    with_modes = {
        f"{facets[selection.field].parameter}.op"
        for selection in request.selections
        if selection.field in CHECK_BOX_FACETS and selection.field in facets and selection.values
    }
    names = {"q", "sort", "from", "to", "page", *with_modes}
    if has_amount_sides(request):
        names.add("amount")
    return tuple(pair for pair in parameters_without(request, names) if pair not in shown)


def _exports(request: SearchRequest) -> tuple[Link, ...]:
    articles = tuple(Link(form.upper(), export_url(request, form)) for form in _EXPORTS)
    return (*articles, Link("mentions", export_url(request, "csv", of="mentions")))


def _sorts(request: SearchRequest) -> tuple[Option, ...]:
    """Return the sort orders. The default order has no parameter, so that the address stays short."""
    usual = Sort.RELEVANCE if request.q.strip() else Sort.NEWEST
    chosen = request.sort or usual
    return tuple(
        Option("" if sort is usual else sort.value, text, sort is chosen)
        for sort, text in _SORT_TEXTS.items()
        if sort is not Sort.RELEVANCE or request.q.strip()
    )


def _undated(result: SearchResult) -> str:
    request = result.request
    is_by_date = (request.sort or (Sort.RELEVANCE if request.q.strip() else Sort.NEWEST)) is not Sort.RELEVANCE
    if not result.undated or not is_by_date or request.is_undated or result.undated == result.total:
        return ""
    return f"{result.undated:,} undated at the end"
