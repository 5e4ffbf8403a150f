from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import DatePrecision
from index.readers.article.publication import parse_stated_date
from index.readers.article.whole_dates import find_whole_date


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ("2021-09-25", "2021-09-25"),
        ("2021-09-25T23:30:00+03:00", "2021-09-25"),
        ("2021-09-25 08:00", "2021-09-25"),
        ("20210925", "2021-09-25"),
        ("20210925T101500Z", "2021-09-25"),
        ("2021/09/25", "2021-09-25"),
        ("2021-09", "2021-09"),
        ("2021", "2021"),
        ("Sat, 25 Sep 2021 10:00:00 +0300", "2021-09-25"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26"),
        ("1970-01-01", "1970-01-01"),
        ("1583230000", "2020-03-03"),
        ("1583230000000000", "2020-03-03"),
        ("/Date(1583230000000)/", "2020-03-03"),
        ("/Date(1583230000000+0100)/", "2020-03-03"),
        ("Di., 3. März 2020 10:00", "2020-03-03"),
        ("вт, 3 мар. 2020 г. 10:00", "2020-03-03"),
        ("Fri Jan  4 10:30:00 GMT 2019", "2019-01-04"),
        ("January 4, 2019", "2019-01-04"),
        ("4th January 2019, 10:30 am GMT", "2019-01-04"),
        ("4. Januar 2019", "2019-01-04"),
        ("4 de enero de 2019", "2019-01-04"),
        ("4 Ocak 2019", "2019-01-04"),
        ("4 января 2019", "2019-01-04"),
        ("25.09.2021", "2021-09-25"),
        ("25/09/2021", "2021-09-25"),
        ("09/25/2021", "2021-09-25"),
        ("05/05/2021", "2021-05-05"),
        (1632528000, "2021-09-25"),
        (1632528000000, "2021-09-25"),
        ("1632528000", "2021-09-25"),
        (date(2021, 9, 25), "2021-09-25"),
    ],
)
def test_stated_date_is_read(stated: object, value: str) -> None:
    found = parse_stated_date(stated)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "stated",
    [
        *(
            None,
            "",
            "today",
            "yesterday",
            "Monday",
            "4 January",
            "03/04/2021",
            "31.02.2021",
            "2021-13-01",
            "0000-00-00",
        ),
        *("1970-01-01T00:00:00Z", "1970-01-01 00:00:00", "Thu, 01 Jan 1970 00:00:00 +0000", "/Date(17)/"),
        *("0001-01-01", "9999-12-31", True, 17, [], {}, "version 2021-09-25", "2021-09-25-17", "1.2.2021.4"),
    ],
)
def test_what_is_no_clear_date_is_none(stated: object) -> None:
    assert parse_stated_date(stated) is None


@pytest.mark.parametrize(
    ("stated", "start", "end", "precision"),
    [
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), DatePrecision.MONTH),
        ("2020-12", date(2020, 12, 1), date(2020, 12, 31), DatePrecision.MONTH),
        ("2020", date(2020, 1, 1), date(2020, 12, 31), DatePrecision.YEAR),
        ("2020-02-03", date(2020, 2, 3), date(2020, 2, 3), DatePrecision.DAY),
    ],
)
def test_month_and_year_are_intervals(stated: str, start: date, end: date, precision: DatePrecision) -> None:
    found = parse_stated_date(stated)
    assert found is not None
    assert (found.start, found.end, found.precision) == (start, end, precision)


@given(
    st.dates(date(1500, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d.%m.%Y"])
)
def test_any_day_survives_every_form(day: date, form: str) -> None:
    found = parse_stated_date(day.strftime(form))
    assert found is not None
    assert found.start == found.end == day


@given(st.text(max_size=40))
def test_any_text_can_be_asked(text: str) -> None:
    found = parse_stated_date(text)
    assert found is None or (
        found.start is not None and found.end is not None and found.end - found.start < timedelta(367)
    )


def test_rest_follows_the_date() -> None:
    found = find_whole_date("25.09.2021, Example International")
    assert found is not None
    assert found.rest == ", Example International"
