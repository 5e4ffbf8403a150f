"""Probes: alive whatever the archive is, ready when it can be searched, and nothing that a stranger may not know."""

import logging
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.errors import (
    CatalogError,
    DossierError,
    EngineTimeoutError,
    EngineUnavailableError,
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
)
from index.settings import Settings
from search.archive import OpenArchive
from web.access import ArchiveAccess
from web.app import create_app
from web.monitoring.probes import Probes

SECRET = "postgresql://desk:hunter2@db/news in /srv/news"


class Access(ArchiveAccess):
    """An archive that cannot be opened, and how often it was tried."""

    def __init__(self, error: Exception) -> None:
        super().__init__(Settings())
        self.error = error
        self.tries = 0

    def get(self) -> OpenArchive:
        self.tries += 1
        raise self.error


def ask(access: ArchiveAccess, moments: Sequence[float] = (0.0,)) -> str:
    """The last of the answers to /ready, one at each moment."""
    clock = iter(moments)
    probes = Probes(lambda _environment, _start: [], access, clock=lambda: next(clock))
    return [ask_once(probes) for _ in moments][-1]


def ask_once(probes: Probes) -> str:
    statuses: list[str] = []
    environment = {"PATH_INFO": "/ready", "REQUEST_METHOD": "GET"}
    body = b"".join(probes(environment, lambda status, _: statuses.append(status)))  # type: ignore[arg-type]
    return f"{statuses[0]}: {body.decode()}"


def test_a_server_that_can_answer_is_alive_and_ready(client: FlaskClient) -> None:
    answers = [client.get("/health"), client.get("/ready")]
    assert [(answer.status_code, answer.text) for answer in answers] == [(200, "ok\n"), (200, "ready\n")]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_without_an_index_it_is_alive_and_not_ready(empty_client: FlaskClient) -> None:
    assert empty_client.get("/health").status_code == 200
    answer = empty_client.get("/ready")
    assert (answer.status_code, answer.text) == (503, "not ready: there is no index yet\n")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (IndexMissingError, "there is no index yet"),
        (IndexOutdatedError, "the index was written by another version or engine"),
        (IndexDamagedError, "the index is damaged"),
        (EngineUnavailableError, "the engine does not answer"),
        (EngineTimeoutError, "the engine does not answer in time"),
        (CatalogError, "the archive cannot be opened"),
        (DossierError, "the archive cannot be opened"),
        (OSError, "there was an unexpected error, which the log of the server tells"),
    ],
)
def test_the_reason_is_said_and_its_secrets_are_for_the_log(
    error: type[Exception], reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    assert ask(Access(error(SECRET))) == f"503 Service Unavailable: not ready: {reason}\n"
    assert "hunter2" in caplog.text


def test_the_archive_is_looked_at_once_a_second(tmp_path: Path) -> None:
    access = Access(EngineUnavailableError("down"))
    ask(access, [0.0, 0.5, 0.99, 1.1])
    assert access.tries == 2


@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_probes_come_from_anywhere_and_change_nothing(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Host": "10.1.2.3:8000"}).status_code == 200
    assert client.get("/", headers={"Host": "10.1.2.3:8000"}).status_code == 400
    refused = client.post(path)
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")
    assert client.head(path).data == b""


def test_probes_are_not_counted(seed_settings: Settings, archive: OpenArchive) -> None:
    client = create_app(seed_settings, archive, has_metrics=True).test_client()
    client.get("/health")
    client.get("/ready")
    assert "dossier_requests_total{" not in client.get("/metrics").text
