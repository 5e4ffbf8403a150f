"""A real server behind a proxy: what it believes about the clients."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from flask import Flask

from web.serving.server import make_server

_SEEN = {"X-Forwarded-For": "192.0.2.9, 192.0.2.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}


@contextmanager
def running(app: Flask, proxy: str | None) -> Iterator[int]:
    server = make_server(app, host="127.0.0.1", port=0, proxy=proxy)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        thread.join(timeout=1)


def ask(port: int) -> str:
    lines = ["GET /login HTTP/1.1", "Host: archive.example", *(f"{name}: {value}" for name, value in _SEEN.items())]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer.decode()


@pytest.mark.parametrize(
    ("proxy", "scheme", "address"),
    [(None, "http", "127.0.0.1"), ("127.0.0.1", "https", "192.0.2.7"), ("192.0.2.1", "http", "127.0.0.1")],
)
def test_what_a_proxy_says_is_believed_from_its_address_alone(
    app: Flask, proxy: str | None, scheme: str, address: str
) -> None:
    found = []

    @app.before_request
    def note() -> None:
        from flask import request

        found.append((request.scheme, request.remote_addr, request.host))

    with running(app, proxy) as port:
        answer = ask(port)
    assert found == [(scheme, address, "archive.example")]
    assert answer.startswith("HTTP/1.1 200 OK")
    assert ("Set-Cookie: __Host-dossier-visit" in answer) is (scheme == "https")
