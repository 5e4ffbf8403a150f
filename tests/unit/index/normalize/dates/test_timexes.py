from datetime import date

import pytest

from index.normalize.dates import TimexType, find_timexes

_PUBLISHED = date(1989, 10, 26)


def _timexes(text: str, anchor: date = _PUBLISHED) -> list[tuple[str, str, str | None]]:
    return [
        (text[timex.span.start : timex.span.end], timex.type.value, timex.value)
        for timex in find_timexes(text, anchor=anchor)
    ]


@pytest.mark.parametrize(
    ("text", "span", "kind", "value"),
    [
        ("for nearly forty years", "nearly forty years", "DURATION", "P40Y"),
        ("a two-year contract", "two-year", "DURATION", "P2Y"),
        ("for 2 1/2 years", "2 1/2 years", "DURATION", "P2Y6M"),
        ("a minute and a half later, for a minute and a half", "a minute and a half", "DURATION", "PT1M30S"),
        ("over the past three months", "the past three months", "DURATION", "P3M"),
        ("for the nine months", "the nine months", "DURATION", "P9M"),
        ("for a couple of years", "a couple of years", "DURATION", "P2Y"),
        ("for several weeks", "several weeks", "DURATION", "PXW"),
        ("within weeks", "weeks", "DURATION", "PXW"),
        ("two decades", "two decades", "DURATION", "P20Y"),
        ("each Thursday", "each Thursday", "SET", "XXXX-WXX-4"),
        ("every month", "every month", "SET", "P1M"),
        ("daily flights", "daily", "SET", "P1D"),
        ("prices now rise", "now", "DATE", "PRESENT_REF"),
        ("in recent years", "recent years", "DATE", "PAST_REF"),
        ("in the future", "the future", "DATE", "FUTURE_REF"),
        ("this morning", "this morning", "TIME", "1989-10-26TMO"),
        ("at 5:30 p.m. it closed", "5:30 p.m.", "TIME", "1989-10-26T17:30"),
        ("5 p.m. EST Nov. 6", "5 p.m. EST Nov. 6", "TIME", "1989-11-06T17:00"),
        ("midnight Friday", "midnight Friday", "TIME", "1989-10-20T24:00"),
        ("the third quarter", "the third quarter", "DATE", "1989-Q3"),
        ("the quarter", "the quarter", "DATE", "1989-Q3"),
    ],
)
def test_every_kind_of_expression_is_found_as_timex3_has_it(text: str, span: str, kind: str, value: str) -> None:
    assert (span, kind, value) in _timexes(text)


def test_the_ends_of_a_range_are_two_expressions() -> None:
    assert _timexes("3-5 May 1989") == [("3", "DATE", "1989-05-03"), ("5 May 1989", "DATE", "1989-05-05")]


def test_a_year_earlier_is_the_same_quarter_in_a_report_of_quarters() -> None:
    assert _timexes("in the third quarter, up from a year earlier")[1][2] == "1988-Q3"


def test_a_rate_is_no_length_of_time() -> None:
    assert _timexes("$5 million a year") == []


def test_a_history_goes_on_from_date_to_date() -> None:
    years = "in 1774, in 1775, in 1776, in 1777, in 1778, in 1779, in 1780, and "
    text = f"{years}on December 26, 1776 they crossed. By January 3 and in March they had won."
    assert [value for _, _, value in _timexes(text)][-2:] == ["1777-01-03", "1777-03"]


def test_a_history_of_last_year_goes_on_in_its_own_year() -> None:
    days = "On 3 May 2016, on 9 May 2016, in June 2016, on 4 July 2016 and on 8 August 2016 they fought. "
    found = _timexes(f"{days}By September they had won; peace came on 5 October.", date(2017, 9, 20))
    assert [value for _, _, value in found][-2:] == ["2016-09", "2016-10-05"]


def test_a_month_with_a_year_does_not_make_news_a_history() -> None:
    text = "The firm, founded in March 2015, opened a plant on 3 September."
    assert [value for _, _, value in _timexes(text, date(2017, 9, 20))] == ["2015-03", "2017-09-03"]


def test_a_year_in_passing_does_not_change_the_year_of_a_history() -> None:
    years = "in 1919, on 3 May 1919, in June 1919, in July 1920, as a book of 2004 says, and on 5 May 1920"
    text = f"{years}. In 1920 and in June 1920 they lost; as in 1812, the army fell back. On 6 September it stood."
    assert _timexes(text, date(2009, 12, 19))[-1][2] == "1920-09-06"


def test_types_are_those_of_timex3() -> None:
    assert {kind.value for kind in TimexType} == {"DATE", "TIME", "DURATION", "SET"}
