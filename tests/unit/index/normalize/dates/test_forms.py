"""Forms in which dates are written in English."""

from datetime import date

import pytest

from index.model import DatePrecision
from index.normalize.dates import DateOrder, find_dates

_PUBLISHED = date(2021, 9, 25)  # a Saturday


def _dates(text: str, order: DateOrder | None = None) -> list[tuple[str, str | None]]:
    matches = find_dates(text, anchor=_PUBLISHED, order=order)
    return [(text[match.span.start : match.span.end], match.interval.value) for match in matches]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12-Sep-2012", "2012-09-12"),
        ("12-sep-2012", "2012-09-12"),
        ("12-SEP-12", "2012-09-12"),
        ("2012-Sep-12", "2012-09-12"),
        ("2012/09/13", "2012-09-13"),
        ("2012-9-3", "2012-09-03"),
        ("2012.09.13", "2012-09-13"),
        ("13.Sept.2012", "2012-09-13"),
        ("12. September 2012", "2012-09-12"),
        ("Wed, 12 Sep 2012", "2012-09-12"),
        ("12Sep2012", "2012-09-12"),
        ("2012 September 5", "2012-09-05"),
        ("the 3rd of the month of May, 1791", "1791-05-03"),
        ("2021-09-25T10:00:00Z", "2021-09-25"),
        ("2021年3月15日", "2021-03-15"),
        ("15 марта 2021", "2021-03-15"),
        ("13 décembre 2023", "2023-12-13"),
        ("5 de marzo de 2019", "2019-03-05"),
        ("2019-07", "2019-07"),
        ("May '68", "1968-05"),
        ("XIX century", "18"),
        ("the XIXth century", "18"),
        ("the 18th and 19th centuries", "17/18"),
        ("the 1800s", "18"),
        ("the 1900s", "190"),
        ("1H20", "2020-H1"),
        ("2H 2019", "2019-H2"),
        ("H1 2020", "2020-H1"),
        ("3Q19", "2019-Q3"),
        ("Q3'19", "2019-Q3"),
        ("Q2-Q3 2019", "2019-Q2/2019-Q3"),
        ("the second and third quarters of 2019", "2019-Q2/2019-Q3"),
        ("the winter of 2010-11", "2011-WI"),
        ("the summer of '69", "1969-SU"),
        ("year-end 2019", "2019-12-31"),
        ("the first week of April", "2021-04-01/2021-04-07"),
        ("the last two days of May 2020", "2020-05-30/2020-05-31"),
        ("the first nine months of 2019", "2019-01-01/2019-09-30"),
        ("264-241 BC", "BC0264/BC0241"),
        ("264 to 241 BC", "BC0264/BC0241"),
        ("from 264 BC to 241 BC", "BC0264/BC0241"),
        ("27 BC to 14 AD", "BC0027/0014"),
        ("44 BC", "BC0044"),
        ("the Sixties", "196"),
        ("the day before yesterday", "2021-09-23"),
        ("the day after tomorrow", "2021-09-27"),
        ("the week before last", "2021-W36"),
        ("a fortnight ago", "2021-W36"),
    ],
)
def test_the_whole_form_is_one_date(text: str, value: str) -> None:
    assert _dates(text) == [(text, value)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was dated 12 Sep 12, they say", [("12 Sep 12", "2012-09-12")]),
        ("On 12 Sep 12 people died", [("12 Sep", "2021-09-12")]),
        ("on 20120914", [("20120914", "2012-09-14")]),
        ("the parcel 20120914", []),
        ("since the 1960s and 70s", [("the 1960s", "196/.."), ("70s", "197")]),
        ("the 1980s, 1990s", [("the 1980s", "198"), ("1990s", "199")]),
        ("the 1860s, '70s and '80s", [("the 1860s", "186"), ("'70s", "187"), ("'80s", "188")]),
        ("in her late sixties", []),
        ("in '89", [("'89", "1989")]),
        ("H2 fuel", []),
    ],
)
def test_a_short_form_is_read_where_it_can_be_nothing_else(text: str, found: list[tuple[str, str]]) -> None:
    assert _dates(text) == [(span, value) for span, value in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("FY 2019", "2019"),
        ("FY19", "2019"),
        ("FY2018/19", "2018/2019"),
        ("FY 2018-19", "2018/2019"),
        ("financial year 2018-19", "2018/2019"),
        ("the 2018/19 fiscal year", "2018/2019"),
        ("Q3 FY19", "2019-Q3"),
        ("H1 FY2020", "2020-H1"),
    ],
)
def test_financial_years_are_approximate(text: str, value: str) -> None:
    (match,) = find_dates(f"Sales rose in {text}.", anchor=_PUBLISHED)
    assert (match.interval.value, match.interval.approximate) == (value, True)


@pytest.mark.parametrize(
    ("text", "order", "value"),
    [
        ("05/04/2021", DateOrder.DAY_FIRST, "2021-04-05"),
        ("05/04/2021", DateOrder.MONTH_FIRST, "2021-05-04"),
        ("13/04/2021", DateOrder.MONTH_FIRST, "2021-04-13"),
        ("05.04.2021", DateOrder.MONTH_FIRST, "2021-04-05"),
        ("05/05/2021", None, "2021-05-05"),
    ],
)
def test_day_and_month_are_in_the_order_of_the_country(text: str, order: DateOrder | None, value: str) -> None:
    assert _dates(text, order) == [(text, value)]


@pytest.mark.parametrize(
    ("text", "order", "value"),
    [
        ("on 25/04/2021 and 05/04/2021", DateOrder.MONTH_FIRST, "2021-04-05"),
        ("on 04/25/2021 and 05/04/2021", DateOrder.DAY_FIRST, "2021-05-04"),
        ("25/04/2021, 04/25/2021 and 05/04/2021", None, "2021-04-05/2021-05-04"),
    ],
)
def test_other_dates_of_the_text_tell_the_order_before_the_country(
    text: str, order: DateOrder | None, value: str
) -> None:
    assert _dates(text, order)[-1][1] == value


def test_the_day_of_publication_tells_the_order() -> None:
    found = find_dates("Filed 06/05/2021, due 07/06/2021", anchor=date(2021, 5, 6))
    assert [match.interval.value for match in found] == ["2021-05-06", "2021-06-07"]


def test_a_date_whose_order_nobody_tells_is_an_approximate_interval() -> None:
    (match,) = find_dates("on 05/04/2021", anchor=None)
    interval = match.interval
    assert (interval.start, interval.end) == (date(2021, 4, 5), date(2021, 5, 4))
    assert (interval.precision, interval.approximate) == (DatePrecision.INTERVAL, True)
