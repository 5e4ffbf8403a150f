"""Every address and method of the application: which may write, and what all else gets."""

from collections.abc import Iterator, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from index.deciding import Decider
from index.settings import Settings
from tests.support.editing import copy_archive, editing_app, form_of, make_archive
from web.app import create_app
from web.middleware.security import DEFAULT_HOSTS, WRITING_PATHS
from web.visitors.editing import Editing

METHODS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
RENAME = "/entity/demir/rename?name=Somebody"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("writing")
    (folder / "copy").mkdir()
    return copy_archive(make_archive(folder), folder / "copy")


@pytest.fixture(scope="module")
def editable(settings: Settings) -> Flask:
    return editing_app(settings)


@pytest.fixture
def client(editable: Flask, settings: Settings) -> Iterator[FlaskClient]:
    """The application with editing; no test here may change its archive."""
    client = editable.test_client()
    before = name_of(client)
    yield client
    assert name_of(client) == before == "Demir"


def name_of(client: FlaskClient) -> str:
    return client.get("/api/v1/entities/demir").json["entity"]["entity"]["name"]


def addresses(app: Flask) -> list[str]:
    """An address for each rule of the application, whatever it takes."""
    values = {"entity_id": "demir", "name": "rename", "article_id": "news/a.txt", "kind": "people"}
    found = set()
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for argument in rule.arguments:
            value = values.get(argument, "x")
            path = path.replace(f"<path:{argument}>", value).replace(f"<{argument}>", value)
        found.add(path)
    return sorted(found)


def send(client: FlaskClient, path: str, headers: Mapping[str, str] = {}, **changed: str | None) -> TestResponse:
    fields = {**form_of(client.get(RENAME).get_data(as_text=True)), **changed}
    return client.post(path, data={key: value for key, value in fields.items() if value is not None}, headers=headers)


def test_two_addresses_take_something(editable: Flask) -> None:
    taking = {
        rule.rule for rule in editable.url_map.iter_rules() if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
    }
    assert taking == set(WRITING_PATHS) == {"/decide", "/undo"}


@pytest.mark.parametrize("method", METHODS)
def test_all_other_addresses_only_answer(client: FlaskClient, editable: Flask, method: str) -> None:
    paths = [path for path in [*addresses(editable), "/nowhere"] if path not in WRITING_PATHS]
    assert len(paths) > 20
    token = form_of(client.get(RENAME).get_data(as_text=True))["token"]
    answers = {path: client.open(path, method=method, data={"token": token}) for path in paths}
    wrong = {path: answer.status_code for path, answer in answers.items() if answer.status_code != 405}
    assert wrong == {}
    assert {answer.headers["Allow"] for answer in answers.values()} == {"GET, HEAD"}


@pytest.mark.parametrize("method", ["GET", "HEAD", *METHODS[1:]])
@pytest.mark.parametrize("path", WRITING_PATHS)
def test_addresses_that_write_take_forms_alone(client: FlaskClient, path: str, method: str) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize("method", ["GET", *METHODS])
@pytest.mark.parametrize("path", WRITING_PATHS)
def test_nothing_writes_while_editing_is_switched_off(settings: Settings, path: str, method: str) -> None:
    answer = create_app(settings).test_client().open(path, method=method, data={"token": ""})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert "search-cli serve --edit" in answer.get_data(as_text=True)


FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another name of this site": {"Sec-Fetch-Site": "same-site"},
    "something new": {"Sec-Fetch-Site": "x"},
    "another origin": {"Origin": "https://evil.example"},
    "an origin that is hidden": {"Origin": "null"},
    "another port": {"Origin": "http://localhost:8001"},
    "another scheme": {"Origin": "https://localhost"},
    "our name with more behind it": {"Origin": "http://localhost.evil.example"},
}


