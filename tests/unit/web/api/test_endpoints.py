from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from search.parameters import PARAMETERS
from web.api.endpoints import ENDPOINTS
from web.api.parameters import SEARCH_PARAMETERS

_CALLS = [
    ("/api/v1/search", "/api/v1/search"),
    ("/api/v1/search", "/api/v1/search?q=Patriot+withdrawal&facets=all&facet_limit=2"),
    ("/api/v1/search", "/api/v1/search?q=xylophone&person=-vladimir-putin&facets="),
    ("/api/v1/search", "/api/v1/search?q=%22Patriot&size=1&page=2"),
    ("/api/v1/search", "/api/v1/search?q=Erdogen"),
    ("/api/v1/facets/{parameter}", "/api/v1/facets/person?q=S-400&limit=2"),
    ("/api/v1/facets/{parameter}", "/api/v1/facets/amount_size?find=x&order=name"),
    ("/api/v1/mentions", "/api/v1/mentions?q=Patriot&kind=amounts&kind=dates&size=1"),
    ("/api/v1/mentions", "/api/v1/mentions?amount=%3E1bn&beside=s-400"),
    ("/api/v1/entities", "/api/v1/entities?kind=places&limit=3"),
    ("/api/v1/entities/{id}", "/api/v1/entities/s-400"),
    ("/api/v1/entities/{id}/with", "/api/v1/entities/s-400/with?kind=people&order=lift&limit=3"),
    ("/api/v1/suggestions", "/api/v1/suggestions?kind=people&limit=3"),
    ("/api/v1/suggest", "/api/v1/suggest?q=pat"),
    ("/api/v1/suggest", "/api/v1/suggest"),
]


@pytest.fixture
def description(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").json
    return found


def problems(description: dict[str, Any], path: str, status: str, value: Any) -> list[str]:
    """Return the differences between a value and its description."""
    schema = description["paths"][path]["get"]["responses"][status]["content"]["application/json"]["schema"]
    validator = Draft202012Validator({**schema, "components": description["components"]})
    return [error.message for error in validator.iter_errors(value)]


@pytest.mark.parametrize(("path", "call"), _CALLS)
def test_answers_are_as_described(client: FlaskClient, description: dict[str, Any], path: str, call: str) -> None:
    answer = client.get(call)
    assert answer.status_code == 200
    assert problems(description, path, "200", answer.json) == []


def test_articles_are_as_described(client: FlaskClient, description: dict[str, Any]) -> None:
    hits = client.get("/api/v1/search?q=S-400").json["hits"]
    answers = [client.get(f"/api/v1/articles/{hit['id']}?q=Patriot+withdrawal").json for hit in hits]
    assert len(answers) == 5
    assert [problems(description, "/api/v1/articles/{id}", "200", answer) for answer in answers] == [[]] * 5


@pytest.mark.parametrize(
    ("path", "status", "call"),
    [
        ("/api/v1/search", "400", "/api/v1/search?queery=x"),
        ("/api/v1/entities/{id}", "404", "/api/v1/entities/nobody"),
    ],
)
def test_errors_are_as_described(
    client: FlaskClient, description: dict[str, Any], path: str, status: str, call: str
) -> None:
    answer = client.get(call)
    assert str(answer.status_code) == status
    assert problems(description, path, status, answer.json) == []


def test_the_check_sees_a_wrong_answer(client: FlaskClient, description: dict[str, Any]) -> None:
    answer = client.get("/api/v1/search?q=S-400").json
    assert problems(description, "/api/v1/search", "200", answer | {"total": "many"}) != []


def test_every_schema_is_a_schema(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    assert len(schemas) > 20
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def test_the_description_has_what_openapi_asks_for(description: dict[str, Any]) -> None:
    assert description["openapi"] == "3.1.0"
    assert set(description["info"]) >= {"title", "version"}
    operations = [path["get"] for path in description["paths"].values()]
    assert len({operation["operationId"] for operation in operations}) == len(ENDPOINTS)
    assert all("200" in operation["responses"] for operation in operations)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_parameters_in_a_path_are_described(endpoint: Any) -> None:
    names = [f"{{{parameter.name}}}" for parameter in endpoint.parameters if parameter.is_path]
    assert sum(name in endpoint.path for name in names) == len(names) == endpoint.path.count("{")


def test_every_parameter_of_a_search_is_described() -> None:
    described = {parameter.name for parameter in SEARCH_PARAMETERS}
    # `min` and `max` are two boxes of the form, `range_axis` belongs to two others; programs send `amount` and `axis`.
    assert set(PARAMETERS) - described == {"min", "max", "range_axis"}
    assert described <= set(PARAMETERS)


@pytest.mark.parametrize("endpoint", [endpoint for endpoint in ENDPOINTS if endpoint.example], ids=lambda e: e.name)
def test_examples_work(client: FlaskClient, endpoint: Any) -> None:
    assert client.get(endpoint.example).json["ok"] is True


def test_toggling_twice_leads_back(client: FlaskClient) -> None:
    first = client.get("/api/v1/facets/person?q=S-400").json["facet"]["values"][0]
    toggled = client.get(first["toggle_url"] + "&facets=person").json
    again = toggled["facets"][0]["values"][0]
    assert (again["value"], again["is_selected"]) == (first["value"], True)
    assert again["toggle_url"] == "/api/v1/search?q=S-400"


def test_pages_follow_each_other(client: FlaskClient) -> None:
    first = client.get("/api/v1/search?q=S-400&size=2").json
    second = client.get(first["next_url"]).json
    assert (second["page"], second["previous_url"]) == (2, "/api/v1/search?q=S-400&size=2")
    assert {hit["id"] for hit in first["hits"]}.isdisjoint(hit["id"] for hit in second["hits"])


def test_pages_that_are_counted_up_come_to_an_end(client: FlaskClient) -> None:
    pages = client.get("/api/v1/search?q=S-400&size=2").json["pages"]
    statuses = [client.get(f"/api/v1/search?q=S-400&size=2&page={page}").status_code for page in (pages, pages + 1)]
    assert statuses == [200, 404]
    assert client.get("/api/v1/search?q=xylophone&page=2").json["hits"] == []


@pytest.mark.parametrize(
    "path",
    ["/api/v1/search", "/api/v1/facets/person", "/api/v1/mentions", "/api/v1/graph", "/search.csv", "/search.atom"],
)
@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("amount=lots", "amount: “lots” is not an amount. Write “500k”, “>1bn” or “1bn..3bn USD”"),
        ("from=2020-13", "from: “2020-13” is not a date. Write 2019, 2019-07 or 2019-07-05"),
        ("page=0", "page: “0” is not a number from 1 to 1000000"),
        ("sort=best", "sort: “best” is not one of relevance, newest, oldest"),
    ],
)
def test_a_value_that_cannot_be_read_is_an_error(client: FlaskClient, path: str, query: str, error: str) -> None:
    answer = client.get(f"{path}?q=S-400&{query}")
    assert (answer.status_code, error in unescape(answer.get_data(as_text=True))) == (400, True)


