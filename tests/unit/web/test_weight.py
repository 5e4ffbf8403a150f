"""Bytes of a first visit, counted as they go over the wire."""

import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

_KILOBYTE = 1024
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
def test_twenty_hits_are_at_most_twenty_kilobytes_with_everything(awkward_client: FlaskClient, path: str) -> None:
    assert first_visit(awkward_client, path) <= 20 * _KILOBYTE


def test_the_script_is_at_most_six_kilobytes() -> None:
    script = Path(__file__).parents[3] / "web" / "static" / "site.js"
    assert len(gzip.compress(script.read_bytes())) <= 6 * _KILOBYTE
