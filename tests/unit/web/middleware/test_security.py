import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from web.middleware.security import HEADERS, is_trusted

_WEB = Path(__file__).parents[4] / "web"
_TEMPLATES = sorted((_WEB / "templates").rglob("*.html"))
_PATHS = ("/", "/search?q=S-400", "/help", "/nowhere", "/api/v1/search?q=S-400", "/api/v1/nowhere", "/search.csv",
          "/static/site.css", "/robots.txt", "/opensearch.xml")  # fmt: skip


@pytest.mark.parametrize("path", _PATHS)
def test_every_answer_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.0.2.1"])
@pytest.mark.parametrize("path", ["/", "/api/v1/search?q=S-400", "/opensearch.xml"])
def test_foreign_names_of_this_host_are_refused(client: FlaskClient, host: str, path: str) -> None:
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("host", "trusted", "expected"),
    [
        ("localhost", ("localhost",), True),
        ("LOCALHOST:80", ("localhost",), True),
        ("[::1]", ("[::1]",), True),
        ("[::1]:8000", ("[::1]",), True),
        ("[::2]", ("[::1]",), False),
        ("a.archive.example", (".archive.example",), True),
        ("archive.example.evil.example", (".archive.example",), False),
        ("evilarchive.example", (".archive.example",), False),
        ("localhost@evil.example", ("localhost",), False),
        ("localhost:", ("localhost",), False),
        ("", ("localhost",), False),
        ("[", ("[::1]",), False),
    ],
)
def test_hosts_are_compared_whole(host: str, trusted: tuple[str, ...], expected: bool) -> None:
    assert is_trusted(host, trusted) is expected


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_names_of_this_machine_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/help", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/search", "/api/v1/search", "/nowhere"])
def test_nothing_can_be_sent(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(path, method=method, data=b"x" * 10_000)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_head_is_answered_without_a_body(client: FlaskClient) -> None:
    answer = client.head("/search?q=S-400")
    assert (answer.status_code, answer.data) == (200, b"")


def test_endless_addresses_are_refused(client: FlaskClient) -> None:
    assert client.get("/search?q=" + "x" * 17_000).status_code == 414


@pytest.mark.parametrize("path", ["/search?q=", "/article/none?q=", "/help?q="])
def test_what_was_typed_is_never_markup(client: FlaskClient, path: str) -> None:
    text = client.get(path + '"><script>alert(1)</script>').get_data(as_text=True)
    assert "<script>alert" not in text


def test_only_one_module_makes_markup() -> None:
    makers = [path.name for path in sorted(_WEB.rglob("*.py")) if re.search(r"\bMarkup\(", path.read_text("utf-8"))]
    assert makers == ["highlight.py"]


@pytest.mark.parametrize("template", _TEMPLATES, ids=lambda path: path.name)
def test_templates_escape_everything_and_ask_nobody_else(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", text)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", text)


def test_static_files_ask_nobody_else() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((_WEB / "static").iterdir())]
    assert not re.search(r"https?://|@import|url\(", "\n".join(texts))
    assert "innerHTML" not in "\n".join(texts)
