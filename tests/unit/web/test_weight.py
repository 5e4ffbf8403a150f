"""The page stays light: what a first visit loads, compressed as a server in front of this one would."""

import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

_KILOBYTE = 1024


def compressed(client: FlaskClient, address: str) -> int:
    with client.get(address) as answer:
        return len(gzip.compress(answer.data))


@pytest.mark.parametrize("path", ["/", "/search?q=S-400", "/entity/s-400", "/help"])
def test_a_first_visit_is_at_most_thirty_kilobytes(client: FlaskClient, path: str) -> None:
    page = client.get(path).get_data(as_text=True)
    parts = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(parts) == 2
    assert compressed(client, path) + sum(compressed(client, part) for part in parts) <= 30 * _KILOBYTE


def test_the_script_is_at_most_six_kilobytes() -> None:
    script = Path(__file__).parents[3] / "web" / "static" / "site.js"
    assert len(gzip.compress(script.read_bytes())) <= 6 * _KILOBYTE
