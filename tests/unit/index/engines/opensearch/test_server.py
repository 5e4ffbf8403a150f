"""Errors of the server in our words, with a small server that answers as it is told."""

import json
import ssl
import threading
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from index.engines.base import EngineLocation
from index.engines.opensearch.bulk import Change, send
from index.engines.opensearch.server import Server
from index.errors import (
    DiskFullError,
    DossierError,
    EngineError,
    EngineTimeoutError,
    EngineUnavailableError,
    IndexMissingError,
    UsageError,
)

_FULL = "index [news] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]"
_BLOCKED = "index [news] blocked by: [FORBIDDEN/5/index read-only (api)];"


class Told(ThreadingHTTPServer):
    """Gives the answers that it was told, one after the other, the last one again and again."""

    daemon_threads = True

    def __init__(self, answers: Sequence[tuple[int, Any]], *, seconds: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = list(answers)
        self.seconds = seconds
        self.asked: list[tuple[str, str, str]] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def server(self, *, scheme: str = "http", **options: str) -> Server:
        options = {"index": "news", "patience": "2", **options}
        return Server(EngineLocation(url=f"{scheme}://127.0.0.1:{self.port}", options=options))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        told = self.server
        assert isinstance(told, Told)
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length).decode()
        told.asked.append((self.path, self.headers.get("Authorization", ""), body))
        time.sleep(told.seconds)
        status, content = told.answers.pop(0) if len(told.answers) > 1 else told.answers[0]
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - the names that http.server asks for

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(autouse=True)
def _no_secrets_of_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENSEARCH_PASSWORD", raising=False)
    monkeypatch.delenv("OPENSEARCH_TOKEN", raising=False)


def _error(kind: str, reason: str) -> dict[str, Any]:
    return {"error": {"type": kind, "reason": reason, "root_cause": [{"type": kind, "reason": reason}]}}


@pytest.mark.parametrize(
    ("status", "content", "kind", "said"),
    [
        (401, {}, UsageError, "does not know this user. Write `user` in .engine."),
        (403, _error("security_exception", "no permissions"), UsageError, "does not allow this: security_exception"),
        (403, _error("cluster_block_exception", _BLOCKED), EngineError, "may not be written.*remove the block"),
        (429, _error("cluster_block_exception", _FULL), DiskFullError, "disk of an OpenSearch node is full"),
        (404, _error("index_not_found_exception", "no such index"), IndexMissingError, "search-cli rebuild"),
        (400, _error("parsing_exception", "unknown query"), EngineError, "parsing_exception: unknown query"),
        (500, {"error": "no JSON of theirs"}, EngineError, "answers with an error: 500"),
    ],
)
def test_an_answer_that_is_an_error_is_said_at_once(
    status: int, content: dict[str, Any], kind: type[DossierError], said: str
) -> None:
    told = Told([(status, content)])
    with pytest.raises(kind, match=said) as error:
        told.server().call(lambda client: client.search(index="news"))
    assert type(error.value) is kind
    assert len(told.asked) == 1


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again(status: int) -> None:
    told = Told([(status, _error("rejected_execution", "queue is full"))] * 2 + [(200, {"hits": 1})])
    assert told.server().call(lambda client: client.search(index="news")) == {"hits": 1}
    assert len(told.asked) == 3


def test_a_server_that_stays_busy_is_not_asked_for_ever() -> None:
    told = Told([(503, _error("no_shard_available_action_exception", "no shard"))])
    started = time.monotonic()
    with pytest.raises(EngineUnavailableError, match=r"refuses to work now: no_shard_available.*Try again later"):
        told.server(patience="0.5").call(lambda client: client.search(index="news"))
    assert 1 < len(told.asked) < 6
    assert time.monotonic() - started < 5


def test_a_server_that_is_late_is_said() -> None:
    told = Told([(200, {})], seconds=1.0)
    with pytest.raises(EngineTimeoutError, match=r"did not answer within 0\.2 seconds"):
        told.server(timeout="0.2").call(lambda client: client.search(index="news"))


def test_a_server_that_is_not_there_is_said_soon() -> None:
    told = Told([(200, {})])
    told.shutdown()
    told.server_close()
    started = time.monotonic()
    with pytest.raises(EngineUnavailableError, match=f"cannot be reached at http://127.0.0.1:{told.port}"):
        told.server(patience="60").call(lambda client: client.search(index="news"))
    assert time.monotonic() - started < 6


def test_another_address_is_asked_when_one_does_not_answer() -> None:
    away, told = Told([(200, {})]), Told([(200, {"hits": 1})])
    away.shutdown()
    away.server_close()
    urls = f"http://127.0.0.1:{away.port},http://127.0.0.1:{told.port}"
    server = Server(EngineLocation(url=urls, options={"index": "news"}))
    for _ in range(4):
        assert server.call(lambda client: client.search(index="news")) == {"hits": 1}


