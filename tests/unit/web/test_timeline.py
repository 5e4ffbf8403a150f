"""The chart of dates: each bar and each band gives the number it shows, from decades down to days and back up."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.html import Element, elements_of


@pytest.fixture
def clients(app: Flask, awkward_app: Flask) -> Callable[[str], FlaskClient]:
    return {"seeds": app.test_client(), "awkward": awkward_app.test_client()}.__getitem__


def opened(client: FlaskClient, address: str) -> list[Element]:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200
    return elements_of(answer.get_data(as_text=True))


def links(elements: list[Element], css: str) -> Iterator[tuple[str, str, int]]:
    """Addresses, texts and numbers of the links of a part of the page."""
    for element in elements:
        if element.tag == "a" and element.is_inside(lambda around: around.has_class(css)):
            text, _, count = element.text.strip().rpartition(" ")
            if count.replace(",", "").isdigit():
                yield element.get("href"), text.strip(" :"), int(count.replace(",", ""))


def total(elements: list[Element]) -> int:
    [heading] = [element.text for element in elements if element.tag == "h1"]
    found = re.match(r"([\d,]+) article", heading.strip())
    assert found is not None
    return int(found[1].replace(",", ""))


def walk(client: FlaskClient, address: str, *, steps: int) -> Iterator[tuple[str, int, int]]:
    """Follow every link of a chart, and go on from the largest bar: addresses, numbers shown and numbers given."""
    for _ in range(steps):
        elements = opened(client, address)
        listed = [*links(elements, "listed"), *links(elements, "less")]
        for target, _, shown in listed:
            yield target, shown, total(opened(client, target))
        bars = list(links(elements, "listed"))
        if not bars:
            return
        address = max(bars, key=lambda bar: bar[2])[0]


@pytest.mark.parametrize(
    ("site", "address", "fewest"),
    [
        ("seeds", "/search?q=S-400", 8),
        ("seeds", "/search?axis=dates&from=2017&to=2019", 8),
        ("awkward", "/search?q=kelpmoth", 15),
        ("awkward", "/search?axis=dates", 30),
        ("awkward", "/search?org=tallow-exchange&axis=published", 30),
    ],
)
def test_every_bar_and_band_gives_its_number_at_every_level(
    clients: Callable[[str], FlaskClient], site: str, address: str, fewest: int
) -> None:
    followed = list(walk(clients(site), address, steps=4))
    assert [one for one in followed if one[1] != one[2] or not one[1]] == []
    assert len(followed) >= fewest


def test_bars_and_their_list_are_the_same(clients: Callable[[str], FlaskClient]) -> None:
    elements = opened(clients("awkward"), "/search?q=kelpmoth")
    chart = {element.get("href") for element in elements if element.is_inside(lambda one: one.has_class("bars"))}
    assert {target for target, _, _ in links(elements, "listed")} == chart - {""}


def test_a_year_counts_as_a_year_and_in_none_of_its_months(clients: Callable[[str], FlaskClient]) -> None:
    # One of the seeds says "2019" and a part of it of some months, others "in July 2019" and the like.
    elements = opened(clients("seeds"), "/search?period=2019")
    months = {text: count for _, text, count in links(elements, "listed")}
    [(address, text, count)] = links(elements, "less")
    assert (text, "period=2019-XX" in address) == ("2019, no single month", True)
    assert count == 1
    assert set(months) == {"March 2019", "July 2019"}


def test_the_way_up_leads_back_to_all_dates(clients: Callable[[str], FlaskClient]) -> None:
    elements = opened(clients("awkward"), "/search?q=kelpmoth&period=1994-05-03&axis=published")
    up = [element for element in elements if element.tag == "a" and element.is_inside(lambda one: one.has_class("up"))]
    assert [element.text for element in up] == ["All dates", "1990s", "1994", "May 1994"]
    assert [re.findall(r"period=([^&]*)", element.get("href")) for element in up] == [
        [],
        ["1990s"],
        ["1994"],
        ["1994-05"],
    ]


def test_a_day_stands_among_the_days_of_its_month(clients: Callable[[str], FlaskClient]) -> None:
    client = clients("awkward")
    month = list(links(opened(client, "/search?period=1994-05"), "listed"))
    day = next(text for _, text, _ in month)
    elements = opened(client, month[0][0])
    assert [text for _, text, _ in links(elements, "listed")] == [text for _, text, _ in month]
    [chosen] = [element for element in elements if element.has_class("on")]
    assert chosen.text.strip().startswith(day)


def test_a_period_that_is_none_is_said_and_filters_nothing(clients: Callable[[str], FlaskClient]) -> None:
    elements = opened(clients("seeds"), "/search?period=2019-13")
    assert total(elements) == 5
    [notice] = [element.text for element in elements if element.has_class("notice")]
    assert "2019-13" in notice
