"""Facets and filters of the service on the five seed articles."""

import pytest
from msgspec.structs import replace

from index.errors import UsageError
from search.answer.service import SearchService
from search.engines.base import MatchMode, Selection
from search.query.ast import Axis
from search.request import SearchRequest
from tests.unit.search.answer.seeds import numbers


def test_chosen_values_come_first_and_do_not_narrow_their_own_facet(service: SearchService) -> None:
    request = SearchRequest(q="Patriot withdrawal", selections=(Selection("people", ("hulusi-akar",)),))

    [people, systems] = service.search(request, facets=("people", "systems")).facets

    assert (people.values[0].label, people.values[0].is_selected) == ("Hulusi Akar", True)
    assert {value.label: value.count for value in people.values}["Vladimir Putin"] == 2
    assert {value.count for value in systems.values} == {1}


def test_all_chosen_values_together(service: SearchService) -> None:
    selection = Selection("people", ("hulusi-akar", "vladimir-putin"), MatchMode.ALL)

    assert numbers(service.search(SearchRequest(selections=(selection,)))) == ["003"]


def test_an_excluded_value(service: SearchService) -> None:
    request = SearchRequest(q="patriot", selections=(Selection("people", excluded=("hulusi-akar",)),))

    [people] = service.search(request, facets=("people",)).facets

    assert numbers(service.search(request)) == ["000", "001", "004"]
    assert [value.value for value in people.values if value.is_excluded] == ["hulusi-akar"]


def test_values_are_found_within_a_facet_by_alias(service: SearchService) -> None:
    facet = service.facet_values("systems", SearchRequest(), contains="mim")

    assert [(value.label, value.count) for value in facet.values] == [("MIM-104 Patriot", 4)]
    assert facet.distinct == 1


def test_all_values_of_a_facet_by_name_a_page_at_a_time(service: SearchService) -> None:
    whole = service.facet_values("places", SearchRequest(), order="name", limit=100)
    second = service.facet_values("places", SearchRequest(), order="name", limit=2, offset=2)

    assert [value.label for value in whole.values] == sorted(value.label for value in whole.values)
    assert second.values == whole.values[2:4]
    assert second.distinct == len(whole.values)


def test_a_field_that_is_no_facet_is_refused(service: SearchService) -> None:
    with pytest.raises(UsageError, match="no facet 'body'"):
        service.facet_values("body", SearchRequest())


def test_a_filter_that_cannot_be_read_is_left_out_with_a_notice(service: SearchService) -> None:
    result = service.search(SearchRequest(q="patriot", amount="lots"))

    assert result.total == 5
    assert "not an amount" in result.notices[0].message


def test_dates_of_publication_narrow_a_search(service: SearchService) -> None:
    request = SearchRequest(date_from="2021-09", date_to="2021", axis=Axis.PUBLISHED)

    assert numbers(service.search(request)) == ["002"]


def test_undated_articles_are_counted_and_can_be_asked_for(service: SearchService) -> None:
    assert service.search(SearchRequest()).undated == 4
    assert service.search(SearchRequest(is_undated=True)).total == 4
    years = Selection("published_years", ("undated",))
    assert service.search(SearchRequest(selections=(years,))).undated == 4


@pytest.mark.parametrize("field", ["people", "organizations", "places", "systems", "currencies", "sources"])
@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(),
        SearchRequest(q="patriot"),
        SearchRequest(q="patriot withdrawal nothinglikethis"),
        SearchRequest(selections=(Selection("people", ("hulusi-akar",)), Selection("sources", ("Press TV",)))),
        SearchRequest(selections=(Selection("people", excluded=("hulusi-akar",)),), unnamed=("currencies",)),
    ],
)
def test_the_articles_without_a_value_are_as_many_as_are_counted(
    service: SearchService, request_: SearchRequest, field: str
) -> None:
    [facet] = service.search(request_, facets=(field,)).facets
    others = tuple(selection for selection in request_.selections if selection.field != field)
    named = {value.value for value in service.facet_values(field, SearchRequest(), limit=1000).values}
    asked = replace(request_, selections=others, unnamed=(*request_.unnamed, field))

    result = service.search(asked, facets=(field,))

    assert result.total == facet.unnamed
    assert result.facets[0].distinct == 0
    some = replace(request_, selections=(*others, Selection(field, tuple(named))))
    assert result.total + service.count(some) == service.count(replace(request_, selections=others))


@pytest.mark.parametrize("field", ["date_years", "date_months", "published_months"])
def test_times_stand_in_their_own_order(service: SearchService, field: str) -> None:
    def values(order: str) -> list[str]:
        found = service.facet_values(field, SearchRequest(), order=order, limit=1000).values
        return [value.value for value in found]

    assert values("") == values("name") == sorted(values("count"))
    assert len(values("")) >= 2
    by_count = [value.count for value in service.facet_values(field, SearchRequest(), order="count").values]
    assert by_count == sorted(by_count, reverse=True)
