"""Articles over time: every engine counts each date once, at its own precision."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from index.keywords.dates import date_query_values
from index.keywords.periods import parse_period
from index.model import DateInterval, DatePrecision, Document
from search.answer.timeline import make_timeline, shown_period
from search.engines.base import Searcher, Selection
from search.query.ast import And, Axis, Everything, Keyword, Query, Term
from search.request import SearchRequest
from search.views import PeriodCount
from tests.contract.engines import Engine, shown


def dated(first: str, last: str) -> DateInterval:
    return DateInterval(date.fromisoformat(first), date.fromisoformat(last), DatePrecision.INTERVAL)


YEAR, JULY = dated("2019-01-01", "2019-12-31"), dated("2019-07-01", "2019-07-31")
DECADE, CENTURY = dated("2010-01-01", "2019-12-31"), dated("1900-01-01", "1999-12-31")
FIFTH, SIXTH, OTHER = (dated(day, day) for day in ("2019-07-05", "2019-07-06", "2020-02-29"))
# Two years, a year and a half, some months, some days, and what lies in two decades.
SPAN, HALVES = dated("2017-01-01", "2018-12-31"), dated("2018-07-01", "2019-12-31")
MONTHS, DAYS = dated("2019-03-01", "2019-05-31"), dated("2019-07-07", "2019-07-09")
DECADES = dated("1998-01-01", "2003-12-31")

DOCUMENTS = tuple(
    Document(id=name, title=name, body=f"harbour {name}", dates=dates, published=published, source=source)
    for name, dates, published, source in (
        ("a", (YEAR,), FIFTH, "PAP"),
        ("b", (YEAR, JULY), SIXTH, "PAP"),
        ("c", (FIFTH, FIFTH), JULY, "PAP"),
        ("d", (DECADE,), YEAR, "TASS"),
        ("e", (CENTURY, OTHER), OTHER, "TASS"),
        ("f", (SPAN,), None, "TASS"),
        ("g", (), DECADE, "TASS"),
        ("h", (HALVES, MONTHS), None, "AFP"),
        ("i", (DAYS, DAYS, SPAN), SPAN, "AFP"),
        ("j", (DECADES, FIFTH), DAYS, "AFP"),
    )
)


@pytest.fixture
def dates(engine: Engine, tmp_path: Path) -> Searcher:
    return shown(engine, tmp_path, DOCUMENTS)


def found(searcher: Searcher, request: SearchRequest, query: Query, *selections: Selection) -> tuple[str, str]:
    timeline = make_timeline(request, query, selections, searcher=searcher)
    return written(timeline.bars), written(timeline.whole)


def written(counts: tuple[PeriodCount, ...]) -> str:
    return " ".join(f"{one.period}:{one.documents}" for one in counts)


ALL = Everything()


@pytest.mark.parametrize(
    ("request_", "bars", "whole"),
    [
        # The 20th century makes them more years than are drawn.
        (SearchRequest(), "2010s:8 2020s:1", "XXXX:2"),
        (SearchRequest(date_from="2017"), "2019:6 2020:1", "XXXX:2 201X:4"),
        (SearchRequest(period="2010s"), "2019:6", "201X:4"),
        (SearchRequest(period="2019"), "2019-07:4", "2019-XX:3"),
        (SearchRequest(period="2019-07"), "2019-07-05:2", "2019-07-XX:2"),
        (SearchRequest(period="1990s"), "", ""),
        (SearchRequest(axis=Axis.PUBLISHED, date_from="2019"), "2019-07:4 2020-02:1", "201X:2 2019-XX:1"),
        (SearchRequest(axis=Axis.PUBLISHED, period="2010s"), "2019:5", "201X:2"),
        (SearchRequest(axis=Axis.PUBLISHED, period="2019"), "2019-07:4", "2019-XX:1"),
        (SearchRequest(axis=Axis.PUBLISHED, period="2019-07"), "2019-07-05:1 2019-07-06:1", "2019-07-XX:2"),
    ],
)
def test_a_date_counts_at_its_own_precision(dates: Searcher, request_: SearchRequest, bars: str, whole: str) -> None:
    assert found(dates, request_, ALL) == (bars, whole)


@pytest.mark.parametrize(
    ("first", "last", "ids"),
    [
        ("2017-05-01", "2017-05-31", "d f i"),
        ("2018-12-31", "2018-12-31", "d f h i"),
        ("2019-04-15", "2019-04-15", "a b d h"),
        ("2019-07-08", "2019-07-08", "a b d h i"),
        ("2019-06-01", "2019-06-30", "a b d h"),
        ("2000-01-01", "2000-12-31", "j"),
        ("1990-01-01", "1999-12-31", "e j"),
        ("2004-01-01", "2009-12-31", ""),
    ],
)
def test_a_span_is_found_by_every_day_that_it_covers(dates: Searcher, first: str, last: str, ids: str) -> None:
    values = date_query_values(date.fromisoformat(first), date.fromisoformat(last))
    found = dates.search(And((ALL, Keyword("dates", values))), limit=20)
    assert sorted(hit.id for hit in found.hits) == ids.split()


def test_the_query_and_what_is_chosen_narrow_the_counts(dates: Searcher) -> None:
    assert found(dates, SearchRequest(period="2019"), Term("body", "b")) == ("2019-07:1", "2019-XX:1")
    chosen = Selection("sources", ("PAP",))
    assert found(dates, SearchRequest(period="2010s"), ALL, chosen) == ("2019:3", "")
    spans = Selection("sources", ("AFP",))
    assert found(dates, SearchRequest(period="2010s"), ALL, spans) == ("2019:3", "201X:2")
    assert found(dates, SearchRequest(period="2010s"), Term("body", "nothing")) == ("", "")


@pytest.mark.parametrize("axis", list(Axis))
@pytest.mark.parametrize("period", ["", "2010s", "2019", "2019-07", "2019-07-05", "2019-XX", "XXXX"])
def test_every_number_is_what_its_period_gives(dates: Searcher, axis: Axis, period: str) -> None:
    request = SearchRequest(axis=axis, period=period)
    timeline = make_timeline(replace(request, period=shown_period(period)), ALL, (), searcher=dates)
    given = []
    for one in (*timeline.bars, *timeline.whole):
        asked = parse_period(one.period)
        assert asked is not None
        narrowed = And((ALL, Keyword(axis.value, asked.values)))
        given.append(PeriodCount(one.period, dates.search(narrowed, limit=0).total))
    assert given == [*timeline.bars, *timeline.whole]
    assert all(one.documents for one in given)
