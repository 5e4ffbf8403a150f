from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.model import DateInterval, DatePrecision
from index.normalize.dates import find_dates

_PUBLISHED = date(2021, 9, 25)  # a Saturday


def _dates(text: str, anchor: date | None = None) -> list[tuple[str, str | None]]:
    return [
        (text[match.span.start : match.span.end], match.interval.value) for match in find_dates(text, anchor=anchor)
    ]


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("Russia, Aug. 25, 2020.", "Aug. 25, 2020", "2020-08-25"),
        ("on March 08, 2019 in", "March 08, 2019", "2019-03-08"),
        ("the 7th of May 1998", "the 7th of May 1998", "1998-05-07"),
        ("2 May, 1777", "2 May, 1777", "1777-05-02"),
        ("Saturday, April 25, 1998", "Saturday, April 25, 1998", "1998-04-25"),
        ("was... 25.09.2021, Sputnik", "25.09.2021", "2021-09-25"),
        ("2021-09-25", "2021-09-25", "2021-09-25"),
        ("5/13/1999", "5/13/1999", "1999-05-13"),
        ("25/6/1999", "25/6/1999", "1999-06-25"),
        ("arrived in July 2019", "July 2019", "2019-07"),
        ("In 2002, Turkey", "2002", "2002"),
        ("America.In October 2020, he", "October 2020", "2020-10"),
        ("nineteen ninety-six", "nineteen ninety-six", "1996"),
        ("the year two thousand", "the year two thousand", "2000"),
        ("fiscal 1989", "fiscal 1989", "1989"),
        ("in the 1980s", "the 1980s", "198"),
        ("the '90s", "the '90s", "199"),
        ("the late 1970s", "the late 1970s", "1977-01-01/1979-12-31"),
        ("the 19th century", "the 19th century", "18"),
        ("Q3 2019", "Q3 2019", "2019-Q3"),
        ("the third quarter of 2020", "the third quarter of 2020", "2020-Q3"),
        ("the second half of 2018", "the second half of 2018", "2018-H2"),
        ("summer 2019", "summer 2019", "2019-SU"),
        ("Christmas 2019", "Christmas 2019", "2019-12-25"),
        ("in 241 BC", "241 BC", "BC0241"),
        ("in AD 410", "AD 410", "0410"),
        ("in late 2017, with", "late 2017", "2017-09-01/2017-12-31"),
        ("mid-2018", "mid-2018", "2018-05-01/2018-08-31"),
        ("early in 1914", "early in 1914", "1914-01-01/1914-04-30"),
        ("late June 2019", "late June 2019", "2019-06-21/2019-06-30"),
        ("by the end of 2025", "the end of 2025", "2025-12-31"),
        ("between late 2019 and early 2020.", "between late 2019 and early 2020", "2019-09-01/2020-04-30"),
        ("from March to May 2019", "from March to May 2019", "2019-03/2019-05"),
        ("March-May 2019", "March-May 2019", "2019-03/2019-05"),
        ("3-5 May 2019", "3-5 May 2019", "2019-05-03/2019-05-05"),
        ("May 3-5, 2019", "May 3-5, 2019", "2019-05-03/2019-05-05"),
        ("1980-88", "1980-88", "1980/1988"),
        ("on 18 June 1815", "18 June 1815", "1815-06-18"),
        ("the autumn of 1812", "the autumn of 1812", "1812-FA"),
        ("between 1861 and 1865", "between 1861 and 1865", "1861/1865"),
        ("late in the 18th century", "late in the 18th century", "1767-01-01/1799-12-31"),
        ("2014–2016", "2014–2016", "2014/2016"),
        ("since 2014", "2014", "2014/.."),
        ("until 2021", "2021", "../2021"),
        ("from 2014 onwards", "2014", "2014/.."),
    ],
)
def test_an_absolute_date_needs_no_anchor(text: str, span: str, value: str) -> None:
    assert _dates(text) == [(span, value)]


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("said late Tuesday.", "late Tuesday", "2021-09-21"),
        ("said on Saturday", "Saturday", "2021-09-25"),
        ("next Monday", "next Monday", "2021-09-27"),
        ("will meet on Monday", "Monday", "2021-09-27"),
        ("yesterday", "yesterday", "2021-09-24"),
        ("last week", "last week", "2021-W37"),
        ("last month", "last month", "2021-08"),
        ("this year", "this year", "2021"),
        ("an interview last September", "last September", "2020-09"),
        ("imposed sanctions in December on", "December", "2020-12"),
        ("will begin in December", "December", "2021-12"),
        ("told reporters in late August", "late August", "2021-08-21/2021-08-31"),
        ("before the end of this year.", "the end of this year", "2021-12-31"),
        ("January this year", "January this year", "2021-01"),
        ("two weeks ago", "two weeks ago", "2021-W36"),
        ("10 days ago", "10 days ago", "2021-09-15"),
        ("It will be ready in five years.", "five years", "2026"),
        ("killed over the weekend", "the weekend", "2021-W38-WE"),
        ("Thursday evening", "Thursday evening", "2021-09-23"),
        ("10 p.m. Wednesday", "10 p.m. Wednesday", "2021-09-22"),
        ("the rally on Thanksgiving", "Thanksgiving", "2020-11-26"),
        ("this summer", "this summer", "2021-SU"),
        ("the Jan. 6 attack", "Jan. 6", "2021-01-06"),
        ("payable Oct. 15", "Oct. 15", "2021-10-15"),
        ("They expect 29 percent, down from 54.1 percent in December.", "December", "2020-12"),
        ("It needs the money before the end of June.", "the end of June", "2022-06-30"),
        ("He was in prison until October.", "October", "../2020-10"),
        ("Most had left by Sunday.", "Sunday", "2021-09-19"),
        ("It was due by Sunday.", "Sunday", "2021-09-26"),
        ("Talks go on until October.", "October", "../2021-10"),
        ("mid-July", "mid-July", "2021-07-11/2021-07-20"),
        ("in early 2020", "early 2020", "2020-01-01/2020-04-30"),
        ("between Monday and Friday", "between Monday and Friday", "2021-09-20/2021-09-24"),
        ("since last year", "last year", "2020/.."),
        ("in the third quarter", "the third quarter", "2021-Q3"),
        ("last winter", "last winter", "2021-WI"),
        ("three decades ago", "three decades ago", "199"),
        ("on Sunday", "Sunday", "2021-09-19"),
    ],
)
def test_a_relative_date_counts_from_the_day_of_publication(text: str, span: str, value: str) -> None:
    assert _dates(text, _PUBLISHED) == [(span, value)]


