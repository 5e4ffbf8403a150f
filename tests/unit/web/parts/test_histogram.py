import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from search.engines.base import Selection
from search.query.ast import Axis
from search.request import SearchRequest
from search.results import FacetValue
from web.parts.histogram import draw_histogram, histogram_fields


def values(*counts: tuple[str, int], selected: str = "") -> list[FacetValue]:
    return [FacetValue(value, value, count, value == selected) for value, count in counts]


def parameters(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query)


YEARS = values(("2017", 2), ("2018", 1), ("2019", 1), ("2020", 3))
MONTHS = values(("2017-12", 2), ("2018-04", 1), ("2019-07", 1), ("2020-01", 3))


@pytest.mark.parametrize(
    ("request_", "first"),
    [
        (SearchRequest(), "2017"),
        (SearchRequest(date_from="2018", date_to="2018"), "2018-04"),
        (SearchRequest(date_from="2018-05", date_to="2019-12"), "2019-07"),
        (SearchRequest(date_from="2018", date_to="2020"), "2018"),
        (SearchRequest(date_from="2020"), "2020-01"),
        (SearchRequest(selections=(Selection("date_months", ("2018-04",)),)), "2017-12"),
        (SearchRequest(date_from="2018", date_to="2018", selections=(Selection("date_years", ("2018",)),)), "2018"),
    ],
)
def test_a_year_or_two_are_shown_by_month(request_: SearchRequest, first: str) -> None:
    assert draw_histogram(request_, YEARS, MONTHS, undated=0).bars[0].text == first


def test_the_fields_of_the_bars_are_those_of_the_axis() -> None:
    assert histogram_fields(SearchRequest(axis=Axis.PUBLISHED)) == ("published_years", "published_months")


def test_years_without_articles_keep_their_place() -> None:
    histogram = draw_histogram(SearchRequest(), values(("2017", 2), ("2019", 1)), undated=0)
    assert [(bar.text, bar.count) for bar in histogram.bars] == [("2017", 2), ("2018", 0), ("2019", 1)]


def test_months_go_over_the_end_of_a_year() -> None:
    request = SearchRequest(date_from="2018", date_to="2019")
    years, months = values(("2018", 1), ("2019", 1)), values(("2018-11", 1), ("2019-01", 1))
    histogram = draw_histogram(request, years, months, undated=0)
    assert [bar.text for bar in histogram.bars] == ["2018-11", "2018-12", "2019-01"]


def test_a_bar_adds_its_year() -> None:
    histogram = draw_histogram(SearchRequest(q="deal"), values(("2017", 2)), undated=0)
    assert parameters(histogram.bars[0].url) == [("q", "deal"), ("year", "2017")]


def test_a_chosen_bar_takes_its_year_away() -> None:
    request = SearchRequest(q="deal", selections=(Selection("date_years", ("2017",)),))
    histogram = draw_histogram(request, values(("2017", 2), selected="2017"), undated=0)
    assert histogram.bars[0].is_selected
    assert parameters(histogram.bars[0].url) == [("q", "deal")]


def test_a_chosen_year_can_be_seen_by_month() -> None:
    request = SearchRequest(selections=(Selection("date_years", ("2017",)),))
    histogram = draw_histogram(request, values(("2017", 2), selected="2017"), undated=0)
    assert histogram.by_month is not None
    assert parameters(histogram.by_month.url) == [("from", "2017"), ("to", "2017")]


def test_the_highest_bar_is_as_high_as_bars_get_and_small_ones_can_be_seen() -> None:
    histogram = draw_histogram(SearchRequest(), values(("2017", 1000), ("2018", 1)), undated=0)
    assert re.findall(r"v-(\d+)", histogram.shape) == ["96", "3"]


def test_a_bar_without_articles_leads_nowhere() -> None:
    histogram = draw_histogram(SearchRequest(), values(("2017", 2), ("2019", 1)), undated=0)
    assert [bool(bar.url) for bar in histogram.bars] == [True, False, True]
    assert histogram.list_url == "/facet/year"


def test_at_most_forty_bars_are_drawn_where_most_articles_are() -> None:
    found = values(("1453", 1), *((str(year), 5) for year in range(1980, 2021)), ("2150", 1))
    histogram = draw_histogram(SearchRequest(), found, undated=0)
    assert (histogram.bars[0].text, histogram.bars[-1].text) == ("1981", "2020")
    assert histogram.earlier is not None
    assert parameters(histogram.earlier.url) == [("from", "1453"), ("to", "1980")]
    assert histogram.later is not None
    assert parameters(histogram.later.url) == [("from", "2150"), ("to", "2150")]


def test_only_the_chosen_range_is_drawn() -> None:
    request = SearchRequest(date_from="2017-06", date_to="2019-01")
    histogram = draw_histogram(request, values(("2016", 1), ("2017", 1), ("2019", 1), ("2020", 1)), undated=0)
    assert [bar.text for bar in histogram.bars] == ["2017", "2018", "2019"]


def test_undated_is_no_bar_but_a_link() -> None:
    found = values(("undated", 4), ("2021", 1))
    histogram = draw_histogram(SearchRequest(axis=Axis.PUBLISHED), found, undated=4)
    assert [bar.text for bar in histogram.bars] == ["2021"]
    assert histogram.undated is not None
    assert (histogram.undated.note, parameters(histogram.undated.url)[-1]) == ("4", ("undated", "yes"))


def test_undated_is_no_link_when_it_is_a_filter_already() -> None:
    assert draw_histogram(SearchRequest(is_undated=True), [], undated=4).undated is None


def test_without_any_date_nothing_is_drawn() -> None:
    histogram = draw_histogram(SearchRequest(), [], undated=0)
    assert (histogram.bars, histogram.summary, histogram.undated) == ((), "", None)


def test_the_drawing_is_said_in_one_sentence() -> None:
    histogram = draw_histogram(SearchRequest(), values(("2017", 2), ("2019", 1)), undated=0)
    assert histogram.summary == "Articles by years mentioned in the text, 2017 to 2019; most in 2017: 2 articles"
