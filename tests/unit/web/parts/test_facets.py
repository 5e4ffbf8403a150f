from urllib.parse import parse_qsl, urlsplit

import pytest

from search.engines.base import MatchMode, Selection
from search.query.ast import Axis
from search.request import SearchRequest
from search.results import Facet, FacetValue
from web.parts.facets import amounts_part, can_narrow, chips_of, facet_part

DEMIR = FacetValue("ismail-demir", "İsmail Demir", 3)
PUTIN = FacetValue("vladimir-putin", "Vladimir Putin", 1200)
PEOPLE = Facet("people", "person", "People", MatchMode.ANY, (DEMIR, PUTIN), 7)


def parameters(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query)


def test_a_facet_with_more_values_leads_to_all_of_them() -> None:
    part = facet_part(PEOPLE, SearchRequest(q="deal", page=3))
    assert (part.all_text, part.all_url) == ("All 7 people", "/facet/person?q=deal&page=3")


def test_a_facet_whose_values_are_all_here_says_nothing_of_more() -> None:
    part = facet_part(
        Facet("sources", "source", "Sources", MatchMode.ANY, (FacetValue("x", "x", 1),), 1), SearchRequest()
    )
    assert (part.all_text, part.all_url) == ("", "/facet/source")


def test_systems_are_grouped_by_what_they_are() -> None:
    values = (
        FacetValue("b", "B", 4, category="fighter"),
        FacetValue("x", "X", 3),
        FacetValue("a", "A", 2, category="air defence"),
        FacetValue("c", "C", 1, category="fighter"),
    )
    part = facet_part(Facet("systems", "system", "Systems", MatchMode.ANY, values, 4), SearchRequest())
    assert [(heading, [value.text for value in inside]) for heading, inside in part.groups] == [
        ("Air defence", ["A"]),
        ("Fighter", ["B", "C"]),
        ("Others", ["X"]),
    ]


def test_values_that_nothing_is_said_of_have_no_groups() -> None:
    [(heading, values)] = facet_part(PEOPLE, SearchRequest()).groups
    assert (heading, len(values)) == ("", 2)


def test_counts_have_their_thousands_apart() -> None:
    assert facet_part(PEOPLE, SearchRequest()).values[1].count == "1,200"


def test_entities_have_pages_and_sources_have_none() -> None:
    sources = Facet("sources", "source", "Sources", MatchMode.ANY, (FacetValue("x", "x", 1),), 1)
    assert facet_part(PEOPLE, SearchRequest()).values[0].page_url == "/entity/ismail-demir"
    assert facet_part(sources, SearchRequest()).values[0].page_url == ""


@pytest.mark.parametrize(("chosen", "modes"), [((), ()), (("a",), ("any", "all")), (("a", "b"), ("any", "all"))])
def test_any_or_all_is_a_question_from_the_first_value_on(chosen: tuple[str, ...], modes: tuple[str, ...]) -> None:
    part = facet_part(PEOPLE, SearchRequest(selections=(Selection("people", chosen),)))
    assert tuple(option.text for option in part.modes) == modes


def test_a_value_can_be_excluded_and_taken_back() -> None:
    excluded = facet_part(PEOPLE, SearchRequest(q="deal")).values[0].exclude_url
    assert parameters(excluded) == [("q", "deal"), ("person", "-ismail-demir")]
    facet = Facet(
        "people", "person", "People", MatchMode.ANY, (FacetValue("ismail-demir", "D", 3, is_excluded=True),), 1
    )
    request = SearchRequest(q="deal", selections=(Selection("people", (), MatchMode.ANY, ("ismail-demir",)),))
    assert parameters(facet_part(facet, request).values[0].exclude_url) == [("q", "deal")]


def test_a_check_box_sends_a_value_that_begins_with_a_dash_as_a_value() -> None:
    facet = Facet("sources", "source", "Sources", MatchMode.ANY, (FacetValue("-30-", "-30-", 1),), 1)
    assert facet_part(facet, SearchRequest()).values[0].value == "\\-30-"


CURRENCIES = Facet(
    "currencies", "cur", "Currencies", MatchMode.ANY, (FacetValue("USD", "USD", 4), FacetValue("EUR", "EUR", 1)), 2
)
SIZES = Facet(
    "amount_sizes",
    "amount_size",
    "Amounts by size",
    MatchMode.ANY,
    (FacetValue("EUR:6", "e", 1), FacetValue("USD:8", "u", 1), FacetValue("USD:9", "u", 4)),
    3,
)


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [((), ["USD:8", "USD:9"]), (("EUR",), ["EUR:6"]), (("EUR", "USD"), ["EUR:6", "USD:8", "USD:9"])],
)
def test_sizes_are_those_of_the_chosen_currency_or_of_the_first(chosen: tuple[str, ...], shown: list[str]) -> None:
    selections = (Selection("currencies", chosen),) if chosen else ()
    part = amounts_part(SearchRequest(selections=selections), CURRENCIES, SIZES)
    assert [value.value for values in part.sizes.values() for value in values] == shown


