"""The graph of who stands with whom: the picture, the table, and the searches that they lead to."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree

from tests.support.html import Element, elements_of

ADDRESSES = ["/graph", "/graph?q=S-400", "/graph?person=ismail-demir&kind=people", "/graph?q=S-400&by=lift"]
_PLACE = re.compile(r"translate\((\d+) (\d+)\)")


def page_of(client: FlaskClient, address: str) -> list[Element]:
    answer = client.get(address)
    assert answer.status_code == 200
    return elements_of(answer.get_data(as_text=True))


def links(elements: list[Element], css: str) -> list[Element]:
    return [element for element in elements if element.tag == "a" and element.has_class(css)]


def in_table(elements: list[Element], tag: str) -> list[Element]:
    return [element for element in elements if element.tag == tag and element.is_inside(lambda one: one.tag == "tbody")]


def total(client: FlaskClient, address: str) -> int:
    query = parse_qsl(urlsplit(address).query)
    return int(client.get("/api/v1/search", query_string=query).json["total"])


@pytest.mark.parametrize("address", [*ADDRESSES, "/graph?q=S-400&person=ismail-demir&person=vladimir-putin"])
def test_each_number_is_that_of_the_search_it_leads_to(client: FlaskClient, address: str) -> None:
    cells = in_table(page_of(client, address), "a")
    counted = [cell for cell in cells if cell.get("href").startswith("/search")]
    assert counted
    for cell in counted[:8]:
        assert total(client, cell.get("href")) == int(cell.text.split()[0])


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_table_has_the_ties_of_the_picture(client: FlaskClient, address: str) -> None:
    elements = page_of(client, address)
    drawn = {link.get("href") for link in links(elements, "tie")}
    listed = {cell.get("href") for cell in in_table(elements, "a") if cell.get("href").startswith("/search")}
    assert drawn == listed
    assert 0 < len(drawn) <= 80
    assert 0 < len(links(elements, "node")) <= 40


def test_a_graph_is_drawn_the_same_each_time(client: FlaskClient) -> None:
    first = client.get("/graph?q=S-400").get_data()
    again = client.get("/graph?q=S-400").get_data()
    assert first == again


@pytest.mark.parametrize("address", ADDRESSES)
def test_all_nodes_are_inside_the_picture(client: FlaskClient, address: str) -> None:
    nodes = links(page_of(client, address), "node")
    places = [match.groups() for node in nodes if (match := _PLACE.fullmatch(node.get("transform")))]
    assert len(places) == len(nodes)
    assert all(0 < int(x) < 1000 and 0 < int(y) < 640 for x, y in places)


def test_kinds_differ_in_shape(client: FlaskClient) -> None:
    shapes: dict[str, set[str]] = {}
    for element in page_of(client, "/graph?q=S-400"):
        node = element.ancestors[-1] if element.ancestors else None
        if element.tag in ("circle", "path") and node is not None and node.has_class("node"):
            corners = re.sub(r"[\d.]+", "", element.get("d"))
            shapes.setdefault(node.get("class"), set()).add(f"{element.tag}{corners}")
    assert len(shapes) == 4
    assert all(len(one) == 1 for one in shapes.values())
    assert len(set.union(*shapes.values())) == 4


def test_nodes_are_named_for_those_who_hear_the_page(client: FlaskClient) -> None:
    labels = [node.get("aria-label") for node in links(page_of(client, "/graph?q=S-400"), "node")]
    assert "NATO, organization, 5 articles" in labels


def test_what_all_articles_name_is_not_drawn(client: FlaskClient) -> None:
    page = client.get("/graph?person=ismail-demir").get_data(as_text=True)
    assert "Not drawn, because all these articles name it: İsmail Demir." in page
    assert not [node for node in links(elements_of(page), "node") if node.get("href") == "/entity/ismail-demir"]


def test_how_much_is_left_out_is_said(client: FlaskClient) -> None:
    assert re.search(
        r"\d+ of \d+ entities, .* 80 of \d+ ties between them", client.get("/graph").get_data(as_text=True)
    )


@pytest.mark.parametrize(("by", "column"), [("articles", 2), ("lift", 3)])
def test_the_table_is_sorted(client: FlaskClient, by: str, column: int) -> None:
    cells = in_table(page_of(client, f"/graph?q=S-400&by={by}"), "td")
    values = [float(cell.text.split()[0].rstrip("×")) for cell in cells[column::4]]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) > 1


def test_one_kind_alone_is_shown(client: FlaskClient) -> None:
    nodes = links(page_of(client, "/graph?q=S-400&kind=systems"), "node")
    assert nodes
    assert {node.get("class") for node in nodes} == {"node systems"}


@pytest.mark.parametrize(
    ("given", "leads_to"),
    [
        ("/graph?q=S-400&page=3&sort=oldest", "/graph?q=S-400"),
        ("/graph?system=s-400&q=deal&by=lift", "/graph?q=deal&system=s-400&by=lift"),
    ],
)
def test_each_graph_has_one_address(client: FlaskClient, given: str, leads_to: str) -> None:
    answer = client.get(given)
    assert (answer.status_code, answer.headers["Location"]) == (302, leads_to)


@pytest.mark.parametrize("address", ["/graph?q=xylophone", "/graph?q=S-400&kind=robots&by=worst", "/graph?from=soon"])
def test_pages_without_a_graph_and_with_mistakes_are_pages(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("q", ["", "kelpmoth", "اجتماع", "Grandmaster", "Tallow"])
def test_awkward_articles_make_a_graph(awkward_client: FlaskClient, q: str) -> None:
    page = awkward_client.get(f"/graph?q={q}").get_data(as_text=True)
    elements_of(page)
    etree.HTML(page)


def test_the_api_tells_the_same(client: FlaskClient) -> None:
    graph = client.get("/api/v1/graph?q=S-400").json
    nodes = {
        node.get("href"): _PLACE.fullmatch(node.get("transform"))
        for node in links(page_of(client, "/graph?q=S-400"), "node")
    }
    assert {f"/entity/{entity['id']}": (str(entity["x"]), str(entity["y"])) for entity in graph["entities"]} == {
        href: place.groups() for href, place in nodes.items() if place is not None
    }
    assert len(graph["ties"]) == 80 <= graph["all_ties"]
    few = client.get("/api/v1/graph?q=S-400&entities=5&ties=3&kind=people").json
    assert (len(few["ties"]), {entity["kind"] for entity in few["entities"]}) == (3, {"people"})


@pytest.mark.parametrize("query", ["kind=robots", "entities=41", "ties=0", "by=lift", "entities=x"])
def test_mistakes_are_told_to_programs(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/v1/graph?{query}").status_code == 400


@pytest.mark.parametrize("address", ["/search?q=S-400", "/entity/nato"])
def test_pages_lead_to_their_graph(client: FlaskClient, address: str) -> None:
    (link,) = [one for one in page_of(client, address) if one.tag == "a" and one.text == "Graph"]
    assert client.get(link.get("href")).status_code == 200
