"""Metrics of a server: requests by route, times, and the archive; never what was searched for."""

import json
import logging

import pytest
from flask.testing import FlaskClient

from index.settings import Settings
from search.archive import OpenArchive
from search.cli.logs import JsonFormatter
from tests.unit.search.output.test_prometheus import LINE
from web.app import create_app


@pytest.fixture
def measured(seed_settings: Settings, archive: OpenArchive) -> FlaskClient:
    return create_app(seed_settings, archive, has_metrics=True).test_client()


def values(client: FlaskClient) -> dict[str, str]:
    lines = client.get("/metrics").text.splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


def test_the_archive_is_told(measured: FlaskClient) -> None:
    found = values(measured)
    assert (found["dossier_up"], found["dossier_articles"], found["dossier_documents"]) == ("1", "5", "5")
    assert (found["dossier_articles_failed"], int(found["dossier_archive_changes_total"]) > 0) == ("0", True)
    assert sum(name.startswith("dossier_archive_info{") for name in found) == 1


def test_requests_are_counted_by_route_and_status(measured: FlaskClient) -> None:
    for path in ("/search?q=Patriot", "/search?q=S-400", "/nothing/here", "/article/none", "/api/v1/search?q=NATO"):
        measured.get(path)
    found = values(measured)
    assert found['dossier_requests_total{route="/search",method="GET",status="200"}'] == "2"
    assert found['dossier_requests_total{route="none",method="GET",status="404"}'] == "1"
    assert found["dossier_search_seconds_count"] == "3"
    assert found['dossier_search_seconds_bucket{le="+Inf"}'] == "3"
    assert float(found["dossier_search_seconds_sum"]) > 0
    assert found['dossier_request_seconds_count{route="/search"}'] == "2"
    assert found["dossier_failed_requests_total"] == "0"


def test_failures_are_counted(seed_settings: Settings, archive: OpenArchive) -> None:
    app = create_app(seed_settings, archive, has_metrics=True)

    def fail() -> str:
        raise ValueError("on purpose")

    app.add_url_rule("/broken", view_func=fail)
    client = app.test_client()
    client.get("/broken")
    found = values(client)
    assert found["dossier_failed_requests_total"] == "1"
    assert found['dossier_requests_total{route="/broken",method="GET",status="500"}'] == "1"


def test_what_is_searched_for_is_in_no_metric(measured: FlaskClient) -> None:
    measured.get("/search?q=confidential")
    measured.open("/search?q=x", method="CONFIDENTIAL")
    assert "confidential" not in measured.get("/metrics").text.lower()


def test_without_an_archive_it_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = Settings(index=tmp_path_factory.mktemp("none") / ".dossier")
    answer = create_app(settings, has_metrics=True).test_client().get("/metrics")
    assert (answer.status_code, "\ndossier_up 0\n" in answer.text) == (200, True)
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "ETag" not in answer.headers


def test_they_are_off_unless_asked_for_and_for_known_hosts(client: FlaskClient, measured: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404
    assert measured.get("/metrics", headers={"Host": "evil.example"}).status_code == 400


def test_requests_are_logged_by_their_route(measured: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="web.monitoring.metrics")
    measured.get("/search?q=confidential")
    (record,) = caplog.records
    line = json.loads(JsonFormatter().format(record))
    assert (line["message"], line["route"], line["method"], line["status"]) == ("request", "/search", "GET", 200)
    assert "confidential" not in json.dumps(line)
