"""A server bears slow and silent connections, requests that are too long or take too long."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.request import urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from search.archive import OpenArchive
from web.app import create_app
from web.serving.server import make_server

_CONNECTIONS = 20


@contextmanager
def served(app: Flask, *, header_seconds: int) -> Iterator[int]:
    """The port of a server with room for few."""
    server = make_server(app, host="127.0.0.1", port=0, connections=_CONNECTIONS, header_seconds=header_seconds)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.close()
    thread.join(timeout=5)


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    """A server with little patience."""
    with served(app, header_seconds=1) as number:
        yield number


@pytest.fixture
def patient_port(app: Flask) -> Iterator[int]:
    """A server that waits a minute for a request."""
    with served(app, header_seconds=60) as number:
        yield number


def connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.settimeout(15)
    return connection


def trickle(connection: socket.socket) -> None:
    """Send the beginning of a request, a byte at a time."""
    for _ in range(100):
        connection.sendall(b"G")
        time.sleep(0.1)


def ask(port: int, request: bytes) -> bytes:
    """The answer to a request up to its end."""
    with connect(port) as connection:
        connection.sendall(request)
        pieces = []
        while piece := connection.recv(65536):
            pieces.append(piece)
    return b"".join(pieces)


def test_silent_connections_do_not_shut_others_out(patient_port: int) -> None:
    silent = [connect(patient_port) for _ in range(5 * _CONNECTIONS)]
    for connection in silent[::2]:
        connection.sendall(b"GET / HTTP/1.1\r\n")
    started = time.monotonic()
    with urlopen(f"http://127.0.0.1:{patient_port}/search?q=S-400", timeout=10) as answer:
        assert answer.status == 200
    assert time.monotonic() - started < 8
    for connection in silent:
        connection.close()


def test_headers_have_to_arrive_in_time_however_slowly_they_come(port: int) -> None:
    started = time.monotonic()
    with connect(port) as connection, pytest.raises(OSError):
        trickle(connection)
    assert 0.5 < time.monotonic() - started < 5


def test_an_address_that_is_too_long_gets_a_page(port: int) -> None:
    answer = ask(port, b"GET /search?q=" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert re.match(rb"HTTP/1\.[01] 414 ", answer)
    assert b"<h1>This address is too long</h1>" in answer
    assert b"Content-Security-Policy" in answer


def test_an_address_within_the_limit_of_headers_gets_a_page(port: int) -> None:
    request = b"GET /search?q=" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = ask(port, request)
    assert re.match(rb"HTTP/1\.[01] 414 ", answer)
    assert b"This address is too long" in answer


def test_headers_that_are_too_long_get_a_page(port: int) -> None:
    answer = ask(port, b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=" + b"x" * 70_000 + b"\r\n\r\n")
    assert re.match(rb"HTTP/1\.[01] 431 ", answer)
    assert b"<h1>This request is too large</h1>" in answer


@pytest.fixture
def slow_client(seed_settings: Settings, archive: OpenArchive) -> FlaskClient:
    """An application with a page that takes a minute, and a quarter of a second for each request."""
    app = create_app(seed_settings, archive, request_seconds=1.0)

    @app.get("/slow")
    @app.get("/api/slow")
    def answer_slowly() -> str:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            pass
        return "late"

    return app.test_client()


def test_a_request_that_takes_too_long_is_stopped_and_says_so(slow_client: FlaskClient) -> None:
    started = time.monotonic()
    answer = slow_client.get("/slow")
    assert (answer.status_code, time.monotonic() - started < 10) == (503, True)
    assert "stopped after 1 second" in answer.get_data(as_text=True)


def test_a_program_is_told_in_json(slow_client: FlaskClient) -> None:
    answer = slow_client.get("/api/slow")
    assert (answer.status_code, answer.json["ok"]) == (503, False)


def test_the_next_request_is_not_stopped(slow_client: FlaskClient) -> None:
    assert slow_client.get("/slow").status_code == 503
    assert slow_client.get("/help").status_code == 200
    time.sleep(1.2)
    assert slow_client.get("/help").status_code == 200


_LONG = 16_000


@pytest.mark.parametrize("path", ["/search", "/api/v1/search", "/article/x"])
@pytest.mark.parametrize("query", [
    {"amount": "1" + " " * _LONG + "x"}, {"amount": "1" + "." * _LONG}, {"amount": ">" * _LONG},
    {"amount": "1,000" * (_LONG // 5)}, {"amount": "a" * _LONG}, {"min": "1" + "\t" * _LONG + "x"},
    {"from": "2" * _LONG}, {"from": " 2019-" * (_LONG // 6)}, {"q": '"' * _LONG}, {"q": "(" * _LONG},
    {"q": "amount:1" + " " * _LONG + "x"}, {"q": "a*" * (_LONG // 2)}, {"q": "-" * _LONG}, {"person": "-" * _LONG},
    {"q": "“" * _LONG}, {"q": "x~2 " * (_LONG // 4)}, {"q": "date:" + "2019.." * (_LONG // 6)},
], ids=lambda query: "-".join(f"{name}={value[:6]!r}" for name, value in query.items()))  # fmt: skip
def test_a_parser_takes_a_time_in_proportion_to_its_text(client: FlaskClient, path: str, query: dict[str, str]) -> None:
    started = time.process_time()
    answer = client.get(path, query_string=query, follow_redirects=True)
    assert answer.status_code in (200, 400, 404, 414)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("path", [
    "/search?month=2019-13", "/search?amount_size=USD", "/search?year=x", "/search?published_month=2019-00",
    "/search?published_year=20190", "/search?amount_size=USD%3A9x", "/facet/month?month=2019-13",
])  # fmt: skip
def test_a_value_of_the_wrong_shape_is_a_notice(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200
    assert "– left out" in client.get(path.replace("/facet/month", "/search")).get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("search?month=2019-13", "month: “2019-13” is not"),
        ("search?amount_size=USD", "amount_size: “USD” is not"),
        ("facets/month?month=2019-13", "month: “2019-13” is not"),
    ],
)
def test_a_value_of_the_wrong_shape_is_an_error_of_the_api(client: FlaskClient, path: str, wrong: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    error = answer.json["error"]
    assert (answer.status_code, error.startswith(wrong), "left out" in error) == (400, True, False), error


def test_a_page_grows_with_what_is_asked_for_and_not_with_its_square(client: FlaskClient) -> None:
    def size(count: int) -> int:
        names = [("person", f"nobody-of-that-name-{number:04}") for number in range(count)]
        return len(client.get("/search", query_string=names, follow_redirects=True).data)

    assert size(150) < 2.5 * size(75)
