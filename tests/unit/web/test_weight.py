"""Bytes of a first visit, counted as they go over the wire."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.support.html import elements_of

_KILOBYTE = 1024
_STATIC = Path(__file__).parents[3] / "web" / "static"
# The others are loaded by who may decide.
_FOR_EDITORS = {"queue.js", "wrong.js"}
# "HTTP/1.1 200 OK", and for each header a colon, a blank and the end of the line.
_STATUS_LINE, _AROUND = 17, 4


def weight(client: FlaskClient, address: str) -> int:
    """The bytes of an answer with its headers."""
    with client.get(address, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        headers = sum(len(name) + len(value) + _AROUND for name, value in answer.headers.items())
        return _STATUS_LINE + headers + len(answer.data)


def first_visit(client: FlaskClient, path: str) -> int:
    """The bytes of a page with its style sheets and scripts."""
    parts = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get(path).get_data(as_text=True))
    assert len(parts) >= 2
    return weight(client, path) + sum(weight(client, part) for part in parts)


@pytest.mark.parametrize("path", ["/", "/search?q=S-400", "/entity/s-400", "/help"])
def test_a_first_visit_is_at_most_twenty_kilobytes(client: FlaskClient, path: str) -> None:
    assert first_visit(client, path) <= 20 * _KILOBYTE


@pytest.mark.parametrize("path", ["/search?q=kelpmoth", "/search", "/search?q=Tallow&person=-porqua-pirquaou"])
def test_twenty_hits_are_at_most_seventeen_kilobytes_with_everything(awkward_client: FlaskClient, path: str) -> None:
    assert first_visit(awkward_client, path) <= 17 * _KILOBYTE


@pytest.mark.parametrize("path", ["/search?q=kelpmoth", "/search", "/search?q=Tallow&person=-porqua-pirquaou"])
def test_twenty_hits_are_at_most_nine_hundred_elements(awkward_client: FlaskClient, path: str) -> None:
    html = awkward_client.get(path).get_data(as_text=True)
    assert html.count('<a class="to"') >= 20
    assert len(elements_of(html)) <= 900


def test_the_scripts_of_readers_are_at_most_six_kilobytes(client: FlaskClient) -> None:
    names = {path.name for path in _STATIC.glob("*.js")} - _FOR_EDITORS
    assert len(names) > 5
    assert sum(len(_packed(client, name)) for name in names) <= 6 * _KILOBYTE


@pytest.mark.parametrize("name", sorted(path.name for path in _STATIC.glob("*.js")))
def test_a_script_is_small_and_says_what_it_is_for(client: FlaskClient, name: str) -> None:
    assert (_STATIC / name).read_text("utf-8").startswith("// ")
    assert len(_packed(client, name)) <= 1.5 * _KILOBYTE


def test_a_page_of_results_waits_for_one_script(client: FlaskClient) -> None:
    html = client.get("/search?q=S-400").get_data(as_text=True)
    [address] = re.findall(r'<script type="module" src="([^"]+)"', html)
    assert re.fullmatch(r"/static/\w+/site\.js", address)
    # What it needs at once would be asked for only when it has come: two turns of a slow network, not one.
    assert "import " not in (_STATIC / "site.js").read_text("utf-8")


def test_scripts_lie_beside_each_other_and_are_kept(client: FlaskClient) -> None:
    html = client.get("/").get_data(as_text=True)
    address = re.findall(r'src="(/static/[^"]+)"', html)[0]
    with client.get(address.replace("site.js", "results.js")) as answer:
        assert answer.mimetype == "text/javascript"
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def _packed(client: FlaskClient, name: str) -> bytes:
    with client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"}) as answer:
        return answer.data