@pytest.mark.parametrize(
    "text",
    ["late Tuesday", "yesterday", "last month", "last September", "in December", "two weeks ago", "25 August"],
)
def test_a_relative_date_without_an_anchor_stays_unresolved(text: str) -> None:
    interval = find_dates(text, anchor=None)[0].interval
    assert (interval.start, interval.end, interval.value, interval.is_resolved) == (None, None, None, False)


@pytest.mark.parametrize(
    ("text", "span", "value", "anchor"),
    [
        ("In 2002, it joined, and five years later it left", "five years later", "2007", "2002"),
        ("in 2002 and the same year", "the same year", "2002", "2002"),
        ("On 3 May 2019 it came. The following day it went", "The following day", "2019-05-04", "2019-05-03"),
        ("On 3 May 2019, a month earlier", "a month earlier", "2019-04", "2019-05-03"),
    ],
)
def test_a_date_may_count_from_one_before_it_in_the_text(text: str, span: str, value: str, anchor: str) -> None:
    match = find_dates(text, anchor=None)[1]
    assert (text[match.span.start : match.span.end], match.interval.value, match.interval.anchor) == (
        span,
        value,
        anchor,
    )


def test_a_month_takes_the_year_of_the_month_it_is_joined_to() -> None:
    assert _dates("in August and September 1914") == [("August", "1914-08"), ("September 1914", "1914-09")]


