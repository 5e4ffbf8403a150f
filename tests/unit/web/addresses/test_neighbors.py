import pytest

from search.engines.base import MatchMode, Selection, Sort
from search.query.ast import Axis
from search.request import SearchRequest, WordMode
from web.addresses.neighbors import (
    at_page,
    selection_of,
    with_amount,
    with_axis,
    with_dates,
    with_mode,
    with_none,
    with_period,
    with_query,
    with_sort,
    with_undated,
    with_value,
    with_words,
    without_dates,
    without_filters,
    without_value,
)

TWO_PEOPLE = SearchRequest(
    q="deal", selections=(Selection("people", ("a", "b"), MatchMode.ALL),), amount=">1bn", date_from="2019", page=3
)


def test_a_field_without_choice_has_an_empty_selection() -> None:
    assert selection_of(SearchRequest(), "people") == Selection("people")


def test_a_value_is_added_to_those_chosen() -> None:
    assert selection_of(with_value(TWO_PEOPLE, "people", "c"), "people").values == ("a", "b", "c")


def test_choosing_a_value_twice_chooses_it_once() -> None:
    assert selection_of(with_value(TWO_PEOPLE, "people", "a"), "people").values == ("b", "a")


def test_an_excluded_value_is_no_longer_chosen() -> None:
    selection = selection_of(with_value(TWO_PEOPLE, "people", "a", is_excluded=True), "people")
    assert (selection.values, selection.excluded) == (("b",), ("a",))


def test_the_last_value_takes_the_selection_with_it() -> None:
    request = without_value(with_value(SearchRequest(), "people", "a"), "people", "a")
    assert request == SearchRequest()


def test_all_stays_until_the_last_value_is_removed() -> None:
    one = without_value(TWO_PEOPLE, "people", "a")
    assert selection_of(one, "people").mode is MatchMode.ALL
    assert selection_of(without_value(one, "people", "b"), "people").mode is MatchMode.ANY


def test_the_mode_can_be_changed() -> None:
    assert selection_of(with_mode(TWO_PEOPLE, "people", MatchMode.ANY), "people").mode is MatchMode.ANY


def test_other_words_are_read_anew() -> None:
    request = with_query(SearchRequest(q="a", words=WordMode.ANY), "b")
    assert (request.q, request.words) == ("b", WordMode.AUTO)


def test_how_words_are_compared_is_kept_unless_asked() -> None:
    request = SearchRequest(q="a", is_exact=True)
    assert with_words(request, WordMode.ANY).is_exact
    assert not with_words(request, WordMode.ANY, is_exact=False).is_exact


def test_a_new_axis_drops_the_range_of_the_old_one() -> None:
    assert with_axis(TWO_PEOPLE, Axis.PUBLISHED).date_from == ""


def test_the_same_axis_changes_nothing() -> None:
    assert with_axis(TWO_PEOPLE, Axis.MENTIONED).date_from == TWO_PEOPLE.date_from
    chosen = SearchRequest(axis=Axis.PUBLISHED, date_from="2019")
    assert with_axis(chosen, Axis.PUBLISHED) is chosen


def test_undated_articles_can_speak_of_a_year() -> None:
    request = with_undated(TWO_PEOPLE, is_undated=True)
    assert (request.date_from, request.is_undated) == ("2019", True)


def test_undated_articles_have_no_range_of_publication() -> None:
    request = with_undated(SearchRequest(axis=Axis.PUBLISHED, date_from="2019"), is_undated=True)
    assert (request.date_from, request.is_undated) == ("", True)


def test_a_range_of_publication_ends_undated() -> None:
    request = with_dates(SearchRequest(axis=Axis.PUBLISHED, is_undated=True), "2019", "")
    assert not request.is_undated


def test_articles_without_a_value_take_the_place_of_those_with_one() -> None:
    request = with_none(TWO_PEOPLE, "people")
    assert (request.selections, request.unnamed) == ((), ("people",))
    assert with_none(request, "people", is_none=False).unnamed == ()


def test_a_value_takes_the_place_of_none() -> None:
    request = with_value(with_none(with_none(SearchRequest(), "places"), "people"), "people", "a")
    assert (request.selections, request.unnamed) == ((Selection("people", ("a",)),), ("places",))


def test_without_dates_years_and_months_go_too() -> None:
    request = SearchRequest(
        selections=(Selection("date_years", ("2019",)), Selection("people", ("a",))), date_to="2020", period="2019-07"
    )
    assert without_dates(request) == SearchRequest(selections=(Selection("people", ("a",)),))


def test_a_period_belongs_to_its_axis() -> None:
    asked = with_period(SearchRequest(q="a", page=2), Axis.PUBLISHED, "2019")
    assert asked == SearchRequest(q="a", period="2019", axis=Axis.PUBLISHED)
    assert with_axis(asked, Axis.MENTIONED) == SearchRequest(q="a", axis=Axis.MENTIONED)
    assert with_period(SearchRequest(), Axis.MENTIONED, "2010s") == SearchRequest(period="2010s")
    assert with_period(asked, Axis.PUBLISHED, "").period == ""


def test_a_period_of_publication_is_not_one_of_undated_articles() -> None:
    undated = SearchRequest(is_undated=True, axis=Axis.PUBLISHED)
    assert not with_period(undated, Axis.PUBLISHED, "2019").is_undated
    assert with_period(undated, Axis.MENTIONED, "2019").is_undated
    assert with_undated(with_period(SearchRequest(), Axis.PUBLISHED, "2019"), is_undated=True).period == ""


def test_without_filters_the_words_and_the_order_stay() -> None:
    request = SearchRequest(q="a", selections=TWO_PEOPLE.selections, amount="1bn", sort=Sort.OLDEST, is_undated=True)
    assert without_filters(request) == SearchRequest(q="a", sort=Sort.OLDEST)


@pytest.mark.parametrize(
    "changed",
    [
        with_value(TWO_PEOPLE, "people", "c"),
        without_value(TWO_PEOPLE, "people", "a"),
        with_mode(TWO_PEOPLE, "people", MatchMode.ANY),
        with_query(TWO_PEOPLE, "b"),
        with_words(TWO_PEOPLE, WordMode.ANY),
        with_amount(TWO_PEOPLE, ""),
        with_dates(TWO_PEOPLE, "", ""),
        with_axis(TWO_PEOPLE, Axis.PUBLISHED),
        with_undated(TWO_PEOPLE, is_undated=True),
        with_none(TWO_PEOPLE, "people"),
        with_none(TWO_PEOPLE, "people", is_none=False),
        with_sort(TWO_PEOPLE, Sort.NEWEST),
        without_dates(TWO_PEOPLE),
        without_filters(TWO_PEOPLE),
    ],
)
def test_every_other_search_begins_at_its_first_page(changed: SearchRequest) -> None:
    assert changed.page == 1


def test_a_page_is_the_same_search() -> None:
    assert at_page(at_page(TWO_PEOPLE, 7), 3) == TWO_PEOPLE