@pytest.mark.parametrize(
    ("environment", "options", "header"),
    [
        ({"OPENSEARCH_PASSWORD": "secret"}, {"user": "ada"}, "Basic YWRhOnNlY3JldA=="),
        ({"OPENSEARCH_TOKEN": "abc"}, {}, "Bearer abc"),
        ({}, {}, ""),
    ],
)
def test_it_signs_in(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], options: dict[str, str], header: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    told = Told([(200, {})])
    told.server(**options).call(lambda client: client.search(index="news"))
    assert told.asked[0][1] == header


def test_a_password_is_not_sent_where_others_can_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENSEARCH_PASSWORD", "secret")
    with pytest.raises(UsageError, match="over https only"):
        Server(EngineLocation(url="http://search.example.org:9200", options={"index": "news", "user": "ada"}))


def test_certificates_are_checked(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENSEARCH_TOKEN", "abc")
    told = Told([(200, {"hits": 1})])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    told.socket = context.wrap_socket(told.socket, server_side=True)
    with pytest.raises(EngineUnavailableError, match=r"is not trusted.*Name the file of its authority as `ca_file`"):
        told.server(scheme="https").call(lambda client: client.search(index="news"))
    assert told.asked == []
    trusting = told.server(scheme="https", ca_file=str(certificate / "cert.pem"))
    assert trusting.call(lambda client: client.search(index="news")) == {"hits": 1}
    assert told.asked[0][1] == "Bearer abc"


def _items(*results: tuple[int, str]) -> dict[str, Any]:
    return {
        "items": [
            {"index": {"status": status, **({"error": {"type": kind, "reason": "no"}} if kind else {})}}
            for status, kind in results
        ]
    }


def _changes(names: str) -> list[Change]:
    return [Change("index", f"{name}#1", name, {"id": name}) for name in names]


def test_what_a_busy_server_refuses_of_a_bulk_is_sent_again() -> None:
    told = Told(
        [
            (200, _items((201, ""), (429, "rejected_execution"), (503, "unavailable"))),
            (200, _items((201, ""), (201, ""))),
        ]
    )
    send(told.server(), "news", _changes("abc"))
    sent = [[json.loads(line)["index"]["_id"] for line in body.split("\n")[::2] if line] for _, _, body in told.asked]
    assert sent == [["a#1", "b#1", "c#1"], ["b#1", "c#1"]]


def test_documents_that_are_refused_are_named_and_others_taken() -> None:
    told = Told([(200, _items((400, "mapper_parsing_exception"), (201, ""), (400, "illegal_argument_exception")))])
    refused = send(told.server(), "news", _changes("abc"))
    assert refused == {"a": "mapper_parsing_exception: no", "c": "illegal_argument_exception: no"}
    assert len(told.asked) == 1


def test_a_version_that_cannot_be_ended_is_no_refused_document() -> None:
    told = Told([(200, {"items": [{"update": {"status": 400, "error": {"type": "illegal", "reason": "no"}}}]})])
    with pytest.raises(EngineError, match="cannot end a version of a: illegal: no") as error:
        send(told.server(), "news", [Change("update", "a#1", "a", {"doc": {"to": 2}})])
    assert type(error.value) is EngineError


def test_what_is_too_large_for_one_request_is_sent_in_smaller_ones() -> None:
    told = Told([(413, {}), (200, _items((201, ""))), (413, {}), (413, {}), (200, _items((201, "")))])
    refused = send(told.server(), "news", _changes("abc"))
    sent = [[json.loads(line)["index"]["_id"] for line in body.split("\n")[::2] if line] for _, _, body in told.asked]
    assert sent == [["a#1", "b#1", "c#1"], ["a#1"], ["b#1", "c#1"], ["b#1"], ["c#1"]]
    assert refused == {"b": "its 35 bytes are more than the server takes"}


@pytest.mark.parametrize(
    ("reason", "kind"), [(_FULL, DiskFullError), (_BLOCKED, EngineError)], ids=["full", "read-only"]
)
def test_an_index_that_may_not_be_written_is_said_at_once(reason: str, kind: type[EngineError]) -> None:
    item = {"index": {"status": 429, "error": {"type": "cluster_block_exception", "reason": reason}}}
    told = Told([(200, {"items": [item]})])
    with pytest.raises(kind, match="What was committed is kept"):
        send(told.server(), "news", _changes("a"))
    assert len(told.asked) == 1


def test_a_bulk_that_stays_refused_ends() -> None:
    told = Told([(200, _items((429, "rejected_execution")))])
    with pytest.raises(EngineUnavailableError, match="too busy to write: rejected_execution"):
        send(told.server(patience="0.4"), "news", _changes("a"))


def test_a_large_bulk_is_several_requests() -> None:
    told = Told([(200, _items((201, ""), (201, ""))), (200, _items((201, "")))])
    text = "x" * (2 << 20)
    send(told.server(), "news", [Change("index", f"{name}#1", name, {"body": text}) for name in "abc"])
    assert [body.count('"_id"') for _, _, body in told.asked] == [2, 1]