@pytest.mark.parametrize(
    "text",
    [
        "three years",
        "daily",
        "now and recently",
        "at 5:30 p.m.",
        "You may go. March on!",
        "2019 people came",
        "2000 troops",
        "$2000",
        "Flight 1990",
        "1500 rooms",
        "S-400, F-35, Su-57",
        "402 kilometers",
        "a spring in the garden, the fall of Rome",
        "USA Today",
        "a 6-year-old boy",
        "anna1980",
        "0,0.00.0",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert _dates(text, _PUBLISHED) == []


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("in 2019", date(2019, 1, 1), date(2019, 12, 31), DatePrecision.YEAR),
        ("since 2019", date(2019, 1, 1), None, DatePrecision.INTERVAL),
        ("until July 2019", None, date(2019, 7, 31), DatePrecision.INTERVAL),
        ("the 1980s", date(1980, 1, 1), date(1989, 12, 31), DatePrecision.DECADE),
        ("Q3 2019", date(2019, 7, 1), date(2019, 9, 30), DatePrecision.QUARTER),
        ("5 BC", None, None, DatePrecision.YEAR),
    ],
)
def test_the_interval_has_the_days_and_the_precision(
    text: str, start: date | None, end: date | None, precision: DatePrecision
) -> None:
    interval = find_dates(text, anchor=None)[0].interval
    assert (interval.start, interval.end, interval.precision) == (start, end, precision)


@pytest.mark.parametrize("text", ["circa 2019", "around July 2019", "the beginning of 2019", "summer 2019"])
def test_loose_dates_are_approximate(text: str) -> None:
    assert find_dates(text, anchor=None)[0].interval.approximate


@pytest.mark.parametrize(
    ("text", "precision", "approximate", "anchor"),
    [
        ("in 2019", DatePrecision.YEAR, False, None),
        ("around 2019", DatePrecision.YEAR, True, None),
        ("in late August", DatePrecision.INTERVAL, False, "2021-09-25"),
        ("last week", DatePrecision.WEEK, False, "2021-09-25"),
        ("last month", DatePrecision.MONTH, False, "2021-09-25"),
        ("on Tuesday", DatePrecision.DAY, False, "2021-09-25"),
        ("in the 1980s", DatePrecision.DECADE, False, None),
        ("summer 2019", DatePrecision.SEASON, True, None),
        ("the 19th century", DatePrecision.CENTURY, False, None),
        ("Q3 2019", DatePrecision.QUARTER, False, None),
        ("In 2002 it joined; five years later", DatePrecision.YEAR, False, "2002"),
    ],
)
def test_a_value_says_how_exact_it_is_and_what_it_was_counted_from(
    text: str, precision: DatePrecision, approximate: bool, anchor: str | None
) -> None:
    interval = find_dates(text, anchor=_PUBLISHED)[-1].interval
    assert (interval.precision, interval.approximate, interval.anchor) == (precision, approximate, anchor)


def _is_in_order(interval: DateInterval) -> bool:
    return interval.start is None or interval.end is None or interval.start <= interval.end


_PIECES = (
    "the a last this next early late mid end of in on since until between and from to - / , . May March Aug. January "
    "Monday Sun. weekend summer fall quarter third first 3 31 30 1980 2019 2100 '90s 1980s 19th century centuries "
    "year years month weeks days two several ago later earlier today yesterday BC AD a.m. 10:30 Christmas fiscal "
    "nineteen ninety-six following half 25.09.2021 2021-02-30 99/99/99 31/12/99 -88 decade ' 's 0000 1000 A² Q3"
)
_WORDS = st.sampled_from(_PIECES.split())
_TEXTS = st.lists(_WORDS, max_size=14).map(" ".join) | st.lists(_WORDS, max_size=8).map("".join) | st.text(max_size=50)


@given(_TEXTS, st.none() | st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31)))
@example("19th two two century", None)
def test_any_text_gives_dates_inside_it_in_order_and_disjoint(text: str, anchor: date | None) -> None:
    matches = find_dates(text, anchor=anchor)
    edges = [edge for match in matches for edge in (match.span.start, match.span.end)]
    assert edges == sorted(edges)
    assert all(0 <= match.span.start < match.span.end <= len(text) for match in matches)
    assert all(_is_in_order(match.interval) for match in matches)
