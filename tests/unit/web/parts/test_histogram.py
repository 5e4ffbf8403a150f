import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from search.query.ast import Axis
from search.request import SearchRequest
from search.views import PeriodCount, Timeline
from web.parts.histogram import draw_histogram
from web.parts.records import HistogramPart

MENTIONED, PUBLISHED = Axis.MENTIONED, Axis.PUBLISHED


def timeline(*bars: tuple[str, int], around: str = "", whole: tuple[tuple[str, int], ...] = ()) -> Timeline:
    return Timeline(
        MENTIONED, around, tuple(PeriodCount(*bar) for bar in bars), tuple(PeriodCount(*one) for one in whole)
    )


def draw(*bars: tuple[str, int], **parts: object) -> HistogramPart:
    return draw_histogram(SearchRequest(), timeline(*bars, **parts))  # type: ignore[arg-type]  # as `timeline` takes


def parameters(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query)


@pytest.mark.parametrize(
    ("bars", "texts", "ticks"),
    [
        (["1980s", "2000s"], ["1980s", "1990s", "2000s"], ["1980s", "", "2000s"]),
        (["2017", "2019"], ["2017", "2018", "2019"], ["2017", "2018", "2019"]),
        (
            ["2018-11", "2019-01"],
            ["November 2018", "December 2018", "January 2019"],
            ["2018-11", "", "2019-01"],
        ),
        (["2019-06", "2019-07"], ["June 2019", "July 2019"], ["2019-06", ""]),
        (["2019-07-05", "2019-07-07"], ["5 July 2019", "6 July 2019", "7 July 2019"], ["5", "6", "7"]),
    ],
)
def test_periods_without_articles_keep_their_place(bars: list[str], texts: list[str], ticks: list[str]) -> None:
    histogram = draw(*((bar, 2) for bar in bars))
    assert [bar.text for bar in histogram.bars] == texts
    assert [bar.tick for bar in histogram.bars] == ticks
    assert [bar.count for bar in histogram.bars] == [2 * (bar.text in (texts[0], texts[-1])) for bar in histogram.bars]


def test_months_of_a_year_that_is_said_above_have_their_name_alone() -> None:
    histogram = draw(("2019-06", 1), ("2019-07", 2), around="2019")
    assert [bar.tick for bar in histogram.bars] == ["Jun", "Jul"]


def test_a_bar_leads_into_its_period() -> None:
    histogram = draw_histogram(SearchRequest(q="deal", page=3), timeline(("2017", 2)))
    assert parameters(histogram.bars[0].url) == [("q", "deal"), ("period", "2017")]
    shown = Timeline(PUBLISHED, "", (PeriodCount("2017", 2),), ())
    histogram = draw_histogram(SearchRequest(q="deal", is_undated=True), shown)
    assert parameters(histogram.bars[0].url) == [("q", "deal"), ("period", "2017"), ("axis", "published")]


def test_a_bar_without_articles_leads_nowhere() -> None:
    assert [bool(bar.url) for bar in draw(("2017", 2), ("2019", 1)).bars] == [True, False, True]


def test_a_chosen_day_leads_back_to_all_of_its_month_and_the_others_stay() -> None:
    request = SearchRequest(period="2019-07-05")
    histogram = draw_histogram(request, timeline(("2019-07-05", 1), ("2019-07-06", 4), around="2019-07"))
    chosen, other = histogram.bars
    assert (chosen.is_selected, other.is_selected) == (True, False)
    assert (parameters(chosen.url), parameters(other.url)) == ([("period", "2019-07")], [("period", "2019-07-06")])


