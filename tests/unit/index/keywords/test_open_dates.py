from datetime import date

import pytest

from index.keywords.dates import date_query_values, date_values
from index.keywords.open_dates import closed
from index.model import DateInterval, DatePrecision

_TODAY = date(2022, 6, 1)


def _open(start: date | None, end: date | None, value: str) -> DateInterval:
    return DateInterval(start, end, DatePrecision.INTERVAL, value)


def _day(day: date) -> DateInterval:
    return DateInterval(day, day, DatePrecision.DAY, day.isoformat())


_SINCE_2015 = _open(date(2015, 1, 1), None, "2015/..")
_UNTIL_MARCH_31 = _open(None, date(2020, 3, 31), "../2020-03-31")
_PUBLISHED = _day(date(2020, 3, 5))


@pytest.mark.parametrize(
    ("interval", "published", "start", "end"),
    [
        pytest.param(_SINCE_2015, _PUBLISHED, date(2015, 1, 1), date(2020, 3, 5), id="ends with the publication"),
        pytest.param(_UNTIL_MARCH_31, _PUBLISHED, date(2020, 3, 5), date(2020, 3, 31), id="begins with it"),
        pytest.param(_SINCE_2015, None, date(2015, 1, 1), _TODAY, id="undated: ends today"),
        pytest.param(
            _open(date(2030, 1, 1), None, "2030/.."), _PUBLISHED, date(2030, 1, 1), date(2030, 12, 31), id="coming"
        ),
        pytest.param(
            _open(date(2030, 2, 1), None, "2030-02/.."), _PUBLISHED, date(2030, 2, 1), date(2030, 2, 28), id="month"
        ),
        pytest.param(
            _open(None, date(2014, 12, 31), "../2014"), _PUBLISHED, date(2014, 1, 1), date(2014, 12, 31), id="past"
        ),
        pytest.param(_UNTIL_MARCH_31, None, date(2020, 3, 31), date(2020, 3, 31), id="undated: a past day"),
        pytest.param(_day(date(2019, 7, 5)), _PUBLISHED, date(2019, 7, 5), date(2019, 7, 5), id="closed as it is"),
        pytest.param(_open(None, None, ""), _PUBLISHED, None, None, id="unresolved stays so"),
    ],
)
def test_an_open_date_is_closed(
    interval: DateInterval, published: DateInterval | None, start: date | None, end: date | None
) -> None:
    found = closed(interval, published=published, today=_TODAY)
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    ("first", "last", "is_met"),
    [
        (date(2050, 1, 1), date(2050, 12, 31), False),
        (date(1650, 1, 1), date(1650, 12, 31), False),
        (date(2031, 1, 1), None, False),
        (date(2017, 1, 1), date(2017, 12, 31), True),
        (date(2020, 3, 20), date(2020, 3, 20), True),
    ],
)
def test_a_query_finds_only_days_that_the_text_speaks_of(first: date, last: date | None, is_met: bool) -> None:
    intervals = [closed(each, published=_PUBLISHED, today=_TODAY) for each in (_SINCE_2015, _UNTIL_MARCH_31)]
    assert bool(set(date_values(intervals)) & set(date_query_values(first, last))) is is_met
