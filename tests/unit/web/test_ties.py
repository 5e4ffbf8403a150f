"""Values of a facet that equally many articles have keep their places, whatever is ticked, turned or sorted."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from flask import Flask

from tests.support.html import Element, elements_of

_FACETS = ("person", "system", "org", "place")
_SEARCHES = [
    ("seeds", ()),
    ("seeds", (("q", "S-400"),)),
    ("seeds", (("q", "Patriot withdrawal"),)),
    ("awkward", (("q", "kelpmoth"),)),
    ("awkward", (("q", "spoonweather"),)),
    ("awkward", (("q", "lamps"), ("system", "s-400"))),
]


@pytest.fixture
def boxes(app: Flask, awkward_app: Flask) -> Callable[..., list[Element]]:
    """Check boxes of a facet on the page of a search, in their order."""
    clients = {"seeds": app.test_client(), "awkward": awkward_app.test_client()}

    def load(site: str, facet: str, *parameters: tuple[str, str]) -> list[Element]:
        answer = clients[site].get(f"/search?{urlencode(parameters)}", follow_redirects=True)
        found = elements_of(answer.get_data(as_text=True))
        return [element for element in found if element.tag == "input" and element.get("name") == facet]

    return load


def values(found: list[Element], *, without: str = "") -> list[str]:
    return [box.get("value") for box in found if box.get("value") != without]


@pytest.mark.parametrize(("site", "parameters"), _SEARCHES)
@pytest.mark.parametrize("facet", _FACETS)
def test_a_tick_moves_and_hides_no_other_value(
    boxes: Callable[..., list[Element]], site: str, parameters: tuple[tuple[str, str], ...], facet: str
) -> None:
    before = values(boxes(site, facet, *parameters))
    chosen = {value for name, value in parameters if name == facet}
    after = {
        value: values(boxes(site, facet, *parameters, (facet, value)), without=value)
        for value in before
        if value not in chosen
    }
    assert after == {value: [other for other in before if other != value] for value in after}


@pytest.mark.parametrize("facet", _FACETS)
@pytest.mark.parametrize("more", [("page", "2"), ("sort", "oldest"), ("sort", "newest")])
def test_pages_and_orders_of_the_results_move_no_value(
    boxes: Callable[..., list[Element]], facet: str, more: tuple[str, str]
) -> None:
    plain = boxes("awkward", facet, ("q", "kelpmoth"))
    assert values(boxes("awkward", facet, ("q", "kelpmoth"), more)) == values(plain)


def test_people_who_only_stand_in_photographs_come_last(boxes: Callable[..., list[Element]]) -> None:
    # Both are named in a caption of the first seed article alone, and would stand before others by the alphabet.
    shown = values(boxes("seeds", "person", ("q", "Patriot withdrawal")))
    assert not {"ilhan-omar", "nancy-pelosi"} & set(shown[:4])
