from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keywords.dates import date_values
from index.keywords.periods import Period, parse_period, whole_periods
from index.model import DateInterval, DatePrecision


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2010s", {"=201", "~201", "<201"}),
        ("2019", {"=2019", "~2019", "<2019"}),
        ("2019-07", {"=2019-07", "~2019-07", "<2019-07"}),
        ("2019-07-05", {"=2019-07-05"}),
        ("2019-07-XX", {"=2019-07", "~2019-07"}),
        ("2019-XX", {"=2019", "~2019"}),
        ("201X", {"=201", "~201"}),
        ("XXXX", {"~"}),
        ("0000s", {"=000", "~000", "<000"}),
    ],
)
def test_a_period_is_read_written_and_asks_for_its_nodes(text: str, values: set[str]) -> None:
    period = parse_period(text)
    assert period is not None
    assert (str(period), set(period.values)) == (text, values)


@pytest.mark.parametrize(
    "text",
    ["", "2019s", "201", "20190", "2019-13", "2019-00", "2019-02-30", "0000", "2019-7", "2019-13-XX", "20X", "X", "XX",
     "20XX", "2XXX", "2019-XX-XX", "2019-XX-05", "xxxx", "١٩٨٤", "2019-07-05-01", " 2019", "2019\n"],
)  # fmt: skip
def test_other_texts_are_no_periods(text: str) -> None:
    assert parse_period(text) is None


@given(st.dates(), st.sampled_from([3, 4, 7, 10]), st.booleans())
def test_a_period_comes_back_and_its_parts_fill_its_days(day: date, level: int, is_whole: bool) -> None:
    period = Period(day.isoformat()[:level], is_whole=is_whole and level < 10)
    assert parse_period(str(period)) == period
    first, last = period.days
    assert first <= day <= last
    parts = Period(period.node).parts
    assert [part.parent for part in parts] == [Period(period.node)] * len(parts)
    assert not parts or (parts[0].days[0], parts[-1].days[1]) == (first, last)
    assert all(before.days[1] + timedelta(days=1) == after.days[0] for before, after in pairwise(parts))


@given(st.dates(), st.sampled_from([3, 4, 7, 10]))
def test_a_date_counts_once_at_its_own_precision_and_in_nothing_smaller(day: date, level: int) -> None:
    own = Period(day.isoformat()[:level])
    first, last = own.days
    stored = set(date_values([DateInterval(first, last, DatePrecision.INTERVAL)]))
    around = [Period(day.isoformat()[:size]) for size in (3, 4, 7, 10) if size <= level]
    assert [period for period in around if stored.isdisjoint(period.values)] == []
    assert [part for part in own.parts if not stored.isdisjoint(part.values)] == []
    assert [period for period in around[:-1] if not stored.isdisjoint(Period(period.node, is_whole=True).values)] == []


@given(st.dates(), st.integers(0, 9000))
def test_every_date_counts_once_at_each_level(first: date, length: int) -> None:
    last = date.fromordinal(min(first.toordinal() + length, date.max.toordinal()))
    stored = set(date_values([DateInterval(first, last, DatePrecision.INTERVAL)]))
    decades = [Period(f"{number:03}") for number in range(1000)]
    counted, whole = decades, Period("", is_whole=True)
    while counted:
        inside = [one for one in counted if not stored.isdisjoint(one.values)]
        assert len(inside) + (not stored.isdisjoint(whole.values)) == 1
        # It lies in the one where it counts.
        assert all(one.days[0] <= first and last <= one.days[1] for one in inside)
        counted = [part for one in inside for part in one.parts]
        whole = Period(inside[0].node, is_whole=True) if inside else whole


def test_the_periods_around_some_are_wholes_from_large_to_small() -> None:
    parts = [Period("2019-12"), Period("2020-01")]
    found = [str(period) for period in whole_periods(parts)]
    assert found == ["XXXX", "201X", "202X", "2019-XX", "2020-XX"]
