from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import search
from search.archive_api import Archive


@pytest.fixture(scope="module")
def archive(seed_index: Path) -> Iterator[Archive]:
    with search.open(seed_index) as opened:
        yield opened


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 5),
        ({"person": "Erdogan"}, 4),
        ({"person": "recep-tayyip-erdogan"}, 4),
        ({"person": ("Erdogan", "Ismail Demir")}, 5),
        ({"person": ["Erdogan", "Ismail Demir"], "all": "person"}, 2),
        ({"person": "-Erdogan"}, 1),
        ({"person": None, "sort": None}, 5),
        ({"published": "2021"}, 1),
        ({"published": 2021}, 1),
        ({"published": date(2021, 9, 25)}, 1),
        ({"published": "<2021"}, 0),
        ({"undated": True}, 4),
        ({"undated": False}, 5),
        ({"published_year": 2021}, 1),
        ({"currency": "usd", "all": "currency"}, 5),
    ],
)
def test_filters_have_the_names_and_values_of_the_page(archive: Archive, filters: Any, count: int) -> None:
    # Any: filters of many types
    assert archive.count(**filters) == count


def test_date_is_that_of_the_text_and_a_range(archive: Archive) -> None:
    assert archive.count(date="2017..2019") == archive.count("date:2017..2019") > 0


@pytest.mark.parametrize(
    ("filters", "named"),
    [
        ({"persn": "x"}, "persn"),
        ({"person": "Zebedee"}, "person"),
        ({"org": "Zebedee"}, "organization"),
        ({"person": 3.5}, "person"),
        ({"source": [None]}, "source"),
        ({"source": True}, "source"),
        ({"all": "q"}, "all"),
        ({"amount": "lots"}, "amount"),
        ({"amount": 5}, "amount"),
        ({"date": "soon"}, "date"),
        ({"published": ["2019"]}, "published"),
        ({"date": "2019", "published": "2019"}, "date and published"),
        ({"undated": "yes"}, "undated"),
        ({"exact": 1}, "exact"),
        ({"words": "some"}, "words"),
        ({"sort": "up"}, "sort"),
        ({"page": 0}, "page"),
        ({"size": -1}, "size"),
        ({"size": "many"}, "size"),
        ({"facets": "persn"}, "persn"),
        ({"q": 5}, "query"),
    ],
)
def test_bad_values_are_errors_that_name_the_filter(archive: Archive, filters: Any, named: str) -> None:
    # Any: values of wrong types
    with pytest.raises(search.UsageError, match=named):
        archive.search(**filters)


def test_unknown_names_come_with_near_ones(archive: Archive) -> None:
    with pytest.raises(search.UsageError, match="Erdoğan"):
        archive.search(person="Erdogn")
