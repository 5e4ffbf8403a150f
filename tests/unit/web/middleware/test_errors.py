import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.errors import EngineError, EngineTimeoutError, EngineUnavailableError
from index.settings import Settings
from search.archive import OpenArchive
from web.app import create_app


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/nowhere", 404, "Page not found"),
        ("/nowhere", 404, "There is nothing at this address"),
        ("/article/none", 404, "none"),
        ("/entity/nobody", 404, "nobody"),
        ("/entities/robots", 404, "There is no kind “robots”"),
        ("/facet/robots", 404, "There is no facet “robots”"),
        ("/facet/person?values=0", 400, "values must be a whole number from 1 to 10,000"),
        ("/entities/people?page=x", 400, "page must be a whole number"),
    ],
)
def test_an_error_page_says_what_was_wrong_and_what_to_do(
    client: FlaskClient, path: str, status: int, text: str
) -> None:
    answer = client.get(path)
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert text in page
    assert "Home" in page


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/api/v1/nowhere", 404, "nothing at this address"),
        ("/api/v1/articles/none", 404, "none"),
        ("/api/v1/entities/nobody", 404, "nobody"),
        ("/api/v1/facets/robots", 404, "robots"),
        ("/api/v1/search?queery=x", 400, "Unknown parameter queery"),
        ("/api/v1/search?page=x", 400, "page"),
        ("/api/v1/search?facets=robots", 400, "robots"),
        ("/api/v1/search?facet_limit=0", 400, "facet_limit must be a whole number from 1"),
        ("/api/v1/facets/person?order=worst", 400, "worst"),
        ("/api/v1/entities", 400, "kind must be one of"),
        ("/api/v1/entities?kind=people&order=worst", 400, "worst"),
        ("/api/v1/entities/nato?q=x", 400, "Unknown parameter q"),
        ("/api/v1/suggest?limit=1000", 400, "limit must be"),
        ("/search.csv?queery=x", 400, "Unknown parameter queery"),
        ("/search.json?from=soon", 400, "soon"),
    ],
)
def test_programs_get_the_same_as_json(client: FlaskClient, path: str, status: int, error: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert set(answer.json) == {"ok", "error", "status"}
    assert (answer.json["ok"], answer.json["status"]) == (False, status)
    assert error.lower() in answer.json["error"].lower()


def test_unknown_parameters_are_ignored_by_pages(client: FlaskClient) -> None:
    assert client.get("/search?q=S-400&utm_source=x").status_code == 200


def test_unreadable_parameters_are_left_out_by_pages_and_said(client: FlaskClient) -> None:
    answer = client.get("/search?q=S-400&from=soon")
    assert answer.status_code == 200
    assert "soon" in answer.get_data(as_text=True)


def test_without_an_index_the_first_page_says_what_to_do(empty_client: FlaskClient) -> None:
    answer = empty_client.get("/")
    assert answer.status_code == 200
    assert "search-cli index FOLDER" in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/search?q=x", "/entities/people", "/article/x"])
def test_without_an_index_other_pages_are_not_there_yet(empty_client: FlaskClient, path: str) -> None:
    answer = empty_client.get(path)
    assert answer.status_code == 503
    assert "search-cli index FOLDER" in answer.get_data(as_text=True)


def test_without_an_index_programs_are_told(empty_client: FlaskClient) -> None:
    answer = empty_client.get("/api/v1/search?q=x")
    assert (answer.status_code, answer.json["ok"]) == (503, False)


@pytest.mark.parametrize("path", ["/help", "/api", "/api/openapi.json", "/robots.txt", "/opensearch.xml"])
def test_what_needs_no_index_works_without_one(empty_client: FlaskClient, path: str) -> None:
    assert empty_client.get(path).status_code == 200


@pytest.fixture
def failing_app(seed_settings: Settings, archive: OpenArchive) -> Flask:
    """An application with two pages that fail."""
    app = create_app(seed_settings, archive)
    app.testing = False
    app.add_url_rule("/api/v1/unexpected", view_func=_fail_unexpectedly)
    app.add_url_rule("/broken", view_func=_fail_on_purpose)
    app.add_url_rule("/unavailable", view_func=_fail_without_an_engine)
    app.add_url_rule("/api/v1/late", view_func=_fail_too_late)
    return app


def _fail_unexpectedly() -> str:
    raise ZeroDivisionError("secret detail")


def _fail_on_purpose() -> str:
    raise EngineError("The index is in a bad way.")


def _fail_without_an_engine() -> str:
    raise EngineUnavailableError("No engine at http://localhost:9200.")


def _fail_too_late() -> str:
    raise EngineTimeoutError("No answer within 10 s.")


def test_an_engine_that_is_not_there_is_logged_and_explained(
    failing_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    answer = failing_app.test_client().get("/unavailable")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 503
    assert "The search engine does not answer" in page
    assert "No engine at http://localhost:9200." in page
    assert "search-cli index FOLDER" not in page
    assert "No engine at" in caplog.text


def test_an_engine_that_is_late_is_no_fault_of_the_request(failing_app: Flask) -> None:
    answer = failing_app.test_client().get("/api/v1/late")
    assert (answer.status_code, answer.json["error"]) == (503, "No answer within 10 s.")


def test_an_unexpected_error_is_logged_and_not_shown(failing_app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    answer = failing_app.test_client().get("/api/v1/unexpected")
    assert answer.status_code == 500
    assert "secret" not in answer.get_data(as_text=True)
    assert "secret detail" in caplog.text


def test_an_error_of_the_index_is_logged_and_explained(failing_app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    answer = failing_app.test_client().get("/broken")
    assert answer.status_code == 500
    assert "The index is in a bad way." in answer.get_data(as_text=True)
    assert "search-cli doctor" in answer.get_data(as_text=True)
    assert "EngineError" in caplog.text