@pytest.mark.parametrize(
    ("asked", "around", "up"),
    [
        ("", "", []),
        ("2010s", "2010s", [("All dates", ""), ("2010s", "2010s")]),
        ("2019", "2019", [("All dates", ""), ("2010s", "2010s"), ("2019", "2019")]),
        ("2019-07", "2019-07", [("All dates", ""), ("2010s", "2010s"), ("2019", "2019"), ("July 2019", "2019-07")]),
        ("2019-07-05", "2019-07", [("All dates", ""), ("2010s", "2010s"), ("2019", "2019"), ("July 2019", "2019-07")]),
        ("XXXX", "", [("All dates", "")]),
    ],
)
def test_the_way_up_leads_through_all_periods_around(asked: str, around: str, up: list[tuple[str, str]]) -> None:
    histogram = draw_histogram(SearchRequest(period=asked), timeline(around=around))
    assert [(link.text, dict(parameters(link.url)).get("period", "")) for link in histogram.ways_up] == up


def test_less_exact_dates_are_bands_over_their_years_with_links() -> None:
    histogram = draw(("1999", 4), ("2000", 2), ("2001", 1), whole=(("XXXX", 1), ("199X", 2), ("200X", 3)))
    assert [(link.text, link.note) for link in histogram.whole] == [
        ("several decades", "1"),
        ("1990s, no single year", "2"),
        ("2000s, no single year", "3"),
    ]
    assert [dict(parameters(link.url))["period"] for link in histogram.whole] == ["XXXX", "199X", "200X"]
    slot = 100 / 10
    assert [(band.x, float(band.width)) for band in histogram.bands] == [
        ("0", pytest.approx(3 * slot, abs=0.01)),
        ("0", pytest.approx(slot, abs=0.01)),
        ("10", pytest.approx(2 * slot, abs=0.01)),
    ]
    # Bars and bands have one measure: the highest bar is 4 articles.
    assert [float(band.height) for band in histogram.bands] == [19.5, 39.0, 58.5]


def test_a_time_beyond_the_bars_is_a_link_and_no_band() -> None:
    histogram = draw(("1990s", 1), ("2000s", 2), whole=(("120X", 2),))
    assert (histogram.bands, [link.text for link in histogram.whole]) == ((), ["1200s, no single year"])


def test_dates_without_a_smaller_part_are_a_band_and_a_link_alone() -> None:
    histogram = draw_histogram(SearchRequest(period="2019"), timeline(around="2019", whole=(("2019-XX", 7),)))
    assert (histogram.bars, [link.text for link in histogram.whole]) == ((), ["2019, no single month"])


def test_the_highest_bar_is_as_high_as_bars_get_and_small_ones_can_be_seen() -> None:
    assert re.findall(r"v-(\d+)", draw(("2017", 1000), ("2018", 1)).shape) == ["96", "3"]


def test_at_most_forty_bars_are_drawn_where_most_articles_are() -> None:
    found = [("0010s", 1), *((f"{decade}0s", 5) for decade in range(160, 201)), ("2990s", 1)]
    histogram = draw(*found)
    assert (histogram.bars[0].text, histogram.bars[-1].text) == ("1610s", "2000s")
    assert histogram.earlier is not None
    assert parameters(histogram.earlier.url) == [("from", "0010"), ("to", "1609")]
    assert histogram.later is not None
    assert parameters(histogram.later.url) == [("from", "2990"), ("to", "2999")]


def test_undated_is_a_link() -> None:
    histogram = draw_histogram(SearchRequest(), timeline(("2021", 1)), undated=4)
    assert histogram.undated is not None
    assert (histogram.undated.note, parameters(histogram.undated.url)) == ("4", [("undated", "yes")])
    assert draw_histogram(SearchRequest(is_undated=True), timeline(), undated=4).undated is None


def test_without_any_date_nothing_is_drawn() -> None:
    histogram = draw()
    assert (histogram.bars, histogram.summary, histogram.undated, histogram.whole) == ((), "", None, ())


def test_the_drawing_is_said_in_one_sentence() -> None:
    summary = draw(("2017", 2), ("2019", 1)).summary
    assert summary == "Articles by year mentioned in the text, 2017 to 2019; most in 2017: 2 articles"