def test_sizes_stand_under_their_own_currency() -> None:
    selections = (Selection("currencies", ("EUR", "USD")),)
    sizes = amounts_part(SearchRequest(selections=selections), CURRENCIES, SIZES).sizes
    assert {currency: [value.value for value in values] for currency, values in sizes.items()} == {
        "EUR": ["EUR:6"],
        "USD": ["USD:8", "USD:9"],
    }


@pytest.mark.parametrize(
    ("chosen", "shown", "has_more"),
    [((), [3, 4, 5, 6, 7, 8], True), ((1, 2), [1, 2, 5, 6, 7, 8], True), (tuple(range(1, 9)), [*range(1, 9)], False)],
)
def test_six_sizes_are_shown_the_chosen_and_the_most_frequent(
    chosen: tuple[int, ...], shown: list[int], has_more: bool
) -> None:
    values = tuple(
        FacetValue(f"USD:{power}", f"USD 10^{power}", count=power, is_selected=power in chosen) for power in range(1, 9)
    )
    sizes = Facet("amount_sizes", "amount_size", "Sizes", MatchMode.ANY, values, len(values))
    part = amounts_part(SearchRequest(), CURRENCIES, sizes)
    assert [int(value.value.partition(":")[2]) for value in part.sizes["USD"]] == shown
    assert part.sizes_url == ("/facet/amount_size" if has_more else "")


def test_sizes_outside_of_the_range_are_left_out() -> None:
    sizes = amounts_part(SearchRequest(amount=">1bn"), CURRENCIES, SIZES).sizes
    assert [value.value for value in sizes["USD"]] == ["USD:9"]


def test_two_filters_by_amount_say_what_they_mean_together() -> None:
    chosen = (Selection("currencies", ("USD",)),)
    assert amounts_part(SearchRequest(selections=chosen), CURRENCIES, SIZES).hint == ""
    assert "another amount" in amounts_part(SearchRequest(amount=">1bn", selections=chosen), CURRENCIES, SIZES).hint


@pytest.mark.parametrize(("distinct", "count", "expected"), [(1, 5, False), (1, 4, True), (2, 5, True)])
def test_a_facet_can_narrow_unless_all_articles_have_its_one_value(distinct: int, count: int, expected: bool) -> None:
    facet = Facet("sources", "source", "Sources", MatchMode.ANY, (FacetValue("x", "x", count),), distinct)
    assert can_narrow(facet, 5) is expected


def test_a_value_can_be_the_only_one() -> None:
    request = SearchRequest(q="deal", selections=(Selection("people", ("a", "b"), MatchMode.ALL),))
    assert parameters(facet_part(PEOPLE, request).values[0].only_url) == [("q", "deal"), ("person", "ismail-demir")]


def test_an_archive_without_amounts_has_no_filter_for_them() -> None:
    part = amounts_part(SearchRequest(), None, None)
    assert (part.currencies, part.sizes, part.is_open) == (None, {}, False)


def test_each_filter_is_a_chip_that_takes_it_off() -> None:
    request = SearchRequest(
        q="deal",
        selections=(
            Selection("people", ("ismail-demir", "vladimir-putin"), MatchMode.ALL),
            Selection("systems", (), MatchMode.ANY, ("f-35",)),
        ),
        amount=">1bn",
        date_from="2017",
        axis=Axis.PUBLISHED,
        is_undated=True,
    )
    chips = chips_of(request, {("people", "ismail-demir"): "İsmail Demir"})
    assert [(chip.joiner, chip.label, chip.text) for chip in chips] == [
        ("", "People", "İsmail Demir"),
        ("and", "People", "vladimir-putin"),
        ("", "not Systems", "f-35"),
        ("", "Amount", "above 1bn"),
        ("", "Published", "from 2017"),
        ("", "Published", "undated"),
    ]
    assert ("person", "ismail-demir") not in parameters(chips[0].remove_url)
    assert ("system", "-f-35") not in parameters(chips[2].remove_url)
    assert "amount" not in dict(parameters(chips[3].remove_url))
    assert "from" not in dict(parameters(chips[4].remove_url))
    assert "undated" not in dict(parameters(chips[5].remove_url))


def test_chips_have_ids_of_their_own() -> None:
    request = SearchRequest(selections=(Selection("people", ("a", "b")), Selection("systems", ("a",))), amount="1bn")
    identifiers = [chip.identifier for chip in chips_of(request, {})]
    assert len(set(identifiers)) == 4
