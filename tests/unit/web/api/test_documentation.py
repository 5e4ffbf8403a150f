"""docs/json-api.md says what is so."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from web.api.endpoints import ENDPOINTS
from web.api.openapi import Endpoint

_TEXT = (Path(__file__).parents[4] / "docs" / "json-api.md").read_text(encoding="utf-8")
_PARAMETERS = sorted({parameter.name for endpoint in ENDPOINTS for parameter in endpoint.parameters})
_ADDRESSES = re.findall(r"curl 'http://127\.0\.0\.1:8000([^']+)'", _TEXT)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_every_endpoint_is_documented(endpoint: Endpoint) -> None:
    assert f"| `{endpoint.path}` |" in _TEXT


@pytest.mark.parametrize("name", [name for name in _PARAMETERS if not name.endswith(".op")])
def test_every_parameter_is_documented(name: str) -> None:
    assert f"`{name}`" in _TEXT or f"{{{name}}}" in _TEXT


@pytest.mark.parametrize("address", _ADDRESSES)
def test_every_call_works(client: FlaskClient, address: str) -> None:
    assert client.get(address).json["ok"] is True


def test_the_example_is_the_answer(client: FlaskClient) -> None:
    shown = re.search(r"```json\n(.*?)```", _TEXT, re.DOTALL)
    assert shown is not None
    assert client.get(_ADDRESSES[-1]).json == json.loads(shown[1])


@pytest.mark.parametrize("site", ["client", "awkward_client"])
def test_the_examples_of_the_page_are_of_this_archive_and_answer(site: str, request: pytest.FixtureRequest) -> None:
    client: FlaskClient = request.getfixturevalue(site)
    page = client.get("/api").get_data(as_text=True)
    examples = [unescape(url) for url in re.findall(r'<p><a href="(/api/v1/[^"]+)">Open<', page)]
    assert len(examples) == len(ENDPOINTS)
    answers = {url: client.get(url) for url in examples}
    assert {url: answer.status_code for url, answer in answers.items() if not answer.json["ok"]} == {}
    assert client.get(examples[0]).json["total"] > 0


def test_the_page_explains_each_parameter_of_a_search_once(client: FlaskClient) -> None:
    page = client.get("/api").get_data(as_text=True)
    assert page.count("<dt><code>amount</code></dt>") == 1


def test_the_page_is_there_before_the_archive(empty_client: FlaskClient) -> None:
    assert empty_client.get("/api").status_code == 200