@pytest.mark.parametrize("path", WRITING_PATHS)
@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
def test_forms_of_other_sites_are_refused(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    answer = send(client, path, headers)
    assert answer.status_code == 403
    assert "<h1>This is not allowed</h1>" in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", WRITING_PATHS)
@pytest.mark.parametrize("token", [None, "", "x", "ü" * 43])
def test_forms_without_our_token_are_refused(client: FlaskClient, path: str, token: str | None) -> None:
    assert send(client, path, token=token).status_code == 403


def test_the_token_of_another_server_is_refused(client: FlaskClient, settings: Settings) -> None:
    other = form_of(editing_app(settings).test_client().get(RENAME).get_data(as_text=True))["token"][0]
    assert send(client, "/decide", token=other).status_code == 403


def test_a_token_in_the_address_is_none(client: FlaskClient) -> None:
    token = form_of(client.get(RENAME).get_data(as_text=True))["token"][0]
    assert send(client, f"/decide?token={token}", token=None).status_code == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", ""])
def test_other_kinds_of_bodies_are_refused(client: FlaskClient, kind: str) -> None:
    answer = client.post("/decide", data=b"token=x&action=reject&entity=demir", content_type=kind)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("host", "status"),
    [("evil.example", 400), ("localhost.evil.example", 400), ("192.0.2.1", 400), ("archive.example", 403)],
)
def test_other_names_of_this_server_are_refused(settings: Settings, host: str, status: int) -> None:
    changes = Editing(Decider(settings))
    app = create_app(settings, trusted_hosts=("localhost", "archive.example"), changes=changes)
    answer = send(app.test_client(), "/decide", {"Host": host})
    assert answer.status_code == status


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "127.0.0.2:8000"])
def test_all_names_of_this_machine_may_write(settings: Settings, host: str) -> None:
    app = create_app(settings, trusted_hosts=(*DEFAULT_HOSTS, "127.0.0.2"), changes=Editing(Decider(settings)))
    answer = send(app.test_client(), "/decide", {"Host": host, "Origin": f"http://{host}"}, action="explode")
    assert answer.status_code == 400


def test_bodies_are_bounded(client: FlaskClient) -> None:
    assert send(client, "/decide", name="x" * 70_000).status_code == 413


@pytest.mark.parametrize(
    "changed",
    [{"action": "explode"}, {"action": None}, {"entity": None}, {"name": "   "}, {"name": None}, {"name": "x" * 2_000}],
)
def test_forms_that_say_nothing_are_refused(client: FlaskClient, changed: dict[str, str | None]) -> None:
    assert send(client, "/decide", **changed).status_code == 400


@pytest.mark.parametrize("numbers", [None, "", "x", "1", "5-1", "0-999999999", "-1-3"])
def test_undoing_names_its_decisions(client: FlaskClient, numbers: str | None) -> None:
    assert send(client, "/undo", numbers=numbers).status_code == 400


@pytest.mark.parametrize("path", ["/entity/demir/rename", "/entity/demir/split", "/mention?article=news/a.txt&at=0"])
def test_forms_are_not_shown_while_editing_is_switched_off(settings: Settings, path: str) -> None:
    answer = create_app(settings).test_client().get(path)
    assert answer.status_code == 403
    assert "search-cli serve --edit" in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/help", "/decisions", "/suggestions", "/entity/demir", "/article/news/a.txt"])
def test_pages_have_no_forms_and_no_token_while_editing_is_switched_off(settings: Settings, path: str) -> None:
    text = create_app(settings).test_client().get(path, follow_redirects=True).get_data(as_text=True)
    assert 'method="post"' not in text
    assert "deciding." not in text
    assert 'name="token"' not in text


@pytest.mark.parametrize("path", ["/", "/help"])
def test_the_first_page_and_the_help_say_how_to_edit(settings: Settings, path: str) -> None:
    text = create_app(settings).test_client().get(path).get_data(as_text=True)
    assert "How to correct it" in text or "search-cli serve --edit" in text


def test_a_preview_is_not_made_for_another_site(client: FlaskClient) -> None:
    assert "What changes" in client.get(RENAME).get_data(as_text=True)
    answer = client.get(RENAME, headers={"Sec-Fetch-Site": "cross-site"})
    assert "What changes" not in answer.get_data(as_text=True)


def test_a_page_with_the_token_of_an_older_server_is_not_taken_from_the_cache(
    client: FlaskClient, settings: Settings
) -> None:
    tag = client.get("/entity/demir").headers["ETag"]
    assert client.get("/entity/demir", headers={"If-None-Match": tag}).status_code == 304
    assert editing_app(settings).test_client().get("/entity/demir", headers={"If-None-Match": tag}).status_code == 200
