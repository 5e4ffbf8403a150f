"""The number that a facet value shows is the number of articles that choosing it gives."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.fields import FACET_FIELDS
from index.settings import Settings
from search.engines.base import MatchMode, Selection
from search.parameters import from_parameters, to_parameters
from search.request import SearchRequest, WordMode
from search.results import Facet, FacetValue
from search.service import SearchService, open_service

QUERIES = ["", "patriot", "Patriot withdrawal", "S-400 -withdrawal", "zebra patriot", "person:Erdogan OR Demir"]


@pytest.fixture(scope="module")
def service(seed_index: Path, seed_settings: Settings) -> Iterator[SearchService]:
    assert seed_index == seed_settings.index
    service = open_service(seed_settings)
    yield service
    service.close()


def choosing(request: SearchRequest, facet: Facet, value: FacetValue) -> SearchRequest:
    """The request of the link behind a value that is not chosen yet."""
    others = tuple(selection for selection in request.selections if selection.field != facet.field)
    old = next(
        (selection for selection in request.selections if selection.field == facet.field), Selection(facet.field)
    )
    # With "any", a value is counted as if it were the only one chosen; with "all", as if it were one more.
    kept = old.values if old.mode is MatchMode.ALL else ()
    chosen = replace(old, values=tuple(sorted({*kept, value.value})))
    return replace(request, selections=(*others, chosen))


def wrong_counts(service: SearchService, request: SearchRequest) -> list[tuple[str, str, int, int]]:
    """Field, value, number shown and number given, of the values for which the two differ."""
    result = service.search(replace(request, size=0), facets=FACET_FIELDS, facet_limit=1000)
    shown = [(facet, value) for facet in result.facets for value in facet.values if not value.is_excluded]
    given = [service.search(choosing(request, facet, value), facets=()).total for facet, value in shown]
    return [
        (facet.field, value.value, value.count, total)
        for (facet, value), total in zip(shown, given, strict=True)
        if value.count != total
    ]


@pytest.mark.parametrize("q", QUERIES)
def test_every_value_of_the_seeds_gives_the_number_it_shows(service: SearchService, q: str) -> None:
    result = service.search(SearchRequest(q=q, size=0), facets=FACET_FIELDS, facet_limit=1000)

    assert sum(len(facet.values) for facet in result.facets) > 10
    assert wrong_counts(service, SearchRequest(q=q)) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), q=st.sampled_from(QUERIES), words=st.sampled_from(WordMode))
def test_the_number_holds_beside_other_choices(
    service: SearchService, data: st.DataObject, q: str, words: WordMode
) -> None:
    facets = service.search(SearchRequest(size=0), facets=FACET_FIELDS, facet_limit=1000).facets
    facet = data.draw(st.sampled_from([facet for facet in facets if facet.values]))
    values = [value.value for value in facet.values]
    selection = Selection(
        facet.field,
        tuple(sorted(data.draw(st.sets(st.sampled_from(values), min_size=1, max_size=2)))),
        data.draw(st.sampled_from(MatchMode)),
        tuple(sorted(data.draw(st.sets(st.sampled_from(values), max_size=1)))),
    )

    assert wrong_counts(service, SearchRequest(q=q, words=words, selections=(selection,))) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), q=st.sampled_from(QUERIES))
def test_a_choice_and_its_address_are_the_same_search(service: SearchService, data: st.DataObject, q: str) -> None:
    facets = service.search(SearchRequest(q=q, size=0), facets=FACET_FIELDS, facet_limit=1000).facets
    facet = data.draw(st.sampled_from([facet for facet in facets if facet.values]))
    value = data.draw(st.sampled_from(facet.values))

    again, notices = from_parameters(to_parameters(choosing(SearchRequest(q=q), facet, value)))

    assert notices == ()
    assert service.search(again, facets=()).total == value.count


@pytest.mark.parametrize("q", QUERIES)
def test_hits_export_and_undated_agree_with_the_total(service: SearchService, q: str) -> None:
    result = service.search(SearchRequest(q=q, size=100))

    assert len(result.hits) == result.total == len(list(service.export(SearchRequest(q=q))))
    assert result.undated == sum(hit.published is None for hit in result.hits)
    assert [hit.id for hit in result.hits] == [hit.id for hit in service.export(SearchRequest(q=q))]