def test_required_parameters_are_described(client: FlaskClient, description: dict[str, Any]) -> None:
    parameters = description["paths"]["/api/v1/entities"]["get"]["parameters"]
    assert [one["name"] for one in parameters if one["required"]] == ["kind"]
    assert client.get("/api/v1/entities").status_code == 400
    assert "required" in client.get("/api").get_data(as_text=True)


def test_more_values_and_more_entities_follow(client: FlaskClient) -> None:
    facet = client.get("/api/v1/facets/person?limit=2").json
    following = client.get(facet["next_url"]).json["facet"]["values"]
    assert following[0]["value"] not in [value["value"] for value in facet["facet"]["values"]]
    entities = client.get("/api/v1/entities?kind=people&limit=2").json
    assert client.get(entities["next_url"]).json["entities"][0] not in entities["entities"]


def test_suggestions_lead_to_pages(client: FlaskClient) -> None:
    suggestions = client.get("/api/v1/suggest?q=erdo").json["suggestions"]
    assert suggestions[0]["name"] == "Recep Tayyip Erdoğan"
    assert client.get(suggestions[0]["url"]).status_code == 200


def test_letters_are_written_as_they_are(client: FlaskClient) -> None:
    assert "Erdoğan" in client.get("/api/v1/suggest?q=erdo").get_data(as_text=True)
    assert client.get("/api/v1/search?from=ğ").get_data(as_text=True).startswith('{"ok":false,"error":"from: “ğ”')


@pytest.mark.parametrize(
    "query", ["article=001", "like=Factories+make+parts+of+missiles", "like=Turkey&q=Patriot&limit=2"]
)
def test_similar_articles_are_answered(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/similar?{query}")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["ok"]
    assert all(item["cosine"] >= 0.25 for item in answer.json["similar"])


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("like=+", 400), ("article=001&like=x", 400), ("article=001&q=x", 400), ("article=zebra", 404),
     ("like=x&limit=1000", 400), ("like=x&queery=1", 400)],
)  # fmt: skip
def test_what_is_no_question_for_similar_articles_is_an_error(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/api/v1/similar?{query}").status_code == status


def test_the_order_of_values_is_not_that_of_articles(client: FlaskClient) -> None:
    assert client.get("/api/v1/facets/person?q=Patriot+withdrawal&order=name").status_code == 200
    assert client.get("/api/v1/search?q=Patriot+withdrawal&order=words").status_code == 200
    assert client.get("/api/v1/search?q=Patriot+withdrawal&order=name").status_code == 400
